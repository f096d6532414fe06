//! Pictures of what belongs to the log: its forms, its marks, its ways to show lines.

use crate::log_files::numbered;
use crate::log_json::json;
use crate::screens::{pictures, settled};
use crate::support::client;
use crate::support::stage::{Play, Stage};
use crate::support::styled::styled;
use dockerui_tui::config::Layer;
use dockerui_tui::demo::Line;
use std::path::Path;
use std::time::Duration;

#[tokio::test(start_paused = true)]
async fn save_log() {
    pictures("save_log", async |play| {
        play.keys("/web<Enter>l<C-s>").wait_for("Save the log of web").await.keys("<Tab>").settle().await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn marked_lines() {
    pictures("marked_lines", async |play| {
        play.keys("/web<Enter>lz").wait_for("GET /cart").await.keys("kk ").wait_for("marked").await;
        play.keys("kkkkvkkk").wait_for("marked").await.settle().await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn highlighted_lines() {
    let rules = "[[logs.highlight]]\npattern = \"GET [^ ]+\"\ncolor = \"#58B5FF\"\nbold = true\n\
        [[logs.highlight]]\npattern = \" (4|5)\\\\d\\\\d \"\nline = true\nbackground = \"52\"\n";
    let layer = Layer::parse(Path::new("config.toml"), rules).unwrap();
    let stage = Stage::new(120, 40).settings(|settings| *settings = settings.clone().with(layer));
    let mut play = settled(stage).await;
    play.keys("/web<Enter>lz").wait_for("GET /cart").await.settle().await;
    insta::assert_snapshot!("highlighted_lines", styled(&play.screen()));
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn json_lines() {
    for (name, keys) in [("json_formatted", "J"), ("json_fields", "JJ"), ("json_choice", ",")] {
        pictures(name, async |play| {
            json(play).await;
            play.keys(keys).wait_for("JSON f").await.settle().await;
        })
        .await;
    }
}

const SMALL: [(u16, u16); 2] = [(80, 24), (120, 40)];

/// Takes a picture at each size of a search through logs of which little is loaded.
async fn searched(name: &str, story: impl AsyncFn(&mut Play)) {
    for (width, height) in SMALL {
        let stage = Stage::new(width, height).settings(|settings| settings.logs.memory = "512KiB".parse().unwrap());
        let mut play = settled(stage.settings(|settings| settings.logs.tail = 200).living()).await;
        story(&mut play).await;
        insta::assert_snapshot!(format!("{name}_{width}x{height}"), styled(&play.screen()));
        play.quit().await;
    }
}

const SOUGHT: &str = "//[05]077$/<Enter>";

fn lay_far(play: &Play) {
    play.engine().lay_line(Line { round_trip: Duration::from_secs(4), ..Line::default() });
}

#[tokio::test(start_paused = true)]
async fn log_searched() {
    searched("log_searching", async |play| {
        numbered(play, 30_000).await;
        lay_far(play);
        play.keys(SOUGHT).wait_for("searching all").await;
    })
    .await;
    searched("log_hits", async |play| {
        numbered(play, 30_000).await;
        play.keys(SOUGHT)
            .wait_for("5/5 hits")
            .await
            .keys("N")
            .wait_for("4/5 hits")
            .await
            .gone("reading")
            .await
            .settle()
            .await;
    })
    .await;
    searched("log_no_hit", async |play| {
        numbered(play, 30_000).await;
        play.keys("/no such line<Enter>").wait_for("0 hits").await.gone("searching all").await.settle().await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn log_sifted() {
    searched("log_sifting", async |play| {
        numbered(play, 30_000).await;
        play.keys(SOUGHT).wait_for("5/5 hits").await;
        lay_far(play);
        play.keys("&").wait_for("0 lines looked through").await;
    })
    .await;
    searched("log_sifted", async |play| {
        numbered(play, 30_000).await;
        play.keys(SOUGHT).wait_for("5/5 hits").await.keys("&").wait_for("matching lines").await;
        play.gone("looked through").await.settle().await;
    })
    .await;
    searched("log_sifted_around", async |play| {
        numbered(play, 30_000).await;
        play.keys(SOUGHT).wait_for("5/5 hits").await.keys("&&").wait_for("matching lines ±2").await;
        play.gone("looked through").await.keys("NN").settle().await;
    })
    .await;
    searched("log_no_match", async |play| {
        numbered(play, 30_000).await;
        play.keys("/no such line<Enter>").wait_for("0 hits").await.keys("&").wait_for("No line of this log").await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn merged_logs() {
    for (name, keys, expected) in [
        ("together_hits", "", "8/8 hits"),
        ("together_sifted", "&", "matching lines"),
        ("together_times", "tt", "8/8 hits"),
    ] {
        searched(name, async |play| {
            pair(play).await;
            play.keys("//077$/<Enter>").wait_for("8/8 hits").await.keys(keys).wait_for(expected).await;
            play.gone("looked through").await.gone("reading").await.settle().await;
        })
        .await;
    }
}

/// Two logs of numbered lines as one.
async fn pair(play: &mut Play) {
    for (name, pause) in [("one", 0), ("two", 5)] {
        play.advance(Duration::from_secs(pause)).await;
        let labels = serde_json::json!({
            "demo.profile": "web", "demo.numbered-lines": "5000", "demo.lines-per-second": "0",
            "com.docker.compose.project": "pair",
        });
        client::run(play.engine(), name, serde_json::json!({ "Image": "alpine:3.20", "Labels": labels })).await;
    }
    play.keys("/project=pair<Enter>").wait_for("Containers 2").await.keys("*").wait_for("2 marked").await.keys("lz");
    play.wait_for("╭ one, two ─ Logs").await.wait_for("following").await.wait_for("line 5000").await;
}

#[tokio::test(start_paused = true)]
async fn log_range() {
    pictures("log_range", async |play| {
        play.keys("/web<Enter>lT").wait_for("Log of web from").await.keys("yesterday 14:30<Tab>noon").settle().await;
    })
    .await;
}
