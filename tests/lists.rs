//! Lists: filter, order, marks, the cursor that stays on its row, and the detail pane that follows it.

use crate::support::client;
use crate::support::stage::Stage;
use std::time::Duration;

#[tokio::test(start_paused = true)]
async fn a_filter_applies_as_it_is_typed_and_escape_takes_it_back() {
    let mut play = Stage::new(120, 40).listed().await;
    play.keys("/we").wait_for("Containers 1 ─").await;
    assert_eq!(play.screen().selected_name(), "web");
    assert!(play.screen().cursor.is_some(), "the text cursor is in the filter");
    play.keys("<Esc>").wait_for("Containers 13 ─").await;
    assert_eq!(play.screen().selected_name(), "web", "the cursor stays on its row");
    assert!(play.screen().cursor.is_none());
    play.keys("/state=exited<Enter>").wait_for("Containers 2 ─").await;
    play.keys("/").keys("<C-u>!/^(web|api)$/<Enter>").wait_for("Containers 11 ─").await;
    play.keys("/").keys("<C-u>nothing such<Enter>").wait_for("None of 13 containers match").await;
    play.keys("<Esc>").wait_for("Containers 13 ─").await;
    play.keys("/").keys("/(<Enter>").wait_for("Containers 13 ─").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn sorting_goes_through_the_columns_and_back() {
    let mut play = Stage::new(120, 40).listed().await;
    play.keys("g>").wait_for("sort: state").await;
    let first = |screen: &crate::support::screen::Screen| screen.line(4).trim_matches('│').trim().to_owned();
    // Who needs somebody comes first.
    assert!(first(&play.screen()).contains("payments"), "{}", play.screen());
    play.keys("O").wait_for("sort: state↓").await;
    assert!(first(&play.screen()).contains("sandbox"), "{}", play.screen());
    play.keys("<lt>")
        .wait_for("sort: name")
        .await
        .keys("<lt>")
        .gone("sort: name")
        .await
        .keys(">")
        .wait_for("sort: name")
        .await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn the_cursor_stays_on_its_container_whatever_happens_to_the_list() {
    let mut play = Stage::new(120, 40).listed().await;
    play.keys("/grafana<Enter><Esc>");
    play.until("the filter to go", |screen| screen.contains("Containers 13 ─") && screen.selected_name() == "grafana")
        .await;
    assert_eq!(play.screen().selected_name(), "grafana");
    client::delete(play.engine(), "/containers/api?force=1").await;
    play.wait_for("Containers 12 ─").await;
    assert_eq!(play.screen().selected_name(), "grafana");
    let body = serde_json::json!({ "Image": "nginx:1.27-alpine" });
    client::run(play.engine(), "aardvark", body).await;
    play.wait_for("aardvark").await;
    assert_eq!(play.screen().selected_name(), "grafana");
    // When its own container goes, the cursor stays where it was.
    client::delete(play.engine(), "/containers/grafana?force=1").await;
    play.wait_for("Containers 12 ─").await;
    assert_eq!(play.screen().selected_name(), "legacy");
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn only_running_containers_are_shown_on_demand() {
    let mut play = Stage::new(120, 40).listed().await;
    play.keys("a").wait_for("running only").await.wait_for("Containers 10 ─").await.gone("backup").await;
    play.keys("a").wait_for("Containers 13 ─").await.wait_for("backup").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn the_detail_pane_follows_the_cursor() {
    let mut play = Stage::new(120, 40).listed().await;
    play.wait_for("╭ api ─ Logs").await.keys("j").wait_for("╭ backup ─ Logs").await;
    play.keys("3").wait_for("shop_db-data").await.keys("G").wait_for("Inspect").await;
    play.keys("1").wait_for("╭ backup ─ Logs").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn rows_that_the_cursor_only_passes_cost_no_log_stream() {
    let mut play = Stage::new(120, 40).listed().await;
    play.wait_for("following").await;
    let before = play.served("/logs").await.len();
    for _ in 0..10 {
        play.keys("j").advance(Duration::from_millis(25)).await;
    }
    play.wait_for("╭ sandbox ─").await.settle().await.settle().await;
    let after = play.served("/logs").await;
    assert_eq!(after.len() - before, 1, "{after:#?}");
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn marks_are_by_container_and_survive_another_order() {
    let mut play = Stage::new(120, 40).listed().await;
    play.keys("<Space>jj<Space>").wait_for("2 marked").await;
    let marked = |play: &crate::support::stage::Play| {
        let lines = play.screen().lines();
        let mut names: Vec<String> = lines
            .iter()
            .filter_map(|line| line.split_once('✓')?.1.split_whitespace().next().map(str::to_owned))
            .collect();
        names.sort();
        names
    };
    let names = marked(&play);
    assert_eq!(names.len(), 2, "{}", play.screen());
    play.keys(">").wait_for("sort: state").await;
    assert_eq!(marked(&play), names);
    play.keys("<Esc>").gone("marked").await;
    play.quit().await;
}
