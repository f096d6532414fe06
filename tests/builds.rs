//! Builds: from the form over the folder to the page with their steps, and what goes wrong on that way.

use crate::support::stage::{Play, Stage};
use dockerui_tui::demo::{Fault, What};
use std::fs;
use std::path::PathBuf;

/// A folder to build from, taken away at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, dockerfile: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("dockerui-build-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("docker")).unwrap();
        let folder = Self(folder);
        folder.file("Dockerfile", dockerfile);
        folder.file("docker/web.Dockerfile", "FROM busybox AS first\nFROM busybox AS second\n");
        folder
    }

    fn file(&self, path: &str, text: &str) {
        fs::write(self.0.join(path), text).unwrap();
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The form with this folder in it.
async fn form(stage: Stage, folder: &str) -> Play {
    let mut play = stage.listed().await;
    play.keys("2").wait_for("Images").await.keys("b").wait_for("Build image").await;
    play.keys("<C-u>").paste(folder);
    play.wait_for(folder.rsplit('/').next().unwrap()).await;
    play
}

const GOOD: &str = "FROM busybox\nRUN echo hello\nRUN echo again\n";

#[tokio::test(start_paused = true)]
async fn an_image_is_built_and_its_steps_are_shown() {
    let folder = Folder::new("good", GOOD);
    let mut play = form(Stage::new(120, 40), folder.path()).await;
    play.keys("<Tab>").wait_for("docker/web.Dockerfile").await.keys("<Tab>app:1<C-s>");
    play.wait_for("Building app:1").await.wait_for("Sends 2 files").await;
    play.wait_for("▸ [2/3] RUN echo hello").await.wait_for("  hello").await;
    play.wait_for("✓ Built app:1 as sha256:").await.wait_for("✓ [3/3] RUN echo again").await;
    play.keys("<Esc>").gone("Built app:1 on").await.until("it is listed", |screen| screen.contains("app ")).await;
    play.keys("B").wait_for("Built app:1 on").await.wait_for("b build again").await;
    play.keys("<Esc>").gone("Built app:1 on").await.keys("b").wait_for("Build image").await;
    play.wait_for("docker build --tag app:1").await;
    assert!(!play.screen().contains("Draft restored"), "what went well is no draft\n{}", play.screen());
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn the_step_that_fails_is_shown_with_its_output_and_what_was_typed_is_kept() {
    let folder = Folder::new("fails", "FROM busybox\nRUN echo so far; exit 3\nRUN echo never\n");
    let mut play = form(Stage::new(80, 24), folder.path()).await;
    play.keys("<Tab><Tab>broken:1<C-s>").wait_for("✗ [2/3] RUN echo so far; exit 3").await;
    play.wait_for("so far").await.wait_for("non-zero code: 3").await.wait_for("It failed at: [2/3]").await;
    assert!(!play.screen().contains("never"), "{}", play.screen());
    play.keys("b").wait_for("Build image").await.wait_for("broken:1").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_build_goes_on_in_the_background_and_can_be_cancelled() {
    let folder = Folder::new("cancelled", GOOD);
    let mut play = form(Stage::new(120, 40), folder.path()).await;
    play.keys("<Tab><Tab>slow:1<C-s>").wait_for("▸ [1/3]").await.keys("<Esc>").gone("Building slow:1 on").await;
    play.keys(":jobs<Enter>").wait_for("docker build").await.wait_for("[2/3] RUN").await;
    play.keys("<Esc>").gone("docker build").await.keys("B").wait_for("Building slow:1 on").await;
    play.keys("x").wait_for("Not built: slow:1").await.wait_for("– [").await;
    play.keys("<Esc>").wait_for("Cancelled the build of slow:1").await;
    assert!(!play.screen().contains("slow  "), "{}", play.screen());
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn an_engine_that_is_lost_in_the_middle_is_told() {
    let folder = Folder::new("lost", GOOD);
    let stage = Stage::new(120, 40).fault(Fault::once("/build", What::CutStream { after: 160 }));
    let mut play = form(stage, folder.path()).await;
    play.keys("<Tab><Tab>lost:1<C-s>").wait_for("Not built: lost:1").await;
    play.wait_for("[1/3] FROM busybox").await.wait_for("✗ The connection to the engine broke").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_refusal_of_the_engine_is_told() {
    let folder = Folder::new("refused", GOOD);
    let message = "buildkit not supported by daemon".to_owned();
    let stage = Stage::new(120, 40).fault(Fault::once("/build", What::Status { code: 400, message, html: false }));
    let mut play = form(stage, folder.path()).await;
    play.keys("<C-s>")
        .wait_for("✗ buildkit not supported by daemon")
        .await
        .wait_for("│ Choose the classic builder")
        .await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn what_is_wrong_with_the_folder_is_told_before_anything_is_sent() {
    let folder = Folder::new("wrong", GOOD);
    folder.file(".dockerignore", "a\n[b\n");
    let mut play = form(Stage::new(120, 40), folder.path()).await;
    play.keys("<C-s>").wait_for("✗ .dockerignore: Line 2, “[b”: a bracket is not closed").await;
    assert!(play.served("/build").await.is_empty());
    fs::remove_file(folder.0.join("Dockerfile")).unwrap();
    play.keys("b").wait_for("Build image").await.wait_for("There is no Dockerfile in the folder").await;
    play.keys("<C-u>/nowhere/at/all").wait_for("There is no such folder on this machine").await;
    play.keys("<C-s>").settle().await;
    assert!(play.screen().contains("Build image") && play.served("/build").await.is_empty(), "{}", play.screen());
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn what_is_in_the_folder_is_offered() {
    let folder = Folder::new("offered", GOOD);
    let begun = folder.path().strip_suffix("ered").unwrap();
    let mut play = form(Stage::new(120, 40), begun).await;
    play.wait_for(&format!("{}/", folder.path())).await.keys("<C-n>").settle().await;
    play.keys("<Tab>").wait_for("docker/web.Dockerfile").await.keys("docker/w<C-n>").settle().await;
    play.keys("<Tab><Tab>").wait_for("first").await.wait_for("second").await.keys("third<C-s>");
    play.wait_for("The Dockerfile has no stage third").await;
    assert!(play.served("/build").await.is_empty());
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_folder_is_typed_in_the_palette() {
    let folder = Folder::new("palette", GOOD);
    let mut play = Stage::new(120, 40).listed().await;
    play.keys(":").paste(&format!("build {}", folder.path())).keys("<Enter>").wait_for("Build image").await;
    play.wait_for(&format!("docker build {}", folder.path()))
        .await
        .keys("<C-j>")
        .wait_for("POST /build?version=2")
        .await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn the_output_is_searched() {
    let folder = Folder::new("searched", "FROM busybox\nRUN echo first needle\nRUN echo hay\nRUN echo second Needle\n");
    let mut play = form(Stage::new(120, 40), folder.path()).await;
    play.keys("<Tab><Tab>app:1<C-s>").wait_for("✓ Built app:1").await;
    play.keys("/needle").wait_for("/ needle").await.keys("<Enter>").wait_for("rows with “needle”").await;
    play.keys("nnn").settle().await;
    play.keys("n").wait_for("no further row holds “needle”").await.keys("N").gone("no further").await;
    play.keys("/").keys("<C-u>zzz").wait_for("no row holds it").await.keys("<Esc>").wait_for("steps").await;
    play.keys("<Esc>").gone("Built app:1 on").await.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_dockerfile_from_elsewhere_is_taken_by_the_classic_builder() {
    let (folder, other) = (Folder::new("here", GOOD), Folder::new("there", "FROM busybox\nRUN echo from there\n"));
    let file = other.0.join("Dockerfile");
    let mut play = form(Stage::new(120, 40), folder.path()).await;
    play.keys("<Tab>/nowhere/Dockerfile").wait_for("There is no /nowhere/Dockerfile on this machine.").await;
    play.keys("<C-u>").paste(file.to_str().unwrap());
    play.keys("<Tab>app:1<C-s>")
        .wait_for("(classic)")
        .await
        .wait_for("from there")
        .await
        .wait_for("✓ Built app:1")
        .await;
    play.keys("<Esc>").gone("Built app:1 on").await.quit().await;
}

#[tokio::test(start_paused = true)]
async fn secrets_that_a_dockerfile_mounts_are_told_to_be_missing() {
    let folder = Folder::new("secrets", "FROM busybox\nRUN --mount=type=secret,id=x cat /run/secrets/x\n");
    let mut play = form(Stage::new(120, 40), folder.path()).await;
    play.wait_for("It mounts secrets or ssh keys").await.keys("<Esc>");
    play.quit().await;
}
