//! What the engine says has happened (`GET /events`).

use super::Labels;

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
}

impl EngineEvent {
    /// The name of what it happened to, where the engine tells.
    pub fn name(&self) -> &str {
        self.attributes.get("name").unwrap_or(&self.actor)
    }
}
