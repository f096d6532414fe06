//! The files of containers and volumes: through the folders, to this machine and from it.

use crate::support::lines::Folder;
use crate::support::stage::{Play, Stage};
use std::path::Path;

/// The files of the nginx container, zoomed.
pub async fn files_of_web(stage: Stage) -> Play {
    let mut play = stage.listed().await;
    play.keys("/web<Enter>").wait_for("╭ web ─ Logs").await;
    play.keys("fz").wait_for("10 entries").await.wait_for("read from its archive").await;
    play
}

/// Submits the form on screen with this path in it.
async fn submit(play: &mut Play, place: &Path) {
    play.keys("<C-u>").keys(place.to_str().unwrap()).settle().await;
    play.keys("<C-s>");
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[tokio::test(start_paused = true)]
async fn through_the_folders_of_a_container_and_back() {
    let mut play = files_of_web(Stage::new(100, 30)).await;
    // Folders come first; the cursor comes back to the one that was left.
    play.keys("j<Enter>").wait_for("│/etc ↑").await.wait_for("mtab → /proc/mounts").await;
    play.keys("/conf|pass<Enter>").wait_for("No name matches").await.keys("<Esc>").wait_for("nginx/").await;
    play.keys("/host<Enter>").wait_for("2 of 7 entries match “host”").await.keys("<Esc>").gone("match “host”").await;
    play.keys("gl").wait_for("nginx.conf").await.keys("<Enter>").wait_for("worker_processes auto;").await;
    play.keys("<Esc>h").wait_for("mtab").await.keys("<Backspace>").wait_for("lib → usr/bin").await;
    play.keys("<Enter>").wait_for("mtab").await.keys("h").wait_for("lib → usr/bin").await;
    // A link is followed to what it leads to.
    play.keys("/lib<Enter><Enter>").wait_for("app*").await.keys("<Enter>").wait_for("binary data").await;
    play.keys("<Esc>>").wait_for("↓SIZE").await.keys(">").wait_for("↓MODIFIED").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_file_and_a_folder_are_downloaded_whole() {
    let folder = Folder::new();
    let mut play = files_of_web(Stage::new(140, 30)).await;
    play.keys("jd").wait_for("Download web:/etc").await.wait_for("docker cp web:/etc").await;
    submit(&mut play, &folder.0).await;
    play.wait_for("Downloaded web:/etc: 7 files").await;
    assert_eq!(names(&folder.0.join("etc")), ["hostname", "hosts", "mtab", "nginx", "os-release", "passwd", "shadow"]);
    // A folder that is there is never mixed with another.
    play.keys("<Esc>d").wait_for("Download web:/etc").await;
    submit(&mut play, &folder.0).await;
    play.wait_for("is there already").await.keys("<Esc><Enter>").wait_for("│/etc ↑").await;
    play.keys("/hosts<Enter>").wait_for("1 of 7").await.keys("d").wait_for("Download web:/etc/hosts").await;
    let file = folder.0.join("hosts");
    std::fs::write(&file, "mine\n").unwrap();
    submit(&mut play, &file).await;
    play.wait_for("Replace /").await.keys("<Tab><Enter>").wait_for("Downloaded web:/etc/hosts: ").await;
    assert!(std::fs::read_to_string(&file).unwrap().starts_with("127.0.0.1\tlocalhost"));
    play.keys("<Esc>qT").wait_for("Export web").await;
    submit(&mut play, &folder.0.join("web.tar")).await;
    play.wait_for("Exported web: ").await;
    assert_eq!(names(&folder.0), ["etc", "hosts", "web.tar"], "nothing half-written is left");
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn files_are_uploaded_and_replaced_only_after_a_question() {
    let folder = Folder::new();
    let site = folder.0.join("site");
    std::fs::create_dir(&site).unwrap();
    std::fs::write(site.join("index.html"), "<h1>New</h1>\n").unwrap();
    let audit = folder.0.join("audit.log");
    let mut play = files_of_web(Stage::new(140, 30).audited(audit.clone())).await;
    play.keys("u").wait_for("Upload to web:/").await;
    submit(&mut play, &site).await;
    play.wait_for("1 file, 13 B").await.wait_for("11 entries").await.wait_for("site/").await;
    play.keys("<Esc>u").wait_for("Upload to web:/").await;
    submit(&mut play, &site).await;
    play.wait_for("Replace what is in web:/?").await.keys("<Enter>").gone("Replace what").await;
    play.keys("u").wait_for("Upload to web:/").await;
    submit(&mut play, &folder.0.join("nothing")).await;
    play.wait_for("There is no ").await;
    let log = std::fs::read_to_string(&audit).unwrap();
    assert!(log.contains("docker cp ") && log.contains("PUT /containers/web/archive?path=%2F"), "{log}");
    assert_eq!(play.served("PUT ").await.len(), 1, "what was not agreed to was not sent");
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_volume_is_read_through_a_helper_that_goes_again() {
    let mut play = Stage::new(120, 30).listed().await;
    play.keys("3").wait_for("old_uploads").await.keys("/old_<Enter>").wait_for("╭ old_uploads ─").await;
    play.keys("<Tab>]").wait_for("never started").await;
    assert!(play.served("/containers/create").await.is_empty());
    play.keys("<Enter>").wait_for("data/").await.wait_for("archive by a helper container").await;
    play.keys("/READ<Enter>").wait_for("1 of 2").await.keys("<Enter>").wait_for("What is kept here.").await;
    play.keys("<Esc>");
    let helpers = |play: &Play| {
        let engine = play.engine().clone();
        async move { engine.served().await.iter().filter(|served| served.method == "DELETE").count() }
    };
    assert_eq!(helpers(&play).await, 2);
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn nothing_is_started_or_written_on_a_read_only_host() {
    let mut play = files_of_web(Stage::new(120, 30).read_only()).await;
    assert!(play.served("/exec").await.is_empty());
    play.keys("u").wait_for("Upload: ").await.wait_for("read-only").await;
    play.keys("<Esc>q3").wait_for("old_uploads").await.keys("f").wait_for("cannot be made").await;
    assert!(play.served("/containers/create").await.is_empty());
    play.quit().await;
}
