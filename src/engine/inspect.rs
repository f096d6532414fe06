//! Questions about one container or image: inspect, history, top, changes.

use super::Engine;
use super::call::{Call, Wait, encode};
use super::failure::from_bollard;
use crate::domain::{ChangeKind, ContainerId, Failure, FileChange, ImageId, Layer, NetworkId, Processes, VolumeName};
use bollard::models::{ChangeType, ContainerTopResponse, ImageHistoryResponseItem};
use bollard::query_parameters::TopOptions;

/// One run of a container, from a start to an end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContainerRun {
    pub is_up: bool,
    /// As the engine says it: two runs have two.
    pub started_at: Box<str>,
}

impl Engine {
    /// `GET /containers/{id}/json`, as the engine says it.
    pub async fn inspect_container(&self, id: &ContainerId) -> Result<serde_json::Value, Failure> {
        self.ask_json("“inspect”", Call::get(&["containers", id.as_str(), "json"])).await
    }

    /// `GET /containers/{id}/json`: whether it was killed for want of memory when it ended last.
    pub async fn ran_out_of_memory(&self, id: &ContainerId) -> Result<bool, Failure> {
        let told = self.inspect_container(id).await?;
        Ok(told.pointer("/State/OOMKilled").and_then(serde_json::Value::as_bool).unwrap_or(false))
    }

    /// `GET /containers/{id}/json`: since when it runs, or that it does not.
    pub async fn container_run(&self, id: &ContainerId) -> Result<ContainerRun, Failure> {
        let told = self.inspect_container(id).await?;
        let state = |name: &str| told.get("State").and_then(|state| state.get(name));
        let is_up = state("Running").and_then(serde_json::Value::as_bool).unwrap_or(false);
        let started_at = state("StartedAt").and_then(serde_json::Value::as_str).unwrap_or_default();
        Ok(ContainerRun { is_up, started_at: started_at.into() })
    }

    /// `GET /images/{id}/json`, as the engine says it.
    pub async fn inspect_image(&self, id: &ImageId) -> Result<serde_json::Value, Failure> {
        self.ask_json("“inspect”", Call::get(&["images", id.as_str(), "json"])).await
    }

    /// `GET /volumes/{name}`
    pub async fn inspect_volume(&self, name: &VolumeName) -> Result<serde_json::Value, Failure> {
        self.ask_json("“inspect”", Call::get(&["volumes", name.as_str()])).await
    }

    /// `GET /networks/{id}`
    pub async fn inspect_network(&self, id: &NetworkId) -> Result<serde_json::Value, Failure> {
        self.ask_json("“inspect”", Call::get(&["networks", id.as_str()])).await
    }

    /// `GET /images/{id}/history`, newest layer first.
    pub async fn history(&self, id: &ImageId) -> Result<Vec<Layer>, Failure> {
        let layers = self.bollard(Wait::Answer)?.image_history(&encode(id.as_str())).await.map_err(from_bollard)?;
        Ok(layers.into_iter().map(layer).collect())
    }

    /// `GET /containers/{id}/top`: the host's `ps` with `arguments` (`-ef` by default).
    pub async fn top(&self, id: &ContainerId, arguments: &str) -> Result<Processes, Failure> {
        let ps_args = if arguments.is_empty() { "-ef" } else { arguments }.to_owned();
        let docker = self.bollard(Wait::Answer)?;
        let options = Some(TopOptions { ps_args });
        docker.top_processes(&encode(id.as_str()), options).await.map(processes).map_err(from_bollard)
    }

    /// `GET /containers/{id}/changes`: walks the container's files, which may take a while.
    pub async fn changes(&self, id: &ContainerId) -> Result<Vec<FileChange>, Failure> {
        let changes = self.bollard(Wait::Act)?.container_changes(&encode(id.as_str())).await.map_err(from_bollard)?;
        let change = |change: bollard::models::FilesystemChange| FileChange {
            kind: match change.kind {
                ChangeType::_0 => ChangeKind::Modified,
                ChangeType::_1 => ChangeKind::Added,
                ChangeType::_2 => ChangeKind::Deleted,
            },
            path: change.path.into(),
        };
        Ok(changes.unwrap_or_default().into_iter().map(change).collect())
    }
}

fn layer(item: ImageHistoryResponseItem) -> Layer {
    Layer {
        id: Some(item.id).filter(|id| !id.is_empty() && id != "<missing>").map(ImageId::new),
        created: item.created,
        created_by: item.created_by.into(),
        size: u64::try_from(item.size).unwrap_or(0),
        tags: item.tags.into_iter().map(Into::into).collect(),
        comment: item.comment.into(),
    }
}

/// Podman 4.3 answers custom arguments with `ps`'s lines in one column, unsplit.
fn processes(answer: ContainerTopResponse) -> Processes {
    let titles = answer.titles.unwrap_or_default();
    let rows = answer.processes.unwrap_or_default();
    let columns = titles.iter().flat_map(|title| title.split_whitespace()).count();
    if titles.len() == 1 && columns > 1 {
        let split = |row: Vec<String>| split_row(&row.concat(), columns);
        let titles = titles.iter().flat_map(|title| title.split_whitespace()).map(Into::into).collect();
        return Processes { titles, rows: rows.into_iter().map(split).collect() };
    }
    let boxed = |words: Vec<String>| words.into_iter().map(Into::into).collect();
    Processes { titles: boxed(titles), rows: rows.into_iter().map(boxed).collect() }
}

/// The last column, the command, keeps its blanks.
fn split_row(line: &str, columns: usize) -> Vec<Box<str>> {
    let mut words = Vec::with_capacity(columns);
    let mut rest = line.trim();
    while words.len() + 1 < columns
        && let Some((word, tail)) = rest.split_once(char::is_whitespace)
    {
        words.push(word.into());
        rest = tail.trim_start();
    }
    words.push(rest.into());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn podmans_one_column_is_split() {
        let answer = |titles: &[&str], row: &[&str]| ContainerTopResponse {
            titles: Some(titles.iter().map(ToString::to_string).collect()),
            processes: Some(vec![row.iter().map(ToString::to_string).collect()]),
        };
        let podman = processes(answer(&["USER   PID CMD"], &["root  12 sleep  100 x "]));
        assert_eq!(podman.titles, ["USER".into(), "PID".into(), "CMD".into()] as [Box<str>; 3]);
        assert_eq!(podman.rows[0], ["root".into(), "12".into(), "sleep  100 x".into()] as [Box<str>; 3]);
        let docker = processes(answer(&["PID", "CMD"], &["12", "sleep 100"]));
        assert_eq!(docker.rows[0], ["12".into(), "sleep 100".into()] as [Box<str>; 2]);
        assert_eq!(processes(answer(&["PID"], &["12"])).rows[0].len(), 1);
    }
}
