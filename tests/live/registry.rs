//! Pulls from a real registry: how far each layer is, what came of it, and the words of a registry that has no such image.

use crate::support::engines::{IMAGE, Live, docker, on_engines, registry};
use dockerui_tui::domain::{Done, FailureKind, ImageRequest, Progress, Request};
use std::collections::BTreeSet;
use std::path::Path;

on_engines!(layers_are_told_of, pulled_again, by_its_digest, what_it_does_not_have, nobody_there);

/// An image in the registry, which the engine does not have. Its removal at the end is the owner's, too.
pub struct Pushed<'a> {
    live: &'a Live,
    pub reference: String,
}

impl Drop for Pushed<'_> {
    fn drop(&mut self) {
        let _ = docker(&self.live.address, &["rmi", "--force", &self.reference]);
    }
}

/// As [`pushed_to`], in the registry that is open to all.
pub fn pushed<'a>(live: &'a Live, suffix: &str) -> Pushed<'a> {
    pushed_to(live, &registry(), suffix, None)
}

/// Makes one with two layers of its own, pushed with the logins of this folder.
pub fn pushed_to<'a>(live: &'a Live, registry: &str, suffix: &str, logins: Option<&Path>) -> Pushed<'a> {
    let reference = format!("{registry}/{}:1", live.name(suffix));
    let make = "head -c 3000000 /dev/urandom > /";
    live.build(&reference, &format!("FROM {IMAGE}\nRUN {make}one\nRUN {make}two; echo {reference} > /name\n"));
    let logins = logins.map(|folder| folder.display().to_string());
    let words: Vec<&str> = logins.iter().flat_map(|folder| ["--config", folder]).chain(["push", &reference]).collect();
    live.docker(&words);
    live.docker(&["rmi", "--force", &reference]);
    Pushed { live, reference }
}

async fn pull(live: &Live, reference: &str) -> (Result<Done, dockerui_tui::domain::Failure>, Vec<Progress>) {
    let mut steps = Vec::new();
    let outcome = live.engine.perform(&Request::Image(ImageRequest::pull(reference)), |step| steps.push(step)).await;
    (outcome, steps)
}

async fn layers_are_told_of(live: Live) {
    let pushed = pushed(&live, "layered");
    let reference = &*pushed.reference;
    let (outcome, steps) = pull(&live, reference).await;
    assert!(matches!(outcome, Ok(Done::Pulled { .. })), "{outcome:?}");
    let layers: BTreeSet<&str> = steps.iter().map(|step| &*step.part).filter(|part| !part.is_empty()).collect();
    assert!(layers.len() >= 2, "{steps:?}");
    if live.is_podman() {
        // It says when a layer is there, and nothing in between.
        assert!(steps.iter().any(|step| step.status.contains("complete")), "{steps:?}");
    } else {
        let known = |step: &&Progress| &*step.status == "Downloading" && step.total > 2_000_000;
        let downloads: Vec<&Progress> = steps.iter().filter(known).collect();
        assert!(!downloads.is_empty() && downloads.iter().all(|step| step.done <= step.total), "{steps:?}");
    }
    let truth = live.truth(reference);
    let size = truth["Size"].as_u64().expect("a size");
    assert!(size > 6_000_000, "{size}");
    let images = live.engine.images().await.expect("images");
    let image = images.iter().find(|image| image.tags.iter().any(|tag| **tag == *reference)).expect("the image");
    assert_eq!(
        image.id.as_str().trim_start_matches("sha256:"),
        truth["Id"].as_str().unwrap().trim_start_matches("sha256:")
    );
}

async fn pulled_again(live: Live) {
    let pushed = pushed(&live, "twice");
    let reference = &*pushed.reference;
    let (first, _) = pull(&live, reference).await;
    let (second, _) = pull(&live, reference).await;
    let statuses = [first, second].map(|outcome| match outcome {
        Ok(Done::Pulled { status }) => status,
        other => panic!("{other:?}"),
    });
    if !live.is_podman() {
        assert_eq!(statuses[0], format!("Status: Downloaded newer image for {reference}"));
        assert_eq!(statuses[1], format!("Status: Image is up to date for {reference}"));
    }
}

async fn by_its_digest(live: Live) {
    let pushed = pushed(&live, "digest");
    let reference = &*pushed.reference;
    live.docker(&["pull", reference]);
    let digests = live.truth(reference)["RepoDigests"].take();
    let repository = reference.strip_suffix(":1").expect("its tag");
    let digest = digests.as_array().expect("digests").iter().find_map(|one| one.as_str()?.strip_prefix(repository));
    let digest = format!("{repository}{}", digest.expect("the registry's"));
    live.docker(&["rmi", "--force", reference]);
    let (outcome, _) = pull(&live, &digest).await;
    assert!(matches!(outcome, Ok(Done::Pulled { .. })), "{outcome:?}");
    live.truth(&digest);
    live.docker(&["rmi", "--force", &digest]);
}

async fn what_it_does_not_have(live: Live) {
    for (reference, kind) in [
        (format!("{}/busybox:no-such-tag", registry()), FailureKind::NotFound),
        (format!("{}/no-such-repository:1", registry()), FailureKind::NotFound),
    ] {
        let (outcome, _) = pull(&live, &reference).await;
        let failure = outcome.expect_err("it has none");
        assert_eq!(failure.kind, kind, "{failure}");
        assert!(failure.sentence.contains("manifest") && failure.sentence.contains("unknown"), "{failure}");
    }
}

async fn nobody_there(live: Live) {
    let (outcome, _) = pull(&live, "127.0.0.1:1/image:1").await;
    let failure = outcome.expect_err("nobody listens");
    assert!(failure.sentence.contains("connection refused"), "{failure}");
    assert!(!failure.is_connection(), "it is not the engine that is lost: {failure:?}");
}
