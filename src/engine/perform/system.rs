//! Carries out requests about what nobody uses.

use crate::domain::{Done, Failure, SystemRequest};
use crate::engine::Engine;
use crate::engine::call::{Call, Wait};
use crate::engine::lenient::{Words, or_default};
use serde::Deserialize;

impl Engine {
    /// Engines delete one thing after the other and answer at the end, so that there is no deadline.
    pub(super) async fn perform_on_system(&self, request: &SystemRequest) -> Result<Done, Failure> {
        let call = match request {
            SystemRequest::PruneContainers => Call::post(&["containers", "prune"]),
            SystemRequest::PruneBuildCache { all } => {
                let call = Call::post(&["build", "prune"]);
                if *all { call.query("all", "1") } else { call }
            }
        };
        let pruned: Pruned = self.whole_json("“prune”", call.wait(Wait::Forever)).await?;
        let names = pruned.containers_deleted.0.into_iter().chain(pruned.caches_deleted.0).map(String::from).collect();
        Ok(Done::Pruned { names, bytes: pruned.space_reclaimed })
    }
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Pruned {
    containers_deleted: Words,
    caches_deleted: Words,
    #[serde(deserialize_with = "or_default")]
    space_reclaimed: u64,
}
