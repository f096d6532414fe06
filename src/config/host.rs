//! Which engine to talk to: the user's profiles, the sockets engines are known to use, and the choice among them.

use super::{ColorSpec, Environment, Settings, contexts, ssh_config};
use crate::domain::{Endpoint, Failure, FailureKind, HostId, TlsFiles};
use std::path::{Path, PathBuf};
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

/// A place that an engine may listen at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What the header calls it; `--host` takes it as well.
    pub name: HostId,
    pub endpoint: Endpoint,
    /// Who says that there may be one.
    pub source: Source,
}

/// Who names a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// `[[hosts]]` of the config file.
    Profile,
    /// An address behind `--host`.
    Flag,
    /// `DOCKER_HOST`.
    Variable,
    /// A Docker context.
    Context,
    /// A socket that engines are known to use.
    Known,
    /// `~/.ssh/config`: a host, and maybe an engine on it.
    SshConfig,
}

impl Source {
    /// As it stands beside a host.
    pub fn name(self) -> &'static str {
        match self {
            Self::Profile => "profile",
            Self::Flag => "--host",
            Self::Variable => "DOCKER_HOST",
            Self::Context => "docker context",
            Self::Known => "known socket",
            Self::SshConfig => "~/.ssh/config",
        }
    }
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
                let name = HostId::new(&profile.name);
                vec![Candidate { name, endpoint: endpoint.clone(), source: Source::Profile }]
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

/// Which host to talk to: `--host`, else `DOCKER_HOST`, else `DOCKER_CONTEXT`, else `default_host`, else the current Docker
/// context, else whichever known socket answers first.
///
/// Fails on a name that nothing has and on an address that cannot be read: there is no silent way to another host.
pub fn choose(settings: &Settings, flag: Option<&str>, environment: &Environment) -> Result<HostChoice, Failure> {
    if let Some(flag) = flag {
        return if looks_like_address(flag) {
            given(flag, Source::Flag, environment)
        } else {
            named(settings, flag, environment)
        };
    }
    if let Some(address) = environment.variable("DOCKER_HOST") {
        return given(address, Source::Variable, environment);
    }
    let prefixed = |prefix: &str, chosen: Result<HostChoice, Failure>| {
        chosen.map_err(|failure| Failure { sentence: format!("{prefix}: {}", failure.sentence), ..failure })
    };
    if let Some(name) = contexts::of_variable(environment) {
        return prefixed("DOCKER_CONTEXT", context(name, environment));
    }
    if let Some(name) = &settings.default_host {
        return prefixed("default_host", named(settings, name, environment));
    }
    if let Some(name) = contexts::current(environment) {
        return prefixed("Docker's current context", context(&name, environment));
    }
    Ok(HostChoice::Discover(known_sockets(environment)))
}

/// The endpoint of a profile, its paths expanded.
pub fn profile_endpoint(profile: &HostProfile, environment: &Environment) -> Result<Endpoint, Failure> {
    let read = match &profile.tls {
        Some(files) => {
            let expand =
                |path: &Option<PathBuf>| path.as_deref().map(|path| environment.expand(&path.to_string_lossy()));
            let identity = TlsFiles { ca: expand(&files.ca), cert: expand(&files.cert), key: expand(&files.key) };
            Endpoint::parse_with_tls(&profile.url, identity)
        }
        None => profile.url.parse(),
    };
    read.map_err(|failure| Failure {
        sentence: format!("Host “{}”: {}", profile.name, failure.sentence), ..failure
    })
}

fn looks_like_address(text: &str) -> bool {
    text.contains("://") || text.starts_with('/')
}

fn given(address: &str, source: Source, environment: &Environment) -> Result<HostChoice, Failure> {
    let endpoint = match variables_identity(environment) {
        Some(identity) => Endpoint::parse_with_tls(address, identity)?,
        None => address.parse()?,
    };
    Ok(HostChoice::Given(Candidate { name: HostId::new(endpoint.to_string()), endpoint, source }))
}

/// The docker client's variables, with its meaning: set to nothing is not set, and `ca.pem` must be there. `DOCKER_TLS`
/// would have it accept any certificate: here that means no less than `DOCKER_TLS_VERIFY`.
fn variables_identity(environment: &Environment) -> Option<TlsFiles> {
    ["DOCKER_TLS_VERIFY", "DOCKER_TLS"].iter().find_map(|name| environment.variable(name))?;
    let named = environment.variable("DOCKER_CERT_PATH").map(|path| environment.expand(path));
    let folder = named.or_else(|| contexts::docker_folder(environment))?;
    Some(TlsFiles { ca: Some(folder.join("ca.pem")), ..contexts::certificates(&folder) })
}

fn context(name: &str, environment: &Environment) -> Result<HostChoice, Failure> {
    let found = contexts::all(environment).into_iter().find(|context| context.name == name);
    let Some(context) = found else {
        return Err(Failure::new(FailureKind::Missing, format!("There is no Docker context called “{name}”."))
            .with_hint("`docker context ls` shows those that there are."));
    };
    let endpoint = context.endpoint?;
    Ok(HostChoice::Given(Candidate { name: HostId::new(name), endpoint, source: Source::Context }))
}

fn named(settings: &Settings, name: &str, environment: &Environment) -> Result<HostChoice, Failure> {
    if let Some(profile) = settings.hosts.iter().find(|profile| profile.name == name) {
        let endpoint = profile_endpoint(profile, environment)?;
        return Ok(HostChoice::Profile { profile: profile.clone(), endpoint });
    }
    if contexts::all(environment).iter().any(|context| context.name == name) {
        return context(name, environment);
    }
    let candidates = discoverable(environment);
    if let Some(found) = candidates.iter().find(|candidate| candidate.name.as_str() == name) {
        return Ok(HostChoice::Given(found.clone()));
    }
    let mut known: Vec<&str> = settings.hosts.iter().map(|profile| profile.name.as_str()).collect();
    for candidate in candidates.iter().filter(|candidate| candidate.source != Source::SshConfig) {
        if !known.contains(&candidate.name.as_str()) {
            known.push(candidate.name.as_str());
        }
    }
    let hint = format!(
        "Known hosts: {}. An address is written unix:///path, tcp://host:port or ssh://user@host.",
        known.join(", ")
    );
    Err(Failure::new(FailureKind::Missing, format!("There is no host called “{name}”.")).with_hint(hint))
}

/// Every host that can be chosen without a profile, each kind before those that it takes names from: Docker contexts,
/// known sockets, there or not, and the hosts of `~/.ssh/config`.
pub(super) fn discoverable(environment: &Environment) -> Vec<Candidate> {
    let contexts = contexts::all(environment).into_iter().filter_map(|context| {
        let endpoint = context.endpoint.ok()?;
        Some(Candidate { name: HostId::new(context.name), endpoint, source: Source::Context })
    });
    let ssh = ssh_config::hosts(environment).into_iter().filter_map(|name| {
        let endpoint = format!("ssh://{name}").parse().ok()?;
        Some(Candidate { name: HostId::new(name), endpoint, source: Source::SshConfig })
    });
    contexts.chain(known_sockets(environment)).chain(ssh).collect()
}

/// The sockets that engines are known to use, in the order to try them.
pub(super) fn known_sockets(environment: &Environment) -> Vec<Candidate> {
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
            let endpoint = Endpoint::Unix(folder?.join(rest));
            Some(Candidate { name: HostId::new(name), endpoint, source: Source::Known })
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
