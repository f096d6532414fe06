//! The stream of events: storms, breaks, refusals.

use crate::support::client;
use crate::support::stage::Stage;
use dockerui_tui::config::Period;
use dockerui_tui::demo::{Fault, What};
use std::time::Duration;

#[tokio::test(start_paused = true)]
async fn a_storm_of_events_costs_one_running_list_and_one_waiting() {
    let stage = Stage::new(120, 40).settings(|settings| settings.poll_interval = Period::from_secs(3600));
    let mut play = stage.listed().await;
    play.wait_for("API").await;
    let before = play.served("GET").await.iter().filter(|line| line.contains("/containers/json")).count();
    play.engine().inject(Fault::always("GET /containers/json", What::Delay(Duration::from_secs(1))));
    for _ in 0..150 {
        client::post(play.engine(), "/containers/web/pause").await;
        client::post(play.engine(), "/containers/web/unpause").await;
    }
    client::post(play.engine(), "/containers/web/pause").await;
    play.until("the last state", |screen| screen.line_with("web ").contains("paused"))
        .await
        .advance(Duration::from_secs(10))
        .await;
    let after = play.served("GET").await.iter().filter(|line| line.contains("/containers/json")).count();
    assert_eq!(after - before, 2);
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn what_others_do_is_seen_without_waiting_for_a_poll() {
    let mut play = Stage::new(120, 40).listed().await;
    play.wait_for("API").await.advance(Duration::from_secs(1)).await;
    let took = play
        .timed(async |play| {
            client::run(play.engine(), "newcomer", serde_json::json!({ "Image": "redis:7-alpine" })).await;
            play.wait_for("newcomer").await;
        })
        .await;
    assert!(took < Duration::from_millis(200), "{took:?}");
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn where_events_are_refused_polling_goes_on_and_a_notice_says_so() {
    let refused = What::Status { code: 403, message: "Forbidden by the proxy".into(), html: true };
    let mut play = Stage::new(120, 40).fault(Fault::always("GET /events", refused)).listed().await;
    play.wait_for("No live events, only polling").await;
    assert!(play.screen().contains("●"), "{}", play.screen());
    client::delete(play.engine(), "/containers/web?force=1").await;
    play.wait_for("Containers 12 ─").await;
    assert_eq!(play.served("/events").await.len(), 1, "it is not asked for again and again");
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_stream_of_events_that_is_cut_goes_on_behind_the_last_event() {
    let mut play =
        Stage::new(120, 40).fault(Fault::once("GET /events", What::CutStream { after: 1500 })).listed().await;
    play.wait_for("API").await;
    // Each event is some hundred bytes long: the stream breaks in the middle of one.
    for _ in 0..4 {
        client::post(play.engine(), "/containers/web/pause").await;
        client::post(play.engine(), "/containers/web/unpause").await;
    }
    play.advance(Duration::from_secs(2)).await;
    let streams = play.served("/events").await;
    assert_eq!(streams.len(), 2, "{streams:#?}");
    assert!(streams.iter().all(|line| line.contains("since=")), "{streams:#?}");
    let since = |line: &str| line.split("since=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    assert!(since(&streams[1]) > since(&streams[0]), "{streams:#?}");
    client::post(play.engine(), "/containers/web/pause").await;
    play.wait_for("‖ paused").await;
    assert!(play.screen().contains("DEMO ●"), "{}", play.screen());
    play.quit().await;
}
