//! Registries of the demo, in memory: what lies in them, who may look, what is deleted.

use super::DemoEngine;
use super::actor::Message;
use crate::domain::{
    Done, Failure, FailureKind, ItemKind, LoginKeeper, Registry, RegistryItem, RegistryName, RegistryPage,
    RegistryPath, RegistryRequest, RegistrySource, RegistryStatus,
};
use serde_json::{Value, json};
use tokio::sync::oneshot;

/// Open to all.
const OPEN: &str = "localhost:5000";
/// Wants a login; any name will do with this password.
const PRIVATE: &str = "registry.example.com";
const PASSWORD: &str = "demo";
const PLATFORMS: [&str; 2] = ["linux/amd64", "linux/arm64"];

/// All registries of one demo.
#[derive(Debug)]
pub struct Shelf {
    /// Who is logged in to the private one.
    user: Option<Box<str>>,
    /// Registry, repository and tag of each image.
    images: Vec<(&'static str, &'static str, &'static str)>,
}

impl Default for Shelf {
    fn default() -> Self {
        let images = vec![
            (OPEN, "shop/api", "1.4.1"),
            (OPEN, "shop/api", "1.4.2"),
            (OPEN, "shop/api", "latest"),
            (OPEN, "shop/web", "2.0"),
            (OPEN, "tools/backup", "3"),
            (PRIVATE, "team/billing", "7"),
            (PRIVATE, "team/billing", "8-rc1"),
            (RegistryName::HUB, "library/alpine", "3.20"),
            (RegistryName::HUB, "library/nginx", "1.27"),
            (RegistryName::HUB, "library/postgres", "16"),
        ];
        Self { user: None, images }
    }
}

/// Something to be asked of the shelf where it is.
pub struct Ask(Box<dyn FnOnce(&mut Shelf) + Send>);

impl Ask {
    pub fn answer(self, shelf: &mut Shelf) {
        (self.0)(shelf);
    }
}

impl std::fmt::Debug for Ask {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Ask(…)")
    }
}

impl DemoEngine {
    /// The registries that the demo knows.
    pub async fn registries(&self) -> Vec<Registry> {
        self.of_shelf(Shelf::all).await.unwrap_or_default()
    }

    pub async fn registry_status(&self, name: &RegistryName) -> RegistryStatus {
        let name = name.clone();
        self.of_shelf(move |shelf| shelf.status(&name)).await.unwrap_or(RegistryStatus::Open)
    }

    /// What lies in a place.
    ///
    /// # Errors
    /// Where a login is needed, or nothing is there.
    pub async fn registry_page(&self, path: &RegistryPath) -> Result<RegistryPage, Failure> {
        let path = path.clone();
        self.of_shelf(move |shelf| shelf.page(&path)).await.unwrap_or_else(|| Err(over()))
    }

    /// An image as JSON for the eye.
    ///
    /// # Errors
    /// As [`DemoEngine::registry_page`].
    pub async fn registry_image(&self, path: &RegistryPath) -> Result<Value, Failure> {
        let path = path.clone();
        self.of_shelf(move |shelf| shelf.image(&path)).await.unwrap_or_else(|| Err(over()))
    }

    /// What is known of a registry without asking it.
    pub async fn registry_described(&self, name: &RegistryName) -> Value {
        let name = name.clone();
        let told = self.of_shelf(move |shelf| {
            let user = shelf.user.clone().filter(|_| name.as_str() == PRIVATE);
            json!({ "Name": name.as_str(), "Login": { "User": user, "In": "the memory of the demo" } })
        });
        told.await.unwrap_or_default()
    }

    /// Does what is asked for.
    ///
    /// # Errors
    /// Where the password is wrong, or nothing is there.
    pub async fn registry_request(&self, request: &RegistryRequest) -> Result<Done, Failure> {
        let request = request.clone();
        self.of_shelf(move |shelf| shelf.perform(request)).await.unwrap_or_else(|| Err(over()))
    }

    async fn of_shelf<T: Send + 'static>(&self, ask: impl FnOnce(&mut Shelf) -> T + Send + 'static) -> Option<T> {
        let (reply, answer) = oneshot::channel();
        self.tell(Message::Registry(Ask(Box::new(move |shelf| drop(reply.send(ask(shelf)))))));
        answer.await.ok()
    }
}

fn over() -> Failure {
    Failure::new(FailureKind::Lost, "The demo is over.")
}

impl Shelf {
    fn all(&mut self) -> Vec<Registry> {
        let known = |name: &str, source| -> Option<Registry> {
            let name = RegistryName::parse(name).ok()?;
            let user = self.user.clone().filter(|_| name.as_str() == PRIVATE);
            let insecure = name.is_loopback();
            let status = RegistryStatus::Asking;
            Some(Registry { name, sources: vec![source], insecure, mirrors: Vec::new(), user, status })
        };
        let all = [
            (RegistryName::HUB, RegistrySource::Engine),
            (OPEN, RegistrySource::Config),
            (PRIVATE, RegistrySource::Login),
        ];
        all.into_iter().filter_map(|(name, source)| known(name, source)).collect()
    }

    fn status(&self, name: &RegistryName) -> RegistryStatus {
        match (name.as_str(), &self.user) {
            (PRIVATE, None) => RegistryStatus::LoginNeeded,
            (PRIVATE, Some(_)) => RegistryStatus::LoggedIn,
            _ => RegistryStatus::Open,
        }
    }

    fn page(&self, path: &RegistryPath) -> Result<RegistryPage, Failure> {
        self.let_in(&path.registry)?;
        let items = match (path.repository.as_deref(), path.reference.as_deref()) {
            (None, _) => {
                let mut names: Vec<&str> = self.of(path).map(|(_, repository, _)| repository).collect();
                names.dedup();
                names.into_iter().map(|name| RegistryItem::new(ItemKind::Repository, name)).collect()
            }
            (Some(_), None) => self.of(path).map(|(_, _, tag)| RegistryItem::new(ItemKind::Tag, tag)).collect(),
            (Some(_), Some(digest)) if digest.contains(':') => {
                let config = part(ItemKind::Config, "config", digest, 1_500);
                let layers = (1..=3_u64)
                    .map(|number| part(ItemKind::Layer, &format!("layer {number}"), digest, 28_000_000 / number));
                std::iter::once(config).chain(layers).collect()
            }
            (Some(_), Some(tag)) => {
                self.find(path, tag)?;
                PLATFORMS.map(|platform| part(ItemKind::Image, platform, tag, 529)).into()
            }
        };
        Ok(RegistryPage { items, next: None })
    }

    fn image(&self, path: &RegistryPath) -> Result<Value, Failure> {
        self.let_in(&path.registry)?;
        let reference = path.reference.as_deref().unwrap_or_default();
        if !reference.contains(':') {
            self.find(path, reference)?;
        }
        let digest = if reference.contains(':') { reference.to_owned() } else { digest(reference) };
        let parts = self.page(path)?.items;
        let parts: serde_json::Map<String, Value> = parts
            .into_iter()
            .map(|item| (item.name.to_string(), json!({ "Digest": item.digest, "Size": item.size })))
            .collect();
        Ok(json!({ "Reference": path.image(), "Digest": digest, "Size": 51_334_833, "Parts": parts }))
    }

    fn perform(&mut self, request: RegistryRequest) -> Result<Done, Failure> {
        match request {
            RegistryRequest::Login { registry, user, password, .. } => {
                if registry.as_str() != PRIVATE || password.reveal() != PASSWORD {
                    let sentence = format!("{registry} does not take this password of {user}.");
                    return Err(Failure::new(FailureKind::Unauthorized, sentence)
                        .with_hint(format!("In the demo, {PRIVATE} takes the password “{PASSWORD}”.")));
                }
                self.user = Some(user);
                Ok(Done::LoggedIn(LoginKeeper::Helper("the memory of the demo".into())))
            }
            RegistryRequest::Logout(_) => {
                let was = self.user.take();
                Ok(Done::LoggedOut(was.map(|_| LoginKeeper::Helper("the memory of the demo".into()))))
            }
            RegistryRequest::Delete { path, .. } => {
                let reference = path.reference.clone().unwrap_or_default();
                self.find(&path, &reference)?;
                let (registry, repository) = (path.registry.to_string(), path.repository.unwrap_or_default());
                self.images.retain(|image| *image != (&*registry, &*repository, &*reference));
                Ok(Done::Changed)
            }
        }
    }

    fn of<'a>(
        &'a self,
        path: &'a RegistryPath,
    ) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> + 'a {
        let fits = move |repository: &str| path.repository.as_deref().is_none_or(|wanted| wanted == repository);
        let here = move |image: &&(&str, &str, &str)| image.0 == path.registry.as_str() && fits(image.1);
        self.images.iter().filter(here).copied()
    }

    fn find(&self, path: &RegistryPath, tag: &str) -> Result<(), Failure> {
        if self.of(path).any(|(_, _, known)| known == tag) {
            return Ok(());
        }
        let repository = path.repository.as_deref().unwrap_or_default();
        Err(Failure::new(FailureKind::NotFound, format!("{} does not have {repository}:{tag}.", path.registry)))
    }

    fn let_in(&self, registry: &RegistryName) -> Result<(), Failure> {
        match self.status(registry) {
            RegistryStatus::LoginNeeded => {
                Err(Failure::new(FailureKind::Unauthorized, format!("{registry} wants a login."))
                    .with_hint("Log in to it."))
            }
            _ => Ok(()),
        }
    }
}

fn part(kind: ItemKind, name: &str, of: &str, size: u64) -> RegistryItem {
    let media = match kind {
        ItemKind::Layer => "application/vnd.oci.image.layer.v1.tar+gzip",
        ItemKind::Config => "application/vnd.oci.image.config.v1+json",
        ItemKind::Repository | ItemKind::Tag | ItemKind::Image => "application/vnd.oci.image.manifest.v1+json",
    };
    RegistryItem {
        digest: Some(digest(&format!("{of}/{name}")).into()),
        size: Some(size),
        about: media.into(),
        ..RegistryItem::new(kind, name)
    }
}

/// Looks like one, and is always the same for the same text.
fn digest(text: &str) -> String {
    let mut state = 0xcbf2_9ce4_8422_2325_u64;
    let mut hex = String::new();
    for round in 0..4_u8 {
        for byte in text.bytes().chain([round]) {
            state = (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        hex.push_str(&format!("{state:016x}"));
    }
    format!("sha256:{hex}")
}
