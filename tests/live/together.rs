//! The logs of three writers as one, by time: each writer's lines in order, none lost, none doubled, while memory holds
//! only a part of them.

use super::reader::{NOW, Of, PANE, Reader, on_whole_lines};
use crate::support::engines::{Live, Product, address, on_engines};
use dockerui_tui::domain::{HostId, Target};
use std::time::{SystemTime, UNIX_EPOCH};

on_engines!(three_writers, one_of_three_restarts);

/// When the writers of a test begin, however long it takes to make them: seconds since the Unix epoch.
fn start() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock");
    now.as_secs() + 6
}

/// Numbers from 1 on, in bursts that fall between those of the others.
async fn written(live: &Live, suffix: &str, tty: bool, (start, last): (u64, usize)) -> Target {
    let begin = format!("while [ $(date +%s) -lt {start} ]; do usleep 20000; done; i=1");
    let bursts = "seq $i $((i + 39)); i=$((i + 40)); usleep 10000";
    let script = format!("{begin}; while [ $i -lt {last} ]; do {bursts}; done; sleep 1000");
    let mut spec = live.spec(suffix, &["sh", "-c", &on_whole_lines(live, &script)]);
    spec.tty = tty;
    live.create(spec).await
}

async fn up_and_down(logs: Vec<Of<'_>>, last: usize) {
    let mut reader = Reader::of_several(logs, "512KiB", 100);
    // While they write, up to the end.
    reader.until_held(last).await;
    reader.scroll(-3, 1).await;
    assert!(reader.pane.view.store().has_more_below(), "the far end went");
    reader.scroll(3, last).await;
    assert!(reader.pane.view.store().has_more_above(), "the far end went");
    reader.pane.view.to_top();
    reader.settle().await;
    assert!(reader.held().iter().any(|held| held.first() == Some(&1)), "the first line of all");
    reader.pane.view.to_end();
    reader.settle().await;
    // The last lines of all may be of one writer; the others' are read as soon as they are wanted.
    assert!(reader.held().iter().any(|held| held.last() == Some(&last)), "the last line of all");
    for _ in 0..20 {
        reader.pane.view.page(-1, PANE);
        reader.settle().await;
    }
}

/// Two with frames, one with a terminal.
async fn three_writers(live: Live) {
    let mut logs = Vec::new();
    let start = start();
    for (suffix, tty) in [("one", false), ("two", false), ("three", true)] {
        let container = written(&live, suffix, tty, (start, 8000)).await.id;
        logs.push(Of { live: &live, container });
    }
    up_and_down(logs, 8000).await;
}

async fn one_of_three_restarts(live: Live) {
    let again = "n=$(cat /n 2>/dev/null || echo 1); seq $n $((n + 499)); echo $((n + 500)) > /n; sleep 1000";
    let target = live.script("again", again).await;
    let mut logs = vec![Of { live: &live, container: target.id.clone() }];
    let start = start();
    for suffix in ["one", "two"] {
        logs.push(Of { live: &live, container: written(&live, suffix, false, (start, 1000)).await.id });
    }
    let mut reader = Reader::of_several(logs, "1MiB", 10_000);
    reader.until_held(500).await;
    live.docker(&["restart", "-t", "0", &target.name]);
    reader.take_waiting();
    reader.pane.member_started(NOW, &HostId::new(live.product.name()), &target.id);
    reader.until_held(1000).await;
    reader.scroll(-3, 1).await;
}

/// Writers on Docker and on Podman, whose times are whole seconds.
#[tokio::test]
async fn on_two_engines() {
    let (Some(docker), Some(podman)) = (address(Product::Docker), address(Product::Podman)) else { return };
    let (docker, podman) = (Live::new(Product::Docker, docker), Live::new(Product::Podman, podman));
    let mut logs = Vec::new();
    let start = start();
    for (live, suffix) in [(&docker, "one"), (&podman, "two"), (&docker, "three")] {
        logs.push(Of { live, container: written(live, suffix, false, (start, 8000)).await.id });
    }
    up_and_down(logs, 8000).await;
}
