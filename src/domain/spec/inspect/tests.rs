//! Recorded shapes of Docker's and Podman's answers, and the way to the body and back.

use super::*;
use crate::domain::parse_ports;
use serde_json::json;

fn image() -> Value {
    json!({ "Config": {
        "Env": ["PATH=/bin", "NGINX_VERSION=1.27"], "Cmd": ["nginx", "-g", "daemon off;"], "Entrypoint": ["/entry.sh"],
        "WorkingDir": "/srv", "User": "www", "Labels": { "maintainer": "N" }, "Volumes": { "/cache": {} },
        "ExposedPorts": { "80/tcp": {} }
    }})
}

fn docker() -> Value {
    json!({
        "Id": "0123456789abcdef0123", "Name": "/web",
        "Config": {
            "Image": "nginx:1.27", "Hostname": "0123456789ab", "User": "www", "WorkingDir": "/srv", "Tty": true,
            "OpenStdin": false, "Env": ["MODE=fast", "PATH=/bin", "NGINX_VERSION=1.27"],
            "Cmd": ["nginx", "-g", "daemon off;"], "Entrypoint": ["/entry.sh"],
            "Labels": { "maintainer": "N", "tier": "front" }, "Volumes": { "/cache": {}, "/scratch": {} },
            "ExposedPorts": { "80/tcp": {}, "443/tcp": {} }
        },
        "HostConfig": {
            "Binds": ["/srv/www:/www:ro", "data:/data"], "Tmpfs": { "/run": "size=64m" },
            "Mounts": [{ "Type": "bind", "Source": "/a:b", "Target": "/c", "ReadOnly": true }],
            "PortBindings": {
                "8001/tcp": [{ "HostIp": "", "HostPort": "9001" }],
                "443/tcp": [{ "HostIp": "127.0.0.1", "HostPort": "8443" }, { "HostIp": "", "HostPort": "" }],
                "8000/tcp": [{ "HostIp": "", "HostPort": "9000" }]
            },
            "NetworkMode": "front", "RestartPolicy": { "Name": "on-failure", "MaximumRetryCount": 3 },
            "Memory": 536_870_912, "NanoCpus": 1_500_000_000, "CapAdd": ["NET_ADMIN"], "CapDrop": null,
            "Dns": ["1.1.1.1"], "ExtraHosts": ["db:10.0.0.2"], "Init": null, "Privileged": false, "AutoRemove": false
        },
        "NetworkSettings": { "Networks": { "front": {} } }
    })
}

#[test]
fn what_equals_the_image_is_left_out() {
    let spec = ContainerSpec::from_inspect(&docker(), Some(&image()));
    assert_eq!(spec.name, "web");
    assert_eq!((spec.hostname.as_str(), spec.user.as_str(), spec.working_dir.as_str()), ("", "", ""));
    assert_eq!(spec.environment, ["MODE=fast"]);
    assert_eq!(spec.labels, [("tier".to_owned(), "front".to_owned())]);
    assert!(spec.command.is_empty() && spec.entrypoint.is_empty());
    assert_eq!(
        spec.docker_command(),
        "docker run -d --tty --name web --network front --publish 443 --publish 9000-9001:8000-8001 \
         --publish 127.0.0.1:8443:443 --volume /srv/www:/www:ro --volume data:/data \
         --mount 'type=bind,source=/a:b,target=/c,readonly' --tmpfs '/run:size=64m' --volume /scratch \
         --env 'MODE=fast' --label 'tier=front' --restart on-failure:3 --memory 512m --cpus 1.5 \
         --cap-add NET_ADMIN --add-host db:10.0.0.2 --dns 1.1.1.1 nginx:1.27"
    );
}

#[test]
fn without_the_image_everything_is_said() {
    let spec = ContainerSpec::from_inspect(&docker(), None);
    assert_eq!(spec.entrypoint, ["/entry.sh"]);
    assert_eq!(spec.command, ["nginx", "-g", "daemon off;"]);
    assert_eq!(spec.environment.len(), 3);
}

#[test]
fn podmans_additions_are_left_out() {
    let container = json!({
        "Id": "0123456789abcdef0123", "Name": "web",
        "Config": {
            "Image": "docker.io/library/nginx:1.27", "Hostname": "0123456789ab", "WorkingDir": "/", "User": "",
            "Env": ["container=podman", "TERM=xterm", "HOME=/root", "HOSTNAME=0123456789ab", "A=1"],
            "Entrypoint": "/bin/sh -c", "Cmd": ["true"]
        },
        "HostConfig": {
            "Binds": [
                "/srv:/srv:rw,rprivate,rbind",
                format!("{}:/anonymous:rprivate,rw,nodev,nosuid,rbind", "ab".repeat(32)),
                "data:/data:ro,z,nosuid"
            ],
            "Tmpfs": { "/run": "rw,rprivate,nosuid,nodev,tmpcopyup" },
            "NetworkMode": "bridge", "CpuQuota": 50_000, "CpuPeriod": 100_000,
            "RestartPolicy": { "Name": "", "MaximumRetryCount": 0 }
        },
        "NetworkSettings": { "Networks": { "front": {} } }
    });
    let spec = ContainerSpec::from_inspect(&container, Some(&json!({ "Config": {} })));
    assert_eq!(spec.environment, ["A=1"]);
    assert_eq!(spec.entrypoint, ["/bin/sh", "-c"]);
    assert_eq!(spec.network, "front");
    assert_eq!(spec.limits.nano_cpus, Some(500_000_000));
    let mounts: Vec<String> = spec.mounts.iter().map(ToString::to_string).collect();
    assert_eq!(mounts, ["/srv:/srv", "/anonymous", "data:/data:ro,z", "tmpfs:/run:nosuid,nodev"]);
}

#[test]
fn an_entrypoint_taken_away_stays_away() {
    let container = json!({ "Config": { "Image": "a", "Cmd": ["sh"], "Entrypoint": null } });
    let spec = ContainerSpec::from_inspect(&container, Some(&image()));
    assert_eq!(spec.entrypoint, [""]);
    assert_eq!(spec.docker_command(), "docker run -d --entrypoint '' a sh");
}

#[test]
fn nonsense_gives_an_empty_spec() {
    for value in [json!(null), json!([]), json!({ "Config": 3, "HostConfig": { "Binds": "x", "PortBindings": [] } })] {
        let spec = ContainerSpec::from_inspect(&value, Some(&value));
        assert_eq!(spec, ContainerSpec { start: true, ..ContainerSpec::default() });
    }
}

#[test]
fn the_body_says_what_the_inspection_says() {
    let spec = ContainerSpec::from_inspect(&docker(), Some(&image()));
    let body = spec.body();
    // What the engine answers has the same shape as what it was asked, with the host's part beside.
    let mut answer = json!({ "Name": "/web", "Config": body.clone(), "HostConfig": body["HostConfig"] });
    answer["Config"]["Hostname"] = json!("");
    assert_eq!(ContainerSpec::from_inspect(&answer, None), spec);
    assert_eq!(spec.ports, parse_ports("443 9000-9001:8000-8001 127.0.0.1:8443:443").unwrap());
}
