//! `/volumes`: list, inspect, create, remove, prune.

use super::call::{Call, Refusal, Reply};
use super::networks::has_label;
use super::random::Random;
use super::resources::Volume;
use super::routes::page_not_found;
use super::world::World;
use serde_json::{Value, json};

pub fn route(world: &mut World, call: &Call, path: &[&str]) -> Result<Reply, Refusal> {
    match (call.method.as_str(), path) {
        ("GET", []) => Ok(list(world, call)),
        ("POST", ["create"]) => create(world, call),
        ("POST", ["prune"]) => Ok(prune(world, call)),
        ("GET", [name]) => {
            let volume = world.volume(name)?;
            Ok(Reply::ok(&world.volume_row(volume, false)))
        }
        ("DELETE", [name]) => remove(world, name),
        _ => page_not_found(),
    }
}

fn list(world: &World, call: &Call) -> Reply {
    let names = call.filter("name");
    let dangling = call.filter("dangling").first().map(|word| matches!(word.as_str(), "true" | "1"));
    let fits = |volume: &&Volume| {
        (names.is_empty() || names.iter().any(|name| volume.name.contains(name)))
            && dangling.is_none_or(|wanted| wanted == world.volume_users(&volume.name).is_empty())
    };
    let rows: Vec<Value> = world.volumes.iter().filter(fits).map(|volume| world.volume_row(volume, false)).collect();
    Reply::ok(&json!({ "Volumes": rows, "Warnings": null }))
}

fn create(world: &mut World, call: &Call) -> Result<Reply, Refusal> {
    let body = call.json()?;
    let name = match body.get("Name").and_then(Value::as_str).unwrap_or_default() {
        "" => Random::new(world.seed ^ world.next_serial()).hex(64),
        name if name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-')) => name.to_owned(),
        name => {
            let message = format!(
                "create {name}: \"{name}\" includes invalid characters for a local volume name, only \
                 \"[a-zA-Z0-9][a-zA-Z0-9_.-]\" are allowed. If you intended to pass a host directory, use absolute path"
            );
            return Refusal::new(400, message);
        }
    };
    if let Some(driver) = body.get("Driver").and_then(Value::as_str).filter(|driver| !matches!(*driver, "" | "local")) {
        return Refusal::new(
            404,
            format!("create {name}: error looking up volume plugin {driver}: plugin \"{driver}\" not found"),
        );
    }
    world.ensure_volume(&name);
    if let Some(volume) = world.volumes.iter_mut().find(|volume| volume.name == name) {
        volume.labels = body.get("Labels").cloned().unwrap_or_else(|| volume.labels.take());
        volume.options = body.get("DriverOpts").cloned().unwrap_or_else(|| volume.options.take());
    }
    Ok(Reply::json(201, &world.volume_row(world.volume(&name)?, false)))
}

fn remove(world: &mut World, name: &str) -> Result<Reply, Refusal> {
    world.volume(name)?;
    let users: Vec<&str> = world.volume_users(name).iter().map(|container| container.id.as_str()).collect();
    if !users.is_empty() {
        return Refusal::new(409, format!("remove {name}: volume is in use - [{}]", users.join(", ")));
    }
    world.volumes.retain(|volume| volume.name != name);
    world.tell_of("volume", "destroy", name, &[("driver", "local")]);
    Ok(Reply::empty(204))
}

/// Anonymous ones, or with `all=1` all that no container has.
fn prune(world: &mut World, call: &Call) -> Reply {
    // Up to 1.41 pruning took named ones as well.
    let all = call.api < 42 || call.filter("all").iter().any(|word| matches!(word.as_str(), "1" | "true"));
    let idle = world.volumes.iter().filter(|volume| world.volume_users(&volume.name).is_empty());
    let labels = call.filter("label");
    let idle = idle.filter(|volume| labels.iter().all(|label| has_label(&volume.labels, label)));
    let gone: Vec<Volume> = idle.filter(|volume| all || volume.name.len() == 64).cloned().collect();
    for volume in &gone {
        world.volumes.retain(|other| other.name != volume.name);
        world.tell_of("volume", "destroy", &volume.name, &[("driver", "local")]);
    }
    let names: Vec<&str> = gone.iter().map(|volume| volume.name.as_str()).collect();
    Reply::ok(&json!({ "VolumesDeleted": names, "SpaceReclaimed": gone.iter().map(|volume| volume.size).sum::<u64>() }))
}
