//! A file that was edited here and is to be put back.

use super::FileStat;
use std::fmt;

/// What is put back, and what was there when it was read.
#[derive(Clone, PartialEq, Eq)]
pub struct FileEdit {
    pub bytes: Vec<u8>,
    /// As it was when it was read: another one since then means that somebody else changed it.
    pub before: FileStat,
    /// Permissions, which stay.
    pub mode: u32,
    /// Owner and group, which stay where the engine told them.
    pub owner: Option<(u64, u64)>,
    /// When it was edited, in seconds since the epoch.
    pub modified: u64,
}

impl fmt::Debug for FileEdit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What is in a file may be secret.
        f.debug_struct("FileEdit")
            .field("bytes", &self.bytes.len())
            .field("before", &self.before)
            .finish_non_exhaustive()
    }
}
