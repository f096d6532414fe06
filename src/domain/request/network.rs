//! Requests about networks.

use super::Request;
use super::act::{Act, Verb, command_line};
use super::api::{ApiCall, encode};
use crate::domain::NetworkId;

/// One changing call on one network.
#[derive(Clone, Debug, PartialEq)]
pub enum NetworkRequest {
    /// `DELETE /networks/{id}`
    Remove { id: NetworkId, name: Box<str> },
}

impl From<NetworkRequest> for Request {
    fn from(request: NetworkRequest) -> Self {
        Self::Network(request)
    }
}

impl Act for NetworkRequest {
    fn verb(&self) -> Verb {
        match self {
            Self::Remove { .. } => Verb::new("Remove", "Removing", "Removed"),
        }
    }

    fn object(&self) -> &str {
        match self {
            Self::Remove { name, .. } => name,
        }
    }

    fn nouns(&self) -> &'static str {
        "networks"
    }

    fn consequence(&self) -> String {
        match self {
            Self::Remove { .. } => {
                "Deletes the network. Nothing that containers hold is lost; it can be created again.".to_owned()
            }
        }
    }

    fn api(&self) -> ApiCall {
        match self {
            Self::Remove { name, .. } => ApiCall::new("DELETE", format!("/networks/{}", encode(name)), &[]),
        }
    }

    fn docker_words(&self) -> Vec<String> {
        match self {
            Self::Remove { name, .. } => command_line(&["network", "rm"], &[], &[name]),
        }
    }

    fn is_destructive(&self) -> bool {
        match self {
            Self::Remove { .. } => true,
        }
    }
}
