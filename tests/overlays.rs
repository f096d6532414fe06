//! What lies over the panes: help, palette, copy menu, messages, jobs.

use crate::support::stage::Stage;
use dockerui_tui::demo::{Fault, What};
use std::time::Duration;

#[tokio::test(start_paused = true)]
async fn help_tells_the_keys_and_closes_again() {
    let mut play = Stage::new(120, 40).listed().await;
    play.keys("?").wait_for("Stops the container, after a question.").await;
    play.keys("<Esc>").gone("Stops the container, after a question.").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn the_palette_finds_a_command_by_parts_of_its_words() {
    let mut play = Stage::new(120, 40).listed().await;
    play.keys(":").keys("restart").wait_for("Restart").await.keys("<Enter>").wait_for("Restart api on demo?").await;
    play.keys("<Esc>:images<Enter>").wait_for("╭ Images").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn what_is_copied_goes_to_the_terminals_clipboard() {
    let mut play = Stage::new(120, 40).listed().await;
    let id = play.inspect("api").await["Id"].as_str().unwrap().to_owned();
    play.keys("y").wait_for("docker exec").await.keys("<Enter>");
    play.until("something copied", |screen| screen.copied.is_some()).await;
    let copied = play.screen().copied.unwrap();
    assert!(id.starts_with(&copied) || copied == "api", "{copied}");
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_failure_stays_readable_in_full() {
    let long = format!("the driver failed: {}", "reason ".repeat(60));
    let refused = What::Status { code: 500, message: format!("{long}END"), html: false };
    let mut play = Stage::new(120, 40).fault(Fault::always("POST /", refused)).listed().await;
    play.keys("p").wait_for("Pausing api").await;
    assert!(!play.screen().contains("END"), "{}", play.screen());
    // The failure at the foot comes behind the panes.
    play.keys("<Tab><Tab><Enter>").wait_for("END").await.keys("<Esc>").gone("END").await;
    play.keys("<Esc>M").wait_for("Pausing api").await.keys("<Enter>").wait_for("END").await;
    play.keys("<Esc><Esc>").gone("END").await.quit().await;
}

#[tokio::test(start_paused = true)]
async fn what_runs_in_the_background_is_listed_and_can_be_given_up() {
    let slow = What::Delay(Duration::from_secs(40));
    let mut play = Stage::new(120, 40).fault(Fault::once("POST /stop", slow)).listed().await;
    play.keys("s").wait_for("[ Stop ]").await.keys("<Right><Enter>").wait_for("stopping…").await;
    play.keys("J").wait_for("Stopping api").await.quit().await;
}

#[tokio::test(start_paused = true)]
async fn without_an_engine_each_place_is_told_and_one_key_enters_the_demo() {
    let mut play = Stage::new(120, 40).nowhere().open();
    play.wait_for("/nowhere/docker.sock").await.wait_for("/nowhere/podman.sock").await;
    play.wait_for("d shows a demo").await.keys("d").wait_for("DEMO ●").await.wait_for("Containers 13 ─").await;
    play.quit().await;
}
