//! Images that go: what is told before is what goes, of a prune and of a removal.

use crate::support::engines::{IMAGE, Live, docker, on_engines};
use crate::support::stage::{Play, Stage};
use bytes::Bytes;
use dockerui_tui::domain::Image;
use std::io::Write;
use std::process::{Command, Stdio};

on_engines!(
    what_others_are_built_on,
    a_prune_by_age_takes_what_was_told,
    a_removal_takes_the_layers_that_were_told,
    a_container_is_in_the_way_as_told,
);

fn sha256(bytes: &[u8]) -> String {
    let mut child = Command::new("sha256sum").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("sha256sum");
    child.stdin.take().expect("its input").write_all(bytes).expect("written");
    let output = child.wait_with_output().expect("sha256sum");
    String::from_utf8_lossy(&output.stdout).split_whitespace().next().expect("a sum").to_owned()
}

fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        archive.append_data(&mut header, name, *bytes).expect("a file");
    }
    archive.into_inner().expect("an archive")
}

/// Loads an image of the year 1999 with a layer of its own, so that a prune by age takes nothing but it.
async fn old_image(live: &Live, suffix: &str, tag: Option<&str>) -> String {
    live.images_alone();
    let own = live.name(suffix);
    let layer = archive(&[("own", own.repeat(20_000).as_bytes())]);
    let config = serde_json::json!({
        "architecture": "amd64", "os": "linux", "created": "1999-12-31T00:00:00Z", "config": { "Cmd": ["/own"] },
        "rootfs": { "type": "layers", "diff_ids": [format!("sha256:{}", sha256(&layer))] },
        "history": [{ "created": "1999-12-31T00:00:00Z", "created_by": format!("COPY {own} /") }],
    });
    let config = config.to_string().into_bytes();
    let id = sha256(&config);
    let tags: Vec<&str> = tag.into_iter().collect();
    let manifest = serde_json::json!([{ "Config": format!("{id}.json"), "RepoTags": tags, "Layers": ["layer.tar"] }]);
    let manifest = manifest.to_string();
    let files = [("manifest.json", manifest.as_bytes()), (&*format!("{id}.json"), &config), ("layer.tar", &layer)];
    let bytes = Bytes::from(archive(&files));
    let body = Box::pin(futures_util::stream::iter([Ok(bytes)]));
    live.engine.load_images(body, |_| {}).await.expect("loaded");
    id
}

fn is_there(live: &Live, id: &str) -> bool {
    docker(&live.address, &["image", "inspect", id]).is_ok()
}

/// The images of an engine.
async fn images(live: &Live) -> Play {
    let mut play = Stage::new(120, 40).socket(live.socket()).open();
    play.wait_for("Containers ").await.keys("2").wait_for("REPOSITORY").await.wait_for("busybox").await;
    play
}

/// Waits until the question before a removal says this, wherever its lines are broken.
async fn asked(play: &mut Play, words: &str) {
    play.until(words, |screen| screen.dialog("Remove").contains(words)).await;
}

/// The text between two others.
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let rest = text.split_once(before).unwrap_or_else(|| panic!("{before} in {text}")).1;
    rest.split_once(after).unwrap_or_else(|| panic!("{after} in {text}")).0
}

async fn a_prune_by_age_takes_what_was_told(live: Live) {
    let tag = format!("{}:1", live.name("named"));
    let nameless = old_image(&live, "nameless", None).await;
    let named = old_image(&live, "named", Some(&tag)).await;
    let mut play = images(&live).await;
    // Without a name, and older than a quarter of a century: the first one alone.
    play.keys("X").wait_for("Prune dangling images").await.keys("<S-Tab>1200w").wait_for("until=201600h").await;
    play.wait_for(&format!("1 image goes: {}.", &nameless[..12])).await.wait_for("That frees").await;
    let told = play.screen().dialog("Prune");
    let freed = between(&told, "That frees ", ". docker").to_owned();
    play.keys("<Tab><Tab><Enter>").wait_for("Pruned dangling images: 1 image deleted").await;
    let said = play.screen().to_string();
    assert!(said.contains(&freed), "told {freed}: {said}");
    assert!(!is_there(&live, &nameless) && is_there(&live, &named));
    // The other one has a name, and nobody uses it.
    play.keys("X").wait_for("Prune dangling images").await.keys("<S-Tab>1200w").wait_for("Nothing would go").await;
    play.keys("<S-Tab><Space>").wait_for("Prune unused images").await;
    play.until("its name", |screen| screen.contains("1 image goes: ") && screen.contains("named:1.")).await;
    play.keys("<Tab><Tab><Tab><Enter>").wait_for("Pruned unused images: ").await;
    assert!(!is_there(&live, &named) && is_there(&live, IMAGE));
    play.quit().await;
}

async fn found(live: &Live, tag: &str) -> Image {
    let images = live.engine.all_images().await.expect("images");
    images.into_iter().find(|image| image.tags.iter().any(|one| one.ends_with(tag))).expect("the image")
}

async fn a_removal_takes_the_layers_that_were_told(live: Live) {
    let tag = format!("{}:1", live.name("layers"));
    let make = "head -c 3000000 /dev/urandom > /";
    live.build(&tag, &format!("FROM {IMAGE}\nRUN {make}one; : {tag}\nRUN {make}two\nENV MADE={tag}\n"));
    let image = found(&live, &tag).await;
    let mut play = images(&live).await;
    play.keys("/").keys(&tag).keys("<Enter>").wait_for("▸").await.keys("D").wait_for("Remove ").await;
    asked(&mut play, "2 of its 3 layers go, which frees 5.7").await;
    let told = play.screen().dialog("Remove");
    let parent = image.parent.filter(|_| told.contains("without a name"));
    // Builders that keep each step have two of them below it, Podman's own as well.
    if !live.is_podman() {
        let parent = parent.as_ref().expect("a parent");
        assert!(told.contains("Its 2 parents without a name go as well") && told.contains(parent.short()), "{told}");
    }
    play.keys("<Tab><Enter>").wait_for("Removed ").await;
    assert!(!is_there(&live, image.id.as_str()));
    if let Some(parent) = parent {
        assert!(!is_there(&live, parent.as_str()), "{told}");
    }
    play.quit().await;
}

async fn what_others_are_built_on(live: Live) {
    let (base, other) = (format!("{}:1", live.name("base")), format!("{}:1", live.name("child")));
    live.build(&base, &format!("FROM {IMAGE}\nRUN echo {base} > /own\n"));
    live.build(&other, &format!("FROM {base}\nRUN echo {other} > /mine\n"));
    let image = found(&live, &base).await;
    let mut play = images(&live).await;
    play.keys("/").keys(&base).keys("<Enter>").wait_for("▸").await.keys("D").wait_for("Remove ").await;
    if live.is_podman() {
        asked(&mut play, "nothing is freed: other images have them").await;
    } else {
        asked(&mut play, "the image stays without one, as").await;
        asked(&mut play, "is built on it").await;
    }
    play.keys("<Tab><Enter>").wait_for("None of").await;
    assert!(!is_there(&live, &base) && is_there(&live, &other));
    assert_eq!(is_there(&live, image.id.as_str()), !live.is_podman());
    play.quit().await;
}

async fn a_container_is_in_the_way_as_told(live: Live) {
    let tag = format!("{}:1", live.name("used"));
    live.build(&tag, &format!("FROM {IMAGE}\nRUN echo {tag} > /own\n"));
    let mut spec = live.spec("user", &["true"]);
    spec.image = tag.clone();
    let container = live.create(spec).await;
    live.until(&container.id, |row| !row.state.is_up()).await;
    let id = found(&live, &tag).await.id;
    let mut play = images(&live).await;
    play.keys("/").keys(&tag).keys("<Enter>").wait_for("▸").await.keys("D");
    asked(&mut play, "will refuse").await;
    // As told.
    play.keys("<Tab><Enter>").wait_for("✗ Removing").await;
    assert!(is_there(&live, &tag));
    play.keys("D");
    asked(&mut play, "will refuse").await;
    play.keys("<Tab><Tab><Space>");
    if live.is_podman() {
        asked(&mut play, "is removed with it").await;
    } else {
        asked(&mut play, "keeps its files").await;
    }
    play.keys("<S-Tab><Enter>").wait_for("Removed ").await;
    assert!(!is_there(&live, id.as_str()));
    assert_eq!(live.exists(&container.name), !live.is_podman());
    play.quit().await;
}
