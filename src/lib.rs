//! `dockerui-tui`: every Docker host you run, from one terminal.

pub mod app;
pub mod domain;
