//! What containers use, over time: kept, compared, read at any moment, and measured only where somebody looks.

use crate::support::client;
use crate::support::stage::{Play, Stage};
use crossterm::event::{MouseButton, MouseEventKind};
use dockerui_tui::demo::{Fault, What};
use std::time::Duration;

/// The Stats tab of `web` with some figures in it.
async fn on_web(stage: Stage) -> Play {
    let mut play = stage.listed().await;
    play.keys("/web<Enter>m").wait_for("of 8 cores").await.advance(Duration::from_secs(30)).await;
    play
}

#[tokio::test(start_paused = true)]
async fn a_moment_is_read_with_keys_and_stays_while_time_goes_on() {
    let mut play = on_web(Stage::new(120, 40)).await;
    play.keys("<Left><Left><Left><Left>").wait_for("· -").await;
    let line = play.screen().line_with("▸CPU");
    let at = play.screen().line_with("· -").to_owned();
    play.advance(Duration::from_secs(20)).await;
    assert_eq!(play.screen().line_with("▸CPU").split("min").next(), line.split("min").next());
    assert_ne!(play.screen().line_with("· -"), at, "it is further back by now");
    play.keys("<Esc>").wait_for("every 2 s").await;
    // The stretch of time, and one measure alone.
    play.keys("+").settle().await.keys("j<Enter>").wait_for("▸Memory").await.gone("of 8 cores").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn the_mouse_reads_what_is_under_it_and_a_click_keeps_it() {
    let mut play = on_web(Stage::new(120, 40)).await;
    let (column, row) = play.screen().place_of("now");
    play.mouse(MouseEventKind::Moved, column, row - 3).wait_for("· -").await;
    play.mouse(MouseEventKind::Moved, 2, 5).wait_for("every 2 s").await;
    play.mouse(MouseEventKind::Down(MouseButton::Left), column, row - 3).wait_for("· -").await;
    play.mouse(MouseEventKind::Moved, 2, 5).settle().await;
    assert!(play.screen().contains("· -"), "{}", play.screen());
    play.click("Network ↓").wait_for("▸Network").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_restart_is_marked_and_what_was_before_is_kept() {
    let mut play = on_web(Stage::new(120, 40)).await;
    client::post(play.engine(), "/containers/web/kill?signal=KILL").await;
    play.wait_for("it does not run any more").await;
    assert!(play.screen().contains("▼") && play.screen().contains("of 8 cores"), "{}", play.screen());
    play.keys("<Left>").wait_for("%").await.keys("<Esc>").advance(Duration::from_secs(5)).await;
    client::post(play.engine(), "/containers/web/start").await;
    play.wait_for("▲").await.wait_for("now").await.advance(Duration::from_secs(10)).await;
    play.keys("g").wait_for("· -").await.keys("<Esc>").settle().await;
    // Other tabs, other views: it is all there when it is looked at again.
    play.keys("l").wait_for("Logs").await.keys("q3").wait_for("shop_db-data").await.keys("1m").wait_for("▼").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_lost_engine_leaves_a_gap() {
    let mut play = on_web(Stage::new(120, 40)).await;
    play.engine().go_down();
    play.wait_for("the engine is not there").await.wait_for("lost 30 s").await;
    assert!(play.screen().contains("of 8 cores"), "{}", play.screen());
    play.engine().come_up();
    play.wait_for("every 2 s").await.advance(Duration::from_secs(10)).await;
    // A moment at which nobody could look.
    play.keys("g").wait_for("· -").await;
    let mut seen = false;
    for _ in 0..30 {
        play.keys("<Right>").settle().await;
        seen |= play.screen().contains("· -");
    }
    assert!(seen, "{}", play.screen());
    play.keys("<Esc>").settle().await;
    let (now, row) = play.screen().place_of("now");
    play.mouse(MouseEventKind::Moved, now - 8, row - 3).wait_for("not measured").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn marked_containers_are_compared_and_measured_wherever_they_are() {
    let mut play = Stage::new(120, 40).containers(60).listed().await;
    play.wait_for("cpu").await.keys("<Space>G<Space>gm").wait_for("2 marked compared").await;
    play.wait_for("●").await.wait_for("◆").await.wait_for("together").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn containers_of_two_hosts_are_compared() {
    let mut play = Stage::new(120, 40).also("eu", 3).listed().await;
    play.keys("@").wait_for("All containers 16").await.advance(Duration::from_secs(6)).await;
    play.keys("/web<Enter>").wait_for("filter: web").await.keys("<Space>").wait_for("1 marked").await;
    play.keys("/<C-u>host=eu<Enter>").wait_for("filter: host").await.keys("<Space>m");
    play.wait_for("2 marked compared").await.wait_for("◆ web@demo").await.wait_for("● demo-00003@eu").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn why_there_are_no_figures_is_said() {
    let answer = What::Answer(String::new());
    let mut play = Stage::new(120, 40).fault(Fault::always("/stats", answer)).listed().await;
    play.keys("/web<Enter>m").wait_for("the engine tells nothing of what it uses").await;
    play.engine().heal();
    play.wait_for("of 8 cores").await;
    client::delete(play.engine(), "/containers/web?force=1").await;
    play.gone("of 8 cores").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn charts_that_nobody_looks_at_cost_nothing() {
    let mut play = on_web(Stage::new(120, 40)).await;
    play.keys("q<Esc>3").wait_for("shop_db-data").await.advance(Duration::from_secs(5)).await;
    let (frames, asked) = (play.frames(), play.served("/stats").await.len());
    play.advance(Duration::from_secs(60)).await;
    assert_eq!((play.frames(), play.served("/stats").await.len()), (frames, asked));
    // A cursor that stands still and a mouse that rests draw nothing either, where nothing is measured.
    play.keys("1<Esc>/backup<Enter>m").wait_for("does not run").await.advance(Duration::from_secs(10)).await;
    play.mouse(MouseEventKind::Moved, 60, 30).mouse(MouseEventKind::Moved, 61, 30).settle().await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_threshold_that_is_crossed_is_told_once_and_coloured() {
    let mut play = Stage::new(120, 40).listed().await;
    let limits = serde_json::json!({ "Image": "postgres:16", "HostConfig": { "Memory": 64 << 20 } });
    client::run(play.engine(), "hungry", limits).await;
    play.wait_for("hungry: memory at").await.wait_for("of its limit").await;
    let calm = play.screen().style_of("postgres:16").fg;
    assert_ne!(play.screen().style_of("97%").fg, calm, "{}", play.screen());
    play.gone("hungry: memory at").await.advance(Duration::from_secs(60)).await;
    assert!(!play.screen().contains("memory at"), "told once");
    play.keys("/hungry<Enter>m").wait_for("╌ warning").await.wait_for("(97%)").await;
    play.keys("q<Esc>M").wait_for("hungry: memory at").await;
    let told = play.screen().to_string().matches("hungry: memory at").count();
    assert_eq!(told, 1, "{}", play.screen());
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn thresholds_can_be_taken_away() {
    let none = |settings: &mut dockerui_tui::config::Settings| settings.stats.thresholds.memory = None;
    let mut play = Stage::new(120, 40).settings(none).listed().await;
    let limits = serde_json::json!({ "Image": "postgres:16", "HostConfig": { "Memory": 64 << 20 } });
    client::run(play.engine(), "hungry", limits).await;
    play.wait_for("97%").await.advance(Duration::from_secs(20)).await;
    assert!(!play.screen().contains("memory at"), "{}", play.screen());
    play.quit().await;
}
