//! `dockerui-tui`: every Docker host you run, from one terminal.

pub mod cli;
pub mod config;
pub mod app;
pub mod domain;
