//! The prune of everything: what is told before is what goes, by name and by size, on engines of its own.

use super::builds::{Folder, build};
use crate::support::engines::{IMAGE, Live, Product, address};
use crate::support::model::Model;
use crate::support::private::Private;
use dockerui_tui::domain::{Builder, Done, Request, SystemRequest};
use pretty_assertions::assert_eq;
use std::collections::BTreeSet;

type Names = BTreeSet<String>;

/// A thing of each kind that is in use, and some of each that nobody uses.
fn furnish(live: &Live) {
    for name in ["used", "idle", "late"] {
        live.docker(&["volume", "create", name]);
    }
    live.docker(&["run", "--rm", "-v", "idle:/d", IMAGE, "sh", "-c", "head -c 70000 /dev/urandom > /d/x"]);
    for name in ["front", "lonely", "quiet"] {
        live.docker(&["network", "create", name]);
    }
    live.docker(&["run", "-d", "--name", "web", "--network", "front", "-v", "used:/d", IMAGE, "sleep", "100000"]);
    let writes = "head -c 300000 /dev/urandom > /own";
    live.docker(&["run", "--name", "old", "--network", "quiet", "-v", "late:/d", IMAGE, "sh", "-c", writes]);
    live.docker(&["create", "--name", "fresh", "-v", "/anonymous", IMAGE, "true"]);
    let from = |base: &str, bytes: u32| format!("FROM {base}\nRUN head -c {bytes} /dev/urandom > /own{bytes}\n");
    live.build("base:1", &from(IMAGE, 123_456));
    // The first one loses its name to the second.
    live.build("base:1", &from(IMAGE, 223_456));
    live.build("child:1", &from("base:1", 323_456));
    live.build("held:1", &from(IMAGE, 423_456));
    live.docker(&["create", "--name", "holds", "held:1", "true"]);
}

/// What BuildKit keeps: some of it of an image that is there, some of one that is not any more.
async fn build_by_buildkit(live: &Live) {
    let dockerfile = format!("FROM {IMAGE}\nRUN head -c 55555 /dev/urandom > /own\nCOPY file /file\n");
    for (tag, text) in [("gone:1", "a"), ("cached:1", "b")] {
        let dockerfile = dockerfile.replace("own", text);
        let folder = Folder::new(live, Builder::BuildKit, &[("Dockerfile", &dockerfile), ("file", text)]);
        let (result, lines) = build(live, &folder.spec(tag, Builder::BuildKit)).await;
        assert!(result.is_ok(), "{result:?} {lines:?}");
    }
    live.docker(&["rmi", "gone:1"]);
}

/// `293.0 KiB` in bytes, and how much that is rounded by.
fn bytes(text: &str) -> (f64, f64) {
    let (number, unit) = text.split_once(' ').unwrap_or_else(|| panic!("{text} is no size"));
    let unit = match unit {
        "B" => return (number.parse().expect("a number"), 0.0),
        "KiB" => 1024.0,
        "MiB" => 1024.0 * 1024.0,
        other => panic!("{other} is no unit"),
    };
    (number.parse::<f64>().expect("a number") * unit, unit / 20.0 + 1.0)
}

/// What is told of a kind: how many, how much, and their names.
fn told(notes: &[String], noun: &str) -> (usize, String, Names) {
    let Some(note) = notes.iter().find(|note| note.split(' ').nth(1).is_some_and(|word| word.starts_with(noun))) else {
        return (0, "0 B".into(), Names::new());
    };
    let (head, names) = note.trim_end_matches('.').split_once(": ").unwrap_or((note.trim_end_matches('.'), ""));
    let size = head.split_once('(').map_or("0 B", |(_, size)| size.trim_end_matches(')'));
    let count = head.split(' ').next().and_then(|count| count.parse().ok()).expect("a count");
    (count, size.to_owned(), names.split(", ").filter(|name| !name.is_empty()).map(str::to_owned).collect())
}

/// Least and most that is told to be freed, with what that is rounded by.
fn range(notes: &[String]) -> (f64, f64) {
    let words = notes[0].strip_prefix("That frees ").expect("how much it frees");
    if let Some((least, _)) = words.split_once(", or more") {
        let (least, rounded) = bytes(least);
        return (least - rounded, f64::INFINITY);
    }
    let words = words.split(':').next().unwrap_or(words).trim_end_matches('.');
    let (least, most) = words.split_once(" to ").unwrap_or((words, words));
    let ((least, below), (most, above)) = (bytes(least), bytes(most));
    (least - below, most + above)
}

fn listed(live: &Live, words: &[&str]) -> Names {
    live.docker(words).lines().map(str::to_owned).collect()
}

/// Names of all there is: containers, networks, images by their names or the start of their id, volumes.
fn everything(live: &Live) -> [Names; 4] {
    let short = |name: String| if name.len() == 64 { name[..12].to_owned() } else { name };
    let image = |line: String| match line.split_once(' ') {
        Some(("<none>:<none>", id)) => id.trim_start_matches("sha256:")[..12].to_owned(),
        Some((name, _)) => name.rsplit('/').next().unwrap_or(name).to_owned(),
        None => line,
    };
    let images = listed(live, &["images", "--no-trunc", "--format", "{{.Repository}}:{{.Tag}} {{.ID}}"]);
    [
        listed(live, &["ps", "-a", "--format", "{{.Names}}"]),
        listed(live, &["network", "ls", "--format", "{{.Name}}"]),
        images.into_iter().map(image).collect(),
        listed(live, &["volume", "ls", "-q"]).into_iter().map(short).collect(),
    ]
}

/// Bytes that the engine's layers, containers and volumes take.
async fn taken(live: &Live) -> u64 {
    live.engine.disk_use().await.expect("what takes room").iter().map(|kind| kind.size).sum()
}

/// Asks, compares what is told with what goes, and does it.
async fn clear(live: &Live, everything_unused: bool) {
    let mut model = Model::of(live).await;
    model.keys("9P");
    if everything_unused {
        // Past the button to accept, and the first three kinds: images with a name, and volumes.
        model.keys("<Tab><Tab><Tab><Tab><Tab> <Tab> ");
    }
    let (notes, requests) = (model.question().notes.clone(), model.question().requests().to_vec());
    let (before, room) = (everything(live), taken(live).await);
    let mut freed = 0;
    let cache = live.engine.disk_use().await.expect("what takes room").pop();
    let cache = format!("{:?}", cache.map(|kind| kind.items));
    for request in &requests {
        let done = live.perform(request.clone()).await.unwrap_or_else(|failure| panic!("{request:?}: {failure}"));
        let (count, size) = match done {
            Done::Pruned { names, bytes } => (names.len(), bytes),
            Done::ImagesPruned { images, bytes, .. } => (images, bytes),
            other => panic!("{other:?}"),
        };
        let noun = match request {
            Request::System(SystemRequest::PruneContainers) => "container",
            Request::System(_) => "record",
            Request::Network(_) => "network",
            Request::Volume(_) => "volume",
            _ => "image",
        };
        let (said, how_much, _) = told(&notes, noun);
        // Builds keep more where images have gone that had the same.
        let is_followed = noun == "record" && everything_unused;
        assert!(
            said == count || (is_followed && said < count),
            "{count} of {noun}, but {notes:?}; kept before: {cache}"
        );
        if noun != "image" && !is_followed {
            let (how_much, rounded) = bytes(&how_much);
            assert!((how_much - size as f64).abs() <= rounded, "{size} bytes of {noun}, but {notes:?}");
        }
        freed += size;
    }
    let after = everything(live);
    let gone = |kind: usize| -> Names { before[kind].difference(&after[kind]).cloned().collect() };
    for (kind, noun) in ["container", "network", "image", "volume"].into_iter().enumerate() {
        let names: Names = told(&notes, noun).2.into_iter().map(|name| bare(&name)).collect();
        assert_eq!(names, gone(kind), "{noun}s of {notes:?}");
    }
    let (least, most) = range(&notes);
    if live.is_podman() {
        // What it says of images is more than goes: that is told. What is there afterwards tells how much went.
        let is_told = notes.iter().any(|note| note.starts_with("Podman will say more"));
        assert!(!is_told || freed as f64 > least, "{freed}: {notes:?}");
        // Podman 4.3 tells no sum of layers, only what each image has of its own.
        if live.is_podman_4() {
            return;
        }
        freed = room.saturating_sub(taken(live).await);
    }
    // Podman 5 writes a few bytes beside each container and image, and counts them here and there.
    let slack = if live.is_podman() { 16_384.0 } else { 0.0 };
    assert!((least - slack..=most + slack).contains(&(freed as f64)), "{freed}: {notes:?}");
}

fn bare(name: &str) -> String {
    name.rsplit('/').next().unwrap_or(name).to_owned()
}

async fn cleared(product: Product) {
    let Some(address) = address(product) else { return };
    let mut own = Private::new();
    let live = Live::new(product, own.start_like(product, &address));
    furnish(&live);
    if !live.is_podman() {
        build_by_buildkit(&live).await;
    }
    // As it is offered.
    clear(&live, false).await;
    assert_eq!(live.state("web"), "running");
    furnish_again(&live);
    clear(&live, true).await;
    let [containers, networks, images, volumes] = everything(&live);
    let names = |names: Names| names.into_iter().collect::<Vec<_>>().join(" ");
    assert_eq!((names(containers), names(images), names(volumes)), ("web".into(), IMAGE.into(), "used".into()));
    assert!(networks.contains("front") && !networks.contains("lonely"));
}

/// What a second clearing takes besides what the first one left.
fn furnish_again(live: &Live) {
    live.docker(&["network", "create", "lonely"]);
    live.docker(&["create", "--name", "again", "-v", "late:/d", "child:1", "true"]);
}

#[tokio::test]
async fn docker() {
    cleared(Product::Docker).await;
}

#[tokio::test]
async fn podman() {
    cleared(Product::Podman).await;
}
