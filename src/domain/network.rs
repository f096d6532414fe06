//! Networks (`GET /networks`).

use super::{Labels, NetworkId};

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

/// Networks that every Docker engine has and refuses to remove.
const PREDEFINED: [&str; 3] = ["bridge", "host", "none"];

impl Network {
    /// Whether the engine made it for itself and keeps it.
    pub fn is_predefined(&self) -> bool {
        PREDEFINED.contains(&&*self.name)
    }
}
