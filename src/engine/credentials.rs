//! What an engine tells a registry about us: looked up for each call that needs it, and never kept.

use super::Engine;
use crate::domain::{Failure, FailureKind, ImageReference};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE;
use hyper::header::{HeaderName, HeaderValue};
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

/// Carries the credentials for one registry, JSON in base64url.
pub(super) const REGISTRY_AUTH: HeaderName = HeaderName::from_static("x-registry-auth");

/// As whom somebody is logged in to a registry.
#[derive(Clone, PartialEq, Eq)]
pub enum Credentials {
    Password {
        user: String,
        password: String,
    },
    /// An identity token, which stands for both.
    Token(String),
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Password { .. } => f.write_str("Password(…)"),
            Self::Token(_) => f.write_str("Token(…)"),
        }
    }
}

/// Where credentials come from: asked with a registry's name as references have it (`docker.io`, `localhost:5000`),
/// it answers `None` where nobody is logged in.
#[derive(Clone)]
pub struct Logins(Arc<Lookup>);

type Lookup = dyn Fn(String) -> Answer + Send + Sync;
type Answer = Pin<Box<dyn Future<Output = Result<Option<Credentials>, Failure>> + Send>>;

impl Logins {
    pub fn new(lookup: impl Fn(String) -> Answer + Send + Sync + 'static) -> Self {
        Self(Arc::new(lookup))
    }
}

impl fmt::Debug for Logins {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Logins(…)")
    }
}

impl Engine {
    /// Sends the credentials found there to engines that pull, push or build.
    #[must_use]
    pub fn with_logins(mut self, logins: Logins) -> Self {
        self.logins = Some(logins);
        self
    }

    /// The value of `X-Registry-Auth` for an image's registry; `None` where nobody is logged in.
    pub(super) async fn credentials_for(&self, reference: &ImageReference) -> Result<Option<HeaderValue>, Failure> {
        let Some(logins) = &self.logins else { return Ok(None) };
        match (logins.0)(reference.registry().to_owned()).await? {
            Some(credentials) => registry_auth(reference.registry(), &credentials).map(Some),
            None => Ok(None),
        }
    }
}

/// The header says it without blanks and line ends, whatever the password holds.
fn registry_auth(registry: &str, credentials: &Credentials) -> Result<HeaderValue, Failure> {
    let address = if registry == "docker.io" { "https://index.docker.io/v1/" } else { registry };
    let json = match credentials {
        Credentials::Password { user, password } => {
            serde_json::json!({"username": user, "password": password, "serveraddress": address})
        }
        Credentials::Token(token) => serde_json::json!({"identitytoken": token, "serveraddress": address}),
    };
    let mut value = HeaderValue::from_str(&URL_SAFE.encode(json.to_string())).map_err(|_| {
        Failure::new(FailureKind::BadRequest, format!("The credentials for {registry} cannot be sent to an engine."))
    })?;
    value.set_sensitive(true);
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn whoever_is_logged_in_is_named_in_url_safe_letters() {
        let (engine, _heads) = super::super::canned::engine(vec![super::super::canned::Script::Silence]);
        let reference: ImageReference = "localhost:5000/a".parse().unwrap();
        assert_eq!(engine.credentials_for(&reference).await, Ok(None));
        let logins = Logins::new(|registry| {
            Box::pin(async move {
                let credentials = Credentials::Password { user: "me".into(), password: "abc?>ÿ".into() };
                Ok((registry == "localhost:5000").then_some(credentials))
            })
        });
        let engine = engine.with_logins(logins);
        let header = engine.credentials_for(&reference).await.unwrap().unwrap();
        assert!(header.is_sensitive() && !header.to_str().unwrap().contains(['+', '/']));
        let json = URL_SAFE.decode(header.as_bytes()).unwrap();
        let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
        assert_eq!((&json["password"], &json["serveraddress"]), (&"abc?>ÿ".into(), &"localhost:5000".into()));
        assert_eq!(engine.credentials_for(&"nginx".parse().unwrap()).await, Ok(None));
    }
}
