//! What the commands do: one function per row of the table.

pub mod act;
pub mod browse;
pub mod builds;
pub mod charts;
pub mod console;
pub mod copy;
pub mod detail;
pub mod events;
pub mod files;
pub mod form;
pub mod general;
pub mod helper;
pub mod hosts;
pub mod images;
pub mod links;
pub mod list;
pub mod log_files;
pub mod log_marks;
pub mod logs;
pub mod marking;
pub mod overlay;
pub mod profiles;
pub mod search;
pub mod several;
pub mod top;
pub mod typed;
