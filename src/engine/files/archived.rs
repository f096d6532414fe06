//! The names in a folder, read out of the archive of all that is below it.

use super::feed::TarReader;
use crate::domain::{Extent, Failure, FileEntry, FileKind, Folder, ListWay, archived_parts};
use std::io::{self, Read};
use std::time::Duration;
use tar::{Archive, Entry, EntryType};
use tokio::time::Instant;

/// Reads until the archive or the reader ends; waits for what has not come. Tells what is there by now, so often at most.
///
/// # Errors
/// Where the connection breaks, or what comes is no archive.
pub fn names(reader: TarReader, pause: Duration, told: impl FnMut(Folder)) -> Result<Folder, Failure> {
    let mut folder = Folder::new(ListWay::Archive);
    let mut archive = Archive::new(reader);
    let read = walk(&mut archive, &mut folder, pause, told);
    let reader = archive.into_inner();
    match read {
        _ if reader.is_cut() => folder.extent = Extent::Cut(reader.given()),
        Err(error) => return Err(reader.failure(&error)),
        Ok(()) => {}
    }
    Ok(folder)
}

fn walk(
    archive: &mut Archive<TarReader>,
    folder: &mut Folder,
    pause: Duration,
    mut told: impl FnMut(Folder),
) -> io::Result<()> {
    let mut last = Instant::now();
    for entry in archive.entries()? {
        if !child(&entry?).is_none_or(|child| folder.keep(child)) {
            return Ok(());
        }
        if last.elapsed() >= pause {
            last = Instant::now();
            told(folder.clone());
        }
    }
    Ok(())
}

/// The entry where it is a direct child of the folder that was asked for.
fn child(entry: &Entry<'_, impl Read>) -> Option<FileEntry> {
    let path = entry.path_bytes();
    let [name] = archived_parts(&path)?[..] else { return None };
    let header = entry.header();
    let kind = kind(header.entry_type())?;
    // A second name of a file has no content here: the first one has it.
    let size = (header.entry_type() != EntryType::Link).then(|| entry.size());
    Some(FileEntry {
        name: name.into(),
        kind,
        size,
        mode: header.mode().unwrap_or(0) & 0o7777,
        user: header.uid().unwrap_or(0),
        group: header.gid().unwrap_or(0),
        modified: header.mtime().ok().and_then(|time| i64::try_from(time).ok()).unwrap_or(0),
        target: entry.link_name_bytes().filter(|_| kind == FileKind::Link).map(|target| target.as_ref().into()),
    })
}

fn kind(kind: EntryType) -> Option<FileKind> {
    Some(match kind {
        EntryType::Regular | EntryType::Link | EntryType::Continuous | EntryType::GNUSparse => FileKind::File,
        EntryType::Symlink => FileKind::Link,
        EntryType::Char => FileKind::Character,
        EntryType::Block => FileKind::Block,
        EntryType::Directory => FileKind::Folder,
        EntryType::Fifo => FileKind::Pipe,
        _ => return None,
    })
}
