//! Life by itself, and what tests make go wrong.

use super::client::*;
use crate::demo::{Fault, Served, What};
use serde_json::{Value, json};
use tokio::time::{Duration, Instant};

#[tokio::test(start_paused = true)]
async fn an_hour_passes() {
    let engine = living();
    let mut body = open(&engine, "GET", "/events", &Value::Null).await.unwrap().into_body();
    let before = Instant::now();
    let mut seen = std::collections::BTreeMap::<String, u32>::new();
    while before.elapsed() < Duration::from_secs(3600) {
        let event = {
            use http_body_util::BodyExt;
            let frame = body.frame().await.unwrap().unwrap().into_data().unwrap();
            serde_json::from_slice::<Value>(&frame).unwrap()
        };
        *seen.entry(event["Action"].as_str().unwrap().to_owned()).or_default() += 1;
    }
    assert!(seen["die"] > 4 && seen["start"] > 4, "{seen:?}");
    assert!(seen.contains_key("health_status: healthy") && seen.contains_key("health_status: unhealthy"), "{seen:?}");
    let mailer = get(&engine, "/containers/mailer/json").await;
    assert!(mailer["RestartCount"].as_u64().unwrap() > 40);
}

#[tokio::test(start_paused = true)]
async fn something_happens_among_many() {
    let options = crate::demo::DemoOptions { containers: 300, images: 0, seed: 5, now: NOW, living: true };
    let engine = crate::demo::DemoEngine::start(options);
    let mut body = open(&engine, "GET", "/events", &Value::Null).await.unwrap().into_body();
    line_that(&mut body, |event| event["Action"] == "die").await;
    let started = line_that(&mut body, |event| event["Action"] == "start").await;
    let name = started["Actor"]["Attributes"]["name"].as_str().unwrap();
    let address = &get(&engine, &format!("/containers/{name}/json")).await["NetworkSettings"]["IPAddress"];
    assert!(address.as_str().unwrap().starts_with("172.17."), "{address}");
}

#[tokio::test(start_paused = true)]
async fn the_same_seed_lives_the_same_life() {
    let told = async || {
        let engine = living();
        let mut body = open(&engine, "GET", "/events", &Value::Null).await.unwrap().into_body();
        line_that(&mut body, |event| event["Action"] == "die").await
    };
    assert_eq!(told().await, told().await);
}

#[tokio::test(start_paused = true)]
async fn restart_policies_and_auto_remove_are_heeded() {
    let engine = engine();
    let body = |policy: &str, remove: bool| {
        json!({ "Image": "alpine", "Labels": { "demo.runs-for": "5" },
            "HostConfig": { "RestartPolicy": { "Name": policy }, "AutoRemove": remove } })
    };
    for (name, policy, remove) in [("again", "always", false), ("once", "no", false), ("brief", "no", true)] {
        assert_eq!(ask(&engine, "POST", &format!("/containers/create?name={name}"), body(policy, remove)).await.0, 201);
        assert_eq!(post(&engine, &format!("/containers/{name}/start")).await, 204);
    }
    tokio::time::sleep(Duration::from_secs(6)).await;
    assert_eq!(get(&engine, "/containers/again/json").await["RestartCount"], 1);
    assert_eq!(get(&engine, "/containers/again/json").await["State"]["Status"], "running");
    assert_eq!(get(&engine, "/containers/once/json").await["State"]["Status"], "exited");
    assert_eq!(refused(&engine, "GET", "/containers/brief/json", Value::Null).await.0, 404);
}

#[tokio::test(start_paused = true)]
async fn faults_happen_where_and_as_often_as_told() {
    let engine = engine();
    let list = "/containers/json";
    engine.inject(Fault::once(
        "GET /containers/json",
        What::Status { code: 403, message: "Request forbidden by administrative rules.".into(), html: true },
    ));
    let (status, page) = ask(&engine, "GET", list, Value::Null).await;
    assert_eq!(status, 403);
    assert!(page.as_str().unwrap().starts_with("<html>"));
    get(&engine, list).await;
    engine.inject(Fault::once("", What::Status { code: 500, message: "boom".into(), html: false }));
    assert_eq!(refused(&engine, "GET", list, Value::Null).await, (500, "boom".into()));
    engine.inject(Fault::once(list, What::Delay(Duration::from_secs(7))));
    let before = Instant::now();
    get(&engine, list).await;
    assert_eq!(before.elapsed().as_secs(), 7);
    engine.inject(Fault::once(list, What::Malformed));
    assert!(ask(&engine, "GET", list, Value::Null).await.1.is_string());
    engine.inject(Fault::once(list, What::Drop));
    assert!(open(&engine, "GET", list, &Value::Null).await.is_err());
    engine.inject(Fault::once(list, What::CutStream { after: 10 }));
    let body = open(&engine, "GET", list, &Value::Null).await.unwrap().into_body();
    assert!(http_body_util::BodyExt::collect(body).await.is_err());
    engine.inject(Fault::always(list, What::Hang));
    let hanging = tokio::time::timeout(Duration::from_secs(60), open(&engine, "GET", list, &Value::Null)).await;
    assert!(hanging.is_err());
    engine.heal();
    get(&engine, list).await;
    let served = engine.served().await;
    assert_eq!(served.first(), Some(&Served { method: "GET".into(), path: list.into() }));
}

#[tokio::test(start_paused = true)]
async fn it_goes_down_and_comes_up_with_everything_kept() {
    let engine = engine();
    let body = open(&engine, "GET", "/events", &Value::Null).await.unwrap().into_body();
    assert_eq!(post(&engine, "/containers/web/stop").await, 204);
    engine.go_down();
    assert!(http_body_util::BodyExt::collect(body).await.is_err());
    assert!(open(&engine, "GET", "/_ping", &Value::Null).await.is_err());
    assert_eq!(engine.dial().unwrap_err().kind(), std::io::ErrorKind::ConnectionRefused);
    engine.come_up();
    assert_eq!(get(&engine, "/containers/web/json").await["State"]["Status"], "exited");
    engine.inject(Fault::once("", What::RefuseConnections));
    assert!(engine.dial().is_err());
    assert!(engine.dial().is_ok());
}
