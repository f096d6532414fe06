//! Volumes and networks: created, measured, cloned, pruned, connected and disconnected.

use crate::support::client;
use crate::support::stage::Stage;
use dockerui_tui::demo::{Fault, What};
use serde_json::json;

#[tokio::test(start_paused = true)]
async fn a_volume_is_created_from_what_was_typed() {
    let mut play = Stage::new(120, 40).listed().await;
    play.keys("3").wait_for("shop_db-data").await.keys("c").wait_for("Create volume on demo").await;
    play.keys("old_uploads").wait_for("There is one called old_uploads already").await;
    play.keys("<C-u>fresh<Tab><Tab>type=tmpfs<Tab>tier=db");
    play.wait_for("docker volume create --opt 'type=tmpfs' --label 'tier=db' fresh").await;
    play.keys("<C-s>").gone("Create volume").await.wait_for("Created fresh").await;
    play.until("the cursor on it", |screen| screen.selected_name() == "fresh").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn sizes_are_measured_only_when_asked_for() {
    let mut play = Stage::new(120, 40).listed().await;
    play.keys("3").wait_for("shop_db-data").await.settle().await;
    assert!(play.served("/system/df").await.is_empty());
    play.keys("s").wait_for("Measured the volumes").await;
    assert!(play.screen().line_with("shop_db-data").contains("1.8G"), "{}", play.screen());
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_prune_tells_before_what_it_takes_and_frees() {
    let mut play = Stage::new(120, 40).listed().await;
    play.keys("3").wait_for("shop_db-data").await.keys("P").wait_for("Prune anonymous volumes on demo?").await;
    play.wait_for("1 volume would go, which frees 12.0 MiB: 3e1f0c9a8b7d (12.0 MiB).").await;
    // Named ones as well.
    play.keys("<Tab><Tab><Space>")
        .wait_for("docker volume prune --all")
        .await
        .wait_for("old_uploads (412.0 MiB)")
        .await;
    play.keys("<Tab>com.docker.compose.project=old")
        .wait_for("1 volume would go, which frees 412.0 MiB: old_uploads")
        .await;
    play.keys("<Tab><Tab><Enter>")
        .wait_for("Pruned 1 unused volume, which freed 412.0 MiB")
        .await
        .gone("old_uploads ")
        .await;
    play.wait_for("3e1f0c9a8b7d").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_prune_goes_on_where_nothing_can_be_measured() {
    let refuse = || What::Status { code: 403, message: "Forbidden".into(), html: true };
    let mut play = Stage::new(120, 40).fault(Fault::always("/system/df", refuse())).listed().await;
    play.keys("3").wait_for("shop_db-data").await.keys("P").wait_for("1 volume would go: 3e1f0c9a8b7d.").await;
    play.wait_for("How much that frees is not known").await.keys("<Esc>");
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_clone_holds_what_the_volume_holds_and_leaves_no_helper() {
    let mut play = Stage::new(120, 40).listed().await;
    play.keys("3").wait_for("shop_db-data").await.keys("/old_<Enter>").wait_for("╭ old_uploads ─").await;
    play.keys("C").wait_for("Clone old_uploads on demo").await.keys("copy").wait_for("cp -a /from/. /to").await;
    play.keys("<C-s>").wait_for("Cloned old_uploads into copy").await;
    play.keys("<Esc><Esc>").wait_for("copy ").await.settle().await;
    let removed = play.served("?force=1").await;
    assert_eq!(removed.len(), 2, "{removed:?}");
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_clone_that_fails_leaves_nothing_behind() {
    let broken = || What::Status { code: 500, message: "no space left on device".into(), html: false };
    let mut play = Stage::new(120, 40).fault(Fault::always("archive?path=%2Fvolume", broken())).listed().await;
    play.keys("3").wait_for("shop_db-data").await.keys("C").wait_for("New volume").await.keys("copy<C-s>");
    play.wait_for("no space left on").await.settle().await;
    let volumes = client::get(play.engine(), "/volumes").await;
    assert!(!volumes.to_string().contains("copy"), "{volumes}");
    let containers = client::get(play.engine(), "/containers/json?all=1").await;
    assert!(!containers.to_string().contains("dockerui.volume-of"), "{containers}");
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_network_is_checked_as_it_is_typed() {
    let mut play = Stage::new(120, 40).listed().await;
    play.keys("4").wait_for("shop_default").await.keys("c").wait_for("Create network on demo").await;
    play.keys("back<Tab><Tab>10.5.0.0/16 gateway 10.6.0.1")
        .wait_for("The gateway 10.6.0.1 is not within 10.5.0.0/16.")
        .await;
    play.keys("<C-u>172.18.5.0/24").wait_for("overlaps with shop_default (172.18.0.0/16)").await;
    play.keys("<C-s>").wait_for("Pool overlaps with other one").await;
    play.keys("<C-u>10.5.0.0/16 gateway 10.5.0.1 range 10.5.8.0/24<Enter>fd00:5::/64").wait_for("turn IPv6 on").await;
    play.keys("<Tab><Space><Tab><Tab><Space>");
    play.wait_for("10.5.8.0/24 --internal --ipv6 back").await;
    play.keys("<C-s>").gone("Create network").await.wait_for("Created back").await;
    play.until("the cursor on it", |screen| screen.selected_name() == "back").await;
    assert!(play.screen().line_with("back ").contains("10.5.0.0/16 fd00:5::/64"), "{}", play.screen());
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_container_is_connected_with_a_fixed_address_and_disconnected() {
    let mut play = Stage::new(120, 40).listed().await;
    play.keys("4").wait_for("shop_default").await.keys("/shop<Enter>").wait_for("5 running members").await;
    play.keys("o").wait_for("Connect a container to shop_default").await.keys("pay<Down>").wait_for("payments").await;
    play.keys("<Tab>money<Tab>10.0.0.9")
        .wait_for("10.0.0.9 is not within shop_default, which has 172.18.0.0/16.")
        .await;
    play.keys("<C-u>172.18.0.77")
        .wait_for("network connect --alias money --ip 172.18.0.77 shop_default payments")
        .await;
    play.keys("<C-s>").wait_for("Connected payments to shop_default").await.wait_for("172.18.0.77/16").await;
    // The second one cannot have the same address.
    play.keys("o").wait_for("Connect a container").await.keys("mailer<Tab><Tab>172.18.0.77<C-s>");
    play.wait_for("Address already in use").await.keys("<Esc>").gone("Connect a container").await;
    // Among several the one that is meant is chosen first.
    play.keys("<Esc>d").wait_for("Choose the container that is to leave").await;
    play.keys("/payments<Enter>d").wait_for("Disconnect payments from shop_default on demo?").await;
    play.keys("<Right><Enter>").wait_for("Disconnected payments from shop_default").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn unused_networks_are_pruned_after_they_were_shown() {
    let mut play = Stage::new(80, 24).listed().await;
    client::act(play.engine(), "POST", "/networks/create", json!({ "Name": "idle", "Labels": { "tier": "x" } })).await;
    play.keys("4").wait_for("idle").await.keys("P").wait_for("2 networks would go: old_default, idle.").await;
    play.keys("<Tab><Tab>tier=x").wait_for("1 network would go: idle.").await;
    play.keys("<Tab><Tab><Enter>").wait_for("Pruned 1 unused network").await.wait_for("old_default").await;
    play.quit().await;
}
