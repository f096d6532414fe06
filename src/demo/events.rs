//! `GET /events`: a ring of what has happened and the readers that want to hear more.

use super::call::{Call, JSON, Reply, STREAM_DEPTH};
use super::clock::{SECOND, parse_time};
use super::world::{Due, World};
use bytes::Bytes;
use serde_json::{Map, Value, json};
use std::collections::VecDeque;
use tokio::sync::mpsc;

/// What real engines keep.
const KEPT: usize = 256;

#[derive(Debug, Default)]
pub struct Events {
    ring: VecDeque<Event>,
    readers: Vec<Reader>,
    last: i64,
}

#[derive(Clone, Debug)]
struct Event {
    at: i64,
    kind: &'static str,
    action: String,
    actor: String,
    attributes: Map<String, Value>,
}

#[derive(Debug)]
struct Reader {
    filter: Filter,
    until: Option<i64>,
    sender: mpsc::Sender<Bytes>,
}

#[derive(Debug)]
struct Filter {
    kinds: Vec<String>,
    actions: Vec<String>,
    containers: Vec<String>,
    images: Vec<String>,
    labels: Vec<String>,
    names: Vec<String>,
}

impl Events {
    /// Keeps the event and hands it to the readers. One who is too far behind loses it silently, as on real engines.
    pub fn tell(&mut self, now: i64, kind: &'static str, action: &str, actor: &str, attributes: Map<String, Value>) {
        self.expire(now);
        // No two events share a time, so that a reader can go on from the last one's.
        self.last = now.max(self.last + 1);
        let event = Event { at: self.last, kind, action: action.to_owned(), actor: actor.to_owned(), attributes };
        for reader in self.readers.iter().filter(|reader| reader.filter.fits(&event)) {
            drop(reader.sender.try_send(event.line()));
        }
        if self.ring.len() == KEPT {
            self.ring.pop_front();
        }
        self.ring.push_back(event);
    }

    /// Ends the streams whose end has come.
    pub fn expire(&mut self, now: i64) {
        self.readers.retain(|reader| !reader.sender.is_closed() && reader.until.is_none_or(|until| now < until));
    }
}

/// `since`, `until`, `filters`.
pub fn read(world: &mut World, call: &Call) -> Reply {
    let filter = Filter {
        kinds: call.filter("type"),
        actions: call.filter("event"),
        containers: call.filter("container"),
        images: call.filter("image"),
        labels: call.filter("label"),
        names: [call.filter("volume"), call.filter("network")].concat(),
    };
    let since = call.text("since").and_then(parse_time);
    let until = call.text("until").and_then(parse_time);
    let (sender, chunks) = mpsc::channel(STREAM_DEPTH * 4);
    if let Some(since) = since {
        let mut past = Vec::new();
        for event in &world.events.ring {
            if event.at >= since && until.is_none_or(|until| event.at <= until) && filter.fits(event) {
                past.extend_from_slice(&event.line());
            }
        }
        if !past.is_empty() {
            drop(sender.try_send(past.into()));
        }
    }
    if until.is_none_or(|until| until > world.now) {
        world.events.readers.push(Reader { filter, until, sender });
        if let Some(until) = until {
            world.schedule(until, Due::EventsEnd);
        }
    }
    Reply::stream(JSON, chunks)
}

impl Event {
    fn line(&self) -> Bytes {
        let mut value = json!({
            "Type": self.kind,
            "Action": self.action,
            "Actor": { "ID": self.actor, "Attributes": self.attributes },
            "scope": "local",
            "time": self.at / SECOND,
            "timeNano": self.at,
        });
        if let (Some(fields), "container" | "image") = (value.as_object_mut(), self.kind) {
            fields.insert("status".into(), self.action.as_str().into());
            fields.insert("id".into(), self.actor.as_str().into());
            if let Some(image) = self.attributes.get("image") {
                fields.insert("from".into(), image.clone());
            }
        }
        format!("{value}\n").into()
    }

    fn attribute(&self, name: &str) -> &str {
        self.attributes.get(name).and_then(Value::as_str).unwrap_or_default()
    }
}

impl Filter {
    fn fits(&self, event: &Event) -> bool {
        let any =
            |wanted: &[String], fits: &dyn Fn(&str) -> bool| wanted.is_empty() || wanted.iter().any(|word| fits(word));
        let named = |word: &str| event.actor.starts_with(word) || event.attribute("name") == word;
        any(&self.kinds, &|kind| event.kind == kind)
            // `health_status` and `exec_start` fit whatever comes after their colon.
            && any(&self.actions, &|action| event.action == action || event.action.split(':').next() == Some(action))
            && any(&self.containers, &|word| event.kind == "container" && named(word))
            && any(&self.images, &|word| event.attribute("image") == word || (event.kind == "image" && named(word)))
            && any(&self.names, &named)
            && self.labels.iter().all(|label| match label.split_once('=') {
                Some((key, value)) => event.attribute(key) == value,
                None => event.attributes.contains_key(label),
            })
    }
}
