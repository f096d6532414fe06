//! What an engine refuses: its own words, and the kind of failure they are.

use crate::support::engines::{Live, on_engines};
use dockerui_tui::domain::{ContainerRequest, Failure, FailureKind, ImageRequest, Request};

on_engines!(
    name_is_taken,
    image_is_missing,
    port_is_in_use,
    command_is_missing,
    gone_in_the_meantime,
    pull_without_a_registry
);

async fn refused(live: &Live, request: Request) -> Failure {
    let failure = live.perform(request).await.expect_err("a refusal");
    assert!(failure.sentence.len() > 5 && !failure.sentence.contains('\n'), "{failure:?}");
    failure
}

async fn name_is_taken(live: Live) {
    let first = live.create(live.spec("same", &["sleep", "1000"])).await;
    let failure =
        refused(&live, Request::Container(ContainerRequest::Create(Box::new(live.spec("same", &["true"]))))).await;
    assert_eq!(failure.kind, FailureKind::Conflict, "{failure}");
    assert!(failure.sentence.contains("is already in use"), "{failure}");
    assert_eq!(live.state(&first.name), "running", "the first one is as it was");
}

async fn image_is_missing(live: Live) {
    let mut spec = live.spec("imageless", &["true"]);
    spec.image = "no-such-image:1.0".into();
    let failure = refused(&live, Request::Container(ContainerRequest::Create(Box::new(spec)))).await;
    assert_eq!(failure.kind, FailureKind::NotFound, "{failure}");
    assert!(failure.sentence.contains("no-such-image:1.0"), "{failure}");
    assert!(!live.exists(&live.name("imageless")));
}

async fn port_is_in_use(live: Live) {
    let spec = |suffix: &str| {
        let mut spec = live.spec(suffix, &["sleep", "1000"]);
        spec.ports = dockerui_tui::domain::parse_ports("127.0.0.1:21080:80").expect("a port");
        spec
    };
    live.create(spec("first")).await;
    let failure = refused(&live, Request::Container(ContainerRequest::Create(Box::new(spec("second"))))).await;
    assert!(failure.sentence.contains("21080"), "{failure}");
    assert!(failure.sentence.contains("in use") || failure.sentence.contains("allocated"), "{failure}");
    // The second step failed, not the first.
    let hint = failure.hint.expect("a hint");
    assert!(hint.contains(&live.name("second")) && hint.contains("created"), "{hint}");
    assert!(live.exists(&live.name("second")));
    assert_ne!(live.state(&live.name("second")), "running");
}

async fn command_is_missing(live: Live) {
    let failure =
        refused(&live, Request::Container(ContainerRequest::Create(Box::new(live.spec("x", &["no-such-command"])))))
            .await;
    assert!(failure.sentence.contains("no-such-command"), "{failure}");
}

async fn gone_in_the_meantime(live: Live) {
    let target = live.create(live.spec("brief", &["sleep", "1000"])).await;
    live.docker(&["rm", "-f", &target.name]);
    for request in [
        Request::Container(ContainerRequest::Start(target.clone())),
        Request::Container(ContainerRequest::Stop { target: target.clone(), timeout: Some(1) }),
        Request::Container(ContainerRequest::Restart { target: target.clone(), timeout: Some(1) }),
        Request::Container(ContainerRequest::Kill { target: target.clone(), signal: "KILL".into() }),
        Request::Container(ContainerRequest::Pause(target.clone())),
        Request::Container(ContainerRequest::Unpause(target.clone())),
        Request::Container(ContainerRequest::Rename { target: target.clone(), name: live.name("y") }),
        Request::Container(ContainerRequest::Wait(target.clone())),
    ] {
        let failure = refused(&live, request.clone()).await;
        assert_eq!(failure.kind, FailureKind::NotFound, "{request:?}: {failure}");
    }
    let engine = &live.engine;
    // Podman says it of the layer that is not there any more, with a 500.
    let of_files = if live.is_podman() { FailureKind::Engine } else { FailureKind::NotFound };
    for (outcome, kind) in [
        (engine.inspect_container(&target.id).await.map(drop), FailureKind::NotFound),
        (engine.top(&target.id, "").await.map(drop), FailureKind::NotFound),
        (engine.stats_once(&target.id).await.map(drop), FailureKind::NotFound),
        (engine.changes(&target.id).await.map(drop), of_files),
    ] {
        let failure = outcome.expect_err("it is gone");
        assert_eq!(failure.kind, kind, "{failure}");
    }
}

async fn pull_without_a_registry(live: Live) {
    // Nobody listens there: inside the engine's own network.
    let reference = "127.0.0.1:1/nothing/here:1".to_owned();
    let failure = refused(&live, Request::Image(ImageRequest::pull(reference))).await;
    // Podman 5.4 does not say who.
    if !live.is_podman() || live.is_podman_4() {
        assert!(failure.sentence.contains("127.0.0.1:1"), "{failure}");
    }
    assert!(failure.sentence.contains("refused"), "{failure}");
}
