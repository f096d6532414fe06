//! Which engine to talk to: the user's profiles, the sockets engines are known to use, and the choice among them.

use super::{ColorSpec, Environment, Settings};
use crate::domain::{Endpoint, Failure, FailureKind, HostId, TlsFiles};
use std::path::Path;
use std::str::FromStr;

/// A `[[hosts]]` entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostProfile {
    pub name: String,
    /// As written: a kind of address that this version cannot reach is a failure only when the host is chosen.
    pub url: String,
    pub color: Option<ColorSpec>,
    /// Refuses every changing call.
    pub read_only: bool,
    pub confirm: Confirm,
    /// As written, `~/` not yet expanded.
    pub tls: Option<TlsFiles>,
}

/// What a destructive act asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Confirm {
    /// The dialog's button.
    #[default]
    Button,
    /// The host's name, typed.
    Name,
}

/// A socket that an engine may listen at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What the header calls it; `--host` takes it as well.
    pub name: HostId,
    pub endpoint: Endpoint,
}

/// The answer to "which host?".
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HostChoice {
    /// A profile of the config file.
    Profile { profile: HostProfile, endpoint: Endpoint },
    /// An address, or a discovered host chosen by its name.
    Given(Candidate),
    /// Nobody said anything: the first of these that answers.
    Discover(Vec<Candidate>),
}

impl HostChoice {
    /// What to try, in order. Only a host that nobody chose has more than one: there is no silent way to another.
    pub fn candidates(&self) -> Vec<Candidate> {
        match self {
            Self::Profile { profile, endpoint } => {
                vec![Candidate { name: HostId::new(&profile.name), endpoint: endpoint.clone() }]
            }
            Self::Given(candidate) => vec![candidate.clone()],
            Self::Discover(candidates) => candidates.clone(),
        }
    }

    /// The profile, where it is one.
    pub fn profile(&self) -> Option<&HostProfile> {
        match self {
            Self::Profile { profile, .. } => Some(profile),
            Self::Given(_) | Self::Discover(_) => None,
        }
    }
}

/// Which host to talk to: `--host`, else `DOCKER_HOST`, else `default_host`, else whichever socket answers first.
///
/// Fails on a name that nothing has and on an address that this version cannot reach.
pub fn choose(settings: &Settings, flag: Option<&str>, environment: &Environment) -> Result<HostChoice, Failure> {
    let candidates = discoverable(environment);
    if let Some(flag) = flag {
        return if looks_like_address(flag) { given(flag, false) } else { named(settings, flag, candidates) };
    }
    if let Some(address) = environment.variable("DOCKER_HOST") {
        return given(address, environment.variable("DOCKER_TLS_VERIFY").is_some());
    }
    match &settings.default_host {
        Some(name) => named(settings, name, candidates)
            .map_err(|failure| Failure { sentence: format!("default_host: {}", failure.sentence), ..failure }),
        None => Ok(HostChoice::Discover(candidates)),
    }
}

fn looks_like_address(text: &str) -> bool {
    text.contains("://") || text.starts_with('/')
}

fn given(address: &str, tls: bool) -> Result<HostChoice, Failure> {
    let endpoint = endpoint(address, tls)?;
    Ok(HostChoice::Given(Candidate { name: HostId::new(endpoint.to_string()), endpoint }))
}

fn named(settings: &Settings, name: &str, candidates: Vec<Candidate>) -> Result<HostChoice, Failure> {
    if let Some(profile) = settings.hosts.iter().find(|profile| profile.name == name) {
        let endpoint = endpoint(&profile.url, profile.tls.is_some())
            .map_err(|failure| Failure { sentence: format!("Host “{name}”: {}", failure.sentence), ..failure })?;
        return Ok(HostChoice::Profile { profile: profile.clone(), endpoint });
    }
    let profiles = settings.hosts.iter().map(|profile| profile.name.as_str());
    let known: Vec<&str> = profiles.chain(candidates.iter().map(|candidate| candidate.name.as_str())).collect();
    let hint = format!("Known hosts: {}. An address is written unix:///path or tcp://host:port.", known.join(", "));
    let unknown =
        || Failure::new(FailureKind::Missing, format!("There is no host called “{name}”.")).with_hint(hint.clone());
    candidates.into_iter().find(|candidate| candidate.name.as_str() == name).map(HostChoice::Given).ok_or_else(unknown)
}

fn endpoint(address: &str, tls: bool) -> Result<Endpoint, Failure> {
    let unsupported = |what: &str| {
        Failure::new(FailureKind::Unsupported, format!("{what} is not supported by this version yet ({address})."))
            .with_hint("Use unix:///path or tcp://host:port without TLS.")
    };
    match address.split_once("://") {
        Some(("ssh", _)) => Err(unsupported("An engine over ssh")),
        Some(("https", _)) => Err(unsupported("TLS")),
        Some(("tcp" | "http", _)) if tls => Err(unsupported("TLS")),
        _ => address.parse(),
    }
}

/// The sockets that engines are known to use, in the order to try them.
pub fn discoverable(environment: &Environment) -> Vec<Candidate> {
    let runtime = environment.runtime_dir.as_deref();
    let home = environment.home.as_deref();
    let known: [(&str, Option<&Path>, &str); 7] = [
        ("local", Some(Path::new("/")), "var/run/docker.sock"),
        ("rootless", runtime, "docker.sock"),
        ("desktop", home, ".docker/run/docker.sock"),
        ("desktop-linux", home, ".docker/desktop/docker.sock"),
        ("podman-root", Some(Path::new("/")), "run/podman/podman.sock"),
        ("podman", runtime, "podman/podman.sock"),
        ("colima", home, ".colima/default/docker.sock"),
    ];
    known
        .into_iter()
        .filter_map(|(name, folder, rest)| {
            Some(Candidate { name: HostId::new(name), endpoint: Endpoint::Unix(folder?.join(rest)) })
        })
        .collect()
}

impl FromStr for Confirm {
    /// What is allowed instead.
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "button" => Ok(Self::Button),
            "name" => Ok(Self::Name),
            _ => Err("\"button\" or \"name\""),
        }
    }
}

impl Confirm {
    /// The word in the config file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Button => "button",
            Self::Name => "name",
        }
    }
}
