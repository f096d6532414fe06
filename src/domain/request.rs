//! Everything that this program can ask an engine to change: as data, with its sentences and its `docker` command.
//!
//! Confirmations, progress, notices, the request log and the audit log all take their words from here.

mod api;
mod consequence;

pub use api::ApiCall;

use super::{ContainerId, ContainerSpec, Image, ImageId, Limits, LogSave, NetworkId, VolumeName};

/// A container as a request names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    pub id: ContainerId,
    pub name: Box<str>,
}

/// One changing call (or one call with a lasting effect) on one object.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// `POST /containers/{id}/start`
    Start(Target),
    /// `POST /containers/{id}/stop`; seconds until it is killed, `None` for the container's own setting.
    Stop { target: Target, timeout: Option<u32> },
    /// `POST /containers/{id}/restart`
    Restart { target: Target, timeout: Option<u32> },
    /// `POST /containers/{id}/kill`; a signal's name or number.
    Kill { target: Target, signal: String },
    /// `POST /containers/{id}/pause`
    Pause(Target),
    /// `POST /containers/{id}/unpause`
    Unpause(Target),
    /// `DELETE /containers/{id}`
    Remove { target: Target, force: bool, volumes: bool },
    /// `POST /containers/{id}/rename`
    Rename { target: Target, name: String },
    /// `POST /containers/{id}/update`
    Update { target: Target, limits: Limits },
    /// `POST /containers/{id}/wait`: ends when the container does.
    Wait(Target),
    /// `POST /containers/create`, then `POST /containers/{id}/start` if the specification says so.
    Create(Box<ContainerSpec>),
    /// `POST /images/create`
    Pull { reference: String },
    /// `DELETE /images/{name}`
    RemoveImage { id: ImageId, reference: String, force: bool, prune_parents: bool },
    /// `POST /images/{name}/tag`
    TagImage { id: ImageId, reference: String, new: String },
    /// `DELETE /volumes/{name}`
    RemoveVolume(VolumeName),
    /// `DELETE /networks/{id}`
    RemoveNetwork { id: NetworkId, name: Box<str> },
    /// `GET /containers/{id}/logs` into a file of this machine.
    SaveLog(Box<LogSave>),
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
    /// So many lines were written to this file.
    Saved {
        path: String,
        lines: usize,
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
    /// The button and the title: `Stop`.
    pub fn verb(&self) -> &'static str {
        match self {
            Self::Start(_) => "Start",
            Self::Stop { .. } => "Stop",
            Self::Restart { .. } => "Restart",
            Self::Kill { .. } => "Kill",
            Self::Pause(_) => "Pause",
            Self::Unpause(_) => "Unpause",
            Self::Remove { .. } | Self::RemoveImage { .. } | Self::RemoveVolume(_) | Self::RemoveNetwork { .. } => {
                "Remove"
            }
            Self::Rename { .. } => "Rename",
            Self::Update { .. } => "Update",
            Self::Wait(_) => "Wait",
            Self::Create(_) => "Create",
            Self::Pull { .. } => "Pull",
            Self::TagImage { .. } => "Tag",
            Self::SaveLog(_) => "Save",
        }
    }

    /// `Stopping`
    pub fn doing(&self) -> &'static str {
        match self {
            Self::Start(_) => "Starting",
            Self::Stop { .. } => "Stopping",
            Self::Restart { .. } => "Restarting",
            Self::Kill { .. } => "Killing",
            Self::Pause(_) => "Pausing",
            Self::Unpause(_) => "Unpausing",
            Self::Remove { .. } | Self::RemoveImage { .. } | Self::RemoveVolume(_) | Self::RemoveNetwork { .. } => {
                "Removing"
            }
            Self::Rename { .. } => "Renaming",
            Self::Update { .. } => "Updating",
            Self::Wait(_) => "Waiting for",
            Self::Create(_) => "Creating",
            Self::Pull { .. } => "Pulling",
            Self::TagImage { .. } => "Tagging",
            Self::SaveLog(_) => "Saving the log of",
        }
    }

    /// `Stopped`
    pub fn done(&self) -> &'static str {
        match self {
            Self::Start(_) => "Started",
            Self::Stop { .. } => "Stopped",
            Self::Restart { .. } => "Restarted",
            Self::Kill { .. } => "Killed",
            Self::Pause(_) => "Paused",
            Self::Unpause(_) => "Unpaused",
            Self::Remove { .. } | Self::RemoveImage { .. } | Self::RemoveVolume(_) | Self::RemoveNetwork { .. } => {
                "Removed"
            }
            Self::Rename { .. } => "Renamed",
            Self::Update { .. } => "Updated",
            Self::Wait(_) => "Waited for",
            Self::Create(_) => "Created",
            Self::Pull { .. } => "Pulled",
            Self::TagImage { .. } => "Tagged",
            Self::SaveLog(_) => "Saved the log of",
        }
    }

    /// What it is about: a container's, volume's or network's name, an image's reference.
    pub fn object(&self) -> &str {
        match self {
            Self::Start(target) | Self::Pause(target) | Self::Unpause(target) | Self::Wait(target) => &target.name,
            Self::Stop { target, .. }
            | Self::Restart { target, .. }
            | Self::Kill { target, .. }
            | Self::Remove { target, .. }
            | Self::Rename { target, .. }
            | Self::Update { target, .. } => &target.name,
            Self::Create(spec) => spec.title(),
            Self::Pull { reference } | Self::RemoveImage { reference, .. } | Self::TagImage { reference, .. } => {
                reference
            }
            Self::RemoveVolume(name) => name.as_str(),
            Self::RemoveNetwork { name, .. } => name,
            Self::SaveLog(save) => &save.target.name,
        }
    }

    /// The container that it does something to, where there is one already.
    pub fn container(&self) -> Option<&ContainerId> {
        match self {
            Self::Start(target) | Self::Pause(target) | Self::Unpause(target) | Self::Wait(target) => Some(&target.id),
            Self::Stop { target, .. }
            | Self::Restart { target, .. }
            | Self::Kill { target, .. }
            | Self::Remove { target, .. }
            | Self::Rename { target, .. }
            | Self::Update { target, .. } => Some(&target.id),
            Self::Create(_)
            | Self::Pull { .. }
            | Self::RemoveImage { .. }
            | Self::TagImage { .. }
            | Self::RemoveVolume(_)
            | Self::RemoveNetwork { .. }
            | Self::SaveLog(_) => None,
        }
    }

    /// Whether the engine ends up different (waiting and reading change nothing).
    pub fn is_change(&self) -> bool {
        !matches!(self, Self::Wait(_) | Self::SaveLog(_))
    }

    /// Whether the engine tells how far it is while it is under way.
    pub fn tells_progress(&self) -> bool {
        matches!(self, Self::Pull { .. })
    }

    /// Whether something may be lost by it, so that it goes through a confirmation.
    pub fn is_destructive(&self) -> bool {
        match self {
            Self::Stop { .. }
            | Self::Restart { .. }
            | Self::Kill { .. }
            | Self::Remove { .. }
            | Self::RemoveImage { .. }
            | Self::RemoveVolume(_)
            | Self::RemoveNetwork { .. } => true,
            Self::Start(_)
            | Self::Pause(_)
            | Self::Unpause(_)
            | Self::Rename { .. }
            | Self::Update { .. }
            | Self::Wait(_)
            | Self::Create(_)
            | Self::Pull { .. }
            | Self::TagImage { .. }
            | Self::SaveLog(_) => false,
        }
    }

    /// The words of the `docker` command line that does the same, unquoted.
    pub fn docker_words(&self) -> Vec<String> {
        let words =
            |head: &[&str], rest: &[&str]| head.iter().chain(rest).map(|word| (*word).to_owned()).collect::<Vec<_>>();
        match self {
            Self::Start(target) => words(&["start"], &[&target.name]),
            Self::Stop { target, timeout } => with_timeout("stop", *timeout, &target.name),
            Self::Restart { target, timeout } => with_timeout("restart", *timeout, &target.name),
            Self::Kill { target, signal } => words(&["kill", "--signal", signal], &[&target.name]),
            Self::Pause(target) => words(&["pause"], &[&target.name]),
            Self::Unpause(target) => words(&["unpause"], &[&target.name]),
            Self::Remove { target, force, volumes } => {
                let mut line = words(&["rm"], &[]);
                line.extend(force.then(|| "--force".to_owned()));
                line.extend(volumes.then(|| "--volumes".to_owned()));
                line.push(target.name.to_string());
                line
            }
            Self::Rename { target, name } => words(&["rename", &target.name], &[name]),
            Self::Update { target, limits } => {
                let mut line = words(&["update"], &[]);
                line.extend(limits.docker_flags());
                line.push(target.name.to_string());
                line
            }
            Self::Wait(target) => words(&["wait"], &[&target.name]),
            Self::Create(spec) => spec.docker_words(),
            Self::Pull { reference } => words(&["pull"], &[reference]),
            Self::RemoveImage { reference, force, prune_parents, .. } => {
                let mut line = words(&["rmi"], &[]);
                line.extend(force.then(|| "--force".to_owned()));
                line.extend((!prune_parents).then(|| "--no-prune".to_owned()));
                line.push(reference.clone());
                line
            }
            Self::TagImage { reference, new, .. } => words(&["tag", reference], &[new]),
            Self::RemoveVolume(name) => words(&["volume", "rm"], &[name.as_str()]),
            Self::RemoveNetwork { name, .. } => words(&["network", "rm"], &[name]),
            Self::SaveLog(save) if save.form.times => words(&["logs", "--timestamps"], &[&save.target.name]),
            Self::SaveLog(save) => words(&["logs"], &[&save.target.name]),
        }
    }

    /// `docker stop --time 5 web`, quoted for a shell.
    pub fn docker_command(&self) -> String {
        format!("docker {}", shell_words::join(self.docker_words()))
    }

    /// As [`Self::docker_command`], with every value hidden that looks like a secret: for what is kept or shown unasked.
    pub fn discreet_command(&self) -> String {
        match self {
            Self::Create(spec) => spec.without_secrets().docker_command(),
            Self::Start(_)
            | Self::Stop { .. }
            | Self::Restart { .. }
            | Self::Kill { .. }
            | Self::Pause(_)
            | Self::Unpause(_)
            | Self::Remove { .. }
            | Self::Rename { .. }
            | Self::Update { .. }
            | Self::Wait(_)
            | Self::Pull { .. }
            | Self::RemoveImage { .. }
            | Self::TagImage { .. }
            | Self::RemoveVolume(_)
            | Self::RemoveNetwork { .. }
            | Self::SaveLog(_) => self.docker_command(),
        }
    }

    /// The same for several objects of the same act: all that name one object name it last.
    pub fn docker_command_of(requests: &[Self]) -> String {
        let Some(first) = requests.first() else { return String::new() };
        let mut words = first.docker_words();
        words.extend(requests.iter().skip(1).filter_map(|request| request.docker_words().pop()));
        format!("docker {}", shell_words::join(words))
    }

    pub fn remove_image(image: &Image, force: bool, prune_parents: bool) -> Self {
        Self::RemoveImage { id: image.id.clone(), reference: image.reference().to_owned(), force, prune_parents }
    }
}

fn with_timeout(verb: &str, timeout: Option<u32>, name: &str) -> Vec<String> {
    let mut line = vec![verb.to_owned()];
    if let Some(seconds) = timeout {
        line.extend(["--time".to_owned(), seconds.to_string()]);
    }
    line.push(name.to_owned());
    line
}

#[cfg(test)]
mod tests;
