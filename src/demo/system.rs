//! What the engine says of itself: ping, version, info, disk use.

use super::call::{Body, Reply};
use super::clock::rfc3339;
use super::container::Phase;
use super::seed;
use super::stats::{MACHINE_CPUS, MACHINE_MEMORY};
use super::world::World;
use serde_json::{Value, json};

const VERSION: &str = "27.5.1";
const KERNEL: &str = "6.8.0-51-generic";

pub fn ping() -> Reply {
    Reply { status: 200, content_type: "text/plain; charset=utf-8", body: Body::Whole("OK".into()) }
}

pub fn version() -> Reply {
    Reply::ok(&json!({
        "Platform": { "Name": "Docker Engine - Community (demo)" },
        "Components": [{
            "Name": "Engine",
            "Version": VERSION,
            "Details": {
                "ApiVersion": "1.47", "Arch": "amd64", "BuildTime": "2025-01-22T13:41:25.000000000+00:00",
                "Experimental": "false", "GitCommit": "4c9b3b0", "GoVersion": "go1.22.11", "KernelVersion": KERNEL,
                "MinAPIVersion": "1.24", "Os": "linux",
            },
        }],
        "Version": VERSION,
        "ApiVersion": "1.47",
        "MinAPIVersion": "1.24",
        "GitCommit": "4c9b3b0",
        "GoVersion": "go1.22.11",
        "Os": "linux",
        "Arch": "amd64",
        "KernelVersion": KERNEL,
        "BuildTime": "2025-01-22T13:41:25.000000000+00:00",
    }))
}

/// `GET /info`: the machine, which never changes, and the counts of now.
pub fn info(world: &World) -> Reply {
    let count =
        |fits: fn(Phase) -> bool| world.containers.values().filter(|container| fits(container.run.phase)).count();
    let mut info = seed::machine();
    if let Some(fields) = info.as_object_mut() {
        for (name, number) in [
            ("Containers", world.containers.len()),
            ("ContainersRunning", count(|phase| matches!(phase, Phase::Running | Phase::Restarting))),
            ("ContainersPaused", count(|phase| phase == Phase::Paused)),
            ("ContainersStopped", count(|phase| matches!(phase, Phase::Created | Phase::Exited))),
            ("Images", world.images.len()),
        ] {
            fields.insert(name.to_owned(), number.into());
        }
        fields.insert("SystemTime".to_owned(), rfc3339(world.now).into());
        fields.insert("NCPU".to_owned(), MACHINE_CPUS.into());
        fields.insert("MemTotal".to_owned(), MACHINE_MEMORY.into());
    }
    Reply::ok(&info)
}

/// It keeps nothing of its builds.
pub fn prune_cache() -> Reply {
    Reply::ok(&json!({ "CachesDeleted": null, "SpaceReclaimed": 0 }))
}

pub fn disk_use(world: &World) -> Reply {
    let images: Vec<Value> = world
        .images
        .iter()
        .map(|image| {
            let users = world.containers.values().filter(|container| container.spec.image_id == image.id).count();
            json!({ "Id": image.id, "RepoTags": image.tags, "Size": image.size, "SharedSize": image.shared,
                "Created": image.created / super::clock::SECOND, "Containers": users })
        })
        .collect();
    let containers: Vec<Value> = world
        .containers
        .values()
        .map(|container| {
            json!({ "Id": container.id, "Names": [format!("/{}", container.name)], "Image": container.spec.image,
                "State": container.run.phase.as_str(), "SizeRw": super::inspect::written(container) })
        })
        .collect();
    let volumes: Vec<Value> = world.volumes.iter().map(|volume| world.volume_row(volume, true)).collect();
    let layers: u64 = world.images.iter().map(|image| image.size - image.shared.min(image.size)).sum();
    Reply::ok(&json!({
        "LayersSize": layers, "Images": images, "Containers": containers, "Volumes": volumes, "BuildCache": [],
    }))
}
