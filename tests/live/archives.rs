//! Images as archives, and images made of archives and of containers.

use crate::support::engines::{IMAGE, Live, on_engines};
use bytes::Bytes;
use dockerui_tui::domain::{Commit, Done, FailureKind, ImageImport, ImageRequest, ImportSource, Progress};
use dockerui_tui::engine::ByteStream;
use serde_json::json;

on_engines!(
    several_images_are_saved_and_loaded_again,
    what_is_no_archive_is_refused,
    an_image_that_is_not_there_is_not_saved,
    imported_with_changes,
    an_address_that_nobody_answers,
    committed_with_changes
);

/// In pieces, as a file is sent.
fn stream(bytes: Vec<u8>) -> ByteStream {
    let pieces: Vec<_> = bytes.chunks(10_000).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
    Box::pin(futures_util::stream::iter(pieces))
}

async fn archive_of(live: &Live, references: &[String]) -> Vec<u8> {
    let mut body = live.engine.save_images(references).await.expect("an archive");
    let mut bytes = Vec::new();
    while let Some(piece) = body.piece().await {
        bytes.extend_from_slice(&piece.expect("a piece"));
    }
    bytes
}

async fn several_images_are_saved_and_loaded_again(live: Live) {
    let tags: Vec<String> = ["one", "two"]
        .map(|suffix| {
            let tag = format!("{}:1", live.name(suffix));
            live.build(&tag, &format!("FROM {IMAGE}\nRUN head -c 300000 /dev/urandom > /own; echo {tag} > /name\n"));
            tag
        })
        .into();
    let ids: Vec<_> = tags.iter().map(|tag| live.truth(tag)["Id"].clone()).collect();
    let bytes = archive_of(&live, &tags).await;
    assert!(bytes.ends_with(&[0; 1024]), "an archive has its end");
    tags.iter().for_each(|tag| drop(live.docker(&["rmi", tag])));
    let mut steps: Vec<Progress> = Vec::new();
    let mut names = live.engine.load_images(stream(bytes), |step| steps.push(step)).await.expect("loaded");
    names.sort();
    assert_eq!(names.len(), 2, "{names:?}");
    assert!(names.iter().zip(&tags).all(|(name, tag)| name.ends_with(tag)), "{names:?}");
    assert_eq!(tags.iter().map(|tag| live.truth(tag)["Id"].clone()).collect::<Vec<_>>(), ids);
}

async fn what_is_no_archive_is_refused(live: Live) {
    let failure = live.engine.load_images(stream(vec![7; 30_000]), |_| {}).await.expect_err("it is none");
    assert!(failure.sentence.contains("tar"), "{failure}");
    assert!(!failure.is_connection(), "{failure:?}");
    let images = live.engine.images().await.expect("images");
    assert!(!images.iter().any(|image| image.title().contains(&live.prefix)));
}

async fn an_image_that_is_not_there_is_not_saved(live: Live) {
    let failure = live.engine.save_images(&[live.name("no-such")]).await.expect_err("there is none");
    assert!(matches!(failure.kind, FailureKind::NotFound | FailureKind::Engine), "{failure:?}");
}

fn import(live: &Live, source: ImportSource) -> ImageImport {
    ImageImport {
        source,
        reference: format!("{}:7", live.name("imported")),
        message: "made by hand".into(),
        changes: vec!["CMD [\"/hello\"]".into(), "ENV A=1".into()],
        platform: String::new(),
    }
}

/// An archive with one file.
fn rootfs() -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_size(3);
    header.set_mode(0o755);
    header.set_cksum();
    archive.append_data(&mut header, "hello", &b"hi\n"[..]).expect("a file");
    archive.into_inner().expect("an archive")
}

async fn imported_with_changes(live: Live) {
    live.images_alone();
    let import = import(&live, ImportSource::File("x.tar".into()));
    let id = live.engine.import_image(&import, Some(stream(rootfs())), |_| {}).await.expect("imported");
    let truth = live.truth(&import.reference);
    assert_eq!(truth["Id"], json!(id));
    assert_eq!((&truth["Comment"], &truth["Config"]["Cmd"]), (&json!("made by hand"), &json!(["/hello"])));
    let wrong = ImageImport { changes: vec!["BOGUS x".into()], ..import.clone() };
    let failure = live.engine.import_image(&wrong, Some(stream(rootfs())), |_| {}).await.expect_err("no such word");
    assert!(failure.sentence.to_lowercase().contains("bogus"), "{failure}");
    let failure = live.engine.import_image(&import, Some(stream(vec![9; 9_000])), |_| {}).await.expect_err("no tar");
    assert!(failure.sentence.contains("tar"), "{failure}");
    assert_eq!(live.truth(&import.reference)["Id"], json!(id), "what was there stays");
}

async fn an_address_that_nobody_answers(live: Live) {
    let import = import(&live, ImportSource::Address("http://127.0.0.1:1/x.tar".into()));
    let failure = live.engine.import_image(&import, None, |_| {}).await.expect_err("nobody listens");
    assert!(failure.sentence.contains("connection refused") && failure.hint.is_some(), "{failure:?}");
}

async fn committed_with_changes(live: Live) {
    live.images_alone();
    let target = live.script("made", "echo of me > /made; sleep 1000").await;
    let reference = format!("{}:2", live.name("committed"));
    let commit = Commit {
        target,
        reference: reference.clone(),
        author: "Ada <ada@example.com>".into(),
        message: "as it was".into(),
        changes: vec!["CMD [\"cat\", \"/made\"]".into(), "LABEL kind=copy".into()],
        pause: true,
    };
    let outcome = live.perform(ImageRequest::Commit(Box::new(commit.clone())).into()).await;
    let Ok(Done::ImageMade { id }) = outcome else { panic!("{outcome:?}") };
    let truth = live.truth(&reference);
    assert!(truth["Id"].as_str().is_some_and(|known| known.ends_with(id.trim_start_matches("sha256:"))), "{truth}");
    assert_eq!((&truth["Author"], &truth["Comment"]), (&json!("Ada <ada@example.com>"), &json!("as it was")));
    assert_eq!(truth["Config"]["Cmd"], json!(["cat", "/made"]));
    assert_eq!(truth["Config"]["Labels"]["kind"], json!("copy"));
    let paused = live.events_of(&commit.target.id);
    if live.is_podman() {
        // It tells of a commit and of no pause that is a part of it.
        assert!(paused.contains(&"commit".to_owned()), "{paused:?}");
    } else {
        assert_eq!(paused.iter().filter(|action| action.contains("pause")).collect::<Vec<_>>(), ["pause", "unpause"]);
        let going_on = Commit { pause: false, reference: format!("{}:3", live.name("committed")), ..commit.clone() };
        let outcome = live.perform(ImageRequest::Commit(Box::new(going_on)).into()).await;
        assert!(matches!(outcome, Ok(Done::ImageMade { .. })), "{outcome:?}");
        assert_eq!(live.events_of(&commit.target.id).iter().filter(|action| action.contains("pause")).count(), 2);
    }
    assert_eq!(live.state(&commit.target.name), "running");
    let mut gone = commit;
    gone.target.id = dockerui_tui::domain::ContainerId::new("0123456789ab");
    let failure = live.perform(ImageRequest::Commit(Box::new(gone)).into()).await.expect_err("no such container");
    assert_eq!(failure.kind, FailureKind::NotFound, "{failure}");
}
