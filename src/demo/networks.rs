//! `/networks`: list, inspect, create, remove, prune, connect, disconnect.

use super::call::{Call, Refusal, Reply};
use super::random::Random;
use super::resources::Network;
use super::routes::page_not_found;
use super::world::World;
use crate::domain::Subnet;
use serde_json::{Value, json};

/// Networks that every engine has and nobody removes.
const PREDEFINED: [&str; 3] = ["bridge", "host", "none"];

pub fn route(world: &mut World, call: &Call, path: &[&str]) -> Result<Reply, Refusal> {
    match (call.method.as_str(), path) {
        ("GET", []) => Ok(list(world, call)),
        ("POST", ["create"]) => create(world, call),
        ("POST", ["prune"]) => Ok(prune(world, call)),
        ("GET", [name]) => {
            let network = world.network(name)?;
            Ok(Reply::ok(&world.network_row(network, true)))
        }
        ("DELETE", [name]) => remove(world, name),
        ("POST", [name, "connect"]) => connect(world, name, call),
        ("POST", [name, "disconnect"]) => disconnect(world, name, call),
        _ => page_not_found(),
    }
}

fn list(world: &World, call: &Call) -> Reply {
    let (names, drivers) = (call.filter("name"), call.filter("driver"));
    let fits = |network: &&Network| {
        (names.is_empty() || names.iter().any(|name| network.name.contains(name)))
            && (drivers.is_empty() || drivers.contains(&network.driver))
    };
    let rows: Vec<Value> =
        world.networks.iter().filter(fits).map(|network| world.network_row(network, false)).collect();
    Reply::ok(&rows.into())
}

fn create(world: &mut World, call: &Call) -> Result<Reply, Refusal> {
    let body = call.json()?;
    let text = |key: &str| body.get(key).and_then(Value::as_str).unwrap_or_default();
    let name = text("Name");
    if name.is_empty() {
        return Refusal::new(400, "network name cannot be blank");
    }
    if world.networks.iter().any(|network| network.name == name) {
        return Refusal::new(409, format!("network with name {name} already exists"));
    }
    let driver = if text("Driver").is_empty() { "bridge" } else { text("Driver") };
    if !["bridge", "macvlan", "ipvlan"].contains(&driver) {
        return Refusal::new(404, format!("plugin \"{driver}\" not found"));
    }
    let wanted = body.pointer("/IPAM/Config").and_then(Value::as_array).into_iter().flatten();
    let wanted: Vec<&str> = wanted.filter_map(|pool| pool.get("Subnet").and_then(Value::as_str)).collect();
    let subnet = wanted.iter().copied().find(|subnet| !subnet.contains(':'));
    let known: Vec<Subnet> = world.networks.iter().flat_map(|network| world.subnets(network)).collect();
    let overlaps = |text: &&str| text.parse().is_ok_and(|subnet| known.iter().any(|other| other.overlaps(&subnet)));
    if wanted.iter().any(overlaps) {
        return Refusal::new(403, "Pool overlaps with other one on this address space");
    }
    let parts = if subnet.is_some_and(|subnet| subnet.ends_with("/16")) { 2 } else { 3 };
    let prefix = subnet.map(|subnet| subnet.split('.').take(parts).collect::<Vec<_>>().join("."));
    let taken = |prefix: &String| world.networks.iter().any(|network| network.prefix == *prefix);
    let free = (18..=255).map(|second| format!("172.{second}")).find(|prefix| !taken(prefix));
    let network = Network {
        id: Random::for_text(world.seed ^ world.next_serial(), name).hex(64),
        name: name.to_owned(),
        created: world.now,
        driver: driver.to_owned(),
        prefix: prefix.or(free).unwrap_or_default(),
        labels: body.get("Labels").filter(|labels| !labels.is_null()).cloned().unwrap_or_else(|| json!({})),
        body: body.clone(),
    };
    let id = network.id.clone();
    world.networks.push(network);
    world.tell_of("network", "create", &id, &[("name", name), ("type", driver)]);
    Ok(Reply::json(201, &json!({ "Id": id, "Warning": "" })))
}

/// `key`, or `key=value`.
pub fn has_label(labels: &Value, wanted: &str) -> bool {
    let (key, value) = wanted.split_once('=').map_or((wanted, None), |(key, value)| (key, Some(value)));
    let found = labels.get(key).and_then(Value::as_str);
    found.is_some() && value.is_none_or(|value| found == Some(value))
}

fn members(world: &World, id: &str) -> usize {
    let on = |place: &super::container::Endpoint| place.network_id == id;
    world.containers.values().filter(|container| container.is_alive() && container.networks.iter().any(on)).count()
}

fn remove(world: &mut World, given: &str) -> Result<Reply, Refusal> {
    let Network { id, name, driver, .. } = world.network(given)?.clone();
    if PREDEFINED.contains(&name.as_str()) {
        return Refusal::new(403, format!("{name} is a pre-defined network and cannot be removed"));
    }
    if members(world, &id) > 0 {
        return Refusal::new(403, format!("error while removing network: network {name} id {id} has active endpoints"));
    }
    world.networks.retain(|network| network.id != id);
    world.tell_of("network", "destroy", &id, &[("name", &name), ("type", &driver)]);
    Ok(Reply::empty(204))
}

fn prune(world: &mut World, call: &Call) -> Reply {
    let labels = call.filter("label");
    let idle = |network: &&Network| {
        !PREDEFINED.contains(&network.name.as_str())
            && members(world, &network.id) == 0
            && labels.iter().all(|label| has_label(&network.labels, label))
    };
    let gone: Vec<Network> = world.networks.iter().filter(idle).cloned().collect();
    for network in &gone {
        world.networks.retain(|other| other.id != network.id);
        world.tell_of("network", "destroy", &network.id, &[("name", &network.name), ("type", &network.driver)]);
    }
    let names: Vec<&str> = gone.iter().map(|network| network.name.as_str()).collect();
    Reply::ok(&json!({ "NetworksDeleted": names }))
}

fn connect(world: &mut World, given: &str, call: &Call) -> Result<Reply, Refusal> {
    let body = call.json()?;
    let Network { id, name, .. } = world.network(given)?.clone();
    let wanted = body.get("Container").and_then(Value::as_str).unwrap_or_default();
    let key = world.find(wanted)?;
    let container = world.container_mut(key)?;
    let (own_name, own_id, alive) = (container.name.clone(), container.id.clone(), container.is_alive());
    if container.networks.iter().any(|place| place.network_id == id) {
        return Refusal::new(403, format!("endpoint with name {own_name} already exists in network {name}"));
    }
    let mut place = world.endpoint(&id, &own_name, &own_id, body.pointer("/EndpointConfig/Aliases"))?;
    if let Some(address) = body.pointer("/EndpointConfig/IPAMConfig/IPv4Address").and_then(Value::as_str) {
        if PREDEFINED.contains(&name.as_str()) {
            return Refusal::new(400, "user specified IP address is supported on user defined networks only");
        }
        let is_taken = |other: &super::container::Endpoint| other.network_id == id && other.address == address;
        if world.containers.values().any(|container| container.networks.iter().any(is_taken)) {
            return Refusal::new(403, "Address already in use");
        }
        address.clone_into(&mut place.fixed);
    }
    world.container_mut(key)?.networks.push(place);
    if alive {
        world.assign_addresses(key);
    }
    world.tell_of("network", "connect", &id, &[("container", &own_id), ("name", &name)]);
    Ok(Reply::empty(200))
}

fn disconnect(world: &mut World, given: &str, call: &Call) -> Result<Reply, Refusal> {
    let body = call.json()?;
    let Network { id, name, .. } = world.network(given)?.clone();
    let wanted = body.get("Container").and_then(Value::as_str).unwrap_or_default();
    let key = world.find(wanted)?;
    let container = world.container_mut(key)?;
    let own_id = container.id.clone();
    let before = container.networks.len();
    container.networks.retain(|place| place.network_id != id);
    if container.networks.len() == before {
        return Refusal::new(403, format!("container {own_id} is not connected to network {name}"));
    }
    world.tell_of("network", "disconnect", &id, &[("container", &own_id), ("name", &name)]);
    Ok(Reply::empty(200))
}
