//! Requests about what an engine keeps that nobody uses, beyond images, volumes and networks.

use super::Request;
use super::act::{Act, Verb, command_line};
use super::api::{ApiCall, switch};

/// One call that clears away what is not in use.
#[derive(Clone, Debug, PartialEq)]
pub enum SystemRequest {
    /// `POST /containers/prune`
    PruneContainers,
    /// `POST /build/prune`; `all` takes what could still be used by a build as well.
    PruneBuildCache { all: bool },
}

impl From<SystemRequest> for Request {
    fn from(request: SystemRequest) -> Self {
        Self::System(request)
    }
}

impl Act for SystemRequest {
    fn verb(&self) -> Verb {
        Verb::new("Prune", "Pruning", "Pruned")
    }

    fn object(&self) -> &str {
        match self {
            Self::PruneContainers => "stopped containers",
            Self::PruneBuildCache { .. } => "build cache",
        }
    }

    fn nouns(&self) -> &'static str {
        "things"
    }

    fn consequence(&self) -> String {
        match self {
            Self::PruneContainers => {
                "Deletes all containers that do not run, with all files written in them outside of volumes; this cannot be undone."
            }
            Self::PruneBuildCache { .. } => {
                "Deletes what builds kept to be faster the next time. No image loses anything; the next build takes longer."
            }
        }
        .to_owned()
    }

    fn api(&self) -> ApiCall {
        match self {
            Self::PruneContainers => ApiCall::new("POST", "/containers/prune".to_owned(), &[]),
            Self::PruneBuildCache { all } => ApiCall::new("POST", "/build/prune".to_owned(), &[("all", switch(*all))]),
        }
    }

    fn docker_words(&self) -> Vec<String> {
        match self {
            Self::PruneContainers => command_line(&["container", "prune"], &[], &[]),
            Self::PruneBuildCache { all } => command_line(&["builder", "prune"], &[(*all, "--all")], &[]),
        }
    }

    fn is_destructive(&self) -> bool {
        match self {
            Self::PruneContainers | Self::PruneBuildCache { .. } => true,
        }
    }
}
