//! Streams: logs, stats, events, exec, attach.

use super::client::*;
use http_body_util::BodyExt;
use serde_json::{Value, json};

/// The frames of a multiplexed answer: stream and text.
fn frames(mut bytes: &[u8]) -> Vec<(u8, String)> {
    let mut found = Vec::new();
    while bytes.len() >= 8 {
        let length = u32::from_be_bytes([bytes[4], bytes[5], bytes[6], bytes[7]]) as usize;
        found.push((bytes[0], String::from_utf8(bytes[8..8 + length].to_vec()).unwrap()));
        bytes = &bytes[8 + length..];
    }
    assert!(bytes.is_empty());
    found
}

async fn log(engine: &crate::demo::DemoEngine, path: &str) -> Vec<(u8, String)> {
    let response = open(engine, "GET", path, &Value::Null).await.unwrap();
    assert_eq!(response.headers()["Content-Type"], "application/vnd.docker.multiplexed-stream");
    frames(&response.into_body().collect().await.unwrap().to_bytes())
}

#[tokio::test(start_paused = true)]
async fn logs_have_a_backlog_with_frames_tail_and_times() {
    let engine = engine();
    for name in ["web", "api", "worker", "db", "cache", "payments", "mailer", "legacy", "backup", "grafana"] {
        let lines = log(&engine, &format!("/containers/{name}/logs?stdout=1&stderr=1")).await;
        assert!((20..=1500).contains(&lines.len()), "{name}: {}", lines.len());
    }
    let all = log(&engine, "/containers/api/logs?stdout=1&stderr=1&timestamps=1").await;
    assert!(all.iter().any(|(stream, _)| *stream == 2) && all.iter().any(|(stream, _)| *stream == 1));
    let times: Vec<&str> = all.iter().map(|(_, line)| line.split(' ').next().unwrap()).collect();
    assert_eq!(times[0].len(), "2024-12-24T00:26:40.000000000Z".len());
    assert_eq!(log(&engine, "/containers/api/logs?stdout=1&stderr=1&tail=5").await.len(), 5);
    assert!(log(&engine, "/containers/api/logs?stderr=1").await.iter().all(|(stream, _)| *stream == 2));
    let middle = times[times.len() / 2];
    let since = log(&engine, &format!("/containers/api/logs?stdout=1&stderr=1&since={middle}")).await;
    assert!((all.len() - since.len()).abs_diff(all.len() / 2) < 12, "{} of {}", since.len(), all.len());
    let refusal = refused(&engine, "GET", "/containers/api/logs", Value::Null).await;
    assert_eq!(refusal, (400, "Bad parameters: you must choose at least one stream".into()));
}

#[tokio::test(start_paused = true)]
async fn followed_logs_flow_and_end_with_the_container() {
    let engine = living();
    let path = "/containers/web/logs?stdout=1&stderr=1&follow=1&tail=0";
    let mut body = open(&engine, "GET", path, &Value::Null).await.unwrap().into_body();
    let first = body.frame().await.unwrap().unwrap().into_data().unwrap();
    assert!(!frames(&first).is_empty());
    assert_eq!(post(&engine, "/containers/web/stop").await, 204);
    let rest = frames(&body.collect().await.unwrap().to_bytes());
    assert!(rest.last().unwrap().1.ends_with("exit\n"), "{rest:?}");
}

#[tokio::test(start_paused = true)]
async fn a_flood_is_followed_without_loss() {
    let engine = living();
    let body = json!({ "Image": "alpine", "Labels": { "demo.lines-per-second": "50000", "demo.profile": "other" } });
    assert_eq!(ask(&engine, "POST", "/containers/create?name=flood", body).await.0, 201);
    assert_eq!(post(&engine, "/containers/flood/start").await, 204);
    let path = "/containers/flood/logs?stdout=1&stderr=1&follow=1&tail=0";
    let mut body = open(&engine, "GET", path, &Value::Null).await.unwrap().into_body();
    let before = tokio::time::Instant::now();
    let mut lines = 0;
    while before.elapsed().as_secs() < 2 {
        let bytes = body.frame().await.unwrap().unwrap().into_data().unwrap();
        lines += bytes.iter().filter(|byte| **byte == b'\n').count();
    }
    assert!((90_000..=110_000).contains(&lines), "{lines}");
}

#[tokio::test(start_paused = true)]
async fn stats_move() {
    let engine = engine();
    let one = get(&engine, "/containers/api/stats?stream=false&one-shot=true").await;
    assert_eq!(one["cpu_stats"]["online_cpus"], 8);
    assert_eq!(one["memory_stats"]["limit"], 536_870_912);
    let mut body = open(&engine, "GET", "/containers/api/stats", &Value::Null).await.unwrap().into_body();
    let used = |value: &Value| value["cpu_stats"]["cpu_usage"]["total_usage"].as_u64().unwrap();
    let base = used(&one);
    let later = line_that(&mut body, |value| used(value) > base).await;
    assert!(later["networks"]["eth0"]["rx_bytes"].as_u64() >= one["networks"]["eth0"]["rx_bytes"].as_u64());
    let idle = get(&engine, "/containers/backup/stats?stream=false").await;
    assert_eq!(idle["memory_stats"], json!({}));
}

#[tokio::test(start_paused = true)]
async fn events_are_told_live_and_from_memory() {
    let engine = engine();
    let mut body = open(&engine, "GET", "/events", &Value::Null).await.unwrap().into_body();
    assert_eq!(post(&engine, "/containers/web/stop").await, 204);
    let die = line_that(&mut body, |event| event["Action"] == "die").await;
    assert_eq!(die["Actor"]["Attributes"]["name"], "web");
    assert_eq!(die["Type"], "container");
    let since = die["timeNano"].as_i64().unwrap() + 1;
    let path = format!("/events?since={}.{:09}&until=9999999999", since / 1_000_000_000, since % 1_000_000_000);
    let mut later = open(&engine, "GET", &path, &Value::Null).await.unwrap().into_body();
    assert_eq!(line_that(&mut later, |_| true).await["Action"], "stop");
}

#[tokio::test(start_paused = true)]
async fn a_shell_answers() {
    let engine = engine();
    let create = |command: Value, tty: bool| json!({ "Cmd": command, "Tty": tty, "AttachStdin": true, "AttachStdout": true, "AttachStderr": true });
    let typed = "echo hi $HOSTNAME\rls /\rnope\rexit 3\r";
    let (said, code) = exec(&engine, "web", create(json!(["sh"]), true), typed).await;
    assert_eq!(code, 3);
    assert!(said.starts_with("/ # echo hi $HOSTNAME\r\nhi "), "{said}");
    assert!(said.contains("\r\nbin\r\n") && said.contains("sh: nope: not found"), "{said}");
    let probe = json!(["sh", "-c", "command -v bash >/dev/null && exec bash || exec sh"]);
    assert_eq!(exec(&engine, "web", create(json!(["sh", "-c", "command -v bash"]), false), "").await.1, 127);
    assert_eq!(exec(&engine, "db", create(json!(["sh", "-c", "command -v bash"]), false), "").await.1, 0);
    assert!(exec(&engine, "db", create(probe, true), "exit\r").await.0.contains("# exit"));
    let shells = "bash\rexit\rexit 4\r";
    assert_eq!(exec(&engine, "db", create(json!(["bash"]), true), shells).await.1, 4);
    let silent = json!({ "Cmd": ["sh"], "AttachStdout": true });
    assert_eq!(exec(&engine, "web", silent, "").await.1, 0);
    let (said, code) = exec(&engine, "payments", create(json!(["bash"]), false), "").await;
    assert_eq!(code, 127);
    assert!(said.contains("exec: \"bash\": executable file not found in $PATH: unknown"), "{said}");
    let refusal = refused(&engine, "POST", "/containers/backup/exec", json!({ "Cmd": ["sh"] })).await;
    assert_eq!(refusal.0, 409);
    assert!(refusal.1.ends_with("is not running"), "{}", refusal.1);
}

#[tokio::test(start_paused = true)]
async fn one_who_attached_before_the_start_sees_it_all() {
    use tokio::io::AsyncReadExt;
    let engine = living();
    let body = json!({ "Image": "alpine", "Tty": true, "OpenStdin": true, "Labels": { "demo.profile": "other" } });
    assert_eq!(ask(&engine, "POST", "/containers/create?name=early", body).await.0, 201);
    let path = "/containers/early/attach?stream=1&stdin=1&stdout=1";
    let response = open(&engine, "POST", path, &Value::Null).await.unwrap();
    assert_eq!(response.headers()["Content-Type"], "application/vnd.docker.raw-stream");
    let mut pipe = hyper_util::rt::TokioIo::new(hyper::upgrade::on(response).await.unwrap());
    assert_eq!(post(&engine, "/containers/early/start").await, 204);
    let mut said = String::new();
    while said.lines().count() < 4 {
        let mut buffer = [0; 512];
        let count = pipe.read(&mut buffer).await.unwrap();
        assert_ne!(count, 0, "{said}");
        said.push_str(&String::from_utf8_lossy(&buffer[..count]));
    }
    assert!(said.starts_with("started\r\n"), "{said}");
}

#[tokio::test(start_paused = true)]
async fn the_shell_of_a_container_is_attached_to_and_ends_it() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let engine = living();
    assert_eq!(post(&engine, "/containers/sandbox/start").await, 204);
    let path = "/containers/sandbox/attach?stream=1&stdin=1&stdout=1&stderr=1";
    let response = open(&engine, "POST", path, &Value::Null).await.unwrap();
    let mut pipe = hyper_util::rt::TokioIo::new(hyper::upgrade::on(response).await.unwrap());
    pipe.write_all(b"pwd\rexit 6\r").await.unwrap();
    let mut said = String::new();
    pipe.read_to_string(&mut said).await.unwrap();
    assert!(said.contains("# pwd\r\n/\r\n"), "{said}");
    assert_eq!(get(&engine, "/containers/sandbox/json").await["State"]["ExitCode"], 6);
}

#[tokio::test(start_paused = true)]
async fn attaching_shows_what_is_printed() {
    use tokio::io::AsyncReadExt;
    let engine = living();
    let response = open(&engine, "POST", "/containers/web/attach?stream=1&stdout=1", &Value::Null).await.unwrap();
    assert_eq!(response.status(), 101);
    let mut pipe = hyper_util::rt::TokioIo::new(hyper::upgrade::on(response).await.unwrap());
    let mut header = [0; 8];
    pipe.read_exact(&mut header).await.unwrap();
    assert!(header[0] == 1 || header[0] == 2);
    assert_eq!(post(&engine, "/containers/web/stop").await, 204);
    let mut rest = Vec::new();
    pipe.read_to_end(&mut rest).await.unwrap();
    assert!(String::from_utf8_lossy(&rest).contains("SIGQUIT"));
}
