//! Containers made with every field of the form: told back by the engine, and read back by the program.

use crate::support::engines::{IMAGE, Live, on_engines};
use dockerui_tui::domain::{
    ContainerId, ContainerRequest, ContainerSpec, Done, ImageId, Limits, MountKind, MountSpec, PortBinding, Request,
    RestartPolicy,
};
use serde_json::{Value, json};

on_engines!(every_field, created_and_not_started, an_empty_form, auto_remove, another_like_this, interactive);

fn strings(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn mount(kind: MountKind, source: &str, target: &str, read_only: bool, options: &str) -> MountSpec {
    MountSpec { kind, source: source.into(), target: target.into(), read_only, options: options.into() }
}

/// All that goes together.
fn full(live: &Live) -> ContainerSpec {
    let mut spec = live.spec("full", &["-c", "sleep 1000"]);
    spec.entrypoint = strings(&["/bin/sh"]);
    spec.environment = strings(&["A=1", "WORDS=two words, \"quoted\"", "EMPTY="]);
    let port = |ip: &str, private, protocol: &str| PortBinding {
        ip: ip.to_owned(),
        // Each engine has a network of its own.
        public: Some(20_000 + private),
        private,
        protocol: protocol.to_owned(),
    };
    spec.ports = vec![port("127.0.0.1", 80, "tcp"), port("127.0.0.1", 53, "udp")];
    spec.mounts = vec![
        mount(MountKind::Bind, "/tmp", "/host", true, ""),
        mount(MountKind::Volume, &live.name("volume"), "/data", false, ""),
        mount(MountKind::Tmpfs, "", "/scratch", false, "size=16m"),
    ];
    spec.network = live.name("network");
    spec.restart = RestartPolicy::OnFailure(3);
    spec.user = "65534:65534".into();
    spec.working_dir = "/tmp".into();
    spec.hostname = "inside".into();
    spec.labels.push(("com.example.role".into(), "test, =\"x\"".into()));
    spec.limits = Limits { memory: Some(64 << 20), nano_cpus: Some(500_000_000), restart: None };
    spec.tty = true;
    spec.interactive = true;
    spec.init = true;
    spec.cap_add = strings(&["NET_ADMIN"]);
    spec.cap_drop = strings(&["CHOWN"]);
    spec.extra_hosts = strings(&["db:10.0.0.9"]);
    spec.dns = strings(&["10.0.0.53"]);
    spec
}

/// What the program would prefill a form with from an existing container.
async fn read_back(live: &Live, id: &ContainerId) -> ContainerSpec {
    let container = live.engine.inspect_container(id).await.expect("inspect");
    let image = container["Image"].as_str().expect("its image").to_owned();
    let image = live.engine.inspect_image(&ImageId::new(&image)).await.expect("the image");
    ContainerSpec::from_inspect(&container, Some(&image))
}

async fn every_field(live: Live) {
    let network = live.name("network");
    live.docker(&["network", "create", "--label", &live.label(), &network]);
    let asked = full(&live);
    let target = live.create(asked.clone()).await;

    let truth = live.truth(&target.name);
    let (config, host) = (&truth["Config"], &truth["HostConfig"]);
    assert_eq!(truth["State"]["Running"], true);
    assert_eq!(config["Image"].as_str().map(|image| image.ends_with("busybox:latest")), Some(true));
    assert_eq!(config["Cmd"], json!(["-c", "sleep 1000"]));
    for line in &asked.environment {
        assert!(config["Env"].as_array().expect("Env").contains(&json!(line)), "{line} in {}", config["Env"]);
    }
    assert_eq!(host["PortBindings"]["80/tcp"], json!([{ "HostIp": "127.0.0.1", "HostPort": "20080" }]));
    assert_eq!(host["PortBindings"]["53/udp"][0]["HostPort"], "20053");
    let mounted = |target: &str| -> Option<&Value> {
        truth["Mounts"].as_array()?.iter().find(|mount| mount["Destination"] == target)
    };
    assert_eq!(mounted("/host").expect("the bind")["RW"], false);
    assert_eq!(mounted("/data").expect("the volume")["Name"], live.name("volume"));
    assert!(host["Tmpfs"]["/scratch"].as_str().expect("the tmpfs").contains("size=16m"), "{}", host["Tmpfs"]);
    assert!(truth["NetworkSettings"]["Networks"].as_object().expect("networks").contains_key(&network));
    assert_eq!(host["RestartPolicy"], json!({ "Name": "on-failure", "MaximumRetryCount": 3 }));
    assert_eq!((&config["User"], &config["WorkingDir"]), (&json!("65534:65534"), &json!("/tmp")));
    assert_eq!(
        (&config["Hostname"], &config["Labels"]["com.example.role"]),
        (&json!("inside"), &json!("test, =\"x\""))
    );
    assert_eq!(host["Memory"], 64 << 20);
    // Podman tells them as the kernel counts them.
    let cpus = if live.is_podman() { json!(50_000) } else { json!(500_000_000) };
    assert_eq!(host[if live.is_podman() { "CpuQuota" } else { "NanoCpus" }], cpus, "{host}");
    assert_eq!((&config["Tty"], &config["OpenStdin"], &host["Init"]), (&json!(true), &json!(true), &json!(true)));
    assert_eq!(host["Privileged"], false);
    let capabilities = host["CapAdd"].to_string() + &host["CapDrop"].to_string();
    assert!(capabilities.contains("NET_ADMIN") && capabilities.contains("CHOWN"), "{capabilities}");
    assert_eq!((&host["ExtraHosts"], &host["Dns"]), (&json!(["db:10.0.0.9"]), &json!(["10.0.0.53"])));
    // And as seen from inside.
    let inside = |command: &str| live.docker(&["exec", &target.name, "sh", "-c", command]);
    assert_eq!(inside("id -u; pwd; hostname; echo $WORDS").trim(), "65534\n/tmp\ninside\ntwo words, \"quoted\"");
    assert!(inside("grep db /etc/hosts").contains("10.0.0.9"));

    let told = read_back(&live, &target.id).await;
    assert_same(&live, &told, &asked);
}

/// What an engine tells in its own way is not held against it.
fn assert_same(live: &Live, told: &ContainerSpec, asked: &ContainerSpec) {
    let mut told = told.clone();
    let mut asked = asked.clone();
    let capability = |word: &String| word.trim_start_matches("CAP_").to_owned();
    for spec in [&mut told, &mut asked] {
        spec.ports.sort_by_key(|port| port.private);
        spec.mounts.sort_by(|one, other| one.target.cmp(&other.target));
        spec.labels.sort();
        spec.environment.sort();
        spec.cap_add = spec.cap_add.iter().map(capability).collect();
        spec.cap_drop = spec.cap_drop.iter().map(capability).collect();
        spec.mounts.iter_mut().for_each(|mount| mount.options.clear());
    }
    if live.is_podman() {
        asked.image = format!("docker.io/library/{IMAGE}");
    }
    pretty_assertions::assert_eq!(told, asked);
}

async fn created_and_not_started(live: Live) {
    let mut spec = live.spec("later", &["true"]);
    spec.start = false;
    let target = live.create(spec).await;
    assert_eq!(live.state(&target.name), "created");
}

async fn an_empty_form(live: Live) {
    let spec = ContainerSpec { name: String::new(), command: Vec::new(), ..live.spec("x", &[]) };
    let Ok(Done::Created { id, .. }) =
        live.perform(Request::Container(ContainerRequest::Create(Box::new(spec.clone())))).await
    else {
        panic!("not created");
    };
    let truth = live.truth(id.as_str());
    assert_eq!(truth["Config"]["Cmd"], json!(["sh"]), "the image's own");
    let told = read_back(&live, &id).await;
    assert!(!told.name.is_empty(), "the engine named it");
    assert_same(&live, &ContainerSpec { name: String::new(), ..told }, &spec);
}

async fn auto_remove(live: Live) {
    let mut spec = live.spec("brief", &["sh", "-c", "trap 'exit 0' TERM; echo up; while :; do sleep 0.1; done"]);
    spec.auto_remove = true;
    let target = live.create(spec).await;
    live.logs_until(&target.id, "up").await;
    assert_eq!(live.truth(&target.name)["HostConfig"]["AutoRemove"], true);
    live.perform(Request::Container(ContainerRequest::Stop { target: target.clone(), timeout: Some(5) }))
        .await
        .expect("a stop");
    let mut asks = 0;
    while live.exists(&target.name) {
        asks += 1;
        assert!(asks < 200, "it is still there");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

/// A second container from the first one's settings is the same, its name and published ports aside.
async fn another_like_this(live: Live) {
    live.docker(&["network", "create", "--label", &live.label(), &live.name("network")]);
    let mut spec = full(&live);
    spec.ports.clear();
    spec.privileged = true;
    spec.cap_add.clear();
    spec.cap_drop.clear();
    let first = live.create(spec).await;
    let mut again = read_back(&live, &first.id).await;
    assert!(again.privileged);
    again.name = live.name("twin");
    let second = live.create(again.clone()).await;
    assert_same(&live, &read_back(&live, &second.id).await, &ContainerSpec { image: IMAGE.into(), ..again });
}

/// With its input kept open and no terminal.
async fn interactive(live: Live) {
    let mut spec = live.spec("stdin", &["cat"]);
    spec.interactive = true;
    let target = live.create(spec).await;
    assert_eq!(live.state(&target.name), "running");
    assert_eq!(live.truth(&target.name)["Config"]["OpenStdin"], true);
    let told = read_back(&live, &target.id).await;
    assert_eq!((told.interactive, told.tty), (true, false));
}
