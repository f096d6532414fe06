//! `GET /containers/json`: the rows and their filters.

use super::call::{Call, Refusal, Reply};
use super::clock::SECOND;
use super::container::{Container, Phase};
use super::world::World;
use serde_json::{Map, Value, json};

/// `all`, `limit`, `size`, `filters`; the newest first.
pub fn containers(world: &World, call: &Call) -> Result<Reply, Refusal> {
    let filter = Filter::read(call)?;
    let all = call.flag("all") || !filter.status.is_empty() || call.text("limit").is_some();
    let limit = call.number::<i64>("limit").filter(|limit| *limit > 0).unwrap_or(i64::MAX);
    let size = call.flag("size");
    let rows: Vec<Value> = world
        .containers
        .values()
        .rev()
        .filter(|container| {
            (all || !matches!(container.run.phase, Phase::Created | Phase::Exited)) && filter.fits(container)
        })
        .take(usize::try_from(limit).unwrap_or(usize::MAX))
        .map(|container| row(world, container, size))
        .collect();
    Ok(Reply::ok(&Value::Array(rows)))
}

fn row(world: &World, container: &Container, size: bool) -> Value {
    let spec = &container.spec;
    let networks: Map<String, Value> = container
        .networks
        .iter()
        .map(|endpoint| (endpoint.network.clone(), super::inspect::endpoint(endpoint)))
        .collect();
    // An image that lost its tag since is shown by its id.
    let image = match world.image_at(&spec.image) {
        Some(image) if image.id == spec.image_id => spec.image.as_str(),
        _ => spec.image_id.as_str(),
    };
    let mut value = json!({
        "Id": container.id,
        "Names": [format!("/{}", container.name)],
        "Image": image,
        "ImageID": spec.image_id,
        "Command": spec.argv.join(" "),
        "Created": container.created / SECOND,
        "Ports": ports(container),
        "Labels": spec.config.get("Labels"),
        "State": container.run.phase.as_str(),
        "Status": container.status(world.now),
        "HostConfig": { "NetworkMode": spec.host.get("NetworkMode") },
        "NetworkSettings": { "Networks": networks },
        "Mounts": spec.mounts,
    });
    if let (true, Some(fields)) = (size, value.as_object_mut()) {
        let written = super::inspect::written(container);
        fields.insert("SizeRw".into(), written.into());
        let image = world.images.iter().find(|image| image.id == spec.image_id).map_or(0, |image| image.size);
        fields.insert("SizeRootFs".into(), (written + image).into());
    }
    value
}

/// Published ports on both families as dockerd lists them, and exposed ones.
fn ports(container: &Container) -> Vec<Value> {
    let mut rows = Vec::new();
    if !container.is_alive() {
        return rows;
    }
    let bindings = container.bindings();
    let parts = |port: &str| {
        let (number, protocol) = port.split_once('/').unwrap_or((port, "tcp"));
        (number.parse::<u16>().unwrap_or(0), protocol.to_owned())
    };
    for (private, address, public) in &bindings {
        let (number, protocol) = parts(private);
        let addresses: &[&str] = if address == "0.0.0.0" { &["0.0.0.0", "::"] } else { &[address] };
        for ip in addresses {
            rows.push(json!({ "IP": ip, "PrivatePort": number, "PublicPort": public, "Type": protocol }));
        }
    }
    let exposed = container.spec.config.get("ExposedPorts").and_then(Value::as_object);
    for port in exposed.into_iter().flat_map(Map::keys) {
        if !bindings.iter().any(|(private, ..)| private == port) {
            let (number, protocol) = parts(port);
            rows.push(json!({ "PrivatePort": number, "Type": protocol }));
        }
    }
    rows
}

struct Filter {
    id: Vec<String>,
    name: Vec<String>,
    label: Vec<String>,
    status: Vec<String>,
    health: Vec<String>,
    ancestor: Vec<String>,
    network: Vec<String>,
    volume: Vec<String>,
    exited: Vec<String>,
}

impl Filter {
    fn read(call: &Call) -> Result<Self, Refusal> {
        let status = call.filter("status");
        let known = ["created", "restarting", "running", "removing", "paused", "exited", "dead"];
        if let Some(odd) = status.iter().find(|word| !known.contains(&word.as_str())) {
            return Refusal::new(400, format!("invalid filter 'status={odd}'"));
        }
        Ok(Self {
            id: call.filter("id"),
            name: call.filter("name"),
            label: call.filter("label"),
            status,
            health: call.filter("health"),
            ancestor: call.filter("ancestor"),
            network: call.filter("network"),
            volume: call.filter("volume"),
            exited: call.filter("exited"),
        })
    }

    fn fits(&self, container: &Container) -> bool {
        let any =
            |wanted: &[String], fits: &dyn Fn(&str) -> bool| wanted.is_empty() || wanted.iter().any(|word| fits(word));
        let health = container.run.health.as_ref().map_or("none", |health| health.status);
        let name_fits = |word: &str| match word.trim_start_matches('/').strip_prefix('^') {
            // The one pattern that clients send: the name as a whole.
            Some(anchored) => container.name == anchored.trim_start_matches('/').trim_end_matches('$'),
            None => container.name.contains(word.trim_start_matches('/')),
        };
        let mounted = |word: &str| {
            let mounts = container.spec.mounts.as_array().into_iter().flatten();
            mounts.into_iter().any(|mount| {
                ["Name", "Destination"].iter().any(|key| mount.get(key).and_then(Value::as_str) == Some(word))
            })
        };
        any(&self.id, &|id| container.id.starts_with(id))
            && any(&self.name, &name_fits)
            && any(&self.status, &|status| container.run.phase.as_str() == status)
            && any(&self.health, &|word| health == word)
            && any(&self.ancestor, &|image| {
                container.spec.image == super::refer::with_tag(image)
                    || container
                        .spec
                        .image_id
                        .trim_start_matches("sha256:")
                        .starts_with(image.trim_start_matches("sha256:"))
            })
            && any(&self.network, &|network| {
                container.networks.iter().any(|endpoint| endpoint.network == network || endpoint.network_id == network)
            })
            && any(&self.volume, &mounted)
            && any(&self.exited, &|code| {
                container.run.phase == Phase::Exited && container.run.exit_code.to_string() == code
            })
            && self.label.iter().all(|label| match label.split_once('=') {
                Some((key, value)) => container.label(key) == Some(value),
                None => container.label(label).is_some(),
            })
    }
}
