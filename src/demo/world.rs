//! Everything there is on the engine, and how it is found again.

use super::DemoOptions;
use super::build::Build;
use super::call::{Refusal, Reply};
use super::clock::Clock;
use super::container::Container;
use super::events::Events;
use super::exec::{Exec, Session};
use super::files::{Owner, Tree};
use super::images::Image;
use super::plugins::Plugin;
use super::pull::Pull;
use super::random::Random;
use super::resources::{Network, Volume};
use super::streams::{Follower, StatsStream};
use serde_json::Value;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashMap};
use tokio::sync::oneshot;

/// What a container is called in here: cheap to copy, never used again.
pub type Key = u64;

#[derive(Debug)]
pub struct World {
    pub clock: Clock,
    pub seed: u64,
    pub random: Random,
    /// Whether things happen without being asked for.
    pub living: bool,
    /// By age: the oldest first.
    pub containers: BTreeMap<Key, Container>,
    by_id: HashMap<String, Key>,
    by_name: HashMap<String, Key>,
    pub images: Vec<Image>,
    pub volumes: Vec<Volume>,
    pub networks: Vec<Network>,
    pub plugins: Vec<Plugin>,
    pub events: Events,
    pub execs: HashMap<String, Exec>,
    pub sessions: HashMap<u64, Session>,
    pub followers: HashMap<u64, Follower>,
    pub stats_streams: HashMap<u64, StatsStream>,
    pub pulls: HashMap<u64, Pull>,
    pub builds: HashMap<u64, Build>,
    /// Trees that somebody looked at.
    pub files: HashMap<Owner, Tree>,
    timers: BinaryHeap<Reverse<Timer>>,
    serial: u64,
    /// The time now passing: set when something falls due or a request is answered, so that all of it has one time.
    pub now: i64,
}

/// Something that will happen.
#[derive(Debug)]
pub enum Due {
    /// The process has heeded its signal, or its grace is over.
    Stopped {
        container: Key,
        code: i64,
        reply: oneshot::Sender<Reply>,
        then: Then,
    },
    /// A restart policy starts it again, unless something else has happened since it ended.
    Restart {
        container: Key,
        finished: i64,
    },
    /// The next health check of that run.
    Probe {
        container: Key,
        started: i64,
    },
    /// The process ends by itself, if it is still the one started then.
    Crash {
        container: Key,
        started: i64,
    },
    Follow(u64),
    Stats(u64),
    Pull(u64),
    Build(u64),
    /// A stream of events was asked for until now.
    EventsEnd,
    /// Among many generated containers something happens to one.
    Stir,
}

/// What follows a stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    Rest,
    StartAgain,
}

#[derive(Debug)]
struct Timer {
    at: i64,
    serial: u64,
    due: Due,
}

impl World {
    pub fn new(options: DemoOptions) -> Self {
        Self {
            clock: Clock::new(options.now),
            seed: options.seed,
            random: Random::new(options.seed),
            living: options.living,
            containers: BTreeMap::new(),
            by_id: HashMap::new(),
            by_name: HashMap::new(),
            images: Vec::new(),
            volumes: Vec::new(),
            plugins: super::plugins::seeded(),
            networks: Vec::new(),
            events: Events::default(),
            execs: HashMap::new(),
            sessions: HashMap::new(),
            followers: HashMap::new(),
            stats_streams: HashMap::new(),
            pulls: HashMap::new(),
            builds: HashMap::new(),
            files: HashMap::new(),
            timers: BinaryHeap::new(),
            serial: 0,
            now: options.now,
        }
    }

    /// A number never given before.
    pub fn next_serial(&mut self) -> u64 {
        self.serial += 1;
        self.serial
    }

    pub fn schedule(&mut self, at: i64, due: Due) {
        let serial = self.next_serial();
        self.timers.push(Reverse(Timer { at, serial, due }));
    }

    pub fn next_due(&self) -> Option<i64> {
        self.timers.peek().map(|Reverse(timer)| timer.at)
    }

    /// Takes what is due by now, in order, and sets the time to when it was due.
    pub fn take_due(&mut self) -> Option<Due> {
        let now = self.clock.now();
        if self.next_due()? > now {
            self.now = now;
            return None;
        }
        let Reverse(timer) = self.timers.pop()?;
        self.now = timer.at.max(self.now);
        Some(timer.due)
    }

    /// Puts a container in; its name must be free.
    pub fn add(&mut self, container: Container) -> Key {
        let key = self.next_serial();
        self.by_id.insert(container.id.clone(), key);
        self.by_name.insert(container.name.clone(), key);
        self.containers.insert(key, container);
        key
    }

    pub fn take(&mut self, key: Key) -> Option<Container> {
        let container = self.containers.remove(&key)?;
        self.by_id.remove(&container.id);
        self.by_name.remove(&container.name);
        Some(container)
    }

    pub fn rename(&mut self, key: Key, name: &str) {
        if let Some(container) = self.containers.get_mut(&key) {
            self.by_name.remove(&container.name);
            name.clone_into(&mut container.name);
            self.by_name.insert(name.to_owned(), key);
        }
    }

    pub fn by_name(&self, name: &str) -> Option<&Container> {
        self.containers.get(self.by_name.get(name.trim_start_matches('/'))?)
    }

    /// Finds a container by full id, name, or the beginning of an id that fits one alone.
    pub fn find(&self, given: &str) -> Result<Key, Refusal> {
        let name = given.trim_start_matches('/');
        if let Some(key) = self.by_id.get(given).or_else(|| self.by_name.get(name)) {
            return Ok(*key);
        }
        let missing = || Refusal::new(404, format!("No such container: {given}"));
        if given.is_empty() {
            return missing();
        }
        let mut fitting = self.containers.iter().filter(|(_, container)| container.id.starts_with(given));
        match (fitting.next(), fitting.next()) {
            (Some((key, _)), None) => Ok(*key),
            (Some(_), Some(_)) => Refusal::new(400, format!("multiple IDs found with provided prefix: {given}")),
            (None, _) => missing(),
        }
    }

    pub fn container(&self, given: &str) -> Result<&Container, Refusal> {
        let key = self.find(given)?;
        self.containers.get(&key).ok_or_else(|| Refusal { status: 404, message: format!("No such container: {given}") })
    }

    /// Tells readers of `/events` about a container; `extra` attributes come before the labels.
    pub fn tell(&mut self, key: Key, action: &str, extra: &[(&str, String)]) {
        let Some(container) = self.containers.get(&key) else { return };
        let mut attributes = serde_json::Map::new();
        for (name, value) in container.labels() {
            attributes.insert(name.clone(), value.clone());
        }
        for (name, value) in extra {
            attributes.insert((*name).to_owned(), Value::from(value.as_str()));
        }
        attributes.insert("image".into(), container.spec.image.as_str().into());
        attributes.insert("name".into(), container.name.as_str().into());
        let id = container.id.clone();
        self.events.tell(self.now, "container", action, &id, attributes);
    }
}

impl PartialEq for Timer {
    fn eq(&self, other: &Self) -> bool {
        self.serial == other.serial
    }
}

impl Eq for Timer {}

impl PartialOrd for Timer {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Timer {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.at, self.serial).cmp(&(other.at, other.serial))
    }
}
