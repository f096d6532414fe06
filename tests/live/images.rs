//! Images: list, history, tag, inspect, remove.

use crate::support::engines::{IMAGE, Live, on_engines};
use dockerui_tui::domain::{Done, FailureKind, Image, ImageRequest, Request};

on_engines!(listed_and_inspected, history, tagged_and_untagged, used_by_a_container, dangling);

async fn find(live: &Live, tag: &str) -> Option<Image> {
    let images = live.engine.images().await.expect("images");
    images.into_iter().find(|image| image.tags.iter().any(|one| one.ends_with(tag)))
}

/// As this engine writes it.
fn full(live: &Live, reference: &str) -> String {
    if live.is_podman() { format!("docker.io/library/{reference}") } else { reference.to_owned() }
}

/// An image of the test's own, with a layer of its own.
fn make(live: &Live, suffix: &str) -> String {
    let tag = format!("{}:1", live.name(suffix));
    live.build(&tag, &format!("FROM {IMAGE}\nRUN echo {tag} > /made\n"));
    tag
}

async fn listed_and_inspected(live: Live) {
    let image = find(&live, IMAGE).await.expect("busybox");
    let truth = live.truth(IMAGE);
    assert_eq!(
        image.id.as_str().trim_start_matches("sha256:"),
        truth["Id"].as_str().unwrap().trim_start_matches("sha256:")
    );
    assert_eq!(image.size, truth["Size"].as_u64().unwrap());
    assert!(image.created > 0 && !image.is_dangling());
    let inspected = live.engine.inspect_image(&image.id).await.expect("inspect");
    assert_eq!(inspected["Config"]["Cmd"], serde_json::json!(["sh"]));
}

async fn history(live: Live) {
    let tag = make(&live, "layered");
    let image = find(&live, &tag).await.expect("the image");
    let layers = live.engine.history(&image.id).await.expect("history");
    assert_eq!(layers.len(), 2, "{layers:?}");
    assert!(layers[0].created_by.contains("/made"), "{layers:?}");
    assert!(layers[0].created >= layers[1].created && layers[1].size > 500_000, "{layers:?}");
    // Podman 4.3 leaves the tags out here.
    assert_eq!(layers[0].tags.iter().any(|one| one.ends_with(&tag)), !live.is_podman_4(), "{layers:?}");
}

async fn tagged_and_untagged(live: Live) {
    let tag = make(&live, "tagged");
    let image = find(&live, &tag).await.expect("the image");
    let new = format!("{}:two", live.name("other"));
    let request = Request::Image(ImageRequest::Tag { id: image.id.clone(), reference: tag.clone(), new: new.clone() });
    assert_eq!(live.perform(request).await, Ok(Done::Changed));
    assert_eq!(live.truth(&new)["Id"], live.truth(&tag)["Id"]);
    let mut tags = find(&live, &tag).await.expect("the image").tags;
    tags.sort();
    let mut expected: Vec<Box<str>> = [&tag, &new].map(|tag| full(&live, tag).into()).into();
    if live.is_podman() {
        // What is made there itself has no registry.
        expected = [&tag, &new].map(|tag| tags.iter().find(|one| one.ends_with(tag.as_str())).unwrap().clone()).into();
    }
    expected.sort();
    assert_eq!(tags, expected);

    // One of two names: it stays under the other.
    let remove = |reference: &str| {
        Request::Image(ImageRequest::Remove {
            id: image.id.clone(),
            reference: reference.to_owned(),
            force: false,
            prune_parents: true,
        })
    };
    let Ok(Done::ImageRemoved { untagged, deleted }) = live.perform(remove(&new)).await else { panic!("not removed") };
    assert!(untagged.len() == 1 && untagged[0].ends_with(&new) && deleted.is_empty(), "{untagged:?} {deleted:?}");
    let Ok(Done::ImageRemoved { untagged, deleted }) = live.perform(remove(&tag)).await else { panic!("not removed") };
    assert!(untagged.iter().any(|one| one.ends_with(&tag)) && !deleted.is_empty(), "{untagged:?} {deleted:?}");
    assert_eq!(find(&live, &tag).await, None);
    let failure = live.perform(remove(&tag)).await.expect_err("it is gone");
    assert_eq!(failure.kind, FailureKind::NotFound, "{failure}");
}

async fn used_by_a_container(live: Live) {
    let tag = make(&live, "used");
    let image = find(&live, &tag).await.expect("the image");
    let mut spec = live.spec("user", &["sleep", "1000"]);
    spec.image = tag.clone();
    let container = live.create(spec).await;
    let remove = |force| ImageRequest::remove(&image, force, true).into();
    let failure = live.perform(remove(false)).await.expect_err("a container uses it");
    assert_eq!(failure.kind, FailureKind::Conflict, "{failure}");
    assert!(failure.sentence.contains("container"), "{failure}");
    let forced = live.perform(remove(true)).await;
    if live.is_podman() {
        // It takes the container along.
        assert!(matches!(forced, Ok(Done::ImageRemoved { .. })), "{forced:?}");
        assert!(!live.exists(&container.name));
    } else {
        // By its name: the image loses it, the container runs on.
        let Ok(Done::ImageRemoved { untagged, .. }) = forced else { panic!("{forced:?}") };
        assert_eq!(untagged, [tag]);
        assert_eq!(live.state(&container.name), "running");
    }
}

async fn dangling(live: Live) {
    let tag = make(&live, "first");
    let before = find(&live, &tag).await.expect("the image");
    let other = make(&live, "second");
    live.docker(&["tag", &other, &tag]);
    let images = live.engine.images().await.expect("images");
    let image = images.iter().find(|image| image.id == before.id).expect("it is still there");
    assert!(image.is_dangling(), "{:?}", image.tags);
    assert_eq!(image.title(), image.id.short());
    let removed = live.perform(ImageRequest::remove(image, false, true).into()).await;
    assert!(matches!(removed, Ok(Done::ImageRemoved { .. })), "{removed:?}");
}
