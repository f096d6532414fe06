//! What happened to containers and may explain what they use: marks on the axis of time.

use crate::app::columns::Tone;
use crate::domain::{ContainerId, EngineEvent};
use std::collections::VecDeque;

/// Something that happened to a container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Nanoseconds since the Unix epoch, the engine's clock.
    pub at: i64,
    pub what: Happening,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happening {
    Started,
    /// With its exit code, where the engine tells.
    Exited(Option<i64>),
    OutOfMemory,
    Paused,
    Unpaused,
    Healthy,
    Unhealthy,
}

/// What happened on one host, oldest first; bounded.
#[derive(Debug, Default)]
pub struct Marks {
    all: VecDeque<(ContainerId, Mark)>,
}

/// Happenings kept of one host: enough for those of a bad hour.
const KEPT: usize = 2048;

/// The exit code of what was killed. Podman 4 tells it of what ran out of memory as well, and does not say that it did.
const KILLED: i64 = 137;

impl Marks {
    /// Notes what an event tells, where it is worth a mark. Podman tells of a health that is as it was.
    pub(super) fn note(&mut self, event: &EngineEvent) {
        let Some(what) = Happening::of(event) else { return };
        let container = ContainerId::new(&*event.actor);
        if what.is_health() {
            let before = self.all.iter().rev().find(|(id, mark)| *id == container && mark.what.ends_health());
            if before.is_some_and(|(_, mark)| mark.what == what) {
                return;
            }
        }
        self.insert(&container, Mark { at: event.time, what });
    }

    /// Notes it at its time, behind what happened at once with it.
    pub(super) fn insert(&mut self, container: &ContainerId, mark: Mark) {
        if self.all.len() == KEPT {
            self.all.pop_front();
        }
        let place = self.all.iter().rposition(|(_, known)| known.at <= mark.at).map_or(0, |place| place + 1);
        self.all.insert(place, (container.clone(), mark));
    }

    pub(super) fn forget_before(&mut self, oldest: i64) {
        while self.all.front().is_some_and(|(_, mark)| mark.at < oldest) {
            self.all.pop_front();
        }
    }

    /// What happened to any of them, oldest first.
    pub fn all(&self) -> impl Iterator<Item = (&ContainerId, &Mark)> {
        self.all.iter().map(|(container, mark)| (container, mark))
    }

    /// What happened to a container, oldest first.
    pub fn of<'a>(&'a self, container: &'a ContainerId) -> impl DoubleEndedIterator<Item = &'a Mark> {
        self.all.iter().filter(move |(id, _)| id == container).map(|(_, mark)| mark)
    }
}

impl Happening {
    fn of(event: &EngineEvent) -> Option<Self> {
        let health = |word: &str| match word {
            "healthy" => Some(Self::Healthy),
            "unhealthy" => Some(Self::Unhealthy),
            _ => None,
        };
        match &*event.action {
            "start" => Some(Self::Started),
            "die" => Some(Self::Exited(event.exit_code().and_then(|code| code.parse().ok()))),
            "oom" => Some(Self::OutOfMemory),
            "pause" => Some(Self::Paused),
            "unpause" => Some(Self::Unpaused),
            // Podman tells it as an attribute.
            "health_status" => health(event.attributes.get("health_status")?),
            action => health(action.strip_prefix("health_status: ")?),
        }
    }

    fn is_health(self) -> bool {
        matches!(self, Self::Healthy | Self::Unhealthy)
    }

    /// Whether what was known of the health before it does not hold any more.
    fn ends_health(self) -> bool {
        self.is_health() || self == Self::Started
    }

    pub fn words(self) -> String {
        match self {
            Self::Started => "started".to_owned(),
            Self::Exited(Some(KILLED)) => format!("exited ({KILLED}), killed"),
            Self::Exited(Some(code)) => format!("exited ({code})"),
            Self::Exited(None) => "exited".to_owned(),
            Self::OutOfMemory => "out of memory, killed".to_owned(),
            Self::Paused => "paused".to_owned(),
            Self::Unpaused => "unpaused".to_owned(),
            Self::Healthy => "healthy".to_owned(),
            Self::Unhealthy => "unhealthy".to_owned(),
        }
    }

    /// One column wide; each happening has its own.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Started => "▲",
            Self::Exited(_) => "▼",
            Self::OutOfMemory => "✗",
            Self::Paused => "‖",
            Self::Unpaused => "▸",
            Self::Healthy => "✓",
            Self::Unhealthy => "!",
        }
    }

    pub fn tone(self) -> Tone {
        match self {
            Self::Started | Self::Healthy => Tone::Good,
            Self::Exited(Some(0)) | Self::Paused | Self::Unpaused => Tone::Info,
            Self::Exited(_) | Self::OutOfMemory | Self::Unhealthy => Tone::Bad,
        }
    }

    /// Of several in one place the weightiest is drawn.
    pub fn weight(self) -> u8 {
        match self {
            Self::OutOfMemory => 5,
            Self::Exited(_) => 4,
            Self::Unhealthy => 3,
            Self::Started => 2,
            Self::Healthy | Self::Paused | Self::Unpaused => 1,
        }
    }
}
