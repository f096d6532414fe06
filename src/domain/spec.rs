//! A container to be made: what the create form collects.

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
    /// Bytes; 0 lifts the limit.
    pub memory: Option<u64>,
    /// Billionths of a core; 0 lifts the limit.
    pub nano_cpus: Option<u64>,
    pub restart: Option<RestartPolicy>,
}

impl ContainerSpec {
    /// What to call it: its name, else its image.
    pub fn title(&self) -> &str {
        if self.name.is_empty() { &self.image } else { &self.name }
    }

    /// The words of the equivalent `docker run` (or `docker create`) line, without `docker`.
    pub fn docker_words(&self) -> Vec<String> {
        let mut words = vec![if self.start { "run".to_owned() } else { "create".to_owned() }];
        words.push(self.image.clone());
        words
    }
}

impl Limits {
    /// The flags of `docker update` and `docker run`.
    pub fn docker_flags(&self) -> Vec<String> {
        Vec::new()
    }
}

impl ContainerSpec {
    /// The body of `POST /containers/create`; the name travels in the query.
    pub fn body(&self) -> serde_json::Value {
        serde_json::json!({ "Image": self.image, "Cmd": self.command, "Tty": self.tty, "OpenStdin": self.interactive })
    }
}

impl Limits {
    /// The body of `POST /containers/{id}/update`.
    pub fn body(&self) -> serde_json::Value {
        serde_json::json!({ "Memory": self.memory, "NanoCpus": self.nano_cpus })
    }
}
