//! What is asked about a folder.

use super::{FilePath, FileRoot};

/// A folder to be listed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FileLook {
    pub root: FileRoot,
    pub folder: FilePath,
    /// A process may be started in the container to list it.
    pub inside: bool,
    pub reach: Reach,
    /// Counts the times that it is asked anew: each is another question.
    pub turn: u32,
}

/// How much of an archive is read for the names in it, unless it ends before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reach {
    /// As much as a moment brings from an engine nearby.
    Near,
    /// To its end.
    End,
}

impl Reach {
    /// Bytes of the archive.
    pub fn bytes(self) -> u64 {
        match self {
            Self::Near => 256 * 1024 * 1024,
            Self::End => u64::MAX,
        }
    }
}
