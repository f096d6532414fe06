//! A line of 200 ms with stalls of seconds: keys do not feel it, requests do not pile up, little is drawn.

use crate::support::stage::{Play, Stage};
use dockerui_tui::demo::{Fault, Line, What};
use std::time::Duration;

const FAR: Line =
    Line { round_trip: Duration::from_millis(200), stalls: Some((100, Duration::from_secs(3))), is_dead: false };

async fn far(stage: Stage) -> Play {
    let mut play = stage.containers(60).line(FAR).listed().await;
    play.wait_for("API").await;
    play
}

#[tokio::test(start_paused = true)]
async fn each_key_is_drawn_before_any_answer_can_come() {
    let mut play = far(Stage::new(120, 40).living()).await;
    for round in 0..40 {
        // Whatever is under way, and whatever stalls just now.
        play.advance(Duration::from_millis(370)).await;
        let before = play.screen().selected_name();
        let key = if round % 16 < 8 { "j" } else { "k" };
        let took = play
            .timed(async |play| {
                play.keys(key).until("the cursor to move", |screen| screen.selected_name() != before).await;
            })
            .await;
        assert_eq!(took, Duration::ZERO, "round {round}");
    }
    let took = play
        .timed(async |play| {
            play.keys("2").wait_for("╭ Images").await.keys("3").wait_for("╭ Volumes").await.keys("1");
            play.wait_for("╭ Containers").await.keys("s").wait_for("[ Cancel ]").await.keys("<Esc>");
            play.gone("[ Cancel ]").await.keys("?").wait_for("Help").await.keys("<Esc>").gone("Help").await;
        })
        .await;
    assert_eq!(took, Duration::ZERO);
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn requests_do_not_pile_up() {
    let mut play = far(Stage::new(120, 40).living()).await;
    play.advance(Duration::from_secs(10)).await;
    let before = play.served("").await.len();
    let mut most = 0;
    for _ in 0..120 {
        play.advance(Duration::from_millis(500)).await;
        most = most.max(play.engine().connections());
    }
    let asked = play.served("").await.len() - before;
    assert!(most <= 16, "{most} connections at once");
    assert!(asked <= 60 * 8, "{asked} requests a minute");
    // Ten times as far: fewer at once would be a queue that grows.
    play.engine().lay_line(Line { round_trip: Duration::from_secs(2), ..FAR });
    play.advance(Duration::from_secs(30)).await;
    let before = play.served("").await.len();
    for _ in 0..60 {
        play.advance(Duration::from_secs(1)).await;
        most = most.max(play.engine().connections());
    }
    let asked = play.served("").await.len() - before;
    assert!(most <= 16, "{most} connections at once");
    assert!(asked <= 60 * 3, "{asked} requests a minute");
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn little_is_drawn() {
    let mut play = far(Stage::new(120, 40)).await;
    play.advance(Duration::from_secs(20)).await;
    let before = play.cells();
    play.advance(Duration::from_secs(60)).await;
    let cells = play.cells() - before;
    // A screen has 4,800; figures, bars and ages change, nothing else.
    assert!(cells <= 60 * 400, "{cells} cells a minute");
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn how_long_rows_are_waited_for_is_said() {
    let slow = Fault::always("GET /images/json", What::Delay(Duration::from_secs(12)));
    let mut play = Stage::new(80, 24).fault(slow).listed().await;
    play.keys("2").wait_for("Reading the images … 7 s").await.gone("Reading the images").await.quit().await;
}
