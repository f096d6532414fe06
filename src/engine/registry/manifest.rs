//! Manifests: read with their configuration, and deleted.

use super::parts::Manifest;
use super::session::{Session, authorized};
use crate::domain::{Failure, FailureKind};
use oci_client::Reference;
use oci_client::manifest::OciDescriptor;
use reqwest::{Method, StatusCode};
use serde_json::Value;

/// Without these a registry would answer in a form of 2014.
const KINDS: [&str; 4] = [
    "application/vnd.oci.image.index.v1+json",
    "application/vnd.docker.distribution.manifest.list.v2+json",
    "application/vnd.oci.image.manifest.v1+json",
    "application/vnd.docker.distribution.manifest.v2+json",
];
/// A configuration that is longer is none.
const LONGEST_CONFIG: u64 = 4 * 1024 * 1024;

impl Session {
    /// What a tag or digest stands for.
    pub async fn manifest(&self, repository: &str, reference: &str) -> Result<Manifest, Failure> {
        let auth = self.authorization(&[&pull(repository)]).await?;
        let image = self.image(repository, reference);
        let read = self.oci()?.pull_manifest_raw(&image, &auth, &KINDS).await;
        let (bytes, digest) = read.map_err(|error| self.failed(&error, &format!("{repository}:{reference}")))?;
        let json: Value = serde_json::from_slice(&bytes).map_err(|error| {
            let sentence = format!("The manifest of {repository}:{reference} cannot be read: {error}.");
            Failure::new(FailureKind::Malformed, sentence)
        })?;
        Ok(Manifest::new(json, digest, bytes.len() as u64))
    }

    /// An image's configuration; nothing for an index, and for what is no image.
    pub async fn config(&self, repository: &str, manifest: &Manifest) -> Option<Value> {
        let (digest, size) = manifest.config()?;
        if size > LONGEST_CONFIG {
            return None;
        }
        let auth = self.authorization(&[&pull(repository)]).await.ok()?;
        let image = self.image(repository, digest);
        let client = self.oci().ok()?;
        client.store_auth_if_needed(image.resolve_registry(), &auth).await;
        let size = i64::try_from(size).unwrap_or_default();
        let described = OciDescriptor { digest: digest.to_owned(), size, ..OciDescriptor::default() };
        let mut bytes = Vec::new();
        client.pull_blob(&image, &described, &mut bytes).await.ok()?;
        serde_json::from_slice(&bytes).ok()
    }

    /// By tag where the registry knows how to, else by the digest that the tag has now.
    pub async fn delete(&self, repository: &str, reference: &str) -> Result<(), Failure> {
        match self.delete_one(repository, reference).await {
            Err(failure) if is_by_digest_only(&failure) && !reference.contains(':') => {
                let digest = self.manifest(repository, reference).await?.digest;
                self.delete_one(repository, &digest).await
            }
            deleted => deleted,
        }
        .map_err(|failure| match failure.kind {
            FailureKind::Unsupported => Failure::new(
                FailureKind::Unsupported,
                format!("{} does not allow anything to be deleted.", self.registry),
            )
            .with_hint("Its operator can allow it: storage.delete.enabled, REGISTRY_STORAGE_DELETE_ENABLED=true."),
            _ => failure,
        })
    }

    async fn delete_one(&self, repository: &str, reference: &str) -> Result<(), Failure> {
        let auth = self.authorization(&[&format!("repository:{repository}:pull,delete")]).await?;
        let address = format!("{}/v2/{repository}/manifests/{reference}", self.base);
        let request = authorized(self.http.request(Method::DELETE, address), &auth);
        let answer = request.send().await.map_err(|error| self.broken(&error))?;
        match answer.status() {
            status if status.is_success() => Ok(()),
            StatusCode::NOT_FOUND => {
                let sentence = format!("{} does not have {repository}:{reference} any more.", self.registry);
                Err(Failure::new(FailureKind::NotFound, sentence))
            }
            status => Err(self.refused(status, "")),
        }
    }

    fn image(&self, repository: &str, reference: &str) -> Reference {
        let (host, repository, reference) = (self.host().to_owned(), repository.to_owned(), reference.to_owned());
        match reference.contains(':') {
            true => Reference::with_digest(host, repository, reference),
            false => Reference::with_tag(host, repository, reference),
        }
    }
}

fn pull(repository: &str) -> String {
    format!("repository:{repository}:pull")
}

/// Registries before the third edition say 400 to a tag where they want a digest; others that they do not do this.
fn is_by_digest_only(failure: &Failure) -> bool {
    matches!(failure.kind, FailureKind::BadRequest | FailureKind::Unsupported)
}
