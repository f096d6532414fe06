//! Files in a container or a volume: what a folder holds, how it was found out, and whose it is.

mod edit;
mod look;
mod path;

pub use edit::FileEdit;
pub use look::{FileLook, Reach};
pub use path::{FilePath, archived_parts, is_name, shown};

use super::{ContainerId, VolumeName};

/// Whose files they are.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum FileRoot {
    Container(ContainerId),
    /// Reached through a helper container that is made for it and removed.
    Volume(VolumeName),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileKind {
    Folder,
    File,
    Link,
    Pipe,
    Socket,
    Block,
    Character,
}

/// Something in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileEntry {
    /// Bytes that need not be UTF-8, without a slash.
    pub name: Box<[u8]>,
    pub kind: FileKind,
    /// Bytes; `None` where an archive tells none (a second name of a file).
    pub size: Option<u64>,
    /// Permissions with the set-id and sticky bits.
    pub mode: u32,
    pub user: u64,
    pub group: u64,
    /// Seconds since the epoch.
    pub modified: i64,
    /// Where a link leads.
    pub target: Option<Box<[u8]>>,
}

/// What is at one path, as the engine tells it without reading it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileStat {
    pub kind: FileKind,
    pub size: u64,
    pub mode: u32,
    /// As the engine writes it, with nanoseconds.
    pub modified: Box<str>,
    /// Of a link, where it leads.
    pub target: Box<str>,
    /// The engine's archives say who owns a file: those of Podman give everything to root.
    pub tells_owner: bool,
}

/// What was found by opening a path, links followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileContent {
    Folder(FilePath),
    File {
        path: FilePath,
        /// Its beginning, [`MOST_SHOWN`] bytes at most.
        bytes: Vec<u8>,
        /// All of its bytes; `None` where it is not known.
        size: Option<u64>,
    },
}

/// A folder as far as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    /// In the order they came.
    pub entries: Vec<FileEntry>,
    pub way: ListWay,
    pub extent: Extent,
}

/// How a folder was listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ListWay {
    /// By `find` in the container.
    Inside,
    /// From the archive that the engine makes of all that is below the folder.
    Archive,
}

/// How much of a folder was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Extent {
    Whole,
    /// So many bytes of its archive by now; it goes on.
    Reading(u64),
    /// So many bytes of its archive, and no more: names are missing.
    Cut(u64),
    /// It has more names than are kept.
    Crowded,
}

/// More of a file is not shown.
pub const MOST_SHOWN: usize = 128 * 1024;
/// More names of one folder are not kept.
pub const MOST_ENTRIES: usize = 100_000;

impl FileKind {
    /// As `ls -l` writes it.
    pub fn letter(self) -> char {
        match self {
            Self::Folder => 'd',
            Self::File => '-',
            Self::Link => 'l',
            Self::Pipe => 'p',
            Self::Socket => 's',
            Self::Block => 'b',
            Self::Character => 'c',
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            Self::Folder => "folder",
            Self::File => "file",
            Self::Link => "link",
            Self::Pipe => "pipe",
            Self::Socket => "socket",
            Self::Block => "block device",
            Self::Character => "device",
        }
    }

    /// Of the file type in a mode as the kernel writes it (`S_IFMT`).
    pub fn of_mode(mode: u32) -> Option<Self> {
        Some(match mode & 0o170_000 {
            0o040_000 => Self::Folder,
            0o100_000 => Self::File,
            0o120_000 => Self::Link,
            0o010_000 => Self::Pipe,
            0o140_000 => Self::Socket,
            0o060_000 => Self::Block,
            0o020_000 => Self::Character,
            _ => return None,
        })
    }
}

impl FileEntry {
    /// `-rwsr-xr-x`
    pub fn mode_text(&self) -> String {
        let mut text = String::with_capacity(10);
        text.push(self.kind.letter());
        for (shift, special, set, unset) in [(6, 0o4000, 's', 'S'), (3, 0o2000, 's', 'S'), (0, 0o1000, 't', 'T')] {
            let bits = self.mode >> shift;
            text.push(if bits & 4 != 0 { 'r' } else { '-' });
            text.push(if bits & 2 != 0 { 'w' } else { '-' });
            text.push(match (self.mode & special != 0, bits & 1 != 0) {
                (true, true) => set,
                (true, false) => unset,
                (false, true) => 'x',
                (false, false) => '-',
            });
        }
        text
    }

    /// `name`, or `name → target`, as it may be drawn.
    pub fn title(&self) -> String {
        match &self.target {
            Some(target) => format!("{} → {}", shown(&self.name), shown(target)),
            None => shown(&self.name),
        }
    }
}

impl Folder {
    pub fn new(way: ListWay) -> Self {
        Self { entries: Vec::new(), way, extent: Extent::Whole }
    }

    /// Keeps an entry while there is room; false where there is none.
    pub fn keep(&mut self, entry: FileEntry) -> bool {
        if self.entries.len() >= MOST_ENTRIES {
            self.extent = Extent::Crowded;
            return false;
        }
        self.entries.push(entry);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modes_are_written_as_ls_does() {
        let entry = |kind, mode| FileEntry {
            name: Box::from(*b"x"),
            kind,
            size: None,
            mode,
            user: 0,
            group: 0,
            modified: 0,
            target: None,
        };
        for (kind, mode, text) in [
            (FileKind::File, 0o644, "-rw-r--r--"),
            (FileKind::Folder, 0o1777, "drwxrwxrwt"),
            (FileKind::File, 0o4755, "-rwsr-xr-x"),
            (FileKind::Link, 0o777, "lrwxrwxrwx"),
            (FileKind::Socket, 0o6001, "s--S--S--x"),
        ] {
            assert_eq!(entry(kind, mode).mode_text(), text);
        }
        assert_eq!(FileKind::of_mode(0o100_644), Some(FileKind::File));
        assert_eq!(FileKind::of_mode(0o644), None);
    }
}
