//! The logins of registries, as Docker's own configuration keeps them: in `config.json` or with a credential helper.
//!
//! They are read afresh for each use, in a thread that may wait, and kept nowhere. What is sent of them to an engine is
//! marked as sensitive; the request log knows paths and bodies, never headers.

mod file;
mod helper;
mod keep;

pub use file::WriteFile;

use super::Engine;
use crate::domain::{Credential, Failure, FailureKind, ImageReference, RegistryName, Secret};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE;
use docker_credential::{CredentialRetrievalError, DockerCredential};
use file::{ConfigFile, Contents};
use hyper::header::{HeaderName, HeaderValue};
use serde_json::{Value, json};
use std::path::PathBuf;

/// Carries the login to one registry, JSON in base64 for URLs.
pub(super) const REGISTRY_AUTH: HeaderName = HeaderName::from_static("x-registry-auth");

/// Where Docker's configuration lies, if anywhere.
#[derive(Clone, Debug)]
pub struct Credentials {
    config: Option<ConfigFile>,
}

impl Credentials {
    /// No login anywhere.
    pub fn none() -> Self {
        Self { config: None }
    }

    /// Those of the folder that `DOCKER_CONFIG` names, else of `~/.docker`. `write` replaces a file at once.
    pub fn of(folder: PathBuf, write: WriteFile) -> Self {
        Self { config: Some(ConfigFile::new(folder, write)) }
    }

    /// The login to a registry, if there is one.
    ///
    /// # Errors
    /// Where the configuration or the helper that keeps it cannot be read.
    pub async fn get(&self, registry: &RegistryName) -> Result<Option<Credential>, Failure> {
        let Some(config) = self.config.clone() else { return Ok(None) };
        let registry = registry.clone();
        waiting(move || read(&config, &registry)).await
    }
}

impl Engine {
    /// Tells registries, through the engine, that it is the user who pulls, pushes or builds.
    #[must_use]
    pub fn with_credentials(mut self, credentials: Credentials) -> Self {
        self.credentials = credentials;
        self
    }

    /// The value of `X-Registry-Auth` for an image's registry; `None` where nobody is logged in.
    pub(super) async fn credentials_for(&self, reference: &ImageReference) -> Result<Option<HeaderValue>, Failure> {
        let registry = RegistryName::parse(reference.registry())
            .map_err(|invalid| Failure::new(FailureKind::BadRequest, invalid.sentence()))?;
        let credential = self.credentials.get(&registry).await?;
        credential.map(|credential| sensitive(&auth_config(&registry, &credential))).transpose()
    }

    /// The value of `X-Registry-Config`: the login to every registry of these images that there is one to.
    pub(super) async fn credentials_for_all(&self, images: &[ImageReference]) -> Result<Option<HeaderValue>, Failure> {
        let mut known = serde_json::Map::new();
        for image in images {
            let Ok(registry) = RegistryName::parse(image.registry()) else { continue };
            if !known.contains_key(registry.login_key())
                && let Some(credential) = self.credentials.get(&registry).await?
            {
                known.insert(registry.login_key().to_owned(), auth_config(&registry, &credential));
            }
        }
        if known.is_empty() { Ok(None) } else { sensitive(&known.into()).map(Some) }
    }
}

/// As engines want it, in the words of the docker client.
fn auth_config(registry: &RegistryName, credential: &Credential) -> Value {
    let server = registry.login_key();
    match credential {
        Credential::Password { user, password } => {
            json!({ "username": user, "password": password.reveal(), "serveraddress": server })
        }
        Credential::Token { token, .. } => json!({ "identitytoken": token.reveal(), "serveraddress": server }),
    }
}

/// In base64 for URLs: with the usual alphabet, engines read `/` and `+` as nothing.
fn sensitive(value: &Value) -> Result<HeaderValue, Failure> {
    let mut header = HeaderValue::from_str(&URL_SAFE.encode(value.to_string()))
        .map_err(|_| Failure::new(FailureKind::BadRequest, "The login cannot be sent to the engine."))?;
    header.set_sensitive(true);
    Ok(header)
}

fn read(config: &ConfigFile, registry: &RegistryName) -> Result<Option<Credential>, Failure> {
    let Some(text) = config.text()? else { return Ok(None) };
    let contents = config.parse(&text)?;
    let found = docker_credential::get_credential_from_reader(text.as_bytes(), registry.login_key());
    match found {
        Ok(DockerCredential::UsernamePassword(user, password)) if !user.is_empty() => {
            Ok(Some(Credential::password(user, password)))
        }
        Ok(DockerCredential::IdentityToken(token)) if !token.is_empty() => {
            let user = user_in(&contents, registry).unwrap_or_default();
            Ok(Some(Credential::Token { user, token: Secret::new(token) }))
        }
        Ok(_) | Err(CredentialRetrievalError::NoCredentialConfigured) => Ok(None),
        Err(error) => unread(config, registry, &error),
    }
}

fn unread(
    config: &ConfigFile,
    registry: &RegistryName,
    error: &CredentialRetrievalError,
) -> Result<Option<Credential>, Failure> {
    let sentence = match error {
        CredentialRetrievalError::HelperFailure { stdout, stderr, .. } if helper::knows_none(stdout, stderr) => {
            return Ok(None);
        }
        CredentialRetrievalError::HelperFailure { helper, stdout, stderr } => {
            format!("{helper} did not give the login to {registry}: {}.", helper::words(stdout, stderr))
        }
        CredentialRetrievalError::HelperCommunicationError => {
            format!("The credential helper that keeps the login to {registry} cannot be run.")
        }
        CredentialRetrievalError::MalformedHelperResponse => {
            format!("What the credential helper says of the login to {registry} cannot be read.")
        }
        CredentialRetrievalError::CredentialDecodingError
        | CredentialRetrievalError::CredentialMismatchError
        | CredentialRetrievalError::NoCredentialConfigured
        | CredentialRetrievalError::ConfigNotFound
        | CredentialRetrievalError::ConfigReadError => {
            format!("The login to {registry} in {} cannot be read.", config.path().display())
        }
    };
    Err(Failure::new(FailureKind::LocalFile, sentence)
        .with_hint(format!("Log in to {registry} again, or look at {}.", config.path().display())))
}

/// The user's name beside a token, where the file has one.
fn user_in(contents: &Contents, registry: &RegistryName) -> Option<Box<str>> {
    contents.logins().find(|(server, _)| *server == registry.login_key()).and_then(|(_, entry)| file::user_of(entry))
}

/// Reading a file and asking a helper may take their time.
pub(super) async fn waiting<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    let stopped = |_| Err(Failure::new(FailureKind::LocalFile, "Reading the logins was stopped."));
    tokio::task::spawn_blocking(work).await.unwrap_or_else(stopped)
}

#[cfg(test)]
mod tests;
