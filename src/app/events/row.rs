//! An event as the list shows it.

use crate::app::columns::Tone;
use crate::app::list::RowKey;
use crate::domain::{EngineEvent, EventTexts};
use jiff::tz::TimeZone;
use serde_json::Value;

/// One event. Its labels are only in what the engine said.
#[derive(Clone, Debug)]
pub struct EventRow {
    /// Its number in this run.
    pub key: RowKey,
    /// Nanoseconds since the Unix epoch, the engine's clock.
    pub time: i64,
    /// The same by the user's clock: `11-21 14:51:07`.
    pub stamp: Box<str>,
    pub kind: Box<str>,
    /// `die`, `health_status`
    pub action: Box<str>,
    pub actor: Box<str>,
    pub name: Box<str>,
    pub project: Box<str>,
    pub image: Box<str>,
    /// Empty for none.
    pub exit: Box<str>,
    pub details: Box<str>,
    /// JSON, as the engine wrote it.
    pub raw: Box<str>,
}

impl EventRow {
    pub fn new(number: u64, event: &EngineEvent, zone: &TimeZone) -> Self {
        let time = jiff::Timestamp::from_nanosecond(i128::from(event.time)).unwrap_or_default();
        // Podman names the image of an image's event by its id.
        let image =
            if &*event.kind == "image" { event.name() } else { event.attributes.get("image").unwrap_or_default() };
        Self {
            key: number.to_string().into(),
            time: event.time,
            stamp: time.to_zoned(zone.clone()).strftime("%m-%d %H:%M:%S").to_string().into(),
            kind: event.kind.clone(),
            action: event.verb().into(),
            actor: event.actor.clone(),
            name: event.name().into(),
            project: event.project().into(),
            image: image.into(),
            exit: event.exit_code().unwrap_or_default().into(),
            details: event.details().into(),
            raw: event.raw.clone(),
        }
    }

    /// What a filter looks through.
    pub fn texts(&self) -> EventTexts<'_> {
        EventTexts {
            kind: &self.kind,
            action: &self.action,
            name: &self.name,
            id: &self.actor,
            project: &self.project,
            image: &self.image,
            exit: &self.exit,
            details: &self.details,
        }
    }

    /// The name as a column shows it: ids are cut.
    pub fn short_name(&self) -> &str {
        let bare = self.name.strip_prefix("sha256:").unwrap_or(&self.name);
        let is_id = bare.len() == 64 && bare.bytes().all(|byte| byte.is_ascii_hexdigit());
        if is_id { bare.get(..12).unwrap_or(bare) } else { &self.name }
    }

    /// All that the engine said of it.
    pub fn value(&self) -> Value {
        serde_json::from_str(&self.raw).unwrap_or(Value::Null)
    }

    /// One line for people: time, type, action, name, details.
    pub fn line(&self) -> String {
        let details = if self.details.is_empty() { String::new() } else { format!(" ({})", self.details) };
        format!("{} {} {} {}{details}", self.stamp, self.kind, self.action, self.name)
    }

    /// What the action means to somebody who looks for trouble.
    pub fn tone(&self) -> Tone {
        match &*self.action {
            "die" if !matches!(&*self.exit, "" | "0") => Tone::Bad,
            "oom" | "kill" | "destroy" | "delete" | "remove" | "untag" | "prune" => Tone::Warn,
            "health_status" if self.details.starts_with("unhealthy") => Tone::Bad,
            "start" | "create" | "unpause" | "pull" | "mount" | "connect" => Tone::Good,
            action if action.starts_with("exec_") => Tone::Dim,
            _ => Tone::Plain,
        }
    }
}
