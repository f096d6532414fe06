//! A container: what it was created with, and the state it is in.

use super::clock::{SECOND, human_duration};
use super::logs::Logs;
use super::stats::Load;
use bytes::Bytes;
use serde_json::{Map, Value};
use std::sync::Arc;
use tokio::sync::mpsc;

#[derive(Debug)]
pub struct Container {
    /// 64 hexadecimal digits.
    pub id: String,
    /// Without the slash.
    pub name: String,
    pub created: i64,
    pub spec: Arc<Spec>,
    pub run: Run,
    pub networks: Vec<Endpoint>,
    pub logs: Logs,
    pub load: Load,
    pub waiters: Vec<Waiter>,
}

/// What it was created with; shared by generated containers that are alike.
#[derive(Clone, Debug)]
pub struct Spec {
    /// The reference given, `nginx:1.27-alpine`.
    pub image: String,
    pub image_id: String,
    /// `Config` as inspect shows it.
    pub config: Value,
    /// `HostConfig` as inspect shows it.
    pub host: Value,
    /// `Mounts` as inspect shows them.
    pub mounts: Value,
    /// Entrypoint and command.
    pub argv: Vec<String>,
    /// What its process is like: a key of the phrases.
    pub profile: String,
}

#[derive(Clone, Debug)]
pub struct Run {
    pub phase: Phase,
    pub pid: u32,
    pub exit_code: i64,
    pub started: Option<i64>,
    pub finished: Option<i64>,
    pub error: String,
    pub restarts: u32,
    pub health: Option<HealthCheck>,
    /// Whether the last stop was asked for: restart policies then leave it alone.
    pub stopped_by_hand: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    Created,
    Running,
    Paused,
    Restarting,
    Exited,
}

#[derive(Clone, Debug)]
pub struct HealthCheck {
    pub status: &'static str,
    pub failing_streak: u32,
    /// The last five results: when, exit code, output.
    pub log: Vec<(i64, i64, String)>,
}

/// A place on a network.
#[derive(Clone, Debug)]
pub struct Endpoint {
    pub network: String,
    pub network_id: String,
    pub id: String,
    pub aliases: Vec<String>,
    /// Empty while it does not run.
    pub address: String,
    /// The one that was asked for; empty for any.
    pub fixed: String,
    pub gateway: String,
    pub prefix: u8,
}

/// A pending answer of `/wait`.
#[derive(Debug)]
pub struct Waiter {
    pub removed: bool,
    pub sender: mpsc::Sender<Bytes>,
}

impl Phase {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Restarting => "restarting",
            Self::Exited => "exited",
        }
    }

    /// Whether there are processes.
    pub fn is_alive(self) -> bool {
        matches!(self, Self::Running | Self::Paused)
    }
}

impl Run {
    pub fn new(has_health_check: bool) -> Self {
        Self {
            phase: Phase::Created,
            pid: 0,
            exit_code: 0,
            started: None,
            finished: None,
            error: String::new(),
            restarts: 0,
            health: has_health_check.then(|| HealthCheck { status: "starting", failing_streak: 0, log: Vec::new() }),
            stopped_by_hand: false,
        }
    }
}

impl Container {
    pub fn is_alive(&self) -> bool {
        self.run.phase.is_alive()
    }

    pub fn is_tty(&self) -> bool {
        self.spec.config.get("Tty").and_then(Value::as_bool).unwrap_or(false)
    }

    pub fn short_id(&self) -> &str {
        self.id.get(..12).unwrap_or(&self.id)
    }

    pub fn labels(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.spec.config.get("Labels").and_then(Value::as_object).into_iter().flat_map(Map::iter)
    }

    pub fn label(&self, key: &str) -> Option<&str> {
        self.spec.config.get("Labels")?.get(key)?.as_str()
    }

    /// `HostConfig.PortBindings` as (private with protocol, host address, host port).
    pub fn bindings(&self) -> Vec<(String, String, u16)> {
        let mut found = Vec::new();
        let ports = self.spec.host.get("PortBindings").and_then(Value::as_object);
        for (private, bindings) in ports.into_iter().flat_map(Map::iter) {
            for binding in bindings.as_array().into_iter().flatten() {
                let text = |key: &str| binding.get(key).and_then(Value::as_str).unwrap_or_default();
                let address = if text("HostIp").is_empty() { "0.0.0.0" } else { text("HostIp") };
                // An empty port means any free one; private ports stand in for the ephemeral range.
                let any = private.split('/').next().and_then(|port| port.parse::<u16>().ok()).map(|port| port | 0x8000);
                let port = text("HostPort").parse().ok().or(any).unwrap_or(32_768);
                found.push((private.clone(), address.to_owned(), port));
            }
        }
        found
    }

    /// `Up 2 hours (healthy)`, `Exited (1) 3 days ago`, in dockerd's words.
    pub fn status(&self, now: i64) -> String {
        let ago = |at: Option<i64>| human_duration(now - at.unwrap_or(now));
        let run = &self.run;
        match run.phase {
            Phase::Created => "Created".into(),
            Phase::Exited => format!("Exited ({}) {} ago", run.exit_code, ago(run.finished)),
            Phase::Restarting => format!("Restarting ({}) {} ago", run.exit_code, ago(run.finished)),
            Phase::Paused => format!("Up {} (Paused)", ago(run.started)),
            Phase::Running => {
                let up = format!("Up {}", ago(run.started));
                match &run.health {
                    None => up,
                    Some(health) if health.status == "starting" => format!("{up} (health: starting)"),
                    Some(health) => format!("{up} ({})", health.status),
                }
            }
        }
    }

    /// The commands of its processes, `user|command` where it is not root's; the first is the one it was created with.
    pub fn processes(&self) -> Vec<String> {
        match self.profile() {
            Some(profile) if !matches!(self.spec.profile.as_str(), "other" | "silent" | "terminal") => {
                profile.processes.clone()
            }
            Some(_) | None => vec![self.spec.argv.join(" ")],
        }
    }

    /// Whole seconds of the present or last run.
    pub fn run_seconds(&self, now: i64) -> i64 {
        let end = if self.is_alive() { now } else { self.run.finished.unwrap_or(now) };
        self.run.started.map_or(0, |started| (end - started).max(0) / SECOND)
    }
}
