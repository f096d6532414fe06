//! Plugins: `GET /plugins`, and the drivers that `GET /info` lists.

use super::Engine;
use super::call::{Call, Wait};
use super::credentials::REGISTRY_AUTH;
use super::lenient::{List, Pairs, Word, Words, or_default};
use crate::domain::{Failure, FailureKind, ImageReference, Plugin, Privilege};
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

    /// What a plugin of a registry wants to be allowed: `GET /plugins/privileges`.
    pub async fn plugin_privileges(&self, reference: &str) -> Result<Vec<Privilege>, Failure> {
        let call = Call::get(&["plugins", "privileges"]).query("remote", reference).wait(Wait::Act);
        let call = self.plugin_login(call, reference).await?;
        let wanted: Result<List<ListedPrivilege, Privilege>, Failure> = self.ask_json("“privileges”", call).await;
        wanted.map(|wanted| wanted.0).map_err(no_plugins)
    }

    /// With the login to the registry that a plugin comes from, where there is one.
    pub(super) async fn plugin_login(&self, call: Call, reference: &str) -> Result<Call, Failure> {
        let Ok(reference) = reference.parse::<ImageReference>() else { return Ok(call) };
        let credentials = self.credentials_for(&reference).await?;
        Ok(match credentials {
            Some(credentials) => call.header(REGISTRY_AUTH, credentials),
            None => call,
        })
    }
}

/// Podman has no such calls.
pub(super) fn no_plugins(failure: Failure) -> Failure {
    match failure.kind {
        FailureKind::Unsupported => {
            Failure::new(FailureKind::Unsupported, "This engine has no plugins that can be installed.")
                .with_hint("Docker has; Podman's drivers come with it.")
        }
        _ => failure,
    }
}

type Installed = List<ListedPlugin, Plugin>;

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct ListedPlugin {
    name: Word,
    plugin_reference: Word,
    #[serde(deserialize_with = "or_default")]
    enabled: bool,
    #[serde(deserialize_with = "or_default")]
    config: PluginConfig,
    #[serde(deserialize_with = "or_default")]
    settings: Settings,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct PluginConfig {
    description: Word,
    #[serde(deserialize_with = "or_default")]
    interface: Interface,
    env: Changeables,
    mounts: Changeables,
    #[serde(deserialize_with = "or_default")]
    args: Changeable,
    #[serde(deserialize_with = "or_default")]
    linux: Linux,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Linux {
    devices: Changeables,
}

type Changeables = List<Changeable, Changeable>;

/// Something of a plugin that has a name; what of it can be changed.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Changeable {
    name: Word,
    settable: Words,
}

/// How a plugin is set up now.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Settings {
    env: Words,
    args: Words,
    mounts: List<Place, Place>,
    devices: List<Place, Place>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Place {
    name: Word,
    /// Of a mount.
    source: Word,
    /// Of a device.
    path: Word,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct ListedPrivilege {
    name: Word,
    description: Word,
    value: Words,
}

impl From<ListedPrivilege> for Privilege {
    fn from(listed: ListedPrivilege) -> Self {
        Self { name: listed.name.0, description: listed.description.0, values: listed.value.0 }
    }
}

/// What can be changed of a plugin, as `NAME=value`: as the docker client takes it.
fn changeable(config: &PluginConfig, settings: &Settings) -> Vec<Box<str>> {
    let is_open = |part: &&Changeable| !part.settable.0.is_empty();
    let named = |list: &Changeables, name: &str| list.0.iter().filter(is_open).any(|part| *part.name.0 == *name);
    let variables = settings.env.0.iter().filter(|entry| {
        let name = entry.split_once('=').map_or(&***entry, |(name, _)| name);
        named(&config.env, name)
    });
    let mounts = settings.mounts.0.iter().filter(|mount| named(&config.mounts, &mount.name.0));
    let devices = settings.devices.0.iter().filter(|device| named(&config.linux.devices, &device.name.0));
    let arguments = Some(&config.args).filter(is_open);
    let mut all: Vec<Box<str>> = variables.cloned().collect();
    all.extend(mounts.map(|mount| format!("{}.source={}", mount.name.0, mount.source.0).into()));
    all.extend(devices.map(|device| format!("{}.path={}", device.name.0, device.path.0).into()));
    all.extend(arguments.map(|part| format!("{}={}", part.name.0, settings.args.0.join(" ")).into()));
    all
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
            settings: changeable(&listed.config, &listed.settings),
            reference: listed.plugin_reference.0,
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
