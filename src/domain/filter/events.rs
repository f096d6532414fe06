//! The filter of events: the words of all lists, and what events are known by.

use super::needle::Needle;
use super::terms::{Term, split_terms};
use super::{Negated, Pattern};
use crate::domain::Invalid;

/// A filter of the list of events.
#[derive(Clone, Debug, Default)]
pub struct EventFilter {
    terms: Vec<(Negated, Test)>,
}

/// What of an event is looked through.
#[derive(Clone, Copy, Debug)]
pub struct EventTexts<'a> {
    pub kind: &'a str,
    pub action: &'a str,
    pub name: &'a str,
    pub id: &'a str,
    pub project: &'a str,
    pub image: &'a str,
    /// Empty for none.
    pub exit: &'a str,
    pub details: &'a str,
}

/// What events can be filtered by, with an example: for help.
pub const EVENT_FILTER_KEYS: &[(&str, &str)] = &[
    ("type", "type=container"),
    ("action", "action=die"),
    ("name", "name=web"),
    ("id", "id=4f66"),
    ("project", "project=shop"),
    ("image", "image=nginx"),
    ("exit", "exit=137"),
];

#[derive(Clone, Debug)]
enum Test {
    Any(Pattern),
    Kind(Needle),
    Action(Needle),
    Name(Needle),
    Id(Needle),
    Project(Needle),
    Image(Needle),
    Exit(Needle),
}

impl EventFilter {
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let mut terms = Vec::new();
        for (negated, term) in split_terms(text)? {
            let test = match term {
                Term::Regex(regex) => Some(Test::Any(Pattern::Regex(regex))),
                Term::Word(word) => parse_word(word)?,
            };
            terms.extend(test.map(|test| (negated, test)));
        }
        Ok(Self { terms })
    }

    pub fn matches(&self, texts: EventTexts<'_>) -> bool {
        self.terms.iter().all(|(negated, test)| test.holds(texts) != *negated)
    }
}

/// `type=container`, `type==container`, and `type:container` as the engine's own filters are often written.
fn parse_word(word: &str) -> Result<Option<Test>, Invalid> {
    let any = || Ok(Some(Test::Any(Pattern::Text(Needle::part(word)))));
    let (key, value, is_certain) = match (word.split_once('='), word.split_once(':')) {
        (Some((key, value)), _) if !key.contains(':') => (key, value, true),
        (_, Some((key, value))) => (key, value, false),
        (_, None) => return any(),
    };
    let (exact, value) = match value.strip_prefix('=') {
        Some(value) => (true, value),
        None => (false, value),
    };
    let part = || if exact { Needle::whole(value) } else { Needle::part(value) };
    let start = || if exact { Needle::whole(value) } else { Needle::start(value) };
    let test = match key.to_ascii_lowercase().as_str() {
        "type" | "kind" => Test::Kind(start()),
        "action" | "event" => Test::Action(start()),
        "name" | "container" => Test::Name(part()),
        "id" => Test::Id(start()),
        "project" => Test::Project(part()),
        "image" => Test::Image(part()),
        "exit" => Test::Exit(Needle::whole(value)),
        _ if is_certain => {
            let keys: Vec<&str> = EVENT_FILTER_KEYS.iter().map(|(key, _)| *key).collect();
            let keys = keys.join(", ");
            return Err(Invalid::new(format!(
                "“{key}=” cannot be filtered by: {keys}, or /{key}=/ for the text itself."
            )));
        }
        // An image such as nginx:1.27.
        _ => return any(),
    };
    Ok(Some(test).filter(|_| !value.is_empty()))
}

impl Test {
    fn holds(&self, texts: EventTexts<'_>) -> bool {
        match self {
            Self::Any(pattern) => {
                let columns = [texts.kind, texts.action, texts.name, texts.project, texts.image, texts.details];
                columns.into_iter().any(|text| pattern.is_in(text)) || pattern.begins(texts.id)
            }
            Self::Kind(needle) => needle.fits(texts.kind),
            Self::Action(needle) => needle.fits(texts.action),
            Self::Name(needle) => needle.fits(texts.name),
            Self::Id(needle) => needle.fits(texts.id),
            Self::Project(needle) => needle.fits(texts.project),
            Self::Image(needle) => needle.fits(texts.image),
            Self::Exit(needle) => needle.fits(texts.exit),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIED: EventTexts<'_> = EventTexts {
        kind: "container",
        action: "die",
        name: "shop-web-1",
        id: "4f66ad",
        project: "shop",
        image: "nginx:1.27",
        exit: "137",
        details: "exit code 137 · nginx:1.27",
    };

    fn holds(text: &str) -> bool {
        EventFilter::parse(text).unwrap().matches(DIED)
    }

    #[test]
    fn events_are_found_by_words_and_by_what_they_are_known_by() {
        for text in [
            "",
            "web",
            "type=container",
            "type:container action:die",
            "!action=start",
            "project=shop exit=137",
            "nginx:1.27",
            "/d.e/",
            "id=4f6",
            "4f66",
            "TYPE=Cont",
            "type=",
            "name==shop-web-1",
            "image=1.27",
        ] {
            assert!(holds(text), "{text}");
        }
        for text in ["type=image", "action=ie", "exit=1", "f66", "name==web", "!web", "db:5432", "project=other"] {
            assert!(!holds(text), "{text}");
        }
    }

    #[test]
    fn every_key_of_the_help_is_understood() {
        for (key, example) in EVENT_FILTER_KEYS {
            assert!(example.starts_with(&format!("{key}=")) && EventFilter::parse(example).is_ok(), "{example}");
        }
        let sentence = EventFilter::parse("colour=red").unwrap_err().to_string();
        assert!(sentence.contains("“colour=” cannot be filtered by: type, action"), "{sentence}");
    }
}
