//! Registries from this machine: asked, browsed and changed beside the engines.

use super::spawn::Outbox;
use crate::app::msg::{DetailData, DetailKey};
use crate::app::{Fetch, HostMsg};
use crate::config::edit::write_file;
use crate::config::{Environment, docker_folder};
use crate::demo::DemoEngine;
use crate::domain::{
    Done, Failure, FailureKind, HostId, ImageReference, Registry, RegistryName, RegistryPage, RegistryPath,
    RegistryProfile, RegistryRequest, RegistryStatus,
};
use crate::engine::{Credentials, Engine, Registries};
use futures_util::future::join_all;
use serde_json::Value;

/// Who answers for registries: they themselves, or in the demo the embedded engine, so that nothing leaves this machine.
#[derive(Clone, Debug)]
pub(super) enum Counter {
    Real(Registries),
    Demo(DemoEngine),
}

/// The logins that Docker's configuration keeps.
pub(super) fn credentials(environment: &Environment) -> Credentials {
    docker_folder(environment).map_or_else(Credentials::none, |folder| Credentials::of(folder, write_file))
}

/// The registries as the config file has them, `~/` in paths being the user's home.
pub(super) fn real(environment: &Environment, profiles: &[RegistryProfile]) -> Registries {
    let expanded = profiles.iter().map(|profile| RegistryProfile {
        ca: profile.ca.as_ref().map(|ca| environment.expand(&ca.to_string_lossy())),
        ..profile.clone()
    });
    Registries::new(credentials(environment), expanded.collect())
}

/// Whether a question is for the registries, whatever the engine does.
pub(super) fn answers(fetch: &Fetch) -> bool {
    match fetch {
        Fetch::Registries | Fetch::RegistryPage { .. } => true,
        Fetch::Detail(key) => shows(key),
        _ => false,
    }
}

/// Whether a detail tab shows something of a registry.
pub(super) fn shows(key: &DetailKey) -> bool {
    matches!(key, DetailKey::Registry(_) | DetailKey::RegistryImage(_))
}

/// Asks once and sends the answer; how each registry answers follows one by one.
pub(super) async fn fetch(host: HostId, engine: Engine, counter: Counter, fetch: Fetch, out: Outbox) {
    match fetch {
        Fetch::RegistryPage { path, after } => {
            let page = counter.page(&path, after.as_deref()).await;
            out.host(&host, HostMsg::RegistryPage { path, after, page }).await;
        }
        Fetch::Detail(key) => {
            let answer = counter.detail(&key).await;
            out.host(&host, HostMsg::Detail(key, answer)).await;
        }
        _ => {
            let known = counter.known(&engine).await;
            let asked: Vec<(RegistryName, bool)> = match &known {
                Ok(known) => known.iter().map(|registry| (registry.name.clone(), registry.insecure)).collect(),
                Err(_) => Vec::new(),
            };
            out.host(&host, HostMsg::Registries(known)).await;
            let knocks = asked.into_iter().map(|(name, insecure)| {
                let (counter, out, host) = (&counter, &out, &host);
                async move {
                    let status = counter.status(&name, insecure).await;
                    out.host(host, HostMsg::RegistryStatus(name, status)).await;
                }
            });
            join_all(knocks).await;
        }
    }
}

impl Counter {
    async fn known(&self, engine: &Engine) -> Result<Vec<Registry>, Failure> {
        match self {
            Self::Real(registries) => {
                // An engine that does not tell its own (a proxy) hides only those.
                let own = engine.registries().await.unwrap_or_default();
                let logins = registries.credentials().known().await?;
                Ok(Registry::all(&own, &logins, registries.profiles()))
            }
            Self::Demo(demo) => Ok(demo.registries().await),
        }
    }

    async fn status(&self, name: &RegistryName, insecure: bool) -> RegistryStatus {
        match self {
            Self::Real(registries) => registries.status(name, insecure).await,
            Self::Demo(demo) => demo.registry_status(name).await,
        }
    }

    async fn page(&self, path: &RegistryPath, after: Option<&str>) -> Result<RegistryPage, Failure> {
        match self {
            Self::Real(registries) => registries.page(path, after).await,
            Self::Demo(demo) => demo.registry_page(path).await,
        }
    }

    /// The digest that an image's name has in its registry now.
    pub async fn digest(&self, reference: &ImageReference) -> Result<String, Failure> {
        match self {
            Self::Real(registries) => registries.digest(reference).await,
            Self::Demo(_) => Err(Failure::new(FailureKind::Unsupported, "The demo asks no registry.")),
        }
    }

    /// What a detail tab shows of a registry.
    pub async fn detail(&self, key: &DetailKey) -> Result<DetailData, Failure> {
        let told = match (self, key) {
            (Self::Real(registries), DetailKey::RegistryImage(path)) => registries.inspect(path).await?,
            (Self::Demo(demo), DetailKey::RegistryImage(path)) => demo.registry_image(path).await?,
            (Self::Real(registries), DetailKey::Registry(name)) => registries.describe(name).await?,
            (Self::Demo(demo), DetailKey::Registry(name)) => demo.registry_described(name).await,
            (_, _) => Value::Null,
        };
        Ok(DetailData::Json(Box::new(told)))
    }

    /// Does what is asked for.
    pub async fn perform(&self, engine: Option<&Engine>, request: &RegistryRequest) -> Result<Done, Failure> {
        match self {
            Self::Real(registries) => registries.perform(engine, request).await,
            Self::Demo(demo) => demo.registry_request(request).await,
        }
    }
}
