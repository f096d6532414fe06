//! Where an engine listens.

use super::{Failure, FailureKind};
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
    /// The embedded engine (`--demo`).
    Demo,
}

impl Endpoint {
    /// The port of an engine without TLS, by convention.
    pub const PLAIN_PORT: u16 = 2375;

    /// `unix`, `tcp`, …: the word in the header.
    pub fn scheme(&self) -> &'static str {
        match self {
            Self::Unix(_) => "unix",
            Self::Tcp { .. } => "tcp",
            Self::Demo => "demo",
        }
    }

    /// Whether what is sent can be read and changed on the way to another machine.
    pub fn is_plain_remote(&self) -> bool {
        match self {
            Self::Tcp { host, .. } => !is_loopback(host),
            Self::Unix(_) | Self::Demo => false,
        }
    }
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

impl FromStr for Endpoint {
    type Err = Failure;

    fn from_str(text: &str) -> Result<Self, Failure> {
        let bad = |why: &str| {
            Failure::new(FailureKind::BadRequest, format!("“{text}” is no address of an engine: {why}."))
                .with_hint("Write unix:///path/to.sock or tcp://host:port.")
        };
        if text.starts_with('/') {
            return Ok(Self::Unix(text.into()));
        }
        let Some((scheme, rest)) = text.split_once("://") else {
            return Err(bad("it has no scheme"));
        };
        match scheme {
            "unix" if rest.starts_with('/') => Ok(Self::Unix(rest.into())),
            "unix" => Err(bad("the path of the socket must be absolute")),
            "tcp" | "http" => parse_tcp(rest.trim_end_matches('/')).ok_or_else(|| bad("it names no host and port")),
            "demo" => Ok(Self::Demo),
            other => Err(bad(&format!("{other}:// is not supported"))),
        }
    }
}

fn parse_tcp(text: &str) -> Option<Endpoint> {
    let (host, port) = match text.strip_prefix('[') {
        Some(v6) => {
            let (host, rest) = v6.split_once(']')?;
            (host, rest.strip_prefix(':'))
        }
        None => match text.rsplit_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (text, None),
        },
    };
    if host.is_empty() || host.contains('/') {
        return None;
    }
    let port = match port {
        Some(port) => port.parse().ok()?,
        None => Endpoint::PLAIN_PORT,
    };
    Some(Endpoint::Tcp { host: host.to_owned(), port })
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unix(path) => write!(f, "unix://{}", path.display()),
            Self::Tcp { host, port } if host.contains(':') => write!(f, "tcp://[{host}]:{port}"),
            Self::Tcp { host, port } => write!(f, "tcp://{host}:{port}"),
            Self::Demo => f.write_str("demo://"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_parse_and_print() {
        for (text, printed) in [
            ("unix:///var/run/docker.sock", "unix:///var/run/docker.sock"),
            ("/run/user/1000/docker.sock", "unix:///run/user/1000/docker.sock"),
            ("tcp://10.0.0.1", "tcp://10.0.0.1:2375"),
            ("tcp://[::1]:2376", "tcp://[::1]:2376"),
            ("tcp://host:2375/", "tcp://host:2375"),
        ] {
            assert_eq!(text.parse::<Endpoint>().unwrap().to_string(), printed);
        }
        for bad in ["docker.sock", "unix://relative", "tcp://", "tcp://h:x", "ftp://h", ""] {
            assert!(bad.parse::<Endpoint>().is_err(), "{bad}");
        }
    }

    #[test]
    fn only_a_foreign_tcp_host_is_plain_remote() {
        assert!("tcp://10.0.0.1".parse::<Endpoint>().unwrap().is_plain_remote());
        assert!(!"tcp://127.0.0.1".parse::<Endpoint>().unwrap().is_plain_remote());
        assert!(!"/x".parse::<Endpoint>().unwrap().is_plain_remote());
    }
}
