//! Reads the address of an engine.

use super::{Endpoint, TlsFiles};
use crate::domain::{Failure, FailureKind};

const KINDS: &str =
    "Write unix:///path/to.sock, tcp://host:port, https://host:port or ssh://user@host[:port][/path/to.sock].";

/// `tls`: what `tcp://` and `http://` are to be carried by, where not plainly.
pub fn endpoint(text: &str, tls: Option<TlsFiles>) -> Result<Endpoint, Failure> {
    let bad = |why: &str| {
        Failure::new(FailureKind::BadRequest, format!("“{text}” is no address of an engine: {why}.")).with_hint(KINDS)
    };
    if text.starts_with('/') {
        return Ok(Endpoint::Unix(text.into()));
    }
    let Some((scheme, rest)) = text.split_once("://") else {
        return Err(bad("it has no scheme"));
    };
    let network = |default: u16| {
        let (host, port) = host_and_port(rest.trim_end_matches('/'))?;
        Some((host.to_owned(), port.unwrap_or(default)))
    };
    let unnamed = || bad("it names no host and port");
    match (scheme, tls) {
        ("unix", _) if rest.starts_with('/') => Ok(Endpoint::Unix(rest.into())),
        ("unix", _) => Err(bad("the path of the socket must be absolute")),
        ("tcp" | "http", None) => {
            let (host, port) = network(Endpoint::PLAIN_PORT).ok_or_else(unnamed)?;
            Ok(Endpoint::Tcp { host, port })
        }
        ("tcp" | "http" | "https", tls) => {
            let (host, port) = network(Endpoint::TLS_PORT).ok_or_else(unnamed)?;
            Ok(Endpoint::Tls { host, port, identity: tls.unwrap_or_default(), skip_verify: false })
        }
        ("ssh", _) => ssh(rest).map_err(bad),
        ("demo", _) => Ok(Endpoint::Demo),
        (other, _) => Err(bad(&format!("{other}:// is not supported"))),
    }
}

/// `[user@]host[:port][/path]`
fn ssh(text: &str) -> Result<Endpoint, &'static str> {
    let (place, socket) = match text.find('/') {
        Some(at) => text.split_at(at),
        None => (text, ""),
    };
    let (user, place) = match place.rsplit_once('@') {
        Some((user, place)) => (Some(user), place),
        None => (None, place),
    };
    if user.is_some_and(|user| user.contains(':')) {
        return Err("a password does not belong into an address; ssh asks for it");
    }
    // ssh would take it for an option.
    let odd = |word: &str| {
        word.is_empty() || word.starts_with('-') || word.chars().any(|c| c.is_whitespace() || c.is_control())
    };
    if user.is_some_and(odd) {
        return Err("it names no user before the @");
    }
    let (host, port) = host_and_port(place).filter(|(host, _)| !odd(host)).ok_or("it names no host")?;
    // What ssh itself sets apart in a forwarding.
    if socket.contains([':', '\n']) {
        return Err("the path of the socket must not have a colon");
    }
    Ok(Endpoint::Ssh {
        user: user.map(str::to_owned),
        host: host.to_owned(),
        port,
        socket: Some(socket).filter(|path| path.len() > 1).map(Into::into),
    })
}

/// `host`, `host:port`, `[v6]`, `[v6]:port`
fn host_and_port(text: &str) -> Option<(&str, Option<u16>)> {
    let (host, port) = match text.strip_prefix('[') {
        Some(v6) => {
            let (host, rest) = v6.split_once(']')?;
            if !(rest.is_empty() || rest.starts_with(':')) {
                return None;
            }
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
    Some((host, port.map(str::parse).transpose().ok()?))
}
