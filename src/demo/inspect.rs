//! `GET /containers/{id}/json`, and what else is told of one container: its changes on disk.

use super::call::{Call, Refusal, Reply};
use super::clock::{NEVER, rfc3339};
use super::container::{Container, Endpoint, Phase};
use super::random::Random;
use super::world::World;
use serde_json::{Map, Value, json};

pub fn container(world: &World, given: &str, call: &Call) -> Result<Reply, Refusal> {
    let container = world.container(given)?;
    let spec = &container.spec;
    let root = format!("/var/lib/docker/containers/{}", container.id);
    let (path, args) = spec.argv.split_first().map_or(("", &[] as &[String]), |(path, args)| (path.as_str(), args));
    let execs: Vec<&String> = world
        .execs
        .iter()
        .filter(|(_, exec)| exec.container == container.id && exec.running)
        .map(|(id, _)| id)
        .collect();
    let mut value = json!({
        "Id": container.id,
        "Created": rfc3339(container.created),
        "Path": path,
        "Args": args,
        "State": state(container),
        "Image": spec.image_id,
        "ResolvConfPath": format!("{root}/resolv.conf"),
        "HostnamePath": format!("{root}/hostname"),
        "HostsPath": format!("{root}/hosts"),
        "LogPath": format!("{root}/{}-json.log", container.id),
        "Name": format!("/{}", container.name),
        "RestartCount": container.run.restarts,
        "Driver": "overlay2",
        "Platform": "linux",
        "MountLabel": "",
        "ProcessLabel": "",
        "AppArmorProfile": "docker-default",
        "ExecIDs": if execs.is_empty() { Value::Null } else { json!(execs) },
        "HostConfig": spec.host,
        "GraphDriver": { "Name": "overlay2", "Data": {
            "ID": container.id,
            "MergedDir": format!("/var/lib/docker/overlay2/{}/merged", container.short_id()),
            "UpperDir": format!("/var/lib/docker/overlay2/{}/diff", container.short_id()),
        } },
        "Mounts": spec.mounts,
        "Config": spec.config,
        "NetworkSettings": network_settings(container),
    });
    if let (true, Some(fields)) = (call.flag("size"), value.as_object_mut()) {
        fields.insert("SizeRw".into(), written(container).into());
        let image = world.images.iter().find(|image| image.id == spec.image_id).map_or(0, |image| image.size);
        fields.insert("SizeRootFs".into(), (written(container) + image).into());
    }
    Ok(Reply::ok(&value))
}

fn state(container: &Container) -> Value {
    let run = &container.run;
    let time = |at: Option<i64>| at.map_or_else(|| NEVER.to_owned(), rfc3339);
    let mut value = json!({
        "Status": run.phase.as_str(),
        "Running": container.is_alive() || run.phase == Phase::Restarting,
        "Paused": run.phase == Phase::Paused,
        "Restarting": run.phase == Phase::Restarting,
        "OOMKilled": false,
        "Dead": false,
        "Pid": run.pid,
        "ExitCode": run.exit_code,
        "Error": run.error,
        "StartedAt": time(run.started),
        "FinishedAt": time(run.finished),
    });
    if let (Some(health), Some(fields)) = (&run.health, value.as_object_mut()) {
        let results = health.log.iter().map(|(at, code, output)| {
            json!({ "Start": rfc3339(*at), "End": rfc3339(at + 48_000_000), "ExitCode": code, "Output": output })
        });
        let log: Vec<Value> = results.collect();
        fields.insert(
            "Health".into(),
            json!({ "Status": health.status, "FailingStreak": health.failing_streak, "Log": log }),
        );
    }
    value
}

fn network_settings(container: &Container) -> Value {
    let mut ports = Map::new();
    if container.is_alive() {
        let exposed = container.spec.config.get("ExposedPorts").and_then(Value::as_object);
        for port in exposed.into_iter().flat_map(Map::keys) {
            ports.insert(port.clone(), Value::Null);
        }
        for (private, address, public) in container.bindings() {
            let mut hosts = vec![json!({ "HostIp": address, "HostPort": public.to_string() })];
            if address == "0.0.0.0" {
                hosts.push(json!({ "HostIp": "::", "HostPort": public.to_string() }));
            }
            match ports.entry(private).or_insert(Value::Null) {
                Value::Array(known) => known.extend(hosts),
                other => *other = Value::Array(hosts),
            }
        }
    }
    let networks: Map<String, Value> =
        container.networks.iter().map(|place| (place.network.clone(), endpoint(place))).collect();
    let bridge = container.networks.iter().find(|place| place.network == "bridge");
    let or_empty = |text: Option<&str>| text.unwrap_or_default().to_owned();
    json!({
        "Bridge": "",
        "SandboxID": if container.is_alive() { container.id.as_str() } else { "" },
        "SandboxKey": if container.is_alive() { format!("/var/run/docker/netns/{}", container.short_id()) } else { String::new() },
        "Ports": ports,
        "HairpinMode": false,
        "LinkLocalIPv6Address": "",
        "LinkLocalIPv6PrefixLen": 0,
        "SecondaryIPAddresses": null,
        "SecondaryIPv6Addresses": null,
        "EndpointID": or_empty(bridge.map(|place| place.id.as_str())),
        "Gateway": or_empty(bridge.map(|place| place.gateway.as_str())),
        "GlobalIPv6Address": "",
        "GlobalIPv6PrefixLen": 0,
        "IPAddress": or_empty(bridge.map(|place| place.address.as_str())),
        "IPPrefixLen": bridge.map_or(0, |place| place.prefix),
        "IPv6Gateway": "",
        "MacAddress": or_empty(bridge.map(mac_address).as_deref()),
        "Networks": networks,
    })
}

/// A place on a network as lists and inspect show it.
pub fn endpoint(place: &Endpoint) -> Value {
    let up = !place.address.is_empty();
    json!({
        "IPAMConfig": null,
        "Links": null,
        "Aliases": if place.aliases.is_empty() { Value::Null } else { json!(place.aliases) },
        "MacAddress": mac_address(place),
        "DriverOpts": null,
        "NetworkID": place.network_id,
        "EndpointID": if up { place.id.as_str() } else { "" },
        "Gateway": if up { place.gateway.as_str() } else { "" },
        "IPAddress": place.address,
        "IPPrefixLen": if up { place.prefix } else { 0 },
        "IPv6Gateway": "",
        "GlobalIPv6Address": "",
        "GlobalIPv6PrefixLen": 0,
        "DNSNames": if place.aliases.is_empty() { Value::Null } else { json!(place.aliases) },
    })
}

/// Docker's default: `02:42` and the address.
pub fn mac_address(place: &Endpoint) -> String {
    let parts: Vec<u8> = place.address.split('.').filter_map(|part| part.parse().ok()).collect();
    match parts.as_slice() {
        [a, b, c, d] => format!("02:42:{a:02x}:{b:02x}:{c:02x}:{d:02x}"),
        _ => String::new(),
    }
}

/// Bytes in the writable layer.
pub fn written(container: &Container) -> u64 {
    match container.run.started {
        Some(_) => Random::for_text(1, &container.id).between(0, 40 << 20),
        None => 0,
    }
}

/// `GET /containers/{id}/changes`: `null` when nothing changed, as real engines say.
pub fn changes(world: &World, given: &str) -> Result<Reply, Refusal> {
    let container = world.container(given)?;
    if container.run.started.is_none() {
        return Ok(Reply::ok(&Value::Null));
    }
    let change = |kind: u8, path: &str| json!({ "Path": path, "Kind": kind });
    let mut rows = vec![change(0, "/run"), change(1, "/run/app.pid"), change(0, "/tmp"), change(1, "/tmp/.cache")];
    match container.spec.profile.as_str() {
        "nginx" => rows.extend([
            change(0, "/var"),
            change(0, "/var/cache"),
            change(0, "/var/cache/nginx"),
            change(1, "/var/cache/nginx/client_temp"),
            change(1, "/var/cache/nginx/proxy_temp"),
            change(0, "/etc/nginx/conf.d/default.conf"),
            change(2, "/usr/share/nginx/html/50x.html"),
        ]),
        "postgres" => rows.extend([change(1, "/run/postgresql/.s.PGSQL.5432"), change(2, "/etc/motd")]),
        "silent" => return Ok(Reply::ok(&Value::Null)),
        _ => rows.extend([change(0, "/root"), change(1, "/root/.history"), change(2, "/tmp/setup.lock")]),
    }
    Ok(Reply::ok(&Value::Array(rows)))
}
