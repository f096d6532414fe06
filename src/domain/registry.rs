//! Registries: where images are kept, as image references and Docker's configuration name them.

use super::Invalid;
use std::fmt;
use std::sync::Arc;

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
    fn loopback_is_this_machine() {
        for (name, is) in [("localhost", true), ("127.9.0.1:5000", true), ("[::1]:5000", true), ("10.0.0.1", false)] {
            assert_eq!(RegistryName::parse(name).unwrap().is_loopback(), is, "{name}");
        }
    }
}
