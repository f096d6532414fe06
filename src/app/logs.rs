//! A container's log: what is kept of it, and how the log pane looks at it.
//!
//! Reading order: [`LogStore`] (what is kept), [`escape`] (raw bytes to what may be drawn).

pub mod escape;
mod store;

pub use store::{LineRef, LogStore};
