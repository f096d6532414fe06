//! When nothing happens, next to nothing is done.

use crate::support::client;
use crate::support::stage::{Play, Stage};
use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);

#[tokio::test(start_paused = true)]
async fn no_frame_is_drawn_where_nothing_changes() {
    let mut play = Stage::new(120, 40).listed().await;
    play.keys("3").wait_for("shop_db-data").await.wait_for("API").await.advance(Duration::from_secs(10)).await;
    let before = play.frames();
    play.advance(MINUTE).await;
    assert_eq!(play.frames() - before, 0, "{}", play.screen());
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn live_figures_cost_a_frame_each_round_and_few_requests() {
    let mut play = Stage::new(120, 40).listed().await;
    play.wait_for("cpu").await.advance(Duration::from_secs(10)).await;
    let (frames, requests) = (play.frames(), play.served("").await.len());
    play.advance(MINUTE).await;
    let (frames, requests) = (play.frames() - frames, play.served("").await.len() - requests);
    assert!(frames <= 32, "{frames} frames a minute");
    assert!(requests <= 15 * 60, "{requests} requests a minute");
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn keys_that_change_nothing_draw_nothing() {
    let mut play = Stage::new(80, 24).listed().await;
    play.keys("3").wait_for("shop_db-data").await.advance(Duration::from_secs(10)).await.keys("G");
    play.advance(Duration::from_secs(2)).await;
    let before = play.frames();
    play.keys("GGGjjj").settle().await;
    assert_eq!(play.frames(), before);
    // Asked to, it draws all of it anew.
    play.keys("<C-l>").settle().await;
    assert_eq!(play.frames(), before + 1);
    play.quit().await;
}

/// A followed log that is flooded.
async fn flooded() -> Play {
    let mut play = Stage::new(120, 40).living().listed().await;
    let labels = serde_json::json!({ "demo.profile": "web", "demo.lines-per-second": "5000" });
    client::run(play.engine(), "flood", serde_json::json!({ "Image": "alpine:3.20", "Labels": labels })).await;
    play.keys("/flood<Enter>").wait_for("╭ flood ─ Logs").await.advance(Duration::from_secs(2)).await;
    play
}

#[tokio::test(start_paused = true)]
async fn a_flood_is_drawn_thirty_times_a_second_and_keys_at_once() {
    let mut play = flooded().await;
    let before = play.frames();
    play.advance(Duration::from_secs(10)).await;
    let frames = play.frames() - before;
    assert!((100..=310).contains(&frames), "{frames} frames in ten seconds");
    let took = play.timed(async |play| play.keys("s").wait_for("Stop flood").await.frames()).await;
    assert_eq!(took, Duration::ZERO);
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn behind_a_key_a_flood_leaves_the_screen_alone_for_a_moment() {
    let mut play = flooded().await;
    for round in 1..20 {
        // At any moment between two frames of the flood.
        play.advance(Duration::from_millis(100 + 7 * round)).await.keys("?").wait_for("Help").await;
        let frames = play.frames();
        play.advance(Duration::from_millis(30)).await;
        assert_eq!(play.frames(), frames, "in round {round}");
        play.advance(Duration::from_millis(60)).await;
        assert!(play.frames() > frames, "and then goes on, in round {round}");
        play.keys("<Esc>").gone("Help").await;
    }
    play.quit().await;
}
