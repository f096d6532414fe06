//! `dockerui-tui`: every Docker host you run, from one terminal.

pub mod app;
pub mod cli;
pub mod config;
pub mod demo;
pub mod domain;
pub mod engine;
pub mod runtime;
pub mod ui;
