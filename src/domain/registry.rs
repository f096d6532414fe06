//! Registries: where images are kept, as image references and Docker's configuration name them.

mod item;
mod path;

pub use item::{ItemKind, RegistryItem, RegistryPage};
pub use path::{RegistryLevel, RegistryPath};

use super::{Failure, Invalid};
use crate::domain::order;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

/// A registry and how it stands with it, seen from this machine.
#[derive(Clone, Debug, PartialEq)]
pub struct Registry {
    pub name: RegistryName,
    /// Who knows of it, in order of precedence.
    pub sources: Vec<RegistrySource>,
    /// Plain HTTP and unproved certificates are taken.
    pub insecure: bool,
    /// Where the engine looks first.
    pub mirrors: Vec<Box<str>>,
    /// As whom somebody is logged in, by Docker's configuration; empty where only a helper knows.
    pub user: Option<Box<str>>,
    pub status: RegistryStatus,
}

/// Who knows of a registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegistrySource {
    /// `/info` of the engine.
    Engine,
    /// A login in Docker's configuration.
    Login,
    /// `[[registries]]` of the config file.
    Config,
}

/// How a registry answers.
#[derive(Clone, Debug, PartialEq)]
pub enum RegistryStatus {
    /// It is being asked.
    Asking,
    /// It answers whoever asks.
    Open,
    LoggedIn,
    LoginNeeded,
    /// It does not take the login that is kept.
    LoginRefused,
    Down(Failure),
}

/// What the config file says of a registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistryProfile {
    pub name: RegistryName,
    /// Take plain HTTP and any certificate.
    pub insecure: bool,
    /// The only authority to trust.
    pub ca: Option<PathBuf>,
}

/// What an engine says of its registries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EngineRegistries {
    pub names: Vec<RegistryName>,
    pub insecure: Vec<RegistryName>,
    /// Mirrors of the Docker Hub.
    pub mirrors: Vec<Box<str>>,
}

impl RegistrySource {
    pub fn word(self) -> &'static str {
        match self {
            Self::Engine => "engine",
            Self::Login => "login",
            Self::Config => "config",
        }
    }
}

impl Registry {
    /// All that anybody knows of, each once, by name; none has been asked yet.
    pub fn all(engine: &EngineRegistries, logins: &[super::KnownLogin], profiles: &[RegistryProfile]) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        let mut note = |name: &RegistryName, source: RegistrySource| {
            if !all.iter().any(|known| known.name == *name) {
                all.push(Self::unasked(name.clone()));
            }
            let known = all.iter_mut().find(|known| known.name == *name);
            known.into_iter().for_each(|known| known.sources.push(source));
        };
        engine.names.iter().chain(&engine.insecure).for_each(|name| note(name, RegistrySource::Engine));
        logins.iter().for_each(|login| note(&login.registry, RegistrySource::Login));
        profiles.iter().for_each(|profile| note(&profile.name, RegistrySource::Config));
        for registry in &mut all {
            registry.sources.dedup();
            let configured = profiles.iter().any(|profile| profile.name == registry.name && profile.insecure);
            registry.insecure = configured || engine.insecure.contains(&registry.name) || registry.name.is_loopback();
            registry.user = logins.iter().find(|login| login.registry == registry.name).map(|login| login.user.clone());
            if registry.name.is_hub() {
                registry.mirrors.clone_from(&engine.mirrors);
            }
        }
        order::sort_by(&mut all, |one, other| one.name.cmp(&other.name));
        all
    }

    fn unasked(name: RegistryName) -> Self {
        Self {
            name,
            sources: Vec::new(),
            insecure: false,
            mirrors: Vec::new(),
            user: None,
            status: RegistryStatus::Asking,
        }
    }
}

/// A registry's host, with its port where it has one: `docker.io`, `localhost:5000`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RegistryName(Arc<str>);

/// What Docker's configuration calls the Docker Hub.
const HUB_LOGIN: &str = "https://index.docker.io/v1/";
/// Other names of the Docker Hub.
const HUB_HOSTS: [&str; 4] = ["index.docker.io", "registry-1.docker.io", "registry.hub.docker.com", "hub.docker.com"];
const LONGEST: usize = 253;

impl RegistryName {
    /// What image references leave out.
    pub const HUB: &'static str = "docker.io";

    pub fn hub() -> Self {
        Self(Self::HUB.into())
    }

    /// Reads a name however it is written: with a scheme and a path (`https://index.docker.io/v1/`), or bare.
    ///
    /// # Errors
    /// Where no host is left.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let bare = text.trim();
        let bare = bare.split_once("://").map_or(bare, |(_, rest)| rest);
        let host = bare.split('/').next().unwrap_or_default().to_ascii_lowercase();
        if host.is_empty() {
            return Err(Invalid::new("Name a registry, such as registry.example.com:5000."));
        }
        let well =
            host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':' | b'[' | b']'));
        let port = host.rsplit_once(':').filter(|(_, port)| !port.ends_with(']')).map(|(_, port)| port);
        if !well || host.len() > LONGEST || port.is_some_and(|port| port.parse::<u16>().is_err()) {
            let shown = host.escape_debug();
            return Err(Invalid::new(format!("“{shown}” is no registry: write its host, with :port if it has one.")));
        }
        let is_hub = HUB_HOSTS.contains(&host.as_str());
        Ok(Self(if is_hub { Self::HUB.into() } else { host.into() }))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, shared: what lists keep as a row's key.
    pub fn key(&self) -> Arc<str> {
        self.0.clone()
    }

    pub fn is_hub(&self) -> bool {
        &*self.0 == Self::HUB
    }

    /// Whether it is on this machine, where engines take plain HTTP for granted.
    pub fn is_loopback(&self) -> bool {
        let host = self.host();
        host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
    }

    /// Under which name Docker's configuration keeps a login to it.
    pub fn login_key(&self) -> &str {
        if self.is_hub() { HUB_LOGIN } else { &self.0 }
    }

    /// Without the port.
    fn host(&self) -> &str {
        match self.0.strip_prefix('[') {
            Some(rest) => rest.split(']').next().unwrap_or_default(),
            None => self.0.split(':').next().unwrap_or_default(),
        }
    }
}

impl fmt::Display for RegistryName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_registry_is_the_same_however_it_is_written() {
        for (text, name) in [
            ("https://index.docker.io/v1/", "docker.io"),
            ("registry-1.docker.io", "docker.io"),
            ("docker.io", "docker.io"),
            ("HTTP://Registry.Example.com:5000/v2/", "registry.example.com:5000"),
            (" localhost:5000 ", "localhost:5000"),
            ("[::1]:5000", "[::1]:5000"),
        ] {
            assert_eq!(RegistryName::parse(text).unwrap().as_str(), name, "{text}");
        }
        for text in ["", "https://", "a b", "user@host", "host:port", "host:99999", "host\u{202e}"] {
            assert!(RegistryName::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn each_registry_is_listed_once_whoever_knows_it() {
        let name = |text: &str| RegistryName::parse(text).unwrap();
        let engine = EngineRegistries {
            names: vec![RegistryName::hub()],
            insecure: vec![name("b.example.com")],
            mirrors: vec!["https://mirror.example.com/".into()],
        };
        let logins = [crate::domain::KnownLogin { registry: name("b.example.com"), user: "ann".into() }];
        let profiles = [RegistryProfile { name: name("a.example.com"), insecure: false, ca: None }];
        let all = Registry::all(&engine, &logins, &profiles);
        let told: Vec<_> = all.iter().map(|known| (known.name.as_str(), known.insecure, known.sources.len())).collect();
        assert_eq!(told, [("a.example.com", false, 1), ("b.example.com", true, 2), ("docker.io", false, 1)]);
        assert_eq!(all[1].user.as_deref(), Some("ann"));
        assert_eq!(all[2].mirrors.len(), 1);
    }

    #[test]
    fn loopback_is_this_machine() {
        for (name, is) in [("localhost", true), ("127.9.0.1:5000", true), ("[::1]:5000", true), ("10.0.0.1", false)] {
            assert_eq!(RegistryName::parse(name).unwrap().is_loopback(), is, "{name}");
        }
    }
}
