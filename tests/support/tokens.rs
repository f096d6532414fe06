//! A small server that gives out the tokens of a registry: who shows the right login gets what was asked for.

use super::lines::Folder;
use super::registry::{PASSWORD, USER};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::{Request, Response};
use serde_json::{Value, json};
use std::convert::Infallible;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// What the registry calls itself, and who gives out its tokens.
pub const SERVICE: &str = "test-registry";
const ISSUER: &str = "test-issuer";
pub const IDENTITY: &str = "an/identity+token";

fn openssl(folder: &Path, words: &[&str], input: &[u8]) -> Vec<u8> {
    let mut command = Command::new("openssl");
    command.args(words).current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().expect("openssl");
    child.stdin.take().expect("its input").write_all(input).expect("written");
    let output = child.wait_with_output().expect("openssl");
    assert!(output.status.success(), "openssl {words:?}");
    output.stdout
}

/// A signed token that allows these scopes.
fn token(folder: &Path, scopes: &[String]) -> String {
    let certificate = std::fs::read_to_string(folder.join("issuer.pem")).expect("a certificate");
    let der: String = certificate.lines().filter(|line| !line.starts_with("-----")).collect();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock").as_secs();
    let access: Vec<Value> = scopes
        .iter()
        .map(|scope| {
            let (kind, rest) = scope.split_once(':').expect("a kind");
            let (name, actions) = rest.rsplit_once(':').expect("actions");
            json!({ "type": kind, "name": name, "actions": actions.split(',').collect::<Vec<_>>() })
        })
        .collect();
    let head = json!({ "typ": "JWT", "alg": "RS256", "x5c": [der] });
    let claims = json!({ "iss": ISSUER, "sub": USER, "aud": SERVICE, "exp": now + 300, "nbf": now - 5, "iat": now,
        "jti": "1", "access": access });
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", encode(&head), encode(&claims));
    let signature = openssl(folder, &["dgst", "-sha256", "-sign", "issuer.key"], signed.as_bytes());
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// What a request for a token asked for.
#[derive(Debug, PartialEq)]
pub struct Asked {
    pub method: String,
    pub scopes: Vec<String>,
}

fn decoded(text: &str) -> String {
    let url = format!("http://x/?{text}");
    let mut out = Vec::new();
    let mut bytes = url.split_once('?').expect("a query").1.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'%' => {
                let hex = [bytes.next().expect("hex"), bytes.next().expect("hex")];
                out.push(u8::from_str_radix(std::str::from_utf8(&hex).expect("hex"), 16).expect("hex"));
            }
            b'+' => out.push(b' '),
            other => out.push(other),
        }
    }
    String::from_utf8(out).expect("text")
}

fn pairs(text: &str) -> Vec<(String, String)> {
    let split = text.split('&').filter_map(|pair| pair.split_once('='));
    split.map(|(key, value)| (decoded(key), decoded(value))).collect()
}

async fn give(
    folder: PathBuf,
    asked: UnboundedSender<Asked>,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let (head, body) = request.into_parts();
    let body = body.collect().await.expect("a body").to_bytes();
    let pairs = match head.method.as_str() {
        "POST" => pairs(std::str::from_utf8(&body).expect("a form")),
        _ => pairs(head.uri.query().unwrap_or_default()),
    };
    let value = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    assert_eq!(value("service").as_deref(), Some(SERVICE));
    let scopes: Vec<String> = pairs.iter().filter(|(key, _)| key == "scope").map(|(_, value)| value.clone()).collect();
    let _ = asked.send(Asked { method: head.method.to_string(), scopes: scopes.clone() });
    let basic = format!("Basic {}", STANDARD.encode(format!("{USER}:{PASSWORD}")));
    let authorization = head.headers.get("authorization").map(|value| value.to_str().expect("text").to_owned());
    let allowed = match authorization {
        Some(shown) => shown == basic,
        None => value("refresh_token").is_some_and(|shown| shown == IDENTITY),
    };
    let answer = Response::builder();
    Ok(match allowed {
        true => {
            let mut given = json!({ "token": token(&folder, &scopes), "access_token": token(&folder, &scopes) });
            // Who asks for one that lasts gets it.
            if value("offline_token").is_some_and(|wanted| wanted == "true") {
                given["refresh_token"] = json!(IDENTITY);
            }
            answer.body(given.to_string().into())
        }
        false => answer.status(401).body(Full::default()),
    }
    .expect("an answer"))
}

/// Makes the key that tokens are signed with, and its certificate, in this folder.
fn make_issuer(folder: &Folder) {
    let words =
        ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "issuer.key", "-out", "issuer.pem", "-days"];
    openssl(&folder.0, &[&words[..], &["2", "-subj", "/CN=issuer"]].concat(), b"");
}

fn serve(folder: PathBuf, asked: UnboundedSender<Asked>, stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static) {
    let service = service_fn(move |request| give(folder.clone(), asked.clone(), request));
    let serving = hyper::server::conn::http1::Builder::new();
    tokio::spawn(serving.serve_connection(hyper_util::rt::TokioIo::new(stream), service));
}

/// Serves on a port of this machine; gives it, and what was asked for.
pub async fn on_port(folder: &Folder) -> (u16, UnboundedReceiver<Asked>) {
    make_issuer(folder);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("its address").port();
    let (sender, asked) = unbounded_channel();
    let home = folder.0.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            serve(home.clone(), sender.clone(), stream);
        }
    });
    (port, asked)
}

/// Serves on a socket in the folder, which others lead to.
pub fn on_socket(folder: &Folder) -> (PathBuf, UnboundedReceiver<Asked>) {
    make_issuer(folder);
    let path = folder.0.join("tokens.sock");
    let listener = tokio::net::UnixListener::bind(&path).expect("a socket");
    let (sender, asked) = unbounded_channel();
    let home = folder.0.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            serve(home.clone(), sender.clone(), stream);
        }
    });
    (path, asked)
}

/// What a registry is told of the server, `FOLDER` being the folder.
pub fn settings(port: u16) -> String {
    format!(
        "auth: {{token: {{realm: \"http://127.0.0.1:{port}/token\", service: {SERVICE}, issuer: {ISSUER}, \
         rootcertbundle: FOLDER/issuer.pem}}}}"
    )
}
