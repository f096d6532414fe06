//! A log from then until then.

use crate::support::client;
use crate::support::stage::Stage;
use std::time::Duration;

#[tokio::test(start_paused = true)]
async fn a_part_of_the_log_is_read_by_form() {
    let mut play = Stage::new(120, 60).living().listed().await;
    let labels = serde_json::json!({ "demo.profile": "web", "demo.lines-per-second": "1" });
    client::run(play.engine(), "ticks", serde_json::json!({ "Image": "alpine:3.20", "Labels": labels })).await;
    play.advance(Duration::from_secs(300)).await;
    play.keys("/ticks<Enter>").wait_for("╭ ticks ─ Logs").await.keys("lz").wait_for("following").await;
    play.keys("T").wait_for("Log of ticks from").await.keys("soon").wait_for("This must be a time").await;
    play.keys("<C-u>2m<Tab>3m<C-s>").wait_for("This is before the beginning").await;
    play.keys("<C-u>1m<C-s>").gone("Log of ticks from").await;
    play.wait_for("read · since 00:2").await.wait_for(" until 00:3").await.keys("t").settle().await;
    let times: Vec<String> =
        play.screen().lines().iter().filter_map(|line| Some(line.get(3..11)?.to_owned())).collect();
    let times: Vec<&String> = times.iter().filter(|time| time.starts_with("00:")).collect();
    assert!(times.len() > 20 && times.is_sorted(), "{}", play.screen());
    // Nothing is followed, whatever is printed or started.
    let before = play.screen().lines();
    client::post(play.engine(), "/containers/ticks/restart").await;
    play.advance(Duration::from_secs(30)).await;
    assert_eq!(play.screen().lines()[3..50], before[3..50]);
    play.keys("T").wait_for("Draft restored").await.keys("<C-u><C-s>").wait_for("since 00:").await;
    play.wait_for("following").await.gone("until").await.keys("3").wait_for("last 15m").await.quit().await;
}
