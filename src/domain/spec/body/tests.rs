//! Bodies as an engine of API 1.41 takes them.

use super::*;
use crate::domain::parse_ports;
use pretty_assertions::assert_eq;

#[test]
fn an_image_alone_is_all_that_is_said() {
    let spec = ContainerSpec { image: "nginx".into(), ..ContainerSpec::default() };
    assert_eq!(spec.body(), json!({ "Image": "nginx" }));
    assert_eq!(spec.docker_command(), "docker create nginx");
}

#[test]
fn every_field_has_its_place() {
    let spec = ContainerSpec {
        image: "nginx".into(),
        name: "web".into(),
        command: vec!["a b".into()],
        entrypoint: vec!["/entry".into(), "-x".into()],
        environment: vec!["A=it's".into()],
        ports: parse_ports("8080:80 127.0.0.1:8081:80 53:53/udp 9").unwrap(),
        mounts: ["/srv:/srv:ro", "data:/data", "/cache", "tmpfs:/run:size=1m", "type=bind,source=/a:b,target=/c"]
            .iter()
            .map(|text| text.parse().unwrap())
            .collect(),
        network: "front".into(),
        restart: RestartPolicy::Always,
        user: "1000:1000".into(),
        working_dir: "/srv".into(),
        hostname: "web".into(),
        labels: vec![("tier".into(), "front".into())],
        limits: Limits { memory: Some(64 << 20), nano_cpus: Some(500_000_000), restart: None },
        tty: true,
        interactive: true,
        init: true,
        privileged: true,
        auto_remove: true,
        cap_add: vec!["NET_ADMIN".into()],
        cap_drop: vec!["ALL".into()],
        extra_hosts: vec!["db:10.0.0.2".into()],
        dns: vec!["1.1.1.1".into()],
        start: true,
    };
    assert_eq!(
        spec.body(),
        json!({
            "Image": "nginx", "Hostname": "web", "User": "1000:1000", "WorkingDir": "/srv", "Env": ["A=it's"],
            "Cmd": ["a b"], "Entrypoint": ["/entry", "-x"], "Labels": { "tier": "front" },
            "ExposedPorts": { "80/tcp": {}, "53/udp": {}, "9/tcp": {} }, "Volumes": { "/cache": {} }, "Tty": true,
            "OpenStdin": true,
            "HostConfig": {
                "Binds": ["/srv:/srv:ro", "data:/data"],
                "Mounts": [{ "Type": "bind", "Source": "/a:b", "Target": "/c" }], "Tmpfs": { "/run": "size=1m" },
                "PortBindings": {
                    "80/tcp": [{ "HostIp": "", "HostPort": "8080" }, { "HostIp": "127.0.0.1", "HostPort": "8081" }],
                    "53/udp": [{ "HostIp": "", "HostPort": "53" }], "9/tcp": [{ "HostIp": "", "HostPort": "" }]
                },
                "NetworkMode": "front", "RestartPolicy": { "Name": "always", "MaximumRetryCount": 0 },
                "Memory": 67_108_864, "NanoCpus": 500_000_000, "Init": true, "Privileged": true, "AutoRemove": true,
                "CapAdd": ["NET_ADMIN"], "CapDrop": ["ALL"], "ExtraHosts": ["db:10.0.0.2"], "Dns": ["1.1.1.1"]
            },
            "NetworkingConfig": { "EndpointsConfig": { "front": {} } }
        })
    );
    assert_eq!(
        spec.docker_command(),
        "docker run -d --interactive --tty --rm --init --privileged --name web --hostname web --user 1000:1000 \
         --workdir /srv --network front --publish 8080:80 --publish 127.0.0.1:8081:80 --publish 53:53/udp --publish 9 \
         --volume /srv:/srv:ro --volume data:/data --volume /cache --tmpfs '/run:size=1m' \
         --mount 'type=bind,source=/a:b,target=/c' --env 'A=it'\\''s' --label 'tier=front' --restart always --memory 64m \
         --cpus 0.5 --cap-add NET_ADMIN --cap-drop ALL --add-host db:10.0.0.2 --dns 1.1.1.1 --entrypoint /entry nginx \
         -x 'a b'"
    );
}

#[test]
fn modes_of_the_engine_are_no_networks() {
    for mode in ["host", "none", "bridge", "container:web", "default"] {
        let spec = ContainerSpec { network: mode.into(), ..ContainerSpec::default() };
        assert_eq!(spec.body(), json!({ "HostConfig": { "NetworkMode": mode } }));
    }
}

#[test]
fn an_update_says_only_what_changes() {
    assert_eq!(Limits::default().body(), json!({}));
    let limits = Limits { memory: Some(1 << 30), nano_cpus: None, restart: Some(RestartPolicy::No) };
    assert_eq!(
        limits.body(),
        json!({ "Memory": 1_u64 << 30, "MemorySwap": 2_u64 << 30, "RestartPolicy": { "Name": "no", "MaximumRetryCount": 0 } })
    );
    assert_eq!(limits.docker_flags().join(" "), "--memory 1g --memory-swap 2g --restart no");
    let lifted = Limits { memory: Some(0), nano_cpus: Some(0), restart: None };
    assert_eq!(lifted.body(), json!({}));
    assert!(lifted.check_update().is_err());
}

#[test]
fn contradictions_are_told() {
    let base = ContainerSpec { image: "a".into(), ..ContainerSpec::default() };
    assert_eq!(base.check(), Ok(()));
    for spec in [
        ContainerSpec::default(),
        ContainerSpec { auto_remove: true, restart: RestartPolicy::Always, ..base.clone() },
        ContainerSpec { network: "container:b".into(), ports: parse_ports("80").unwrap(), ..base.clone() },
        ContainerSpec { network: "container:b".into(), hostname: "c".into(), ..base.clone() },
        ContainerSpec { mounts: vec!["/a".parse().unwrap(), "b1:/a/".parse().unwrap()], ..base },
    ] {
        assert!(spec.check().unwrap_err().sentence().ends_with('.'), "{spec:?}");
    }
}
