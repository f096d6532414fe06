//! Requests about volumes.

use super::Request;
use super::act::{Act, Verb, command_line};
use super::api::{ApiCall, encode};
use crate::domain::VolumeName;

/// One changing call on one volume.
#[derive(Clone, Debug, PartialEq)]
pub enum VolumeRequest {
    /// `DELETE /volumes/{name}`
    Remove(VolumeName),
}

impl From<VolumeRequest> for Request {
    fn from(request: VolumeRequest) -> Self {
        Self::Volume(request)
    }
}

impl Act for VolumeRequest {
    fn verb(&self) -> Verb {
        match self {
            Self::Remove(_) => Verb::new("Remove", "Removing", "Removed"),
        }
    }

    fn object(&self) -> &str {
        match self {
            Self::Remove(name) => name.as_str(),
        }
    }

    fn nouns(&self) -> &'static str {
        "volumes"
    }

    fn consequence(&self) -> String {
        match self {
            Self::Remove(_) => "Deletes the volume with everything that is in it; this cannot be undone.".to_owned(),
        }
    }

    fn api(&self) -> ApiCall {
        match self {
            Self::Remove(name) => ApiCall::new("DELETE", format!("/volumes/{}", encode(name.as_str())), &[]),
        }
    }

    fn docker_words(&self) -> Vec<String> {
        match self {
            Self::Remove(name) => command_line(&["volume", "rm"], &[], &[name.as_str()]),
        }
    }

    fn is_destructive(&self) -> bool {
        match self {
            Self::Remove(_) => true,
        }
    }
}
