//! The Docker Hub's own API, spoken by a small server in its place: whose repositories, their tags, page by page.

use crate::support::lines::Folder;
use crate::support::registry::registries;
use bytes::Bytes;
use dockerui_tui::domain::{Credential, FailureKind, RegistryName, RegistryPath};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::{Request, Response};
use serde_json::{Value, json};
use std::convert::Infallible;

const TOKEN: &str = "a-web-token";

fn tag(name: &str) -> Value {
    json!({ "name": name, "full_size": 29_000_000, "digest": "sha256:ab", "last_updated": "2026-11-20T10:00:00.5Z",
        "images": [{ "os": "linux", "architecture": "arm64", "size": 28 }, { "os": "unknown", "architecture": "unknown" }] })
}

async fn answer(request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    let (head, body) = request.into_parts();
    let body = body.collect().await.expect("a body").to_bytes();
    let shown = head.headers.get("authorization").map(|value| value.to_str().expect("text").to_owned());
    let is_ann = shown.is_some_and(|shown| shown == format!("Bearer {TOKEN}"));
    let path = head.uri.path_and_query().expect("a path").as_str();
    let (status, told) = match (head.method.as_str(), path) {
        ("POST", "/v2/auth/token") => {
            let login: Value = serde_json::from_slice(&body).expect("JSON");
            let right = login == json!({ "identifier": "ann", "secret": "hunter2" });
            if right { (200, json!({ "access_token": TOKEN })) } else { (401, json!({ "detail": "wrong" })) }
        }
        ("GET", "/v2/namespaces/library/repositories?page_size=100&page=1") => {
            let nginx = json!({ "name": "nginx", "description": "A server", "pull_count": 7, "star_count": 3 });
            (200, json!({ "count": 1, "next": null, "results": [nginx] }))
        }
        ("GET", "/v2/namespaces/ann/repositories?page_size=100&page=1") if is_ann => {
            let app = json!({ "name": "app", "description": null, "is_private": true, "last_updated": null });
            (200, json!({ "next": "https://x/?page=2", "results": [app] }))
        }
        ("GET", "/v2/namespaces/ann/repositories?page_size=100&page=2") if is_ann => {
            (200, json!({ "next": null, "results": [{ "name": "web" }] }))
        }
        ("GET", "/v2/namespaces/library/repositories/nginx/tags?page_size=100&page=1") => {
            (200, json!({ "next": null, "results": [tag("1.27"), tag("latest")] }))
        }
        ("GET", "/v2/namespaces/ann/repositories/often/tags?page_size=100&page=1") => (429, json!({})),
        _ => (404, json!({ "message": "object not found" })),
    };
    let answer = Response::builder().status(status).header("content-type", "application/json");
    Ok(answer.body(told.to_string().into()).expect("an answer"))
}

async fn hub() -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("its address").port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let serving = hyper::server::conn::http1::Builder::new();
            tokio::spawn(serving.serve_connection(hyper_util::rt::TokioIo::new(stream), service_fn(answer)));
        }
    });
    format!("http://127.0.0.1:{port}")
}

#[tokio::test]
async fn official_repositories_are_listed_for_nobody() {
    let folder = Folder::new();
    let registries = registries(&folder, Vec::new()).with_hub(&hub().await);
    let root = RegistryPath::root(RegistryName::hub(), false);
    let page = registries.page(&root, None).await.expect("repositories");
    assert_eq!((&*page.items[0].name, &*page.items[0].about), ("library/nginx", "7 pulls, 3 stars · A server"));
    let page = registries.page(&root.repository("library/nginx"), None).await.expect("tags");
    let latest = &page.items[1];
    assert_eq!((&*latest.name, latest.size, &*latest.about), ("latest", Some(29_000_000), "linux/arm64"));
    assert_eq!((latest.digest.as_deref(), latest.updated), (Some("sha256:ab"), Some(1_795_168_800)));
    let failure = registries.page(&root.repository("ann/secret"), None).await.expect_err("none such");
    assert_eq!(failure.kind, FailureKind::NotFound, "{failure}");
    let failure = registries.page(&root.repository("ann/often"), None).await.expect_err("too often");
    assert!(failure.sentence.contains("too often"), "{failure}");
}

#[tokio::test]
async fn whoever_is_logged_in_sees_their_own_page_by_page() {
    let folder = Folder::new();
    let registries = registries(&folder, Vec::new()).with_hub(&hub().await);
    let (hub, root) = (RegistryName::hub(), RegistryPath::root(RegistryName::hub(), false));
    registries.credentials().store(&hub, Credential::password("ann", "hunter2")).await.expect("kept");
    let page = registries.page(&root, None).await.expect("repositories");
    assert_eq!((&*page.items[0].name, page.next.as_deref()), ("ann/app", Some("2")));
    assert!(page.items[0].about.starts_with("private"));
    let page = registries.page(&root, page.next.as_deref()).await.expect("repositories");
    assert_eq!((&*page.items[0].name, page.next), ("ann/web", None));
    registries.credentials().store(&hub, Credential::password("ann", "old")).await.expect("kept");
    let failure = registries.page(&root, None).await.expect_err("a wrong password");
    assert_eq!(failure.kind, FailureKind::Unauthorized, "{failure}");
}
