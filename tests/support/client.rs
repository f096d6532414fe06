//! Somebody else at the engine: requests that do not come from the program.

use bytes::Bytes;
use dockerui_tui::demo::DemoEngine;
use http_body_util::{BodyExt, Full};
use hyper_util::rt::TokioIo;
use serde_json::Value;

/// Sends a request; the status and the body as JSON, or as text where it is none.
pub async fn ask(engine: &DemoEngine, method: &str, path: &str, body: &Value) -> (u16, Value) {
    let pipe = TokioIo::new(engine.connect());
    let (mut sender, connection) = hyper::client::conn::http1::handshake(pipe).await.expect("a connection");
    tokio::spawn(connection);
    let request = hyper::Request::builder().method(method).uri(path).header("Host", "docker");
    let body = if body.is_null() { Bytes::new() } else { Bytes::from(body.to_string()) };
    let response = sender.send_request(request.body(Full::new(body)).unwrap()).await.expect("an answer");
    let status = response.status().as_u16();
    let bytes = response.into_body().collect().await.expect("a whole body").to_bytes();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}

/// Does something that must go well.
pub async fn act(engine: &DemoEngine, method: &str, path: &str, body: Value) -> Value {
    let (status, answer) = ask(engine, method, path, &body).await;
    assert!(status < 400, "{method} {path}: {status} {answer}");
    answer
}

pub async fn get(engine: &DemoEngine, path: &str) -> Value {
    act(engine, "GET", path, Value::Null).await
}

pub async fn post(engine: &DemoEngine, path: &str) {
    act(engine, "POST", path, Value::Null).await;
}

pub async fn delete(engine: &DemoEngine, path: &str) {
    act(engine, "DELETE", path, Value::Null).await;
}

/// Creates a container and starts it.
pub async fn run(engine: &DemoEngine, name: &str, body: Value) {
    act(engine, "POST", &format!("/containers/create?name={name}"), body).await;
    post(engine, &format!("/containers/{name}/start")).await;
}

/// The bytes of an answer.
pub async fn bytes(engine: &DemoEngine, path: &str) -> Bytes {
    let pipe = TokioIo::new(engine.connect());
    let (mut sender, connection) = hyper::client::conn::http1::handshake(pipe).await.expect("a connection");
    tokio::spawn(connection);
    let request = hyper::Request::builder().uri(path).header("Host", "docker").body(Full::new(Bytes::new())).unwrap();
    sender.send_request(request).await.expect("an answer").into_body().collect().await.expect("a whole body").to_bytes()
}

/// The lines of a container's log as the engine has them.
pub async fn log_lines(engine: &DemoEngine, name: &str) -> Vec<String> {
    let bytes = bytes(engine, &format!("/containers/{name}/logs?stdout=1&stderr=1")).await;
    let mut lines = Vec::new();
    let mut rest = &bytes[..];
    while let Some((head, tail)) = rest.split_at_checked(8) {
        let length = u32::from_be_bytes(head[4..8].try_into().unwrap()) as usize;
        lines.extend(String::from_utf8_lossy(&tail[..length]).lines().map(str::to_owned));
        rest = &tail[length..];
    }
    lines
}

/// Puts a file into a folder of a container.
pub async fn put_file(engine: &DemoEngine, container: &str, folder: &str, name: &str, content: &[u8]) {
    let mut archive = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_size(content.len() as u64);
    header.set_mode(0o644);
    header.set_uid(0);
    header.set_gid(0);
    header.set_mtime(0);
    archive.append_data(&mut header, name, content).expect("an archive");
    let body = Bytes::from(archive.into_inner().expect("an archive"));
    let pipe = TokioIo::new(engine.connect());
    let (mut sender, connection) = hyper::client::conn::http1::handshake(pipe).await.expect("a connection");
    tokio::spawn(connection);
    let path = format!("/containers/{container}/archive?path={folder}");
    let request = hyper::Request::builder().method("PUT").uri(path).header("Host", "docker");
    let answer = sender.send_request(request.body(Full::new(body)).unwrap()).await.expect("an answer");
    assert_eq!(answer.status(), 200);
}
