//! In which order the entries of a folder stand.

use crate::domain::{FileEntry, FileKind, order};
use std::cmp::Ordering;

/// By what, and which way round. Folders stand before all else where names count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FileOrder {
    pub by: FileSort,
    pub reversed: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FileSort {
    #[default]
    Name,
    /// The largest first.
    Size,
    /// The newest first.
    Time,
}

impl FileSort {
    const ALL: [Self; 3] = [Self::Name, Self::Size, Self::Time];

    /// The one `step` places on, in a round.
    #[must_use]
    pub fn stepped(self, step: isize) -> Self {
        let place = Self::ALL.iter().position(|sort| *sort == self).unwrap_or(0) as isize;
        let next = (place + step).rem_euclid(Self::ALL.len() as isize) as usize;
        Self::ALL.get(next).copied().unwrap_or_default()
    }
}

impl FileOrder {
    /// Sorts places in `entries`.
    pub fn sort(self, places: &mut [usize], entries: &[FileEntry]) {
        order::sort_places(places, &mut |left, right| match (entries.get(left), entries.get(right)) {
            (Some(left), Some(right)) => self.compare(left, right),
            _ => left.cmp(&right),
        });
    }

    fn compare(self, left: &FileEntry, right: &FileEntry) -> Ordering {
        let names = || left.name.cmp(&right.name);
        let turned = |order: Ordering| if self.reversed { order.reverse() } else { order };
        let is_file = |entry: &FileEntry| entry.kind != FileKind::Folder;
        match self.by {
            FileSort::Name => is_file(left).cmp(&is_file(right)).then_with(|| turned(names())),
            FileSort::Size => turned(weight(right).cmp(&weight(left))).then_with(names),
            FileSort::Time => turned(right.modified.cmp(&left.modified)).then_with(names),
        }
    }
}

/// The size of a folder's own record says nothing of what is in it.
fn weight(entry: &FileEntry) -> Option<u64> {
    entry.size.filter(|_| entry.kind == FileKind::File)
}
