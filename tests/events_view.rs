//! The list of events: what was before, what comes, jumps, files.

use crate::support::client;
use crate::support::stage::Stage;
use dockerui_tui::demo::{Fault, What};
use std::path::PathBuf;
use std::time::Duration;

fn scratch(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("dockerui-events-{}-{name}", std::process::id()));
    drop(std::fs::remove_dir_all(&folder));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

#[tokio::test(start_paused = true)]
async fn what_happens_is_seen_at_once_and_what_was_before_is_asked_for_once() {
    let mut play = Stage::new(120, 40).open();
    client::post(play.engine(), "/containers/db/pause").await;
    client::post(play.engine(), "/containers/db/unpause").await;
    play.wait_for("API").await.advance(Duration::from_secs(2)).await;
    client::post(play.engine(), "/containers/web/pause").await;
    play.keys("8")
        .wait_for("last hour ─ following")
        .await
        .until("all three", |screen| {
            let lines = screen.lines();
            let place = |text: &str| lines.iter().position(|line| line.contains(text));
            let rows = [place("unpause       db"), place("pause         web")];
            rows[0].is_some() && rows[0] < rows[1]
        })
        .await;
    play.settle().await;
    assert_eq!(play.served("until=").await.len(), 1);
    let streams = play.served("/events?").await;
    assert_eq!(streams.iter().filter(|line| !line.contains("until=")).count(), 1, "{streams:?}");
    assert!(play.screen().selected().contains("pause         web"), "{}", play.screen());
    // What is selected is told in full.
    play.wait_for("Action: \"pause\"").await;
    client::post(play.engine(), "/containers/web/unpause").await;
    play.until("it follows", |screen| screen.selected().contains("unpause       web")).await;
    play.keys("k").wait_for("paused").await;
    client::post(play.engine(), "/containers/web/pause").await;
    play.settle().await;
    assert!(!play.screen().selected().contains("unpause"), "{}", play.screen());
    play.keys("f").wait_for("following").await;
    assert!(play.screen().selected().contains("pause         web"));
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn events_are_filtered_and_lead_to_what_they_are_about_and_back() {
    let mut play = Stage::new(120, 40).listed().await;
    play.wait_for("API").await;
    client::post(play.engine(), "/containers/web/kill").await;
    client::post(play.engine(), "/containers/db/pause").await;
    client::delete(play.engine(), "/containers/api?force=1").await;
    play.keys(":events type:container action=die name=web<Enter>").wait_for("Events 1 ").await;
    assert!(play.screen().line_with(" die ").contains("exit code 137"), "{}", play.screen());
    play.keys("<Enter>").until("the container", |screen| screen.selected().contains("web ")).await;
    play.wait_for("1 Containers").await.wait_for("Containers 1").await;
    play.keys("<Backspace>").wait_for("Events 1 ").await;
    play.keys("/<C-u>colour=x").wait_for("“colour=” cannot be filtered by: type").await.keys("<Esc>");
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn what_is_gone_is_told() {
    let mut play = Stage::new(120, 40).listed().await;
    play.wait_for("API").await;
    client::delete(play.engine(), "/containers/web?force=1").await;
    play.keys("8")
        .wait_for("destroy")
        .await
        .keys("<Enter>")
        .wait_for("web is not there any more: it was removed at")
        .await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_break_neither_drops_nor_doubles_an_event() {
    let mut play =
        Stage::new(120, 40).fault(Fault::once("GET /events", What::CutStream { after: 1500 })).listed().await;
    play.keys("8").wait_for("following").await;
    for _ in 0..5 {
        client::post(play.engine(), "/containers/web/pause").await;
        client::post(play.engine(), "/containers/web/unpause").await;
    }
    play.wait_for("Events 10 ").await.advance(Duration::from_secs(5)).await.wait_for("Events 10 ").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn events_go_into_a_file_whole_or_not_at_all() {
    let folder = scratch("save");
    let file = folder.join("events.jsonl");
    let mut play = Stage::new(120, 40).listed().await;
    play.wait_for("API").await;
    client::post(play.engine(), "/containers/web/pause").await;
    client::post(play.engine(), "/containers/web/unpause").await;
    play.keys("8").wait_for("Events 2 ").await.keys("<C-s>").wait_for("Save events").await;
    play.keys("<C-u>").keys(file.to_str().unwrap()).keys("<C-s>").wait_for("Saved 2 events: 2 lines in").await;
    let text = std::fs::read_to_string(&file).unwrap();
    let actions: Vec<String> = text
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["Action"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(actions, ["pause", "unpause"]);
    // The marked one, as text, in place of that file.
    play.keys("<Esc>k<Space><C-s>").wait_for("Save events").await.keys("<C-u>").keys(file.to_str().unwrap());
    play.keys("<Tab><Space><C-s>")
        .wait_for("is there already")
        .await
        .keys("<Tab><Enter>")
        .wait_for("Saved 1 event")
        .await;
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.ends_with(" container pause web (nginx:1.27)\n") || text.contains("container pause web"), "{text}");
    play.quit().await;
    std::fs::remove_dir_all(&folder).unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_cleared_list_is_filled_by_what_comes_and_by_asking_again() {
    let mut play = Stage::new(80, 24).listed().await;
    play.wait_for("API").await;
    client::post(play.engine(), "/containers/web/pause").await;
    play.keys("8").wait_for("Events 1 ").await.keys("C").wait_for("There are no events").await;
    client::post(play.engine(), "/containers/web/unpause").await;
    play.wait_for("Events 1 ").await.keys("tt").wait_for("last 24 hours").await.quit().await;
}

#[tokio::test(start_paused = true)]
async fn where_events_are_refused_the_list_says_why() {
    let refused = What::Status { code: 403, message: "Forbidden by the proxy".into(), html: true };
    let mut play = Stage::new(120, 40).fault(Fault::always("GET /events", refused)).listed().await;
    play.keys("8").wait_for("The events cannot be read: ").await.quit().await;
}
