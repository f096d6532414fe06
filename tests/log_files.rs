//! A log taken away: into a file of the user.

use crate::support::client;
use crate::support::lines::Folder;
use crate::support::stage::{Play, Stage};
use dockerui_tui::demo::{Fault, What};
use std::path::Path;

/// A log of numbered lines, zoomed.
pub async fn numbered(play: &mut Play, lines: usize) {
    let body = serde_json::json!({
        "Image": "alpine:3.20",
        "Labels": {
            "demo.profile": "web", "demo.numbered-lines": lines.to_string(), "demo.lines-per-second": "0",
        },
    });
    client::run(play.engine(), "numbered", body).await;
    play.keys("/numbered<Enter>").wait_for("╭ numbered ─ Logs").await.keys("lz");
    play.wait_for("following").await.wait_for(&format!("line {lines}")).await;
}

/// Opens the form with this file in it.
pub async fn form(play: &mut Play, file: &Path) {
    play.keys("<C-s>").wait_for("Save the log of numbered").await.wait_for("numbered-2024-12-24T0026").await;
    play.keys("<C-u>").keys(file.to_str().unwrap()).settle().await;
}

pub fn saved(file: &Path) -> Vec<String> {
    std::fs::read_to_string(file).unwrap().lines().map(str::to_owned).collect()
}

pub fn lines(numbers: std::ops::RangeInclusive<usize>) -> Vec<String> {
    numbers.map(|number| format!("line {number}")).collect()
}

#[tokio::test(start_paused = true)]
async fn what_is_shown_and_the_whole_log_go_into_files() {
    let folder = Folder::new();
    let (shown, whole) = (folder.0.join("shown.log"), folder.0.join("whole.log"));
    let mut play = Stage::new(100, 30).settings(|settings| settings.logs.tail = 200).living().listed().await;
    numbered(&mut play, 3_000).await;
    form(&mut play, &shown).await;
    play.keys("<C-s>").wait_for("Saved the log of numbered: 200 lines").await;
    assert_eq!(saved(&shown), lines(2_801..=3_000));
    // Only the lines that match are shown, so only those are written.
    play.keys("/line 299<Enter>")
        .wait_for("hits")
        .await
        .keys("&")
        .wait_for("line 299 ")
        .await
        .wait_for("following")
        .await;
    form(&mut play, &folder.0.join("matching.log")).await;
    play.keys("<C-s>").wait_for("numbered: 11 lines").await;
    assert_eq!(saved(&folder.0.join("matching.log"))[1..], lines(2_990..=2_999));
    form(&mut play, &whole).await;
    play.keys("<Tab><C-u>whole<Tab> ").wait_for("docker logs --timestamps numbered > ").await;
    play.keys("<C-s>").wait_for("numbered: 3,001 lines").await;
    let told = saved(&whole);
    assert_eq!(told.len(), 3_001);
    assert!(told[0].starts_with("2024-12-24T00:26:") && told[1].ends_with("Z line 1"), "{}", told[1]);
    assert_eq!(std::fs::read_dir(&folder.0).unwrap().count(), 3, "nothing half-written is left");
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_file_that_is_there_is_replaced_only_after_a_question() {
    let folder = Folder::new();
    let file = folder.0.join("web.log");
    std::fs::write(&file, "mine\n").unwrap();
    let mut play = Stage::new(140, 30).living().listed().await;
    numbered(&mut play, 20).await;
    form(&mut play, &file).await;
    play.keys("<C-s>").wait_for("Replace /").await.keys("<Enter>").gone("Replace /").await;
    assert_eq!(saved(&file), ["mine"]);
    form(&mut play, &file).await;
    play.keys("<C-s>").wait_for("Replace /").await.keys("<Tab><Enter>").wait_for("21 lines in /").await;
    assert_eq!(saved(&file)[1..], lines(1..=20));
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn saving_is_a_job_that_can_be_stopped_and_leaves_nothing_then() {
    let folder = Folder::new();
    let file = folder.0.join("web.log");
    let mut play = Stage::new(140, 30).living().listed().await;
    numbered(&mut play, 20).await;
    play.engine().inject(Fault::once("/logs", What::Hang));
    form(&mut play, &file).await;
    play.keys("<Tab><C-u>whole<C-s>").wait_for("Saving the log of numbered").await.settle().await;
    assert_eq!(std::fs::read_dir(&folder.0).unwrap().count(), 1, "it is being written under another name");
    play.keys(":jobs<Enter>").wait_for("docker logs numbered").await.keys("x");
    play.wait_for("Stopped saving the log of numbered: nothing was written").await;
    assert_eq!(std::fs::read_dir(&folder.0).unwrap().count(), 0);
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn what_goes_wrong_is_told_and_leaves_nothing() {
    let folder = Folder::new();
    let mut play = Stage::new(140, 30).living().listed().await;
    numbered(&mut play, 200).await;
    form(&mut play, &folder.0.join("no such/web.log")).await;
    play.keys("<C-s>").wait_for("There is no folder").await.keys("<Esc>");
    play.engine().inject(Fault::once("/logs", What::CutStream { after: 700 }));
    form(&mut play, &folder.0.join("web.log")).await;
    play.keys("<Tab><C-u>whole<C-s>").wait_for("Saving the log of numbered: ").await;
    assert_eq!(std::fs::read_dir(&folder.0).unwrap().count(), 0);
    play.keys("<C-s>").wait_for("Save the log").await.keys("<Tab><C-u>some<C-s>");
    play.wait_for("must be shown, marked or whole").await.quit().await;
}
