//! A search through a whole log, of which only a part is loaded.

use crate::log_files::numbered;
use crate::support::client;
use crate::support::stage::{Play, Stage};
use std::time::Duration;

/// A log of 30,000 lines, the last 200 of which are loaded, in little memory.
async fn long(width: u16) -> Play {
    let stage = Stage::new(width, 30).settings(|settings| settings.logs.memory = "256KiB".parse().unwrap());
    let mut play = stage.settings(|settings| settings.logs.tail = 200).living().listed().await;
    numbered(&mut play, 30_000).await;
    play
}

/// The numbers of the numbered lines on screen.
fn numbers(play: &Play) -> Vec<usize> {
    let lines = play.screen().lines();
    let inside = lines.iter().filter_map(|line| line.strip_prefix('│')?.strip_suffix(['│', '◂']));
    inside.filter_map(|line| line.trim_end().strip_prefix("line ")?.parse().ok()).collect()
}

#[tokio::test(start_paused = true)]
async fn hits_are_counted_and_gone_to_wherever_they_are() {
    let mut play = long(120).await;
    // line 1077, 2077 and so on to 29077, none of them loaded.
    play.keys("//077$/<Enter>").wait_for("29/29 hits").await;
    assert!(numbers(&play).contains(&29_077), "{}", play.screen());
    for hit in (1..29).rev() {
        play.keys("N").wait_for(&format!(" {hit}/29 hits")).await;
        assert!(numbers(&play).contains(&(hit * 1_000 + 77)), "{hit}\n{}", play.screen());
    }
    play.keys("N").wait_for("No further hit above").await;
    for hit in 2..=29 {
        play.keys("n").wait_for(&format!(" {hit}/29 hits")).await;
        assert!(numbers(&play).contains(&(hit * 1_000 + 77)), "{hit}\n{}", play.screen());
    }
    play.keys("n").wait_for("No further hit below").await;
    // It goes round.
    play.keys("n").wait_for(" 1/29 hits").await.keys("N").wait_for("No further hit above").await;
    play.keys("N").wait_for(" 29/29 hits").await;
    // The ends of the log are one key away still, and so is the next hit.
    play.keys("g").wait_for("line 1 ").await.keys("n").wait_for(" 1/29 hits").await;
    play.keys("G").wait_for("line 30000").await.keys("N").wait_for(" 29/29 hits").await;
    // Keys that come while a hit is still being read count as well.
    play.keys("NNNN").wait_for(" 25/29 hits").await.wait_for("line 25077 ").await;
    play.keys("nN").settle().await.wait_for(" 25/29 hits").await.quit().await;
}

#[tokio::test(start_paused = true)]
async fn what_is_printed_meanwhile_counts_too_and_escape_ends_it() {
    let body = serde_json::json!({
        "Image": "alpine:3.20",
        "Labels": { "demo.profile": "web", "demo.numbered-lines": "20000", "demo.lines-per-second": "20" },
    });
    let stage = Stage::new(120, 30).settings(|settings| settings.logs.memory = "256KiB".parse().unwrap());
    let mut play = stage.settings(|settings| settings.logs.tail = 200).living().listed().await;
    client::run(play.engine(), "busy", body).await;
    play.keys("/busy<Enter>").wait_for("╭ busy ─ Logs").await.keys("lz").wait_for("lines ─").await;
    // Most lines have one of them but the numbered ones.
    play.keys("//tick|line \\d*000$/<Enter>").wait_for("hits").await.gone("searching all").await;
    let (first, _) = hits(&play);
    play.advance(Duration::from_secs(60)).await;
    let (later, _) = hits(&play);
    let printed = client::log_lines(play.engine(), "busy").await;
    let expected = |text: &str| text.contains("tick") || text.ends_with("000");
    let all = printed.iter().filter(|text| expected(text)).count();
    assert!(later > first + 500 && (later.abs_diff(all)) < 5, "{first} {later} {all}\n{}", play.screen());
    play.keys("<Esc>").gone("hits").await.quit().await;
}

#[tokio::test(start_paused = true)]
async fn merged_logs_are_searched_as_a_whole() {
    let stage = Stage::new(120, 30).settings(|settings| settings.logs.memory = "512KiB".parse().unwrap());
    let mut play = stage.settings(|settings| settings.logs.tail = 200).living().listed().await;
    for (name, pause) in [("one", 0), ("two", 5)] {
        play.advance(Duration::from_secs(pause)).await;
        let labels = serde_json::json!({
            "demo.profile": "web", "demo.numbered-lines": "5000", "demo.lines-per-second": "0",
            "com.docker.compose.project": "pair",
        });
        client::run(play.engine(), name, serde_json::json!({ "Image": "alpine:3.20", "Labels": labels })).await;
    }
    play.keys("/project=pair<Enter>").wait_for("Containers 2").await.keys("*").wait_for("2 marked").await.keys("lz");
    play.wait_for("╭ one, two ─ Logs").await.wait_for("following").await.wait_for("line 5000").await;
    play.keys("//077$/<Enter>").wait_for("8/8 hits").await;
    let lines = ["two line 3077", "two line 2077", "two line 1077", "one line 4077", "one line 3077", "one line 2077"];
    for (hit, line) in (2..8).rev().zip(lines) {
        play.keys("N").wait_for(&format!(" {hit}/8 hits")).await.wait_for(line).await;
    }
    play.keys("N").wait_for(" 1/8 hits").await.wait_for("one line 1077").await;
    play.keys("N").wait_for("No further hit above").await.quit().await;
}

/// The hits told at the foot, and the number of the one that is looked at.
fn hits(play: &Play) -> (usize, Option<usize>) {
    let foot = play.screen().lines().into_iter().rev().find(|line| line.contains(" hits")).unwrap();
    let word = foot.split(" hit").next().unwrap().rsplit(' ').next().unwrap().replace(',', "");
    match word.split_once('/') {
        Some((number, all)) => (all.parse().unwrap(), number.parse().ok()),
        None => (word.parse().unwrap(), None),
    }
}
