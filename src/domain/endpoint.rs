//! Where an engine listens.

mod parse;
#[cfg(test)]
mod tests;

use super::Failure;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

/// A place to reach an engine at, as the user writes it in `--host`, `DOCKER_HOST` or a profile's `url`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Endpoint {
    /// `unix:///path` or a bare absolute path.
    Unix(PathBuf),
    /// `tcp://host[:port]`, port 2375 when left out.
    Tcp { host: String, port: u16 },
    /// `https://host[:port]`, or `tcp://` with certificates; port 2376 when left out.
    Tls {
        host: String,
        port: u16,
        identity: TlsFiles,
        /// Takes whatever certificate the engine shows. Only a Docker context that says so may set it.
        skip_verify: bool,
    },
    /// `ssh://[user@]host[:port][/path/to.sock]`; what is left out is for ssh's own configuration to say.
    Ssh {
        user: Option<String>,
        /// A name or an alias of `~/.ssh/config`.
        host: String,
        port: Option<u16>,
        /// The engine's socket over there; `None`: one of the usual ones.
        socket: Option<PathBuf>,
    },
    /// The embedded engine (`--demo`).
    Demo,
}

/// Files of certificates in PEM; each may be left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct TlsFiles {
    /// The only authorities to trust; `None`: those of the system.
    pub ca: Option<PathBuf>,
    /// What shows the engine who we are.
    pub cert: Option<PathBuf>,
    /// The private key of `cert`.
    pub key: Option<PathBuf>,
}

/// One of [`TlsFiles`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TlsPart {
    Ca,
    Certificate,
    Key,
}

impl Endpoint {
    /// The port of an engine without TLS, by convention.
    pub const PLAIN_PORT: u16 = 2375;
    /// The port of an engine with TLS, by convention.
    pub const TLS_PORT: u16 = 2376;

    /// Reads an address whose `tcp://` means TLS with these certificates; other schemes have no use for them.
    pub fn parse_with_tls(text: &str, identity: TlsFiles) -> Result<Self, Failure> {
        parse::endpoint(text, Some(identity))
    }

    /// `unix`, `tcp`, …: the word in the header.
    pub fn scheme(&self) -> &'static str {
        match self {
            Self::Unix(_) => "unix",
            Self::Tcp { .. } => "tcp",
            Self::Tls { .. } => "tls",
            Self::Ssh { .. } => "ssh",
            Self::Demo => "demo",
        }
    }

    /// Whether what is sent can be read and changed on the way to another machine.
    pub fn is_plain_remote(&self) -> bool {
        match self {
            Self::Tcp { host, .. } => !is_loopback(host),
            Self::Unix(_) | Self::Tls { .. } | Self::Ssh { .. } | Self::Demo => false,
        }
    }

    /// Whether nothing proves that the other side is who it says it is.
    pub fn is_unverified(&self) -> bool {
        matches!(self, Self::Tls { skip_verify: true, .. })
    }

    /// The name of the machine that the engine runs on, as this machine calls it; `None` for this machine itself.
    pub fn machine(&self) -> Option<&str> {
        match self {
            Self::Tcp { host, .. } | Self::Tls { host, .. } | Self::Ssh { host, .. } => Some(host),
            Self::Unix(_) | Self::Demo => None,
        }
    }
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

impl FromStr for Endpoint {
    type Err = Failure;

    fn from_str(text: &str) -> Result<Self, Failure> {
        parse::endpoint(text, None)
    }
}

/// Certificates are no part of an address and are left out.
impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unix(path) => write!(f, "unix://{}", path.display()),
            Self::Tcp { host, port } => write!(f, "tcp://{}:{port}", Bracketed(host)),
            Self::Tls { host, port, .. } => write!(f, "https://{}:{port}", Bracketed(host)),
            Self::Ssh { user, host, port, socket } => {
                f.write_str("ssh://")?;
                if let Some(user) = user {
                    write!(f, "{user}@")?;
                }
                write!(f, "{}", Bracketed(host))?;
                if let Some(port) = port {
                    write!(f, ":{port}")?;
                }
                socket.iter().try_for_each(|socket| write!(f, "{}", socket.display()))
            }
            Self::Demo => f.write_str("demo://"),
        }
    }
}

/// A host as it stands before a port.
struct Bracketed<'a>(&'a str);

impl fmt::Display for Bracketed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.contains(':') { write!(f, "[{}]", self.0) } else { f.write_str(self.0) }
    }
}
