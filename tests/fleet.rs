//! Several hosts at once: the Hosts view, switching, what stays warm in the background.

use crate::support::stage::{Play, Stage};
use dockerui_tui::config::{ColorSpec, HostProfile, Source};
use dockerui_tui::demo::{DemoEngine, Fault, What};
use ratatui::style::Color;
use std::time::Duration;

/// How many requests an engine has served whose path contains this.
pub async fn served(engine: &DemoEngine, part: &str) -> usize {
    engine.served().await.into_iter().filter(|request| request.path.contains(part)).count()
}

/// The demo, a large read-only host, one that only ssh knows, and one that is not there.
pub fn stage(width: u16, height: u16) -> Stage {
    Stage::new(width, height)
        .also("eu", 40)
        .profile(|profile| {
            profile.color = Some(ColorSpec::Name("magenta"));
            profile.read_only = true;
        })
        .known("gone", "unix:///nowhere/docker.sock", Source::Context)
        .known("shell", "ssh://shell", Source::SshConfig)
}

async fn all_hosts(play: &mut Play) {
    play.keys("0").wait_for("Hosts 4").await.until("eu", |screen| screen.line_with("eu ro").contains("live")).await;
}

#[tokio::test(start_paused = true)]
async fn hosts_are_connected_when_all_of_them_are_looked_at_and_not_before() {
    let mut play = stage(120, 40).listed().await;
    play.advance(Duration::from_secs(30)).await;
    assert_eq!(served(play.engine_of("eu"), "/").await, 0, "nobody asked for it");
    all_hosts(&mut play).await;
    assert!(play.screen().line_with("gone ").contains("no answer"), "{}", play.screen());
    assert!(play.screen().line_with("shell ").contains("not connected"), "{}", play.screen());
    play.until("figures", |screen| screen.line_with("eu ro").contains('%')).await;
    let before = served(play.engine_of("eu"), "/stats").await;
    play.advance(Duration::from_secs(30)).await;
    let asked = served(play.engine_of("eu"), "/stats").await - before;
    assert!((40..=66).contains(&asked), "a few at a time: {asked}");
    play.keys("<Esc>").wait_for("Containers 13").await;
    let (stats, lists) = (served(play.engine_of("eu"), "/stats").await, served(play.engine_of("eu"), "n/json").await);
    let lists = lists + served(play.engine_of("eu"), "containers/json").await;
    play.advance(Duration::from_secs(60)).await;
    assert!(served(play.engine_of("eu"), "/stats").await <= stats + 6, "nobody looks at it");
    let polled = served(play.engine_of("eu"), "containers/json").await - lists;
    assert!((3..=5).contains(&polled), "polled {polled} times in a minute");
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn switching_shows_what_is_known_at_once_and_asks_anew() {
    let mut play = stage(120, 40).listed().await;
    play.keys("/we<Enter>").wait_for("filter: we").await;
    all_hosts(&mut play).await;
    let before = served(play.engine_of("eu"), "containers/json").await;
    // What it answers comes late: what was known is there nonetheless.
    play.engine_of("eu").inject(Fault::always("GET /containers/json", What::Delay(Duration::from_secs(3))));
    play.keys("/eu<Enter><Enter>").wait_for("Containers 40").await.wait_for("read-only").await;
    play.settle().await;
    assert_eq!(served(play.engine_of("eu"), "containers/json").await, before + 1, "asked at once");
    play.keys("2").wait_for("Images").await;
    // Back and forth by Enter alone; each host keeps its view and its filter.
    play.keys("H").wait_for("show it").await.keys("<Enter>").wait_for("filter: we").await;
    assert_eq!(play.screen().selected_name(), "web");
    play.keys("H").wait_for("show it").await.keys("eu<Enter>").until("its images", |s| s.contains("╭ Images")).await;
    play.keys("H").wait_for("show it").await.keys("<Enter>").wait_for("filter: we").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_name_that_is_not_there_leads_nowhere() {
    let mut play = stage(120, 40).listed().await;
    play.keys(":host dmo").wait_for("demo").await.keys("<Enter>").wait_for("Did you mean demo?").await;
    play.keys("<C-u>host nowhere<Enter>").wait_for("There is no host “nowhere”").await;
    play.keys("<C-u>host e<Enter>").wait_for("Containers 40").await;
    play.keys(":host gone<Enter>").wait_for("No engine answers for gone").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_host_that_is_lost_keeps_its_last_figures_with_their_age() {
    let mut play = stage(120, 40).listed().await;
    all_hosts(&mut play).await;
    play.until("figures", |screen| screen.line_with("eu ro").contains('%')).await;
    let counts = |play: &Play| {
        play.screen().line_with("eu ro").split_whitespace().find(|word| word.contains('/')).map(str::to_owned)
    };
    let known = counts(&play);
    play.engine_of("eu").go_down();
    play.until("the loss", |screen| screen.line_with("eu ro").contains("lost")).await;
    play.advance(Duration::from_secs(12)).await;
    assert_eq!(counts(&play), known);
    assert!(play.screen().line_with("eu ro").contains("ago"), "{}", play.screen());
    play.keys("/eu<Enter>").wait_for("as it was").await.wait_for("Tried").await;
    play.engine_of("eu").come_up();
    play.until("the return", |screen| screen.line_with("eu ro").contains("live")).await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn what_goes_on_elsewhere_is_seen_and_told_with_its_host() {
    let mut play = Stage::new(120, 40).also("eu", 0).listed().await;
    play.engine_of("eu").inject(Fault::always("POST /stop", What::Delay(Duration::from_secs(20))));
    play.keys(":host eu<Enter>").until("eu", |screen| screen.line(0).contains("eu")).await;
    play.keys("/web<Enter>").wait_for("filter: web").await.keys("s").wait_for("[ Stop ]").await;
    play.keys("<Right><Enter>").wait_for("Stopping web").await;
    play.keys(":host demo<Enter>").until("demo", |screen| screen.line(0).contains("DEMO")).await;
    play.wait_for("eu: Stopping web").await.keys("J").wait_for("Jobs on all hosts 1").await.keys("<Esc>");
    play.wait_for("eu: Stopped web").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_start_without_an_engine_here_lets_another_host_be_chosen() {
    let stage = || Stage::new(80, 24).nowhere().also("eu", 40).known("shell", "ssh://shell", Source::SshConfig);
    let mut play = stage().open();
    play.wait_for("No engine answers on this machine: choose a host").await.wait_for("Hosts 3").await;
    // Nothing is chosen for the user, and what was tried is still told: beside the list, and in full behind Enter.
    let screen = play.screen();
    assert!(screen.selected().contains("local") && screen.selected().contains("no answer"), "{screen}");
    assert!(screen.contains("There is no socket at /nowhere/"), "{screen}");
    play.until("eu", |screen| screen.line_with("eu ").contains("live")).await;
    play.keys("<Enter>").wait_for("No engine answers for local").await.wait_for("/nowhere/podman.sock").await;
    // It is not brought there again.
    play.advance(Duration::from_secs(30)).await.wait_for("No engine answers for local").await;
    play.keys("0").wait_for("Hosts 3").await.keys("/eu<Enter><Enter>").wait_for("╭ Containers 40").await;
    play.quit().await;

    // Who has gone elsewhere meanwhile stays there; where there is no other host, there is nothing to choose from.
    let mut play = stage().open();
    play.keys(":").wait_for("✗ unix  no engine").await.keys("<Esc>").wait_for("No engine answers for local").await;
    assert!(!play.screen().contains("Hosts 3"), "{}", play.screen());
    play.quit().await;
    let mut play = Stage::new(80, 24).nowhere().open();
    play.wait_for("No engine answers for local").await.wait_for("shows a demo").await.quit().await;
}

#[tokio::test(start_paused = true)]
async fn the_colour_of_a_host_is_that_of_its_header_and_its_dialogs() {
    let red = |profile: &mut HostProfile| profile.color = Some(ColorSpec::Name("red"));
    let mut play = Stage::new(120, 40).also("eu", 0).profile(red).listed().await;
    play.keys(":host eu<Enter>").until("eu", |screen| screen.line(0).contains(" eu ●")).await;
    assert_eq!(play.screen().style_of("eu ●").fg, Some(Color::Red));
    play.keys("s").wait_for("Stop api on eu?").await;
    assert_eq!(play.screen().style_of("eu?").fg, Some(Color::Red));
    play.keys("<Esc>").gone("Stop api on eu?").await.quit().await;
}

#[tokio::test(start_paused = true)]
async fn an_engine_that_was_given_by_its_address_is_not_there_twice() {
    let address = "unix:///nowhere/a.sock";
    let stage = Stage::new(120, 40).known(address, address, Source::Variable).known("local", address, Source::Known);
    let mut play = stage.listed().await;
    play.keys(&format!(":host {address}<Enter>")).wait_for("No engine").await;
    play.keys("0").wait_for("Hosts 2").await;
    assert!(!play.screen().contains(" local "), "{}", play.screen());
    // The file calls hosts by their names, and this one has none.
    play.keys("/nowhere<Enter>d").wait_for("has an address and no name; import it first").await.quit().await;
}
