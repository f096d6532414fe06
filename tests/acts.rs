//! Acts on containers: one, several, refused, and what the engine says afterwards.

use crate::support::client;
use crate::support::stage::Stage;
use dockerui_tui::demo::{Fault, What};
use std::time::Duration;

#[tokio::test(start_paused = true)]
async fn a_stop_is_asked_for_with_cancel_focused_and_told_when_done() {
    let mut play = Stage::new(120, 40).listed().await;
    play.keys("/web<Enter>").wait_for("filter: web").await;
    assert_eq!(play.screen().selected_name(), "web");
    play.keys("s").wait_for("Stop web").await.wait_for("docker stop").await;
    // Enter on the focused Cancel does nothing to the container.
    play.keys("<Enter>").gone("[ Stop ]").await;
    assert!(play.served("/stop").await.is_empty());
    play.keys("s").wait_for("[ Stop ]").await.keys("<Right><Enter>").wait_for("Stopped web").await;
    play.until("the new state", |screen| screen.selected().contains("exited")).await;
    assert_eq!(play.inspect("web").await["State"]["Running"], false);
    assert_eq!(play.served("/stop").await.len(), 1);
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_refused_act_is_told_in_the_engines_words() {
    let refused = What::Status { code: 500, message: "device or resource busy".into(), html: false };
    let mut play = Stage::new(120, 40).fault(Fault::always("POST /stop", refused)).listed().await;
    play.keys("/web<Enter>").wait_for("filter: web").await;
    play.keys("s").wait_for("[ Stop ]").await.keys("<Right><Enter>").wait_for("device or resource busy").await;
    assert!(play.screen().selected().contains("up"), "{}", play.screen());
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn several_stop_side_by_side_and_the_one_that_failed_is_named() {
    let refused =
        What::Status { code: 500, message: "cannot stop container: tried to kill, no exit".into(), html: false };
    let mut play = Stage::new(120, 40).listed().await;
    let id = play.inspect("cache").await["Id"].as_str().unwrap().to_owned();
    play.engine().inject(Fault::always(format!("POST /containers/{id}/stop"), refused));
    play.keys("/image=redis<Enter><Space>").wait_for("1 marked").await;
    play.keys("/").keys("<C-u>web<Enter><Space>").wait_for("2 marked").await;
    play.keys("/").keys("<C-u>grafana<Enter><Space>").wait_for("3 marked").await;
    play.keys("s").wait_for("Stop 3 containers on demo?").await;
    let screen = play.screen();
    assert!(["cache", "web", "grafana"].iter().all(|name| screen.contains(name)), "{screen}");
    play.keys("<Right><Enter>").wait_for("Stopped 2 of 3 containers; cache:").await.wait_for("tried to kill").await;
    for (name, runs) in [("cache", true), ("web", false), ("grafana", false)] {
        assert_eq!(play.inspect(name).await["State"]["Running"], runs, "{name}");
    }
    play.gone("marked").await.quit().await;
}

#[tokio::test(start_paused = true)]
async fn start_pause_and_unpause_need_no_question() {
    let mut play = Stage::new(120, 40).listed().await;
    play.keys("/backup<Enter>").wait_for("filter: backup").await;
    play.keys("S").wait_for("Started backup").await;
    assert_eq!(play.inspect("backup").await["State"]["Running"], true);
    play.until("that it is up", |screen| screen.selected().contains("up")).await;
    play.keys("p").wait_for("Paused backup").await.wait_for("‖ paused").await;
    assert_eq!(play.inspect("backup").await["State"]["Paused"], true);
    play.keys("p").wait_for("Unpaused backup").await;
    play.until("that it goes on", |screen| screen.selected().contains("● up")).await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn removing_a_running_container_needs_force_which_is_offered() {
    let mut play = Stage::new(120, 40).listed().await;
    play.keys("/mailer<Enter>").wait_for("filter: mailer").await;
    play.keys("D").wait_for("Remove mailer").await.wait_for("[x] force").await.wait_for("docker rm").await;
    play.keys("<Right><Enter>").wait_for("Removed mailer").await.wait_for("None of 12 containers match").await;
    assert!(play.served("DELETE /").await.iter().any(|line| line.contains("force=true") || line.contains("force=1")));
    play.keys("<Esc><Esc>").wait_for("Containers 12 ─").await;
    // Without it the engine refuses, in its own words.
    play.keys("/cache<Enter>").wait_for("filter: cache").await.keys("D").wait_for("[x] force").await;
    play.keys("<Tab><Tab><Space>").wait_for("[ ] force").await;
    play.keys("<Tab><Tab><Tab><Enter>").wait_for("Removing cache").await.wait_for("container is running").await;
    assert_eq!(play.inspect("cache").await["State"]["Running"], true);
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_container_that_vanishes_under_its_dialog_is_told_as_the_engine_tells_it() {
    let mut play = Stage::new(120, 40).listed().await;
    play.keys("/web<Enter>").wait_for("filter: web").await.keys("D").wait_for("Remove web").await;
    client::delete(play.engine(), "/containers/web?force=1").await;
    play.wait_for("None of 12").await.wait_for("Remove web").await;
    play.keys("<Right><Enter>").wait_for("No such container").await;
    play.keys("D").wait_for("no container is selected").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_read_only_host_refuses_before_anything_is_sent() {
    let mut play = Stage::new(120, 40).read_only().listed().await;
    play.wait_for("read-only").await;
    for key in ["s", "S", "r", "p", "D"] {
        play.keys(key).wait_for("this host is read-only").await.keys("<Esc>").gone("this host is read-only").await;
    }
    let served = play.served("").await;
    assert!(served.iter().all(|line| line.starts_with("GET") || line.starts_with("HEAD")), "{served:#?}");
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_long_act_is_in_sight_and_keys_go_on() {
    let slow = What::Delay(Duration::from_secs(20));
    let mut play = Stage::new(120, 40).fault(Fault::once("POST /stop", slow)).listed().await;
    play.keys("s").wait_for("[ Stop ]").await.keys("<Right><Enter>").wait_for("stopping…").await;
    play.wait_for("Stopping api… 5 s").await.keys("j");
    play.until("the next row", |screen| screen.selected_name() == "backup").await;
    play.wait_for("Stopped api in 20").await.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_restart_is_asked_for_and_the_row_says_so() {
    let mut play = Stage::new(120, 40).listed().await;
    let before = play.inspect("api").await["State"]["StartedAt"].clone();
    play.keys("r").wait_for("Restart api on demo?").await.wait_for("docker restart api").await;
    play.keys("<Right><Enter>").wait_for("Restarted api").await;
    assert_ne!(play.inspect("api").await["State"]["StartedAt"], before);
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_signal_is_chosen_and_sent_after_a_question() {
    let mut play = Stage::new(120, 40).listed().await;
    play.keys("K").wait_for("Send a signal to api").await.keys("<C-s>").wait_for("docker kill").await;
    play.wait_for("[ Kill ]").await.keys("<Right><Enter>").wait_for("Killed api").await;
    assert_eq!(play.inspect("api").await["State"]["ExitCode"], 137);
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn what_is_waited_for_is_told_when_it_ends() {
    let mut play = Stage::new(120, 40).listed().await;
    play.keys(":wait<Enter>").wait_for("Waiting").await.advance(Duration::from_secs(5)).await;
    client::post(play.engine(), "/containers/api/kill").await;
    play.wait_for("api ended with exit code 137").await.quit().await;
}

#[tokio::test(start_paused = true)]
async fn an_image_in_use_is_refused_in_the_engines_words_and_a_free_one_goes() {
    let mut play = Stage::new(120, 40).listed().await;
    play.keys("2").wait_for("Images 17 ─").await.keys("/postgres<Enter>").wait_for("Images 1 ─").await;
    play.keys("D")
        .wait_for("[ Remove ]")
        .await
        .keys("<Right><Enter>")
        .wait_for("unable to remove repository reference")
        .await;
    play.keys("<Esc><Esc>").wait_for("Images 17 ─").await.keys("/busybox<Enter>").wait_for("Images 1 ─").await;
    play.keys("D").wait_for("[ Remove ]").await.keys("<Right><Enter>").gone("[ Remove ]").await;
    play.keys("<Esc><Esc>").wait_for("Images 16 ─").await.quit().await;
}

#[tokio::test(start_paused = true)]
async fn volumes_and_networks_are_removed_after_a_question() {
    let mut play = Stage::new(120, 40).listed().await;
    play.keys("3").wait_for("shop_db-data").await.keys("/shop_db-data<Enter>").wait_for("filter: shop_db-data").await;
    play.keys("D").wait_for("Remove shop_db-data on demo?").await.wait_for("docker volume rm shop_db-data").await;
    play.wait_for("in use by").await.keys("<Right><Enter>").wait_for("volume is in use").await;
    play.keys("<Esc>4").wait_for("monitoring_default").await.keys("/bridge<Enter>").wait_for("filter: bridge").await;
    play.keys("D").wait_for("the engine keeps bridge for itself").await;
    play.keys("/").keys("<C-u>monitoring_default<Enter>").wait_for("filter: monitoring_default").await;
    play.keys("D").wait_for("docker network rm monitoring_default").await.wait_for("while one of them runs").await;
    play.keys("<Right><Enter>").wait_for("error while removing network").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_volume_that_nobody_uses_is_gone_at_once() {
    let mut play = Stage::new(120, 40).listed().await;
    client::act(play.engine(), "POST", "/volumes/create", serde_json::json!({ "Name": "old" })).await;
    play.keys("3").wait_for("old ").await.keys("/old<Enter>").wait_for("filter: old").await;
    play.keys("D").wait_for("with everything that is in it").await.keys("<Right><Enter>");
    play.wait_for("Removed old").await.gone("old  ").await;
    assert!(play.served("/volumes/old").await.iter().any(|line| line.starts_with("DELETE")));
    play.quit().await;
}
