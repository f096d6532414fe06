//! Turns what registries and the way to them say into [`Failure`]s.

use super::session::Session;
use crate::domain::{Failure, FailureKind, RegistryName};
use crate::engine::tls;
use oci_client::errors::{OciDistributionError, OciErrorCode};
use reqwest::StatusCode;
use std::error::Error;
use std::io;

impl Session {
    /// The failure of a request that got no answer.
    pub fn broken(&self, error: &reqwest::Error) -> Failure {
        broken(&self.registry, error)
    }

    /// It wants to know who asks, or does not take who says so.
    pub fn unauthorized(&self) -> Failure {
        let registry = &self.registry;
        let (sentence, hint) = match self.credential.as_ref().map(|credential| credential.user()) {
            None => (format!("{registry} wants a login."), "Log in to it."),
            Some(None) => (format!("{registry} does not take the login that is kept."), "Log in to it again."),
            Some(Some(user)) => {
                return Failure::new(FailureKind::Unauthorized, format!("{registry} does not let {user} do this."))
                    .with_hint("The name or the password is wrong, or the user lacks the right to it.");
            }
        };
        Failure::new(FailureKind::Unauthorized, sentence).with_hint(hint)
    }

    /// The failure of an answer of status 400 and above.
    pub fn refused(&self, status: StatusCode, words: &str) -> Failure {
        let kind = match status.as_u16() {
            401 | 403 => return self.unauthorized(),
            404 => FailureKind::NotFound,
            405 => FailureKind::Unsupported,
            429 => FailureKind::Forbidden,
            500.. => FailureKind::Engine,
            _ => FailureKind::BadRequest,
        };
        let reason = if words.is_empty() { status.canonical_reason().unwrap_or("no reason given") } else { words };
        let failure = Failure::new(
            kind,
            format!("{} answered {} ({}).", self.registry, status.as_u16(), reason.trim_end_matches('.')),
        );
        match status {
            StatusCode::TOO_MANY_REQUESTS => failure.with_hint("It was asked too often: wait, or log in."),
            _ => failure,
        }
    }

    /// Something answers there that is no registry.
    pub fn no_registry(&self) -> Failure {
        Failure::new(FailureKind::Incompatible, format!("What answers at {} is no registry.", self.registry))
            .with_hint("Is the port right?")
    }

    /// What the protocol's client says; `what` was asked for.
    pub fn failed(&self, error: &OciDistributionError, what: &str) -> Failure {
        let registry = &self.registry;
        match error {
            OciDistributionError::RequestError(error) => self.broken(error),
            OciDistributionError::UnauthorizedError { .. } | OciDistributionError::AuthenticationFailure(_) => {
                self.unauthorized()
            }
            OciDistributionError::ServerError { code, .. } => {
                self.refused(StatusCode::from_u16(*code).unwrap_or(StatusCode::BAD_GATEWAY), "")
            }
            OciDistributionError::ImageManifestNotFoundError(_) => not_found(registry, what),
            OciDistributionError::RegistryError { envelope, .. } => match envelope.errors.first() {
                Some(error) => match &error.code {
                    OciErrorCode::Unauthorized | OciErrorCode::Denied => self.unauthorized(),
                    OciErrorCode::ManifestUnknown
                    | OciErrorCode::NameUnknown
                    | OciErrorCode::NotFound
                    | OciErrorCode::BlobUnknown => not_found(registry, what),
                    OciErrorCode::Unsupported => {
                        Failure::new(FailureKind::Unsupported, format!("{registry} does not tell {what}."))
                    }
                    OciErrorCode::Toomanyrequests => self.refused(StatusCode::TOO_MANY_REQUESTS, ""),
                    _ if error.message.is_empty() => self.refused(StatusCode::BAD_REQUEST, ""),
                    _ => self.refused(StatusCode::BAD_REQUEST, &error.message),
                },
                None => self.refused(StatusCode::BAD_REQUEST, ""),
            },
            other => {
                let sentence = format!("What {registry} says of {what} cannot be read: {other}.");
                Failure::new(FailureKind::Malformed, sentence)
            }
        }
    }
}

fn not_found(registry: &RegistryName, what: &str) -> Failure {
    Failure::new(FailureKind::NotFound, format!("{registry} does not have {what}."))
}

/// The failure of a request to a registry that got no answer.
pub fn broken(registry: &RegistryName, error: &reqwest::Error) -> Failure {
    let (mut innermost, mut io_error): (&(dyn Error + 'static), Option<&io::Error>) = (error, None);
    loop {
        if let Some(rustls) = innermost.downcast_ref::<rustls::Error>() {
            return untrusted(registry, rustls);
        }
        let found = innermost.downcast_ref::<io::Error>();
        io_error = found.or(io_error);
        // What an I/O error was made of is not its source, but that one's source is.
        let inner = found.and_then(|found| found.get_ref()).map(|inner| inner as &(dyn Error + 'static));
        let Some(source) = inner.or_else(|| innermost.source()) else { break };
        innermost = source;
    }
    let failure = |kind, sentence: String| Failure::new(kind, sentence);
    match io_error.map(io::Error::kind) {
        Some(io::ErrorKind::ConnectionRefused) => {
            failure(FailureKind::Refused, format!("Nobody listens at {registry}."))
                .with_hint("Is the registry running?")
        }
        _ if error.is_timeout() => failure(FailureKind::TimedOut, format!("{registry} does not answer."))
            .with_hint("Is it up, and the network or VPN?"),
        _ if error.is_decode() => {
            failure(FailureKind::Malformed, format!("What {registry} answered cannot be read: {innermost}."))
        }
        _ if error.is_connect() => failure(FailureKind::Missing, format!("{registry} cannot be reached: {innermost}."))
            .with_hint("Is the name right, and the network or VPN up?"),
        _ => failure(FailureKind::Lost, format!("The connection to {registry} broke: {innermost}.")),
    }
}

/// Told as of an engine, with the remedy that a registry has.
fn untrusted(registry: &RegistryName, error: &rustls::Error) -> Failure {
    let (host, port) = registry.as_str().rsplit_once(':').unwrap_or((registry.as_str(), "443"));
    let told = io::Error::other(error.clone());
    let failure = tls::handshake_failure(host, port.parse().unwrap_or(443), &told);
    match failure.kind {
        FailureKind::Untrusted => failure.with_hint(
            "Name its own authority with `ca` in [[registries]], or say `insecure = true` where nothing is at stake.",
        ),
        _ => failure,
    }
}
