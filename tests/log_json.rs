//! Lines that are JSON, formatted and as fields.

use crate::support::client;
use crate::support::stage::{Play, Stage};

const LINES: &str = r#"plain before
{"ts":"2024-12-24T00:26:40Z","level":"error","msg":"no room","disk":{"free":0,"path":"/var"}}
{"ts":"2024-12-24T00:26:41Z","level":"info","msg":"tick\u001b[2J","n":1}
plain behind"#;

pub async fn json(play: &mut Play) {
    let labels = serde_json::json!({ "demo.profile": "web", "demo.lines": LINES, "demo.lines-per-second": "0" });
    client::run(play.engine(), "json", serde_json::json!({ "Image": "alpine:3.20", "Labels": labels })).await;
    play.keys("/json<Enter>").wait_for("╭ json ─ Logs").await.keys("lz").wait_for("plain behind").await;
}

#[tokio::test(start_paused = true)]
async fn json_lines_are_formatted_or_shown_as_fields() {
    let mut play = Stage::new(120, 40).living().listed().await;
    json(&mut play).await;
    play.wait_for("│{\"ts\":\"2024-12-24T00:26:40Z\"").await.keys("J").wait_for("JSON formatted").await;
    play.wait_for("│  \"disk\": {").await.wait_for("│    \"free\": 0,").await.wait_for("│plain before").await;
    play.keys("/free<Enter>").wait_for("1 hit").await.keys("<Esc>J").wait_for("JSON fields").await;
    play.wait_for("│2024-12-24T00:26:40Z error no room disk.free=0 disk.path=/var").await;
    play.wait_for("│2024-12-24T00:26:41Z info tick n=1").await;
    // Only the message and one more, from now on and in the next log too.
    play.keys(",")
        .wait_for("Fields of JSON lines")
        .await
        .wait_for("[x] all others")
        .await
        .wait_for("[ ] disk.free")
        .await;
    play.keys(" jjj ").wait_for("[ ] all others").await.keys("<Esc>").gone("Fields of").await;
    play.wait_for("│error no room").await.wait_for("plain behind").await.keys("J").gone("JSON").await.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_search_finds_what_is_shown_and_what_was_written() {
    let mut play = Stage::new(120, 40).living().listed().await;
    json(&mut play).await;
    play.keys("/disk.free=0<Enter>").wait_for("0 hits").await;
    play.keys("JJ").wait_for("JSON fields").await.wait_for("1 hit").await.keys("n").wait_for("1/1 hits").await;
    play.keys("/\"free\":0<Enter>").wait_for("1/1 hits").await;
    // What is shown no more does not match any more.
    play.keys("/no room disk<Enter>").wait_for("1/1 hits").await.keys("J").wait_for("0 hits").await.quit().await;
}
