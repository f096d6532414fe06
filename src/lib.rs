//! `dockerui-tui`: every Docker host you run, from one terminal.

pub mod domain;
pub mod engine;
