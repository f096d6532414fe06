//! A container as the list endpoint tells of it (`GET /containers/json`).

use super::{ContainerId, ImageId, text};
use std::fmt;

/// One row of `GET /containers/json?all=1`. Text is kept as the engine said it: drawing cleans it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Container {
    pub id: ContainerId,
    /// The first name, without the leading slash.
    pub name: Box<str>,
    /// The image reference it was created from, as the engine shows it.
    pub image: Box<str>,
    pub image_id: ImageId,
    pub command: Box<str>,
    /// Seconds since the Unix epoch.
    pub created: i64,
    pub state: State,
    pub health: Health,
    /// The engine's sentence: `Up 2 hours (healthy)`, `Exited (1) 3 days ago`.
    pub status: Box<str>,
    pub ports: Vec<Port>,
    pub labels: Labels,
    pub networks: Vec<Attachment>,
    pub mounts: Vec<Mounted>,
}

/// What the engine calls the state; unknown words are kept (Podman says `stopped` during a stop).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    Running,
    Paused,
    Restarting,
    Removing,
    Created,
    Exited,
    Dead,
    Other(Box<str>),
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Health {
    Unhealthy,
    Starting,
    Healthy,
    /// The container has no health check.
    #[default]
    None,
}

/// A port of the container, published when `public` is there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Port {
    pub ip: Option<Box<str>>,
    pub private: u16,
    pub public: Option<u16>,
    /// `tcp`, `udp` or `sctp`.
    pub protocol: Box<str>,
}

/// Labels in the engine's order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labels(pub Vec<(Box<str>, Box<str>)>);

/// A network the container is attached to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    pub network: Box<str>,
    pub address: Box<str>,
}

/// Something mounted into the container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mounted {
    /// `volume`, `bind`, `tmpfs`, …
    pub kind: Box<str>,
    /// The volume's name, empty for other kinds.
    pub name: Box<str>,
    pub source: Box<str>,
    pub destination: Box<str>,
    pub writable: bool,
}

impl State {
    pub fn parse(word: &str) -> Self {
        match word {
            "running" => Self::Running,
            "paused" => Self::Paused,
            "restarting" => Self::Restarting,
            "removing" => Self::Removing,
            "created" => Self::Created,
            "exited" => Self::Exited,
            "dead" => Self::Dead,
            other => Self::Other(other.into()),
        }
    }

    pub fn as_str(&self) -> &str {
        match self {
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Restarting => "restarting",
            Self::Removing => "removing",
            Self::Created => "created",
            Self::Exited => "exited",
            Self::Dead => "dead",
            Self::Other(word) => word,
        }
    }

    /// Whether it has processes (`docker ps` without `-a` shows it).
    pub fn is_up(&self) -> bool {
        matches!(self, Self::Running | Self::Paused | Self::Restarting)
    }
}

impl Health {
    pub fn parse(word: &str) -> Self {
        match word {
            "healthy" => Self::Healthy,
            "unhealthy" => Self::Unhealthy,
            "starting" => Self::Starting,
            _ => Self::None,
        }
    }

    /// Reads the health out of a status sentence, as engines below API 1.52 tell it nowhere else in a list.
    pub fn from_status(status: &str) -> Self {
        if status.ends_with("(healthy)") {
            Self::Healthy
        } else if status.ends_with("(unhealthy)") {
            Self::Unhealthy
        } else if status.ends_with("(health: starting)") {
            Self::Starting
        } else {
            Self::None
        }
    }

    /// The engine's word, empty where there is no health check.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Healthy => "healthy",
            Self::Unhealthy => "unhealthy",
            Self::Starting => "starting",
            Self::None => "",
        }
    }
}

impl Labels {
    pub fn get(&self, key: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| &**name == key).map(|(_, value)| &**value)
    }

    /// The compose project it belongs to (Podman's compose uses its own label as well).
    pub fn project(&self) -> Option<&str> {
        self.get("com.docker.compose.project").or_else(|| self.get("io.podman.compose.project"))
    }
}

impl Container {
    /// The compose project it belongs to (Podman's compose uses its own label as well).
    pub fn project(&self) -> Option<&str> {
        self.labels.project()
    }

    pub fn service(&self) -> Option<&str> {
        self.labels.get("com.docker.compose.service")
    }

    /// The exit code told by the status sentence (`Exited (137) 3 hours ago`).
    pub fn exit_code(&self) -> Option<i64> {
        let rest = self.status.split_once('(')?.1;
        let code = rest.split_once(')')?.0;
        match self.state {
            State::Running | State::Paused => None,
            _ => code.parse().ok(),
        }
    }

    /// How long it has been in this state, shortened from the status sentence: `2d`, `3h`, `<1s`.
    pub fn state_age(&self) -> String {
        short_age(&self.status)
    }
}

impl fmt::Display for Port {
    /// `8080→80/tcp`, `127.0.0.1:8080→80/tcp`, `80/tcp`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(public) = self.public {
            match self.ip.as_deref() {
                None | Some("" | "0.0.0.0" | "::") => {}
                Some(ip) if ip.contains(':') => write!(f, "[{ip}]:")?,
                Some(ip) => write!(f, "{ip}:")?,
            }
            write!(f, "{public}→")?;
        }
        write!(f, "{}/{}", self.private, self.protocol)
    }
}

/// Shortens the engine's words for a duration: `Up 2 hours (healthy)` → `2h`; seconds in steps of ten.
fn short_age(status: &str) -> String {
    let status = match status.find(')') {
        Some(close) if status.starts_with("Exited") || status.starts_with("Restarting") => &status[close + 1..],
        _ => status,
    };
    if status.contains("Less than a second") {
        return text::calm_age(0);
    }
    let words: Vec<&str> = status.split_whitespace().collect();
    for (index, word) in words.iter().enumerate() {
        let unit = match word.trim_end_matches('s') {
            "second" => "s",
            "minute" => "m",
            "hour" => "h",
            "day" => "d",
            "week" => "w",
            "month" => "mo",
            "year" => "y",
            _ => continue,
        };
        let count = index.checked_sub(1).and_then(|before| words.get(before)).copied().unwrap_or("");
        let number = if count.chars().all(|c| c.is_ascii_digit()) && !count.is_empty() { count } else { "1" };
        return match (unit, number.parse()) {
            ("s", Ok(seconds)) => text::calm_age(seconds),
            _ => format!("{number}{unit}"),
        };
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_shortened_from_the_engines_sentences() {
        for (status, age) in [
            ("Up 2 hours (healthy)", "2h"),
            ("Up Less than a second", "<10s"),
            ("Up 49 seconds", "40s"),
            ("Up About an hour", "1h"),
            ("Up About a minute (health: starting)", "1m"),
            ("Exited (137) 3 weeks ago", "3w"),
            ("Exited (0) Less than a second ago", "<10s"),
            ("Restarting (1) 5 seconds ago", "<10s"),
            ("Up 4 months", "4mo"),
            ("Created", ""),
            ("", ""),
        ] {
            assert_eq!(short_age(status), age, "{status}");
        }
    }

    #[test]
    fn health_is_read_from_the_status() {
        assert_eq!(Health::from_status("Up 2 hours (unhealthy)"), Health::Unhealthy);
        assert_eq!(Health::from_status("Up 2 hours (health: starting)"), Health::Starting);
        assert_eq!(Health::from_status("Up 2 hours (healthy)"), Health::Healthy);
        assert_eq!(Health::from_status("Exited (0) 2 hours ago"), Health::None);
    }

    #[test]
    fn ports_print_as_published() {
        let port =
            |ip: Option<&str>, public| Port { ip: ip.map(Into::into), private: 80, public, protocol: "tcp".into() };
        assert_eq!(port(None, None).to_string(), "80/tcp");
        assert_eq!(port(Some("0.0.0.0"), Some(8080)).to_string(), "8080→80/tcp");
        assert_eq!(port(Some("127.0.0.1"), Some(8080)).to_string(), "127.0.0.1:8080→80/tcp");
        assert_eq!(port(Some("::1"), Some(8080)).to_string(), "[::1]:8080→80/tcp");
    }
}
