//! What takes room, and the lines that are copied from the request log, on real engines: against the docker client and curl.

use crate::support::engines::{IMAGE, Live, PATIENCE, on_engines};
use dockerui_tui::domain::{ContainerRequest, DiskKind, DiskUse, Endpoint, Exchange, Request};
use dockerui_tui::engine::Engine;
use serde_json::Value;
use std::process::Command;
use std::time::Duration;
use tokio::sync::mpsc;

on_engines!(the_disk_is_as_docker_tells_it, lines_for_curl_do_the_same);

/// Figures of `docker system df`: count, in use, size and what could be free, as it prints them.
fn told(live: &Live) -> Vec<[String; 4]> {
    let text = live.docker(&["system", "df", "--format", "{{json .}}"]);
    let rows = text.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    rows.map(|row| {
        let word = |key: &str| row[key].as_str().expect("a word").to_owned();
        let free = word("Reclaimable").split(' ').next().expect("a size").to_owned();
        [word("TotalCount"), word("Active"), word("Size"), free]
    })
    .collect()
}

/// Ours in the same words.
fn ours(kind: &DiskUse) -> [String; 4] {
    [kind.items.len().to_string(), kind.in_use().to_string(), human(kind.size), human(kind.reclaimable)]
}

/// As the docker client writes sizes: four digits, thousands of bytes.
fn human(bytes: u64) -> String {
    let (mut size, mut unit) = (bytes as f64, 0);
    while size >= 1000.0 && unit < 5 {
        size /= 1000.0;
        unit += 1;
    }
    let digits = if size >= 1.0 { 3 - (size.log10().floor() as i32).clamp(0, 3) } else { 0 };
    let text = format!("{size:.*}", usize::try_from(digits).expect("digits"));
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    format!("{text}{}", ["B", "kB", "MB", "GB", "TB", "PB"][unit])
}

async fn the_disk_is_as_docker_tells_it(live: Live) {
    live.script("writes", "head -c 300000 /dev/urandom > /own; sleep 1000").await;
    live.docker(&["volume", "create", &live.name("data")]);
    live.docker(&[
        "run",
        "--rm",
        "-v",
        &format!("{}:/d", live.name("data")),
        IMAGE,
        "sh",
        "-c",
        "head -c 70000 /dev/zero > /d/x",
    ]);
    live.build(
        &format!("{}:1", live.name("built")),
        &format!("FROM {IMAGE}\nRUN head -c 123456 /dev/urandom > /own\n"),
    );
    // Other tests change the same engine meanwhile: both are asked until nothing came between.
    let comparing = async {
        loop {
            let before = told(&live);
            let disk = live.engine.disk_use().await.expect("what takes room");
            let mine: Vec<[String; 4]> = disk.iter().map(ours).collect();
            // Podman 4.3 does not add up the layers of images.
            let kinds = usize::from(live.is_podman_4());
            if before == told(&live) && mine.get(kinds..) == before.get(kinds..) {
                return disk;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    let Ok(disk) = tokio::time::timeout(PATIENCE, comparing).await else {
        let disk = live.engine.disk_use().await.expect("what takes room");
        panic!("docker says {:?}, and we {:?}", told(&live), disk.iter().map(ours).collect::<Vec<_>>());
    };
    let volumes = disk.iter().find(|row| row.kind == DiskKind::Volumes).expect("volumes");
    let mine = volumes.items.iter().find(|item| *item.name == *live.name("data")).expect("the volume");
    assert!(mine.size >= 70_000, "{mine:?}");
}

/// Runs a line in a shell; what it prints, and the status that the engine answered.
fn shell(line: &str) -> (String, String) {
    let line = format!("{line} --silent --write-out '\\n%{{http_code}}'");
    let output = Command::new("sh").args(["-c", &line]).output().expect("a shell");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let (body, status) = text.rsplit_once('\n').unwrap_or_else(|| panic!("{line}: {output:?}"));
    (body.to_owned(), status.to_owned())
}

async fn lines_for_curl_do_the_same(live: Live) {
    let endpoint: Endpoint = live.address.parse().expect("an address");
    let (observer, mut seen) = mpsc::channel::<Exchange>(64);
    let engine: Engine = live.engine.clone().observe(observer);
    let target = live.idle("web").await;
    engine.containers(true).await.expect("the list");
    engine.perform(&Request::Container(ContainerRequest::Pause(target.clone())), |_| {}).await.expect("paused");
    let mut lines = Vec::new();
    while let Ok(exchange) = seen.try_recv() {
        lines.push((exchange.method.clone(), exchange.curl(Some(&endpoint))));
    }
    let list = &lines.iter().find(|(_, line)| line.contains("/containers/json")).expect("the list").1;
    let (body, status) = shell(list);
    assert!(status == "200" && body.contains(target.id.as_str()), "{list}: {status} {body}");
    let pause = &lines.iter().find(|(method, _)| &**method == "POST").expect("the pause").1;
    let unpause = pause.replace("/pause", "/unpause");
    assert_eq!(shell(&unpause).1, "204", "{unpause}");
    assert_eq!(live.state(&target.name), "running");
    assert_eq!(shell(pause).1, "204", "{pause}");
    assert_eq!(live.state(&target.name), "paused");
    live.docker(&["unpause", &target.name]);
    let head = Exchange {
        method: "HEAD".into(),
        path: "/_ping".into(),
        body: "".into(),
        status: None,
        failure: None,
        elapsed: Duration::ZERO,
        bytes: 0,
    };
    assert_eq!(shell(&head.curl(Some(&endpoint))).1, "200");
    let body = format!("{{\"Name\": \"it's {}\", \"Labels\": {{\"{}\": \"a 'b'\"}}}}", live.prefix, live.label());
    let create = Exchange { method: "POST".into(), path: "/v1.41/volumes/create".into(), body: body.into(), ..head };
    // The engine reads it as JSON, and does not like the name: quotes came through whole.
    let (answer, _) = shell(&create.curl(Some(&endpoint)));
    assert!(answer.contains("name") && !answer.contains("invalid character '"), "{answer}");
}
