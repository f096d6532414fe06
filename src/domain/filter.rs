//! The language of list filters: terms between blanks that must all hold, each negated by a leading `!`.
//!
//! `text`, `/regex/`, `state=running`, `label=key=value` … Values are looked for anywhere and in any case; `==` wants the
//! whole value. What is half typed (`state=`) holds for everything, so that the list does not flicker while typing.

mod events;
mod needle;
mod terms;

pub use events::{EVENT_FILTER_KEYS, EventFilter, EventTexts};

use super::{Container, Invalid};
use needle::Needle;
use regex::Regex;
use terms::split_terms;

/// A filter of the container list.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    terms: Vec<(Negated, Test)>,
}

/// A filter of any other list: `text`, `!text` and `/regex/` over the columns it is given.
#[derive(Clone, Debug, Default)]
pub struct TextFilter {
    terms: Vec<(Negated, Pattern)>,
}

/// What can be filtered by, with an example: for help and completion.
pub const FILTER_KEYS: &[(&str, &str)] = &[
    ("name", "name=web"),
    ("image", "image=nginx"),
    ("state", "state=running"),
    ("health", "health=unhealthy"),
    ("project", "project=shop"),
    ("label", "label=tier=front"),
    ("network", "network=front"),
    ("volume", "volume=data"),
    ("port", "port=8080"),
    ("exit", "exit=1"),
    ("host", "host=prod"),
];

type Negated = bool;

#[derive(Clone, Debug)]
enum Test {
    /// Name, image, project, or the beginning of the id.
    Any(Pattern),
    Name(Needle),
    Image(Needle),
    State(Needle),
    Health(Needle),
    Project(Needle),
    Network(Needle),
    Volume(Needle),
    Label {
        key: Box<str>,
        value: Option<Box<str>>,
    },
    Port(u16),
    Exit(i64),
    /// The name of the host it runs on.
    Host(Needle),
}

#[derive(Clone, Debug)]
enum Pattern {
    Text(Needle),
    Regex(Regex),
}

impl Filter {
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let mut terms = Vec::new();
        for (negated, term) in split_terms(text)? {
            let test = match term {
                terms::Term::Regex(regex) => Some(Test::Any(Pattern::Regex(regex))),
                terms::Term::Word(word) => parse_word(word)?,
            };
            terms.extend(test.map(|test| (negated, test)));
        }
        Ok(Self { terms })
    }

    /// Whether it lets everything through.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    pub fn matches(&self, host: &str, container: &Container) -> bool {
        self.terms.iter().all(|(negated, test)| test.holds(host, container) != *negated)
    }
}

impl TextFilter {
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let terms = split_terms(text)?.into_iter().map(|(negated, term)| {
            let pattern = match term {
                terms::Term::Regex(regex) => Pattern::Regex(regex),
                terms::Term::Word(word) => Pattern::Text(Needle::part(word)),
            };
            (negated, pattern)
        });
        Ok(Self { terms: terms.collect() })
    }

    /// Whether it lets everything through.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// As [`TextFilter::matches`]; a term may also be one of the marks, such as `is=unused`, in full.
    pub fn matches_marked(&self, columns: &[&str], marks: &[&str]) -> bool {
        let holds = |pattern: &Pattern| {
            let is_mark = |mark: &&str| matches!(pattern, Pattern::Text(needle) if needle.is(mark));
            marks.iter().any(is_mark) || columns.iter().any(|column| pattern.is_in(column))
        };
        self.terms.iter().all(|(negated, pattern)| holds(pattern) != *negated)
    }

    /// Whether every term is found in one of the columns, and no negated one in any.
    pub fn matches(&self, columns: &[&str]) -> bool {
        self.terms.iter().all(|(negated, pattern)| columns.iter().any(|column| pattern.is_in(column)) != *negated)
    }
}

/// A term that is no regular expression; `None` for one that is not complete yet.
fn parse_word(word: &str) -> Result<Option<Test>, Invalid> {
    let Some((key, value)) = word.split_once('=') else {
        return Ok(Some(Test::Any(Pattern::Text(Needle::part(word)))));
    };
    let (exact, value) = match value.strip_prefix('=') {
        Some(value) => (true, value),
        None => (false, value),
    };
    let needle = || if exact { Needle::whole(value) } else { Needle::part(value) };
    let test = match key.to_ascii_lowercase().as_str() {
        "name" => Test::Name(needle()),
        "image" => Test::Image(needle()),
        "state" | "status" => Test::State(if exact { Needle::whole(value) } else { Needle::start(value) }),
        "health" => Test::Health(if exact { Needle::whole(value) } else { Needle::start(value) }),
        "project" => Test::Project(needle()),
        "network" => Test::Network(needle()),
        "host" => Test::Host(needle()),
        "volume" => Test::Volume(needle()),
        "label" => match value.split_once('=') {
            Some((key, value)) => Test::Label { key: key.into(), value: Some(value.into()) },
            None => Test::Label { key: value.into(), value: None },
        },
        "port" if value.is_empty() => return Ok(None),
        "port" => Test::Port(value.parse().map_err(|_| not_a("port", value, "a number from 1 to 65535"))?),
        "exit" if matches!(value, "" | "-") => return Ok(None),
        "exit" => Test::Exit(value.parse().map_err(|_| not_a("exit code", value, "a number such as 137"))?),
        _ => return Err(unknown_key(key)),
    };
    Ok(Some(test).filter(|_| !value.is_empty()))
}

fn not_a(what: &str, value: &str, right: &str) -> Invalid {
    let article = if what.starts_with('e') { "an" } else { "a" };
    Invalid::new(format!("“{value}” is not {article} {what}: {right}."))
}

fn unknown_key(key: &str) -> Invalid {
    let keys: Vec<&str> = FILTER_KEYS.iter().map(|(key, _)| *key).collect();
    Invalid::new(format!("“{key}=” cannot be filtered by: {}, or /{key}=/ for the text itself.", keys.join(", ")))
}

impl Test {
    fn holds(&self, host: &str, container: &Container) -> bool {
        match self {
            Self::Any(pattern) => {
                pattern.is_in(&container.name)
                    || pattern.is_in(&container.image)
                    || pattern.begins(container.id.as_str())
                    || container.project().is_some_and(|project| pattern.is_in(project))
            }
            Self::Name(needle) => needle.fits(&container.name),
            Self::Image(needle) => needle.fits(&container.image),
            Self::Host(needle) => needle.fits(host),
            Self::State(needle) => needle.fits(container.state.as_str()),
            Self::Health(needle) => match container.health.as_str() {
                "" => needle.fits("none"),
                word => needle.fits(word),
            },
            Self::Project(needle) => container.project().is_some_and(|project| needle.fits(project)),
            Self::Network(needle) => container.networks.iter().any(|attachment| needle.fits(&attachment.network)),
            Self::Volume(needle) => container.mounts.iter().any(|mount| {
                // A bind has no name: its path on the host is what one looks for.
                needle.fits(if mount.name.is_empty() { &mount.source } else { &mount.name })
            }),
            Self::Label { key, value: None } => container.labels.get(key).is_some(),
            Self::Label { key, value: Some(value) } => container.labels.get(key) == Some(value),
            Self::Port(number) => {
                container.ports.iter().any(|port| port.private == *number || port.public == Some(*number))
            }
            Self::Exit(code) => container.exit_code() == Some(*code),
        }
    }
}

impl Pattern {
    fn is_in(&self, text: &str) -> bool {
        match self {
            Self::Text(needle) => needle.fits(text),
            Self::Regex(regex) => regex.is_match(text),
        }
    }

    /// Ids are looked up by their beginning only: hexadecimal digits are everywhere inside.
    fn begins(&self, id: &str) -> bool {
        match self {
            Self::Text(needle) => needle.begins(id),
            Self::Regex(_) => false,
        }
    }
}

#[cfg(test)]
mod tests;
