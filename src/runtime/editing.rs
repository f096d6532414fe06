//! A file of a container in the user's editor: read to a private folder, which goes when the editor ends.

use super::Runtime;
use super::fetch::no_line;
use super::reading::{PrivateFolder, show};
use super::screen::Synchronize;
use super::terminal::Seat;
use crate::app::effect::Tool;
use crate::app::{HostMsg, Msg};
use crate::config::Environment;
use crate::config::edit::private_file;
use crate::domain::{Failure, FailureKind, FileEdit, FileKind, FilePath, FileSpot, HostId};
use crate::engine::{Access, EMPTY_ARCHIVE, Engine, FileDoor, TarReader, tar_reader};
use ratatui::backend::Backend;
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::UNIX_EPOCH;
use tar::Archive;

/// Larger files are not edited here: they are kept in memory until they are put back.
const LARGEST: u64 = 16 * 1024 * 1024;

impl<B: Backend<Error = io::Error> + Synchronize> Runtime<B> {
    /// Reads the file, runs the editor until it ends, and tells what it made of the file.
    pub(super) async fn edit(&mut self, host: HostId, spot: FileSpot) -> Option<Msg> {
        let reading = match self.engine(&host) {
            Some(engine) => {
                let asked = spot.clone();
                let reading = self.spawner.run(async move { read(&engine, &asked).await });
                tokio::select! {
                    read = reading => read.and_then(|read| read),
                    _ = tokio::signal::ctrl_c() => return None,
                }
            }
            None => Err(no_line()),
        };
        let (spot, edited) = match reading {
            Ok((path, before)) => {
                let edited = self.in_editor(&path, before).await;
                (FileSpot::new(spot.root, &spot.owner, path), edited)
            }
            Err(failure) => (spot, Err(failure)),
        };
        Some(Msg::Host(host, HostMsg::FileEdited { spot, edited }))
    }

    /// What the editor made of it; nothing where it left it as it was.
    async fn in_editor(&mut self, path: &FilePath, before: FileEdit) -> Result<Option<Arc<FileEdit>>, Failure> {
        let broken = |error: io::Error| {
            Failure::new(FailureKind::LocalFile, format!("The private copy cannot be used: {error}."))
                .with_hint("Nothing was sent.")
        };
        let folder = PrivateFolder::new(&self.environment).map_err(broken)?;
        let file = folder.0.join(file_name(path));
        private_file(&file).and_then(|mut copy| copy.write_all(&before.bytes)).map_err(broken)?;
        let shown = show(Tool::Editor, &file, &self.environment, matches!(self.seat, Seat::Terminal(_))).await;
        let known = std::fs::metadata(&file).map_err(broken)?;
        if known.len() > LARGEST {
            folder.keep();
            return Err(too_large(path).with_hint(kept_in(&file)));
        }
        let bytes = std::fs::read(&file).map_err(broken)?;
        if let Err(failure) = shown {
            return Err(if bytes == before.bytes {
                failure
            } else {
                folder.keep();
                failure.with_hint(kept_in(&file))
            });
        }
        if bytes == before.bytes {
            return Ok(None);
        }
        let modified = known.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let modified = modified.map_or(0, |since| since.as_secs());
        Ok(Some(Arc::new(FileEdit { bytes, modified, ..before })))
    }
}

/// Keeps what was written where it could not be put back; gives the sentence that tells where.
pub(super) fn keep(path: &FilePath, edit: &FileEdit, environment: &Environment) -> io::Result<String> {
    let folder = PrivateFolder::new(environment)?;
    let file = folder.0.join(file_name(path));
    private_file(&file)?.write_all(&edit.bytes)?;
    folder.keep();
    Ok(kept_in(&file))
}

fn kept_in(file: &Path) -> String {
    format!("What was written is kept in {}.", file.display())
}

/// Its own name tells the editor what is in it; letters that could be taken for something else are replaced.
fn file_name(path: &FilePath) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.');
    let name = String::from_utf8_lossy(path.name());
    let name: String = name.chars().map(|letter| if plain(letter) { letter } else { '_' }).collect();
    if name.starts_with('-') { format!("_{name}") } else { name }
}

async fn read(engine: &Engine, spot: &FileSpot) -> Result<(FilePath, FileEdit), Failure> {
    let door = engine.file_door(&spot.root, Access::Read).await?;
    let read = read_through(&door, &spot.path).await;
    door.close().await;
    read
}

async fn read_through(door: &FileDoor, path: &FilePath) -> Result<(FilePath, FileEdit), Failure> {
    let (path, before) = door.resolve(path).await?;
    if before.kind != FileKind::File {
        let sentence = format!("{} is a {}: only files are edited.", path.shown(), before.kind.word());
        return Err(Failure::new(FailureKind::BadRequest, sentence));
    }
    if before.size > LARGEST {
        return Err(too_large(&path));
    }
    let (reader, carrying) = tar_reader(door.archive(&path).await?, u64::MAX, drop);
    let reading = tokio::task::spawn_blocking(move || {
        let mut archive = Archive::new(reader);
        let read = content(&mut archive);
        read.map_err(|error| archive.into_inner().failure(&error))
    });
    let (read, ()) = tokio::join!(reading, carrying);
    let stopped = |_| Err(Failure::new(FailureKind::LocalFile, "Reading the file was stopped."));
    let (bytes, mode, archived) = read.unwrap_or_else(stopped)?;
    let owner = if before.tells_owner { Some(archived) } else { door.owner_inside(&path).await };
    Ok((path, FileEdit { bytes, before, mode, owner, modified: 0 }))
}

fn content(archive: &mut Archive<TarReader>) -> io::Result<(Vec<u8>, u32, (u64, u64))> {
    let mut entry = archive.entries()?.next().ok_or_else(|| io::Error::other(EMPTY_ARCHIVE))??;
    let header = entry.header();
    let (mode, owner) = (header.mode()? & 0o7777, (header.uid()?, header.gid()?));
    let mut bytes = Vec::new();
    entry.by_ref().take(LARGEST).read_to_end(&mut bytes)?;
    if (bytes.len() as u64) < entry.size() {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok((bytes, mode, owner))
}

fn too_large(path: &FilePath) -> Failure {
    let most = LARGEST >> 20;
    Failure::new(FailureKind::BadRequest, format!("{} has more than {most} MiB: download it instead.", path.shown()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_copy_is_called_as_the_file_without_what_could_be_more_than_a_name() {
        for (path, name) in
            [("/etc/nginx.conf", "nginx.conf"), ("/-rf", "_-rf"), ("/a b\n$x", "a_b__x"), ("/..x", "..x")]
        {
            assert_eq!(file_name(&FilePath::new(path.as_bytes())), name);
        }
    }
}
