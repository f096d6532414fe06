//! Searches Docker Hub, or what else an engine searches.

use super::Engine;
use super::call::Call;
use super::lenient::{List, Word, or_default};
use super::registry_words::explained;
use crate::domain::{Failure, FoundImage};
use serde::Deserialize;

/// As many as engines give at most.
const MOST_FOUND: &str = "100";

impl Engine {
    /// `GET /images/search`: the registry's order, which is by relevance.
    pub async fn search_images(&self, term: &str) -> Result<Vec<FoundImage>, Failure> {
        let call = Call::get(&["images", "search"]).query("term", term).query("limit", MOST_FOUND);
        let found: Result<List<Found, FoundImage>, Failure> = self.ask_json("“search”", call).await;
        found.map(|found| found.0).map_err(|failure| explained(failure, "docker.io"))
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Found {
    #[serde(alias = "Name")]
    name: Word,
    #[serde(alias = "Description")]
    description: Word,
    #[serde(alias = "Stars", deserialize_with = "or_default")]
    star_count: i64,
    #[serde(deserialize_with = "or_default")]
    is_official: bool,
    #[serde(deserialize_with = "or_default")]
    is_automated: bool,
}

impl From<Found> for FoundImage {
    fn from(found: Found) -> Self {
        Self {
            name: found.name.0,
            description: found.description.0,
            stars: u64::try_from(found.star_count).unwrap_or(0),
            official: found.is_official,
            automated: found.is_automated,
        }
    }
}
