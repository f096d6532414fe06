//! What the commands do: one function per row of the table.

pub mod act;
pub mod detail;
pub mod general;
pub mod list;
pub mod logs;
pub mod search;
pub mod top;
