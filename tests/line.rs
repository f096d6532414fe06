//! Lines that go dead without a word, that stall, or that carry all but the events.

use crate::support::client;
use crate::support::stage::Stage;
use dockerui_tui::demo::{Fault, Line, What};
use std::time::Duration;

const NEAR: Line = Line { round_trip: Duration::from_millis(2), stalls: None, is_dead: false };
const DEAD: Line = Line { is_dead: true, ..NEAR };

#[tokio::test(start_paused = true)]
async fn a_line_that_goes_dead_without_a_word_is_given_up_within_ten_seconds() {
    let mut play = Stage::new(120, 40).line(NEAR).listed().await;
    play.wait_for("API").await.advance(Duration::from_secs(20)).await;
    play.engine().lay_line(DEAD);
    let took = play
        .timed(async |play| {
            play.wait_for("◌").await.wait_for("no answer for").await;
            assert!(play.screen().contains("web "), "{}", play.screen());
            play.wait_for("✗").await.wait_for("lost").await;
        })
        .await;
    assert!(took <= Duration::from_secs(10), "{took:?}");
    // What happens meanwhile is seen as soon as the line is there again.
    client::post(play.engine(), "/containers/web/pause").await;
    play.engine().lay_line(NEAR);
    play.wait_for("DEMO ●").await.until("the pause", |screen| screen.line_with("web ").contains("paused")).await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn nothing_on_screen_has_to_be_asked_for_that() {
    let mut play = Stage::new(120, 40).line(NEAR).listed().await;
    // A view without figures: nothing is sampled.
    play.keys("3").wait_for("shop_db-data").await.advance(Duration::from_secs(30)).await;
    play.engine().lay_line(DEAD);
    let took = play.timed(async |play| play.wait_for("lost").await.frames()).await;
    assert!(took <= Duration::from_secs(10), "{took:?}");
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_host_that_nobody_looks_at_is_watched_as_well() {
    let mut play = Stage::new(120, 40).line(NEAR).also("eu", 5).listed().await;
    play.keys(":host eu<Enter>").until("eu", |screen| screen.line(0).contains(" eu ●")).await;
    play.advance(Duration::from_secs(30)).await;
    play.engine().lay_line(DEAD);
    play.advance(Duration::from_secs(10)).await;
    play.keys("H").wait_for("show it").await;
    assert!(play.screen().line_with("▸ demo  ").contains("lost"), "{}", play.screen());
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_stall_is_told_and_does_no_harm() {
    let mut play = Stage::new(120, 40).line(NEAR).listed().await;
    play.wait_for("API").await.keys("3").wait_for("shop_db-data").await.advance(Duration::from_secs(20)).await;
    let connections = play.served("/events").await.len();
    play.engine().lay_line(DEAD);
    play.wait_for("no answer for 6 s").await;
    play.engine().lay_line(NEAR);
    play.gone("no answer").await.wait_for("DEMO ●").await.advance(Duration::from_secs(20)).await;
    assert!(!play.screen().contains("lost"), "{}", play.screen());
    assert_eq!(play.served("/events").await.len(), connections, "the line held");
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn an_engine_whose_events_are_always_cut_is_polled_and_stays_live() {
    let cut = Fault::always("GET /events", What::CutStream { after: 0 });
    let mut play = Stage::new(120, 40).fault(cut).listed().await;
    play.wait_for("No live events, only polling").await.wait_for("DEMO ●").await;
    client::post(play.engine(), "/containers/web/pause").await;
    play.until("the pause", |screen| screen.line_with("web ").contains("paused")).await;
    let tries = play.served("/events").await.len();
    assert!(tries <= 4, "{tries}");
    play.keys("<Esc>").gone("only polling").await.advance(Duration::from_secs(150)).await;
    assert_eq!(play.served("/events").await.len(), tries);
    // It is tried again, and not told of again.
    play.advance(Duration::from_secs(60)).await;
    assert_eq!(play.served("/events").await.len(), tries + 1);
    assert!(!play.screen().contains("only polling"), "{}", play.screen());
    play.engine().heal();
    play.advance(Duration::from_secs(200)).await;
    client::post(play.engine(), "/containers/web/unpause").await;
    let took = play
        .timed(async |play| {
            play.until("the end of the pause", |screen| !screen.line_with("web ").contains("paused")).await;
        })
        .await;
    assert!(took < Duration::from_millis(500), "events are followed again: {took:?}");
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_stream_of_events_that_a_proxy_ends_is_opened_again_where_it_ended() {
    let mut play = Stage::new(120, 40).listed().await;
    play.wait_for("API").await.advance(Duration::from_secs(20)).await;
    // The stream that is open breaks with the next event; the engine is there all the time.
    play.engine().inject(Fault::once("GET /events", What::CutStream { after: 400 }));
    play.engine().go_down();
    play.wait_for("lost").await;
    play.engine().come_up();
    play.wait_for("DEMO ●").await.advance(Duration::from_secs(20)).await;
    client::post(play.engine(), "/containers/web/pause").await;
    client::post(play.engine(), "/containers/cache/pause").await;
    play.until("both pauses", |screen| {
        screen.line_with("web ").contains("paused") && screen.line_with("cache ").contains("paused")
    })
    .await;
    assert!(!play.screen().contains("lost"), "{}", play.screen());
    play.advance(Duration::from_secs(20)).await;
    let streams = play.served("/events").await;
    assert_eq!(streams.len(), 3, "{streams:#?}");
    play.quit().await;
}
