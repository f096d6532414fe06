//! Pictures of the forms that make things, and of the tabs that are about other things, at three sizes.

use crate::screens::{SIZES, pictures, settled};
use crate::support::stage::{Play, Stage};
use crate::support::styled::styled;

/// A form of a view, with something typed in it.
async fn form(name: &str, view: &str, keys: &str, shows: &str) {
    pictures(name, async |play| {
        play.keys(view).settle().await.keys(keys).wait_for(shows).await.settle().await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn volumes_and_networks() {
    form("volume_create", "3", "cdata<Tab>", "docker volume create").await;
    form("volume_clone", "3", "C", "Clone").await;
    form("network_create", "4", "cfront<Tab>", "docker network create").await;
    form("network_connect", "4/monitoring<Enter>", "o", "onnect").await;
}

#[tokio::test(start_paused = true)]
async fn build() {
    let process = format!("{:010}", std::process::id());
    let folder = std::env::temp_dir().join(format!("dockerui-form-{process}"));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("Dockerfile"), "ARG LEVEL=1\nFROM busybox AS first\nFROM first AS second\n").unwrap();
    for (width, height) in SIZES {
        let mut play = settled(Stage::new(width, height)).await;
        play.keys("2").wait_for("nginx").await.keys("b").wait_for("Build image").await;
        play.keys("<C-u>").paste(folder.to_str().unwrap());
        play.keys("<Tab><Tab>app:1<Tab>").wait_for("docker build --tag app:1").await.settle().await;
        let picture = styled(&play.screen()).replace(&process, "0000000000");
        insta::assert_snapshot!(format!("build_form_{width}x{height}"), picture);
        play.quit().await;
    }
    drop(std::fs::remove_dir_all(&folder));
}

/// A tab of what is selected, opened by keys.
async fn tab(name: &str, keys: &[&str], shows: &str) {
    pictures(name, async |play: &mut Play| {
        for keys in keys {
            play.keys(keys).settle().await;
        }
        play.wait_for(shows).await.gone("Reading").await.settle().await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn files() {
    pictures("files", async |play| {
        play.keys("/web<Enter>").wait_for("╭ web ─ Logs").await.keys("f").wait_for("10 entries").await;
        play.keys("j<Enter>").wait_for("mtab").await.settle().await;
    })
    .await;
    tab("volume_files", &["3/shop_static<Enter>", "f"], "shop_static").await;
}

#[tokio::test(start_paused = true)]
async fn links() {
    tab("links", &["/web<Enter>", "<Tab>["], "network   shop_default").await;
    tab("members", &["4/shop_default<Enter>"], "running members").await;
}

#[tokio::test(start_paused = true)]
async fn room_on_the_disk() {
    tab("disk_items", &["9", "<Tab>]"], "SHARED").await;
}
