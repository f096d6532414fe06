//! The engine as a bare HTTP client sees it.

mod acts;
mod client;
mod life;
mod reads;
mod streams;
