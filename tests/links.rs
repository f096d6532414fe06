//! What things have to do with each other: the Links tab of every view, the members of a network, there and back.

use crate::support::stage::Stage;

#[tokio::test(start_paused = true)]
async fn from_a_container_to_its_network_and_back() {
    let mut play = Stage::new(120, 40).listed().await;
    play.keys("/web<Enter>").wait_for("╭ web ─ Logs").await;
    play.keys("<Tab>[").wait_for("image     nginx:1.27-alpine").await.wait_for("volume    shop_static").await;
    play.wait_for("project   shop").await.wait_for("container db").await;
    // The network's own id is asked for as soon as the links are on screen.
    play.keys("jj").wait_for("network   shop_default").await.settle().await;
    play.keys("<Enter>").wait_for("╭ shop_default ─ Members · Inspect · Links").await;
    assert_eq!(play.screen().selected_name(), "shop_default");
    play.wait_for("5 running members").await.wait_for("172.18.0.2/16").await;
    // A member is a way on.
    play.keys("<Tab>").wait_for("Enter follow").await.keys("<Enter>").wait_for("╭ api ─").await;
    play.keys("<Backspace>").wait_for("╭ shop_default ─ Members").await;
    play.keys("qq").wait_for("╭ web ─ Logs").await.wait_for("network   shop_default").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn what_is_used_by_nobody_says_so() {
    let mut play = Stage::new(80, 24).listed().await;
    play.keys("3").wait_for("old_uploads").await.keys("/old_<Enter>").wait_for("╭ old_uploads ─").await;
    play.keys("<Tab>[").wait_for("project   old").await.wait_for("0 containers").await;
    play.keys("2").wait_for("REPOSITORY").await;
    play.quit().await;
}
