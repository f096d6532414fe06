//! None, and ten thousand containers.

use crate::support::client;
use crate::support::stage::Stage;

#[tokio::test(start_paused = true)]
async fn no_containers_at_all_says_what_to_do_next() {
    let mut play = Stage::new(80, 24).listed().await;
    for container in client::get(play.engine(), "/containers/json?all=1").await.as_array().unwrap() {
        client::delete(play.engine(), &format!("/containers/{}?force=1", container["Id"].as_str().unwrap())).await;
    }
    play.wait_for("There are no containers on demo.").await.wait_for("0 up").await;
    // Every key of a list without rows is harmless.
    play.keys("jkgG<PgDn><PgUp> v*><lt>O<Enter><Esc>sSrpDltmi<Esc>/x<Enter><Esc>").settle().await;
    client::run(play.engine(), "first", serde_json::json!({ "Image": "redis:7-alpine" })).await;
    play.wait_for("▸ first").await.quit().await;
}

#[tokio::test(start_paused = true)]
async fn ten_thousand_containers_are_listed_moved_through_filtered_and_sorted() {
    let mut play = Stage::new(120, 40).containers(10_000).listed().await;
    play.wait_for("Containers 10000 ─").await.keys("G").wait_for("▸ demo-10000").await;
    play.keys("<PgUp><PgUp>").until("two pages up", |screen| screen.selected_name().as_str() < "demo-09990").await;
    play.keys("g").wait_for("▸ demo-00001").await;
    play.keys("/demo-0777").wait_for("Containers 10 ─").await.keys("<Enter>*").wait_for("10 marked").await;
    play.keys("<Esc><Esc>").wait_for("Containers 10000 ─").await;
    play.keys(">").wait_for("sort: state").await.keys(">>").wait_for("sort: cpu").await;
    let served = play.served("/stats").await.len();
    assert!(served < 200, "only what is on screen is sampled: {served}");
    play.quit().await;
}
