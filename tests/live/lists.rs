//! The list of containers as it is: state, health, exit code, ports.

use crate::support::engines::{IMAGE, Live, on_engines};
use dockerui_tui::domain::{Container, Health, Port, State};

on_engines!(states_and_exit_codes, health, ports_and_labels, resources, facts);

async fn row(live: &Live, suffix: &str) -> Container {
    let listed = live.engine.containers(true).await.expect("the list");
    let name = live.name(suffix);
    listed.containers.into_iter().find(|row| *row.name == *name).unwrap_or_else(|| panic!("no {name} in the list"))
}

async fn states_and_exit_codes(live: Live) {
    let mut never = live.spec("created", &["true"]);
    never.start = false;
    live.create(never).await;
    let up = live.idle("up").await;
    let paused = live.idle("paused").await;
    let failed = live.script("failed", "exit 3").await;
    live.docker(&["pause", &paused.name]);
    live.until(&failed.id, |row| row.state == State::Exited).await;

    assert_eq!(row(&live, "created").await.state, State::Created);
    assert_eq!(row(&live, "up").await.state, State::Running);
    assert_eq!(row(&live, "paused").await.state, State::Paused);
    let failed = row(&live, "failed").await;
    assert_eq!((failed.state, failed.health), (State::Exited, Health::None));
    assert!(failed.status.starts_with("Exited (3)"), "{}", failed.status);

    let running = live.engine.containers(false).await.expect("the list of those that run");
    assert!(running.containers.iter().any(|row| row.id == up.id));
    assert!(running.containers.iter().all(|row| row.state.is_up()), "only what is up");
    let clock = running.engine_time.expect("the engine's clock");
    let row = row(&live, "up").await;
    assert!((clock - row.created).abs() < 600, "created at {} by a clock at {clock}", row.created);
    assert_eq!(row.id.as_str(), live.truth(&up.name)["Id"]);
}

async fn health(live: Live) {
    for (suffix, check) in [("well", "true"), ("ill", "false")] {
        let (name, label) = (live.name(suffix), live.label());
        let words = ["run", "-d", "--name", &name, "--label", &label, "--health-interval=1s", "--health-retries=1"];
        live.docker(&[&words[..], &["--health-cmd", check, IMAGE, "sleep", "1000"]].concat());
    }
    if live.is_podman() {
        // It runs checks by timers of systemd, which is not here, and its list does not tell of them.
        assert_eq!(row(&live, "well").await.health, Health::None);
        assert_eq!(live.truth(&live.name("well"))["State"]["Health"]["Status"], "starting");
        return;
    }
    let (well, ill) = (row(&live, "well").await, row(&live, "ill").await);
    live.until(&well.id, |row| row.health == Health::Healthy).await;
    live.until(&ill.id, |row| row.health == Health::Unhealthy).await;
}

async fn ports_and_labels(live: Live) {
    let mut spec = live.spec("ports", &["sleep", "1000"]);
    spec.ports = dockerui_tui::domain::parse_ports("127.0.0.1::80/tcp").expect("a port");
    spec.labels.push(("com.example.words".into(), "a=b, c \"d\" é".into()));
    live.create(spec).await;
    let row = row(&live, "ports").await;
    let told = live.truth(&row.name)["NetworkSettings"]["Ports"]["80/tcp"][0]["HostPort"].clone();
    let told = told.as_str().and_then(|port| port.parse().ok());
    assert_eq!(row.ports, [Port { ip: Some("127.0.0.1".into()), private: 80, public: told, protocol: "tcp".into() }]);
    assert!(told.is_some());
    assert_eq!(row.labels.get("com.example.words"), Some("a=b, c \"d\" é"));
    assert_eq!(&*row.image, if live.is_podman() { "docker.io/library/busybox:latest" } else { "busybox:latest" });
}

async fn resources(live: Live) {
    let (volume, network, label) = (live.name("volume"), live.name("network"), live.label());
    live.docker(&["volume", "create", "--label", &label, &volume]);
    live.docker(&["network", "create", "--label", &label, &network]);
    let volumes = live.engine.volumes().await.expect("volumes");
    let found = volumes.iter().find(|row| row.name.as_str() == volume).expect("the volume");
    assert_eq!((&*found.driver, found.labels.get("dockerui.test")), ("local", Some(&*live.prefix)));
    assert_eq!(live.engine.inspect_volume(&found.name).await.expect("inspect")["Name"], *volume);

    let networks = live.engine.networks().await.expect("networks");
    let found = networks.iter().find(|row| *row.name == *network).expect("the network");
    let truth = live.truth(&network);
    assert_eq!((&*found.driver, found.internal), ("bridge", false));
    assert_eq!(*found.subnets[0], *truth["IPAM"]["Config"][0]["Subnet"].as_str().expect("a subnet"));
    assert_eq!(live.engine.inspect_network(&found.id).await.expect("inspect")["Name"], *network);
}

async fn facts(live: Live) {
    let facts = live.engine.facts().await.expect("facts");
    let told = live.docker(&["version", "--format", "{{.Server.Version}}"]);
    assert_eq!(&*facts.version, told.trim());
    assert_eq!(&*facts.product, if live.is_podman() { "Podman" } else { "Docker" });
    let api = if !live.is_podman() && live.major() >= 26 { "1.45" } else { "1.41" };
    assert_eq!(facts.api.to_string(), api);
    let machine = facts.machine.expect("the machine");
    assert!(machine.cpus > 0 && machine.memory > 0, "{machine:?}");
    live.engine.ping().await.expect("a pong");
}
