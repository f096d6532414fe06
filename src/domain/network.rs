//! Networks (`GET /networks`).

use super::{ContainerId, Labels, NetworkId};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Network {
    pub id: NetworkId,
    pub name: Box<str>,
    pub driver: Box<str>,
    pub scope: Box<str>,
    /// Seconds since the Unix epoch; `None` where the engine does not tell.
    pub created: Option<i64>,
    pub internal: bool,
    /// Subnets in CIDR notation.
    pub subnets: Vec<Box<str>>,
    pub labels: Labels,
}

/// A container on a network, as `GET /networks/{id}` tells: one that runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub container: ContainerId,
    pub name: Box<str>,
    /// With the size of the subnet: `172.18.0.2/16`; empty where it has none.
    pub ipv4: Box<str>,
    pub ipv6: Box<str>,
    pub mac: Box<str>,
}

/// Networks that every Docker engine has and refuses to remove.
const PREDEFINED: [&str; 3] = ["bridge", "host", "none"];

impl Network {
    /// Whether the engine made it for itself and keeps it.
    pub fn is_predefined(&self) -> bool {
        PREDEFINED.contains(&&*self.name)
    }
}
