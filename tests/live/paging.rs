//! Scrolling through long logs: the pane with a real engine behind it, in little memory, line numbers as the proof.

use super::reader::{NOW, PANE, Reader, on_whole_lines};
use crate::support::engines::{Live, on_engines};
use dockerui_tui::domain::{ContainerId, LogChunk, LogQuery, Target};
use futures_util::StreamExt;

on_engines!(
    up_to_the_first_line_and_down_again,
    a_terminals_up_and_down,
    a_restart_while_reading,
    a_terminal_restarts_while_reading,
    the_same_moment,
);

const PAGED: &str = "i=1; while [ $i -lt 8000 ]; do seq $i $((i + 99)); i=$((i + 100)); usleep 2000; done; sleep 1000";

async fn up_to_the_first_line_and_down_again(live: Live) {
    let target = live.script("paged", PAGED).await;
    up_and_down(&live, &target.id).await;
}

async fn a_terminals_up_and_down(live: Live) {
    let target = terminal(&live, "paged-tty", PAGED).await;
    up_and_down(&live, &target.id).await;
}

/// A container with a terminal that runs a script.
async fn terminal(live: &Live, suffix: &str, script: &str) -> Target {
    let mut spec = live.spec(suffix, &["sh", "-c", &on_whole_lines(live, script)]);
    spec.tty = true;
    live.create(spec).await
}

async fn up_and_down(live: &Live, id: &ContainerId) {
    live.logs_until(id, "8000").await;
    let mut reader = Reader::new(live, id.clone(), "128KiB", 100);
    reader.settle().await;
    assert_eq!(reader.numbers().last(), Some(&8000));
    reader.scroll(-1, 1).await;
    assert!(reader.pane.view.store().has_more_below(), "the far end went");
    reader.scroll(1, 8000).await;
    assert!(reader.pane.view.store().has_more_above(), "the far end went");
    reader.pane.view.to_top();
    reader.settle().await;
    assert_eq!(reader.numbers().first(), Some(&1));
    assert!(!reader.pane.view.store().has_more_above());
    reader.pane.view.to_end();
    reader.settle().await;
    assert_eq!(reader.numbers().last(), Some(&8000));
    assert!(reader.pane.view.is_following());
}

/// The numbers go on where they were when it starts again.
const AGAIN: &str = "n=$(cat /n 2>/dev/null || echo 1); seq $n $((n + 999)); echo $((n + 1000)) > /n; sleep 1000";

async fn a_restart_while_reading(live: Live) {
    let target = live.script("again", AGAIN).await;
    restarted(&live, &target).await;
}

async fn a_terminal_restarts_while_reading(live: Live) {
    let target = terminal(&live, "again-tty", AGAIN).await;
    restarted(&live, &target).await;
}

async fn restarted(live: &Live, target: &Target) {
    live.logs_until(&target.id, "1000").await;
    let mut reader = Reader::new(live, target.id.clone(), "128KiB", 100);
    reader.settle().await;
    live.docker(&["restart", "-t", "0", &target.name]);
    live.logs_until(&target.id, "2000").await;
    reader.take_waiting();
    reader.pane.resume(NOW);
    reader.settle().await;
    assert_eq!(reader.numbers().last(), Some(&2000));
    reader.scroll(-1, 1).await;
    reader.scroll(1, 2000).await;
}

/// More lines at one moment than memory holds: Podman tells times in whole seconds.
async fn the_same_moment(live: Live) {
    let script = "i=1; while [ $i -lt 12000 ]; do seq $i $((i + 99)); i=$((i + 100)); usleep 1000; done; sleep 1000";
    let target = live.script("moment", script).await;
    live.logs_until(&target.id, "12000").await;
    if live.is_podman() && !is_counted(&live, &target.id).await {
        return;
    }
    let mut reader = Reader::new(&live, target.id, "96KiB", 50);
    reader.settle().await;
    for _ in 0..40 {
        reader.pane.view.page(-5, PANE);
        reader.settle().await;
    }
    let top = reader.numbers()[0];
    assert!(top < 11_000, "{top}");
    for _ in 0..20 {
        reader.pane.view.page(5, PANE);
        reader.settle().await;
    }
}

/// Whether the engine has kept each line whole: Podman breaks some in two under load.
async fn is_counted(live: &Live, id: &ContainerId) -> bool {
    let all = LogQuery { tail: None, since: None, until: None, follow: false };
    let mut chunks = live.engine.logs(id, &all, Some(false)).boxed();
    let mut log = LogChunk::default();
    while let Some(chunk) = chunks.next().await {
        log.append(&chunk.expect("the log"));
    }
    log.lines.len() == 12_000
}
