//! What the commands do: one function per row of the table.

pub mod act;
pub mod console;
pub mod detail;
pub mod form;
pub mod general;
pub mod list;
