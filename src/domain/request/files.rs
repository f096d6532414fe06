//! Requests about files: downloads, uploads, what was edited, whole containers and volumes as archives.

use super::act::{Act, Verb, command_line};
use super::api::{ApiCall, encode};
use super::{Request, Target};
use crate::domain::{FileEdit, FilePath, FileRoot, VolumeName, VolumeSpec};
use std::sync::Arc;

/// A path in a container or a volume, as a request names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FileSpot {
    pub root: FileRoot,
    pub path: FilePath,
    /// The container's or volume's name.
    pub owner: Box<str>,
    /// `web:/etc/hosts`
    title: Box<str>,
}

/// To whom uploaded files belong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FileOwner {
    #[default]
    Root,
    /// The user and group numbers that they have on this machine.
    Kept,
    /// The user that the container runs as.
    Container,
}

/// One transfer of files. What is written on this machine is as typed: `~/` is the user's home.
#[derive(Clone, Debug, PartialEq)]
pub enum FileRequest {
    /// `GET /containers/{id}/archive` into a file or folder of this machine.
    Download { from: FileSpot, place: String, overwrite: bool },
    /// `GET /containers/{id}/export` into a tar file of this machine.
    Export { target: Target, place: String, overwrite: bool },
    /// `PUT /containers/{id}/archive`: a file or folder of this machine into a folder.
    Upload { into: FileSpot, place: String, owner: FileOwner, overwrite: bool },
    /// `PUT /containers/{id}/archive`: a file as it was edited.
    PutBack { spot: FileSpot, edit: Arc<FileEdit>, overwrite: bool },
    /// `GET /containers/{helper}/archive`: everything in a volume into a tar file of this machine.
    ExportVolume { name: VolumeName, place: String, overwrite: bool },
    /// `POST /volumes/create`, `PUT /containers/{helper}/archive`: a tar file of this machine into a new volume.
    ImportVolume { place: String, to: Box<VolumeSpec> },
}

impl From<FileRequest> for Request {
    fn from(request: FileRequest) -> Self {
        Self::File(request)
    }
}

impl FileSpot {
    pub fn new(root: FileRoot, owner: &str, path: FilePath) -> Self {
        let title = format!("{owner}:{}", path.text()).into();
        Self { root, path, owner: owner.into(), title }
    }

    /// `web:/etc/hosts`
    pub fn title(&self) -> &str {
        &self.title
    }

    /// As `docker cp` names it. A volume is reached through a container that has it mounted.
    fn docker_word(&self) -> String {
        match &self.root {
            FileRoot::Container(_) => self.title.to_string(),
            FileRoot::Volume(_) => format!("HELPER-OF-{}:/volume{}", self.owner, self.path.text()),
        }
    }

    fn archive(&self, method: &'static str, query: &[(&'static str, String)]) -> ApiCall {
        let (owner, prefix) = match &self.root {
            FileRoot::Container(_) => (encode(&self.owner), ""),
            FileRoot::Volume(_) => (encode(&format!("HELPER-OF-{}", self.owner)), "/volume"),
        };
        let mut whole = vec![("path", format!("{prefix}{}", self.path.text()))];
        whole.extend(query.iter().cloned());
        ApiCall::new(method, format!("/containers/{owner}/archive"), &whole)
    }
}

impl FileRequest {
    /// The same, where what is there already is to be replaced.
    #[must_use]
    pub fn replacing(&self) -> Self {
        let mut request = self.clone();
        match &mut request {
            Self::Download { overwrite, .. }
            | Self::Export { overwrite, .. }
            | Self::Upload { overwrite, .. }
            | Self::ExportVolume { overwrite, .. }
            | Self::PutBack { overwrite, .. } => *overwrite = true,
            // It never takes the place of anything.
            Self::ImportVolume { .. } => {}
        }
        request
    }

    /// Whose files end up different.
    pub fn changed_root(&self) -> Option<&FileRoot> {
        match self {
            Self::Upload { into: spot, .. } | Self::PutBack { spot, .. } => Some(&spot.root),
            Self::Download { .. } | Self::Export { .. } | Self::ExportVolume { .. } | Self::ImportVolume { .. } => None,
        }
    }
}

/// The folder and the name of a file as they were typed: `~/backup`, `data.tar`.
fn folder_and_name(place: &str) -> (&str, &str) {
    match place.rsplit_once('/') {
        Some(("", name)) => ("/", name),
        Some((folder, name)) => (folder, name),
        None => (".", place),
    }
}

/// `docker run --rm -v data:/volume:ro -v ~/backup:/files busybox tar …`: what a helper container does by hand.
fn by_tar(volume: &str, place: &str, access: [&str; 2], option: &str) -> Vec<String> {
    let (folder, name) = folder_and_name(place);
    // A shell expands a tilde with a slash behind it alone.
    let folder = if folder == "~" { "~/" } else { folder };
    // While a form is filled in.
    let volume = if volume.is_empty() { "NAME" } else { volume };
    let name = if name.is_empty() { "FILE" } else { name };
    let mounts = [format!("{volume}:/volume{}", access[0]), format!("{folder}:/files{}", access[1])];
    let file = format!("/files/{name}");
    command_line(
        &["run", "--rm", "-v", &mounts[0], "-v", &mounts[1], "busybox", "tar", option, &file, "-C", "/volume"],
        &[],
        &[],
    )
}

impl Act for FileRequest {
    fn verb(&self) -> Verb {
        match self {
            Self::Download { .. } => Verb::new("Download", "Downloading", "Downloaded"),
            Self::Export { .. } => Verb::new("Export", "Exporting", "Exported"),
            Self::Upload { .. } => Verb::new("Upload", "Uploading to", "Uploaded to"),
            Self::PutBack { .. } => Verb::new("Put back", "Putting back", "Put back"),
            Self::ExportVolume { .. } => Verb::new("Export", "Exporting", "Exported"),
            Self::ImportVolume { .. } => Verb::new("Import", "Importing", "Imported"),
        }
    }

    fn object(&self) -> &str {
        match self {
            Self::Download { from: spot, .. } | Self::Upload { into: spot, .. } | Self::PutBack { spot, .. } => {
                spot.title()
            }
            Self::Export { target, .. } => &target.name,
            Self::ExportVolume { name, .. } => name.as_str(),
            Self::ImportVolume { place, .. } => place,
        }
    }

    fn nouns(&self) -> &'static str {
        match self {
            Self::Download { .. } | Self::Upload { .. } | Self::PutBack { .. } => "files",
            Self::Export { .. } => "containers",
            Self::ExportVolume { .. } => "volumes",
            Self::ImportVolume { .. } => "archives",
        }
    }

    fn question(&self) -> String {
        match self {
            Self::ImportVolume { place, to } => format!("Import {place} into {}?", to.title()),
            other => format!("{} {}?", other.verb().button, other.object()),
        }
    }

    fn consequence(&self) -> String {
        match self {
            Self::Download { .. } => {
                "Copies it to this machine with its permissions; it appears there when all of it has come.".to_owned()
            }
            Self::Export { .. } => {
                "Writes all files of the container, without its volumes, to a tar file here; the file appears when all of it is \
                 written."
                    .to_owned()
            }
            Self::Upload { .. } => {
                "Copies it into the folder with its permissions. Files of the same names are replaced; what was in them is lost."
                    .to_owned()
            }
            Self::PutBack { .. } => {
                "Replaces the file by what was edited; its permissions and its owner stay. What is in it now is lost.".to_owned()
            }
            Self::ExportVolume { .. } => {
                "Writes everything in the volume to a tar file here; the file appears when all of it is written. What \
                 containers write meanwhile may be caught half-written: stop them first where that matters."
                    .to_owned()
            }
            Self::ImportVolume { .. } => {
                "Makes a new volume of everything in the tar file; when that fails, no volume stays.".to_owned()
            }
        }
    }

    fn api(&self) -> ApiCall {
        let keep_kinds = ("noOverwriteDirNonDir", "1".to_owned());
        match self {
            Self::Download { from, .. } => from.archive("GET", &[]),
            Self::Export { target, .. } => {
                ApiCall::new("GET", format!("/containers/{}/export", encode(&target.name)), &[])
            }
            Self::Upload { into, owner: FileOwner::Container, .. } => {
                into.archive("PUT", &[keep_kinds, ("copyUIDGID", "1".to_owned())])
            }
            Self::Upload { into, .. } => into.archive("PUT", &[keep_kinds]),
            Self::PutBack { spot, .. } => {
                let folder = spot.path.parent().unwrap_or_else(FilePath::root);
                FileSpot::new(spot.root.clone(), &spot.owner, folder).archive("PUT", &[keep_kinds])
            }
            Self::ExportVolume { name, .. } => {
                let helper = encode(&format!("HELPER-OF-{name}"));
                ApiCall::new("GET", format!("/containers/{helper}/archive"), &[("path", "/volume/.".to_owned())])
            }
            Self::ImportVolume { .. } => ApiCall::new("POST", "/volumes/create".to_owned(), &[]),
        }
    }

    fn docker_words(&self) -> Vec<String> {
        match self {
            Self::Download { from, place, .. } => command_line(&["cp"], &[], &[&from.docker_word(), place]),
            Self::Export { target, place, .. } => command_line(&["export", "--output", place], &[], &[&target.name]),
            Self::Upload { into, place, owner, .. } => {
                command_line(&["cp"], &[(*owner == FileOwner::Container, "--archive")], &[place, &into.docker_word()])
            }
            Self::PutBack { spot, .. } => command_line(&["cp"], &[], &["EDITED", &spot.docker_word()]),
            Self::ExportVolume { name, place, .. } => {
                let mut words = by_tar(name.as_str(), place, [":ro", ""], "-cf");
                words.push(".".to_owned());
                words
            }
            Self::ImportVolume { place, to } => by_tar(&to.name, place, ["", ":ro"], "-xpf"),
        }
    }

    fn reads_home(&self) -> bool {
        true
    }

    fn is_change(&self) -> bool {
        self.changed_root().is_some() || matches!(self, Self::ImportVolume { .. })
    }

    fn is_destructive(&self) -> bool {
        false
    }

    fn tells_progress(&self) -> bool {
        true
    }
}
