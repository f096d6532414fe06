//! Requests about volumes.

use super::Request;
use super::act::{Act, Verb, command_line};
use super::api::{ApiCall, encode, switch};
use crate::domain::{VolumeName, VolumeSpec};

/// One changing call on one volume, or on those that nobody uses.
#[derive(Clone, Debug, PartialEq)]
pub enum VolumeRequest {
    /// `POST /volumes/create`
    Create(VolumeSpec),
    /// `DELETE /volumes/{name}`
    Remove { name: VolumeName, force: bool },
    /// `POST /volumes/prune`; labels as `key` or `key=value`, all of which a volume must have.
    Prune { reach: PruneReach, labels: Vec<String> },
    /// Everything in a volume into a new one, through two helper containers that are never started.
    Clone { from: VolumeName, to: VolumeSpec },
}

/// Which of the volumes that no container has are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PruneReach {
    /// Those that nobody gave a name.
    Anonymous,
    /// All of them.
    All,
    /// All of them, on an engine that knows no difference (below API 1.42).
    Undivided,
}

impl From<VolumeRequest> for Request {
    fn from(request: VolumeRequest) -> Self {
        Self::Volume(request)
    }
}

impl Act for VolumeRequest {
    fn verb(&self) -> Verb {
        match self {
            Self::Create(_) => Verb::new("Create", "Creating", "Created"),
            Self::Remove { .. } => Verb::new("Remove", "Removing", "Removed"),
            Self::Prune { .. } => Verb::new("Prune", "Pruning", "Pruned"),
            Self::Clone { .. } => Verb::new("Clone", "Cloning", "Cloned"),
        }
    }

    fn object(&self) -> &str {
        match self {
            Self::Create(spec) => spec.title(),
            Self::Remove { name, .. } | Self::Clone { from: name, .. } => name.as_str(),
            Self::Prune { reach: PruneReach::Anonymous, .. } => "anonymous volumes",
            Self::Prune { reach: PruneReach::All | PruneReach::Undivided, .. } => "unused volumes",
        }
    }

    fn nouns(&self) -> &'static str {
        "volumes"
    }

    fn question(&self) -> String {
        match self {
            Self::Clone { from, to } => format!("Clone {from} into {}?", to.title()),
            other => format!("{} {}?", other.verb().button, other.object()),
        }
    }

    fn consequence(&self) -> String {
        match self {
            Self::Create(_) => "Makes an empty volume, which stays until it is removed.".to_owned(),
            Self::Remove { .. } => {
                "Deletes the volume with everything that is in it; this cannot be undone.".to_owned()
            }
            Self::Prune { reach: PruneReach::Anonymous, .. } => {
                "Deletes the volumes without a name of their own that no container has, with everything that is in them; this cannot be undone.".to_owned()
            }
            Self::Prune { reach: PruneReach::All | PruneReach::Undivided, .. } => {
                "Deletes all volumes that no container has, named ones as well, with everything that is in them; this cannot be undone.".to_owned()
            }
            Self::Clone { .. } => {
                "Copies everything in it into a new volume. What containers write meanwhile may be caught half-written: stop them first where that matters.".to_owned()
            }
        }
    }

    fn api(&self) -> ApiCall {
        match self {
            Self::Create(_) | Self::Clone { .. } => ApiCall::new("POST", "/volumes/create".to_owned(), &[]),
            Self::Remove { name, force } => {
                ApiCall::new("DELETE", format!("/volumes/{}", encode(name.as_str())), &[("force", switch(*force))])
            }
            Self::Prune { reach, labels } => {
                ApiCall::new("POST", "/volumes/prune".to_owned(), &[("filters", unused_filters(*reach, labels))])
            }
        }
    }

    fn docker_words(&self) -> Vec<String> {
        match self {
            Self::Create(spec) => spec.docker_words(),
            Self::Remove { name, force } => command_line(&["volume", "rm"], &[(*force, "--force")], &[name.as_str()]),
            Self::Prune { reach, labels } => {
                let mut words = command_line(&["volume", "prune"], &[(*reach == PruneReach::All, "--all")], &[]);
                words.extend(labels.iter().flat_map(|label| ["--filter".to_owned(), format!("label={label}")]));
                words
            }
            Self::Clone { from, to } => {
                let copy = ["run", "--rm", "-v", &format!("{from}:/from:ro"), "-v", &format!("{}:/to", to.title())]
                    .map(str::to_owned);
                copy.into_iter().chain(["busybox", "cp", "-a", "/from/.", "/to"].map(str::to_owned)).collect()
            }
        }
    }

    fn discreet_words(&self) -> Vec<String> {
        match self {
            Self::Create(spec) => spec.without_secrets().docker_words(),
            Self::Remove { .. } | Self::Prune { .. } | Self::Clone { .. } => self.docker_words(),
        }
    }

    fn is_destructive(&self) -> bool {
        match self {
            Self::Remove { .. } | Self::Prune { .. } => true,
            Self::Create(_) | Self::Clone { .. } => false,
        }
    }

    fn tells_progress(&self) -> bool {
        matches!(self, Self::Clone { .. })
    }
}

/// `{"all":["1"],"label":["a=b"]}`; empty where nothing is filtered.
pub fn unused_filters(reach: PruneReach, labels: &[String]) -> String {
    let mut filters = serde_json::Map::new();
    if reach == PruneReach::All {
        filters.insert("all".to_owned(), serde_json::json!(["1"]));
    }
    if !labels.is_empty() {
        filters.insert("label".to_owned(), serde_json::json!(labels));
    }
    if filters.is_empty() { String::new() } else { serde_json::Value::Object(filters).to_string() }
}
