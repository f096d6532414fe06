//! Every host that can be chosen, each once: profiles, `DOCKER_HOST`, Docker contexts, sockets that are there, ssh's hosts.

use super::host::{choose, known_sockets, profile_endpoint};
use super::{ColorSpec, Confirm, Environment, HostChoice, HostProfile, Settings, Source, contexts, ssh_config};
use crate::domain::{Endpoint, Failure, HostId};
use std::path::{Path, PathBuf};

/// A host that can be chosen by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownHost {
    /// Unique in a roster.
    pub name: HostId,
    /// Who names it.
    pub source: Source,
    /// Where it is, or why its address cannot be used.
    pub endpoint: Result<Endpoint, Failure>,
    /// What the config file says of it.
    pub profile: Option<HostProfile>,
    /// It is the one that a start without `--host` shows.
    pub is_default: bool,
}

impl KnownHost {
    /// Whether it may be connected without being asked for: somebody saved or named it, or it is on this machine. A host that
    /// only ssh or a variable knows may want a password, or nothing to do with us.
    pub fn is_invited(&self) -> bool {
        match self.source {
            Source::Profile | Source::Flag | Source::Context | Source::Known => true,
            Source::Variable | Source::SshConfig => false,
        }
    }
}

/// All of them, in that order. A name that is taken goes to the first, as with `--host`; a socket that has a name
/// already is not listed again.
pub fn roster(settings: &Settings, environment: &Environment) -> Vec<KnownHost> {
    let known = |name: HostId, source, endpoint| KnownHost { name, source, endpoint, profile: None, is_default: false };
    let mut all: Vec<KnownHost> = Vec::new();
    for profile in &settings.hosts {
        let endpoint = profile_endpoint(profile, environment);
        let host = known(HostId::new(&profile.name), Source::Profile, endpoint);
        add(&mut all, KnownHost { profile: Some(profile.clone()), ..host });
    }
    if let Some(address) = environment.variable("DOCKER_HOST") {
        let endpoint = choose(&Settings::default(), None, environment).map(|choice| choice.candidates());
        let endpoint = endpoint.map(|candidates| candidates.into_iter().next());
        match endpoint {
            Ok(Some(candidate)) => add(&mut all, known(candidate.name, Source::Variable, Ok(candidate.endpoint))),
            Ok(None) => {}
            Err(failure) => add(&mut all, known(HostId::new(address), Source::Variable, Err(failure))),
        }
    }
    for context in contexts::all(environment) {
        add(&mut all, known(HostId::new(context.name), Source::Context, context.endpoint));
    }
    for socket in known_sockets(environment) {
        let is_listed = all.iter().any(|host| host.endpoint.as_ref().is_ok_and(|it| is_same(it, &socket.endpoint)));
        if is_there(&socket.endpoint) && !is_listed {
            add(&mut all, known(socket.name, Source::Known, Ok(socket.endpoint)));
        }
    }
    for name in ssh_config::hosts(environment) {
        let endpoint = format!("ssh://{name}").parse();
        add(&mut all, known(HostId::new(name), Source::SshConfig, endpoint));
    }
    mark_default(&mut all, settings, environment);
    all
}

/// The hosts of the demo: one to play with, one that takes no changes, and one that is away.
pub fn demo_roster() -> Vec<KnownHost> {
    let known = |name: &str, endpoint, profile, is_default| KnownHost {
        name: HostId::new(name),
        source: Source::Flag,
        endpoint: Ok(endpoint),
        profile,
        is_default,
    };
    let europe = HostProfile {
        name: "demo-eu".to_owned(),
        url: Endpoint::Demo.to_string(),
        color: Some(ColorSpec::Name("magenta")),
        read_only: true,
        confirm: Confirm::Button,
        tls: None,
    };
    let away = Endpoint::Unix("/nowhere/docker.sock".into());
    vec![
        known("demo", Endpoint::Demo, None, true),
        known("demo-eu", Endpoint::Demo, Some(europe), false),
        known("demo-lost", away, None, false),
    ]
}

fn add(all: &mut Vec<KnownHost>, host: KnownHost) {
    if all.iter().all(|known| known.name != host.name) {
        all.push(host);
    }
}

fn is_there(endpoint: &Endpoint) -> bool {
    matches!(endpoint, Endpoint::Unix(path) if path.exists())
}

/// `/var/run` is `/run` wherever there are engines.
fn is_same(one: &Endpoint, other: &Endpoint) -> bool {
    let plain =
        |path: &Path| path.strip_prefix("/var/run").map_or(path.to_owned(), |rest| PathBuf::from("/run").join(rest));
    match (one, other) {
        (Endpoint::Unix(one), Endpoint::Unix(other)) => plain(one) == plain(other),
        (one, other) => one == other,
    }
}

fn mark_default(all: &mut [KnownHost], settings: &Settings, environment: &Environment) {
    let name = match choose(settings, None, environment) {
        Ok(choice @ (HostChoice::Profile { .. } | HostChoice::Given(_))) => {
            choice.candidates().into_iter().next().map(|candidate| candidate.name)
        }
        // The first socket that answers, or a mistake: no host in particular.
        Ok(HostChoice::Discover(_)) | Err(_) => None,
    };
    for host in all.iter_mut() {
        host.is_default = name.as_ref() == Some(&host.name);
    }
}
