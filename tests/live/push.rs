//! Pushes to a real registry: how far each layer is, what is there afterwards, and what is said where it cannot be.

use crate::support::engines::{IMAGE, Live, on_engines, registry};
use dockerui_tui::domain::{Done, Failure, FailureKind, ImageRequest, Progress, Request};

on_engines!(layers_are_told_of, every_tag, what_is_not_there, nobody_listens);

async fn push(live: &Live, reference: &str, all_tags: bool) -> (Result<Done, Failure>, Vec<Progress>) {
    let mut steps = Vec::new();
    let request = Request::Image(ImageRequest::Push { reference: reference.into(), all_tags, from: String::new() });
    let outcome = live.engine.perform(&request, |step| steps.push(step)).await;
    (outcome, steps)
}

/// An image with a layer of its own, called so in the registry.
fn make(live: &Live, suffix: &str) -> String {
    let reference = format!("{}/{}:1", registry(), live.name(suffix));
    live.build(
        &reference,
        &format!("FROM {IMAGE}\nRUN head -c 3000000 /dev/urandom > /own; echo {reference} > /name\n"),
    );
    reference
}

async fn layers_are_told_of(live: Live) {
    let reference = make(&live, "pushed");
    let (outcome, steps) = push(&live, &reference, false).await;
    let Ok(Done::Pushed { digest }) = outcome else { panic!("{outcome:?}") };
    assert!(digest.starts_with("sha256:"), "{digest}");
    if !live.is_podman() {
        let told = |step: &&Progress| &*step.status == "Pushing" && step.total > 2_000_000;
        assert!(steps.iter().filter(told).count() > 0, "{steps:?}");
    }
    live.docker(&["rmi", "--force", &reference]);
    let (repository, _) = reference.rsplit_once(':').expect("a tag");
    live.docker(&["pull", &format!("{repository}@{digest}")]);
    live.docker(&["rmi", "--force", &format!("{repository}@{digest}")]);
}

async fn every_tag(live: Live) {
    let reference = make(&live, "tags");
    let other = reference.replace(":1", ":2");
    live.docker(&["tag", &reference, &other]);
    let (outcome, _) = push(&live, &reference, true).await;
    if live.is_podman() {
        // It has no such call: the form says so before anything is sent.
        assert_eq!(outcome.expect_err("one at a time").kind, FailureKind::NotFound);
        return;
    }
    assert!(matches!(outcome, Ok(Done::Pushed { .. })), "{outcome:?}");
    live.docker(&["rmi", "--force", &reference, &other]);
    let pull = Request::Image(ImageRequest::Pull { reference, platform: String::new(), all_tags: true });
    assert!(matches!(live.perform(pull).await, Ok(Done::Pulled { .. })));
    live.truth(&other);
}

async fn what_is_not_there(live: Live) {
    let (outcome, _) = push(&live, &format!("{}/{}:1", registry(), live.name("no-such")), false).await;
    let failure = outcome.expect_err("there is none");
    assert_eq!(failure.kind, FailureKind::NotFound, "{failure}");
}

async fn nobody_listens(live: Live) {
    let reference = format!("127.0.0.1:1/{}:1", live.name("lost"));
    live.docker(&["tag", IMAGE, &reference]);
    let (outcome, _) = push(&live, &reference, false).await;
    let failure = outcome.expect_err("nobody listens");
    assert!(failure.sentence.contains("connection refused"), "{failure}");
    assert!(failure.hint.as_ref().is_some_and(|hint| hint.contains("cannot reach 127.0.0.1:1")), "{failure:?}");
    live.docker(&["rmi", &reference]);
}
