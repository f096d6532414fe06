//! None, ten thousand containers, and ten thousand images.

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

#[tokio::test(start_paused = true)]
async fn ten_thousand_images_are_listed_moved_through_filtered_and_sorted() {
    let mut stage = Stage::new(120, 40);
    stage.demo.images = 10_000;
    let mut play = stage.listed().await;
    play.keys("2").wait_for("Images 100").await.wait_for("▸ alpine").await;
    play.keys("/app-10000<Enter>").wait_for("▸ registry.example.com/made/app-10000").await.keys("<Esc>");
    play.keys("/app-0777<Enter>").wait_for("Images 10 ─").await.keys("*").wait_for("10 marked").await;
    play.keys("<Esc><Esc>").wait_for("Images 100").await.keys("G<PgUp>g").wait_for("▸ alpine").await;
    play.keys(">").wait_for("sort: tag").await.keys(">>").wait_for("sort: size").await.keys("O");
    play.keys("/is=dangling<Enter>").wait_for("Images 2 ─").await.keys("<Esc>").wait_for("Images 100").await;
    // All of them in one question: it is asked, and told of in one sentence.
    play.keys("/made/<Enter>*").wait_for("10000 marked").await.keys("D").wait_for("Remove 10000 images").await;
    play.wait_for("In all: 10,000 images are deleted").await.keys("<Esc>").gone("In all").await;
    let asked = play.served("/history").await.len();
    assert!(asked < 20, "only the first are asked about: {asked}");
    play.quit().await;
}
