//! Volumes (`GET /volumes`).

use super::{Labels, VolumeName};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Volume {
    pub name: VolumeName,
    pub driver: Box<str>,
    pub mountpoint: Box<str>,
    /// Seconds since the Unix epoch; `None` where the engine does not tell.
    pub created: Option<i64>,
    pub scope: Box<str>,
    pub labels: Labels,
}

impl Volume {
    /// Whether nobody gave it a name: engines say so in a label, older ones in nothing but the shape of the name.
    pub fn is_anonymous(&self) -> bool {
        let name = self.name.as_str();
        self.labels.get("com.docker.volume.anonymous").is_some()
            || (name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_hexdigit()))
    }
}
