//! Files of a container, whether it runs or not: what is at a path, what a folder holds, archives out and in.

mod archived;
mod feed;
mod inside;
mod open;
mod stat;

use super::Engine;
use super::call::{Call, Wait};
use super::direct::DirectBody;
use super::volume_helper::{Access, VolumeHelper};
use crate::domain::{
    ContainerId, Extent, Failure, FailureKind, FileLook, FilePath, FileRoot, FileStat, Folder, ListWay,
};
use hyper::Method;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::Instant;

/// The header in which `/archive` tells what is at a path: JSON in base64.
const STAT: &str = "x-docker-container-path-stat";
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
        stat::read(response.headers().get(STAT))
    }

    /// `GET /containers/{id}/archive`: what is at a path and below it, as a tar whose first name is the last part of the path.
    pub async fn archive(&self, path: &FilePath) -> Result<DirectBody, Failure> {
        self.read(path, "").await
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
        // With this at its end the path of a link to a folder is the folder's, and names begin below it on every engine.
        let behind = if look.folder.is_root() { "." } else { "/." };
        let body = self.read(&look.folder, behind).await?;
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
