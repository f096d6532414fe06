//! Files of this machine as an archive to send, packed while it is sent.

use super::shown;
use crate::domain::text::long_bytes;
use crate::domain::{Failure, FailureKind, FileEdit, FileOwner, Progress};
use crate::engine::TarWriter;
use crate::runtime::act::upload::Steps;
use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tar::{Builder, EntryType, Header};
use tokio::time::Instant;

/// A file or folder to send.
#[derive(Debug)]
pub struct Source {
    place: PathBuf,
    known: Metadata,
    name: Vec<u8>,
}

/// What was sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct Packed {
    pub files: u64,
    pub bytes: u64,
    /// Sockets, pipes, devices.
    pub left_out: u64,
}

impl Source {
    /// Looks at what is named; a link is followed.
    ///
    /// # Errors
    /// Where nothing is there that may be read.
    pub fn open(place: &Path, typed: &str) -> Result<Self, Failure> {
        let place = fs::canonicalize(place).map_err(|error| unread(typed, &error))?;
        let known = fs::metadata(&place).map_err(|error| unread(typed, &error))?;
        let Some(name) = place.file_name() else {
            return Err(Failure::new(FailureKind::LocalFile, format!("{typed} has no name to send it under."))
                .with_hint("Name a file or a folder in it."));
        };
        Ok(Self { name: name.as_encoded_bytes().to_vec(), known, place })
    }

    /// The name that it gets there.
    pub fn name(&self) -> &[u8] {
        &self.name
    }
}

/// Packs it, telling how far it is.
///
/// # Errors
/// `LocalFile` where something cannot be read; `Lost` where nobody takes it any more.
pub fn pack(
    source: Source,
    writer: TarWriter,
    owner: FileOwner,
    pause: Duration,
    steps: &Steps,
) -> Result<Packed, Failure> {
    let mut packer =
        Packer { builder: Builder::new(writer), owner, packed: Packed::default(), pause, last: Instant::now(), steps };
    let name = PathBuf::from(source.place.file_name().unwrap_or_default());
    packer.add(&source.place, &name, &source.known)?;
    let packed = packer.packed;
    let writer = packer.builder.into_inner().map_err(|error| unsent(&error))?;
    writer.finish().map_err(|error| unsent(&error))?;
    Ok(packed)
}

struct Packer<'a> {
    builder: Builder<TarWriter>,
    owner: FileOwner,
    packed: Packed,
    pause: Duration,
    last: Instant,
    steps: &'a Steps,
}

impl Packer<'_> {
    fn add(&mut self, place: &Path, name: &Path, known: &Metadata) -> Result<(), Failure> {
        let mut header = Header::new_gnu();
        header.set_metadata(known);
        if self.owner != FileOwner::Kept {
            header.set_uid(0);
            header.set_gid(0);
        }
        if known.is_dir() {
            self.builder.append_data(&mut header, name, io::empty()).map_err(|error| unsent(&error))?;
            let mut entries = fs::read_dir(place)
                .and_then(|entries| {
                    entries.map(|entry| entry.map(|entry| entry.file_name())).collect::<io::Result<Vec<_>>>()
                })
                .map_err(|error| unread(&shown(place), &error))?;
            entries.sort();
            for entry in entries {
                let below = place.join(&entry);
                let known = fs::symlink_metadata(&below).map_err(|error| unread(&shown(&below), &error))?;
                self.add(&below, &name.join(&entry), &known)?;
            }
        } else if known.is_symlink() {
            let target = fs::read_link(place).map_err(|error| unread(&shown(place), &error))?;
            header.set_entry_type(EntryType::Symlink);
            header.set_size(0);
            self.builder.append_link(&mut header, name, target).map_err(|error| unsent(&error))?;
            self.packed.files += 1;
        } else if known.is_file() {
            let file = File::open(place).map_err(|error| unread(&shown(place), &error))?;
            let mut exact = Exact { file, left: known.len(), failure: None };
            let sent = self.builder.append_data(&mut header, name, &mut exact);
            if let Some(error) = exact.failure {
                return Err(unread(&shown(place), &error));
            }
            sent.map_err(|error| unsent(&error))?;
            self.packed.files += 1;
            self.packed.bytes += known.len();
        } else {
            self.packed.left_out += 1;
        }
        if self.last.elapsed() >= self.pause {
            self.last = Instant::now();
            let status = format!("{} sent", long_bytes(self.packed.bytes));
            self.steps.tell(Progress { part: "files".into(), status: status.into(), done: 0, total: 0 });
        }
        Ok(())
    }
}

/// As many bytes as were told before: a file may grow or shrink while it is read.
struct Exact {
    file: File,
    left: u64,
    failure: Option<io::Error>,
}

impl Read for Exact {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = buffer.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        if most == 0 {
            return Ok(0);
        }
        let read = self.file.read(buffer.get_mut(..most).unwrap_or_default());
        let read = match read {
            Ok(0) => Err(io::Error::other("it became shorter while it was read")),
            read => read,
        };
        match read {
            Ok(count) => {
                self.left -= count as u64;
                Ok(count)
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(error),
            Err(error) => {
                self.failure = Some(error);
                Err(io::ErrorKind::Other.into())
            }
        }
    }
}

/// Packs one file that was edited, with the permissions and the owner that it had.
pub fn edited(name: &[u8], edit: &FileEdit, writer: TarWriter) -> Result<(), Failure> {
    let mut header = Header::new_gnu();
    header.set_entry_type(EntryType::Regular);
    header.set_size(edit.bytes.len() as u64);
    header.set_mode(edit.mode);
    let (user, group) = edit.owner.unwrap_or((0, 0));
    header.set_uid(user);
    header.set_gid(group);
    header.set_mtime(edit.modified);
    let mut builder = Builder::new(writer);
    let packed = builder.append_data(&mut header, path_of(name), edit.bytes.as_slice());
    packed.and_then(|()| builder.into_inner()).and_then(TarWriter::finish).map_err(|error| unsent(&error))
}

#[cfg(unix)]
fn path_of(name: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(name))
}

#[cfg(not(unix))]
fn path_of(name: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(name).into_owned())
}

fn unread(path: &str, error: &io::Error) -> Failure {
    let (sentence, hint) = match error.kind() {
        io::ErrorKind::NotFound => (format!("There is no {path} here."), "Write its path; ~/ is your home."),
        io::ErrorKind::PermissionDenied => (format!("{path} may not be read by you."), "Nothing of it was sent."),
        _ => (format!("{path} cannot be read: {error}."), "Not all of it was sent."),
    };
    Failure::new(FailureKind::LocalFile, sentence).with_hint(hint)
}

fn unsent(error: &io::Error) -> Failure {
    Failure::new(FailureKind::Lost, format!("The engine takes no more of it: {error}."))
}
