//! Requests about registries and the logins to them.

use super::Request;
use super::act::{Act, Verb, command_line};
use super::api::ApiCall;
use crate::domain::{RegistryName, RegistryPath, Secret};

/// One changing call on one registry, or on what this machine keeps of it.
#[derive(Clone, Debug, PartialEq)]
pub enum RegistryRequest {
    /// `POST /auth`, then kept where `docker login` keeps it.
    Login { registry: RegistryName, insecure: bool, user: Box<str>, password: Secret },
    /// Forgets a login where `docker logout` does.
    Logout(RegistryName),
    /// `DELETE /v2/{repository}/manifests/{reference}` of the registry. `object` is the image's whole name.
    Delete { path: RegistryPath, object: Box<str> },
}

impl RegistryRequest {
    /// Deletes an image; `None` where the path leads to none.
    pub fn delete(path: RegistryPath) -> Option<Self> {
        let object = path.reference.is_some().then(|| path.image()).flatten()?.into();
        Some(Self::Delete { path, object })
    }
}

impl From<RegistryRequest> for Request {
    fn from(request: RegistryRequest) -> Self {
        Self::Registry(request)
    }
}

impl Act for RegistryRequest {
    fn verb(&self) -> Verb {
        match self {
            Self::Login { .. } => Verb::new("Log in", "Logging in to", "Logged in to"),
            Self::Logout(_) => Verb::new("Log out", "Logging out of", "Logged out of"),
            Self::Delete { .. } => Verb::new("Delete", "Deleting", "Deleted"),
        }
    }

    fn object(&self) -> &str {
        match self {
            Self::Login { registry, .. } | Self::Logout(registry) => registry.as_str(),
            Self::Delete { object, .. } => object,
        }
    }

    fn nouns(&self) -> &'static str {
        match self {
            Self::Login { .. } | Self::Logout(_) => "registries",
            Self::Delete { .. } => "images",
        }
    }

    fn question(&self) -> String {
        match self {
            Self::Login { registry, .. } => format!("Log in to {registry}?"),
            Self::Logout(registry) => format!("Log out of {registry}?"),
            Self::Delete { object, .. } => format!("Delete {object}?"),
        }
    }

    fn consequence(&self) -> String {
        match self {
            Self::Login { .. } => {
                "The login is checked and kept where docker login keeps it: with a credential helper, else in Docker's \
                 config.json, encoded and not encrypted."
                    .to_owned()
            }
            Self::Logout(_) => {
                "The login that docker keeps of it is forgotten, here and for the docker command.".to_owned()
            }
            Self::Delete { .. } => {
                "Nobody can pull it any more; this cannot be undone. A registry that deletes by digest only takes all other \
                 tags of the same image along. Its layers stay until the registry collects its garbage."
                    .to_owned()
            }
        }
    }

    fn api(&self) -> ApiCall {
        match self {
            Self::Login { .. } => ApiCall::new("POST", "/auth".to_owned(), &[]),
            Self::Logout(registry) => ApiCall::new("GET", format!("https://{registry}/v2/"), &[]),
            Self::Delete { path, .. } => {
                let repository = path.repository.as_deref().unwrap_or_default();
                let reference = path.reference.as_deref().unwrap_or_default();
                let scheme = if path.insecure { "http" } else { "https" };
                let path = format!("{scheme}://{}/v2/{repository}/manifests/{reference}", path.registry);
                ApiCall::new("DELETE", path, &[])
            }
        }
    }

    fn docker_words(&self) -> Vec<String> {
        match self {
            Self::Login { registry, user, .. } => {
                command_line(&["login", "--username", user, "--password-stdin"], &[], &[registry.as_str()])
            }
            Self::Logout(registry) => command_line(&["logout"], &[], &[registry.as_str()]),
            // No command of Docker's deletes in a registry.
            Self::Delete { .. } => {
                let api = self.api();
                vec!["-X".to_owned(), api.method.to_owned(), api.path]
            }
        }
    }

    fn program(&self) -> &'static str {
        match self {
            Self::Login { .. } | Self::Logout(_) => "docker",
            Self::Delete { .. } => "curl",
        }
    }

    /// A login changes this machine alone.
    fn is_change(&self) -> bool {
        matches!(self, Self::Delete { .. })
    }

    fn is_destructive(&self) -> bool {
        match self {
            Self::Login { .. } => false,
            Self::Logout(_) | Self::Delete { .. } => true,
        }
    }
}
