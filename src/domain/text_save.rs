//! Lines that are written to a file of the user.

use std::sync::Arc;

/// What is written where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextSave {
    /// What the lines are: `12 events`.
    pub what: String,
    /// As typed: `~/` is the user's home; what begins otherwise and not with `/`, the folder that the program was started in.
    pub path: String,
    /// Without their ends.
    pub lines: Arc<Vec<Box<str>>>,
    /// A file that is there is replaced.
    pub overwrite: bool,
}
