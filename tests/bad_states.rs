//! Every newer screen on an engine that goes away, refuses as a proxy does, or does not answer.

use crate::support::stage::{Play, Stage};
use dockerui_tui::demo::{Fault, What};
use std::time::Duration;

/// A screen, and what is to be said on it.
struct Case {
    /// Keys typed before anything goes wrong.
    before: &'static [&'static str],
    /// Keys that lead there; each is followed by a pause for answers.
    open: &'static [&'static str],
    /// What asks the engine for something from there.
    act: &'static str,
    /// What was typed, and stays.
    typed: &'static str,
    gone: &'static str,
    refused: &'static str,
    slow: &'static str,
}

const LOST: &str = "lost";
const NO: &str = "403 Request forbidden";
const READING: &str = "Reading the ";

const VIEW: Case = Case { before: &[], open: &[], act: "R", typed: "", gone: LOST, refused: NO, slow: READING };
const FORM: Case =
    Case { before: &[], open: &[], act: "<C-s>", typed: "", gone: "Connection", refused: NO, slow: "Esc goes on" };

/// Made by each test that opens the form for builds.
macro_rules! build_folder {
    () => {
        concat!(env!("CARGO_TARGET_TMPDIR"), "/bad-states")
    };
}

const CASES: &[Case] = &[
    Case { open: &["2"], ..VIEW },
    Case { open: &["3"], ..VIEW },
    Case { open: &["4"], ..VIEW },
    // What is asked of registries does not go through the engine of the demo.
    Case { open: &["7"], refused: "docker.io", slow: "docker.io", ..VIEW },
    Case { open: &["7", "/localhost<Enter>", "<Enter>"], refused: "shop/api", slow: "shop/api", ..VIEW },
    Case { open: &["8"], ..VIEW },
    Case { open: &["9"], ..VIEW },
    Case { open: &["9", "<Tab>", "]]", "z"], slow: "Waiting for the engine", ..VIEW },
    Case { open: &["f", "z"], slow: "Waiting for the engine", ..VIEW },
    Case {
        before: &[],
        open: &[":api GET /info<Enter>"],
        act: "<Enter>",
        typed: "GET /info",
        gone: "Nothing is sent",
        refused: "403 Forbidden",
        slow: "Waiting for the answer to GET /info … 2 s",
    },
    Case {
        open: &[":audit<Enter>"],
        gone: "There is no audit log",
        refused: "There is no audit log",
        slow: "There is no audit log",
        ..VIEW
    },
    Case { open: &["2", "p", "redis:9"], typed: "redis:9", ..FORM },
    Case { open: &["2", "s", "grafana"], act: "<Enter>", typed: "grafana", slow: "Searching… 2 s", ..FORM },
    Case { open: &["3", "c", "mine"], typed: "mine", ..FORM },
    Case { open: &["4", "c", "mine"], typed: "mine", ..FORM },
    Case { open: &["c", "nginx<Tab>fresh"], typed: "fresh", ..FORM },
    Case { before: &["2"], open: &["P"], typed: "alpine:3.20", ..FORM },
    Case {
        open: &["2", "b", concat!("<C-u>", build_folder!()), "<Tab><Tab>mine:1"],
        typed: "mine:1",
        slow: "Building mine:1",
        ..FORM
    },
];

/// What a proxy may refuse while it lets the containers be listed.
const PATHS: &[&str] = &[
    "/images",
    "/volumes",
    "/networks",
    "/system",
    "/info",
    "/plugins",
    "/archive",
    "/create",
    "POST /",
    "/events?since",
];

/// One step after the other: what comes of a key may be read before the next.
async fn open(stage: Stage, case: &Case, what: Option<&What>) -> Play {
    std::fs::create_dir_all(build_folder!()).unwrap();
    std::fs::write(concat!(build_folder!(), "/Dockerfile"), "FROM busybox\n").unwrap();
    let mut play = stage.listed().await;
    play.wait_for("API").await;
    for keys in case.before {
        play.keys(keys).advance(Duration::from_millis(700)).await;
    }
    for path in PATHS {
        what.iter().for_each(|what| play.engine().inject(Fault::always(*path, (*what).clone())));
    }
    for keys in case.open {
        play.keys(keys).advance(Duration::from_millis(700)).await;
    }
    play
}

/// It says that, shows no page of a proxy, keeps what was typed, takes a key at once, and draws at any size.
async fn holds(mut play: Play, case: &Case, said: &str, context: &str) {
    play.wait_for(said).await;
    let screen = play.screen();
    let is_page = case.open != [":api GET /info<Enter>"] && (screen.contains("<html") || screen.contains("<body"));
    assert!(!is_page, "{context} {:?}\n{screen}", case.open);
    for (width, height) in [(40, 10), (20, 5), (100, 30)] {
        play.resize(width, height).settle().await;
    }
    assert!(play.screen().contains(said), "{context} {:?}\n{}", case.open, play.screen());
    if said != "Esc goes on" {
        assert!(play.screen().contains(case.typed), "{context} {:?}\n{}", case.open, play.screen());
    }
    let took = play
        .timed(async |play| {
            play.keys("<Esc><Esc><Esc>").settle().await.keys("?").wait_for("Help").await;
        })
        .await;
    assert!(took < Duration::from_millis(300), "{context} {:?}: {took:?}", case.open);
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn an_engine_that_goes_is_told_on_every_screen_and_what_was_typed_stays() {
    for case in CASES {
        let mut play = open(Stage::new(100, 30), case, None).await;
        play.engine().go_down();
        play.advance(Duration::from_secs(3)).await.keys(case.act);
        holds(play, case, case.gone, "gone").await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_proxy_that_refuses_is_told_in_its_words_on_every_screen() {
    let message = "Request forbidden by administrative rules.".to_owned();
    let refused = What::Status { code: 403, message, html: true };
    for case in CASES {
        let mut play = open(Stage::new(100, 30), case, Some(&refused)).await;
        play.keys(case.act);
        holds(play, case, case.refused, "refused").await;
    }
}

#[tokio::test(start_paused = true)]
async fn an_engine_that_does_not_answer_is_waited_for_on_every_screen() {
    for case in CASES {
        let mut play = open(Stage::new(100, 30), case, Some(&What::Hang)).await;
        play.keys(case.act).advance(Duration::from_secs(2)).await;
        holds(play, case, case.slow, "slow").await;
    }
}

#[tokio::test(start_paused = true)]
async fn the_plugins_are_shown_where_the_figures_of_the_disk_are_refused() {
    let refused = What::Status { code: 403, message: "No.".into(), html: false };
    let mut play = Stage::new(100, 30).fault(Fault::always("GET /system/df", refused)).listed().await;
    play.wait_for("API").await.keys("9").wait_for("The figures of its disk cannot be read").await;
    play.wait_for("Kernel").await.keys("<Tab>]").wait_for("What takes room cannot be read").await;
    play.keys("]").wait_for("vieux/sshfs").await.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_lost_engine_is_told_on_the_smallest_screens_in_every_pane() {
    for open in [&["1"] as &[&str], &["f", "z"], &["9", "<Tab>", "]]", "z"], &["8"]] {
        let mut play = Stage::new(100, 30).listed().await;
        play.wait_for("API").await;
        for keys in open {
            play.keys(keys).advance(Duration::from_millis(700)).await;
        }
        play.engine().go_down();
        play.advance(Duration::from_secs(3)).await;
        for (width, height) in [(20, 5), (20, 10), (30, 6), (40, 10)] {
            play.resize(width, height).settle().await;
            let screen = play.screen();
            assert!(screen.contains("lost "), "{open:?} at {width}x{height}\n{screen}");
        }
        play.quit().await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_prune_tells_first_how_much_goes_and_its_choices_move_along_where_there_is_little_room() {
    let mut play = Stage::new(40, 10).listed().await;
    play.keys("9").wait_for("Images").await.settle().await.keys("P").wait_for("That frees").await;
    assert!(!play.screen().contains("the cache of"), "{}", play.screen());
    play.keys("<S-Tab>").wait_for("[x] the cache of builds").await.wait_for("[ Cancel ]").await.quit().await;
}
