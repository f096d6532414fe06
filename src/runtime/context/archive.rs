//! The context as a tar archive, written while it is sent: never whole in memory, never a file of its own.

use super::{Context, Entry, Kind, failure, reason};
use crate::engine::ByteStream;
use bytes::{Bytes, BytesMut};
use std::fs::File;
use std::io::{self, Read, Write};
use std::time::SystemTime;
use tar::{Builder, EntryType, Header};
use tokio::sync::mpsc::{self, Sender};

/// Bytes handed over at once, and how many such pieces wait to be sent.
const PIECE: usize = 64 * 1024;
const WAITING: usize = 4;

/// Packs it on a thread of its own, as fast as it is taken. Who takes no more ends it.
pub fn stream(context: Context) -> ByteStream {
    let (sender, mut pieces) = mpsc::channel(WAITING);
    tokio::task::spawn_blocking(move || {
        let writer = Pieces { sender: sender.clone(), open: BytesMut::with_capacity(PIECE) };
        if let Err(error) = pack(&context, writer) {
            // Nobody listening is what ended it then.
            let _ = sender.blocking_send(Err(error));
        }
    });
    Box::pin(futures_util::stream::poll_fn(move |cx| pieces.poll_recv(cx)))
}

fn pack(context: &Context, writer: Pieces) -> io::Result<()> {
    let mut archive = Builder::new(writer);
    for entry in &context.entries {
        append(&mut archive, context, entry)?;
    }
    archive.into_inner()?.flush()
}

/// Everything belongs to root, as the docker client sends it.
fn append(archive: &mut Builder<Pieces>, context: &Context, entry: &Entry) -> io::Result<()> {
    let mut header = Header::new_gnu();
    header.set_mode(entry.mode);
    header.set_uid(0);
    header.set_gid(0);
    header.set_mtime(seconds(entry.modified));
    match &entry.kind {
        Kind::Folder => {
            header.set_entry_type(EntryType::Directory);
            header.set_size(0);
            archive.append_data(&mut header, &entry.path, io::empty())
        }
        Kind::Link(target) => {
            header.set_entry_type(EntryType::Symlink);
            header.set_size(0);
            archive.append_link(&mut header, &entry.path, target)
        }
        Kind::Made(bytes) => {
            header.set_entry_type(EntryType::Regular);
            header.set_size(bytes.len() as u64);
            archive.append_data(&mut header, &entry.path, bytes.as_slice())
        }
        Kind::File(bytes) => {
            header.set_entry_type(EntryType::Regular);
            header.set_size(*bytes);
            let told = |why: &str| {
                failure(format!("{} {why}", entry.path.display())).with_hint("Build again when nothing writes to it.")
            };
            let file = File::open(context.root.join(&entry.path))
                .map_err(|error| io::Error::other(told(&format!("cannot be read any more: {}.", reason(&error)))))?;
            let whole = Whole { file: file.take(*bytes), told: &told };
            archive.append_data(&mut header, &entry.path, whole)
        }
    }
}

/// Since 1970; what is older is as old as that.
fn seconds(modified: Option<SystemTime>) -> u64 {
    modified.and_then(|at| at.duration_since(SystemTime::UNIX_EPOCH).ok()).map_or(0, |span| span.as_secs())
}

/// As many bytes of a file as were announced: one that grows is cut, one that became shorter cannot be sent.
struct Whole<'a> {
    file: io::Take<File>,
    told: &'a dyn Fn(&str) -> crate::domain::Failure,
}

impl Read for Whole<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self
            .file
            .read(buffer)
            .map_err(|error| io::Error::other((self.told)(&format!("cannot be read: {}.", reason(&error)))))?;
        if read == 0 && self.file.limit() > 0 && !buffer.is_empty() {
            return Err(io::Error::other((self.told)("became shorter while it was sent.")));
        }
        Ok(read)
    }
}

/// Hands over what is written in pieces, and waits while nobody takes them.
struct Pieces {
    sender: Sender<io::Result<Bytes>>,
    open: BytesMut,
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.open.extend_from_slice(bytes);
        if self.open.len() >= PIECE {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let piece = self.open.split().freeze();
        self.open.reserve(PIECE);
        if piece.is_empty() {
            return Ok(());
        }
        self.sender.blocking_send(Ok(piece)).map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))
    }
}
