//! A bare hyper client over one connection per request.

use crate::demo::{DemoEngine, DemoOptions};
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::Response;
use hyper::body::Incoming;
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

pub const NOW: i64 = 1_735_000_000_000_000_000;

pub fn engine() -> DemoEngine {
    DemoEngine::start(DemoOptions { containers: 0, images: 0, seed: 1, now: NOW, living: false })
}

pub fn living() -> DemoEngine {
    DemoEngine::start(DemoOptions { containers: 0, images: 0, seed: 1, now: NOW, living: true })
}

/// Sends a request and gives the response with its body still to come.
pub async fn open(
    engine: &DemoEngine,
    method: &str,
    path: &str,
    body: &Value,
) -> Result<Response<Incoming>, hyper::Error> {
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(engine.connect())).await?;
    tokio::spawn(connection.with_upgrades());
    let mut request = hyper::Request::builder().method(method).uri(path).header("Host", "docker");
    if path.contains("/attach") || (path.contains("/exec/") && path.ends_with("/start")) {
        request = request.header("Connection", "Upgrade").header("Upgrade", "tcp");
    }
    let body = if body.is_null() { Bytes::new() } else { Bytes::from(body.to_string()) };
    sender.send_request(request.body(Full::new(body)).unwrap()).await
}

/// The status and the body as JSON, or as text where it is none.
pub async fn ask(engine: &DemoEngine, method: &str, path: &str, body: Value) -> (u16, Value) {
    let response = open(engine, method, path, &body).await.expect("an answer");
    let status = response.status().as_u16();
    let bytes = response.into_body().collect().await.expect("a whole body").to_bytes();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}

pub async fn get(engine: &DemoEngine, path: &str) -> Value {
    let (status, value) = ask(engine, "GET", path, Value::Null).await;
    assert_eq!(status, 200, "{path}: {value}");
    value
}

pub async fn post(engine: &DemoEngine, path: &str) -> u16 {
    ask(engine, "POST", path, Value::Null).await.0
}

/// The status and the engine's sentence.
pub async fn refused(engine: &DemoEngine, method: &str, path: &str, body: Value) -> (u16, String) {
    let (status, value) = ask(engine, method, path, body).await;
    (status, value["message"].as_str().unwrap_or_default().to_owned())
}

/// Reads a stream's lines of JSON until one fits.
pub async fn line_that(body: &mut Incoming, fits: impl Fn(&Value) -> bool) -> Value {
    let mut text = String::new();
    loop {
        let frame = body.frame().await.expect("more of the stream").expect("no error");
        text.push_str(&String::from_utf8_lossy(&frame.into_data().unwrap_or_default()));
        for line in text.lines() {
            if let Ok(value) = serde_json::from_str::<Value>(line)
                && fits(&value)
            {
                return value;
            }
        }
    }
}

/// Starts a command and types into it; everything it printed until it ended.
pub async fn exec(engine: &DemoEngine, container: &str, create: Value, typed: &str) -> (String, i64) {
    let (status, made) = ask(engine, "POST", &format!("/containers/{container}/exec"), create.clone()).await;
    assert_eq!(status, 201, "{made}");
    let id = made["Id"].as_str().unwrap();
    let start = serde_json::json!({ "Detach": false, "Tty": create["Tty"] });
    let response = open(engine, "POST", &format!("/exec/{id}/start"), &start).await.unwrap();
    assert_eq!(response.status(), 101);
    let mut pipe = TokioIo::new(hyper::upgrade::on(response).await.unwrap());
    pipe.write_all(typed.as_bytes()).await.unwrap();
    let mut said = Vec::new();
    pipe.read_to_end(&mut said).await.unwrap();
    let code = get(engine, &format!("/exec/{id}/json")).await["ExitCode"].as_i64().unwrap();
    (String::from_utf8_lossy(&said).into_owned(), code)
}
