//! Questions: lists, inspect, versions, images, volumes, networks.

use super::client::*;
use crate::demo::{DemoEngine, DemoOptions};
use serde_json::{Value, json};
use tokio::time::Instant;

#[tokio::test(start_paused = true)]
async fn it_says_who_it_is_on_every_answer() {
    let engine = engine();
    let response = open(&engine, "HEAD", "/_ping", &Value::Null).await.unwrap();
    assert_eq!(response.headers()["Api-Version"], "1.47");
    assert_eq!(response.headers()["Ostype"], "linux");
    let response = open(&engine, "GET", "/v1.41/nothing", &Value::Null).await.unwrap();
    assert_eq!(response.headers()["Server"], "Docker/27.5.1 (linux)");
    assert_eq!(get(&engine, "/v1.41/version").await["ApiVersion"], "1.47");
    assert_eq!(get(&engine, "/info").await["NCPU"], 8);
    assert_eq!(refused(&engine, "GET", "/nothing", Value::Null).await, (404, "page not found".into()));
    assert_eq!(refused(&engine, "GET", "/v1.99/version", Value::Null).await.0, 400);
}

#[tokio::test(start_paused = true)]
async fn the_company_is_listed_with_its_states() {
    let engine = engine();
    let rows = get(&engine, "/v1.47/containers/json?all=1").await;
    let told: Vec<(String, String)> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["Names"][0].as_str().unwrap().to_owned(), row["Status"].as_str().unwrap().to_owned()))
        .collect();
    let status = |name: &str| told.iter().find(|(known, _)| known == name).unwrap().1.clone();
    assert_eq!(told.len(), 13);
    assert_eq!(status("/web"), "Up 2 days (healthy)");
    assert_eq!(status("/payments"), "Up 26 hours (unhealthy)");
    assert_eq!(status("/legacy"), "Up 5 weeks (Paused)");
    assert_eq!(status("/backup"), "Exited (1) 3 days ago");
    assert_eq!(status("/migrate"), "Exited (0) 2 days ago");
    assert_eq!(status("/sandbox"), "Created");
    let web = rows.as_array().unwrap().iter().find(|row| row["Names"][0] == "/web").unwrap();
    assert_eq!(web["Ports"][0]["PublicPort"], 8080);
    assert_eq!(web["Labels"]["com.docker.compose.project"], "shop");
    assert_eq!(get(&engine, "/containers/json").await.as_array().unwrap().len(), 10);
    let by = async |filters: Value| {
        let text: String = filters.to_string().bytes().map(|byte| format!("%{byte:02x}")).collect();
        get(&engine, &format!("/containers/json?all=1&filters={text}")).await.as_array().unwrap().len()
    };
    assert_eq!(by(json!({ "label": ["com.docker.compose.project=shop"] })).await, 6);
    assert_eq!(by(json!({ "name": ["we"] })).await, 1);
    assert_eq!(by(json!({ "status": ["exited"] })).await, 2);
    assert_eq!(by(json!({ "health": ["unhealthy"] })).await, 1);
    assert_eq!(by(json!({ "id": [web["Id"].as_str().unwrap()[..8]] })).await, 1);
}

#[tokio::test(start_paused = true)]
async fn inspect_tells_everything_of_a_container() {
    let engine = engine();
    let web = get(&engine, "/containers/web/json").await;
    assert_eq!(web["State"]["Health"]["Status"], "healthy");
    assert_eq!(web["NetworkSettings"]["Ports"]["80/tcp"][0]["HostPort"], "8080");
    assert_eq!(web["HostConfig"]["Memory"], 134_217_728);
    assert_eq!(web["Mounts"][0]["Destination"], "/etc/nginx/nginx.conf");
    assert!(web["NetworkSettings"]["Networks"]["shop_default"]["IPAddress"].as_str().unwrap().starts_with("172.18.0."));
    let by_short = get(&engine, &format!("/containers/{}/json", &web["Id"].as_str().unwrap()[..12])).await;
    assert_eq!(by_short["Name"], "/web");
    let gone = refused(&engine, "GET", "/containers/nope/json", Value::Null).await;
    assert_eq!(gone, (404, "No such container: nope".into()));
    assert!(get(&engine, "/containers/web/changes").await.as_array().unwrap().len() > 4);
    assert_eq!(get(&engine, "/containers/sandbox/changes").await, Value::Null);
    let top = get(&engine, "/containers/web/top?ps_args=aux").await;
    assert_eq!(top["Titles"][1], "PID");
    assert_eq!(top["Processes"].as_array().unwrap().len(), 3);
    assert_eq!(refused(&engine, "GET", "/containers/backup/top", Value::Null).await.0, 409);
}

#[tokio::test(start_paused = true)]
async fn images_volumes_and_networks_are_told() {
    let engine = engine();
    let images = get(&engine, "/images/json?shared-size=1").await;
    let images = images.as_array().unwrap();
    assert_eq!(images.iter().filter(|image| image["RepoTags"] == json!([])).count(), 2);
    assert!(images.iter().any(|image| image["RepoTags"] == json!(["nginx:1.27-alpine"]) && image["Containers"] == 1));
    assert!(get(&engine, "/v1.41/images/json").await.to_string().contains("<none>:<none>"));
    let api = get(&engine, "/images/registry.example.com/shop/api:2.14.0/json").await;
    assert_eq!(api["Config"]["WorkingDir"], "/app");
    assert!(get(&engine, "/images/nginx:1.27-alpine/history").await.as_array().unwrap().len() > 3);
    assert_eq!(
        refused(&engine, "GET", "/images/absent/json", Value::Null).await,
        (404, "No such image: absent:latest".into())
    );
    assert_eq!(get(&engine, "/volumes").await["Volumes"].as_array().unwrap().len(), 7);
    assert_eq!(get(&engine, "/volumes/shop_db-data").await["Driver"], "local");
    assert_eq!(get(&engine, "/networks").await.as_array().unwrap().len(), 6);
    let network = get(&engine, "/networks/shop_default").await;
    assert_eq!(network["Containers"].as_object().unwrap().len(), 5);
    assert!(get(&engine, "/system/df").await["LayersSize"].as_u64().unwrap() > 1_000_000);
}

#[tokio::test]
async fn ten_thousand_are_there_at_once() {
    let before = Instant::now();
    let engine = DemoEngine::start(DemoOptions { containers: 10_000, images: 0, seed: 1, now: NOW, living: true });
    let rows = get(&engine, "/containers/json?all=1").await;
    let rows = rows.as_array().unwrap();
    assert_eq!(rows.len(), 10_000);
    assert_eq!(rows[0]["Names"][0], "/demo-10000");
    for state in ["running", "exited", "created", "paused"] {
        assert!(rows.iter().any(|row| row["State"] == state), "{state}");
    }
    assert!(get(&engine, "/containers/demo-00007/json").await["Id"].is_string());
    assert!(before.elapsed().as_secs() < 60, "{:?}", before.elapsed());
}
