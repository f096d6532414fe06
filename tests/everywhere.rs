//! The list of the containers of all hosts: one list to look at, filter, mark and act on.

use crate::fleet::served;
use crate::support::screen::Screen;
use crate::support::stage::{Play, Stage};
use dockerui_tui::config::{Confirm, Source};
use std::time::Duration;

/// The demo's dozen, the same on `us` (its name is typed to confirm), 30 on `eu` (read-only), and a host that is away.
fn stage(width: u16, height: u16) -> Stage {
    Stage::new(width, height)
        .also("us", 0)
        .profile(|profile| profile.confirm = Confirm::Name)
        .also("eu", 30)
        .profile(|profile| profile.read_only = true)
        .known("gone", "unix:///nowhere/docker.sock", Source::Context)
}

/// How many lines have both.
fn rows(screen: &Screen, name: &str, word: &str) -> usize {
    screen.lines().iter().filter(|line| line.contains(name) && line.contains(word)).count()
}

async fn all(play: &mut Play) {
    play.keys("@").wait_for("All containers 56").await.wait_for(" 1 Containers 56 ").await;
}

#[tokio::test(start_paused = true)]
async fn all_hosts_stand_in_one_list_and_the_header_follows_the_cursor() {
    let mut play = stage(120, 40).listed().await;
    play.keys("/web<Enter>").wait_for("filter: web").await;
    all(&mut play).await;
    play.wait_for("no answer from gone").await;
    play.keys("/name==db<Enter>").wait_for("All containers 2").await.keys("g");
    play.until("demo's db", |screen| screen.selected().contains("demo") && screen.line(0).contains("DEMO")).await;
    play.until("its log", |screen| screen.contains("╭ db ─ Logs")).await;
    play.keys("j")
        .until("the db of us", |screen| screen.selected().contains("us") && screen.line(0).contains(" us "))
        .await;
    play.until("rates of both", |screen| rows(screen, "db ", "%") >= 2).await;
    play.keys("i")
        .until("its description", |screen| screen.contains("▾") || screen.contains("\"Id\"") || screen.contains("Id "))
        .await;
    assert!(served(play.engine_of("us"), "/json").await > 1);
    play.keys("<Esc>/<C-u>host==us<Enter>").wait_for("All containers 13").await;
    play.keys("/<C-u>host=eu<Enter>").wait_for("All containers 30").await;
    // Each host gets its own list back as it was.
    play.keys(":host demo<Enter>").wait_for("filter: web").await.wait_for("╭ Containers 1").await;
    play.keys("2").wait_for("╭ Images").await.keys("@").wait_for("All containers 56").await;
    play.keys(":host us<Enter>").wait_for("╭ Containers 13").await;
    play.keys(":host demo<Enter>").wait_for("╭ Images").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn marks_on_several_hosts_are_acted_on_where_each_is() {
    let mut play = stage(120, 40).listed().await;
    all(&mut play).await;
    play.keys("/name==web<Enter>").wait_for("All containers 2").await.keys("*").wait_for("2 marked").await;
    play.keys("K").wait_for("it is for one host at a time; marks are on 2").await;
    play.keys("y").wait_for("Copy of 2 marked containers").await.keys("h").wait_for("Copied 2 lines").await;
    assert_eq!(play.screen().copied.as_deref(), Some("demo web\nus web"));
    play.keys("s").wait_for("Stop 2 containers on demo, us?").await.wait_for("Type us to confirm").await;
    play.keys("<S-Tab>us<Tab><Tab><Enter>").wait_for("Stopped web").await;
    play.until("both stopped", |screen| rows(screen, "web ", "exited") == 2).await;
    assert_eq!(served(play.engine(), "/stop").await, 1);
    assert_eq!(served(play.engine_of("us"), "/stop").await, 1);
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn the_names_of_several_hosts_are_typed_in_any_order() {
    let by_name = |profile: &mut dockerui_tui::config::HostProfile| profile.confirm = Confirm::Name;
    let mut play = Stage::new(120, 40).also("us", 0).profile(by_name).also("ap", 0).profile(by_name).listed().await;
    play.keys("@").wait_for("All containers 39").await.keys("/name==web<Enter>").wait_for("All containers 3").await;
    play.keys("*s").wait_for("Stop 3 containers").await.wait_for("Type ").await;
    play.keys("<S-Tab>us").wait_for("us").await.keys("<Tab><Tab>").wait_for("Still to be typed: ap.").await;
    play.keys("<Enter>").settle().await;
    assert_eq!(served(play.engine_of("us"), "/stop").await, 0);
    play.keys("<S-Tab><S-Tab>, ap<Tab><Tab><Enter>").wait_for("Stopped web").await;
    play.until("all stopped", |screen| rows(screen, "web ", "exited") == 3).await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn what_is_on_a_read_only_host_is_left_out_with_the_reason() {
    let mut play = stage(120, 40).listed().await;
    all(&mut play).await;
    play.keys("/host==eu<Enter>").wait_for("All containers 30").await.keys("g<Space>").wait_for("1 marked").await;
    play.keys("s").wait_for("Stop: this host is read-only").await;
    play.keys("/<C-u>name==cache<Enter>")
        .wait_for("All containers 2")
        .await
        .keys("g<Space>")
        .wait_for("2 marked")
        .await;
    play.keys("r").wait_for("Restart cache on demo?").await.wait_for("on eu: this host is read-only").await;
    play.keys("<Right><Enter>").wait_for("Restarted cache").await;
    assert_eq!(served(play.engine_of("eu"), "/restart").await, 0);
    play.keys("K").wait_for("Kill").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn rows_of_a_lost_host_stay_with_their_age_and_come_back_to_life() {
    let mut play = stage(120, 40).listed().await;
    all(&mut play).await;
    play.keys("/name==db<Enter>").wait_for("All containers 2").await.keys("g");
    play.engine_of("us").go_down();
    play.wait_for("from gone, us").await.advance(Duration::from_secs(5)).await;
    assert!(
        play.screen().lines().iter().any(|line| line.contains("us ✗") && line.contains("db ")),
        "{}",
        play.screen()
    );
    // Nothing can be done there, and nothing else is offered in its place.
    play.keys("j").until("us", |screen| screen.line(0).contains(" us ")).await;
    let foot = play.screen().line(39).to_owned();
    assert!(foot.contains("logs") && !foot.contains("stop") && !foot.contains("demo"), "{foot}");
    play.keys("s").wait_for("Stop: this host does not answer").await;
    play.keys("x").wait_for("Shell: this host does not answer").await;
    play.keys("?/stop").wait_for("this host does not answer").await.keys("<Esc><Esc>");
    // What is marked elsewhere as well is done there.
    play.keys("*").wait_for("2 marked").await.keys("s").wait_for("Stop db on demo").await;
    play.wait_for("Left out: db on us: this host does not answer").await.keys("<Esc><Esc>");
    play.engine_of("us").come_up();
    play.gone("from gone, us").await;
    // The type of sort and of the typed command.
    play.keys(":sort host<Enter>").wait_for("sort: host").await;
    play.keys(":containers @all state=exited<Enter>").wait_for("filter: state=exited").await;
    play.keys(":containers<Enter>").wait_for("╭ Containers 13").await;
    play.quit().await;
}
