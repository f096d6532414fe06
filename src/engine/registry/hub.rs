//! The Docker Hub's own API: it has no catalog, but tells the repositories of a user and more about their tags.

use super::session::plain_client;
use super::{Registries, failure};
use crate::domain::{
    Credential, Failure, FailureKind, ItemKind, RegistryItem, RegistryName, RegistryPage, RegistryPath,
};
use crate::engine::call::encode;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::json;

pub const ADDRESS: &str = "https://hub.docker.com";
/// Whose repositories are listed for whoever is not logged in.
const OFFICIAL: &str = "library";
/// The most that it gives at a time.
const PAGE: usize = 100;

#[derive(Debug)]
pub struct Hub {
    http: reqwest::Client,
    address: String,
    /// Who is logged in, and what was given for that.
    login: Option<(String, String)>,
}

impl Hub {
    /// Logs in where a login is kept: without, private repositories are not there.
    pub async fn new(registries: &Registries) -> Result<Self, Failure> {
        let http = plain_client().map_err(|error| failure::broken(&RegistryName::hub(), &error))?;
        let mut hub = Self { http, address: registries.hub.to_string(), login: None };
        if let Some(Credential::Password { user, password }) = registries.credentials.get(&RegistryName::hub()).await? {
            let body = json!({ "identifier": user, "secret": password.reveal() });
            let request = hub.http.post(format!("{}/v2/auth/token", hub.address)).json(&body);
            let given: Given = hub.ask(request, "a token").await?;
            hub.login = Some((user.into(), given.access_token));
        }
        Ok(hub)
    }

    /// The repositories of whoever is logged in, else the official ones; or the tags of one.
    pub async fn page(&self, path: &RegistryPath, after: Option<&str>) -> Result<RegistryPage, Failure> {
        let number = after.and_then(|page| page.parse::<u32>().ok()).unwrap_or(1);
        let query = format!("?page_size={PAGE}&page={number}");
        let (more, items) = match path.repository.as_deref() {
            None => {
                let namespace = self.login.as_ref().map_or(OFFICIAL, |(user, _)| user);
                let address = format!("{}/v2/namespaces/{}/repositories{query}", self.address, encode(namespace));
                let page: Page<Repository> = self.ask(self.http.get(address), "its repositories").await?;
                let items = page.results.into_iter().map(|found| found.item(namespace)).collect();
                (page.next.is_some(), items)
            }
            Some(repository) => {
                let (namespace, name) = repository.split_once('/').unwrap_or((OFFICIAL, repository));
                let (namespace, name) = (encode(namespace), encode(name));
                let address = format!("{}/v2/namespaces/{namespace}/repositories/{name}/tags{query}", self.address);
                let page: Page<Tag> = self.ask(self.http.get(address), &format!("the tags of {repository}")).await?;
                (page.next.is_some(), page.results.into_iter().map(Tag::item).collect::<Vec<_>>())
            }
        };
        Ok(RegistryPage { items, next: more.then(|| (number + 1).to_string().into()) })
    }

    async fn ask<T: DeserializeOwned>(&self, request: reqwest::RequestBuilder, what: &str) -> Result<T, Failure> {
        let hub = RegistryName::hub();
        let request = match &self.login {
            Some((_, token)) => request.bearer_auth(token),
            None => request,
        };
        let answer = request.send().await.map_err(|error| failure::broken(&hub, &error))?;
        let status = answer.status();
        if status.is_success() {
            return answer.json().await.map_err(|error| failure::broken(&hub, &error));
        }
        Err(match status.as_u16() {
            401 | 403 => Failure::new(FailureKind::Unauthorized, format!("The Docker Hub does not tell us {what}."))
                .with_hint("Log in to it (again), or look whether the user has the right to it."),
            404 => Failure::new(FailureKind::NotFound, format!("The Docker Hub does not have {what}.")),
            429 => Failure::new(FailureKind::Forbidden, "The Docker Hub was asked too often.".to_owned())
                .with_hint("Wait a while, or log in to it."),
            other => Failure::new(FailureKind::Engine, format!("The Docker Hub answered {other} for {what}.")),
        })
    }
}

#[derive(Deserialize)]
struct Given {
    access_token: String,
}

#[derive(Deserialize)]
struct Page<T> {
    #[serde(default)]
    next: Option<String>,
    #[serde(default = "Vec::new")]
    results: Vec<T>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Repository {
    name: String,
    #[serde(deserialize_with = "or_empty")]
    description: String,
    #[serde(deserialize_with = "or_empty")]
    last_updated: String,
    is_private: bool,
    star_count: u64,
    pull_count: u64,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Tag {
    name: String,
    full_size: Option<u64>,
    digest: Option<String>,
    #[serde(deserialize_with = "or_empty")]
    last_updated: String,
    images: Vec<Image>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Image {
    #[serde(deserialize_with = "or_empty")]
    os: String,
    #[serde(deserialize_with = "or_empty")]
    architecture: String,
}

impl Repository {
    fn item(self, namespace: &str) -> RegistryItem {
        let counts = format!("{} pulls, {} stars", self.pull_count, self.star_count);
        let private = self.is_private.then(|| "private".to_owned());
        let words: Vec<String> =
            private.into_iter().chain([counts, self.description]).filter(|word| !word.is_empty()).collect();
        RegistryItem {
            updated: seconds(&self.last_updated),
            about: words.join(" · ").into(),
            ..RegistryItem::new(ItemKind::Repository, format!("{namespace}/{}", self.name))
        }
    }
}

impl Tag {
    fn item(self) -> RegistryItem {
        let known = self.images.iter().filter(|image| !image.os.is_empty() && image.os != "unknown");
        let platforms: Vec<String> = known.map(|image| format!("{}/{}", image.os, image.architecture)).collect();
        RegistryItem {
            digest: self.digest.map(Into::into),
            size: self.full_size,
            updated: seconds(&self.last_updated),
            about: platforms.join(" ").into(),
            ..RegistryItem::new(ItemKind::Tag, self.name)
        }
    }
}

fn or_empty<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

fn seconds(time: &str) -> Option<i64> {
    time.parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_second)
}
