//! The state of the program, as plain data.

pub mod json_tree;
pub mod line_input;
pub mod logs;
