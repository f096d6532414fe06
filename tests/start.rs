//! The first seconds: a list, an engine that is slow, silent, absent or empty.

use crate::support::stage::Stage;
use dockerui_tui::demo::{Fault, What};

#[tokio::test(start_paused = true)]
async fn the_list_comes_from_the_first_answer_and_nothing_is_asked_before_it() {
    let mut play = Stage::new(120, 40).listed().await;
    play.wait_for("10 up").await.wait_for("Docker").await;
    let screen = play.screen();
    assert!(screen.contains("DEMO ●"), "{screen}");
    assert!(screen.line_with("db ").contains("postgres:16"), "{screen}");
    let served = play.served("").await;
    let first = served.first().unwrap();
    assert!(first.contains("/containers/json"), "{served:#?}");
    // Nothing is asked per container at the start but the samples of what is on screen and the log of one.
    assert!(!served.iter().any(|line| line.contains("/containers/") && line.ends_with("/json")), "{served:#?}");
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn an_engine_that_never_answers_is_waited_for_in_sight_and_every_key_works() {
    let mut play = Stage::new(80, 24).fault(Fault::always("", What::Hang)).open();
    play.wait_for("Connecting to demo").await.wait_for("7 s").await;
    assert!(play.screen().contains("connecting 7 s"), "{}", play.screen());
    play.keys("2").wait_for("Images").await;
    play.keys("q").ended().await;
}

#[tokio::test(start_paused = true)]
async fn a_terminal_that_is_gone_ends_the_program() {
    let mut play = Stage::new(80, 24).listed().await;
    play.hang_up().ended().await;
}

#[tokio::test(start_paused = true)]
async fn every_way_out_ends_the_program() {
    for keys in ["q", "<C-c>", "lq<Esc>q", "s<C-c>", "/x<C-c>"] {
        let mut play = Stage::new(80, 24).listed().await;
        play.keys(keys).ended().await;
    }
}
