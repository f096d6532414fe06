//! The audit log on screen: what this program changed, read from its own file.

use crate::support::stage::Stage;
use dockerui_tui::demo::{Fault, What};
use std::path::PathBuf;

fn scratch(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("dockerui-audit-view-{}-{name}", std::process::id()));
    drop(std::fs::remove_dir_all(&folder));
    folder.join("audit.log")
}

#[tokio::test(start_paused = true)]
async fn what_was_changed_is_told_newest_first_with_what_came_of_it() {
    let file = scratch("order");
    let refused = What::Status { code: 409, message: "not today".into(), html: false };
    let mut play = Stage::new(120, 40).audited(file.clone()).fault(Fault::once("POST /", refused)).listed().await;
    play.keys("p").wait_for("not today").await.keys("<Esc>p").wait_for("Paused api").await;
    play.keys(":audit<Enter>").wait_for("Changing calls 2").await.wait_for("audit.log").await;
    let screen = play.screen();
    let paused: Vec<String> = screen.lines().into_iter().filter(|line| line.contains("docker pause api")).collect();
    assert!(paused[0].contains("✓ docker pause api  POST /containers/api/pause"), "{screen}");
    assert!(paused[1].contains("✗ docker pause api  not today"), "{screen}");
    play.keys("f").wait_for("Changing calls that failed 1").await.keys("<Enter>").wait_for("Failed    not today").await;
    play.keys("<Esc>f").wait_for("Changing calls 2").await;
    play.keys("y").until("something copied", |screen| screen.copied.as_deref() == Some("docker pause api")).await;
    play.keys("/nothing").wait_for("Nothing that was changed matches.").await.quit().await;
    std::fs::remove_dir_all(file.parent().unwrap()).unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_log_that_is_not_there_is_told_with_its_reason() {
    let mut play = Stage::new(80, 24).listed().await;
    play.keys(":audit web<Enter>").wait_for("There is no audit log").await.keys("<Esc><Esc>").gone("audit").await;
    play.quit().await;
}
