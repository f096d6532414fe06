//! Pictures of what belongs to the log: its forms, its marks, its ways to show lines.

use crate::log_json::json;
use crate::screens::{pictures, settled};
use crate::support::stage::Stage;
use crate::support::styled::styled;
use dockerui_tui::config::Layer;
use std::path::Path;

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

#[tokio::test(start_paused = true)]
async fn log_range() {
    pictures("log_range", async |play| {
        play.keys("/web<Enter>lT").wait_for("Log of web from").await.keys("yesterday 14:30<Tab>noon").settle().await;
    })
    .await;
}
