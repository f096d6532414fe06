//! The program itself in a terminal: start and end, resizing, signals, sessions in containers.

mod acts;
mod charts;
mod command_line;
mod ends;
mod forms;
mod helper;
mod logins;
mod no_engine;
mod panes;
mod profiles;
mod programs;
mod real;
mod sessions;
mod sizes;
mod ssh;
mod stage;
mod two;
