//! Pictures of the screens about the engine itself: system, plugins, events, the API console, the audit log.

use crate::screens::{SIZES, pictures, settled};
use crate::support::client;
use crate::support::stage::Stage;
use crate::support::styled::styled;
use std::time::Duration;

#[tokio::test(start_paused = true)]
async fn system() {
    pictures("system", async |play| {
        play.keys("9").wait_for("RECLAIM").await.wait_for("Kernel").await.settle().await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn clearing() {
    pictures("clearing", async |play| {
        play.keys("9").wait_for("RECLAIM").await.keys("P").wait_for("containers that do not run").await.settle().await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn plugins() {
    pictures("plugins", async |play| {
        play.keys("9").wait_for("RECLAIM").await.keys("<Tab>]]").wait_for("vieux/sshfs").await.settle().await;
    })
    .await;
    pictures("plugin_wants", async |play| {
        play.keys("9").wait_for("RECLAIM").await.keys("cteam/logs<C-s>").wait_for("CAP_SYS_ADMIN").await.settle().await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn events() {
    pictures("events", async |play| {
        for act in ["/containers/web/pause", "/containers/web/unpause", "/containers/db/kill?signal=KILL"] {
            client::post(play.engine(), act).await;
            play.advance(Duration::from_secs(2)).await;
        }
        play.keys("8").wait_for("unpause").await.wait_for("die").await.gone("Reading").await.settle().await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn api_console() {
    pictures("api_offers", async |play| {
        play.keys(":api /containers/<Enter>").wait_for("List containers").await.settle().await;
    })
    .await;
    pictures("api_answer", async |play| {
        play.keys(":api POST /volumes/create<Enter><Tab>{\"Name\": \"made\"}<C-s>").wait_for("201 Created").await;
        play.settle().await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn audit() {
    let process = format!("{:010}", std::process::id());
    let folder = std::env::temp_dir().join(format!("dockerui-pictures-{process}"));
    for (width, height) in SIZES {
        drop(std::fs::remove_dir_all(&folder));
        let mut play = settled(Stage::new(width, height).audited(folder.join("audit.log"))).await;
        play.keys("p").wait_for("Paused api").await.keys("p").wait_for("Unpaused api").await;
        play.keys(":audit<Enter>").wait_for("Changing calls 2").await.settle().await;
        let picture = styled(&play.screen()).replace(&process, "0000000000");
        insta::assert_snapshot!(format!("audit_{width}x{height}"), picture);
        play.quit().await;
    }
    drop(std::fs::remove_dir_all(&folder));
}
