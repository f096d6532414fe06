//! Volumes and networks as nouns: how they are found and shown, and the places of containers on them.

use super::call::Refusal;
use super::clock::rfc3339;
use super::container::{Container, Endpoint};
use super::random::Random;
use super::world::{Key, World};
use crate::domain::Subnet;
use serde_json::{Map, Value, json};
use std::collections::HashSet;

#[derive(Clone, Debug)]
pub struct Volume {
    pub name: String,
    pub created: i64,
    pub labels: Value,
    pub options: Value,
    /// Bytes.
    pub size: u64,
}

#[derive(Clone, Debug)]
pub struct Network {
    pub id: String,
    pub name: String,
    pub created: i64,
    pub driver: String,
    /// The part that its addresses share: `172.18`, or three numbers of a small one; empty for `host` and `none`.
    pub prefix: String,
    pub labels: Value,
    /// What it was created with.
    pub body: Value,
}

impl World {
    pub fn volume(&self, name: &str) -> Result<&Volume, Refusal> {
        let missing = || Refusal { status: 404, message: format!("get {name}: no such volume") };
        self.volumes.iter().find(|volume| volume.name == name).ok_or_else(missing)
    }

    pub fn network(&self, given: &str) -> Result<&Network, Refusal> {
        let missing = || Refusal { status: 404, message: format!("network {given} not found") };
        let exact = self.networks.iter().find(|network| network.name == given || network.id == given);
        let prefix = || self.networks.iter().find(|network| given.len() >= 4 && network.id.starts_with(given));
        exact.or_else(prefix).ok_or_else(missing)
    }

    /// As `docker run -v name:/path` does: a volume named is a volume made.
    pub fn ensure_volume(&mut self, name: &str) {
        if self.volumes.iter().all(|volume| volume.name != name) {
            // 64 digits are what dockerd calls a volume that nobody named.
            let anonymous = name.len() == 64;
            let labels = if anonymous { json!({ "com.docker.volume.anonymous": "" }) } else { Value::Null };
            let volume = Volume { name: name.to_owned(), created: self.now, labels, options: Value::Null, size: 4096 };
            self.volumes.push(volume);
            self.tell_of("volume", "create", name, &[("driver", "local")]);
        }
    }

    /// The volumes that go with a container when it is removed with them.
    pub fn anonymous_volumes(&self, key: Key) -> Vec<String> {
        let Some(container) = self.containers.get(&key) else { return Vec::new() };
        let mounts = container.spec.mounts.as_array().into_iter().flatten();
        let names = mounts.filter_map(|mount| mount.get("Name").and_then(Value::as_str));
        names.filter(|name| name.len() == 64).map(str::to_owned).collect()
    }

    pub fn volume_users(&self, name: &str) -> Vec<&Container> {
        let uses = |container: &&Container| {
            let mut mounts = container.spec.mounts.as_array().into_iter().flatten();
            mounts.any(|mount| mount.get("Name").and_then(Value::as_str) == Some(name))
        };
        self.containers.values().filter(uses).collect()
    }

    pub fn volume_row(&self, volume: &Volume, usage: bool) -> Value {
        let mut row = json!({
            "CreatedAt": rfc3339(volume.created),
            "Driver": "local",
            "Labels": volume.labels,
            "Mountpoint": format!("/var/lib/docker/volumes/{}/_data", volume.name),
            "Name": volume.name,
            "Options": volume.options,
            "Scope": "local",
        });
        if let (true, Some(fields)) = (usage, row.as_object_mut()) {
            let users = self.volume_users(&volume.name).len();
            fields.insert("UsageData".into(), json!({ "RefCount": users, "Size": volume.size }));
        }
        row
    }

    pub fn network_row(&self, network: &Network, whole: bool) -> Value {
        let wanted = network.body.pointer("/IPAM/Config").filter(|config| config.is_array());
        let config = if let Some(config) = wanted {
            config.clone()
        } else if network.prefix.is_empty() {
            json!([])
        } else {
            json!([{ "Subnet": format!("{}/{}", address(&network.prefix, 0), bits(&network.prefix)),
                "Gateway": address(&network.prefix, 1) }])
        };
        let switch = |key: &str| network.body.get(key).and_then(Value::as_bool).unwrap_or(false);
        let mut members = Map::new();
        if whole {
            for container in self.containers.values().filter(|container| container.is_alive()) {
                for place in container.networks.iter().filter(|place| place.network_id == network.id) {
                    let row = json!({
                        "Name": container.name, "EndpointID": place.id, "MacAddress": super::inspect::mac_address(place),
                        "IPv4Address": format!("{}/{}", place.address, place.prefix), "IPv6Address": "",
                    });
                    members.insert(container.id.clone(), row);
                }
            }
        }
        json!({
            "Name": network.name, "Id": network.id, "Created": rfc3339(network.created), "Scope": "local",
            "Driver": network.driver, "EnableIPv4": true, "EnableIPv6": switch("EnableIPv6"),
            "IPAM": { "Driver": "default", "Options": null, "Config": config },
            "Internal": switch("Internal"), "Attachable": switch("Attachable"), "Ingress": false, "ConfigFrom": { "Network": "" },
            "ConfigOnly": false, "Containers": members,
            "Options": network.body.get("Options").cloned().unwrap_or_else(|| json!({})), "Labels": network.labels,
        })
    }

    pub fn subnets(&self, network: &Network) -> Vec<Subnet> {
        let row = self.network_row(network, false);
        let pools = row.pointer("/IPAM/Config").and_then(Value::as_array).into_iter().flatten();
        pools.filter_map(|pool| pool.get("Subnet")?.as_str()?.parse().ok()).collect()
    }

    /// A place on a network for a container that does not run yet.
    pub fn endpoint(
        &mut self,
        network: &str,
        name: &str,
        id: &str,
        aliases: Option<&Value>,
    ) -> Result<Endpoint, Refusal> {
        let found = self.network(network)?;
        let mut names: Vec<String> = Vec::new();
        if !matches!(found.name.as_str(), "bridge" | "host" | "none") {
            let given = aliases.and_then(Value::as_array).into_iter().flatten();
            names.extend(given.filter_map(|alias| alias.as_str().map(str::to_owned)));
            names.push(name.to_owned());
            names.push(id.get(..12).unwrap_or(id).to_owned());
            names.dedup();
        }
        Ok(Endpoint {
            network: found.name.clone(),
            network_id: found.id.clone(),
            id: Random::for_text(self.seed, &format!("{id}{network}")).hex(64),
            aliases: names,
            address: String::new(),
            fixed: String::new(),
            gateway: if found.prefix.is_empty() { String::new() } else { address(&found.prefix, 1) },
            prefix: bits(&found.prefix),
        })
    }

    /// Gives a container that starts a free address on each of its networks.
    pub fn assign_addresses(&mut self, key: Key) {
        let Some(container) = self.containers.get(&key) else { return };
        let mut places = container.networks.clone();
        for place in &mut places {
            let Some(prefix) = self.network(&place.network_id).ok().map(|network| network.prefix.clone()) else {
                continue;
            };
            if prefix.is_empty() {
                continue;
            }
            if !place.fixed.is_empty() {
                place.address.clone_from(&place.fixed);
                continue;
            }
            let taken: HashSet<&str> = self
                .containers
                .values()
                .flat_map(|other| &other.networks)
                .filter(|other| other.network_id == place.network_id)
                .map(|other| other.address.as_str())
                .collect();
            let free = (2..65_000).map(|number| address(&prefix, number));
            let free = free.take_while(|address| !address.is_empty()).find(|address| !taken.contains(address.as_str()));
            place.address = free.unwrap_or_default();
        }
        if let Some(container) = self.containers.get_mut(&key) {
            container.networks = places;
        }
    }

    pub fn release_addresses(&mut self, key: Key) {
        if let Some(container) = self.containers.get_mut(&key) {
            for place in &mut container.networks {
                place.address.clear();
            }
        }
    }

    /// The events of joining or leaving all networks of a container.
    pub fn tell_networks(&mut self, key: Key, action: &str) {
        let Some(container) = self.containers.get(&key) else { return };
        let id = container.id.clone();
        for place in container.networks.clone() {
            self.tell_of("network", action, &place.network_id, &[("container", &id), ("name", &place.network)]);
        }
    }

    pub fn tell_of(&mut self, kind: &'static str, action: &str, actor: &str, attributes: &[(&str, &str)]) {
        let attributes = attributes.iter().map(|(name, value)| ((*name).to_owned(), Value::from(*value))).collect();
        self.events.tell(self.now, kind, action, actor, attributes);
    }
}

/// The address of that number on a network; empty beyond its end.
pub fn address(prefix: &str, number: usize) -> String {
    match bits(prefix) {
        16 if number < 65_536 => format!("{prefix}.{}.{}", number / 256, number % 256),
        24 if number < 256 => format!("{prefix}.{number}"),
        _ => String::new(),
    }
}

/// How many bits the addresses of a network share; 0 where it has none.
fn bits(prefix: &str) -> u8 {
    match prefix.split('.').count() {
        2 => 16,
        3 => 24,
        _ => 0,
    }
}
