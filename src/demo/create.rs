//! Create, rename, update, remove: containers coming, changing and going.

use super::call::{Call, Refusal, Reply};
use super::container::{Container, Phase, Run, Spec};
use super::logs::{Logs, PROFILES};
use super::random::Random;
use super::stats::Load;
use super::world::{Key, World};
use super::{lifecycle, refer, streams};
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// Docker's least memory limit.
const LEAST_MEMORY: i64 = 6 * 1024 * 1024;

/// `POST /containers/create?name=…`.
pub fn create(world: &mut World, call: &Call) -> Result<Reply, Refusal> {
    let body = call.json()?;
    let name = match call.text("name").filter(|name| !name.is_empty()) {
        Some(name) => valid_name(name)?.to_owned(),
        None => free_name(world),
    };
    if let Some(other) = world.by_name(&name) {
        return conflict(&name, other, "");
    }
    let key = make(world, &name, &body)?;
    world.tell(key, "create", &[]);
    let id = world.container_mut(key)?.id.clone();
    Ok(Reply::json(201, &json!({ "Id": id, "Warnings": [] })))
}

/// Makes a container that was never started; its name is free.
pub fn make(world: &mut World, name: &str, body: &Value) -> Result<Key, Refusal> {
    let id = Random::for_text(world.seed ^ world.next_serial(), name).hex(64);
    let spec = Arc::new(spec(world, &id, body)?);
    let places = body.pointer("/NetworkingConfig/EndpointsConfig").and_then(Value::as_object);
    let mode = spec.host.get("NetworkMode").and_then(Value::as_str).unwrap_or("bridge");
    let mut networks: Vec<String> = vec![if mode == "default" { "bridge" } else { mode }.to_owned()];
    networks.extend(places.into_iter().flat_map(Map::keys).filter(|name| *name != mode).cloned());
    let mut endpoints = Vec::new();
    for network in networks.iter().filter(|network| !network.starts_with("container:")) {
        let aliases = body.pointer(&format!("/NetworkingConfig/EndpointsConfig/{network}/Aliases"));
        endpoints.push(world.endpoint(network, name, &id, aliases)?);
    }
    for mount in spec.mounts.as_array().into_iter().flatten() {
        if mount.get("Type").and_then(Value::as_str) == Some("volume") {
            world.ensure_volume(mount.get("Name").and_then(Value::as_str).unwrap_or_default());
        }
    }
    let container = new_container(world, id, name.to_owned(), spec, endpoints);
    Ok(world.add(container))
}

/// A container that was created just now.
pub fn new_container(
    world: &World,
    id: String,
    name: String,
    spec: Arc<Spec>,
    networks: Vec<super::container::Endpoint>,
) -> Container {
    let random = Random::for_text(world.seed, &name);
    let check = spec.config.pointer("/Healthcheck/Test/0").and_then(Value::as_str).is_some_and(|test| test != "NONE");
    let rate = spec.config.pointer("/Labels/demo.lines-per-second").and_then(Value::as_str);
    let rate = rate.and_then(|text| text.parse().ok());
    let numbered = spec.config.pointer("/Labels/demo.numbered-lines").and_then(Value::as_str);
    let numbered = numbered.and_then(|text| text.parse().ok()).unwrap_or(0);
    let own = spec.config.pointer("/Labels/demo.lines").and_then(Value::as_str).map(Box::from);
    let mut waiting = Run::new(check);
    waiting.exit_code = 0;
    Container {
        id,
        name,
        created: world.now,
        spec,
        run: waiting,
        networks,
        logs: Logs::new(random, rate, numbered, own),
        load: Load::new(random),
        waiters: Vec::new(),
    }
}

/// What inspect will show, from what was sent and what the image says.
fn spec(world: &World, id: &str, body: &Value) -> Result<Spec, Refusal> {
    let given = body.get("Image").and_then(Value::as_str).unwrap_or_default();
    if given.is_empty() {
        return Refusal::new(400, "config cannot be empty in order to create a container");
    }
    let Some(image) = world.image_at(given) else {
        return Refusal::new(404, format!("No such image: {}", refer::with_tag(given)));
    };
    let mut config = image.config.clone();
    let mut host = super::seed::host_defaults();
    let Some(fields) = config.as_object_mut() else { return Refusal::new(500, "the image has no configuration") };
    let mut environment: Vec<Value> = fields.get("Env").and_then(Value::as_array).cloned().unwrap_or_default();
    for (key, value) in body.as_object().into_iter().flatten().filter(|(_, value)| !value.is_null()) {
        match key.as_str() {
            "HostConfig" | "NetworkingConfig" => {}
            "Env" => merge_environment(&mut environment, value),
            "Labels" | "ExposedPorts" => merge(fields, key, value),
            _ => drop(fields.insert(key.clone(), value.clone())),
        }
    }
    // A new entrypoint drops the image's command, as in docker run.
    if body.get("Entrypoint").is_some_and(|entry| !entry.is_null()) && body.get("Cmd").is_none_or(Value::is_null) {
        fields.insert("Cmd".into(), Value::Null);
    }
    fields.insert("Env".into(), environment.into());
    fields.insert("Image".into(), given.into());
    if fields.get("Hostname").and_then(Value::as_str).is_none_or(str::is_empty) {
        fields.insert("Hostname".into(), id.get(..12).unwrap_or(id).into());
    }
    if let (Some(target), Some(sent)) = (host.as_object_mut(), body.get("HostConfig").and_then(Value::as_object)) {
        for (key, value) in sent.iter().filter(|(_, value)| !value.is_null()) {
            target.insert(key.clone(), value.clone());
        }
        for port in sent.get("PortBindings").and_then(Value::as_object).into_iter().flat_map(Map::keys) {
            merge(fields, "ExposedPorts", &json!({ port: {} }));
        }
    }
    check_limits(&host)?;
    let list = |key: &str| -> Vec<String> {
        let values = config.get(key).and_then(Value::as_array).into_iter().flatten();
        values.filter_map(|value| value.as_str().map(str::to_owned)).collect()
    };
    let argv = [list("Entrypoint"), list("Cmd")].concat();
    if argv.is_empty() {
        return Refusal::new(400, "no command specified");
    }
    let mounts = mounts(&host, &config)?;
    let profile = config.pointer("/Labels/demo.profile").and_then(Value::as_str);
    let named = refer::repository(given).rsplit('/').next().unwrap_or_default();
    let idle = match argv.first().and_then(|program| program.rsplit('/').next()) {
        Some("sh" | "bash" | "ash") if argv.len() == 1 => Some("terminal"),
        Some("sleep" | "tail") => Some("silent"),
        _ => None,
    };
    let by_name = || PROFILES.contains_key(named).then_some(named);
    let profile = profile.or(idle).or_else(by_name).unwrap_or("other").to_owned();
    let (image, image_id) = (given.to_owned(), image.id.clone());
    Ok(Spec { image, image_id, config, host, mounts, argv, profile })
}

fn merge(fields: &mut Map<String, Value>, key: &str, more: &Value) {
    let known = fields.entry(key).or_insert_with(|| json!({}));
    if !known.is_object() {
        *known = json!({});
    }
    if let (Some(known), Some(more)) = (known.as_object_mut(), more.as_object()) {
        known.extend(more.iter().map(|(key, value)| (key.clone(), value.clone())));
    }
}

/// Variables sent replace the image's of the same name.
fn merge_environment(known: &mut Vec<Value>, sent: &Value) {
    let name = |value: &Value| value.as_str().unwrap_or_default().split('=').next().unwrap_or_default().to_owned();
    for variable in sent.as_array().into_iter().flatten() {
        known.retain(|other| name(other) != name(variable));
        known.push(variable.clone());
    }
}

fn check_limits(host: &Value) -> Result<(), Refusal> {
    let number = |key: &str| host.get(key).and_then(Value::as_i64).unwrap_or(0);
    if (1..LEAST_MEMORY).contains(&number("Memory")) {
        return Refusal::new(400, "Minimum memory limit allowed is 6MB");
    }
    let most = i64::from(super::stats::MACHINE_CPUS) * 1_000_000_000;
    if number("NanoCpus") > most || number("NanoCpus") < 0 {
        return Refusal::new(400, "range of CPUs is from 0.01 to 8.00, as there are only 8 CPUs available");
    }
    Ok(())
}

/// `Mounts` of inspect from `Binds`, `Mounts`, `Tmpfs` and the image's volumes.
fn mounts(host: &Value, config: &Value) -> Result<Value, Refusal> {
    let mut rows: Vec<Value> = Vec::new();
    let volume = |name: &str, target: &str, mode: &str| {
        json!({ "Type": "volume", "Name": name, "Source": format!("/var/lib/docker/volumes/{name}/_data"),
            "Destination": target, "Driver": "local", "Mode": mode, "RW": mode != "ro", "Propagation": "" })
    };
    let bind = |source: &str, target: &str, mode: &str| {
        json!({ "Type": "bind", "Source": source, "Destination": target, "Mode": mode, "RW": !mode.contains("ro"),
            "Propagation": "rprivate" })
    };
    for entry in host.get("Binds").and_then(Value::as_array).into_iter().flatten() {
        let text = entry.as_str().unwrap_or_default();
        let mut parts = text.splitn(3, ':');
        let (source, target) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let mode = parts.next().unwrap_or_default();
        if !target.starts_with('/') {
            return Refusal::new(400, format!("invalid volume specification: '{text}'"));
        }
        rows.push(if source.starts_with('/') {
            bind(source, target, mode)
        } else {
            volume(source, target, if mode.is_empty() { "z" } else { mode })
        });
    }
    for mount in host.get("Mounts").and_then(Value::as_array).into_iter().flatten() {
        let text = |key: &str| mount.get(key).and_then(Value::as_str).unwrap_or_default();
        let mode = if mount.get("ReadOnly").and_then(Value::as_bool) == Some(true) { "ro" } else { "z" };
        match text("Type") {
            "bind" => rows.push(bind(text("Source"), text("Target"), if mode == "ro" { "ro" } else { "" })),
            "volume" => rows.push(volume(text("Source"), text("Target"), mode)),
            "tmpfs" => rows.push(tmpfs(text("Target"))),
            other => return Refusal::new(400, format!("mount type unknown: {other:?}")),
        }
    }
    for target in host.get("Tmpfs").and_then(Value::as_object).into_iter().flat_map(Map::keys) {
        rows.push(tmpfs(target));
    }
    for target in config.get("Volumes").and_then(Value::as_object).into_iter().flat_map(Map::keys) {
        if !rows.iter().any(|row| row.get("Destination").and_then(Value::as_str) == Some(target)) {
            let name = Random::for_text(rows.len() as u64, &format!("{config}{target}")).hex(64);
            rows.push(volume(&name, target, ""));
        }
    }
    Ok(rows.into())
}

fn tmpfs(target: &str) -> Value {
    json!({ "Type": "tmpfs", "Source": "", "Destination": target, "Mode": "", "RW": true, "Propagation": "" })
}

/// Docker's rule for names.
fn valid_name(name: &str) -> Result<&str, Refusal> {
    let bare = name.strip_prefix('/').unwrap_or(name);
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    let first = bare.chars().next().is_some_and(|c| c.is_ascii_alphanumeric());
    if first && bare.len() > 1 && bare.chars().all(fits) {
        return Ok(bare);
    }
    Refusal::new(400, format!("Invalid container name ({name}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed"))
}

fn conflict<T>(name: &str, other: &Container, before: &str) -> Result<T, Refusal> {
    Refusal::new(
        409,
        format!(
            "{before}Conflict. The container name \"/{name}\" is already in use by container \"{}\". You have to remove \
             (or rename) that container to be able to reuse that name.",
            other.id
        ),
    )
}

fn free_name(world: &mut World) -> String {
    const MOODS: [&str; 8] = ["brave", "calm", "eager", "keen", "loving", "quirky", "sharp", "vivid"];
    const PEOPLE: [&str; 8] = ["curie", "dijkstra", "hopper", "knuth", "lovelace", "noether", "turing", "wozniak"];
    loop {
        let mood = world.random.pick(&MOODS).copied().unwrap_or_default();
        let person = world.random.pick(&PEOPLE).copied().unwrap_or_default();
        let number = world.random.between(0, 99_999);
        // The number comes in when the plain name is taken.
        let plain = format!("{mood}_{person}");
        for name in [plain.clone(), format!("{plain}{number}")] {
            if world.by_name(&name).is_none() {
                return name;
            }
        }
    }
}

/// `POST /containers/{id}/rename?name=…`.
pub fn rename(world: &mut World, given: &str, call: &Call) -> Result<Reply, Refusal> {
    let key = world.find(given)?;
    let wanted = call.text("name").unwrap_or_default();
    if wanted.is_empty() {
        return Refusal::new(400, "Neither old nor new names may be empty");
    }
    let old = world.container_mut(key)?.name.clone();
    let name = valid_name(wanted)?;
    if name == old {
        return Refusal::new(400, "Renaming a container with the same name as its current name");
    }
    if let Some(other) = world.by_name(name) {
        return conflict(name, other, "Error when allocating new name: ");
    }
    world.rename(key, name);
    world.tell(key, "rename", &[("oldName", format!("/{old}"))]);
    Ok(Reply::empty(204))
}

/// `POST /containers/{id}/update`: limits and restart policy.
pub fn update(world: &mut World, given: &str, call: &Call) -> Result<Reply, Refusal> {
    let key = world.find(given)?;
    let body = call.json()?;
    let container = world.container_mut(key)?;
    let mut host = container.spec.host.clone();
    if let (Some(known), Some(sent)) = (host.as_object_mut(), body.as_object()) {
        // A zero means: as it was.
        let asked = |value: &Value| !value.is_null() && value.as_i64() != Some(0) && value.as_str() != Some("");
        for (name, value) in sent.iter().filter(|(_, value)| asked(value)) {
            known.insert(name.clone(), value.clone());
        }
    }
    check_limits(&host)?;
    Arc::make_mut(&mut container.spec).host = host;
    world.tell(key, "update", &[]);
    Ok(Reply::ok(&json!({ "Warnings": [] })))
}

/// `DELETE /containers/{id}`: `force`, `v`.
pub fn remove(world: &mut World, given: &str, call: &Call) -> Result<Reply, Refusal> {
    let key = world.find(given)?;
    let container = world.container_mut(key)?;
    if container.is_alive() || container.run.phase == Phase::Restarting {
        let (name, state) = (&container.name, container.run.phase.as_str());
        if !call.flag("force") {
            let remedy = match state {
                "paused" => " and must be unpaused first",
                _ => ": stop the container before removing or force remove",
            };
            return Refusal::new(409, format!("cannot remove container \"/{name}\": container is {state}{remedy}"));
        }
        container.run.stopped_by_hand = true;
        if container.is_alive() {
            world.tell(key, "kill", &[("signal", "9".into())]);
            lifecycle::bring_down(world, key, 137);
        }
    }
    let anonymous = if call.flag("v") { world.anonymous_volumes(key) } else { Vec::new() };
    destroy(world, key);
    world.volumes.retain(|volume| !anonymous.contains(&volume.name));
    Ok(Reply::empty(204))
}

/// Takes a container that does not run out of the world.
pub fn destroy(world: &mut World, key: Key) {
    world.tell(key, "destroy", &[]);
    streams::printed(world, key);
    if let Some(container) = world.take(key) {
        world.execs.retain(|_, exec| exec.container != container.id);
        lifecycle::answer_waiters(container.waiters, container.run.exit_code);
    }
}

/// `POST /containers/prune`: all that do not run.
pub fn prune(world: &mut World, call: &Call) -> Result<Reply, Refusal> {
    let labels = call.filter("label");
    let idle = world
        .containers
        .iter()
        .filter(|(_, container)| !container.is_alive() && labels.iter().all(|label| container.label(label).is_some()));
    let keys: Vec<(Key, String)> = idle.map(|(key, container)| (*key, container.id.clone())).collect();
    for (key, _) in &keys {
        destroy(world, *key);
    }
    let deleted: Vec<String> = keys.into_iter().map(|(_, id)| id).collect();
    let space = deleted.len() * 2_000_000;
    Ok(Reply::ok(&json!({ "ContainersDeleted": deleted, "SpaceReclaimed": space })))
}
