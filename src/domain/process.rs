//! Processes (`GET /containers/{id}/top`) and changed files (`GET /containers/{id}/changes`) of a container.

/// The answer of the host's `ps`: titles and rows as it printed them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Processes {
    pub titles: Vec<Box<str>>,
    pub rows: Vec<Vec<Box<str>>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    Modified,
    Added,
    Deleted,
}

/// A path that differs from the image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    pub kind: ChangeKind,
    pub path: Box<str>,
}

impl ChangeKind {
    /// The letter of `docker diff`.
    pub fn letter(self) -> char {
        match self {
            Self::Modified => 'C',
            Self::Added => 'A',
            Self::Deleted => 'D',
        }
    }
}
