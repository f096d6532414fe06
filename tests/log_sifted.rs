//! Only the matching lines of a whole log, of which little is loaded.

use crate::log_files::{form, numbered, saved};
use crate::support::client;
use crate::support::lines::Folder;
use crate::support::stage::{Play, Stage};
use dockerui_tui::demo::Line;
use std::time::Duration;

/// The numbers of the numbered lines on screen.
fn numbers(play: &Play) -> Vec<usize> {
    let lines = play.screen().lines();
    let inside = lines.iter().filter_map(|line| line.strip_prefix('│')?.strip_suffix(['│', '◂']));
    inside.filter_map(|line| line.trim_end().strip_prefix("line ")?.parse().ok()).collect()
}

#[tokio::test(start_paused = true)]
async fn matches_of_the_whole_log_are_shown_saved_and_left_at_the_same_line() {
    let folder = Folder::new();
    let stage = Stage::new(120, 30).settings(|settings| settings.logs.memory = "256KiB".parse().unwrap());
    let mut play = stage.settings(|settings| settings.logs.tail = 200).living().listed().await;
    numbered(&mut play, 30_000).await;
    play.keys("//[05]077$/<Enter>").wait_for("5/5 hits").await;
    assert!(numbers(&play).contains(&25_077), "{}", play.screen());
    play.keys("&").wait_for("5/5 hits · matching lines").await.gone("looked through").await;
    assert_eq!(numbers(&play), [5_077, 10_077, 15_077, 20_077, 25_077], "{}", play.screen());
    play.keys("NNN").wait_for("2/5 hits").await.keys("&").wait_for("matching lines ±2").await;
    assert_eq!(numbers(&play)[5..10], [10_075, 10_076, 10_077, 10_078, 10_079], "{}", play.screen());
    let file = folder.0.join("matching.log");
    form(&mut play, &file).await;
    play.keys("<C-s>").wait_for("numbered: 25 lines").await;
    assert_eq!(saved(&file)[..2], ["line 5075", "line 5076"]);
    play.keys("&").wait_for("±5").await.keys("&").gone("matching lines").await.wait_for("2/5 hits").await;
    play.wait_for("line 10077 ").await;
    assert!(numbers(&play).contains(&10_076) && numbers(&play).contains(&10_079), "{}", play.screen());
    play.keys("n").wait_for("3/5 hits").await.wait_for("line 15077 ").await;
    // Nothing there is told as such, and what comes is looked at as well.
    play.keys("/no such line<Enter>").wait_for("0 hits").await.keys("&").wait_for("No line of this log matches").await;
    play.keys("&&&").wait_for("line 30000").await.quit().await;
}

#[tokio::test(start_paused = true)]
async fn what_is_printed_meanwhile_passes_too() {
    let body = serde_json::json!({
        "Image": "alpine:3.20",
        "Labels": { "demo.profile": "web", "demo.numbered-lines": "20000", "demo.lines-per-second": "20" },
    });
    let stage = Stage::new(120, 30).settings(|settings| settings.logs.memory = "256KiB".parse().unwrap());
    let mut play = stage.settings(|settings| settings.logs.tail = 200).living().listed().await;
    client::run(play.engine(), "busy", body).await;
    play.keys("/busy<Enter>").wait_for("╭ busy ─ Logs").await.keys("lz").wait_for("lines ─").await;
    play.keys("//tick.*5$|line \\d*9000$/<Enter>").wait_for("hits").await.gone("searching all").await;
    play.keys("G&").wait_for("matching lines").await.gone("looked through").await;
    play.advance(Duration::from_secs(30)).await;
    let printed = client::log_lines(play.engine(), "busy").await;
    let passes = |text: &&String| text.ends_with("9000") || (text.contains("tick") && text.ends_with('5'));
    let last = printed.iter().rfind(passes).unwrap();
    play.wait_for(last).await.keys("g").wait_for("line 9000").await.wait_for("line 19000").await.quit().await;
}

#[tokio::test(start_paused = true)]
async fn merged_logs_are_sifted_as_one() {
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
    play.keys("//077$/<Enter>").wait_for("8/8 hits").await.keys("&").wait_for("8/8 hits · matching lines").await;
    let lines = ["one line 1077", "one line 2077", "one line 4077", "two line 1077", "two line 4077"];
    for line in lines {
        play.wait_for(line).await;
    }
    play.keys("NNN").wait_for("5/8 hits").await.keys("&&&").gone("matching lines").await;
    play.wait_for("two line 1078").await.wait_for("two line 1076").await.quit().await;
}

#[tokio::test(start_paused = true)]
async fn the_next_error_is_looked_for_in_all_of_the_log() {
    let stage = Stage::new(120, 30).settings(|settings| settings.logs.memory = "256KiB".parse().unwrap());
    let mut play = stage.settings(|settings| settings.logs.tail = 200).living().listed().await;
    numbered(&mut play, 30_000).await;
    play.keys("E").wait_for("No further error or warning in that direction").await.quit().await;
}

/// Waits for it, and looks at each screen until then for what would be wrong.
async fn comes(play: &mut Play, expected: &str) {
    let is_wrong = |screen: &str| screen.contains("Nothing was logged") || screen.contains("No line ");
    play.until(expected, |screen| {
        let shown = screen.to_string();
        assert!(!is_wrong(&shown), "{shown}");
        shown.contains(expected)
    })
    .await;
}

fn far_away(seconds: u64) -> Line {
    Line { round_trip: Duration::from_secs(seconds), stalls: None, is_dead: false }
}

/// Whatever time the first line takes, silence before it is not the end of the log.
#[tokio::test(start_paused = true)]
async fn a_log_whose_lines_are_on_their_way_is_not_called_empty() {
    let stage = Stage::new(120, 30).settings(|settings| settings.logs.memory = "256KiB".parse().unwrap());
    let mut play = stage.settings(|settings| settings.logs.tail = 200).living().listed().await;
    numbered(&mut play, 30_000).await;
    play.engine().lay_line(far_away(4));
    // While the whole log is still searched.
    play.keys("//[05]077$/<Enter>&");
    comes(&mut play, "following · 5 hits · matching lines").await;
    assert_eq!(numbers(&play), [5_077, 10_077, 15_077, 20_077, 25_077], "{}", play.screen());
    play.keys("&&&");
    comes(&mut play, "line 30000").await;
    play.keys("<Esc>0");
    comes(&mut play, "following · from the start").await;
    play.keys("/no such line<Enter>").wait_for("0 hits").await.keys("&").wait_for("none matches the search").await;
    play.wait_for("No line of this log matches; new ones that do appear here.").await;
    play.keys("<Esc>1").wait_for("following · last 1m").await.quit().await;
}

/// Around each match there are lines that are kept and not shown, or shown as what they are.
#[tokio::test(start_paused = true)]
async fn errors_are_gone_to_among_what_is_shown() {
    let line = |number: usize| match number % 100 {
        20 | 49 => format!("ERROR number {number}"),
        50 => format!("INFO needle {number}"),
        _ => format!("INFO number {number}"),
    };
    let lines = (0..1_000).map(line).collect::<Vec<_>>().join("\n");
    let labels = serde_json::json!({ "demo.profile": "web", "demo.lines": lines, "demo.lines-per-second": "0" });
    let mut play = Stage::new(120, 30).settings(|settings| settings.logs.tail = 200).living().listed().await;
    client::run(play.engine(), "mixed", serde_json::json!({ "Image": "alpine:3.20", "Labels": labels })).await;
    play.keys("/mixed<Enter>").wait_for("╭ mixed ─ Logs").await.keys("lz").wait_for("number 999").await;
    play.keys("/needle<Enter>").wait_for("10/10 hits").await.keys("&").wait_for("10/10 hits · matching lines").await;
    play.keys("E").wait_for("No further error or warning above").await.keys("&").wait_for("±2").await.keys("G");
    for _ in 0..10 {
        play.gone("No further").await.keys("E").settle().await;
    }
    play.gone("No further").await.wait_for("ERROR number 49").await;
    play.keys("E").wait_for("No further error or warning above").await.quit().await;
}

/// Until each log is looked through it is not known what is to be written.
#[tokio::test(start_paused = true)]
async fn what_of_merged_logs_matches_is_saved_when_it_is_known() {
    let folder = Folder::new();
    let stage = Stage::new(120, 30).settings(|settings| settings.logs.memory = "512KiB".parse().unwrap());
    let mut play = stage.settings(|settings| settings.logs.tail = 200).living().listed().await;
    for name in ["one", "two"] {
        play.advance(Duration::from_millis(10)).await;
        let labels = serde_json::json!({
            "demo.profile": "web", "demo.numbered-lines": "5000", "demo.lines-per-second": "0",
            "com.docker.compose.project": "pair",
        });
        client::run(play.engine(), name, serde_json::json!({ "Image": "alpine:3.20", "Labels": labels })).await;
    }
    play.keys("/project=pair<Enter>").wait_for("Containers 2").await.keys("*").wait_for("2 marked").await.keys("lz");
    play.wait_for("╭ one, two ─ Logs").await.wait_for("following").await.wait_for("line 5000").await;
    play.keys("//077$/<Enter>").wait_for("8/8 hits").await;
    play.engine().lay_line(far_away(4));
    let file = folder.0.join("both.log");
    play.keys("&").wait_for("looked through").await.keys("<C-s>").wait_for("Save the log of one, two").await;
    play.keys("<C-u>").keys(file.to_str().unwrap()).keys("<C-s>").wait_for("The log is still looked through").await;
    play.gone("lines looked through").await.wait_for("8/8 hits · matching lines").await.keys("<C-s>");
    play.wait_for("Saved the log of one, two: 8 lines").await;
    assert!(saved(&file).iter().all(|line| line.ends_with("077")), "{:?}", saved(&file));
    play.quit().await;
}

/// An engine under load holds lines back for longer than one that has sent all of them is silent.
#[tokio::test(start_paused = true)]
async fn an_engine_that_pauses_is_read_to_the_end() {
    let stage = Stage::new(120, 30).settings(|settings| settings.logs.memory = "256KiB".parse().unwrap());
    let mut play = stage.settings(|settings| settings.logs.tail = 200).living().listed().await;
    numbered(&mut play, 30_000).await;
    play.keys("//[05]077$/<Enter>").wait_for("5/5 hits").await;
    let held = Duration::from_secs(1);
    play.engine().lay_line(Line { round_trip: Duration::ZERO, stalls: Some((3, held)), is_dead: false });
    play.keys("&").wait_for("looked through").await.gone("looked through").await.wait_for("5/5 hits").await;
    assert_eq!(numbers(&play), [5_077, 10_077, 15_077, 20_077, 25_077], "{}", play.screen());
    // What nobody has looked through yet is waited for longer.
    play.keys("//[05]0(77|78)$/<Enter>").wait_for("looked through").await;
    play.gone("looked through").await.wait_for("10 hits").await.quit().await;
}

/// The logs' lines come in turn, so that those of one block are written between those of another.
#[tokio::test(start_paused = true)]
async fn the_next_hit_of_several_logs_is_the_one_that_was_written_next() {
    let stage = Stage::new(120, 30).settings(|settings| settings.logs.memory = "512KiB".parse().unwrap());
    let mut play = stage.settings(|settings| settings.logs.tail = 200).living().listed().await;
    for name in ["one", "two"] {
        play.advance(Duration::from_millis(10)).await;
        let labels = serde_json::json!({
            "demo.profile": "web", "demo.numbered-lines": "5000", "demo.lines-per-second": "0",
            "com.docker.compose.project": "pair",
        });
        client::run(play.engine(), name, serde_json::json!({ "Image": "alpine:3.20", "Labels": labels })).await;
    }
    play.keys("/project=pair<Enter>").wait_for("Containers 2").await.keys("*").wait_for("2 marked").await.keys("lz");
    play.wait_for("╭ one, two ─ Logs").await.wait_for("following").await.wait_for("line 5000").await;
    play.keys("//line 10[23]0$|line 11.7$/<Enter>").wait_for("/24 hits").await;
    for hit in 0..23 {
        play.wait_for(&format!("{}/24 hits", 24 - hit)).await.keys("N");
    }
    play.wait_for("1/24 hits").await.quit().await;
}
