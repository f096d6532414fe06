//! The log of the selected container: live, and whole across a restart and a break.

use crate::support::client;
use crate::support::stage::{Play, Stage};
use dockerui_tui::demo::{Fault, What};
use std::time::Duration;

/// A container that prints its own lines at a pace.
async fn chatty(play: &mut Play) {
    let body = serde_json::json!({
        "Image": "alpine:3.20", "Labels": { "demo.profile": "web", "demo.lines-per-second": "3" },
    });
    client::run(play.engine(), "chatty", body).await;
    play.keys("/chatty<Enter>").wait_for("╭ chatty ─ Logs").await.keys("lz");
    play.until("the whole screen", |screen| !screen.contains("Containers 1 ─")).await;
}

/// The lines of the log on screen.
fn shown(play: &Play) -> Vec<String> {
    let lines = play.screen().lines();
    let inside = lines.iter().filter_map(|line| line.strip_prefix('│')?.strip_suffix('│'));
    inside.map(|line| line.trim_end().to_owned()).filter(|line| !line.is_empty()).collect()
}

/// The screen shows the engine's last lines, each once.
async fn agree(play: &mut Play) {
    play.settle().await.settle().await;
    let (told, shown) = (client::log_lines(play.engine(), "chatty").await, shown(play));
    // What is printed in this moment may still be on its way.
    let mut ends = (0..=2).filter_map(|late| told.len().checked_sub(late));
    if !ends.any(|end| told[..end].ends_with(&shown)) {
        pretty_assertions::assert_eq!(told, shown);
    }
}

#[tokio::test(start_paused = true)]
async fn lines_come_as_they_are_printed() {
    let mut play = Stage::new(300, 60).living().listed().await;
    chatty(&mut play).await;
    play.wait_for("following").await;
    play.until("lines", |screen| !screen.contains("· 0 lines")).await.advance(Duration::from_secs(10)).await;
    agree(&mut play).await;
    assert!(shown(&play).len() > 20, "{}", play.screen());
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_restart_neither_loses_nor_doubles_a_line() {
    let mut play = Stage::new(300, 100).living().listed().await;
    chatty(&mut play).await;
    play.advance(Duration::from_secs(5)).await;
    client::post(play.engine(), "/containers/chatty/restart").await;
    play.advance(Duration::from_secs(5)).await;
    agree(&mut play).await;
    client::post(play.engine(), "/containers/chatty/stop").await;
    play.wait_for("ended").await;
    agree(&mut play).await;
    client::post(play.engine(), "/containers/chatty/start").await;
    play.wait_for("following").await.advance(Duration::from_secs(3)).await;
    agree(&mut play).await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_lost_engine_neither_loses_nor_doubles_a_line() {
    let mut play = Stage::new(300, 100).living().listed().await;
    chatty(&mut play).await;
    play.advance(Duration::from_secs(5)).await;
    play.engine().go_down();
    play.wait_for("lost 4 s").await;
    play.engine().come_up();
    play.gone("lost").await.wait_for("following").await.advance(Duration::from_secs(2)).await;
    agree(&mut play).await;
    play.quit().await;
}

/// The numbers of the numbered lines on screen.
fn numbers(play: &Play) -> Vec<usize> {
    shown(play).iter().filter_map(|line| line.strip_prefix("line ")?.parse().ok()).collect()
}

/// A log of 30,000 numbered lines, several of them at each moment.
async fn numbered(play: &mut Play) {
    let body = serde_json::json!({
        "Image": "alpine:3.20",
        "Labels": { "demo.profile": "web", "demo.numbered-lines": "30000", "demo.lines-per-second": "0" },
    });
    client::run(play.engine(), "numbered", body).await;
    play.keys("/numbered<Enter>").wait_for("╭ numbered ─ Logs").await.keys("lz");
    play.wait_for("following").await.wait_for("line 30000").await;
}

#[tokio::test(start_paused = true)]
async fn a_long_log_is_scrolled_back_and_forth_within_its_memory() {
    let stage = Stage::new(100, 50).settings(|settings| settings.logs.memory = "256KiB".parse().unwrap());
    let mut play = stage.settings(|settings| settings.logs.tail = 200).living().listed().await;
    numbered(&mut play).await;
    assert!(play.screen().contains("200 lines · older above"), "{}", play.screen());
    let mut seen = numbers(&play)[0];
    while seen > 20_000 {
        play.keys("<PgUp>").settle().await;
        let numbers = numbers(&play);
        assert!(numbers.windows(2).all(|pair| pair[1] == pair[0] + 1), "{}", play.screen());
        assert!(numbers.last().is_some_and(|last| *last + 1 >= seen && numbers[0] <= seen), "{}", play.screen());
        seen = numbers[0];
    }
    play.wait_for("newer below").await;
    // The very first line is one key away, and so is the last one.
    play.keys("g").wait_for("line 1 ").await.wait_for("newer below").await;
    assert!(!play.screen().contains("older above"), "{}", play.screen());
    for _ in 0..300 {
        play.keys("<PgDn>").settle().await;
    }
    let down = numbers(&play);
    assert!(down.windows(2).all(|pair| pair[1] == pair[0] + 1) && down[0] > 12_000, "{}", play.screen());
    play.keys("G").wait_for("following").await.wait_for("line 30000").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_log_that_never_pauses_is_followed_all_the_same() {
    let mut play = Stage::new(100, 30).living().listed().await;
    let labels = serde_json::json!({ "demo.profile": "web", "demo.lines-per-second": "20" });
    client::run(play.engine(), "busy", serde_json::json!({ "Image": "alpine:3.20", "Labels": labels })).await;
    play.advance(Duration::from_secs(5)).await;
    let spent = play
        .timed(async |play| {
            play.keys("/busy<Enter>").wait_for("╭ busy ─ Logs").await.wait_for("following").await;
        })
        .await;
    assert!(spent < Duration::from_secs(3), "{spent:?}");
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn older_lines_that_cannot_be_read_are_told_and_tried_again() {
    let mut play = Stage::new(100, 30).settings(|settings| settings.logs.tail = 100).living().listed().await;
    numbered(&mut play).await;
    play.engine()
        .inject(Fault::once("/logs", What::Status { code: 500, message: "the disk is gone".into(), html: false }));
    play.keys("<PgUp><PgUp><PgUp><PgUp>").wait_for("older lines cannot be read").await;
    assert!(play.screen().contains("the disk is gone"), "{}", play.screen());
    play.keys("R").gone("older lines cannot be read").await.keys("<PgUp><PgUp>").settle().await;
    assert!(numbers(&play)[0] < 29_880, "{}", play.screen());
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn only_matching_lines_are_shown_and_those_around_them() {
    let mut play = Stage::new(100, 30).living().listed().await;
    numbered(&mut play).await;
    play.keys("/29990<Enter>").wait_for("1 hit").await;
    play.keys("&").wait_for("matching lines").await.gone("looked through").await;
    assert_eq!(numbers(&play), [29_990]);
    play.keys("&").wait_for("matching lines ±2").await;
    assert_eq!(numbers(&play), [29_988, 29_989, 29_990, 29_991, 29_992]);
    play.keys("t").wait_for("00:26:4").await.keys("ttt").wait_for("0s line").await;
    play.keys("<Esc>").gone("matching lines").await.quit().await;
}
