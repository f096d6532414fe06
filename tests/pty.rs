//! The program itself in a terminal: start and end, resizing, signals, sessions in containers.

mod command_line;
mod ends;
mod no_engine;
mod real;
mod sessions;
mod sizes;
