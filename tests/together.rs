//! The logs of several containers as one: marked ones, a project's, on several hosts.

use crate::support::client;
use crate::support::stage::{Play, Stage};
use crate::support::styled::styled;
use std::collections::HashMap;
use std::time::Duration;

/// A container that prints its own lines at a pace; `project` as compose would label it.
async fn chatty(play: &Play, name: &str, project: &str, rate: &str) {
    let body = serde_json::json!({ "Image": "alpine:3.20", "Labels": {
        "demo.profile": "web", "demo.lines-per-second": rate, "com.docker.compose.project": project,
    } });
    client::run(play.engine(), name, body).await;
}

/// The lines on screen: who said it, and what.
fn shown(play: &Play) -> Vec<(String, String)> {
    let lines = play.screen().lines();
    let inside = lines.iter().filter_map(|line| line.strip_prefix('│')?.strip_suffix('│'));
    let named = inside.filter_map(|line| line.split_once(' '));
    named.map(|(name, text)| (name.to_owned(), text.trim().to_owned())).filter(|(_, text)| !text.is_empty()).collect()
}

/// The lines of a container as its engine has them.
async fn told(play: &Play, name: &str) -> Vec<String> {
    client::log_lines(play.engine(), name).await.iter().map(|line| line.trim().to_owned()).collect()
}

/// Each container's lines on screen are its last ones, in its order; all of them stand by time.
async fn agree(play: &mut Play, names: &[&str]) {
    play.settle().await.settle().await;
    let mut of: HashMap<String, Vec<String>> = HashMap::new();
    for (name, text) in shown(play) {
        of.entry(name).or_default().push(text);
    }
    for name in names {
        let told = told(play, name).await;
        let shown = of.get(*name).unwrap_or_else(|| panic!("nothing of {name}\n{}", play.screen()));
        let mut ends = (0..=3).filter_map(|late| told.len().checked_sub(late));
        assert!(ends.any(|end| told[..end].ends_with(shown)), "{name}: {shown:?}\n{}", play.screen());
    }
}

async fn marked(play: &mut Play) {
    chatty(play, "one", "pair", "3").await;
    chatty(play, "two", "pair", "5").await;
    play.keys("/project=pair<Enter>").wait_for("Containers 2").await.keys("*").wait_for("2 marked").await.keys("lz");
    play.wait_for("╭ one, two ─ Logs").await.wait_for("following").await;
}

#[tokio::test(start_paused = true)]
async fn marked_containers_are_read_as_one_and_told_apart() {
    let mut play = Stage::new(300, 60).living().listed().await;
    marked(&mut play).await;
    play.advance(Duration::from_secs(8)).await;
    agree(&mut play, &["one", "two"]).await;
    assert!(shown(&play).len() > 30, "{}", play.screen());
    // Search, times and matching lines mean all of them.
    play.keys("t").settle().await;
    let times: Vec<String> = play
        .screen()
        .lines()
        .iter()
        .filter_map(|line| {
            let time = line.strip_prefix('│')?.get(..8)?;
            time.contains(':').then(|| time.to_owned())
        })
        .collect();
    assert!(times.len() > 30 && times.is_sorted(), "{times:?}");
    play.keys("/GET<Enter>").wait_for("hits").await.keys("&").wait_for("matching lines").await.keys("<Esc>");
    play.gone("matching lines").await.keys("<Esc>").gone("one, two").await.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_range_is_of_all_of_them_and_the_whole_log_of_one_is_not_taken_for_theirs() {
    let mut play = Stage::new(300, 60).living().listed().await;
    marked(&mut play).await;
    play.advance(Duration::from_secs(8)).await;
    play.keys("O").wait_for("Whole in pager: several logs are shown as one").await;
    play.keys("<C-e>").wait_for("Whole in editor: several logs are shown as one").await;
    play.keys("<C-s>").wait_for("Save the log of").await.keys("<Tab><C-u>whole<C-s>");
    play.wait_for("✗ Several logs are shown as one").await.keys("<Esc>").gone("Save the log of").await;
    play.keys("T").wait_for("from … until …").await.keys("2s<C-s>").gone("from … until …").await;
    play.wait_for("since 00:").await.wait_for("following").await;
    let lines = shown(&play);
    assert!((6..30).contains(&lines.len()), "{}", play.screen());
    assert!(["one", "two"].iter().all(|of| lines.iter().any(|(name, _)| name == of)), "{}", play.screen());
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn one_that_stops_starts_and_is_made_anew_is_told_between_the_lines() {
    let mut play = Stage::new(300, 60).living().listed().await;
    marked(&mut play).await;
    play.advance(Duration::from_secs(3)).await;
    client::post(play.engine(), "/containers/one/stop").await;
    play.wait_for("── one stopped").await.advance(Duration::from_secs(2)).await;
    agree(&mut play, &["one", "two"]).await;
    client::post(play.engine(), "/containers/one/start").await;
    play.wait_for("── one started ──").await.advance(Duration::from_secs(2)).await;
    agree(&mut play, &["one", "two"]).await;
    client::delete(play.engine(), "/containers/one?force=1").await;
    play.wait_for("── one was removed ──").await;
    chatty(&play, "one", "pair", "2").await;
    play.wait_for("── one joined ──").await.advance(Duration::from_secs(4)).await;
    let screen = play.screen();
    let after = screen.lines().into_iter().skip_while(|line| !line.contains("one joined"));
    assert!(after.filter(|line| line.starts_with("│one ")).count() > 3, "{screen}");
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_project_grows_while_its_logs_are_read() {
    let mut play = Stage::new(200, 50).living().listed().await;
    chatty(&play, "api-1", "api", "2").await;
    play.keys("/api-1<Enter>").wait_for("Containers 1").await.keys("P").wait_for("╭ api (1) ─ Logs").await.keys("z");
    chatty(&play, "api-2", "api", "2").await;
    play.wait_for("── api-2 joined ──").await.wait_for("api (2)").await.advance(Duration::from_secs(4)).await;
    agree(&mut play, &["api-1", "api-2"]).await;
    play.keys("<Esc>").gone("api (2)").await.keys("/<C-u>name==cache<Enter>").wait_for("Containers 1").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn logs_of_two_hosts_are_one_and_a_lost_host_is_told_beside_its_name() {
    let mut play = Stage::new(160, 50).living().also("us", 0).listed().await;
    play.keys("@").wait_for("All containers 26").await.keys("/name==web<Enter>").wait_for("All containers 2").await;
    play.keys("*").wait_for("2 marked").await.keys("lz").wait_for("╭ web ─ Logs").await;
    play.wait_for("│demo web ").await.wait_for("│us web ").await;
    play.engine_of("us").go_down();
    play.wait_for("── the connection to us was lost ──").await.wait_for("us web: ").await;
    play.advance(Duration::from_secs(3)).await;
    play.engine_of("us").come_up();
    play.wait_for("── us is connected again ──").await.gone("us web: ").await;
    play.keys("g").settle().await;
    play.keys("G").wait_for("following").await.quit().await;
}

#[tokio::test(start_paused = true)]
async fn pictures() {
    for (width, height) in [(80, 24), (120, 40), (200, 50)] {
        let mut play = Stage::new(width, height).also("us", 0).listed().await;
        play.keys("@").wait_for("All containers 26").await;
        play.keys("//^(db|web)$/<Enter>").wait_for("All containers 4").await.keys("*").wait_for("4 marked").await;
        play.keys("l").wait_for("─ Logs").await.wait_for("following").await.advance(Duration::from_secs(3)).await;
        insta::assert_snapshot!(format!("together_{width}x{height}"), styled(&play.screen()));
        play.quit().await;
    }
}

#[tokio::test(start_paused = true)]
async fn forms_are_about_all_of_them_and_offer_moments() {
    let mut play = Stage::new(120, 40).living().listed().await;
    marked(&mut play).await;
    play.keys("<C-s>").wait_for("Save the log of one, two").await.wait_for("~/one_two-2024-12-24").await;
    play.keys("<Esc>").gone("Save the log").await.keys("T").wait_for("Log of one, two from … until …").await;
    play.wait_for("10m").await.wait_for("ten minutes ago").await.wait_for("since midnight").await;
    play.keys("yes").wait_for("since the midnight before").await.gone("ten minutes ago").await.quit().await;
}
