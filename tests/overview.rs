//! The overview of a host: everything that runs is measured at a rate that the engine can bear, and told together.

use crate::support::client;
use crate::support::stage::Stage;
use crossterm::event::{MouseButton, MouseEventKind};
use std::time::Duration;

#[tokio::test(start_paused = true)]
async fn all_that_runs_is_measured_a_few_at_a_time_and_it_is_said_how_often() {
    let mut play = Stage::new(120, 40).containers(200).listed().await;
    play.wait_for("cpu").await.keys("o").wait_for("Overview of demo").await;
    play.wait_for("of them so far").await.wait_for("every 2").await;
    let before = play.served("/stats").await.len();
    play.advance(Duration::from_secs(60)).await;
    let asked = play.served("/stats").await.len() - before;
    assert!((400..=490).contains(&asked), "8 a second: {asked} a minute");
    play.gone("of them so far").await.advance(Duration::from_secs(10)).await;
    assert!(play.screen().contains("█") && play.screen().contains("▓"), "{}", play.screen());
    // Nothing of it goes on when it is closed.
    play.keys("<Esc>").gone("Overview").await.keys("3").wait_for("Volumes").await.advance(Duration::from_secs(8)).await;
    let before = play.served("/stats").await.len();
    play.advance(Duration::from_secs(30)).await;
    assert_eq!(play.served("/stats").await.len(), before);
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn the_largest_come_first_and_lead_to_their_stats() {
    let mut play = Stage::new(120, 40).listed().await;
    play.wait_for("cpu").await.keys("o").wait_for("payments").await.advance(Duration::from_secs(10)).await;
    let top = play.screen().line_with("payments");
    assert!(top.contains("█") && top.contains('▸'), "{top}");
    play.keys("s").wait_for("▸Memory").await.keys("jj").settle().await;
    let chosen = play.screen().line_with("▸ ").to_owned();
    // It stays on its container while others pass it by.
    play.advance(Duration::from_secs(30)).await;
    let name = chosen.split_whitespace().nth(3).unwrap().to_owned();
    assert!(play.screen().line_with("▸ ").contains(&name), "{name}: {}", play.screen());
    play.keys("<Enter>").gone("Overview").await.wait_for(&format!("╭ {name} ─ Logs · Stats")).await;
    play.wait_for("of 8 cores").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn the_overview_of_another_host_is_reached_from_the_hosts_view() {
    let mut play = Stage::new(120, 40).also("eu", 30).listed().await;
    play.keys("0").wait_for("Hosts 2").await.until("eu", |screen| screen.line_with("eu ").contains("live")).await;
    play.keys("/eu<Enter>o").wait_for("Overview of eu").await.wait_for("24 containers run").await;
    play.wait_for("█").await.keys("<Enter>").gone("Overview").await;
    play.wait_for("Containers 30").await.wait_for("Stats").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_lost_engine_leaves_its_last_figures() {
    let mut play = Stage::new(80, 24).listed().await;
    play.wait_for("cpu").await.keys("o").wait_for("10 containers run").await.advance(Duration::from_secs(10)).await;
    play.engine().go_down();
    play.wait_for("these are the last figures").await.wait_for("payments").await;
    play.engine().come_up();
    play.wait_for("10 containers run").await.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_moment_is_read_with_keys_and_with_the_mouse() {
    let mut play = Stage::new(120, 40).listed().await;
    play.wait_for("cpu").await.keys("o").wait_for("payments").await.advance(Duration::from_secs(40)).await;
    play.keys(&"<Left>".repeat(12)).wait_for("· -").await;
    let then = play.screen().line_with("▸CPU");
    let top = play.screen().line_with("━");
    play.advance(Duration::from_secs(20)).await;
    // The moment stays, and so does what was used then, by each and by all.
    assert_eq!((play.screen().line_with("▸CPU"), play.screen().line_with("━")), (then, top));
    play.keys("<Esc>").gone("· -").await.wait_for("10 containers run").await;
    let (column, row) = play.screen().place_of("now");
    play.mouse(MouseEventKind::Moved, column - 4, row - 3).wait_for("· -").await;
    play.mouse(MouseEventKind::Moved, 3, 38).gone("· -").await;
    play.mouse(MouseEventKind::Down(MouseButton::Left), column - 9, row - 3).wait_for("· -").await;
    play.mouse(MouseEventKind::Moved, 3, 38).settle().await;
    assert!(play.screen().contains("· -"), "{}", play.screen());
    // Behind the newest moment it is now again.
    play.keys(&"<Right>".repeat(15)).gone("· -").await.quit().await;
}

#[tokio::test(start_paused = true)]
async fn what_happened_to_whom_is_told_where_it_is_marked() {
    let mut play = Stage::new(120, 40).listed().await;
    play.wait_for("cpu").await.keys("o").wait_for("payments").await.advance(Duration::from_secs(30)).await;
    client::post(play.engine(), "/containers/web/kill?signal=KILL").await;
    play.wait_for("▼").await.wait_for("9 containers run").await.advance(Duration::from_secs(6)).await;
    let (column, row) = play.screen().place_of("▼");
    play.mouse(MouseEventKind::Moved, column, row - 2).wait_for("web ▼ exited (137)").await;
    // It is among those that ran then.
    play.mouse(MouseEventKind::Moved, column - 6, row - 2).gone("web ▼").await.wait_for("web").await;
    play.quit().await;
}
