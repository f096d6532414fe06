//! What the charts of stats look like: a screen for each of what they tell.

use crate::screens::{pictures, tab};
use crate::support::client;
use std::time::Duration;

#[tokio::test(start_paused = true)]
async fn stats() {
    tab("stats", "web", "m", "Processes").await;
}

#[tokio::test(start_paused = true)]
async fn stats_at_a_moment() {
    pictures("stats_cursor", async |play| {
        play.keys("/web<Enter>").wait_for("filter: ").await.keys("m").wait_for("Processes").await;
        client::post(play.engine(), "/containers/web/kill?signal=KILL").await;
        play.wait_for("it does not run any more").await.advance(Duration::from_secs(5)).await;
        client::post(play.engine(), "/containers/web/start").await;
        play.wait_for("▲").await.advance(Duration::from_secs(20)).await.keys("<Left><PgUp>").settle().await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn stats_compared() {
    pictures("stats_compared", async |play| {
        play.keys("/db<Enter><Space>/<C-u>web<Enter><Space>/<C-u>api<Enter><Space>m").wait_for("compared").await;
        play.advance(Duration::from_secs(30)).await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn stats_above_a_threshold() {
    pictures("stats_threshold", async |play| {
        let limits = serde_json::json!({ "Image": "postgres:16", "HostConfig": { "Memory": 64 << 20 } });
        client::run(play.engine(), "hungry", limits).await;
        play.wait_for("hungry: memory at").await.keys("/hungry<Enter>m").wait_for("of 8 cores").await;
        play.keys("jz<Enter>").wait_for("▸Memory").await.gone("hungry: memory at").await;
        play.advance(Duration::from_secs(20)).await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn overview() {
    pictures("overview", async |play| {
        play.keys("o").wait_for("containers run").await.advance(Duration::from_secs(40)).await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn overview_at_a_moment() {
    pictures("overview_cursor", async |play| {
        play.keys("o").wait_for("containers run").await.advance(Duration::from_secs(40)).await;
        client::post(play.engine(), "/containers/web/restart").await;
        play.wait_for("▼")
            .await
            .advance(Duration::from_secs(15))
            .await
            .keys("<Left><Left><Left>")
            .wait_for("· -")
            .await;
    })
    .await;
}
