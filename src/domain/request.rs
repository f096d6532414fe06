//! Everything that this program can ask an engine to change: as data, with its sentences and its `docker` command.
//!
//! Confirmations, progress, notices, the request log and the audit log all take their words from here. A new kind of request
//! is a variant of its group, and a new group a file beside the others that says what [`Act`] asks.

mod act;
mod api;
mod build;
mod container;
mod files;
mod image;
mod image_file;
mod log;
mod network;
mod plugin;
mod raw;
mod registry;
mod system;
mod text;
mod volume;

pub use api::ApiCall;
pub use container::ContainerRequest;
pub use files::{FileOwner, FileRequest, FileSpot};
pub use image::{ImageRequest, prune_filters};
pub use image_file::ImageFileRequest;
pub use network::NetworkRequest;
pub use plugin::{PluginInstall, PluginRequest};
pub use registry::RegistryRequest;
pub use system::SystemRequest;
pub use volume::{PruneReach, VolumeRequest, unused_filters};

use super::{
    BuildSpec, ContainerId, FileRoot, ImageId, LogSave, LoginKeeper, NetworkId, RawRequest, TextSave, VolumeName,
    print_command, print_places,
};
use act::Act;

/// A container as a request names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    pub id: ContainerId,
    pub name: Box<str>,
}

/// One changing call (or one call with a lasting effect) on one object.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    Container(ContainerRequest),
    Image(ImageRequest),
    ImageFile(ImageFileRequest),
    Volume(VolumeRequest),
    Network(NetworkRequest),
    /// `POST /build` with a folder of this machine.
    Build(Box<BuildSpec>),
    File(FileRequest),
    Registry(RegistryRequest),
    System(SystemRequest),
    Plugin(PluginRequest),
    /// `GET /containers/{id}/logs` into a file of this machine.
    SaveLog(Box<LogSave>),
    /// Lines that are known here, into a file of this machine.
    SaveText(Box<TextSave>),
    /// What somebody typed in the API console.
    Raw(Box<RawRequest>),
}

/// What a request that went well brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Done {
    Changed,
    /// 304: it was in that state already.
    NothingToDo,
    Created {
        id: ContainerId,
        warnings: Vec<String>,
    },
    /// The process ended with this exit code.
    Exited {
        code: i64,
    },
    Pulled {
        status: String,
    },
    Built {
        image: ImageId,
    },
    /// The digest that the registry has it under; empty where none was told.
    Pushed {
        digest: String,
    },
    /// An image that was imported or committed.
    ImageMade {
        id: String,
    },
    /// Names that were taken off, images that were deleted, bytes that were freed.
    ImagesPruned {
        names: usize,
        images: usize,
        bytes: u64,
    },
    /// So many bytes were written to this file.
    ImagesSaved {
        path: String,
        bytes: u64,
    },
    /// Names of images, and ids of those without one.
    ImagesLoaded {
        names: Vec<String>,
    },
    /// The login is kept there.
    LoggedIn(LoginKeeper),
    /// The login was forgotten; it was kept there, if it was.
    LoggedOut(Option<LoginKeeper>),
    /// So many lines were written to this file.
    Saved {
        path: String,
        lines: usize,
    },
    /// So much was copied: of a download, to that place. What was left out can be neither here nor there.
    Transferred {
        what: String,
        place: String,
        left_out: u64,
    },
    VolumeMade {
        name: VolumeName,
    },
    NetworkMade {
        id: NetworkId,
        /// Empty where the engine has nothing to say.
        warning: String,
    },
    /// Volumes or networks that are gone, and the bytes that were freed.
    Pruned {
        names: Vec<String>,
        bytes: u64,
    },
    /// What the removal of an image took: names and ids.
    ImageRemoved {
        untagged: Vec<String>,
        deleted: Vec<String>,
    },
}

/// How far a long request is: one line per layer or step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The layer's id; empty for words about the whole.
    pub part: Box<str>,
    pub status: Box<str>,
    /// Bytes; 0 where the engine tells none.
    pub done: u64,
    pub total: u64,
}

impl Target {
    pub fn new(id: ContainerId, name: impl Into<Box<str>>) -> Self {
        Self { id, name: name.into() }
    }
}

impl Request {
    /// The group it belongs to, which has its words.
    fn act(&self) -> &dyn Act {
        match self {
            Self::Container(request) => request,
            Self::Image(request) => request,
            Self::ImageFile(request) => request,
            Self::Volume(request) => request,
            Self::Network(request) => request,
            Self::Build(spec) => &**spec,
            Self::File(request) => request,
            Self::Registry(request) => request,
            Self::System(request) => request,
            Self::Plugin(request) => request,
            Self::SaveLog(save) => &**save,
            Self::SaveText(save) => &**save,
            Self::Raw(raw) => &**raw,
        }
    }

    /// The button and the title: `Stop`.
    pub fn verb(&self) -> &'static str {
        self.act().verb().button
    }

    /// `Stopping`
    pub fn doing(&self) -> &'static str {
        self.act().verb().doing
    }

    /// `Stopped`
    pub fn done(&self) -> &'static str {
        self.act().verb().done
    }

    /// What it is about: a container's, volume's or network's name, an image's reference.
    pub fn object(&self) -> &str {
        self.act().object()
    }

    /// What several of its objects are called.
    pub fn nouns(&self) -> &'static str {
        self.act().nouns()
    }

    /// The container that it does something to, where there is one already.
    pub fn container(&self) -> Option<&ContainerId> {
        match self {
            Self::Container(request) => request.target(),
            Self::Image(ImageRequest::Commit(commit)) => Some(&commit.target.id),
            Self::Image(_)
            | Self::ImageFile(_)
            | Self::Volume(_)
            | Self::Network(_)
            | Self::Registry(_)
            | Self::System(_)
            | Self::Plugin(_)
            | Self::Build(_)
            | Self::SaveLog(_)
            | Self::SaveText(_)
            | Self::Raw(_) => None,
            Self::File(request) => match request.changed_root() {
                Some(FileRoot::Container(id)) => Some(id),
                Some(FileRoot::Volume(_)) | None => None,
            },
        }
    }

    /// Whether the engine ends up different (waiting and reading change nothing).
    pub fn is_change(&self) -> bool {
        self.act().is_change()
    }

    /// Whether the engine tells how far it is while it is under way.
    pub fn tells_progress(&self) -> bool {
        self.act().tells_progress()
    }

    /// Whether something may be lost by it, so that it goes through a confirmation.
    pub fn is_destructive(&self) -> bool {
        self.act().is_destructive()
    }

    /// `Stop web?`
    pub fn question(&self) -> String {
        self.act().question()
    }

    /// What will happen, in full sentences, with what cannot be undone.
    pub fn consequence(&self) -> String {
        self.act().consequence()
    }

    /// The (first) call that it makes: creating may be followed by a start.
    pub fn api(&self) -> ApiCall {
        self.act().api()
    }

    /// The words of the `docker` command line that does the same, unquoted.
    pub fn docker_words(&self) -> Vec<String> {
        self.act().docker_words()
    }

    /// `docker stop --time 5 web`, quoted for a shell.
    pub fn docker_command(&self) -> String {
        if let Self::Raw(raw) = self {
            return raw.line.clone();
        }
        self.quoted(&self.docker_words())
    }

    /// As [`Self::docker_command`], with every value hidden that looks like a secret: for what is kept or shown unasked.
    pub fn discreet_command(&self) -> String {
        if let Self::Raw(raw) = self {
            return raw.api().to_string();
        }
        self.quoted(&self.act().discreet_words())
    }

    fn quoted(&self, words: &[String]) -> String {
        let act = self.act();
        let words = if act.reads_home() { print_places(words) } else { print_command(words) };
        match act.words_before().as_slice() {
            [] => format!("{} {words}", act.program()),
            before => format!("docker {} && {} {words}", print_command(before), act.program()),
        }
    }

    /// The same for several objects of the same act, which name their object last; of several acts one line behind the other.
    pub fn docker_command_of(requests: &[Self]) -> String {
        let Some(first) = requests.first() else { return String::new() };
        if let Self::Raw(raw) = first {
            return raw.line.clone();
        }
        let all_but_last = |request: &Self| {
            let mut words = request.docker_words();
            words.pop();
            words
        };
        let begin = all_but_last(first);
        if requests.iter().any(|request| all_but_last(request) != begin) {
            return requests.iter().map(Self::docker_command).collect::<Vec<_>>().join("; ");
        }
        let mut words = first.docker_words();
        words.extend(requests.iter().skip(1).filter_map(|request| request.docker_words().pop()));
        first.quoted(&words)
    }
}

#[cfg(test)]
mod tests;
