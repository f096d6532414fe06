//! Forms: what is typed becomes a request, and stays when the engine refuses it.

use crate::support::client;
use crate::support::stage::Stage;
use dockerui_tui::demo::{Fault, What};
use std::time::Duration;

#[tokio::test(start_paused = true)]
async fn a_container_is_created_and_started_from_what_was_typed() {
    let mut play = Stage::new(120, 40).listed().await;
    play.keys("c").wait_for("Create container").await;
    play.keys("nginx:1.27-alpine<Tab>fresh").wait_for("docker run").await.wait_for("--name fresh").await;
    play.keys("<C-s>").wait_for("fresh").await.gone("Create container").await;
    play.until("it runs", |screen| screen.line_with("fresh ").contains("up")).await;
    assert_eq!(play.inspect("fresh").await["State"]["Running"], true);
    assert_eq!(play.screen().selected_name(), "fresh", "the cursor is on what was made\n{}", play.screen());
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_refused_form_stays_open_with_the_engines_words_and_all_that_was_typed() {
    let mut play = Stage::new(120, 40).listed().await;
    play.keys("c").wait_for("Create container").await.keys("nginx:1.27-alpine<Tab>web<C-s>");
    play.wait_for("already in use").await.wait_for("nginx:1.27-alpine").await;
    assert!(play.screen().contains("Create container"), "{}", play.screen());
    // The field that is wrong has the cursor or is a few keys away: what was typed is kept as a draft as well.
    play.keys("<Esc>").gone("Create container").await.keys("<Esc>c").wait_for("nginx:1.27-alpine").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_missing_image_is_pulled_before_its_container_is_created() {
    let mut play = Stage::new(120, 40).listed().await;
    play.keys("c").wait_for("Create container").await.keys("redis:6<Tab>cached").wait_for("--name cached").await;
    play.keys("<C-s>").wait_for("pull and create").await.keys("<Enter>").gone("Create container").await;
    play.until("it runs", |screen| screen.line_with("cached ").contains("up")).await;
    assert_eq!(play.inspect("cached").await["Config"]["Image"], "redis:6");
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_is_said_beside_its_field_and_nothing_is_sent() {
    let mut play = Stage::new(120, 40).listed().await;
    play.keys("c").wait_for("Create container").await.keys("nginx:1.27-alpine<Tab>not a name<C-s>").settle().await;
    assert!(play.screen().contains("Create container"), "{}", play.screen());
    assert!(play.served("POST").await.is_empty());
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_container_is_renamed_and_the_cursor_stays_on_it() {
    let mut play = Stage::new(120, 40).listed().await;
    play.keys("n").wait_for("Rename api").await.keys("<C-u>zebra<Enter>").wait_for("zebra ").await;
    play.until("the new name", |screen| screen.selected_name() == "zebra").await;
    assert_eq!(play.inspect("zebra").await["Name"], "/zebra");
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn limits_are_updated() {
    let mut play = Stage::new(120, 40).listed().await;
    play.keys("u").wait_for("Update limits of api").await.keys("<C-u>768m<C-s>").gone("Update limits").await;
    play.wait_for("Updated api").await;
    assert_eq!(play.inspect("api").await["HostConfig"]["Memory"], 768 << 20);
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_pull_shows_how_far_it_is_and_ends_in_the_list() {
    let mut play = Stage::new(120, 40).listed().await;
    play.keys("2").wait_for("nginx").await.keys("p").wait_for("Pull image").await;
    play.keys("redis:6<Enter>").wait_for("Pulled redis:6").await;
    let images = client::get(play.engine(), "/images/json").await;
    let tags =
        images.as_array().unwrap().iter().flat_map(|image| image["RepoTags"].as_array().cloned().unwrap_or_default());
    assert!(tags.into_iter().any(|tag| tag == "redis:6"), "{images}");
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_slow_create_never_delays_a_key() {
    let slow = Fault::always("POST /", What::Delay(Duration::from_secs(20)));
    let mut play = Stage::new(120, 40).fault(slow).listed().await;
    play.keys("c").wait_for("Create container").await.keys("nginx:1.27-alpine<Tab>fresh<C-s>").settle().await;
    play.wait_for("2 s").await;
    play.keys("<C-c>").ended().await;
}

#[tokio::test(start_paused = true)]
async fn a_pull_that_is_denied_says_so_in_the_form() {
    let mut play = Stage::new(120, 40).listed().await;
    play.keys("2").wait_for("nginx").await.keys("p").wait_for("Pull image").await;
    play.keys("nosuch/missing<Enter>").wait_for("pull access denied").await.wait_for("nosuch/missing").await;
    play.keys("<Esc>").gone("Pull image").await.quit().await;
}
