//! Every operation of the Engine API that its reference names, and where in the program it is used: for the README, and
//! for what the API console completes, asks about and refuses.

mod containers;
mod images;
mod networks;
mod swarm;
mod system;

use super::ApiVersion;

/// One operation of the Engine API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operation {
    /// `GET`, `HEAD`, `POST`, `PUT`, `DELETE`
    pub method: &'static str,
    /// Without version, with the names of what stands in it: `/containers/{id}/json`.
    pub path: &'static str,
    /// What it is for, a few words.
    pub purpose: &'static str,
    /// The names of its query's parameters, with blanks between.
    pub query: &'static str,
    /// The first version that has it; 1.24, the oldest whose reference is still published, stands for older ones too.
    pub since: ApiVersion,
    pub answer: Answer,
    /// Something may be lost by it, so that it is asked about.
    pub is_destructive: bool,
    pub place: Place,
}

/// What comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// One whole answer: JSON, a few words, or nothing.
    Whole,
    /// Goes on until one side ends it: lines of JSON or text.
    Stream,
    /// A tar file, or one is sent along.
    Archive,
    /// The connection becomes a line to a process.
    Upgrade,
}

/// Where in the program it is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// By the commands of these names.
    Commands(&'static [&'static str]),
    /// By the program itself; what is seen of it, a sentence.
    Itself(&'static str),
    /// Only in the API console; why there is no more of it, a sentence.
    Console(&'static str),
    /// Nowhere; why, a sentence.
    Nowhere(&'static str),
}

/// What is said of operations that the API console alone sends.
const NO_SCREEN: &str = "There is no screen of its own for it.";

impl Operation {
    const fn new(method: &'static str, path: &'static str, purpose: &'static str) -> Self {
        let since = ApiVersion { major: 1, minor: 24 };
        let place = Place::Console(NO_SCREEN);
        Self { method, path, purpose, query: "", since, answer: Answer::Whole, is_destructive: false, place }
    }

    const fn get(path: &'static str, purpose: &'static str) -> Self {
        Self::new("GET", path, purpose)
    }

    const fn head(path: &'static str, purpose: &'static str) -> Self {
        Self::new("HEAD", path, purpose)
    }

    const fn post(path: &'static str, purpose: &'static str) -> Self {
        Self::new("POST", path, purpose)
    }

    const fn put(path: &'static str, purpose: &'static str) -> Self {
        Self::new("PUT", path, purpose)
    }

    const fn delete(path: &'static str, purpose: &'static str) -> Self {
        Self { is_destructive: true, ..Self::new("DELETE", path, purpose) }
    }

    const fn destructive(self) -> Self {
        Self { is_destructive: true, ..self }
    }

    const fn query(self, query: &'static str) -> Self {
        Self { query, ..self }
    }

    const fn since(self, minor: u32) -> Self {
        Self { since: ApiVersion { major: 1, minor }, ..self }
    }

    const fn stream(self) -> Self {
        Self { answer: Answer::Stream, ..self }
    }

    const fn archive(self) -> Self {
        Self { answer: Answer::Archive, ..self }
    }

    const fn upgrade(self) -> Self {
        Self { answer: Answer::Upgrade, ..self }
    }

    const fn used(self, commands: &'static [&'static str]) -> Self {
        Self { place: Place::Commands(commands), ..self }
    }

    const fn itself(self, sentence: &'static str) -> Self {
        Self { place: Place::Itself(sentence), ..self }
    }

    const fn console(self, sentence: &'static str) -> Self {
        Self { place: Place::Console(sentence), ..self }
    }

    const fn nowhere(self, sentence: &'static str) -> Self {
        Self { place: Place::Nowhere(sentence), ..self }
    }

    /// Whether a path, without version and query, is one of this operation.
    fn fits(&self, path: &str) -> bool {
        let (mut pattern, mut parts) = (self.path.split('/').peekable(), path.split('/').peekable());
        loop {
            match (pattern.next(), parts.next()) {
                (None, None) => return true,
                // The name of an image or a plugin may hold slashes: it takes all but what follows it in the pattern.
                (Some("{name}"), Some(first)) if !first.is_empty() => {
                    let behind = pattern.clone().count();
                    while parts.clone().count() > behind {
                        parts.next();
                    }
                }
                (Some(wanted), Some(part)) if wanted == part => {}
                (Some(wanted), Some(part)) if wanted.starts_with('{') && !part.is_empty() => {}
                _ => return false,
            }
        }
    }
}

/// The chapters of the reference, in its order: title and operations.
pub const CHAPTERS: &[(&str, &[Operation])] = &[
    ("Containers", containers::CONTAINERS),
    ("Exec", containers::EXEC),
    ("Images", images::IMAGES),
    ("Distribution", images::DISTRIBUTION),
    ("Networks", networks::NETWORKS),
    ("Volumes", networks::VOLUMES),
    ("System", system::SYSTEM),
    ("Plugins", system::PLUGINS),
    ("Swarm", swarm::SWARM),
    ("Nodes", swarm::NODES),
    ("Services", swarm::SERVICES),
    ("Tasks", swarm::TASKS),
    ("Secrets", swarm::SECRETS),
    ("Configs", swarm::CONFIGS),
];

/// Every operation, in the order of the reference.
pub fn operations() -> impl Iterator<Item = &'static Operation> {
    CHAPTERS.iter().flat_map(|(_, operations)| operations.iter())
}

/// The operation that a request would be, its path without version; a query behind it does not matter.
pub fn operation(method: &str, path: &str) -> Option<&'static Operation> {
    let path = path.split('?').next().unwrap_or_default();
    // `/images/json` is the list, not an image of that name.
    let fitting = || operations().filter(|operation| operation.method == method && operation.fits(path));
    fitting().find(|operation| operation.path == path).or_else(|| fitting().next())
}

#[cfg(test)]
mod tests;
