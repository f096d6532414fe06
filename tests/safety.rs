//! What keeps a user from harm: questions that name the host, secrets that stay hidden, a record of every change.

use crate::support::stage::Stage;
use dockerui_tui::demo::{Fault, What};
use serde_json::Value;
use std::path::PathBuf;

fn scratch(name: &str) -> PathBuf {
    let file = std::env::temp_dir().join(format!("dockerui-{name}-{}", std::process::id()));
    drop(std::fs::remove_file(&file));
    file
}

#[tokio::test(start_paused = true)]
async fn where_the_profile_asks_for_it_the_hosts_name_is_typed_before_anything_is_destroyed() {
    let mut play = Stage::new(120, 40).confirm_by_name().listed().await;
    play.keys("D").wait_for("Type demo to confirm").await.keys("<Right><Enter>").settle().await;
    assert!(play.served("DELETE").await.is_empty());
    play.wait_for("Remove api on demo?").await.keys("<Up><Up>").keys("demo").settle().await;
    play.keys("<Tab><Tab><Enter>").wait_for("Removed api").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn every_change_is_written_down_with_its_command_and_result() {
    let file = scratch("audit");
    let refused = What::Status { code: 500, message: "no".into(), html: false };
    let mut play = Stage::new(120, 40).audited(file.clone()).fault(Fault::once("POST /", refused)).listed().await;
    play.keys("p").wait_for("Pausing api: no").await.keys("<Esc>p").wait_for("Paused api").await.quit().await;
    let text = std::fs::read_to_string(&file).unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2, "{text}");
    assert!(lines.iter().all(|line| line["host"] == "demo" && line["command"] == "docker pause api"), "{text}");
    assert!(lines[0]["result"]["failed"].as_str().unwrap().contains("no"), "{text}");
    assert_eq!(lines[1]["result"], "ok");
    assert!(lines[1]["time"].as_str().unwrap().starts_with("2024-12-24T00:26:4"), "{text}");
    std::fs::remove_file(file).unwrap();
}

#[tokio::test(start_paused = true)]
async fn secrets_are_shown_when_asked_for_and_not_before() {
    let mut play = Stage::new(120, 40).listed().await;
    let inspected = play.inspect("payments").await;
    let variables = inspected["Config"]["Env"].as_array().unwrap();
    let token = variables.iter().find_map(|text| text.as_str()?.strip_prefix("VAULT_TOKEN=")).unwrap().to_owned();
    play.keys("/payments<Enter>]]]]").wait_for("VAULT_TOKEN").await.wait_for("••••").await;
    assert!(!play.screen().contains(&token), "{}", play.screen());
    play.keys("<Tab>v").wait_for(&token).await.keys("v").gone(&token).await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_socket_that_accepts_and_never_answers_is_waited_for_in_sight() {
    let path = scratch("silent.sock");
    let listener = tokio::net::UnixListener::bind(&path).unwrap();
    let mut play = Stage::new(100, 30).socket(path.clone()).open();
    let (_held, _) = listener.accept().await.unwrap();
    play.wait_for("connecting 9 s").await.keys("3").wait_for("╭ Volumes").await.keys("q").ended().await;
    std::fs::remove_file(path).unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_socket_that_nobody_listens_on_is_told_as_refused() {
    let path = scratch("dead.sock");
    drop(tokio::net::UnixListener::bind(&path).unwrap());
    let mut play = Stage::new(100, 30).socket(path.clone()).open();
    play.wait_for("No engine answers for local").await.wait_for("refused").await.quit().await;
    std::fs::remove_file(path).unwrap();
}
