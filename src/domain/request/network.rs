//! Requests about networks.

use super::act::{Act, Verb, command_line};
use super::api::{ApiCall, encode};
use super::volume::unused_filters;
use super::{PruneReach, Request, Target};
use crate::domain::{Connection, NetworkId, NetworkSpec};

/// One changing call on one network, or on those that nobody uses.
#[derive(Clone, Debug, PartialEq)]
pub enum NetworkRequest {
    /// `POST /networks/create`
    Create(NetworkSpec),
    /// `DELETE /networks/{id}`
    Remove { id: NetworkId, name: Box<str> },
    /// `POST /networks/{id}/connect`
    Connect(Box<Connection>),
    /// `POST /networks/{id}/disconnect`
    Disconnect { id: NetworkId, name: Box<str>, target: Target, force: bool },
    /// `POST /networks/prune`; labels as `key` or `key=value`, all of which a network must have.
    Prune { labels: Vec<String> },
}

impl From<NetworkRequest> for Request {
    fn from(request: NetworkRequest) -> Self {
        Self::Network(request)
    }
}

impl Act for NetworkRequest {
    fn verb(&self) -> Verb {
        match self {
            Self::Create(_) => Verb::new("Create", "Creating", "Created"),
            Self::Remove { .. } => Verb::new("Remove", "Removing", "Removed"),
            Self::Connect(_) => Verb::new("Connect", "Connecting", "Connected"),
            Self::Disconnect { .. } => Verb::new("Disconnect", "Disconnecting", "Disconnected"),
            Self::Prune { .. } => Verb::new("Prune", "Pruning", "Pruned"),
        }
    }

    fn object(&self) -> &str {
        match self {
            Self::Create(spec) => spec.title(),
            Self::Remove { name, .. } => name,
            Self::Connect(connection) => &connection.container.name,
            Self::Disconnect { target, .. } => &target.name,
            Self::Prune { .. } => "unused networks",
        }
    }

    fn nouns(&self) -> &'static str {
        match self {
            Self::Connect(_) | Self::Disconnect { .. } => "containers",
            Self::Create(_) | Self::Remove { .. } | Self::Prune { .. } => "networks",
        }
    }

    fn question(&self) -> String {
        match self {
            Self::Connect(connection) => format!("Connect {} to {}?", connection.container.name, connection.network),
            Self::Disconnect { name, target, .. } => format!("Disconnect {} from {name}?", target.name),
            other => format!("{} {}?", other.verb().button, other.object()),
        }
    }

    fn consequence(&self) -> String {
        match self {
            Self::Create(_) => "Makes a network that containers can be put on, which stays until it is removed.".to_owned(),
            Self::Remove { .. } => {
                "Deletes the network. Nothing that containers hold is lost; it can be created again.".to_owned()
            }
            Self::Connect(_) => "The container reaches the others on it, and they find it by its name and aliases. It keeps running.".to_owned(),
            Self::Disconnect { force, .. } => {
                let force = if *force { " Its place is taken away even where the container does not answer." } else { "" };
                format!("Its connections over this network break, and the others on it find it no more. It can be connected again.{force}")
            }
            Self::Prune { .. } => "Deletes the networks that nothing uses. Nothing that containers hold is lost; they can be created again.".to_owned(),
        }
    }

    fn api(&self) -> ApiCall {
        let on = |name: &str, act: &str| ApiCall::new("POST", format!("/networks/{}/{act}", encode(name)), &[]);
        match self {
            Self::Create(_) => ApiCall::new("POST", "/networks/create".to_owned(), &[]),
            Self::Remove { name, .. } => ApiCall::new("DELETE", format!("/networks/{}", encode(name)), &[]),
            Self::Connect(connection) => on(&connection.network, "connect"),
            Self::Disconnect { name, .. } => on(name, "disconnect"),
            Self::Prune { labels } => {
                let filters = unused_filters(PruneReach::Undivided, labels);
                ApiCall::new("POST", "/networks/prune".to_owned(), &[("filters", filters)])
            }
        }
    }

    fn docker_words(&self) -> Vec<String> {
        match self {
            Self::Create(spec) => spec.docker_words(),
            Self::Remove { name, .. } => command_line(&["network", "rm"], &[], &[name]),
            Self::Connect(connection) => connection.docker_words(),
            Self::Disconnect { name, target, force, .. } => {
                command_line(&["network", "disconnect"], &[(*force, "--force")], &[name, &target.name])
            }
            Self::Prune { labels } => {
                let mut words = command_line(&["network", "prune"], &[], &[]);
                words.extend(labels.iter().flat_map(|label| ["--filter".to_owned(), format!("label={label}")]));
                words
            }
        }
    }

    fn discreet_words(&self) -> Vec<String> {
        match self {
            Self::Create(spec) => spec.without_secrets().docker_words(),
            Self::Remove { .. } | Self::Connect(_) | Self::Disconnect { .. } | Self::Prune { .. } => {
                self.docker_words()
            }
        }
    }

    fn is_destructive(&self) -> bool {
        match self {
            Self::Remove { .. } | Self::Disconnect { .. } | Self::Prune { .. } => true,
            Self::Create(_) | Self::Connect(_) => false,
        }
    }
}
