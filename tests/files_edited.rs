//! A file of a container in the user's editor. The clock runs: it must not pass while a program does.

use crate::files::files_of_web;
use crate::support::lines::Folder;
use crate::support::stage::{Play, Stage};
use dockerui_tui::demo::{Fault, What};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

/// An editor that does this to the file it is given.
fn editor(folder: &Folder, does: &str) -> String {
    let path = folder.0.join("edit");
    std::fs::write(&path, format!("#!/bin/sh\n{does}\n")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    path.display().to_string()
}

async fn at_hosts(folder: &Folder, does: &str) -> Play {
    let mut stage = Stage::new(120, 30);
    stage.variables.insert("EDITOR".into(), editor(folder, does));
    let mut play = files_of_web(stage).await;
    play.keys("j<Enter>").wait_for("│/etc ↑").await.keys("/hosts<Enter>").wait_for("1 of 7").await;
    play
}

#[tokio::test]
async fn a_file_is_edited_and_put_back() {
    let folder = Folder::new();
    let seen = folder.0.join("seen");
    let does = format!("stat -c '%a %n' \"$1\" >'{}'; echo '10.0.0.9 db' >>\"$1\"", seen.display());
    let mut play = at_hosts(&folder, &does).await;
    play.keys("e").wait_for("Put back web:/etc/hosts").await;
    let told = std::fs::read_to_string(&seen).unwrap();
    assert!(told.starts_with("600 ") && told.trim_end().ends_with("/hosts"), "{told}");
    play.keys("<Esc><Enter>").wait_for("10.0.0.9 db").await.keys("<Esc>").quit().await;
}

#[tokio::test]
async fn what_was_not_changed_is_not_sent() {
    let folder = Folder::new();
    let mut play = at_hosts(&folder, "true").await;
    play.keys("e").wait_for("was not changed: nothing was sent").await;
    assert!(!play.engine().served().await.iter().any(|served| served.method == "PUT"));
    play.quit().await;
}

#[tokio::test]
async fn what_somebody_else_changed_meanwhile_is_replaced_only_after_a_question() {
    let folder = Folder::new();
    let ready = folder.0.join("ready");
    // The editor waits until the file was changed from elsewhere.
    let does = format!("echo mine >>\"$1\"; touch '{0}'; while [ -e '{0}' ]; do sleep 0.01; done", ready.display());
    let mut play = at_hosts(&folder, &does).await;
    play.keys("e");
    // Nothing is drawn while the editor has the terminal.
    while !ready.exists() {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    crate::support::client::put_file(play.engine(), "web", "/etc", "hosts", b"theirs\n").await;
    std::fs::remove_file(&ready).unwrap();
    play.wait_for("Replace web:/etc/hosts?").await.keys("<Tab><Enter>").wait_for("Put back web:/etc/hosts").await;
    play.keys("<Esc><Enter>").wait_for("mine").await.keys("<Esc>").quit().await;
}

#[tokio::test]
async fn what_cannot_be_put_back_is_kept_and_may_be_sent_once_more() {
    let folder = Folder::new();
    let mut play = at_hosts(&folder, "echo '10.0.0.9 db' >>\"$1\"").await;
    let full = What::Status { code: 500, message: "no space left on device".into(), html: false };
    play.engine().inject(Fault::once("PUT archive", full));
    play.keys("e").wait_for("Put back web:/etc/hosts once more?").await.wait_for("disk is full").await;
    play.wait_for("What was written is kept in").await;
    // In a folder of this process that nobody else may look into.
    let mine = format!("dockerui-{}-", std::process::id());
    let folders = std::fs::read_dir(std::env::temp_dir()).unwrap().map(|entry| entry.unwrap().path());
    let mut mine =
        folders.filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&mine)));
    // Other tests of this process edit files of that name as well.
    let is_it =
        |path: &PathBuf| std::fs::read_to_string(path.join("hosts")).is_ok_and(|text| text.contains("10.0.0.9 db"));
    let place = mine.find(is_it).expect("where it is kept");
    play.keys("<Tab><Enter>").wait_for("Put back web:/etc/hosts: ").await;
    std::fs::remove_dir_all(place).unwrap();
    play.keys("<Esc><Enter>").wait_for("10.0.0.9 db").await.keys("<Esc>").quit().await;
}
