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
