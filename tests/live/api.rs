//! Requests as they are typed, and events that were before, on real engines.

use crate::support::engines::{Live, PATIENCE, on_engines};
use dockerui_tui::domain::{EventSpan, Failure, RawHead, RawPart, RawRequest};
use dockerui_tui::engine::Engine;
use tokio::sync::mpsc;

on_engines!(
    a_value,
    a_refusal,
    a_log_in_frames,
    an_archive_is_not_read,
    past_events_end_where_they_are_told_to,
    streams_end_when_nobody_wants_them,
    a_large_value_and_a_large_text,
);

async fn send(live: &Live, line: &str, body: &str) -> (RawHead, Vec<RawPart>, Result<(), Failure>) {
    send_to(&live.engine, line, body).await
}

/// Sends a line, and gives the head, what came behind it, and how it ended.
pub async fn send_to(engine: &Engine, line: &str, body: &str) -> (RawHead, Vec<RawPart>, Result<(), Failure>) {
    let request = RawRequest::parse(line, body).expect("a request");
    let (sender, mut parts) = mpsc::channel(64);
    let sending = async {
        let sender = sender;
        engine.raw(&request, &sender).await
    };
    let gathering = async {
        let mut all = Vec::new();
        while let Some(part) = parts.recv().await {
            all.push(part);
        }
        all
    };
    let both = async { tokio::join!(sending, gathering) };
    let (ended, mut all) = tokio::time::timeout(PATIENCE, both).await.expect("an end");
    let RawPart::Head(head) = all.remove(0) else { panic!("no head but {all:?}") };
    (head, all, ended)
}

/// Reads a stream until a line of it holds that text, and then gives it up; the engine answers as before.
pub async fn give_up(engine: &Engine, line: &str, text: &str) {
    let request = RawRequest::parse(line, "").expect("a request");
    let (sender, mut parts) = mpsc::channel(8);
    let asked = engine.clone();
    let sending = tokio::spawn(async move { asked.raw(&request, &sender).await });
    let hearing = async {
        while let Some(part) = parts.recv().await {
            if lines(&[part]).iter().any(|line| line.contains(text)) {
                return;
            }
        }
        panic!("{line} ended before it said {text}");
    };
    tokio::time::timeout(PATIENCE, hearing).await.expect("a line");
    sending.abort();
    assert!(sending.await.is_err_and(|error| error.is_cancelled()), "{line}");
    assert_eq!(send_to(engine, "GET /_ping", "").await.0.status, 200);
}

fn lines(parts: &[RawPart]) -> Vec<String> {
    parts.iter().flat_map(|part| if let RawPart::Lines(lines) = part { lines.clone() } else { Vec::new() }).collect()
}

async fn a_value(live: Live) {
    let target = live.idle("value").await;
    let (head, parts, ended) = send(&live, "GET /v1.41/containers/json?all=1", "").await;
    assert_eq!((head.status, ended.is_ok()), (200, true));
    // A line that an engine sends well before its end is told at once, and then the value in its place.
    let Some(RawPart::Json(value)) = parts.last() else { panic!("no value but {parts:?}") };
    let names = value.as_array().expect("a list").iter().map(|row| row["Names"][0].as_str().expect("a name"));
    assert!(names.into_iter().any(|name| name.trim_start_matches('/') == &*target.name));
    let (head, _, _) = send(&live, "HEAD /_ping", "").await;
    assert!(head.status == 200 && head.headers.iter().any(|(name, _)| name == "api-version"), "{head:?}");
}

async fn a_refusal(live: Live) {
    let (head, parts, ended) = send(&live, &format!("DELETE /volumes/{}", live.name("none")), "").await;
    assert_eq!(head.status, 404);
    assert!(matches!(parts.last(), Some(RawPart::Json(_))), "{parts:?}");
    assert!(ended.expect_err("a refusal").sentence.contains("no such volume"));
    let volume = live.name("typed");
    let body = format!("{{\"Name\": \"{volume}\", \"Labels\": {{\"{}\": \"\"}}}}", live.label());
    let (head, _, ended) = send(&live, "POST /volumes/create", &body).await;
    assert_eq!((head.status, ended.is_ok()), (201, true));
    let (head, parts, _) = send(&live, &format!("DELETE /volumes/{volume}"), "").await;
    assert_eq!((head.status, parts.len()), (204, 0));
}

async fn a_log_in_frames(live: Live) {
    let target = live.script("framed", "echo out; echo err >&2; sleep 1000").await;
    live.logs_until(&target.id, "err").await;
    let (head, parts, _) = send(&live, &format!("GET /containers/{}/logs?stdout=1&stderr=1", target.name), "").await;
    let mut lines = lines(&parts);
    lines.sort();
    assert_eq!((head.status, lines), (200, vec!["err".to_owned(), "out".to_owned()]));
}

async fn an_archive_is_not_read(live: Live) {
    let target = live.idle("archive").await;
    let (head, parts, ended) = send(&live, &format!("GET /containers/{}/archive?path=/bin", target.name), "").await;
    assert_eq!((head.status, ended.is_ok()), (200, true));
    assert!(matches!(parts.last(), Some(RawPart::Bytes(count)) if *count > 100_000), "{parts:?}");
}

async fn past_events_end_where_they_are_told_to(live: Live) {
    let target = live.idle("past").await;
    let listed = live.engine.containers(false).await.expect("the list");
    let until = (listed.engine_time.expect("the engine's clock") + 1) * 1_000_000_000;
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    let span = EventSpan { since: Some(until - 60_000_000_000), until };
    let events = tokio::time::timeout(PATIENCE, live.engine.past_events(span, 5_000)).await.expect("an end");
    let events = events.expect("events");
    let ours: Vec<&str> =
        events.iter().filter(|event| event.name() == &*target.name).map(|event| event.verb()).collect();
    assert!(ours.contains(&"create") && ours.contains(&"start"), "{ours:?}");
    assert!(events.iter().all(|event| event.time <= until && event.raw.starts_with('{')));
    assert!(events.windows(2).all(|pair| pair[0].time <= pair[1].time));
    let few = live.engine.past_events(EventSpan { since: None, until }, 1).await.expect("events");
    assert_eq!(few.len(), 1);
}

/// A container that goes on writing, its log followed; and the events while something happens.
pub async fn streams(live: &Live, engine: &Engine) {
    let target = live.script("talks", "while :; do echo again; usleep 200000; done").await;
    give_up(engine, &format!("GET /containers/{}/logs?stdout=1&follow=1", target.name), "again").await;
    let volume = live.name("made");
    let engine_time = live.engine.containers(false).await.expect("the list").engine_time.expect("the engine's clock");
    let making = async {
        live.docker(&["volume", "create", "--label", &live.label(), &volume]);
    };
    let line = format!("GET /events?since={engine_time}");
    let hearing = give_up(engine, &line, &volume);
    tokio::join!(hearing, making);
}

async fn streams_end_when_nobody_wants_them(live: Live) {
    streams(&live, &live.engine).await;
}

async fn a_large_value_and_a_large_text(live: Live) {
    let label = "x".repeat(500_000);
    let volume = live.name("large");
    let body = format!("{{\"Name\": \"{volume}\", \"Labels\": {{\"large\": \"{label}\"}}}}");
    assert_eq!(send(&live, "POST /volumes/create", &body).await.0.status, 201);
    let (head, parts, _) = send(&live, &format!("GET /volumes/{volume}"), "").await;
    let Some(RawPart::Json(value)) = parts.last() else { panic!("no value but {parts:?}") };
    assert_eq!((head.status, value["Labels"]["large"].as_str().map(str::len)), (200, Some(500_000)));
    // More than is read as one value: every line of it comes.
    let script = "line=$(head -c 4000 /dev/zero | tr '\\0' x); yes $line | head -n 2500; sleep 1000";
    let target = live.script("long", script).await;
    let path = format!("GET /containers/{}/logs?stdout=1", target.name);
    let counting = async {
        loop {
            let (head, parts, ended) = send(&live, &path, "").await;
            assert_eq!((head.status, ended.is_ok()), (200, true));
            match lines(&parts) {
                all if all.len() == 2_500 => return all,
                _ => tokio::time::sleep(std::time::Duration::from_millis(500)).await,
            }
        }
    };
    let all = tokio::time::timeout(PATIENCE, counting).await.expect("all lines");
    assert!(all.iter().all(|line| line.len() == 4_000));
}
