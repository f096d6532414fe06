//! Pictures of every screen, with their styles, at three sizes.

use crate::support::client;
use crate::support::lines::Folder;
use crate::support::stage::{Play, Stage};
use crate::support::styled::styled;
use dockerui_tui::demo::{Fault, What};
use std::time::Duration;

pub const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 50)];

/// Takes a picture of a story's end at each size.
pub async fn pictures(name: &str, story: impl AsyncFn(&mut Play)) {
    for (width, height) in SIZES {
        let mut play = settled(Stage::new(width, height)).await;
        story(&mut play).await;
        insta::assert_snapshot!(format!("{name}_{width}x{height}"), styled(&play.screen()));
        play.quit().await;
    }
}

/// Everything that comes at the start is there: the engine's facts, rates, the log.
pub async fn settled(stage: Stage) -> Play {
    let mut play = stage.listed().await;
    play.wait_for("API")
        .await
        .until("rates", |screen| screen.line_with("db ").contains('%'))
        .await
        .advance(Duration::from_secs(4))
        .await;
    play
}

#[tokio::test(start_paused = true)]
async fn containers() {
    pictures("containers", async |_| {}).await;
}

#[tokio::test(start_paused = true)]
async fn images() {
    pictures("images", async |play| {
        play.keys("2").wait_for("nginx").await.gone("Reading").await.settle().await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn volumes() {
    pictures("volumes", async |play| {
        play.keys("3").wait_for("shop_db-data").await.settle().await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn registries() {
    pictures("registries", async |play| {
        play.keys("7").wait_for("login needed").await.wait_for("● open").await.settle().await;
    })
    .await;
    pictures("registry_tags", async |play| {
        play.keys("7").wait_for("login needed").await.keys("/localhost<Enter>").gone("docker.io").await;
        play.keys("<Enter>").wait_for("shop/api").await.keys("<Enter>").wait_for("49M").await.settle().await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn networks() {
    pictures("networks", async |play| {
        play.keys("4").wait_for("monitoring_default").await.settle().await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn filter_and_marks() {
    pictures("filter_and_marks", async |play| {
        play.keys("/label=com.docker.compose.project=shop<Enter>jj<Space><Space>/").wait_for("2 marked").await;
        play.settle().await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn confirm_one() {
    pictures("confirm_one", async |play| {
        play.keys("D").wait_for("[ Remove ]").await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn confirm_many() {
    pictures("confirm_many", async |play| {
        play.keys("*s").wait_for("[ Stop ]").await.keys("<Up>").settle().await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn refused() {
    pictures("refused", async |play| {
        let what = What::Status { code: 409, message: "container is being used by a device".into(), html: false };
        play.engine().inject(Fault::always("DELETE /containers", what));
        play.keys("D").wait_for("[ Remove ]").await.keys("<Right><Enter>").wait_for("being used").await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn no_containers() {
    pictures("no_containers", async |play| {
        for container in client::get(play.engine(), "/containers/json?all=1").await.as_array().unwrap() {
            client::delete(play.engine(), &format!("/containers/{}?force=1", container["Id"].as_str().unwrap())).await;
        }
        play.wait_for("There are no containers").await.gone("cpu").await.settle().await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn lost() {
    pictures("lost", async |play| {
        play.engine().go_down();
        play.wait_for("lost 3 s").await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn help() {
    pictures("help", async |play| {
        play.keys("?").wait_for("Help").await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn request_log() {
    pictures("request_log", async |play| {
        play.keys("p").wait_for("Paused ").await.keys("<F12>c").wait_for("Changing requests 1").await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn palette() {
    pictures("palette", async |play| {
        play.keys(":re").wait_for("Restart").await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn copy_menu() {
    pictures("copy_menu", async |play| {
        play.keys("y").wait_for("docker exec").await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn messages() {
    pictures("messages", async |play| {
        let what = What::Status { code: 409, message: "container is not paused by a device".into(), html: false };
        play.keys("p").wait_for("Paused api").await.engine().inject(Fault::always("POST /", what));
        play.keys("p").wait_for("by a device").await.keys("<Esc>M").wait_for("Messages").await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn jobs() {
    pictures("jobs", async |play| {
        play.engine().inject(Fault::always("POST /", What::Delay(Duration::from_secs(30))));
        play.keys("/redis<Enter>s").wait_for("[ Stop ]").await.keys("<Right><Enter>").wait_for("stopping").await;
        play.advance(Duration::from_secs(3)).await.keys("J").wait_for("Stopping cache").await.settle().await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn create() {
    pictures("create", async |play| {
        play.keys("c").wait_for("Create container").await;
        play.keys("redis:7-alpine<Tab>web/1<Tab>").wait_for("docker run").await.settle().await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn create_another() {
    pictures("create_another", async |play| {
        play.keys("/web<Enter>C").wait_for("Create another").await.wait_for("8080").await.settle().await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn update() {
    pictures("update", async |play| {
        play.keys("u").wait_for("Update limits").await.keys("<C-u>1").settle().await;
    })
    .await;
}

/// Each tab of the detail pane, with the whole screen below a chosen row.
pub async fn tab(name: &str, row: &str, keys: &str, shows: &str) {
    pictures(name, async |play| {
        play.keys(&format!("/{row}<Enter>")).wait_for("filter: ").await.keys(keys).wait_for(shows).await;
        play.advance(Duration::from_secs(4)).await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn top() {
    tab("top", "web", "t", "nginx: worker").await;
}

#[tokio::test(start_paused = true)]
async fn inspect() {
    tab("inspect", "web", "i", "State").await;
}

#[tokio::test(start_paused = true)]
async fn env() {
    tab("env", "payments", "]]]]", "PATH").await;
}

#[tokio::test(start_paused = true)]
async fn changes() {
    tab("changes", "web", "]]]]]", "/var").await;
}

#[tokio::test(start_paused = true)]
async fn connecting() {
    for (width, height) in SIZES {
        let mut play = Stage::new(width, height).fault(Fault::always("", What::Hang)).open();
        play.wait_for("connecting 5 s").await;
        insta::assert_snapshot!(format!("connecting_{width}x{height}"), styled(&play.screen()));
        play.quit().await;
    }
}

#[tokio::test(start_paused = true)]
async fn themes() {
    for theme in ["light", "ansi", "mono"] {
        let mut play = settled(Stage::new(80, 24).theme(theme)).await;
        play.keys("j<Space>").wait_for("1 marked").await.wait_for("following · 1").await;
        insta::assert_snapshot!(format!("theme_{theme}"), styled(&play.screen()));
        play.quit().await;
    }
}

/// Three hosts and what they are doing: one is away, one nobody asked for.
async fn fleet_pictures(name: &str, story: impl AsyncFn(&mut Play)) {
    for (width, height) in SIZES {
        let mut play = settled(crate::fleet::stage(width, height)).await;
        story(&mut play).await;
        insta::assert_snapshot!(format!("{name}_{width}x{height}"), without_chance(&play));
        play.quit().await;
    }
}

/// The screen but for when a host that never answered is tried again, or whether it is right now: that is up to chance.
fn without_chance(play: &Play) -> String {
    const BEFORE: &str = "no answer, ";
    let mut screen = play.screen();
    for y in 0..screen.buffer.area.height {
        // No wide characters stand on these lines: a letter is a column.
        let line = screen.line(y);
        let Some((before, after)) = line.split_once(BEFORE) else { continue };
        if ["retry ", "trying"].iter().any(|word| after.starts_with(word)) {
            let x = (before.chars().count() + BEFORE.len()) as u16;
            let style = screen.buffer[(x, y)].style();
            screen.buffer.set_string(x, y, "retry ## s", style);
        }
    }
    styled(&screen)
}

#[tokio::test(start_paused = true)]
async fn hosts_view() {
    fleet_pictures("hosts_view", async |play| {
        play.keys("0").wait_for("eu ro").await.until("figures", |screen| screen.line_with("eu ro").contains('%')).await;
        play.keys("j").until("eu", |screen| screen.selected().contains("eu ro")).await;
        play.advance(Duration::from_secs(10)).await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn all_hosts() {
    fleet_pictures("all_hosts", async |play| {
        play.keys("@").wait_for("All containers 53").await;
        play.advance(Duration::from_secs(10)).await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn host_picker() {
    fleet_pictures("host_picker", async |play| {
        play.keys("H").wait_for("show it").await.until("eu", |screen| screen.line_with("eu ").contains("live")).await;
        play.advance(Duration::from_secs(10)).await;
    })
    .await;
}

const SAVED: &str = "default_host = \"lab\"\n[[hosts]]\nname = \"lab\"\nurl = \"tcp://127.0.0.1:1\"\ncolor = \"green\"\n\
    tls = { ca = \"/nowhere/ca.pem\" }\n[[hosts]]\nname = \"nas\"\nurl = \"unix:///nowhere/docker.sock\"\n";

/// The Hosts view with hosts that are saved, the cursor on one. The others are really looked for, which takes a real time that the
/// paused clock does not know: the figures are kept as they are, or the next round of them might come before the picture.
async fn saved_pictures(name: &str, host: &str, story: impl AsyncFn(&mut Play)) {
    for (width, height) in SIZES {
        let folder = Folder::new();
        std::fs::write(folder.0.join("config.toml"), SAVED).unwrap();
        let mut play = settled(Stage::new(width, height).saved_in(folder.0.join("config.toml"))).await;
        play.engine().inject(Fault::always("/stats", What::Hang));
        play.keys(&format!("0/{host}<Enter>")).until(host, |screen| screen.selected_name() == host).await;
        play.until("an answer", |screen| ["live", "retry"].iter().any(|word| screen.selected().contains(word))).await;
        story(&mut play).await;
        play.settle().await;
        insta::assert_snapshot!(format!("{name}_{width}x{height}"), without_chance(&play));
        play.quit().await;
    }
}

#[tokio::test(start_paused = true)]
async fn host_add() {
    saved_pictures("host_add", "nas", async |play| {
        play.keys("c").wait_for("Add a host").await.keys("web<Tab>ssh://me@web").wait_for("url = ").await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn host_edit() {
    saved_pictures("host_edit", "lab", async |play| {
        play.keys("e").wait_for("Edit host lab").await.wait_for("there is no such file").await;
        play.keys("<Tab><Tab><Tab>").settle().await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn host_test() {
    saved_pictures("host_test", "demo", async |play| {
        play.keys("T").wait_for("It works.").await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn host_test_failed() {
    saved_pictures("host_test_failed", "nas", async |play| {
        play.keys("T").wait_for("It does not work yet.").await;
    })
    .await;
}
