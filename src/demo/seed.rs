//! What is there at the beginning: a small company's host, or as many containers as asked for.

use super::clock::SECOND;
use super::container::{Phase, Spec};
use super::create::{make, new_container};
use super::events::Events;
use super::images::Image;
use super::random::Random;
use super::resources::{Network, Volume};
use super::world::{Due, World};
use super::{DemoOptions, life, refer};
use serde_json::{Value, json};
use std::sync::{Arc, LazyLock};

/// Parsed once; tests hold both files readable.
static IMAGES: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../assets/demo/images.json")).unwrap_or_default());
static COMPANY: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../assets/demo/company.json")).unwrap_or_default());

/// The template of an image that nobody described.
pub const PLAIN: &str = "busybox";

/// Furnishes a new world; of containers, 0 is the company.
pub fn settle(world: &mut World, options: &DemoOptions) {
    let (now, count) = (world.now, options.containers);
    for network in list(&COMPANY, "/networks") {
        let network = network_of(world, network);
        world.networks.push(network);
    }
    for volume in list(&COMPANY, "/volumes") {
        let labels = match text(volume, "project") {
            "" => json!({ "com.docker.volume.anonymous": "" }),
            project => json!({ "com.docker.compose.project": project }),
        };
        world.volumes.push(Volume {
            name: text(volume, "name").to_owned(),
            created: now - 40 * 86_400 * SECOND,
            labels,
            options: Value::Null,
            size: number(volume, "megabytes").unsigned_abs() << 20,
        });
    }
    for present in list(&IMAGES, "/present") {
        let reference = text(present, "reference");
        let days = number(present, "days");
        let mut random = Random::for_text(world.seed ^ days.unsigned_abs(), &format!("{present}"));
        world.now = now - days * 86_400 * SECOND;
        let image = image(world, reference, text(present, "template"), &mut random);
        world.images.push(image);
    }
    for number in 1..=options.images {
        let mut random = Random::for_text(world.seed, &format!("image {number}"));
        world.now = now - i64::try_from(number).unwrap_or(0) * 3_600 * SECOND;
        let image = image(world, &format!("registry.example.com/made/app-{number:05}:1"), PLAIN, &mut random);
        world.images.push(image);
    }
    world.now = now;
    if count == 0 {
        for container in list(&COMPANY, "/containers") {
            resident(world, container, now);
        }
    } else {
        generate(world, count);
    }
    // What was told while furnishing is older than the engine's memory.
    world.events = Events::default();
    world.now = now;
}

fn list<'a>(file: &'a Value, pointer: &str) -> impl Iterator<Item = &'a Value> {
    file.pointer(pointer).and_then(Value::as_array).into_iter().flatten()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn number(value: &Value, key: &str) -> i64 {
    value.get(key).and_then(Value::as_i64).unwrap_or(0)
}

fn network_of(world: &World, network: &Value) -> Network {
    let labels = match text(network, "project") {
        "" => json!({}),
        project => json!({ "com.docker.compose.project": project, "com.docker.compose.network": "default" }),
    };
    Network {
        id: Random::for_text(world.seed, text(network, "name")).hex(64),
        name: text(network, "name").to_owned(),
        created: world.now - 90 * 86_400 * SECOND,
        driver: text(network, "driver").to_owned(),
        prefix: text(network, "prefix").to_owned(),
        labels,
        body: Value::Null,
    }
}

/// The template for a repository that registries know.
pub fn known_image(repository: &str) -> Option<&'static str> {
    let templates = IMAGES.get("templates").and_then(Value::as_object)?;
    templates.keys().find(|name| *name == repository).map(String::as_str)
}

/// An image made now from a template; an empty reference makes a dangling one.
pub fn image(world: &World, reference: &str, template: &str, random: &mut Random) -> Image {
    let template = IMAGES.get("templates").and_then(|all| all.get(template)).unwrap_or(&Value::Null);
    let rows = template.get("layers").and_then(Value::as_array).into_iter().flatten();
    let layers: Vec<(String, u64)> = rows
        .map(|row| {
            let made = row.get(0).and_then(Value::as_str).unwrap_or_default().to_owned();
            (made, row.get(1).and_then(Value::as_u64).unwrap_or(0))
        })
        .collect();
    let programs = template.get("programs").and_then(Value::as_array).into_iter().flatten();
    let digest = format!("sha256:{}", random.hex(64));
    // Digests come with a registry; what was built here has none.
    let pulled = !reference.is_empty();
    Image {
        id: format!("sha256:{}", random.hex(64)),
        tags: if pulled { vec![reference.to_owned()] } else { Vec::new() },
        digests: if pulled { vec![format!("{}@{digest}", refer::repository(reference))] } else { Vec::new() },
        created: world.now,
        size: layers.iter().map(|(_, size)| size).sum(),
        shared: layers.last().map_or(0, |(_, size)| *size),
        config: template.get("config").cloned().unwrap_or_default(),
        layers,
        programs: programs.filter_map(|name| name.as_str().map(str::to_owned)).collect(),
    }
}

/// One of the company's containers, in the state it is found in.
fn resident(world: &mut World, row: &Value, now: i64) {
    let seconds = |key: &str| number(row, key) * SECOND;
    world.now = now - seconds("created");
    let Ok(key) = make(world, text(row, "name"), row.get("body").unwrap_or(&Value::Null)) else { return };
    world.now = now;
    let phase = match text(row, "state") {
        "running" => Phase::Running,
        "paused" => Phase::Paused,
        "exited" => Phase::Exited,
        _ => Phase::Created,
    };
    if phase.is_alive() {
        world.assign_addresses(key);
    }
    let Some(container) = world.containers.get_mut(&key) else { return };
    let pid = u32::try_from(1400 + key * 211).unwrap_or(1400);
    place(container, phase, now - seconds("age"), seconds("lasted"), number(row, "code"), pid);
    container.run.restarts = u32::try_from(number(row, "restarts")).unwrap_or(0);
    if let Some(health) = &mut container.run.health {
        health.status = if text(row, "health") == "unhealthy" { "unhealthy" } else { "healthy" };
        health.failing_streak = if health.status == "unhealthy" { 4 } else { 0 };
    }
    if container.is_alive() && world.living {
        life::begin(world, key);
    }
}

/// Puts a container into a state that began (or ended, when it is over) at that time.
fn place(container: &mut super::container::Container, phase: Phase, at: i64, lasted: i64, code: i64, pid: u32) {
    container.run.phase = phase;
    match phase {
        Phase::Running | Phase::Paused => {
            container.run.pid = pid;
            container.run.started = Some(at);
        }
        Phase::Exited | Phase::Restarting => {
            container.run.started = Some(at - lasted.max(SECOND));
            container.run.finished = Some(at);
            container.run.exit_code = code;
        }
        Phase::Created => {}
    }
    container.load.frozen = (phase == Phase::Paused).then_some(at + 3600 * SECOND);
}

/// Many containers, cheap ones: those of one service share what they were created with.
fn generate(world: &mut World, count: usize) {
    const SERVICES: [(&str, &str, &str); 5] = [
        ("web", "nginx:1.27-alpine", "nginx"),
        ("api", "registry.example.com/shop/api:2.14.0", "api"),
        ("worker", "registry.example.com/shop/worker:2.14.0", "worker"),
        ("db", "postgres:16", "postgres"),
        ("cache", "redis:7-alpine", "redis"),
    ];
    let now = world.now;
    let mut random = Random::new(world.seed);
    let bridge = world.endpoint("bridge", "", "", None).ok();
    let mut specs: Vec<Arc<Spec>> = Vec::new();
    for number in 1..=count {
        let service = number % SERVICES.len();
        // A project of fifty containers: ten of each service.
        if number % 50 == 1 {
            specs = SERVICES.iter().filter_map(|row| shared_spec(world, row, number / 50)).collect();
        }
        let Some(spec) = specs.get(service).cloned() else { continue };
        let id = random.hex(64);
        let age = random.between(30, 60 * 86_400) as i64 * SECOND;
        let mut place_on = bridge.clone();
        let (phase, code) = match random.between(0, 99) {
            0..=69 => (Phase::Running, 0),
            70..=89 => (Phase::Exited, [0, 0, 1, 137, 143].get(number % 5).copied().unwrap_or(0)),
            90..=94 => (Phase::Created, 0),
            _ => (Phase::Paused, 0),
        };
        if let (Some(place), true) = (&mut place_on, phase.is_alive()) {
            place.address = super::resources::address("172.17", number + 1);
            place.id = random.hex(64);
        }
        // The oldest first, so that the list is in order of creation.
        world.now = now - 90 * 86_400 * SECOND + number as i64 * SECOND;
        let networks = place_on.into_iter().collect();
        let mut container = new_container(world, id, format!("demo-{number:05}"), spec, networks);
        world.now = now;
        place(&mut container, phase, now - age, 60 * SECOND, code, 1000 + number as u32);
        if let Some(health) = &mut container.run.health {
            health.status = if number % 40 == 0 { "unhealthy" } else { "healthy" };
        }
        world.add(container);
    }
    if world.living {
        world.schedule(now + SECOND, Due::Stir);
    }
}

fn shared_spec(world: &mut World, row: &(&str, &str, &str), project: usize) -> Option<Arc<Spec>> {
    let (service, image, profile) = row;
    let body = json!({
        "Image": image,
        "Healthcheck": if *service == "web" { json!({ "Test": ["CMD", "true"] }) } else { Value::Null },
        "Labels": {
            "com.docker.compose.project": format!("project-{project:03}"), "com.docker.compose.service": service,
            "demo.profile": profile,
        },
    });
    let key = make(world, "template", &body).ok()?;
    world.take(key).map(|container| container.spec)
}

/// `GET /info` without its counts.
pub fn machine() -> Value {
    COMPANY.get("info").cloned().unwrap_or_else(|| json!({}))
}

/// `HostConfig` as dockerd fills it in.
pub fn host_defaults() -> Value {
    COMPANY.get("host").cloned().unwrap_or_else(|| json!({}))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_are_readable_and_fit_together() {
        assert_eq!(list(&COMPANY, "/containers").count(), 13);
        for present in list(&IMAGES, "/present") {
            assert!(known_image(text(present, "template")).is_some(), "{present}");
        }
        assert!(known_image(PLAIN).is_some());
        for container in list(&COMPANY, "/containers") {
            let image = container.pointer("/body/Image").and_then(Value::as_str).unwrap();
            assert!(list(&IMAGES, "/present").any(|present| text(present, "reference") == image), "{image}");
            let profile = container.pointer("/body/Labels/demo.profile").and_then(Value::as_str).unwrap();
            assert!(super::super::logs::PROFILES.contains_key(profile), "{profile}");
        }
    }
}
