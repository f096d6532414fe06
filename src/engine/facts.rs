//! What an engine says of itself: `/version`, `/info`, `/_ping`.

use super::Engine;
use super::call::Call;
use super::lenient::{List, Word, Words, or_default};
use crate::domain::{ApiVersion, EngineFacts, EngineRegistries, Failure, Machine, RegistryName};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::time::Instant;

impl Engine {
    /// `GET /version` and `GET /info` as they are: `{"Version": …, "Info": …}`. Where the second is refused, `Refused` says why.
    pub async fn about(&self) -> Result<Value, Failure> {
        let version: Value = self.ask_json("“version”", Call::get(&["version"])).await?;
        let about = match self.ask_json::<Value>("“info”", Call::get(&["info"])).await {
            Ok(info) => json!({ "Version": version, "Info": info }),
            Err(failure) => json!({ "Version": version, "Refused": failure.sentence }),
        };
        Ok(about)
    }

    /// `GET /version` and `GET /info`, side by side. A refused `/info` leaves the machine out.
    pub async fn facts(&self) -> Result<EngineFacts, Failure> {
        let (version, machine) = tokio::join!(
            self.ask_json::<Version>("“version”", Call::get(&["version"])),
            self.ask_json::<Information>("“info”", Call::get(&["info"])),
        );
        let version = version?;
        let is_podman = version.components.0.iter().any(|name| name.starts_with("Podman"));
        let slash = |system: &str, architecture: &str| format!("{system}/{architecture}").into_boxed_str();
        Ok(EngineFacts {
            product: if is_podman { "Podman".into() } else { "Docker".into() },
            api: self.api().or_else(|| version.spoken()).unwrap_or(ApiVersion::OLDEST),
            platform: slash(&version.os.0, &version.arch.0),
            version: version.version.0,
            machine: machine.ok().map(Machine::from),
        })
    }

    /// The registries that the engine is configured with: `GET /info`.
    pub async fn registries(&self) -> Result<EngineRegistries, Failure> {
        let information: RegistryInformation = self.ask_json("“info”", Call::get(&["info"])).await?;
        Ok(information.registry_config.into())
    }

    /// How long `GET /_ping` takes.
    pub async fn ping(&self) -> Result<Duration, Failure> {
        let started = Instant::now();
        self.ask(Call::get(&["_ping"])).await?;
        Ok(started.elapsed())
    }

    /// The version to speak, asked of the body of `/version`.
    pub(super) async fn ask_api(&self) -> Result<ApiVersion, Failure> {
        let version: Version = self.ask_json("“version”", Call::get(&["version"])).await?;
        let api = version.spoken().unwrap_or(ApiVersion::OLDEST);
        self.set_api(api);
        Ok(api)
    }
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Version {
    version: Word,
    api_version: Word,
    os: Word,
    arch: Word,
    components: List<Component, Box<str>>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Component {
    name: Word,
}

impl From<Component> for Box<str> {
    fn from(component: Component) -> Self {
        component.name.0
    }
}

impl Version {
    fn spoken(&self) -> Option<ApiVersion> {
        ApiVersion::parse(&self.api_version.0).map(|newest| newest.min(ApiVersion::NEWEST))
    }
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Information {
    name: Word,
    operating_system: Word,
    kernel_version: Word,
    driver: Word,
    #[serde(rename = "NCPU", deserialize_with = "or_default")]
    cpus: u32,
    #[serde(deserialize_with = "or_default")]
    mem_total: u64,
    warnings: Words,
}

impl From<Information> for Machine {
    fn from(information: Information) -> Self {
        Self {
            name: information.name.0,
            system: information.operating_system.0,
            kernel: information.kernel_version.0,
            storage_driver: information.driver.0,
            cpus: information.cpus,
            memory: information.mem_total,
            warnings: information.warnings.0,
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct RegistryInformation {
    #[serde(deserialize_with = "or_default")]
    registry_config: RegistryConfig,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct RegistryConfig {
    #[serde(deserialize_with = "or_default")]
    index_configs: BTreeMap<String, IndexConfig>,
    mirrors: Words,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct IndexConfig {
    #[serde(deserialize_with = "or_default")]
    secure: Option<bool>,
}

/// The Docker Hub is every engine's own, also of those that say nothing of it.
impl From<RegistryConfig> for EngineRegistries {
    fn from(config: RegistryConfig) -> Self {
        let mut registries = Self { mirrors: config.mirrors.0, ..Self::default() };
        registries.names.push(RegistryName::hub());
        for (name, index) in config.index_configs {
            let Ok(name) = RegistryName::parse(&name) else { continue };
            if index.secure == Some(false) {
                registries.insecure.push(name.clone());
            }
            if !registries.names.contains(&name) {
                registries.names.push(name);
            }
        }
        registries
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_engines_registries_are_read_from_its_information() {
        let text = r#"{"RegistryConfig": {
            "InsecureRegistryCIDRs": ["127.0.0.0/8"], "Mirrors": ["https://mirror.example.com/"],
            "IndexConfigs": {
                "docker.io": {"Name": "docker.io", "Mirrors": null, "Secure": true, "Official": true},
                "reg.example.com:5000": {"Secure": false}
            }}}"#;
        let read: RegistryInformation = serde_json::from_str(text).unwrap();
        let registries = EngineRegistries::from(read.registry_config);
        let names: Vec<&str> = registries.names.iter().map(RegistryName::as_str).collect();
        assert_eq!(names, ["docker.io", "reg.example.com:5000"]);
        assert_eq!(registries.insecure.len(), 1);
        assert_eq!(registries.mirrors.len(), 1);
        // Podman says nothing of them.
        let read: RegistryInformation = serde_json::from_str(r#"{"RegistryConfig": null}"#).unwrap();
        assert_eq!(EngineRegistries::from(read.registry_config).names, [RegistryName::hub()]);
    }
}
