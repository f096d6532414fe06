//! What is at a path, links followed: a folder, or the beginning of a file.

use super::FileDoor;
use super::feed::{self, TarReader};
use crate::domain::{Failure, FailureKind, FileContent, FileKind, FilePath, FileRoot, FileStat, MOST_SHOWN};
use crate::engine::Engine;
use crate::engine::volume_helper::Access;
use std::io::{self, Read};
use tar::Archive;

/// Links that lead on to links are followed so often, as the kernel does.
const LINKS: usize = 40;

/// Docker does so, though it lists such names.
pub const EMPTY: &str =
    "it is empty, as engines send it for a name that is no UTF-8; the folder it is in can be downloaded";

impl Engine {
    /// `HEAD /containers/{id}/archive` for each link on the way, then `GET` for a file. What lies in a file system of the running
    /// container alone is read by `head` in it, where `inside` allows that.
    pub async fn open_file(&self, root: &FileRoot, path: &FilePath, inside: bool) -> Result<FileContent, Failure> {
        let door = self.file_door(root, Access::Read).await?;
        let opened = door.open(path).await;
        door.close().await;
        match (opened, root) {
            (Err(failure), FileRoot::Container(id)) if inside && !failure.is_connection() => {
                match self.head_inside(id, path).await? {
                    Some(bytes) => Ok(FileContent::File { path: path.clone(), bytes, size: None }),
                    None => Err(failure),
                }
            }
            // Files that the kernel makes as they are read have no size, and nothing of them is in an archive.
            (Ok(FileContent::File { path, size: Some(0), .. }), FileRoot::Container(id)) if inside => {
                let bytes = self.head_inside(id, &path).await?.unwrap_or_default();
                let size = bytes.is_empty().then_some(0);
                Ok(FileContent::File { path, bytes, size })
            }
            (opened, _) => opened,
        }
    }
}

/// Follows links until what is there is none.
pub(super) async fn resolve(door: &FileDoor, path: &FilePath) -> Result<(FilePath, FileStat), Failure> {
    let mut path = path.clone();
    for _ in 0..LINKS {
        let stat = door.stat(&path).await?;
        if stat.kind != FileKind::Link {
            return Ok((path, stat));
        }
        path = door.followed(&path, &stat.target)?;
    }
    Err(Failure::new(FailureKind::BadRequest, format!("{} leads from link to link and to no file.", path.shown())))
}

impl FileDoor {
    async fn open(&self, path: &FilePath) -> Result<FileContent, Failure> {
        let (path, stat) = resolve(self, path).await?;
        match stat.kind {
            FileKind::Folder => Ok(FileContent::Folder(path)),
            FileKind::File => self.beginning(path).await,
            other => {
                let sentence = format!("{} is a {}: there is nothing to read in it.", path.shown(), other.word());
                Err(Failure::new(FailureKind::BadRequest, sentence))
            }
        }
    }

    /// Where a link leads. That of a volume may lead out of it, to where its container has something else.
    fn followed(&self, link: &FilePath, target: &str) -> Result<FilePath, Failure> {
        let folder = link.parent().unwrap_or_else(FilePath::root);
        if self.prefix.is_empty() {
            return Ok(folder.resolve(target.as_bytes()));
        }
        // Podman tells the whole path in the helper.
        let (below, is_told_whole) = match target.strip_prefix(self.prefix) {
            Some(below) if below.is_empty() || below.starts_with('/') => (below, true),
            _ => (target, false),
        };
        let climbs = below.split('/').filter(|part| *part == "..").count() > folder.parts().count();
        if (below.starts_with('/') && !is_told_whole) || climbs {
            let sentence =
                format!("{} leads out of the volume, to {}.", link.shown(), crate::domain::text::clean(target));
            return Err(Failure::new(FailureKind::BadRequest, sentence)
                .with_hint("What is there depends on the container that uses the volume."));
        }
        Ok(if is_told_whole { FilePath::new(below.as_bytes()) } else { folder.resolve(below.as_bytes()) })
    }

    async fn beginning(&self, path: FilePath) -> Result<FileContent, Failure> {
        let body = self.archive(&path).await?;
        let (reader, carrying) = feed::reader(body, u64::MAX, drop);
        let reading = tokio::task::spawn_blocking(move || first(reader));
        let (read, ()) = tokio::join!(reading, carrying);
        let stopped = |_| Err(Failure::new(FailureKind::Malformed, "Reading the file was stopped."));
        let (bytes, size) = read.unwrap_or_else(stopped)?;
        Ok(FileContent::File { path, bytes, size: Some(size) })
    }
}

/// The beginning of the first file in an archive, and its whole size.
fn first(reader: TarReader) -> Result<(Vec<u8>, u64), Failure> {
    let mut archive = Archive::new(reader);
    let read = read_first(&mut archive);
    read.map_err(|error| archive.into_inner().failure(&error))
}

fn read_first(archive: &mut Archive<TarReader>) -> io::Result<(Vec<u8>, u64)> {
    let entry = archive.entries()?.next().ok_or_else(|| io::Error::other(EMPTY))??;
    let size = entry.size();
    let mut bytes = Vec::new();
    entry.take(MOST_SHOWN as u64).read_to_end(&mut bytes)?;
    Ok((bytes, size))
}
