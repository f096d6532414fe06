//! Files of a container, whether it runs or not: what is at a path, what a folder holds, archives out and in.

mod archived;
mod feed;
mod inside;
mod open;
pub(super) mod stat;

use super::Engine;
use super::body::ByteStream;
use super::call::{Call, Wait};
use super::direct::DirectBody;
use super::image_files::TAR;
use super::volume_helper::{Access, VolumeHelper};
use crate::domain::{
    ContainerId, Extent, Failure, FailureKind, FileLook, FilePath, FileRoot, FileStat, Folder, ListWay,
};
pub use feed::{TarReader, TarWriter, reader, writer};
use hyper::Method;
pub use open::EMPTY;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::Instant;

/// How far a long reading is, is told so often at most.
const TOLD: Duration = Duration::from_millis(250);

/// Findings that wait to be told.
const FINDINGS: usize = 4;

/// What is found out while an archive is read for its names.
enum Finding {
    Bytes(u64),
    Folder(Folder),
}

/// A way to the files of a container or a volume.
#[derive(Debug)]
pub struct FileDoor {
    engine: Engine,
    id: ContainerId,
    /// What stands before every path.
    prefix: &'static str,
    /// The container was made for it.
    helper: Option<VolumeHelper>,
}

impl Engine {
    /// The way to these files; to a volume's, a helper container is made.
    pub async fn file_door(&self, root: &FileRoot, access: Access) -> Result<FileDoor, Failure> {
        let engine = self.clone();
        Ok(match root {
            FileRoot::Container(id) => FileDoor { engine, id: id.clone(), prefix: "", helper: None },
            FileRoot::Volume(name) => {
                let helper = self.volume_helper(name, access).await?;
                FileDoor { engine, id: helper.id().clone(), prefix: VolumeHelper::ROOT, helper: Some(helper) }
            }
        })
    }

    /// What a folder holds. `progress` is told what was found by now where it takes long.
    pub async fn list_folder(&self, look: &FileLook, progress: impl FnMut(Folder)) -> Result<Folder, Failure> {
        if let (true, FileRoot::Container(id)) = (look.inside, &look.root)
            && let Some(folder) = self.list_inside(id, &look.folder).await?
        {
            return Ok(folder);
        }
        let door = self.file_door(&look.root, Access::Read).await?;
        let listed = door.list(look, progress).await;
        door.close().await;
        listed
    }
}

impl Engine {
    /// `GET /containers/{id}/export`: all files of a container as a tar, without its volumes.
    pub async fn export_container(&self, id: &ContainerId) -> Result<DirectBody, Failure> {
        let call = Call::get(&["containers", id.as_str(), "export"]).wait(Wait::Forever);
        Ok(self.direct_body(call).await?.1)
    }
}

impl FileDoor {
    /// Removes the container that was made for it and waits for that. Dropped in its place, it is removed in the background.
    pub async fn close(self) {
        if let Some(helper) = self.helper {
            // One that cannot be removed now is removed with the next that is made.
            let _ = helper.remove().await;
        }
    }

    /// `HEAD /containers/{id}/archive`: what is at a path, its content unread. Docker tells of a link what the link is, Podman
    /// what it leads to.
    pub async fn stat(&self, path: &FilePath) -> Result<FileStat, Failure> {
        let response = self.engine.open(self.call(Method::HEAD, path, "").wait(Wait::Answer)).await;
        let response = response.map_err(|failure| missing(failure, path))?;
        stat::read(response.headers())
    }

    /// Who owns a file, as a process in the container tells it; `None` where none can be started that does, as in what does not
    /// run and in volumes.
    pub async fn owner_inside(&self, path: &FilePath) -> Option<(u64, u64)> {
        if self.helper.is_some() {
            return None;
        }
        let folder = path.parent().unwrap_or_else(FilePath::root);
        let listed = self.engine.list_inside(&self.id, &folder).await.ok()??;
        let entry = listed.entries.into_iter().find(|entry| *entry.name == *path.name())?;
        Some((entry.user, entry.group))
    }

    /// `GET /containers/{id}/archive`: what is at a path and below it, as a tar whose first name is the last part of the path.
    pub async fn archive(&self, path: &FilePath) -> Result<DirectBody, Failure> {
        self.read(path, "").await
    }

    /// The same of all that is below a folder, with names that begin below it.
    pub async fn archive_below(&self, folder: &FilePath) -> Result<DirectBody, Failure> {
        // With this at its end the path of a link to a folder is the folder's.
        self.read(folder, if folder.is_root() { "." } else { "/." }).await
    }

    /// What is at a path, links at its end followed.
    pub async fn resolve(&self, path: &FilePath) -> Result<(FilePath, FileStat), Failure> {
        open::resolve(self, path).await
    }

    /// `PUT /containers/{id}/archive`: unpacks a tar into a folder while it is read. A folder never takes the place of a file, nor a
    /// file that of a folder. With `as_user` all belongs to the user that the container runs as.
    pub async fn put(&self, folder: &FilePath, archive: ByteStream, as_user: bool) -> Result<(), Failure> {
        let call = self.call(Method::PUT, folder, "").query("noOverwriteDirNonDir", "1");
        let call = if as_user { call.query("copyUIDGID", "1") } else { call };
        let answer = self.engine.ask(call.body_stream(TAR, archive)).await;
        answer.map(drop).map_err(|failure| unwritten(missing(failure, folder)))
    }

    async fn read(&self, path: &FilePath, behind: &str) -> Result<DirectBody, Failure> {
        let call = self.call(Method::GET, path, behind).wait(Wait::Forever);
        let (_, body) = self.engine.direct_body(call).await.map_err(|failure| missing(failure, path))?;
        Ok(body)
    }

    fn call(&self, method: Method, path: &FilePath, behind: &str) -> Call {
        let mut place = self.prefix.as_bytes().to_vec();
        place.extend_from_slice(path.as_bytes());
        place.extend_from_slice(behind.as_bytes());
        Call::new(method, &["containers", self.id.as_str(), "archive"]).query_bytes("path", &place)
    }

    /// Reads the names in a folder out of its archive, which has all that is below as well.
    async fn list(&self, look: &FileLook, mut progress: impl FnMut(Folder)) -> Result<Folder, Failure> {
        let body = self.archive_below(&look.folder).await?;
        let (sender, mut told) = mpsc::channel(FINDINGS);
        let (bytes, folders) = (sender.clone(), sender);
        let mut taken = 0;
        let (reader, carrying) = feed::reader(body, look.reach.bytes(), move |count| {
            taken += count as u64;
            // What is not told in time is told with the next piece.
            let _ = bytes.try_send(Finding::Bytes(taken));
        });
        let reading = tokio::task::spawn_blocking(move || {
            archived::names(reader, TOLD, |folder| drop(folders.try_send(Finding::Folder(folder))))
        });
        let reporting = async {
            let mut known = Folder::new(ListWay::Archive);
            let mut last = Instant::now();
            while let Some(finding) = told.recv().await {
                match finding {
                    Finding::Bytes(taken) => known.extent = Extent::Reading(taken),
                    Finding::Folder(folder) => known = Folder { extent: known.extent, ..folder },
                }
                if last.elapsed() >= TOLD {
                    last = Instant::now();
                    progress(known.clone());
                }
            }
        };
        let stopped = |_| Err(Failure::new(FailureKind::Malformed, "Reading the archive was stopped."));
        let (read, (), ()) = tokio::join!(reading, carrying, reporting);
        read.unwrap_or_else(stopped)
    }
}

/// In plain words where nothing is at a path; engines say it with paths of their own.
fn missing(failure: Failure, path: &FilePath) -> Failure {
    let words = failure.sentence.to_lowercase();
    if words.contains("no such container") {
        return failure;
    }
    if words.contains("not a directory") {
        return Failure::new(FailureKind::BadRequest, format!("{} is no folder.", path.shown()));
    }
    match failure.kind {
        FailureKind::NotFound => Failure::new(FailureKind::NotFound, format!("There is no {}.", path.shown()))
            .with_hint("It may have been removed meanwhile, or lie in a file system that exists only while the container runs."),
        _ => failure,
    }
}

/// In plain words what cannot be written to.
pub(super) fn unwritten(failure: Failure) -> Failure {
    let words = failure.sentence.to_lowercase();
    let read_only = ["read-only", "readonly"].iter().any(|sign| words.contains(sign));
    if read_only {
        return Failure::new(FailureKind::Engine, "The file system there is read-only: nothing was written.")
            .with_hint(
                "Choose a folder in a volume that may be written, or start the container without a read-only root.",
            );
    }
    if words.contains("no space left") {
        return Failure::new(FailureKind::Engine, "The engine's disk is full: not all of it was written.")
            .with_hint("Make room there and send it again.");
    }
    failure
}
