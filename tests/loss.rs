//! An engine that goes away, and comes back.

use crate::support::client;
use crate::support::stage::Stage;
use dockerui_tui::demo::{Fault, What};
use ratatui::style::Color;
use std::time::Duration;

#[tokio::test(start_paused = true)]
async fn a_lost_engine_is_said_to_be_lost_and_its_last_rows_stay_with_their_age() {
    let mut play = Stage::new(120, 40).listed().await;
    play.wait_for("API").await;
    let bright = play.screen().style_of("postgres:16").fg;
    play.engine().go_down();
    play.wait_for("lost").await.wait_for("as it was").await;
    let screen = play.screen();
    assert!(screen.contains("Containers 13 ─") && screen.contains("web "), "{screen}");
    assert_ne!(screen.style_of("postgres:16").fg, bright, "the rows are greyed");
    assert_ne!(screen.style_of("postgres:16").fg, Some(Color::Reset));
    play.wait_for("lost 20 s").await.keys("jj");
    play.until("the cursor to move", |screen| screen.selected_name() == "cache").await;
    // What is tried now is refused in words, not lost in silence.
    play.keys("p").wait_for("Pause/unpause: this host does not answer").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn it_reconnects_by_itself_and_misses_nothing() {
    let mut play = Stage::new(120, 40).listed().await;
    let body = serde_json::json!({
        "Image": "redis:7-alpine", "Labels": { "demo.runs-for": "20" }, "HostConfig": { "AutoRemove": true },
    });
    client::run(play.engine(), "brief", body).await;
    play.wait_for("brief").await.advance(Duration::from_secs(2)).await;
    play.engine().go_down();
    play.wait_for("lost 40 s").await;
    assert!(play.screen().contains("brief"), "{}", play.screen());
    play.engine().come_up();
    let took = play
        .timed(async |play| {
            play.gone("lost").await.gone("brief").await.wait_for("DEMO ●").await;
        })
        .await;
    assert!(took <= Duration::from_secs(12), "the longest wait is ten seconds, a fifth more by chance: {took:?}");
    let streams = play.served("GET").await.into_iter().filter(|line| line.contains("/events")).collect::<Vec<_>>();
    assert_eq!(streams.len(), 2, "{streams:#?}");
    // Events go on behind the last one seen, in nanoseconds: the start of the container.
    let since = streams[1].split("since=").nth(1).unwrap();
    assert!(since.contains('.') && !since.ends_with(".000000000"), "{streams:#?}");
    // And the line is alive: what happens now is seen.
    client::post(play.engine(), "/containers/web/pause").await;
    play.until("the pause", |screen| screen.line_with("web ").contains("paused")).await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn tries_get_rarer_and_a_key_tries_at_once() {
    let mut play = Stage::new(120, 40).down().open();
    play.wait_for("No engine answers for demo").await.advance(Duration::from_secs(30)).await;
    play.engine().come_up();
    let took = play
        .timed(async |play| {
            play.keys("R").wait_for("Containers 13 ─").await;
        })
        .await;
    assert!(took < Duration::from_millis(100), "{took:?}");
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn an_engine_that_comes_late_is_found() {
    let mut play = Stage::new(80, 24).down().open();
    play.wait_for("No engine answers for demo").await.wait_for("refused").await;
    play.engine().come_up();
    play.wait_for("Containers 13 ─").await.quit().await;
}

#[tokio::test(start_paused = true)]
async fn an_engine_that_falls_silent_is_noticed() {
    let mut play = Stage::new(120, 40).listed().await;
    play.wait_for("API").await;
    play.engine().inject(Fault::always("", What::Hang));
    // A key at once, whatever the engine does.
    let took = play
        .timed(async |play| {
            play.keys("j").until("the cursor to move", |screen| screen.selected_name() == "backup").await;
        })
        .await;
    assert_eq!(took, Duration::ZERO);
    play.wait_for("lost").await.wait_for("did not answer").await;
    assert!(play.screen().contains("web "), "{}", play.screen());
    play.engine().heal();
    play.wait_for("DEMO ●").await.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_slow_engine_never_delays_a_key() {
    let stage = Stage::new(120, 40).fault(Fault::always("", What::Delay(Duration::from_secs(20))));
    let mut play = stage.open();
    play.wait_for("connecting 12 s").await.keys("4").wait_for("Networks").await.keys("1");
    play.wait_for("Containers 13 ─").await;
    let before = play.screen().selected_name();
    let took = play
        .timed(async |play| {
            for name in ["backup", "cache", "db"] {
                play.keys("j").until(name, |screen| screen.selected_name() == name).await;
            }
            play.keys("s").wait_for("Stop db").await.keys("<Right><Enter>").wait_for("stopping…").await;
            play.keys("k").until("cache", |screen| screen.selected_name() == "cache").await;
            play.keys("/we").wait_for("Containers 1 ─").await;
        })
        .await;
    assert_eq!(took, Duration::ZERO);
    assert_eq!(before, "api");
    play.wait_for("Stopped db").await.quit().await;
}

#[tokio::test(start_paused = true)]
async fn an_engine_that_breaks_off_is_asked_ever_more_rarely() {
    let mut play = Stage::new(80, 24).fault(Fault::always("GET /containers/json", What::Drop)).open();
    play.advance(Duration::from_secs(60)).await;
    let tries = play.served("/containers/json").await.len();
    assert!((8..=16).contains(&tries), "{tries} tries in a minute");
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn an_engine_that_lists_but_cuts_its_events_at_once_is_not_asked_again_and_again() {
    let cut = Fault::always("GET /events", What::CutStream { after: 0 });
    let mut play = Stage::new(80, 24).fault(cut).listed().await;
    for _ in 0..30 {
        client::post(play.engine(), "/containers/web/pause").await;
        client::post(play.engine(), "/containers/web/unpause").await;
        play.advance(Duration::from_secs(2)).await;
    }
    let tries = play.served("/events").await.len();
    assert!(tries <= 20, "{tries} tries in a minute");
    play.quit().await;
}
