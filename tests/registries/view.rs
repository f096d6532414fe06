//! Stories in the view of registries, on the embedded engine: walking in and out, logging in, pulling, deleting.

use crate::support::lines::Folder;
use crate::support::stage::{Play, Stage};

async fn registries(stage: Stage) -> Play {
    let mut play = stage.listed().await;
    play.keys("7").wait_for("login needed").await.wait_for("● open").await;
    play
}

/// From the registries to the tags of one.
async fn tags(play: &mut Play) {
    play.keys("/localhost<Enter>").gone("docker.io").await.keys("<Enter>").wait_for("shop/api").await;
    play.keys("<Enter>").wait_for("› shop/api").await.wait_for("1.4.2").await;
}

#[tokio::test(start_paused = true)]
async fn one_walks_in_and_back_by_every_way() {
    let mut play = registries(Stage::new(120, 40)).await;
    tags(&mut play).await;
    play.wait_for("51334833").await.wait_for("49M").await;
    play.keys("<Enter>").wait_for("› 1.4.1").await.wait_for("linux/arm64").await;
    play.keys("<Enter>").wait_for("› linux/amd64").await.wait_for("layer 3").await;
    play.keys("<Esc>").gone("layer 3").await.keys("q").gone("linux/arm64").await;
    play.keys("<Backspace>").gone("1.4.2").await.wait_for("tools/backup").await;
    play.keys("<Esc>").wait_for("filter: localhost").await.keys("<Esc>").wait_for("login needed").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_login_is_asked_for_checked_and_forgotten() {
    let folder = Folder::new();
    let audit = folder.0.join("audit.log");
    let mut play = registries(Stage::new(120, 40).audited(audit.clone())).await;
    play.keys("/registry<Enter>").gone("localhost").await.keys("<Enter>").wait_for("wants a login").await;
    play.keys("<Esc>").wait_for("login needed").await;
    play.keys("l").wait_for("Log in to a registry").await;
    play.keys("ann<Tab>wrong").wait_for("•••••").await;
    assert!(!play.screen().contains("wrong"), "{}", play.screen());
    play.wait_for("docker login --username ann --password-stdin registry.example.com").await;
    play.keys("<C-s>").wait_for("does not take this password of ann").await;
    play.keys("<C-u>demo<C-s>").wait_for("the memory of the demo keeps the login").await;
    play.wait_for("logged in as ann").await;
    play.keys("<Enter>").wait_for("team/billing").await.keys("q");
    play.keys("L").wait_for("Log out of registry.example.com").await.keys("<Right><Enter>");
    play.wait_for("login needed").await.quit().await;
    let audited = std::fs::read_to_string(audit).unwrap_or_default();
    assert!(!audited.contains("demo\"") || !audited.contains("password\":"), "{audited}");
}

#[tokio::test(start_paused = true)]
async fn an_image_is_deleted_after_a_question() {
    let mut play = registries(Stage::new(120, 40)).await;
    tags(&mut play).await;
    play.keys("D").wait_for("Delete localhost:5000/shop/api:1.4.1 on demo?").await;
    play.wait_for("curl -X DELETE").await.wait_for("cannot be undone").await;
    play.keys("<Right><Enter>").wait_for("Deleted localhost:5000/shop/api:1.4.1").await;
    play.until("it to be gone", |screen| !screen.contains("▸ 1.4.1")).await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_tag_is_pulled_to_the_host() {
    let mut play = registries(Stage::new(120, 40)).await;
    tags(&mut play).await;
    play.keys("p").wait_for("localhost:5000/shop/api:1.4.1").await;
    play.until("the pull", |screen| screen.contains("Pulled") || screen.contains("Pulling")).await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_repository_is_gone_to_by_its_name_and_its_digest_copied() {
    let mut play = registries(Stage::new(120, 40)).await;
    play.keys("/localhost<Enter>").gone("docker.io").await.keys("o").wait_for("Go to a repository of localhost").await;
    play.keys("tools/backup<Enter>").wait_for("› tools/backup").await.wait_for("49M").await;
    play.keys("y").wait_for("reference with digest").await.keys("d");
    play.until("something copied", |screen| screen.copied.is_some()).await;
    let copied = play.screen().copied.unwrap();
    assert!(copied.starts_with("sha256:") && copied.len() == 71, "{copied}");
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_read_only_host_lets_nothing_be_deleted_and_everything_be_seen() {
    let mut play = registries(Stage::new(120, 40).read_only()).await;
    tags(&mut play).await;
    play.keys("D").wait_for("read-only").await;
    assert!(!play.screen().contains("[ Delete ]"), "{}", play.screen());
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn an_image_of_the_host_is_tagged_and_pushed_to_where_one_is() {
    let mut play = registries(Stage::new(120, 40)).await;
    tags(&mut play).await;
    play.keys("P").wait_for("Push an image to localhost:5000/shop/api").await.keys("alpine:3.20<Tab>9");
    play.wait_for("docker tag alpine:3.20 localhost:5000/shop/api:9 && docker push localhost:5000/shop/api:9").await;
    play.keys("<C-s>").wait_for("ush").await.gone("Push an image to").await;
    assert_eq!(
        play.served("/images/alpine:3.20/tag").await.len() + play.served("/images/alpine%3A3.20/tag").await.len(),
        1
    );
    play.quit().await;
}
