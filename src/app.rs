//! The state of the program, as plain data.

pub mod logs;
