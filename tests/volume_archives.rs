//! Volumes as tar files of this machine: written whole or not at all, and read into new ones.

use crate::support::client;
use crate::support::lines::Folder;
use crate::support::stage::{Play, Stage};
use dockerui_tui::demo::{Fault, What};

/// The volumes with the cursor on `old_uploads`.
async fn at_volumes(stage: Stage) -> Play {
    let mut play = stage.listed().await;
    play.keys("3").wait_for("shop_db-data").await.keys("/old_<Enter>").wait_for("╭ old_uploads ─").await;
    play
}

fn count(folder: &Folder) -> usize {
    std::fs::read_dir(&folder.0).unwrap().count()
}

#[tokio::test(start_paused = true)]
async fn a_volume_goes_into_a_file_and_comes_back_as_another_one() {
    let folder = Folder::new();
    let file = folder.0.join("up.tar");
    let mut play = at_volumes(Stage::new(140, 40)).await;
    play.keys("X").wait_for("Export old_uploads on demo").await.wait_for("~/old_uploads.tar").await;
    play.keys("<C-u>").keys(file.to_str().unwrap()).wait_for("/files/up.tar -C /volume .").await;
    play.keys("<C-s>").wait_for("Exported old_uploads: ").await.keys("<Esc>").settle().await;
    assert_eq!(play.served("?force=1").await.len(), 1, "its helper is gone");
    let exported = std::fs::read(&file).unwrap();
    let names: Vec<_> = tar::Archive::new(&*exported)
        .entries()
        .unwrap()
        .map(|entry| entry.unwrap().path().unwrap().to_string_lossy().into_owned())
        .collect();
    assert_eq!(names, ["./", "README", "data/", "data/1.db"]);
    // What is there already is replaced after a question alone.
    std::fs::write(&file, "mine").unwrap();
    play.keys("X").wait_for("Export old_uploads on demo").await.keys("<C-u>").keys(file.to_str().unwrap());
    play.keys("<C-s>").wait_for("Replace /").await.keys("<Tab><Enter>").wait_for("Exported old_uploads: ").await;
    assert_eq!(std::fs::read(&file).unwrap(), exported);
    play.keys("<Esc>I").wait_for("Import a volume on demo").await.keys("<C-u>").keys(file.to_str().unwrap());
    play.keys("<Tab>old_uploads").wait_for("There is one called old_uploads already").await;
    play.keys("<C-u>again<C-s>").gone("Import a volume").await.wait_for(" into again").await;
    play.keys("<Esc><Esc>").until("the cursor on it", |screen| screen.selected_name() == "again").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn an_export_that_is_stopped_or_breaks_leaves_no_file() {
    let folder = Folder::new();
    let file = folder.0.join("up.tar");
    for (what, told) in [
        (What::CutStream { after: 600 }, "Exporting old_uploads: "),
        (What::Status { code: 500, message: "no space left on device".into(), html: false }, "no space left on device"),
        (What::Hang, "nothing was written"),
    ] {
        let is_stopped = what == What::Hang;
        let fault = Fault::always("GET archive?path=%2Fvolume%2F.", what);
        let mut play = at_volumes(Stage::new(140, 40).fault(fault)).await;
        play.keys("X").wait_for("Export old_uploads on demo").await.keys("<C-u>").keys(file.to_str().unwrap());
        play.keys("<C-s>").gone("Export old_uploads on demo").await;
        if is_stopped {
            play.settle().await;
            play.keys("J").wait_for("Exporting old_uploads").await.keys("x");
        }
        play.wait_for(told).await.keys("<Esc>").settle().await;
        assert_eq!(count(&folder), 0, "{told}");
        let containers = client::get(play.engine(), "/containers/json?all=1").await;
        assert!(!containers.to_string().contains("dockerui.volume-of"), "{containers}");
        play.quit().await;
    }
}

#[tokio::test(start_paused = true)]
async fn an_import_that_fails_or_is_stopped_leaves_no_volume() {
    let folder = Folder::new();
    let file = folder.0.join("up.tar");
    std::fs::write(&file, "this is no archive".repeat(100)).unwrap();
    for is_stopped in [false, true] {
        let stage = Stage::new(140, 40);
        let stage = if is_stopped { stage.fault(Fault::always("PUT archive", What::Hang)) } else { stage };
        let mut play = at_volumes(stage).await;
        play.keys("I").wait_for("Import a volume on demo").await.keys("<C-u>").keys(file.to_str().unwrap());
        play.keys("<Tab>again<C-s>");
        if is_stopped {
            play.wait_for("Importing ").await.settle().await;
            play.keys("<C-x>").wait_for("no volume stays of it").await;
        } else {
            // What was typed is still there.
            play.wait_for("cannot unpack the archive").await.wait_for("Import a volume on demo").await;
        }
        play.settle().await;
        let volumes = client::get(play.engine(), "/volumes").await;
        assert!(!volumes.to_string().contains("again"), "{volumes}");
        let containers = client::get(play.engine(), "/containers/json?all=1").await;
        assert!(!containers.to_string().contains("dockerui.volume-of"), "{containers}");
        play.keys("<Esc>").quit().await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_file_that_is_not_there_is_told_before_a_volume_is_made() {
    let mut play = at_volumes(Stage::new(140, 40)).await;
    play.keys("I").wait_for("Import a volume on demo").await.keys("<C-u>/nowhere/x.tar<Tab>again<C-s>");
    play.wait_for("There is no file /nowhere/x.tar").await;
    assert!(play.served("/volumes/create").await.is_empty());
    play.keys("<Esc>").quit().await;
}
