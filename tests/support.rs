//! What several tests use.

pub mod engines;
