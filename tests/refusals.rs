//! Answers that are refusals, nonsense, or half of one.

use crate::support::client;
use crate::support::stage::Stage;
use dockerui_tui::demo::{Fault, What};
use std::time::Duration;

fn forbidden() -> What {
    What::Status { code: 403, message: "Request forbidden by administrative rules.".into(), html: true }
}

#[tokio::test(start_paused = true)]
async fn a_view_that_a_proxy_refuses_says_so_and_the_rest_works() {
    let mut play = Stage::new(120, 40).fault(Fault::always("GET /images/json", forbidden())).listed().await;
    play.keys("2").wait_for("The images cannot be read").await;
    let screen = play.screen();
    assert!(!screen.contains("<html>") && !screen.contains("<body>"), "{screen}");
    play.keys("3").wait_for("shop_db-data").await.keys("1").wait_for("web ").await;
    assert!(play.screen().contains("DEMO ●"), "{}", play.screen());
    // It is not asked again and again.
    play.keys("2").advance(Duration::from_secs(20)).await;
    let asked = play.served("/images/json").await.len();
    assert!(asked <= 3, "{asked}");
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_proxy_that_refuses_everything_is_told_in_its_words_and_tried_again() {
    let mut play = Stage::new(120, 40).fault(Fault::always("", forbidden())).open();
    play.wait_for("403").await.wait_for("No engine answers").await;
    play.engine().heal();
    play.wait_for("Containers 13 ─").await.quit().await;
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_is_no_json_is_never_shown_as_no_containers() {
    let mut play = Stage::new(120, 40).fault(Fault::always("GET /containers/json", What::Malformed)).open();
    play.wait_for("No engine answers").await;
    assert!(!play.screen().contains("There are no containers"), "{}", play.screen());
    play.engine().heal();
    play.wait_for("Containers 13 ─").await;
    // In the middle the last rows stay.
    play.engine().inject(Fault::always("GET /containers/json", What::Malformed));
    client::post(play.engine(), "/containers/web/pause").await;
    play.advance(Duration::from_secs(12)).await;
    assert!(play.screen().contains("Containers 13 ─"), "{}", play.screen());
    play.engine().heal();
    play.until("the pause", |screen| screen.line_with("web ").contains("paused")).await.quit().await;
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_breaks_off_is_asked_for_again() {
    let cut = What::CutStream { after: 700 };
    let mut play = Stage::new(120, 40).fault(Fault::once("GET /containers/json", cut.clone())).listed().await;
    play.wait_for("Containers 13 ─").await;
    play.engine().inject(Fault::once("GET /containers/json", cut));
    client::delete(play.engine(), "/containers/web?force=1").await;
    play.wait_for("Containers 12 ─").await.quit().await;
}

#[tokio::test(start_paused = true)]
async fn an_engine_that_tells_nothing_of_itself_still_lists() {
    let refused = Fault::always("GET /version", forbidden());
    let mut play = Stage::new(120, 40).fault(refused).fault(Fault::always("GET /info", forbidden())).listed().await;
    play.wait_for("web ").await.keys("3").wait_for("shop_db-data").await.quit().await;
}

#[tokio::test(start_paused = true)]
async fn stats_and_logs_that_are_refused_leave_the_list_alone() {
    let stage =
        Stage::new(120, 40).fault(Fault::always("/stats", forbidden())).fault(Fault::always("/logs", forbidden()));
    let mut play = stage.listed().await;
    play.wait_for("API").await.wait_for("403 Request forbidden").await.advance(Duration::from_secs(10)).await;
    let screen = play.screen();
    assert!(screen.contains("Containers 13 ─") && screen.contains("DEMO ●"), "{screen}");
    play.quit().await;
}
