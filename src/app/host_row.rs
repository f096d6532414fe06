//! A row of the Hosts view: what the roster says of a host, and what is known of it where it was connected.

use super::App;
use super::columns::Tone;
use super::host::{Host, Link};
use super::tally::Load;
use crate::config::{ColorSpec, KnownHost};
use crate::domain::text::age;
use crate::domain::{Endpoint, FailureKind, Time};
use std::time::Duration;

/// Made for one frame or one sorting; nothing keeps it.
#[derive(Clone, Debug, PartialEq)]
pub struct HostRow {
    pub name: String,
    pub color: Option<ColorSpec>,
    /// Where it stands in the roster.
    pub place: usize,
    pub source: &'static str,
    pub address: String,
    pub is_default: bool,
    /// It is the one on screen when the Hosts view is left.
    pub is_active: bool,
    pub is_read_only: bool,
    pub state: HostState,
    /// Product and version.
    pub engine: String,
    pub counts: Option<Counts>,
    pub load: Option<Load>,
    /// Cores of the machine, 0 where they are not known.
    pub cpus: u32,
    pub round_trip: Option<Duration>,
    /// Why it cannot be reached, or why its containers cannot be read.
    pub trouble: Option<String>,
    /// How old the figures are, where they are not those of now.
    pub age: Option<Duration>,
}

/// How a host is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HostState {
    Live,
    Connecting {
        since: Duration,
    },
    /// It was live, or never answered in this run.
    Lost {
        since: Duration,
        retry_in: Duration,
        was_live: bool,
    },
    /// It wants something that only the user can tell.
    NeedsLogin,
    /// Nobody asked for it.
    Idle,
    /// There is no way to its address.
    Unusable,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    pub up: usize,
    pub down: usize,
    pub unhealthy: usize,
}

impl HostRow {
    /// The row of one roster entry.
    pub fn of(app: &App, place: usize, known: &KnownHost) -> Self {
        let host = app.hosts.get(&known.name);
        let profile = known.profile.as_ref();
        let mut row = Self {
            name: known.name.to_string(),
            color: profile.and_then(|profile| profile.color),
            place,
            source: if known.endpoint == Ok(Endpoint::Demo) { "the demo" } else { known.source.name() },
            address: known.endpoint.as_ref().map(ToString::to_string).unwrap_or_default(),
            is_default: known.is_default,
            is_active: app.host().id == known.name,
            is_read_only: app.read_only || profile.is_some_and(|profile| profile.read_only),
            state: if known.endpoint.is_ok() { HostState::Idle } else { HostState::Unusable },
            engine: String::new(),
            counts: None,
            load: None,
            cpus: 0,
            round_trip: None,
            trouble: known.endpoint.as_ref().err().map(|failure| failure.sentence.clone()),
            age: None,
        };
        if let Some(host) = host {
            row.connected(host, app.now);
        }
        row
    }

    fn connected(&mut self, host: &Host, now: Time) {
        self.state = HostState::of(host, now);
        if let Some(endpoint) = &host.endpoint {
            self.address = endpoint.to_string();
        }
        if let Some(facts) = &host.facts {
            let version = facts.version.split('+').next().unwrap_or(&facts.version);
            self.engine = format!("{} {version}", facts.product);
            self.cpus = facts.machine.as_ref().map_or(0, |machine| machine.cpus);
        }
        if let Some(at) = host.containers.fresh.at {
            let tally = &host.tally;
            self.counts = Some(Counts { up: tally.up, down: tally.down, unhealthy: tally.unhealthy });
            self.load = tally.load;
            self.age = (!host.is_live()).then(|| now.since(at));
        }
        self.round_trip = host.line.or(host.round_trip).filter(|_| !host.is_demo());
        self.trouble = match &host.link {
            Link::Connecting { tried, .. } | Link::Lost { tried, .. } => {
                tried.last().map(|(_, failure)| failure.sentence.clone())
            }
            Link::Live => host.containers.fresh.failure.as_ref().map(|failure| failure.sentence.clone()),
        };
    }

    /// `prod ro *`: its name, whether it is read-only, and whether it is the default.
    pub fn signed_name(&self) -> String {
        let read_only = if self.is_read_only { " ro" } else { "" };
        let default = if self.is_default { " *" } else { "" };
        format!("{}{read_only}{default}", self.name)
    }

    /// What the filter looks into.
    pub fn texts(&self) -> [&str; 5] {
        [&self.name, self.source, &self.address, &self.engine, self.state.word()]
    }
}

impl HostState {
    fn of(host: &Host, now: Time) -> Self {
        let was_live = !host.is_unknown();
        match &host.link {
            Link::Live => Self::Live,
            Link::Connecting { since, tried } if tried.is_empty() => Self::Connecting { since: now.since(*since) },
            Link::Lost { tried, .. } if tried.iter().any(|(_, failure)| failure.kind == FailureKind::NeedsLogin) => {
                Self::NeedsLogin
            }
            Link::Connecting { since, .. } => {
                Self::Lost { since: now.since(*since), retry_in: Duration::ZERO, was_live }
            }
            Link::Lost { since, retry_at, .. } => {
                let retry_in = retry_at.map(|at| at.since(now)).unwrap_or_default();
                Self::Lost { since: now.since(*since), retry_in, was_live }
            }
        }
    }

    /// One word, which the filter finds.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Connecting { .. } => "connecting",
            Self::Lost { was_live: true, .. } => "lost",
            Self::Lost { was_live: false, .. } => "no answer",
            Self::NeedsLogin => "needs login",
            Self::Idle => "not connected",
            Self::Unusable => "unusable",
        }
    }

    pub fn tone(&self) -> Tone {
        match self {
            Self::Live => Tone::Good,
            Self::Connecting { .. } | Self::NeedsLogin => Tone::Warn,
            Self::Lost { .. } | Self::Unusable => Tone::Bad,
            Self::Idle => Tone::Dim,
        }
    }

    /// The sign that says the same without colour.
    pub fn sign(&self) -> &'static str {
        match self {
            Self::Live => "●",
            Self::Connecting { .. } => "◌",
            Self::Lost { .. } | Self::Unusable => "✗",
            Self::NeedsLogin => "!",
            Self::Idle => "○",
        }
    }

    /// Everything there is to say in a few words.
    pub fn words(&self) -> String {
        match self {
            Self::Connecting { since } => format!("connecting {} s", since.as_secs()),
            Self::Lost { since, retry_in, was_live } => {
                // Since when nobody has answered yet is told by the page about it.
                let since = if *was_live { format!(" {}", age(seconds(*since))) } else { String::new() };
                match retry_in.as_secs() {
                    0 => format!("{}{since}, trying", self.word()),
                    left => format!("{}{since}, retry {left} s", self.word()),
                }
            }
            Self::Live | Self::NeedsLogin | Self::Idle | Self::Unusable => self.word().to_owned(),
        }
    }
}

/// Whole seconds, as ages are told in.
pub fn seconds(span: Duration) -> i64 {
    i64::try_from(span.as_secs()).unwrap_or(i64::MAX)
}
