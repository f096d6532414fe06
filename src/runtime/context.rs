//! The folder that an image is built from: looked through before anything is sent, then streamed as a tar archive.

mod archive;
mod look;
#[cfg(test)]
mod tests;
mod walk;

pub use archive::stream;
pub(super) use look::look;
pub(super) use walk::listed;
pub use walk::walk;

use crate::domain::{Dockerfile, Failure, FailureKind};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// What is sent to the builder: everything was there and could be read a moment ago.
#[derive(Debug)]
pub struct Context {
    pub root: PathBuf,
    /// A folder stands before what is in it; names ascend by their bytes.
    pub entries: Vec<Entry>,
    pub dockerfile: Dockerfile,
    /// Links that lead out of the folder: not every engine takes them.
    pub outward: Vec<String>,
    /// Sentences about what is not sent.
    pub notes: Vec<String>,
}

#[derive(Debug)]
pub struct Entry {
    /// Below the root.
    pub path: PathBuf,
    pub kind: Kind,
    pub mode: u32,
    pub modified: Option<SystemTime>,
}

#[derive(Debug)]
pub enum Kind {
    Folder,
    /// With its bytes.
    File(u64),
    /// A file that is not in the folder, or not so.
    Made(Vec<u8>),
    /// As it is, wherever it leads: it is never followed.
    Link(PathBuf),
}

impl Context {
    /// Files, and the bytes in them.
    pub fn size(&self) -> (usize, u64) {
        let files = self.entries.iter().filter_map(|entry| match entry.kind {
            Kind::File(bytes) => Some(bytes),
            Kind::Made(ref bytes) => Some(bytes.len() as u64),
            Kind::Folder | Kind::Link(_) => None,
        });
        files.fold((0, 0_u64), |(count, sum), bytes| (count + 1, sum.saturating_add(bytes)))
    }
}

fn failure(sentence: impl Into<String>) -> Failure {
    Failure::new(FailureKind::LocalFile, sentence)
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    failure(format!("{} cannot be read: {}.", path.display(), reason(error)))
}

/// Without the number behind it.
fn reason(error: &std::io::Error) -> String {
    let text = error.to_string();
    let end = text.find(" (os error").unwrap_or(text.len());
    text.get(..end).unwrap_or(&text).to_lowercase()
}
