//! Only what is on screen is measured, at a rate that adapts to what it costs the engine and to how far that is.

use crate::support::stage::{Play, Stage};
use dockerui_tui::demo::{Fault, Line, What};
use std::collections::BTreeSet;
use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);

/// Samples asked for in a minute.
async fn a_minute(play: &mut Play) -> usize {
    let before = play.served("/stats").await.len();
    play.advance(MINUTE).await;
    play.served("/stats").await.len() - before
}

/// How many containers are asked about in some time.
async fn asked_about(play: &mut Play, span: Duration) -> BTreeSet<String> {
    let before = play.served("/stats").await.len();
    play.advance(span).await;
    let id = |line: &String| line.split('/').skip_while(|part| *part != "containers").nth(1).map(str::to_owned);
    play.served("/stats").await.iter().skip(before).filter_map(id).collect()
}

#[tokio::test(start_paused = true)]
async fn the_rows_on_screen_are_measured_and_no_others() {
    let span = Duration::from_secs(12);
    let mut play = Stage::new(120, 40).containers(60).listed().await;
    play.wait_for("cpu").await.advance(span).await;
    let first = asked_about(&mut play, span).await;
    let rows = play.screen().lines().iter().filter(|line| line.contains("demo-00")).count();
    assert!(!first.is_empty() && first.len() <= rows, "{} of {rows} rows", first.len());
    // Others come on screen, and are those that are asked about from then on.
    play.keys("G").advance(span).await;
    let last = asked_about(&mut play, span).await;
    assert!(!last.is_empty() && first.is_disjoint(&last), "{first:?} {last:?}");
    // A log in the place of the list: nothing of it is measured, and neither is anything behind another view.
    play.keys("<Tab>z").gone("sort:").await.advance(span).await;
    assert_eq!(asked_about(&mut play, MINUTE).await, BTreeSet::new());
    play.keys("]").wait_for("▸CPU").await.advance(span).await;
    assert_eq!(asked_about(&mut play, MINUTE).await.len(), 1, "the chart's own container");
    play.keys("z<Esc>4").wait_for("╭ Networks").await.advance(span).await;
    assert_eq!(asked_about(&mut play, MINUTE).await, BTreeSet::new());
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn an_engine_that_each_sample_keeps_busy_is_asked_more_rarely_and_often_again_when_it_is_not() {
    let mut play = Stage::new(120, 40).listed().await;
    play.wait_for("cpu").await.keys("/web<Enter>m").wait_for("every 2 s").await.advance(MINUTE).await;
    let cheap = a_minute(&mut play).await;
    assert!((28..=31).contains(&cheap), "{cheap} a minute, each 2 s");
    play.engine().inject(Fault::always("/stats", What::Delay(Duration::from_millis(500))));
    play.wait_for("every 7 s").await.advance(MINUTE).await;
    let dear = a_minute(&mut play).await;
    // Half a second of work each: 8% of a core at most.
    assert!((6..=10).contains(&dear), "{dear} a minute");
    play.engine().heal();
    play.wait_for("every 2 s").await.advance(MINUTE).await;
    assert!(a_minute(&mut play).await >= cheap - 1);
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_long_line_carries_fewer_samples() {
    let mut rates = Vec::new();
    for milliseconds in [0, 300, 1000] {
        let line = Line { round_trip: Duration::from_millis(milliseconds), ..Line::default() };
        let mut play = Stage::new(120, 40).containers(60).line(line).listed().await;
        play.wait_for("cpu").await.advance(MINUTE).await;
        rates.push(a_minute(&mut play).await);
        play.quit().await;
    }
    let [near, far, farther] = rates[..] else { unreachable!() };
    // As a rule one is on its way at a time, at most.
    assert!((240..=480).contains(&near) && (60..=200).contains(&far) && (10..=60).contains(&farther), "{rates:?}");
}
