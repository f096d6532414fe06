//! Searching a log of which only a part is loaded.

use super::reader::{PANE, Reader};
use crate::support::engines::{Live, on_engines};
use crate::support::stage::{Play, Stage};
use dockerui_tui::app::logs::{Jump, Pattern};

on_engines!(hits_wherever_they_are, errors_wherever_they_are, only_what_matches_while_it_is_searched);

/// A search finds lines that are not loaded, counts all of them, and goes from one to the next and round.
async fn hits_wherever_they_are(live: Live) {
    let script = "i=1; while [ $i -lt 8000 ]; do seq $i $((i + 99)); i=$((i + 100)); usleep 2000; done; sleep 1000";
    let target = live.script("sought", script).await;
    live.logs_until(&target.id, "8000").await;
    let mut reader = Reader::new(&live, target.id, "128KiB", 100);
    reader.settle().await;
    reader.pane.view.start_search(Pattern::parse("/^([1-7]0)?17$/").expect("an expression"), PANE);
    reader.pane.view.settle_search(Some(PANE));
    let hits = [17, 1_017, 2_017, 3_017, 4_017, 5_017, 6_017, 7_017];
    assert_eq!(reader.found().await, Some(7_017));
    for (index, hit) in hits.into_iter().enumerate().rev().skip(1) {
        reader.pane.view.search_previous(PANE);
        assert_eq!(reader.found().await, Some(hit));
        assert_eq!((reader.pane.view.hit_number(), reader.pane.view.hit_count()), (Some(index + 1), 8));
    }
    assert_eq!(reader.pane.view.search_previous(PANE), Jump::NoneLeft);
    reader.pane.view.search_previous(PANE);
    assert_eq!(reader.found().await, Some(7_017), "round to the last one");
    assert_eq!(reader.pane.view.search_next(PANE), Jump::NoneLeft);
    for hit in hits {
        reader.pane.view.search_next(PANE);
        assert_eq!(reader.found().await, Some(hit));
    }
}

/// The program on the log of a container that has written so many numbers, of which the last hundred are loaded.
async fn shown(live: &Live, script: &str) -> Play {
    let bursts = format!("i=1; while [ $i -lt 20000 ]; do {script}; i=$((i + 100)); usleep 1000; done");
    let target = live.script("shown", &format!("{bursts}; sleep 1000")).await;
    live.logs_until(&target.id, "20000").await;
    let stage = Stage::new(120, 40).settings(|settings| settings.logs.tail = 100);
    let mut play = stage.socket(live.socket()).open();
    play.wait_for("Containers ")
        .await
        .keys("/name==")
        .keys(&target.name)
        .keys("<Enter>")
        .wait_for("Containers 1")
        .await;
    play.keys("lz").wait_for("20000").await;
    play
}

async fn errors_wherever_they_are(live: Live) {
    let script = "seq $i $((i + 99)); [ $((i % 5000)) = 4901 ] && echo \"ERROR after $((i + 99))\"";
    let mut play = shown(&live, script).await;
    play.wait_for("ERROR after 20000").await;
    for number in [20_000, 15_000, 10_000, 5_000] {
        play.keys("E").wait_for(&format!("ERROR after {number}")).await;
    }
    play.keys("E").wait_for("No further error or warning").await;
    play.gone("No further").await;
    for number in [10_000, 15_000, 20_000] {
        play.keys("e").wait_for(&format!("ERROR after {number}")).await;
    }
    play.keys("e").wait_for("No further error or warning").await.quit().await;
}

/// `&` is pressed before the whole log was searched: what is still being looked for is never told as missing.
async fn only_what_matches_while_it_is_searched(live: Live) {
    let mut play = shown(&live, "seq $i $((i + 99))").await;
    play.keys("//^([51]|10|15)077$/<Enter>&");
    play.until("the lines that match", |screen| {
        let shown = screen.to_string();
        assert!(!shown.contains("Nothing was logged") && !shown.contains("No line "), "{shown}");
        shown.contains("following · ") && shown.contains("4 hits · matching lines")
    })
    .await;
    for line in ["│1077 ", "│5077 ", "│10077 ", "│15077 "] {
        play.wait_for(line).await;
    }
    play.quit().await;
}
