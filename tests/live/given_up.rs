//! Archives of images that are given up half-way: no file stays here, and the engine is as it was.

use crate::support::engines::{IMAGE, Live, docker, on_engines};
use crate::support::relay::Relay;
use crate::support::stage::{Play, Stage};
use std::path::Path;
use std::time::Duration;

on_engines!(a_save, a_load, a_connection_that_breaks);

const MEGABYTE: u64 = 1 << 20;

/// An image with more in it than a relay lets through.
fn big(live: &Live) -> String {
    let tag = format!("{}:1", live.name("big"));
    live.build(&tag, &format!("FROM {IMAGE}\nRUN head -c 20000000 /dev/urandom > /own; echo {tag} > /name\n"));
    tag
}

async fn images(relay: &Relay) -> Play {
    let mut play = Stage::new(120, 40).socket(relay.socket()).open();
    play.wait_for("API 1.").await.keys("2").wait_for("REPOSITORY").await.wait_for("busybox").await;
    play
}

/// Names and bytes of what is in a folder, but for the relay's socket.
fn files(folder: &Path) -> Vec<(String, u64)> {
    let entries = std::fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("an entry"));
    let told = entries.map(|entry| {
        (entry.file_name().to_string_lossy().into_owned(), entry.metadata().map_or(0, |metadata| metadata.len()))
    });
    told.filter(|(name, _)| name != "relay.sock").collect()
}

async fn until(what: &str, is_so: impl Fn() -> bool) {
    for _ in 0..600 {
        if is_so() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{what} never came");
}

/// Begins to save an image, and goes on when a part of it is written.
async fn saving(play: &mut Play, relay: &Relay, tag: &str) {
    play.keys("/").keys(tag).keys("<Enter>").wait_for("▸").await.keys("S").wait_for("Save ").await;
    play.keys("<C-u>").keys(relay.folder().join("image.tar").to_str().unwrap()).keys("<Enter>");
    until("a part of the archive", || files(relay.folder()).iter().any(|(_, bytes)| *bytes > 0)).await;
    assert!(files(relay.folder()).iter().all(|(name, _)| name != "image.tar"), "not under its name before it is whole");
}

async fn a_save(live: Live) {
    let tag = big(&live);
    let relay = Relay::new(live.socket(), u64::MAX, 4 * MEGABYTE);
    let mut play = images(&relay).await;
    saving(&mut play, &relay, &tag).await;
    play.keys("Jx<Esc>").wait_for("Stopped saving").await;
    until("the end of the draft", || files(relay.folder()).is_empty()).await;
    // Once more, with all of it.
    let open = Relay::new(live.socket(), u64::MAX, u64::MAX);
    play.quit().await;
    let mut play = images(&open).await;
    play.keys("/").keys(&tag).keys("<Enter>").wait_for("▸").await.keys("S").wait_for("Save ").await;
    play.keys("<C-u>").keys(open.folder().join("image.tar").to_str().unwrap()).keys("<Enter>");
    play.wait_for("Saved ").await;
    assert!(matches!(files(open.folder()).as_slice(), [(name, bytes)] if name == "image.tar" && *bytes > 20_000_000));
    play.quit().await;
}

async fn a_connection_that_breaks(live: Live) {
    let tag = big(&live);
    let relay = Relay::new(live.socket(), u64::MAX, 4 * MEGABYTE);
    let mut play = images(&relay).await;
    saving(&mut play, &relay, &tag).await;
    relay.cut();
    play.wait_for("✗ Saving").await;
    until("the end of the draft", || files(relay.folder()).is_empty()).await;
    play.quit().await;
}

/// Everything that the engine has, with and without a name.
fn all(live: &Live) -> Vec<String> {
    let ids = live.docker(&["images", "--all", "--quiet", "--no-trunc"]);
    let mine = |id: &&str| {
        docker(&live.address, &["history", "--no-trunc", id]).is_ok_and(|history| history.contains(&live.prefix))
    };
    ids.split_whitespace().filter(mine).map(str::to_owned).collect()
}

async fn a_load(live: Live) {
    let tag = big(&live);
    let relay = Relay::new(live.socket(), 4 * MEGABYTE, u64::MAX);
    let file = relay.folder().join("image.tar");
    live.docker(&["save", "--output", file.to_str().unwrap(), &tag]);
    live.docker(&["rmi", "--force", &tag]);
    assert_eq!(all(&live), Vec::<String>::new());
    let mut play = images(&relay).await;
    play.keys("l").wait_for("Load images").await.keys("<C-u>").keys(file.to_str().unwrap()).keys("<Enter>");
    play.wait_for("Loading").await;
    until("the engine to read", || relay.sent() >= 4 * MEGABYTE).await;
    play.keys("<C-x>").wait_for("Stopped loading").await;
    // What the engine does with the part that it has would be done by then.
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(all(&live), Vec::<String>::new(), "nothing of it is there");
    play.quit().await;
    let open = Relay::new(live.socket(), u64::MAX, u64::MAX);
    let mut play = images(&open).await;
    play.keys("l").wait_for("Load images").await.keys("<C-u>").keys(file.to_str().unwrap()).keys("<Enter>");
    play.wait_for("Loaded ").await;
    live.truth(&tag);
    play.quit().await;
}
