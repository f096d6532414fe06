//! The state of the program, as plain data.

pub mod line_input;
pub mod logs;
