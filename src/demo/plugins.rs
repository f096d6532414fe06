//! `/plugins`: list, inspect, what one wants to be allowed, install, upgrade, set up, switch, remove.

use super::call::{Call, JSON, Refusal, Reply, STREAM_DEPTH};
use super::pull::{self, Pull};
use super::random::Random;
use super::routes::page_not_found;
use super::world::World;
use serde_json::{Value, json};
use std::collections::VecDeque;
use tokio::sync::mpsc;

/// An installed plugin.
#[derive(Clone, Debug)]
pub struct Plugin {
    pub name: String,
    pub reference: String,
    pub enabled: bool,
    /// `NAME=value`; all can be changed.
    pub variables: Vec<String>,
}

/// The one that every demo begins with.
pub fn seeded() -> Vec<Plugin> {
    let name = "vieux/sshfs:latest";
    vec![Plugin {
        name: name.to_owned(),
        reference: format!("docker.io/{name}"),
        enabled: true,
        variables: vec!["DEBUG=0".to_owned()],
    }]
}

pub fn route(world: &mut World, call: &Call, path: &[&str]) -> Result<Reply, Refusal> {
    match (call.method.as_str(), path) {
        ("GET", []) => {
            Ok(Reply::ok(&world.plugins.iter().map(|plugin| row(world.seed, plugin)).collect::<Vec<_>>().into()))
        }
        ("GET", ["privileges"]) => Ok(Reply::ok(&privileges())),
        ("POST", ["pull"]) => install(world, call),
        ("GET", [name @ .., "json"]) => {
            let place = place(world, &name.join("/"))?;
            let plugin = world.plugins.get(place).map(|plugin| row(world.seed, plugin));
            Ok(Reply::ok(&plugin.unwrap_or_default()))
        }
        ("POST", [name @ .., "enable"]) => switch(world, &name.join("/"), true),
        ("POST", [name @ .., "disable"]) => switch(world, &name.join("/"), false),
        ("POST", [name @ .., "set"]) => set(world, &name.join("/"), call),
        ("POST", [name @ .., "upgrade"]) => upgrade(world, &name.join("/"), call),
        ("DELETE", name) if !name.is_empty() => remove(world, &name.join("/"), call),
        _ => page_not_found(),
    }
}

fn row(seed: u64, plugin: &Plugin) -> Value {
    let id = Random::for_text(seed, &plugin.name).hex(64);
    let names = plugin.variables.iter().filter_map(|entry| entry.split_once('='));
    let variables: Vec<Value> =
        names.map(|(name, value)| json!({ "Name": name, "Settable": ["value"], "Value": value })).collect();
    json!({
        "Id": id, "Name": plugin.name, "PluginReference": plugin.reference, "Enabled": plugin.enabled,
        "Settings": { "Env": plugin.variables, "Args": [], "Mounts": [], "Devices": [] },
        "Config": {
            "Description": "Volumes on other machines, by ssh", "Env": variables, "Network": { "Type": "host" },
            "Interface": { "Types": ["docker.volumedriver/1.0"], "Socket": "sshfs.sock" },
            "Entrypoint": ["/docker-volume-sshfs"], "Linux": { "Capabilities": ["CAP_SYS_ADMIN"], "Devices": null },
        },
    })
}

fn privileges() -> Value {
    json!([
        { "Name": "network", "Description": "permissions to access a network", "Value": ["host"] },
        { "Name": "mount", "Description": "host path to mount", "Value": ["/var/lib/docker/plugins/"] },
        { "Name": "capabilities", "Description": "list of additional capabilities required",
          "Value": ["CAP_SYS_ADMIN"] },
    ])
}

fn place(world: &World, name: &str) -> Result<usize, Refusal> {
    let full = format!("{name}:latest");
    let place = world.plugins.iter().position(|plugin| plugin.name == name || plugin.name == full);
    place.map_or_else(|| Refusal::new(404, format!("plugin \"{name}\" not found")), Ok)
}

fn agreed(call: &Call) -> Result<(), Refusal> {
    match call.json()? == privileges() {
        true => Ok(()),
        false => Refusal::new(403, "incorrect privileges"),
    }
}

fn install(world: &mut World, call: &Call) -> Result<Reply, Refusal> {
    let reference = call.text("remote").unwrap_or_default().to_owned();
    let name = call.text("name").filter(|name| !name.is_empty()).unwrap_or(&reference).to_owned();
    if reference.is_empty() {
        return Refusal::new(400, "invalid reference format");
    }
    agreed(call)?;
    if place(world, &name).is_ok() {
        return Refusal::new(409, format!("plugin \"{name}\" already exists"));
    }
    if reference.contains("missing") {
        return Refusal::new(404, format!("pull access denied for {reference}, repository does not exist"));
    }
    let variables = vec!["DEBUG=0".to_owned()];
    world.plugins.push(Plugin { name: name.clone(), reference: reference.clone(), enabled: false, variables });
    world.tell_of("plugin", "pull", &name, &[("name", &name)]);
    Ok(pulled(world, &reference))
}

/// How far its one layer is, over a second or so.
fn pulled(world: &mut World, reference: &str) -> Reply {
    let layer = Random::for_text(world.seed, reference).hex(12);
    let size = 12_582_912_u64;
    let mut lines: VecDeque<Value> = (1..=6)
        .map(|step| {
            let detail = json!({ "current": size / 6 * step, "total": size });
            json!({ "status": "Downloading", "progressDetail": detail, "id": layer })
        })
        .collect();
    lines.push_back(json!({ "status": "Download complete", "progressDetail": {}, "id": layer }));
    let (sender, chunks) = mpsc::channel(STREAM_DEPTH);
    let id = world.next_serial();
    world.pulls.insert(id, Pull::told(reference.to_owned(), lines, sender));
    pull::step(world, id);
    Reply::stream(JSON, chunks)
}

fn upgrade(world: &mut World, name: &str, call: &Call) -> Result<Reply, Refusal> {
    let place = disabled(world, name, "upgrade")?;
    agreed(call)?;
    let reference = call.text("remote").unwrap_or_default().to_owned();
    if let Some(plugin) = world.plugins.get_mut(place) {
        plugin.reference.clone_from(&reference);
    }
    Ok(pulled(world, &reference))
}

/// Where a plugin is that must not be enabled for that.
fn disabled(world: &World, name: &str, act: &str) -> Result<usize, Refusal> {
    let place = place(world, name)?;
    match world.plugins.get(place).is_some_and(|plugin| plugin.enabled) {
        true => Refusal::new(409, format!("cannot {act} an active plugin, disable plugin before: {name} is enabled")),
        false => Ok(place),
    }
}

fn switch(world: &mut World, name: &str, on: bool) -> Result<Reply, Refusal> {
    let place = place(world, name)?;
    if let Some(plugin) = world.plugins.get_mut(place) {
        if plugin.enabled == on {
            let word = if on { "enabled" } else { "disabled" };
            return Refusal::new(500, format!("plugin {name} is already {word}"));
        }
        plugin.enabled = on;
    }
    world.tell_of("plugin", if on { "enable" } else { "disable" }, name, &[("name", name)]);
    Ok(Reply::empty(200))
}

fn set(world: &mut World, name: &str, call: &Call) -> Result<Reply, Refusal> {
    let place = disabled(world, name, "set on")?;
    let body = call.json()?;
    let settings = body.as_array().into_iter().flatten().filter_map(Value::as_str);
    for setting in settings {
        let key = setting.split('=').next().unwrap_or_default();
        let plugin = world.plugins.get_mut(place);
        let same = |known: &&mut String| known.split('=').next() == Some(key);
        match plugin.and_then(|plugin| plugin.variables.iter_mut().find(same)) {
            Some(known) => setting.clone_into(known),
            None => return Refusal::new(500, format!("setting \"{key}\" not found in the plugin configuration")),
        }
    }
    Ok(Reply::empty(204))
}

fn remove(world: &mut World, name: &str, call: &Call) -> Result<Reply, Refusal> {
    let place = if call.flag("force") { place(world, name)? } else { disabled(world, name, "remove")? };
    world.plugins.remove(place);
    world.tell_of("plugin", "remove", name, &[("name", name)]);
    Ok(Reply::empty(200))
}
