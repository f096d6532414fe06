//! Volumes and networks: created, measured, cloned, pruned, connected, disconnected, removed.

use crate::support::engines::{IMAGE, Live, on_engines};
use dockerui_tui::domain::{
    ApiVersion, Connection, ContainerSpec, Done, Failure, FailureKind, NetworkId, NetworkRequest, NetworkSpec,
    PruneReach, Request, Target, VolumeName, VolumeRequest, VolumeSpec,
};

on_engines!(volume_life, measured_and_pruned, cloned, no_helper_stays, network_life, connected, networks_pruned);

/// A label that nothing else has, so that a prune takes only what this test made.
fn label(live: &Live) -> (String, String) {
    ("dockerui.own".to_owned(), live.prefix.clone())
}

fn volume(live: &Live, suffix: &str) -> VolumeSpec {
    VolumeSpec { name: live.name(suffix), labels: vec![label(live)], ..VolumeSpec::default() }
}

async fn make_volume(live: &Live, suffix: &str) -> VolumeName {
    match live.perform(VolumeRequest::Create(volume(live, suffix)).into()).await {
        Ok(Done::VolumeMade { name }) => name,
        other => panic!("no volume was made: {other:?}"),
    }
}

fn remove(name: &VolumeName, force: bool) -> Request {
    VolumeRequest::Remove { name: name.clone(), force }.into()
}

/// Runs a script beside a volume and gives what it prints.
fn beside(live: &Live, name: &VolumeName, script: &str) -> String {
    let mount = format!("{name}:/v");
    live.docker(&["run", "--rm", "--network=none", "-v", &mount, IMAGE, "sh", "-c", script])
}

async fn volume_life(live: Live) {
    let name = make_volume(&live, "data").await;
    let truth = live.truth(name.as_str());
    assert_eq!((&truth["Driver"], &truth["Labels"]["dockerui.own"]), (&"local".into(), &live.prefix.clone().into()));
    let failure = live.perform(VolumeRequest::Create(volume(&live, "data")).into()).await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::Conflict, "{failure:?}");
    let spec = ContainerSpec {
        mounts: vec![format!("{name}:/v").parse().unwrap()],
        start: false,
        ..live.spec("user", &["true"])
    };
    let user = live.create(spec).await;
    let failure = live.perform(remove(&name, false)).await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::Conflict, "{failure:?}");
    live.docker(&["rm", "-f", &user.name]);
    assert_eq!(live.perform(remove(&name, true)).await, Ok(Done::Changed));
    assert_eq!(live.perform(remove(&name, false)).await.unwrap_err().kind, FailureKind::NotFound);
    let Ok(Done::VolumeMade { name }) = live.perform(VolumeRequest::Create(VolumeSpec::default()).into()).await else {
        panic!("no anonymous volume was made")
    };
    assert_eq!(name.as_str().len(), 64);
    assert_eq!(live.perform(remove(&name, false)).await, Ok(Done::Changed));
}

async fn measured_and_pruned(live: Live) {
    let (used, idle) = (make_volume(&live, "used").await, make_volume(&live, "idle").await);
    beside(&live, &idle, "dd if=/dev/zero of=/v/zeros bs=1k count=300");
    let sizes = live.engine.volume_sizes().await.expect("sizes");
    let measured = sizes.iter().find(|(name, _)| *name == idle).map(|(_, bytes)| *bytes).expect("its size");
    assert!((300 * 1024..400 * 1024).contains(&measured), "{measured}");
    let spec = ContainerSpec {
        mounts: vec![format!("{used}:/v").parse().unwrap()],
        start: false,
        ..live.spec("user", &["true"])
    };
    live.create(spec).await;
    let is_divided = live.engine.api().is_some_and(|api| api >= ApiVersion { major: 1, minor: 42 });
    let labels = vec![format!("dockerui.own={}", live.prefix)];
    if is_divided {
        let request = VolumeRequest::Prune { reach: PruneReach::Anonymous, labels: labels.clone() };
        assert_eq!(live.perform(request.into()).await, Ok(Done::Pruned { names: Vec::new(), bytes: 0 }));
    }
    let reach = if is_divided { PruneReach::All } else { PruneReach::Undivided };
    let Ok(Done::Pruned { names, bytes }) = live.perform(VolumeRequest::Prune { reach, labels }.into()).await else {
        panic!("nothing was pruned")
    };
    assert_eq!(names, [idle.as_str()]);
    assert!(bytes >= 300 * 1024, "{bytes}");
    live.truth(used.as_str());
}

async fn cloned(live: Live) {
    let from = make_volume(&live, "from").await;
    beside(
        &live,
        &from,
        "mkdir /v/deep; echo hello > /v/deep/file; chmod 640 /v/deep/file; chown 12:34 /v/deep/file; ln -s deep/file /v/link; chown 56:78 /v; chmod 1770 /v; dd if=/dev/urandom of=/v/big bs=64k count=40 2>/dev/null",
    );
    let to = volume(&live, "to");
    let request = VolumeRequest::Clone { from: from.clone(), to: to.clone() };
    let copy = VolumeName::new(&to.name);
    assert_eq!(live.perform(request.clone().into()).await, Ok(Done::VolumeMade { name: copy.clone() }));
    let look = "cd /v; stat -c '%a %u %g' .; cat link; stat -c '%a %u %g' deep/file; md5sum big; find . | sort";
    let original = beside(&live, &from, look);
    // Podman's archives tell no owners.
    let expected = if live.is_podman() {
        original.replace("640 12 34", "640 0 0").replace("1770 56 78", "1770 0 0")
    } else {
        original
    };
    assert_eq!(beside(&live, &copy, look), expected);
    no_helpers(&live, &[&from, &copy]);
    // A second time there is one of that name already, which stays as it is.
    assert_eq!(live.perform(request.into()).await.unwrap_err().kind, FailureKind::Conflict);
    live.truth(copy.as_str());
    let nothing = VolumeRequest::Clone { from: VolumeName::new(live.name("nosuch")), to: volume(&live, "other") };
    assert_eq!(live.perform(nothing.into()).await.unwrap_err().kind, FailureKind::NotFound);
    no_helpers(&live, &[&from, &copy]);
}

fn no_helpers(live: &Live, volumes: &[&VolumeName]) {
    for name in volumes {
        // The one that was read goes a moment after its last byte.
        let left = || live.docker(&["ps", "-aq", "--filter", &format!("label=dockerui.volume-of={name}")]);
        assert!((0..50).any(|_| left().is_empty()), "a helper of {name} stays");
    }
}

/// Given up in the middle, a clone leaves neither the helpers nor the half of a volume.
async fn no_helper_stays(live: Live) {
    let from = make_volume(&live, "from").await;
    beside(&live, &from, "dd if=/dev/zero of=/v/big bs=1M count=200 2>/dev/null");
    let to = volume(&live, "to");
    let (engine, request) = (live.engine.clone(), VolumeRequest::Clone { from: from.clone(), to: to.clone() });
    let (told, mut steps) = tokio::sync::mpsc::unbounded_channel();
    let cloning = tokio::spawn(async move { engine.perform(&request.into(), |step| drop(told.send(step))).await });
    if steps.recv().await.is_some() {
        cloning.abort();
        assert!(cloning.await.is_err_and(|error| error.is_cancelled()));
        let gone = async {
            while live.docker(&["volume", "ls", "-q"]).lines().any(|line| line == to.name) {
                tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            }
        };
        tokio::time::timeout(crate::support::engines::PATIENCE, gone).await.expect("the half to go");
        no_helpers(&live, &[&from, &VolumeName::new(&to.name)]);
    }
}

fn network(live: &Live, suffix: &str, subnet: &str) -> NetworkSpec {
    let pools = if subnet.is_empty() { Vec::new() } else { vec![subnet.parse().unwrap()] };
    NetworkSpec { name: live.name(suffix), pools, labels: vec![label(live)], ..NetworkSpec::default() }
}

async fn make_network(live: &Live, spec: &NetworkSpec) -> NetworkId {
    match live.perform(NetworkRequest::Create(spec.clone()).into()).await {
        Ok(Done::NetworkMade { id, .. }) => id,
        other => panic!("no network was made: {other:?}"),
    }
}

async fn refused(live: &Live, spec: &NetworkSpec) -> Failure {
    live.perform(NetworkRequest::Create(spec.clone()).into()).await.expect_err("a refusal")
}

async fn network_life(live: Live) {
    let spec = NetworkSpec {
        internal: true,
        ..network(&live, "back", "10.201.0.0/16 gateway 10.201.0.254 range 10.201.8.0/24")
    };
    let id = make_network(&live, &spec).await;
    let truth = live.truth(&spec.name);
    assert_eq!(truth["Internal"], true);
    assert_eq!(truth["IPAM"]["Config"][0]["Subnet"], "10.201.0.0/16");
    assert_eq!(truth["IPAM"]["Config"][0]["Gateway"], "10.201.0.254");
    assert_eq!(truth["Labels"]["dockerui.own"], live.prefix);
    let rows = live.engine.networks().await.expect("networks");
    let row = rows.iter().find(|row| row.id == id).expect("its row");
    assert_eq!((&*row.name, &*row.subnets[0]), (&*spec.name, "10.201.0.0/16"));
    let taken = refused(&live, &network(&live, "back", "10.202.0.0/16")).await;
    assert_eq!(taken.kind, FailureKind::Conflict, "{taken:?}");
    let overlap = refused(&live, &network(&live, "over", "10.201.5.0/24")).await;
    assert!(
        matches!(overlap.kind, FailureKind::Forbidden | FailureKind::Engine | FailureKind::BadRequest),
        "{overlap:?}"
    );
    let user = live.docker(&["run", "-d", "--network", &spec.name, "--label", &live.label(), IMAGE, "sleep", "1000"]);
    let remove = Request::Network(NetworkRequest::Remove { id: id.clone(), name: spec.name.as_str().into() });
    assert!(live.perform(remove.clone()).await.is_err(), "one that is in use is kept");
    live.docker(&["rm", "-f", user.trim()]);
    assert_eq!(live.perform(remove.clone()).await, Ok(Done::Changed));
    assert_eq!(live.perform(remove).await.unwrap_err().kind, FailureKind::NotFound);
}

async fn connected(live: Live) {
    let first = network(&live, "first", "10.211.0.0/24");
    make_network(&live, &first).await;
    let second = network(&live, "second", "10.212.0.0/24");
    let id = make_network(&live, &second).await;
    let user = live.docker(&["run", "-d", "--network", &first.name, "--label", &live.label(), IMAGE, "sleep", "1000"]);
    let target = Target::new(dockerui_tui::domain::ContainerId::new(user.trim()), user.trim());
    let connect = |ipv4: &str| {
        NetworkRequest::Connect(Box::new(Connection {
            id: id.clone(),
            network: second.name.as_str().into(),
            container: target.clone(),
            aliases: vec!["also".to_owned()],
            ipv4: ipv4.parse().ok(),
            ipv6: None,
        }))
    };
    assert_eq!(live.perform(connect("10.212.0.77").into()).await, Ok(Done::Changed));
    let place = live.truth(&target.name)["NetworkSettings"]["Networks"][&second.name].clone();
    assert_eq!(place["IPAddress"], "10.212.0.77", "{place}");
    assert!(place["Aliases"].to_string().contains("\"also\""), "{place}");
    let told = live.engine.inspect_network(&id).await.expect("the network");
    assert!(
        told["Containers"][target.id.as_str()]["IPv4Address"].as_str().unwrap_or_default().starts_with("10.212.0.77"),
        "{told}"
    );
    assert!(live.perform(connect("10.212.0.78").into()).await.is_err(), "it is there already");
    let disconnect = |force| NetworkRequest::Disconnect {
        id: id.clone(),
        name: second.name.as_str().into(),
        target: target.clone(),
        force,
    };
    assert_eq!(live.perform(disconnect(false).into()).await, Ok(Done::Changed));
    let left = live.truth(&target.name)["NetworkSettings"]["Networks"].clone();
    assert!(left.get(&second.name).is_none(), "{left}");
    assert_eq!(live.perform(connect("").into()).await, Ok(Done::Changed));
    assert_eq!(live.perform(disconnect(true).into()).await, Ok(Done::Changed));
    live.docker(&["rm", "-f", &target.name]);
}

async fn networks_pruned(live: Live) {
    let idle = network(&live, "idle", "");
    make_network(&live, &idle).await;
    let held = NetworkSpec { labels: Vec::new(), ..network(&live, "other", "") };
    make_network(&live, &held).await;
    let labels = vec![format!("dockerui.own={}", live.prefix)];
    let pruned = loop {
        match live.perform(NetworkRequest::Prune { labels: labels.clone() }.into()).await {
            // Podman asks every container in turn, and gives up where one of another test has gone meanwhile.
            Err(failure) if live.is_podman() && failure.sentence.contains("no such container") => {}
            pruned => break pruned,
        }
    };
    let names = match pruned {
        Ok(Done::Pruned { names, bytes: 0 }) => names,
        other => panic!("nothing was pruned: {other:?}"),
    };
    assert_eq!(names, [idle.name]);
    live.truth(&held.name);
}
