//! A container to be made: what the create form collects.
//!
//! Reading order: [`ContainerSpec`]; then how its parts are read from text (`ports`, `mounts`, `amounts`).

mod amounts;
mod body;
mod fields;
mod inspect;
mod mounts;
mod ports;
mod words;

pub use amounts::{LEAST_MEMORY, parse_bytes, parse_cpus, parse_memory, print_cpus, print_memory};
pub use fields::{
    CAPABILITIES, parse_assignment, parse_capability, parse_dns, parse_environment, parse_environment_file,
    parse_extra_host, parse_hostname, parse_label, parse_name, parse_user, parse_working_dir,
};
pub use ports::{parse_ports, print_ports};
pub use words::{exec_command, parse_command, print_command, print_places};

use super::Invalid;
use std::collections::HashSet;

/// Everything the create form can say. Empty text and empty lists mean: leave it to the image or the engine.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ContainerSpec {
    pub image: String,
    pub name: String,
    pub command: Vec<String>,
    pub entrypoint: Vec<String>,
    /// `KEY=value`, or `KEY` alone.
    pub environment: Vec<String>,
    pub ports: Vec<PortBinding>,
    pub mounts: Vec<MountSpec>,
    pub network: String,
    pub restart: RestartPolicy,
    pub user: String,
    pub working_dir: String,
    pub hostname: String,
    pub labels: Vec<(String, String)>,
    pub limits: Limits,
    pub tty: bool,
    pub interactive: bool,
    pub init: bool,
    pub privileged: bool,
    pub auto_remove: bool,
    pub cap_add: Vec<String>,
    pub cap_drop: Vec<String>,
    /// `name:address`.
    pub extra_hosts: Vec<String>,
    pub dns: Vec<String>,
    /// Start it after creating it.
    pub start: bool,
}

/// `[ip:][public:]private[/protocol]`, one port each (ranges are spread out when parsed).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PortBinding {
    pub ip: String,
    /// `None`: the engine picks one.
    pub public: Option<u16>,
    pub private: u16,
    pub protocol: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MountSpec {
    pub kind: MountKind,
    /// Path on the host, volume name; empty for tmpfs and anonymous volumes.
    pub source: String,
    pub target: String,
    pub read_only: bool,
    /// What else follows the second colon, joined by commas: `z`, `rslave`, `nocopy`, `size=64m`.
    pub options: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MountKind {
    Bind,
    Volume,
    Tmpfs,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RestartPolicy {
    #[default]
    No,
    Always,
    UnlessStopped,
    /// With the most tries; 0 without limit.
    OnFailure(u32),
}

/// What `update` can change of a container; `None` leaves it as it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Limits {
    /// Bytes; 0: no limit, which only a new container can be given.
    pub memory: Option<u64>,
    /// Billionths of a core; 0: no limit, which only a new container can be given.
    pub nano_cpus: Option<u64>,
    pub restart: Option<RestartPolicy>,
}

impl ContainerSpec {
    /// What to call it: its name, else its image.
    pub fn title(&self) -> &str {
        if self.name.is_empty() { &self.image } else { &self.name }
    }

    /// What does not go together, beyond what each field says of itself.
    pub fn check(&self) -> Result<(), Invalid> {
        if self.image.is_empty() {
            return Err(Invalid::new("Name the image that the container is made from."));
        }
        if self.auto_remove && self.restart != RestartPolicy::No {
            return Err(Invalid::new(
                "A container that is removed when it ends cannot be restarted: choose one of both.",
            ));
        }
        if self.network.starts_with("container:") && !self.ports.is_empty() {
            return Err(Invalid::new("A container that shares another's network cannot publish ports of its own."));
        }
        if self.network.starts_with("container:") && !self.hostname.is_empty() {
            return Err(Invalid::new(
                "A container that shares another's network has that one's hostname: leave it empty.",
            ));
        }
        let mut targets = HashSet::new();
        match self.mounts.iter().find(|mount| !targets.insert(mount.target.trim_end_matches('/'))) {
            Some(MountSpec { target, .. }) => {
                Err(Invalid::new(format!("Two things are mounted on {target}: only one can be.")))
            }
            None => Ok(()),
        }
    }
}
