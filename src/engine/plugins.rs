//! Plugins: `GET /plugins`, and the drivers that `GET /info` lists.

use super::Engine;
use super::call::Call;
use super::lenient::{List, Pairs, Word, Words, or_default};
use crate::domain::{Failure, FailureKind, Plugin};
use serde::Deserialize;

impl Engine {
    /// `GET /plugins` and the drivers of `GET /info`; those that were installed first. An engine without plugins (Podman) has
    /// its drivers alone.
    pub async fn plugins(&self) -> Result<Vec<Plugin>, Failure> {
        let installed = match self.ask_json::<Installed>("“plugins”", Call::get(&["plugins"])).await {
            Ok(installed) => installed.0,
            Err(failure) if matches!(failure.kind, FailureKind::Unsupported | FailureKind::NotFound) => Vec::new(),
            Err(failure) => return Err(failure),
        };
        let drivers: Information = self.ask_json("“info”", Call::get(&["info"])).await?;
        Ok(installed.into_iter().chain(drivers.plugins.rows()).collect())
    }
}

type Installed = List<ListedPlugin, Plugin>;

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct ListedPlugin {
    name: Word,
    #[serde(deserialize_with = "or_default")]
    enabled: bool,
    #[serde(deserialize_with = "or_default")]
    config: PluginConfig,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct PluginConfig {
    description: Word,
    #[serde(deserialize_with = "or_default")]
    interface: Interface,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Interface {
    types: Words,
}

impl From<ListedPlugin> for Plugin {
    fn from(listed: ListedPlugin) -> Self {
        // `docker.volumedriver/1.0`
        let kinds: Vec<&str> = listed.config.interface.types.0.iter().map(|kind| capability(kind)).collect();
        Self {
            name: listed.name.0,
            kind: kinds.join(", ").into(),
            enabled: Some(listed.enabled),
            description: listed.config.description.0,
        }
    }
}

fn capability(kind: &str) -> &str {
    let kind = kind.split_once('/').map_or(kind, |(kind, _)| kind);
    kind.strip_prefix("docker.").unwrap_or(kind)
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Information {
    plugins: Drivers,
}

#[derive(Default, Deserialize)]
#[serde(transparent)]
struct Drivers(Pairs<Words>);

impl Drivers {
    fn rows(self) -> impl Iterator<Item = Plugin> {
        self.0.0.into_iter().flat_map(|(kind, names)| {
            let kind: Box<str> = kind.to_lowercase().into();
            names.0.into_iter().map(move |name| Plugin { name, kind: kind.clone(), ..Plugin::default() })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn installed_and_built_in_ones_are_told() {
        let installed: Installed = serde_json::from_str(
            r#"[{"Name":"vieux/sshfs:latest","Enabled":false,"Config":{"Description":"sshFS plugin",
               "Interface":{"Types":["docker.volumedriver/1.0"]}}},{"Name":"x","Config":null}]"#,
        )
        .unwrap();
        assert_eq!((&*installed.0[0].kind, installed.0[0].enabled), ("volumedriver", Some(false)));
        let drivers: Information = serde_json::from_str(
            r#"{"Plugins":{"Volume":["local"],"Network":["bridge","host"],"Authorization":null}}"#,
        )
        .unwrap();
        let rows: Vec<Plugin> = drivers.plugins.rows().collect();
        let told: Vec<_> = rows.iter().map(|row| (&*row.kind, &*row.name)).collect();
        assert_eq!(told, [("volume", "local"), ("network", "bridge"), ("network", "host")]);
    }
}
