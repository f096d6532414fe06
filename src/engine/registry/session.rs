//! One registry, found out how to speak to: its address, its challenge, the login, and clients that go there.

use super::challenge::Challenge;
use crate::domain::{Credential, Failure, FailureKind, RegistryName, RegistryProfile, RegistryStatus};
use crate::engine::tls;
use oci_client::client::{Certificate, CertificateEncoding, ClientConfig, ClientProtocol};
use oci_client::secrets::RegistryAuth;
use reqwest::StatusCode;
use reqwest::header::WWW_AUTHENTICATE;
use std::path::Path;
use std::time::Duration;

/// Opening a connection.
const CONNECT: Duration = Duration::from_secs(5);
/// Any pause in an answer.
const ANSWER: Duration = Duration::from_secs(20);
const AGENT: &str = concat!("dockerui-tui/", env!("CARGO_PKG_VERSION"));
/// Where the Docker Hub keeps images.
const HUB: &str = "registry-1.docker.io";

#[derive(Debug)]
pub struct Session {
    pub registry: RegistryName,
    /// `https://registry.example.com`
    pub base: String,
    pub http: reqwest::Client,
    pub challenge: Challenge,
    pub credential: Option<Credential>,
    trust: Trust,
}

/// What proves that a registry is the right one.
#[derive(Clone, Debug)]
enum Trust {
    /// A certificate of an authority that the system knows.
    System,
    /// A certificate of this authority, in PEM.
    Only(Vec<u8>),
    /// Nothing.
    Anything,
}

impl Session {
    /// Asks `/v2/` who wants to know what. Insecure ones are tried with plain HTTP first, as whatever answers to it does
    /// not mind.
    pub async fn open(
        registry: &RegistryName,
        profile: Option<&RegistryProfile>,
        insecure: bool,
        credential: Option<Credential>,
    ) -> Result<Self, Failure> {
        let ca = profile.and_then(|profile| profile.ca.clone());
        let insecure = insecure || registry.is_loopback() || profile.is_some_and(|profile| profile.insecure);
        let (trust, schemes): (Trust, &[&str]) = match ca {
            Some(ca) => (Trust::Only(read_ca(&ca).await?), &["https"]),
            None if insecure => (Trust::Anything, &["http", "https"]),
            None => (Trust::System, &["https"]),
        };
        let http = client(&trust).map_err(|error| super::failure::broken(registry, &error))?;
        let host = if registry.is_hub() { HUB } else { registry.as_str() };
        let mut session = Self {
            registry: registry.clone(),
            base: String::new(),
            http,
            challenge: Challenge::None,
            credential,
            trust,
        };
        let mut last = None;
        for scheme in schemes {
            session.base = format!("{scheme}://{host}");
            match session.http.get(format!("{}/v2/", session.base)).send().await {
                // What a server of TLS says to plain HTTP.
                Ok(answer) if *scheme == "http" && answer.status() == StatusCode::BAD_REQUEST => {}
                Ok(answer) => {
                    session.challenge = match answer.status() {
                        StatusCode::UNAUTHORIZED => Challenge::read(answer.headers().get(WWW_AUTHENTICATE)),
                        status if status.is_success() => Challenge::None,
                        StatusCode::NOT_FOUND => return Err(session.no_registry()),
                        status => return Err(session.refused(status, "")),
                    };
                    return Ok(session);
                }
                Err(error) if error.is_timeout() => return Err(session.broken(&error)),
                // Of two ways, what went wrong on the first one is the plainer of the two.
                Err(error) => last = last.or_else(|| Some(session.broken(&error))),
            }
        }
        Err(last.unwrap_or_else(|| session.no_registry()))
    }

    /// As the registry is called in requests to it.
    pub fn host(&self) -> &str {
        self.base.split_once("://").map_or(self.registry.as_str(), |(_, host)| host)
    }

    /// Whether it takes the login.
    pub async fn status(&self) -> RegistryStatus {
        match (&self.challenge, &self.credential) {
            (Challenge::None, _) => RegistryStatus::Open,
            (Challenge::Basic, None) => RegistryStatus::LoginNeeded,
            (Challenge::Bearer { .. }, None) => match self.authorization(&[]).await {
                Ok(_) => RegistryStatus::Open,
                Err(failure) if failure.kind == FailureKind::Unauthorized => RegistryStatus::LoginNeeded,
                Err(failure) => RegistryStatus::Down(failure),
            },
            (Challenge::Basic | Challenge::Bearer { .. }, Some(_)) => match self.knock().await {
                Ok(()) => RegistryStatus::LoggedIn,
                Err(failure) if failure.kind == FailureKind::Unauthorized => RegistryStatus::LoginRefused,
                Err(failure) => RegistryStatus::Down(failure),
            },
        }
    }

    /// Shows it the login.
    async fn knock(&self) -> Result<(), Failure> {
        let auth = self.authorization(&[]).await?;
        let request = authorized(self.http.get(format!("{}/v2/", self.base)), &auth);
        let answer = request.send().await.map_err(|error| self.broken(&error))?;
        match answer.status() {
            status if status.is_success() => Ok(()),
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Err(self.unauthorized()),
            status => Err(self.refused(status, "")),
        }
    }

    /// What speaks the protocol, to this registry in the way that was found.
    pub fn oci(&self) -> Result<oci_client::Client, Failure> {
        let protocol = if self.base.starts_with("http:") { ClientProtocol::Http } else { ClientProtocol::Https };
        let tls_certs_only = match &self.trust {
            Trust::Only(pem) => vec![Certificate { encoding: CertificateEncoding::Pem, data: pem.clone() }],
            Trust::System | Trust::Anything => Vec::new(),
        };
        let config = ClientConfig {
            protocol,
            accept_invalid_certificates: matches!(self.trust, Trust::Anything),
            tls_certs_only,
            connect_timeout: Some(CONNECT),
            read_timeout: Some(ANSWER),
            user_agent: AGENT,
            ..ClientConfig::default()
        };
        oci_client::Client::try_from(config).map_err(|error| self.failed(&error, "it"))
    }
}

/// A request with what the registry wants to see.
pub fn authorized(request: reqwest::RequestBuilder, auth: &RegistryAuth) -> reqwest::RequestBuilder {
    match auth {
        RegistryAuth::Anonymous => request,
        RegistryAuth::Basic(user, password) => request.basic_auth(user, Some(password)),
        RegistryAuth::Bearer(token) => request.bearer_auth(token),
    }
}

/// A client for whatever the system trusts.
pub fn plain_client() -> reqwest::Result<reqwest::Client> {
    client(&Trust::System)
}

fn client(trust: &Trust) -> reqwest::Result<reqwest::Client> {
    // Whoever comes first names it for the whole process; it is always this one.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = reqwest::Client::builder().connect_timeout(CONNECT).read_timeout(ANSWER).user_agent(AGENT);
    match trust {
        Trust::System => builder,
        Trust::Only(pem) => builder.tls_certs_only(reqwest::Certificate::from_pem_bundle(pem)?),
        Trust::Anything => builder.danger_accept_invalid_certs(true),
    }
    .build()
}

/// Looked through before it is used, for words that say what is wrong with it.
async fn read_ca(path: &Path) -> Result<Vec<u8>, Failure> {
    let path = path.to_owned();
    super::super::credentials::waiting(move || {
        tls::Tls::look(crate::domain::TlsPart::Ca, &path)
            .map_err(|failure| Failure { hint: Some("Look at `ca` in [[registries]].".to_owned()), ..failure })?;
        std::fs::read(&path).map_err(|error| {
            Failure::new(
                FailureKind::LocalFile,
                format!("The CA certificate {} cannot be read: {error}.", path.display()),
            )
        })
    })
    .await
}
