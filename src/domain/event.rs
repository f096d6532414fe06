//! What the engine says has happened (`GET /events`).

use super::{Labels, hide_secret};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EngineEvent {
    /// Nanoseconds since the Unix epoch, the engine's clock.
    pub time: i64,
    /// `container`, `image`, `volume`, `network`, …; unknown words are kept.
    pub kind: Box<str>,
    /// `start`, `die`, `health_status: healthy`, `exec_create: sh`, …
    pub action: Box<str>,
    /// The id of what it happened to (a name for images and volumes).
    pub actor: Box<str>,
    pub attributes: Labels,
    /// All of it as the engine wrote it: JSON.
    pub raw: Box<str>,
}

/// Events between two times of the engine's clock (nanoseconds since the Unix epoch).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EventSpan {
    /// `None`: as far back as the engine remembers.
    pub since: Option<i64>,
    /// The last moment that is meant.
    pub until: i64,
}

impl EngineEvent {
    /// The name of what it happened to, where the engine tells.
    pub fn name(&self) -> &str {
        self.attributes.get("name").filter(|name| !name.is_empty()).unwrap_or(&self.actor)
    }

    /// `health_status` of `health_status: healthy`
    pub fn verb(&self) -> &str {
        self.action.split_once(": ").map_or(&self.action, |(verb, _)| verb)
    }

    /// The Compose project of what it happened to.
    pub fn project(&self) -> &str {
        self.attributes.get("com.docker.compose.project").unwrap_or_default()
    }

    /// Of what ended; Podman 4 tells one of everything that happens.
    pub fn exit_code(&self) -> Option<&str> {
        if !matches!(self.verb(), "die" | "died" | "exec_die" | "exec_died") {
            return None;
        }
        ["exitCode", "containerExitCode", "ContainerExitCode"].into_iter().find_map(|key| self.attributes.get(key))
    }

    /// What else it tells that is worth a column, in the order of its weight: `exit code 137 · nginx:1.27`.
    pub fn details(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        if let Some((_, words)) = self.action.split_once(": ") {
            // The command line of a process; what looks like a secret in it is nobody's business here.
            parts.push(words.split(' ').map(hide_secret).collect::<Vec<_>>().join(" "));
        }
        parts.extend(self.exit_code().map(|code| format!("exit code {code}")));
        for (key, before) in DETAILS {
            let value = self.attributes.get(key).filter(|value| !value.is_empty() && *value != self.name());
            parts.extend(value.map(|value| format!("{before}{}", short(value))));
        }
        parts.join(" · ")
    }
}

/// Attributes that are told, and the words before them. Labels stand among the attributes as well: no key of these is one.
const DETAILS: &[(&str, &str)] = &[
    ("signal", "signal "),
    ("oldName", "was "),
    ("container", ""),
    ("destination", "at "),
    ("execDuration", "after seconds: "),
    ("image", ""),
    ("driver", ""),
    ("type", ""),
    ("reclaimed", "bytes freed: "),
];

/// An id as lists show it; all else as it is.
fn short(value: &str) -> &str {
    let bare = value.strip_prefix("sha256:").unwrap_or(value);
    let is_id = bare.len() == 64 && bare.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_id { bare.get(..12).unwrap_or(bare) } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(action: &str, attributes: &[(&str, &str)]) -> EngineEvent {
        let pairs = attributes.iter().map(|(key, value)| ((*key).into(), (*value).into()));
        let attributes = Labels(pairs.collect());
        EngineEvent {
            time: 1,
            kind: "container".into(),
            action: action.into(),
            actor: "ab".into(),
            attributes,
            raw: "".into(),
        }
    }

    #[test]
    fn details_are_few_and_keep_secrets() {
        let died = event("die", &[("exitCode", "137"), ("image", "nginx"), ("name", "web"), ("tier", "front")]);
        assert_eq!(died.details(), "exit code 137 · nginx");
        let begun = event("start", &[("containerExitCode", "0"), ("image", ""), ("name", "")]);
        assert_eq!((begun.exit_code(), begun.name(), begun.details().as_str()), (None, "ab", ""));
        let run = event("exec_create: psql PGPASSWORD=hunter2", &[("name", "db")]);
        assert_eq!(run.verb(), "exec_create");
        assert!(run.details().starts_with("psql PGPASSWORD=") && !run.details().contains("hunter2"));
        let joined = event("connect", &[("container", &"a".repeat(64)), ("name", "front"), ("type", "bridge")]);
        assert_eq!(joined.details(), "aaaaaaaaaaaa · bridge");
    }
}
