//! A log that is written to a file of the user.

use super::{LogExcerpt, Target};
use std::sync::Arc;

/// What is written where, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogSave {
    pub target: Target,
    /// As typed: `~/` is the user's home; what begins otherwise and not with `/`, the folder that the program was started in.
    pub path: String,
    pub content: LogContent,
    pub form: LogForm,
    /// A file that is there is replaced.
    pub overwrite: bool,
}

/// Which lines are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LogContent {
    /// These.
    Lines(Arc<LogExcerpt>),
    /// All that the engine has.
    Whole,
}

/// How lines are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LogForm {
    /// Each begins with the engine's time (RFC 3339, UTC).
    pub times: bool,
    /// Every byte as the container wrote it; else without colours, control characters made visible.
    pub raw: bool,
}
