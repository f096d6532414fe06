//! The `docker` lines that dialogs, forms and notices show: each is understood by the docker client, and those that can be
//! run do on a real engine what the program does.

use crate::support::engines::{IMAGE, Live, on_engines};
use dockerui_tui::domain::{
    Commit, Connection, ContainerId, ContainerRequest, ContainerSpec, Done, ImageFileRequest, ImageId, ImageRequest,
    ImageSave, Limits, MountKind, MountSpec, NetworkId, NetworkRequest, NetworkSpec, PruneReach, Request,
    RestartPolicy, Target, VolumeName, VolumeRequest, VolumeSpec,
};
use regex::Regex;
use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output, Stdio};

on_engines!(lines_do_what_they_say, a_created_container_is_the_same_by_its_line);

/// One line of each kind of request, as the unit tests hold them equal to what requests say.
const CASES: &str = include_str!("../../src/domain/request/tests/cases.rs");

/// How the docker client says that it does not understand.
const MISUNDERSTOOD: &[&str] = &[
    "unknown flag",
    "unknown shorthand flag",
    "unknown command",
    "is not a docker command",
    "flag needs an argument",
    "invalid argument",
    "invalid reference",
    "conflicting options",
    "requires at least",
    "requires at most",
    "requires exactly",
    "accepts at most",
    "accepts no argument",
    "Syntax error",
    "docker: not found",
];

/// Runs a line in a shell, on that engine, as somebody who pastes it.
fn shell(line: &str, address: &str, home: &Path) -> Output {
    let mut command = Command::new("sh");
    command.args(["-c", line]).current_dir(home).env("HOME", home).env("DOCKER_HOST", address);
    for variable in ["DOCKER_CONTEXT", "DOCKER_TLS_VERIFY", "DOCKER_CERT_PATH", "DOCKER_CONFIG"] {
        command.env_remove(variable);
    }
    command.stdin(Stdio::null()).output().expect("a shell")
}

fn folder(name: &str) -> std::path::PathBuf {
    let folder = std::env::temp_dir().join(format!("dockerui-lines-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// Nobody answers: what is wrong with a line itself is said before that is known.
#[test]
fn the_client_understands_the_line_of_every_request() {
    if Command::new("docker").arg("--version").output().is_err() {
        let required = std::env::var("DOCKERUI_REQUIRE_LIVE").is_ok_and(|required| required == "1");
        return assert!(!required, "there is no docker client");
    }
    let home = folder("understood");
    let literal = Regex::new(r#""(docker (?:[^"\\]|\\.)*)""#).expect("a pattern");
    let lines: Vec<String> = literal
        .captures_iter(CASES)
        .map(|found| serde_json::from_str(&format!("\"{}\"", &found[1])).expect("a string"))
        .collect();
    assert!(lines.len() > 50, "{lines:?}");
    for line in &lines {
        let output = shell(line, "unix:///nowhere/docker.sock", &home);
        let said = String::from_utf8_lossy(&output.stderr);
        // A client of the time before engines told volumes apart does not know the word.
        if line.starts_with("docker volume prune --all") && said.contains("unknown flag: --all") {
            continue;
        }
        let misunderstood = MISUNDERSTOOD.iter().find(|words| said.contains(**words));
        assert!(misunderstood.is_none(), "{line}: {said}");
    }
    drop(std::fs::remove_dir_all(home));
}

/// Runs the line of a request; gives what it prints.
fn run(live: &Live, request: &Request, home: &Path) -> String {
    let line = request.docker_command();
    let output = shell(&line, &live.address, home);
    assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

async fn lines_do_what_they_say(live: Live) {
    live.images_alone();
    let home = folder(&live.prefix);
    let target = live.idle("web").await;
    let run = |request: Request| run(&live, &request, &home);
    let container = |request: ContainerRequest| run(Request::Container(request));
    container(ContainerRequest::Pause(target.clone()));
    assert_eq!(live.state(&target.name), "paused");
    container(ContainerRequest::Unpause(target.clone()));
    container(ContainerRequest::Restart { target: target.clone(), timeout: Some(0) });
    assert_eq!(live.state(&target.name), "running");
    container(ContainerRequest::Kill { target: target.clone(), signal: "SIGKILL".into() });
    live.until(&target.id, |row| !row.state.is_up()).await;
    assert_eq!(container(ContainerRequest::Wait(target.clone())).trim(), "137");
    let fresh = live.create(ContainerSpec { start: false, ..live.spec("fresh", &["sleep", "1000"]) }).await;
    container(ContainerRequest::Start(fresh.clone()));
    assert_eq!(live.state(&fresh.name), "running");
    let renamed = Target::new(fresh.id.clone(), live.name("renamed"));
    container(ContainerRequest::Rename { target: fresh, name: renamed.name.to_string() });

    let volume = |name: &str| VolumeSpec {
        name: live.name(name),
        labels: vec![("a.b".into(), "c 'd' $e".into())],
        ..VolumeSpec::default()
    };
    run(VolumeRequest::Create(volume("data")).into());
    assert_eq!(live.truth(&live.name("data"))["Labels"]["a.b"], "c 'd' $e");
    run(VolumeRequest::Clone { from: VolumeName::new(live.name("data")), to: volume("copy") }.into());
    live.truth(&live.name("copy"));
    run(VolumeRequest::Remove { name: VolumeName::new(live.name("copy")), force: false }.into());

    let pools = vec!["10.231.0.0/16 gateway 10.231.0.254 range 10.231.8.0/24".parse().expect("a pool")];
    let network = NetworkSpec { name: live.name("front"), pools, internal: true, ..NetworkSpec::default() };
    run(NetworkRequest::Create(network).into());
    let truth = live.truth(&live.name("front"));
    assert_eq!((&truth["Internal"], &truth["IPAM"]["Config"][0]["Gateway"]), (&true.into(), &"10.231.0.254".into()));
    let id = NetworkId::new(truth["Id"].as_str().or(truth["id"].as_str()).expect("an id"));
    let connection = Connection {
        id: id.clone(),
        network: live.name("front").into(),
        container: renamed.clone(),
        aliases: vec!["also".into()],
        ipv4: "10.231.0.77".parse().ok(),
        ipv6: None,
    };
    run(NetworkRequest::Connect(Box::new(connection)).into());
    let places = |live: &Live| live.truth(&renamed.name)["NetworkSettings"]["Networks"].clone();
    assert_eq!(places(&live)[live.name("front")]["IPAddress"], "10.231.0.77");
    run(NetworkRequest::Disconnect {
        id: id.clone(),
        name: live.name("front").into(),
        target: renamed.clone(),
        force: false,
    }
    .into());
    assert!(places(&live).get(live.name("front")).is_none());
    run(NetworkRequest::Remove { id, name: live.name("front").into() }.into());

    let (one, two) = (format!("{}:1", live.name("image")), format!("{}:2", live.name("image")));
    let id = || ImageId::new(live.docker(&["image", "inspect", "--format", "{{.Id}}", IMAGE]).trim());
    run(ImageRequest::Tag { id: id(), reference: IMAGE.into(), new: one.clone() }.into());
    run(ImageRequest::Tag { id: id(), reference: one.clone(), new: two.clone() }.into());
    run(ImageFileRequest::Save(ImageSave::new(vec![one.clone(), two.clone()], "~/x y.tar")).into());
    run(ImageRequest::Untag { id: id(), reference: two.clone() }.into());
    run(ImageRequest::Remove { id: id(), reference: one.clone(), force: false, prune_parents: true }.into());
    let loaded = run(ImageFileRequest::Load { path: "~/x y.tar".into() }.into());
    assert!(loaded.contains(&two), "{loaded}");
    for name in [one, two] {
        run(ImageRequest::Untag { id: id(), reference: name }.into());
    }
    // The client sends no body with it, which Podman 4 wants.
    if !live.is_podman_4() {
        let commit = Commit {
            target: renamed.clone(),
            reference: format!("{}:c", live.name("image")),
            author: "Me <me@example.com>".into(),
            message: "it's \"done\"".into(),
            changes: vec!["CMD [\"sh\", \"-c\", \"echo $HOME\"]".into()],
            pause: true,
        };
        run(ImageRequest::Commit(Box::new(commit)).into());
        let made = live.truth(&format!("{}:c", live.name("image")));
        assert_eq!(made["Config"]["Cmd"][2], "echo $HOME", "{made}");
    }
    if !live.is_podman_4() {
        let limits = Limits { memory: Some(64 << 20), nano_cpus: None, restart: Some(RestartPolicy::OnFailure(3)) };
        container(ContainerRequest::Update { target: renamed.clone(), limits });
        assert_eq!(live.truth(&renamed.name)["HostConfig"]["Memory"], 64 << 20);
    }
    container(ContainerRequest::Stop { target: renamed.clone(), timeout: Some(0) });
    live.until(&renamed.id, |row| !row.state.is_up()).await;
    container(ContainerRequest::Remove { target: renamed.clone(), force: true, volumes: true });
    assert!(!live.exists(&renamed.name));
    // With a filter that only what is made here has, and the answer to the question piped in.
    let prune = VolumeRequest::Prune { reach: PruneReach::Undivided, labels: vec!["a.b=c 'd' $e".into()] };
    let line = format!("echo y | {}", Request::from(prune).docker_command());
    assert!(shell(&line, &live.address, &home).status.success(), "{line}");
    drop(std::fs::remove_dir_all(home));
}

/// Everything of a container that was asked for, as the engine tells it.
fn asked(truth: &Value) -> Vec<(String, Value)> {
    const PLACES: &[&str] = &[
        "/Config/Cmd",
        "/Config/Entrypoint",
        "/Config/Env",
        "/Config/Labels",
        "/Config/User",
        "/Config/WorkingDir",
        "/Config/Hostname",
        "/Config/Tty",
        "/HostConfig/Binds",
        "/HostConfig/Tmpfs",
        "/HostConfig/PortBindings",
        "/HostConfig/RestartPolicy",
        "/HostConfig/Memory",
        "/HostConfig/NanoCpus",
        "/HostConfig/CapAdd",
        "/HostConfig/CapDrop",
        "/HostConfig/ExtraHosts",
        "/HostConfig/Dns",
        "/HostConfig/Init",
        "/HostConfig/ReadonlyRootfs",
        "/HostConfig/Privileged",
    ];
    let place = |place: &&str| ((*place).to_owned(), truth.pointer(place).cloned().unwrap_or_default());
    PLACES.iter().map(place).collect()
}

async fn a_created_container_is_the_same_by_its_line(live: Live) {
    let home = folder(&format!("{}-create", live.prefix));
    let strings = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let mut spec = live.spec("same", &["-c", "echo \"$HOME\" 'x y'; sleep 1000"]);
    spec.entrypoint = strings(&["/bin/sh"]);
    spec.environment = strings(&["A=1", "WORDS=two words, \"quoted\" $HOME `id`", "EMPTY="]);
    let volume = MountSpec {
        kind: MountKind::Volume,
        source: live.name("volume"),
        target: "/data".into(),
        read_only: false,
        options: String::new(),
    };
    let scratch = MountSpec {
        kind: MountKind::Tmpfs,
        source: String::new(),
        target: "/scratch".into(),
        read_only: false,
        options: "size=16m".into(),
    };
    spec.mounts = vec![volume, scratch];
    spec.restart = RestartPolicy::OnFailure(3);
    spec.user = "65534:65534".into();
    spec.working_dir = "/tmp".into();
    spec.hostname = "inside".into();
    spec.labels.push(("com.example.role".into(), "test, =\"x\" it's".into()));
    spec.limits = Limits { memory: Some(64 << 20), nano_cpus: Some(500_000_000), restart: None };
    spec.init = true;
    spec.cap_add = strings(&["NET_ADMIN"]);
    spec.cap_drop = strings(&["CHOWN"]);
    spec.extra_hosts = strings(&["db:10.0.0.9"]);
    spec.dns = strings(&["10.0.0.53"]);
    let by_line = ContainerSpec { name: live.name("line"), ..spec.clone() };
    live.create(spec).await;
    let request = Request::Container(ContainerRequest::Create(Box::new(by_line)));
    let id = run(&live, &request, &home);
    assert_eq!(id.trim().len(), 64, "{id}");
    let (ours, theirs) = (asked(&live.truth(&live.name("same"))), asked(&live.truth(&live.name("line"))));
    for (ours, theirs) in ours.iter().zip(&theirs) {
        assert_eq!(comparable(ours), comparable(theirs), "{}", request.docker_command());
    }
    let removed = ContainerRequest::Remove {
        target: Target::new(ContainerId::new(id.trim()), live.name("line")),
        force: true,
        volumes: false,
    };
    assert_eq!(live.perform(Request::Container(removed)).await, Ok(Done::Changed));
    drop(std::fs::remove_dir_all(home));
}

/// Nothing at all is written in several ways, lists in any order, and capabilities with and without what all begin with.
fn comparable((place, value): &(String, Value)) -> (String, Value) {
    let mut value = match value {
        Value::Array(list) if list.is_empty() => Value::Null,
        Value::Object(map) if map.is_empty() => Value::Null,
        other => other.clone(),
    };
    if let Value::Array(list) = &mut value {
        if place.contains("/Cap") {
            let short = |word: &Value| word.as_str().map(|word| word.trim_start_matches("CAP_").into());
            list.iter_mut().for_each(|word| *word = short(word).unwrap_or_default());
        }
        list.sort_by_key(Value::to_string);
    }
    (place.clone(), value)
}
