//! The API console: any request, its answer, and what it is not allowed to do.

use crate::support::client;
use crate::support::stage::Stage;
use crossterm::event::MouseEventKind;
use dockerui_tui::demo::{Fault, What};

#[tokio::test(start_paused = true)]
async fn a_request_is_typed_completed_and_answered_with_a_value_that_folds() {
    let mut play = Stage::new(120, 40).listed().await;
    play.wait_for("API").await.keys(":api<Enter>").wait_for("API of demo").await.keys("containers/js<Tab>");
    play.wait_for("GET /containers/json").await.keys("?al<Tab>").wait_for("GET /containers/json?all=").await;
    play.keys("1<Enter>").wait_for("200 OK").await.wait_for("▾ [13]").await.wait_for("application/json").await;
    play.keys("-").wait_for("▸ [0]: {").await.keys("h").wait_for("api-version: ").await;
    play.keys("c")
        .until("a curl line", |screen| {
            screen
                .copied
                .as_deref()
                .is_some_and(|text| text.starts_with("curl ") && text.contains("/containers/json?all=1"))
        })
        .await;
    let served = play.served("/containers/json?all=1").await;
    assert!(served.iter().filter(|line| line.contains("all=1")).count() > 1);
    // What was sent is offered again.
    play.keys("<Esc>").gone("API of").await.keys(":api GET /cont<Enter>").wait_for("sent before").await.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_stream_comes_line_by_line_and_ends_when_it_is_stopped() {
    let mut play = Stage::new(120, 40).listed().await;
    play.wait_for("API").await.keys(":api GET /events<Enter><Enter>").wait_for("goes on").await;
    client::post(play.engine(), "/containers/web/pause").await;
    play.wait_for("\"Action\":\"pause\"").await.keys("x").wait_for("Stopped.").await;
    client::post(play.engine(), "/containers/web/unpause").await;
    play.settle().await;
    assert!(!play.screen().contains("unpause"), "{}", play.screen());
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn what_changes_is_sent_once_written_down_and_asked_about_where_it_destroys() {
    let folder = std::env::temp_dir().join(format!("dockerui-api-{}", std::process::id()));
    drop(std::fs::remove_dir_all(&folder));
    let file = folder.join("audit.log");
    let mut play = Stage::new(120, 40).audited(file.clone()).listed().await;
    play.wait_for("API").await.keys(":api POST /volumes/create<Enter><Tab>{\"Name\" 1").wait_for("JSON ✗ line 1").await;
    play.keys("<C-s>").wait_for("The body is no JSON").await;
    play.keys("<C-u>{\"Name\": \"made\"}<C-s>").wait_for("201 Created").await.wait_for("Name: \"made\"").await;
    play.keys("<Tab><C-u>DELETE /volumes/made<Enter>").wait_for("[ Send ]").await.wait_for("Remove a volume").await;
    play.keys("<Esc>").gone("[ Send ]").await;
    assert!(play.served("DELETE").await.is_empty());
    play.keys("<Enter>").wait_for("[ Send ]").await.keys("<Tab><Enter>").wait_for("204 No Content").await;
    play.quit().await;
    let log = std::fs::read_to_string(&file).unwrap();
    assert!(log.contains("POST /volumes/create") && log.contains("DELETE /volumes/made"), "{log}");
    std::fs::remove_dir_all(&folder).unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_read_only_host_is_asked_and_not_changed_and_lines_to_processes_are_refused() {
    let mut play = Stage::new(80, 24).read_only().listed().await;
    play.wait_for("▸").await.keys(":api POST /containers/web/stop<Enter><Enter>").wait_for("Nothing is sent").await;
    play.keys("<C-u>POST /containers/web/attach<Enter>").wait_for("line to a process").await;
    play.keys("<C-u>GET /info<Enter>").wait_for("200 OK").await;
    assert!(play.served("POST").await.is_empty());
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn the_page_of_a_proxy_is_shown_as_text() {
    let refused = What::Status { code: 403, message: "Forbidden by the proxy".into(), html: true };
    let mut play = Stage::new(120, 40).fault(Fault::always("GET /plugins", refused)).listed().await;
    play.wait_for("API").await.keys(":api GET /plugins<Enter><Enter>").wait_for("403 Forbidden").await;
    play.wait_for("Forbidden by the proxy").await.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_console_that_was_closed_is_opened_as_it_was() {
    let mut play = Stage::new(120, 40).listed().await;
    play.wait_for("API").await.keys(":api GET /version<Enter><Enter>").wait_for("200 OK").await;
    play.keys("<Esc>").gone("API of").await.keys(":api<Enter>").wait_for("200 OK").await.wait_for("27.5.1").await;
    // Another one is typed: what the answer belongs to is told.
    play.keys("<Tab><C-u>GET /info").wait_for("GET /info").await.keys("<S-Tab>");
    play.wait_for("GET /version → 200 OK").await.keys("<Esc>").gone("API of").await;
    // A stream ends with its console.
    play.keys(":api GET /events<Enter><Enter>").wait_for("goes on").await.keys("<Esc>").gone("API of").await;
    client::post(play.engine(), "/containers/web/pause").await;
    play.keys(":api<Enter>").wait_for("Stopped.").await;
    assert!(!play.screen().contains("\"pause\""), "{}", play.screen());
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn clicks_and_the_wheel_reach_every_part_of_the_console() {
    let mut play = Stage::new(120, 40).listed().await;
    play.wait_for("API").await.keys(":api POST /volumes/create<Enter>").wait_for("JSON").await;
    play.click("JSON").keys("{\"Name\": \"ade\"}").wait_for("\"ade\"").await.click("ade").keys("m");
    play.wait_for("\"made\"").await.keys("<C-s>").wait_for("201 Created").await.click("Labels").settle().await;
    play.click("/volumes")
        .keys("<End><C-u>GET /containers/json")
        .wait_for("GET /containers/json")
        .await
        .keys("<Enter>");
    play.wait_for("▾ [10]").await.click("Labels: ").click("Labels: ").wait_for("▸ Labels: ").await;
    play.mouse(MouseEventKind::ScrollDown, 60, 20).mouse(MouseEventKind::ScrollDown, 60, 20).settle().await;
    play.click("GET /containers").keys("<End><C-u>GET /vol").wait_for("GET /volumes").await;
    play.click("List volumes").click("List volumes").keys("<Enter>").wait_for("200 OK").await.quit().await;
}
