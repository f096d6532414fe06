//! The request log: what was sent, what came of it, and the same as `curl`.

use crate::support::stage::Stage;
use dockerui_tui::demo::{Fault, What};

#[tokio::test(start_paused = true)]
async fn what_was_sent_is_told_with_its_answer_and_copied_as_curl() {
    let mut play = Stage::new(120, 40).listed().await;
    play.keys("p").wait_for("Paused api").await.keys("<F12>c").wait_for("Changing requests 1").await;
    let id = play.inspect("api").await["Id"].as_str().unwrap().to_owned();
    let line = play.screen().line_with("POST").to_owned();
    assert!(line.contains("204") && line.contains(&format!(" /containers/{}/pause", &id[..12])), "{line}");
    play.keys("y").until("something copied", |screen| screen.copied.is_some()).await;
    let copied = play.screen().copied.unwrap();
    assert!(copied.starts_with("curl --unix-socket ") && copied.contains(&format!("/{id}/pause")), "{copied}");
    play.keys("<Enter>").wait_for("Status    204").await.keys("<Esc>").gone("Status    204").await;
    // All there was: the list and the events as well.
    play.keys("c").wait_for("/events?").await.keys("/json").wait_for("/containers/json").await;
    play.gone("/events?").await.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_refusal_stands_behind_its_request() {
    let refused = What::Status { code: 409, message: "not today".into(), html: false };
    let mut play = Stage::new(120, 40).fault(Fault::always("POST /", refused)).listed().await;
    play.keys("p").wait_for("not today").await.keys("<Esc><F12>c").wait_for("Changing requests 1").await;
    assert!(play.screen().line_with("POST").contains("409"), "{}", play.screen());
    play.keys("<Enter>").wait_for("Failure   not today").await.quit().await;
}

#[tokio::test(start_paused = true)]
async fn no_secret_that_was_sent_is_shown() {
    let mut play = Stage::new(120, 40).listed().await;
    play.keys("c").wait_for("Create container").await.keys("redis:7-alpine<Tab>fresh<Tab><Tab><Tab>");
    play.keys("DB_PASSWORD=hunter2<C-s>").wait_for("Created fresh").await.keys("<F12>c/create").wait_for("POST").await;
    play.keys("<Enter>").wait_for("DB_PASSWORD=••").await;
    assert!(!play.screen().contains("hunter2"), "{}", play.screen());
    play.quit().await;
}
