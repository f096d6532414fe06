//! Stories of plugins: install with what they want agreed to, switch, set up, upgrade, remove.

use crate::support::stage::{Play, Stage};
use dockerui_tui::demo::{Fault, What};

async fn on_the_plugins(play: &mut Play) {
    play.keys("9")
        .wait_for("RECLAIMABLE")
        .await
        .keys("<Tab>]]")
        .wait_for("vieux/sshfs")
        .await
        .wait_for("enabled")
        .await;
}

#[tokio::test(start_paused = true)]
async fn what_a_plugin_wants_is_shown_and_agreed_to_before_it_is_installed() {
    let mut play = Stage::new(120, 40).listed().await;
    on_the_plugins(&mut play).await;
    play.keys("c").wait_for("Install a plugin").await.keys("team/logs<Enter><C-s>");
    play.wait_for("capabilities: CAP_SYS_ADMIN").await.wait_for("network: host").await;
    play.wait_for("docker plugin install --grant-all-permissions team/logs:latest").await;
    assert!(play.served("POST /plugins").await.is_empty());
    play.keys("<Tab><Enter>").wait_for("Installed team/logs:latest").await;
    assert!(play.screen().line_with("team/logs").contains("enabled"), "{}", play.screen());
    // What was typed is not there any more.
    play.keys("c").wait_for("Install a plugin").await;
    assert!(!play.screen().contains("Draft restored"), "{}", play.screen());
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_plugin_is_disabled_set_up_upgraded_and_removed() {
    let mut play = Stage::new(120, 40).listed().await;
    on_the_plugins(&mut play).await;
    play.keys("s")
        .wait_for("Disable vieux/sshfs:latest on demo?")
        .await
        .wait_for("docker plugin disable vieux/sshfs")
        .await;
    play.keys("<Esc>").gone("Disable vieux").await.keys("s<Tab><Enter>").wait_for("Disabled vieux/sshfs").await;
    play.keys("e").wait_for("Settings of vieux/sshfs").await.wait_for("DEBUG=0").await;
    play.keys("<C-s>")
        .wait_for("Nothing is changed yet.")
        .await
        .keys("<Backspace>1<C-s>")
        .wait_for("Set up vieux")
        .await;
    play.wait_for("DEBUG=1").await.keys("u").wait_for("Upgrade vieux/sshfs:latest").await.keys("<Enter>");
    play.wait_for("It wants to be allowed").await.keys("<Tab><Enter>").wait_for("Upgraded vieux/sshfs").await;
    play.keys("S").wait_for("Enabled vieux/sshfs").await.keys("<Enter>").wait_for("200 OK").await;
    play.wait_for("PluginReference").await.keys("<Esc>").gone("200 OK").await;
    play.keys("D")
        .wait_for("Remove vieux/sshfs:latest on demo?")
        .await
        .keys("<Tab><Enter>")
        .wait_for("is enabled")
        .await;
    play.keys("<Esc>D")
        .wait_for("Remove vieux")
        .await
        .keys("<Tab><Tab> <Tab><Tab><Enter>")
        .wait_for("Removed vieux")
        .await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn what_was_typed_stays_where_the_registry_or_the_engine_refuses() {
    let refused = What::Status { code: 500, message: "no such host".into(), html: false };
    let mut play = Stage::new(80, 24).fault(Fault::once("GET /plugins/privileges", refused)).listed().await;
    play.keys("9").wait_for("RECLAIM").await.keys("c").wait_for("Install a plugin").await.keys("team/missing:1<C-s>");
    play.wait_for("no such host").await.wait_for("team/missing:1").await.keys("<C-s>").wait_for("CAP_SYS_ADMIN").await;
    play.keys("<Tab><Enter>").wait_for("pull access denied").await.keys("<Esc>c").wait_for("Draft restored").await;
    play.wait_for("team/missing:1").await.quit().await;
}

#[tokio::test(start_paused = true)]
async fn an_engine_without_plugins_says_so_and_a_read_only_host_takes_none() {
    let absent = What::Status { code: 404, message: "Not Found".into(), html: false };
    let mut play = Stage::new(80, 24).fault(Fault::always("GET /plugins/privileges", absent)).listed().await;
    play.keys("9").wait_for("RECLAIM").await.keys("cteam/logs<C-s>").wait_for("plugins that can be installed.").await;
    play.quit().await;
    let mut play = Stage::new(120, 40).read_only().listed().await;
    on_the_plugins(&mut play).await;
    play.keys("c").wait_for("read-only").await.keys("D").wait_for("read-only").await;
    assert!(!play.screen().contains("[ Remove ]"), "{}", play.screen());
    play.quit().await;
}
