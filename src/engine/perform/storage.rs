//! Carries out requests about volumes and networks.

use crate::domain::{
    Done, Failure, FailureKind, NetworkId, NetworkRequest, Progress, VolumeName, VolumeRequest, VolumeSpec,
    unused_filters,
};
use crate::engine::Engine;
use crate::engine::call::Call;
use crate::engine::lenient::{Word, Words, or_default};
use hyper::Method;
use serde::Deserialize;
use serde_json::json;

impl Engine {
    pub(super) async fn perform_on_volume(
        &self,
        request: &VolumeRequest,
        progress: impl FnMut(Progress) + Send,
    ) -> Result<Done, Failure> {
        match request {
            VolumeRequest::Create(spec) => self.create_volume(spec).await.map(|name| Done::VolumeMade { name }),
            VolumeRequest::Remove { name, force } => {
                let call = Call::new(Method::DELETE, &["volumes", name.as_str()]);
                self.ask(if *force { call.query("force", "1") } else { call }).await?;
                Ok(Done::Changed)
            }
            VolumeRequest::Prune { reach, labels } => {
                let filters = unused_filters(*reach, labels);
                let pruned: Pruned = self.ask_json("“prune”", prune_call("volumes", &filters)).await?;
                Ok(Done::Pruned { names: pruned.volumes_deleted.named(), bytes: pruned.space_reclaimed })
            }
            VolumeRequest::Clone { from, to } => {
                self.clone_volume(from, to, progress).await.map(|name| Done::VolumeMade { name })
            }
        }
    }

    /// `POST /volumes/create`. Engines take the name of a volume that there is for a wish to have just that one: here it is
    /// a mistake.
    pub(in crate::engine) async fn create_volume(&self, spec: &VolumeSpec) -> Result<VolumeName, Failure> {
        if let Some(name) = spec.volume() {
            match self.inspect_volume(&name).await {
                Err(failure) if failure.kind == FailureKind::NotFound => {}
                Err(failure) => return Err(failure),
                Ok(_) => {
                    let sentence = format!("There is a volume {name} already.");
                    return Err(Failure::new(FailureKind::Conflict, sentence).with_hint("Choose another name."));
                }
            }
        }
        let made: Made = self.ask_json("“create”", Call::post(&["volumes", "create"]).json(&spec.body())).await?;
        Ok(VolumeName::new(&*made.name.0))
    }

    pub(super) async fn perform_on_network(&self, request: &NetworkRequest) -> Result<Done, Failure> {
        match request {
            NetworkRequest::Create(spec) => {
                let call = Call::post(&["networks", "create"]).json(&spec.body());
                let made: Made = self.ask_json("“create”", call).await?;
                Ok(Done::NetworkMade { id: NetworkId::new(&*made.id.0), warning: made.warning.0.into() })
            }
            NetworkRequest::Remove { id, name } => {
                // By its name: asked by the id, Podman 4.3 removes a network that is in use.
                let removed = self.ask(Call::new(Method::DELETE, &["networks", name])).await;
                match removed {
                    Err(failure) if failure.sentence.contains("ambiguous") => {
                        self.ask(Call::new(Method::DELETE, &["networks", id.as_str()])).await?;
                    }
                    removed => drop(removed?),
                }
                Ok(Done::Changed)
            }
            NetworkRequest::Connect(connection) => {
                let call = Call::post(&["networks", connection.id.as_str(), "connect"]).json(&connection.body());
                self.ask(call).await?;
                Ok(Done::Changed)
            }
            NetworkRequest::Disconnect { id, target, force, .. } => {
                let body = json!({ "Container": target.id.as_str(), "Force": force });
                self.ask(Call::post(&["networks", id.as_str(), "disconnect"]).json(&body)).await?;
                Ok(Done::Changed)
            }
            NetworkRequest::Prune { labels } => {
                let filters = unused_filters(crate::domain::PruneReach::Undivided, labels);
                let pruned: Pruned = self.ask_json("“prune”", prune_call("networks", &filters)).await?;
                Ok(Done::Pruned { names: pruned.networks_deleted.named(), bytes: 0 })
            }
        }
    }
}

fn prune_call(kind: &str, filters: &str) -> Call {
    let call = Call::post(&[kind, "prune"]);
    if filters.is_empty() { call } else { call.query("filters", filters) }
}

/// A volume has a name, a network an id.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Made {
    name: Word,
    id: Word,
    warning: Word,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Pruned {
    volumes_deleted: Words,
    networks_deleted: Words,
    #[serde(deserialize_with = "or_default")]
    space_reclaimed: u64,
}

impl Words {
    fn named(self) -> Vec<String> {
        self.0.into_iter().map(String::from).collect()
    }
}
