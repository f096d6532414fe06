//! Acts: what they do, and what is said where they cannot.

use super::client::*;
use serde_json::{Value, json};

async fn state(engine: &crate::demo::DemoEngine, name: &str) -> String {
    get(engine, &format!("/containers/{name}/json")).await["State"]["Status"].as_str().unwrap().to_owned()
}

#[tokio::test(start_paused = true)]
async fn containers_start_and_stop() {
    let engine = engine();
    assert_eq!(post(&engine, "/containers/web/start").await, 304);
    assert_eq!(post(&engine, "/containers/web/stop").await, 204);
    assert_eq!(state(&engine, "web").await, "exited");
    assert_eq!(post(&engine, "/containers/web/stop").await, 304);
    assert_eq!(post(&engine, "/containers/web/start").await, 204);
    assert_eq!(get(&engine, "/containers/web/json").await["State"]["Health"]["Status"], "starting");
    assert_eq!(post(&engine, "/containers/web/restart?t=1").await, 204);
    // It needs longer than that to end: after the grace it is killed.
    let before = tokio::time::Instant::now();
    assert_eq!(post(&engine, "/containers/payments/stop?t=3").await, 204);
    assert_eq!(before.elapsed().as_secs(), 3);
    assert_eq!(get(&engine, "/containers/payments/json").await["State"]["ExitCode"], 137);
    assert_eq!(post(&engine, "/containers/cache/pause").await, 204);
    assert_eq!(refused(&engine, "POST", "/containers/cache/start", Value::Null).await.0, 409);
    assert_eq!(post(&engine, "/containers/cache/unpause").await, 204);
    assert_eq!(refused(&engine, "POST", "/containers/cache/unpause", Value::Null).await.0, 500);
    assert_eq!(post(&engine, "/containers/cache/kill?signal=SIGHUP").await, 204);
    assert_eq!(state(&engine, "cache").await, "running");
    assert_eq!(post(&engine, "/containers/cache/kill").await, 204);
    assert_eq!(get(&engine, "/containers/cache/json").await["State"]["ExitCode"], 137);
    let (status, said) = refused(&engine, "POST", "/containers/cache/kill", Value::Null).await;
    assert_eq!(status, 409);
    assert!(
        said.starts_with("cannot kill container: cache: container ") && said.ends_with(" is not running"),
        "{said}"
    );
}

#[tokio::test(start_paused = true)]
async fn creating_keeps_everything_and_refuses_in_docker_s_words() {
    let engine = engine();
    let body = json!({
        "Image": "nginx:1.27-alpine", "Env": ["A=1"], "Labels": { "x": "y" },
        "HostConfig": { "PortBindings": { "80/tcp": [{ "HostPort": "8080" }] }, "Binds": ["data:/data:ro", "/srv:/srv"],
            "RestartPolicy": { "Name": "always" }, "Memory": 67_108_864 },
    });
    let (status, made) = ask(&engine, "POST", "/containers/create?name=edge", body.clone()).await;
    assert_eq!(status, 201, "{made}");
    let edge = get(&engine, "/containers/edge/json").await;
    assert_eq!(edge["Id"], made["Id"]);
    assert!(edge["Config"]["Env"].to_string().contains("A=1"));
    assert_eq!(edge["Path"], "/docker-entrypoint.sh");
    assert_eq!(edge["Mounts"][0]["Name"], "data");
    assert_eq!(edge["Mounts"][0]["RW"], false);
    assert_eq!(edge["HostConfig"]["RestartPolicy"]["Name"], "always");
    assert_eq!(get(&engine, "/volumes/data").await["Name"], "data");
    let (status, said) = refused(&engine, "POST", "/containers/create?name=edge", body).await;
    let id = made["Id"].as_str().unwrap();
    assert_eq!(status, 409);
    assert_eq!(
        said,
        format!(
            "Conflict. The container name \"/edge\" is already in use by container \"{id}\". You have to remove (or \
             rename) that container to be able to reuse that name."
        )
    );
    let (status, said) = refused(&engine, "POST", "/containers/edge/start", Value::Null).await;
    assert_eq!(status, 500);
    assert!(said.ends_with(": Bind for 0.0.0.0:8080 failed: port is already allocated"), "{said}");
    for (path, body, status, sentence) in [
        ("xy", json!({ "Image": "absent" }), 404, "No such image: absent:latest"),
        (
            "x%20y",
            json!({ "Image": "alpine" }),
            400,
            "Invalid container name (x y), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed",
        ),
        (
            "xy",
            json!({ "Image": "alpine", "HostConfig": { "Memory": 1024 } }),
            400,
            "Minimum memory limit allowed is 6MB",
        ),
        ("xy", json!({ "Image": "alpine", "HostConfig": { "NetworkMode": "gone" } }), 404, "network gone not found"),
    ] {
        let refusal = refused(&engine, "POST", &format!("/containers/create?name={path}"), body).await;
        assert_eq!(refusal, (status, sentence.to_owned()));
    }
}

#[tokio::test(start_paused = true)]
async fn renaming_updating_and_removing() {
    let engine = engine();
    assert_eq!(post(&engine, "/containers/web/rename?name=front").await, 204);
    assert_eq!(get(&engine, "/containers/front/json").await["Name"], "/front");
    let (status, said) = refused(&engine, "POST", "/containers/front/rename?name=db", Value::Null).await;
    assert_eq!(status, 409);
    assert!(said.starts_with("Error when allocating new name: Conflict. The container name \"/db\""), "{said}");
    let limits = json!({ "Memory": 268_435_456, "RestartPolicy": { "Name": "no" } });
    assert_eq!(ask(&engine, "POST", "/containers/front/update", limits).await.0, 200);
    assert_eq!(get(&engine, "/containers/front/json").await["HostConfig"]["Memory"], 268_435_456);
    for (name, sentence) in [
        (
            "front",
            "cannot remove container \"/front\": container is running: stop the container before removing or force remove",
        ),
        ("legacy", "cannot remove container \"/legacy\": container is paused and must be unpaused first"),
    ] {
        let refusal = refused(&engine, "DELETE", &format!("/containers/{name}"), Value::Null).await;
        assert_eq!(refusal, (409, sentence.to_owned()));
    }
    assert_eq!(ask(&engine, "DELETE", "/containers/front?force=1&v=1", Value::Null).await.0, 204);
    assert_eq!(refused(&engine, "GET", "/containers/front/json", Value::Null).await.0, 404);
}

#[tokio::test(start_paused = true)]
async fn waiting_ends_with_the_container() {
    let engine = engine();
    let mut waiting = open(&engine, "POST", "/containers/web/wait", &Value::Null).await.unwrap().into_body();
    assert_eq!(post(&engine, "/containers/web/kill").await, 204);
    assert_eq!(line_that(&mut waiting, |_| true).await["StatusCode"], 137);
    assert_eq!(ask(&engine, "POST", "/containers/backup/wait", Value::Null).await.1["StatusCode"], 1);
}

#[tokio::test(start_paused = true)]
async fn images_are_pulled_tagged_and_removed() {
    let engine = engine();
    let (status, said) = ask(&engine, "POST", "/images/create?fromImage=alpine&tag=3.21", Value::Null).await;
    assert_eq!(status, 200);
    let said = said.as_str().unwrap();
    assert!(
        said.contains("\"Downloading\"") && said.contains("Status: Downloaded newer image for alpine:3.21"),
        "{said}"
    );
    assert!(get(&engine, "/images/alpine:3.21/json").await["Id"].is_string());
    let (status, sentence) = refused(&engine, "POST", "/images/create?fromImage=missing&tag=1", Value::Null).await;
    assert_eq!(status, 404);
    assert!(sentence.starts_with("pull access denied for missing, repository does not exist"), "{sentence}");
    assert_eq!(post(&engine, "/images/alpine:3.21/tag?repo=mine&tag=1").await, 201);
    let (status, gone) = ask(&engine, "DELETE", "/images/mine:1", Value::Null).await;
    assert_eq!((status, gone), (200, json!([{ "Untagged": "mine:1" }])));
    let (status, gone) = ask(&engine, "DELETE", "/images/alpine:3.21", Value::Null).await;
    assert_eq!(status, 200);
    assert!(gone.as_array().unwrap().iter().any(|row| row["Deleted"].is_string()));
    let (status, said) = refused(&engine, "DELETE", "/images/nginx:1.27-alpine", Value::Null).await;
    assert_eq!(status, 409);
    assert!(said.starts_with(
        "conflict: unable to remove repository reference \"nginx:1.27-alpine\" (must force) - container "
    ));
    let id = get(&engine, "/images/nginx:1.27-alpine/json").await["Id"].as_str().unwrap().to_owned();
    let (status, said) = refused(&engine, "DELETE", &format!("/images/{id}?force=1"), Value::Null).await;
    assert_eq!(status, 409);
    assert!(said.contains("(cannot be forced) - image is being used by running container"), "{said}");
}

#[tokio::test(start_paused = true)]
async fn volumes_and_networks_come_and_go() {
    let engine = engine();
    assert_eq!(ask(&engine, "POST", "/volumes/create", json!({ "Name": "new" })).await.0, 201);
    assert_eq!(ask(&engine, "DELETE", "/volumes/new", Value::Null).await.0, 204);
    let (status, said) = refused(&engine, "DELETE", "/volumes/shop_db-data", Value::Null).await;
    assert_eq!(status, 409);
    assert!(said.starts_with("remove shop_db-data: volume is in use - ["), "{said}");
    assert_eq!(ask(&engine, "POST", "/networks/create", json!({ "Name": "lab" })).await.0, 201);
    assert_eq!(refused(&engine, "POST", "/networks/create", json!({ "Name": "lab" })).await.0, 409);
    assert_eq!(ask(&engine, "POST", "/networks/lab/connect", json!({ "Container": "web" })).await.0, 200);
    assert_eq!(refused(&engine, "DELETE", "/networks/lab", Value::Null).await.0, 403);
    assert_eq!(ask(&engine, "POST", "/networks/lab/disconnect", json!({ "Container": "web" })).await.0, 200);
    assert_eq!(ask(&engine, "DELETE", "/networks/lab", Value::Null).await.0, 204);
    let refusal = refused(&engine, "DELETE", "/networks/bridge", Value::Null).await;
    assert_eq!(refusal, (403, "bridge is a pre-defined network and cannot be removed".into()));
}
