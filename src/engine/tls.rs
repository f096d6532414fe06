//! Opens a connection with TLS: the configuration, read once for each engine, and the handshake.

mod sentence;
mod stream;
mod unverified;

pub use sentence::{failure_in, handshake as handshake_failure};
pub use stream::TlsSocket;

use crate::domain::{Failure, FailureKind, TlsFiles, TlsPart};
use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{CertificateDer, InvalidDnsNameError, PrivateKeyDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use std::path::Path;
use std::sync::Arc;
use tokio::net::TcpStream;
use tokio::sync::OnceCell;
use tokio_rustls::TlsConnector;

/// One engine behind TLS. Clones share what was read; [`Tls::afresh`] reads the files again.
#[derive(Clone, Debug)]
pub struct Tls {
    pub host: String,
    pub port: u16,
    files: TlsFiles,
    skip_verify: bool,
    /// With the sessions to resume, which save a round trip for each connection.
    config: Arc<OnceCell<Arc<ClientConfig>>>,
}

impl Tls {
    /// `files` are read when the first connection is opened.
    pub fn new(host: String, port: u16, files: TlsFiles, skip_verify: bool) -> Self {
        Self { host, port, files, skip_verify, config: Arc::default() }
    }

    /// The same, with nothing read yet: certificates are renewed while a program runs.
    pub fn afresh(&self) -> Self {
        Self { config: Arc::default(), ..self.clone() }
    }

    /// Reads one file as a connection would, to say what is wrong with it before there is one. It waits for the disk.
    ///
    /// # Errors
    /// Where it cannot be read, or does not hold what it should.
    pub fn look(part: TlsPart, path: &Path) -> Result<(), Failure> {
        match part {
            TlsPart::Ca => authorities(path).map(drop),
            TlsPart::Certificate => certificates(path, CERTIFICATE).map(drop),
            TlsPart::Key => private_key(path).map(drop),
        }
    }

    /// Makes the connection a safe one.
    pub async fn handshake(&self, stream: TcpStream) -> Result<TlsSocket, Failure> {
        let config = self.config.get_or_try_init(|| self.read()).await?;
        let name = ServerName::try_from(self.host.clone()).map_err(|error: InvalidDnsNameError| {
            Failure::new(FailureKind::BadRequest, format!("“{}” cannot be the name of a host: {error}.", self.host))
        })?;
        let shows_certificate = self.files.cert.is_some();
        let connecting = TlsConnector::from(config.clone()).connect(name, stream).await;
        let connected = connecting
            .map_err(|error| if shows_certificate { error } else { sentence::without_certificate(error) })
            .map_err(|error| sentence::handshake(&self.host, self.port, &error))?;
        Ok(TlsSocket::new(connected, shows_certificate))
    }

    async fn read(&self) -> Result<Arc<ClientConfig>, Failure> {
        let (files, skip_verify) = (self.files.clone(), self.skip_verify);
        let reading = tokio::task::spawn_blocking(move || configuration(&files, skip_verify));
        let stopped = |_| Failure::new(FailureKind::LocalFile, "Reading the certificates was stopped.");
        reading.await.map_err(stopped)?.map(Arc::new)
    }
}

const CERTIFICATE: &str = "client certificate";

fn configuration(files: &TlsFiles, skip_verify: bool) -> Result<ClientConfig, Failure> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider.clone()).with_safe_default_protocol_versions();
    let builder = builder.map_err(|error| unusable(&error))?;
    let builder = if skip_verify {
        builder.dangerous().with_custom_certificate_verifier(unverified::verifier(provider))
    } else {
        let roots = match &files.ca {
            Some(ca) => authorities(ca)?,
            None => system_authorities()?,
        };
        builder.with_root_certificates(roots)
    };
    match (&files.cert, &files.key) {
        (Some(cert), Some(key)) => {
            let chain = certificates(cert, CERTIFICATE)?;
            builder.with_client_auth_cert(chain, private_key(key)?).map_err(|error| {
                Failure::new(
                    FailureKind::LocalFile,
                    format!("The private key {} does not go with {}: {error}.", key.display(), cert.display()),
                )
                .with_hint("Both must have been made together.")
            })
        }
        (None, None) => Ok(builder.with_no_client_auth()),
        (Some(_), None) => Err(half("certificate", "key")),
        (None, Some(_)) => Err(half("key", "certificate")),
    }
}

/// `ca` alone, as the docker client does it: who names an authority does not want the others.
fn authorities(ca: &Path) -> Result<RootCertStore, Failure> {
    let mut roots = RootCertStore::empty();
    for certificate in certificates(ca, "CA certificate")? {
        roots.add(certificate).map_err(|error| {
            Failure::new(FailureKind::LocalFile, format!("{} holds no usable CA certificate: {error}.", ca.display()))
        })?;
    }
    Ok(roots)
}

fn system_authorities() -> Result<RootCertStore, Failure> {
    let mut roots = RootCertStore::empty();
    let found = rustls_native_certs::load_native_certs();
    let (added, _unusable) = roots.add_parsable_certificates(found.certs);
    if added == 0 {
        return Err(Failure::new(FailureKind::Untrusted, "This machine trusts no certificate authority at all.")
            .with_hint("Install the package ca-certificates, or name the engine's own authority with `ca`."));
    }
    Ok(roots)
}

fn certificates(path: &Path, what: &str) -> Result<Vec<CertificateDer<'static>>, Failure> {
    let read = CertificateDer::pem_file_iter(path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    match read {
        Ok(found) if found.is_empty() => Err(unreadable(path, what, &pem::Error::NoItemsFound)),
        Ok(found) => Ok(found),
        Err(error) => Err(unreadable(path, what, &error)),
    }
}

fn private_key(path: &Path) -> Result<PrivateKeyDer<'static>, Failure> {
    PrivateKeyDer::from_pem_file(path).map_err(|error| unreadable(path, "private key", &error))
}

fn unreadable(path: &Path, what: &str, error: &pem::Error) -> Failure {
    let why = match error {
        pem::Error::Io(error) if error.kind() == std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        pem::Error::Io(error) if error.kind() == std::io::ErrorKind::PermissionDenied => {
            "this user may not read it".to_owned()
        }
        pem::Error::Io(error) => error.to_string(),
        pem::Error::NoItemsFound => "it holds none in PEM".to_owned(),
        other => format!("{other:?}"),
    };
    Failure::new(FailureKind::LocalFile, format!("The {what} {} cannot be read: {why}.", path.display()))
        .with_hint("Look at `tls` of the host's profile, at the Docker context or at DOCKER_CERT_PATH.")
}

fn half(there: &str, missing: &str) -> Failure {
    Failure::new(FailureKind::LocalFile, format!("There is a client {there} but no {missing} to go with it."))
        .with_hint("Name both `cert` and `key`, or neither.")
}

fn unusable(error: &rustls::Error) -> Failure {
    Failure::new(FailureKind::Unsupported, format!("TLS cannot be used here: {error}."))
}
