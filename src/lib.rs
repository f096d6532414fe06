//! `dockerui-tui`: every Docker host you run, from one terminal.

pub mod demo;
pub mod domain;
