//! Registries, spoken to from this machine: how they answer, what lies in them, what is deleted of them.
//!
//! `oci-client` speaks the distribution protocol. What it lacks is done beside it with the same HTTP client: tokens for the
//! catalog, for deleting and from identity tokens, deleting itself, and the Docker Hub's own API. Each question opens a
//! session of its own with the login of that moment, as the client would go on using an old one.

mod challenge;
mod failure;
mod hub;
mod login;
mod manifest;
mod parts;
mod perform;
mod session;

use super::Credentials;
use crate::domain::{
    Credential, Failure, FailureKind, ImageReference, Invalid, ItemKind, RegistryItem, RegistryLevel, RegistryName,
    RegistryPage, RegistryPath, RegistryProfile, RegistryStatus,
};
use oci_client::Reference;
use session::Session;
use std::sync::Arc;

/// Repositories or tags that are asked for at a time.
const PAGE: usize = 100;

/// A handle for asking registries. Clones share what the config file says.
#[derive(Clone, Debug)]
pub struct Registries {
    credentials: Credentials,
    profiles: Arc<[RegistryProfile]>,
    /// Where the Docker Hub's own API is; tests have one of their own.
    hub: Arc<str>,
}

impl Registries {
    pub fn new(credentials: Credentials, profiles: Vec<RegistryProfile>) -> Self {
        Self { credentials, profiles: profiles.into(), hub: hub::ADDRESS.into() }
    }

    /// As [`Registries::new`], with another address in the place of the Docker Hub's API: for tests.
    #[must_use]
    pub fn with_hub(mut self, address: &str) -> Self {
        self.hub = address.into();
        self
    }

    pub fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    pub fn profiles(&self) -> &[RegistryProfile] {
        &self.profiles
    }

    /// How a registry answers, and whether it takes the login that is kept. `insecure` are those that the engine calls so.
    pub async fn status(&self, registry: &RegistryName, insecure: bool) -> RegistryStatus {
        match self.session(registry, insecure).await {
            Ok(session) => session.status().await,
            Err(failure) => RegistryStatus::Down(failure),
        }
    }

    /// What lies in a place, from `after` on.
    ///
    /// # Errors
    /// Where the registry is down, does not let us, or has no such thing.
    pub async fn page(&self, path: &RegistryPath, after: Option<&str>) -> Result<RegistryPage, Failure> {
        if path.registry.is_hub() && path.level() != RegistryLevel::Parts {
            return hub::Hub::new(self).await?.page(path, after).await;
        }
        let session = self.session(&path.registry, path.insecure).await?;
        match (path.repository.as_deref(), path.reference.as_deref()) {
            (None, _) => self.repositories(&session, after).await,
            (Some(repository), None) => self.tags(&session, repository, after).await,
            (Some(repository), Some(reference)) => {
                let items = session.manifest(repository, reference).await?.parts();
                Ok(RegistryPage { items, next: None })
            }
        }
    }

    /// What a tag or digest stands for, with its configuration, as JSON for the eye; and its digest.
    ///
    /// # Errors
    /// As [`Registries::page`].
    pub async fn inspect(&self, path: &RegistryPath) -> Result<serde_json::Value, Failure> {
        let (Some(repository), Some(reference)) = (path.repository.as_deref(), path.reference.as_deref()) else {
            return Err(Failure::new(FailureKind::BadRequest, "Only an image can be inspected."));
        };
        let session = self.session(&path.registry, path.insecure).await?;
        let manifest = session.manifest(repository, reference).await?;
        let config = session.config(repository, &manifest).await;
        Ok(manifest.told(path, config))
    }

    /// The digest that a name has now.
    ///
    /// # Errors
    /// As [`Registries::page`].
    pub async fn digest(&self, reference: &ImageReference) -> Result<String, Failure> {
        let wrong = |invalid: Invalid| Failure::new(FailureKind::BadRequest, invalid.sentence());
        let registry = RegistryName::parse(reference.registry()).map_err(wrong)?;
        let name = reference.digest().or(reference.tag()).unwrap_or("latest");
        Ok(self.session(&registry, false).await?.manifest(reference.path(), name).await?.digest)
    }

    /// Deletes a tag; where the registry deletes by digest only, the image with all its tags.
    ///
    /// # Errors
    /// As [`Registries::page`]; `Unsupported` where nothing can be deleted there.
    pub async fn delete(&self, path: &RegistryPath) -> Result<(), Failure> {
        let (Some(repository), Some(reference)) = (path.repository.as_deref(), path.reference.as_deref()) else {
            return Err(Failure::new(FailureKind::BadRequest, "Only an image can be deleted."));
        };
        if path.registry.is_hub() {
            return Err(Failure::new(FailureKind::Unsupported, "The Docker Hub deletes no images for other programs.")
                .with_hint("Delete it at https://hub.docker.com."));
        }
        self.session(&path.registry, path.insecure).await?.delete(repository, reference).await
    }

    /// What is known of a registry without asking it, as JSON for the eye.
    ///
    /// # Errors
    /// Where the login that is kept cannot be read.
    pub async fn describe(&self, registry: &RegistryName) -> Result<serde_json::Value, Failure> {
        let credential = self.credentials.get(registry).await?;
        let profile = self.profiles.iter().find(|profile| profile.name == *registry);
        let kind = match &credential {
            None => "none",
            Some(Credential::Password { .. }) => "a password",
            Some(Credential::Token { .. }) => "a token",
        };
        Ok(serde_json::json!({
            "Name": registry.as_str(),
            "Login": {
                "Kept": kind,
                "User": credential.as_ref().and_then(Credential::user),
                "In": self.credentials.place(registry).await?,
            },
            "Config": profile.map(|profile| serde_json::json!({
                "insecure": profile.insecure,
                "ca": profile.ca.as_ref().map(|ca| ca.display().to_string()),
            })),
        }))
    }

    async fn repositories(&self, session: &Session, after: Option<&str>) -> Result<RegistryPage, Failure> {
        let auth = session.authorization(&["registry:catalog:*"]).await?;
        let any = Reference::with_tag(session.host().to_owned(), "catalog".to_owned(), "latest".to_owned());
        let listed = session.oci()?.catalog(&any, &auth, Some(PAGE), after).await;
        let names = listed.map_err(|error| session.failed(&error, "its repositories"))?.repositories;
        Ok(page_of(names, ItemKind::Repository))
    }

    async fn tags(&self, session: &Session, repository: &str, after: Option<&str>) -> Result<RegistryPage, Failure> {
        let auth = session.authorization(&[&format!("repository:{repository}:pull")]).await?;
        let any = Reference::with_tag(session.host().to_owned(), repository.to_owned(), "latest".to_owned());
        let listed = session.oci()?.list_tags(&any, &auth, Some(PAGE), after).await;
        let names = listed.map_err(|error| session.failed(&error, &format!("the tags of {repository}")))?.tags;
        Ok(page_of(names, ItemKind::Tag))
    }

    async fn session(&self, registry: &RegistryName, insecure: bool) -> Result<Session, Failure> {
        let credential = self.credentials.get(registry).await?;
        let profile = self.profiles.iter().find(|profile| profile.name == *registry);
        Session::open(registry, profile, insecure, credential).await
    }
}

/// A whole page may be followed by another one.
fn page_of(names: Vec<String>, kind: ItemKind) -> RegistryPage {
    let next = names.last().filter(|_| names.len() == PAGE).map(|name| name.as_str().into());
    RegistryPage { items: names.into_iter().map(|name| RegistryItem::new(kind, name)).collect(), next }
}
