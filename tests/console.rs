//! Sessions in the console pane: typed to, left, kept, closed, lost.

use crate::screens::{SIZES, settled};
use crate::support::client;
use crate::support::stage::{Play, Stage};
use crate::support::styled::styled;
use crossterm::event::{MouseButton, MouseEventKind};
use dockerui_tui::demo::{Fault, What};
use std::time::Duration;

/// A shell in a pane beside the list.
async fn shell(width: u16, height: u16) -> Play {
    let mut play = Stage::new(width, height).listed().await;
    play.keys("/web<Enter>").settle().await;
    play.keys("e").wait_for("/ # ").await;
    play
}

/// Out of the session, out of the program.
async fn leave(play: &mut Play) {
    play.keys("<C-5>").quit().await;
}

#[tokio::test(start_paused = true)]
async fn what_is_typed_goes_to_the_shell_and_comes_back() {
    let mut play = shell(120, 40).await;
    play.wait_for("Ctrl-] leaves").await;
    // Keys that mean something elsewhere mean nothing here.
    play.keys("echo quit:D?<Enter>").wait_for("│quit:D?").await;
    play.keys("<C-c>").wait_for("^C").await;
    play.paste("echo pasted").wait_for("echo pasted").await;
    play.keys("<Enter>").settle().await;
    assert!(play.screen().contains("Containers"), "list and log stay in sight");
    leave(&mut play).await;
}

#[tokio::test(start_paused = true)]
async fn the_size_follows_the_pane() {
    let mut play = shell(120, 40).await;
    play.keys("stty size<Enter>").wait_for("18 118").await;
    play.resize(100, 30).settle().await;
    play.keys("stty size<Enter>").wait_for("12 98").await;
    play.keys("<C-5>").keys("z").keys("<Enter>").settle().await;
    play.keys("clear<Enter>").settle().await;
    play.keys("stty size<Enter>").wait_for("25 98").await;
    leave(&mut play).await;
}

#[tokio::test(start_paused = true)]
async fn several_sessions_survive_views_and_hiding() {
    let mut play = shell(120, 40).await;
    play.keys("echo first<Enter>").wait_for("first").await;
    play.keys("<C-5>n").wait_for("2 web").await;
    play.keys("echo second<Enter>").wait_for("second").await;
    play.gone("first").await;
    play.keys("<C-5>~").gone("2 web").await;
    play.keys("2").wait_for("Images").await;
    play.keys("~").wait_for("second").await;
    play.keys("<C-5>[").wait_for("first").await;
    // It is asked about; what is closed ends in the container.
    play.keys("D").wait_for("[ Cancel ]").await;
    play.keys("<Enter>").gone("[ Cancel ]").await;
    play.wait_for("first").await;
    play.keys("D").wait_for("[ Close ]").await;
    play.keys("<Tab><Enter>").gone("first").await;
    play.wait_for("1 web").await;
    play.keys("<C-c>").ended().await;
}

#[tokio::test(start_paused = true)]
async fn an_end_tells_its_exit_code_and_takes_no_keys() {
    let mut play = shell(80, 24).await;
    play.keys("exit 7<Enter>").wait_for("ended, exit code 7").await;
    // What was typed ahead of the end means nothing to the list.
    play.keys("sD").settle().await;
    assert!(!play.screen().contains("[ Cancel ]"));
    play.keys("<Enter>").gone("exit code 7").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_lost_session_says_why() {
    let mut play = shell(120, 40).await;
    play.engine().go_down();
    play.wait_for("(lost)").await;
    leave(&mut play).await;
}

#[tokio::test(start_paused = true)]
async fn the_end_of_a_container_is_told_as_the_reason_of_its_sessions() {
    let mut play = shell(120, 40).await;
    client::post(play.engine(), "/containers/web/kill?signal=KILL").await;
    play.wait_for("(ended, exit code 137)").await.wait_for("The container stopped, and the session with it.").await;
    client::post(play.engine(), "/containers/web/start").await;
    play.keys("<Enter>").gone("exit code 137").await.wait_for("● up").await.keys("e").wait_for("/ # ").await;
    client::post(play.engine(), "/containers/web/restart").await;
    play.wait_for("The container was restarted, and the session ended with its last run.").await;
    play.keys("<Enter>").gone("exit code 137").await.wait_for("● up").await.keys("e").wait_for("/ # ").await;
    client::delete(play.engine(), "/containers/web?force=1").await;
    play.wait_for("The container was removed, and the session with it.").await;
    leave(&mut play).await;
}

#[tokio::test(start_paused = true)]
async fn a_process_that_was_killed_alone_blames_no_container() {
    let mut play = shell(120, 40).await;
    play.keys("exit 137<Enter>").wait_for("(ended, exit code 137)").await.settle().await;
    assert!(!play.screen().contains("The container"), "{}", play.screen());
    leave(&mut play).await;
}

#[tokio::test(start_paused = true)]
async fn a_session_that_cannot_be_opened_says_why() {
    let mut play = Stage::new(120, 40)
        .fault(Fault::always("/exec", What::Status { code: 500, message: "no more processes".into(), html: false }))
        .listed()
        .await;
    play.keys("/web<Enter>").settle().await;
    play.keys("e").wait_for("(lost)").await;
    leave(&mut play).await;
}

#[tokio::test(start_paused = true)]
async fn the_wheel_scrolls_back_and_dragging_copies() {
    let mut play = shell(120, 40).await;
    for line in 0..30 {
        play.keys(&format!("echo row-{line}<Enter>"));
    }
    play.wait_for("row-29").await;
    for _ in 0..14 {
        play.mouse(MouseEventKind::ScrollUp, 10, 30);
    }
    play.wait_for("rows back").await;
    // Typing shows the screen again.
    play.keys("x").gone("rows back").await;
    let (column, row) = play.screen().place_of("row-29");
    play.mouse(MouseEventKind::Down(MouseButton::Left), column, row);
    play.mouse(MouseEventKind::Drag(MouseButton::Left), column + 5, row);
    play.mouse(MouseEventKind::Up(MouseButton::Left), column + 5, row).wait_for("Copied row-29").await;
    leave(&mut play).await;
}

#[tokio::test(start_paused = true)]
async fn a_read_only_host_opens_none() {
    let mut play = Stage::new(120, 40).read_only().listed().await;
    play.keys("/web<Enter>").settle().await;
    play.keys("e").wait_for("Shell in a pane: this host is read-only").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn keys_mark_and_copy_while_the_session_goes_on_behind() {
    let mut play = shell(120, 40).await;
    for line in 0..40 {
        play.keys(&format!("echo row-{line}<Enter>"));
    }
    play.wait_for("row-39").await;
    play.keys("<C-5>v").wait_for("stands still · Space marks from here").await;
    // It is the row under the cursor until something is marked.
    play.keys("kkk").keys("y").wait_for("Copied row-38").await;
    play.keys("v").wait_for("stands still").await;
    play.keys("gjj").wait_for("rows back").await;
    play.keys("V").wait_for("y copies it").await;
    play.keys("jj<Enter>").wait_for("Copied").await;
    play.gone("stands still").await;
    // Esc takes the mark back, then leaves; then it is the pane that is left.
    play.keys("vv").wait_for("y copies it").await;
    play.keys("<Esc>").gone("y copies it").await;
    play.wait_for("stands still").await;
    play.keys("<Esc>").gone("stands still").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_drag_that_leaves_the_pane_copies_all_the_same() {
    let mut play = shell(120, 40).await;
    play.keys("echo marked<Enter>").wait_for("echo marked").await;
    let (column, row) = play.screen().place_of("# echo marked");
    play.mouse(MouseEventKind::Down(MouseButton::Left), column + 2, row);
    play.mouse(MouseEventKind::Drag(MouseButton::Left), 119, 39);
    play.mouse(MouseEventKind::Up(MouseButton::Left), 119, 39).wait_for("Copied 3 lines").await;
    leave(&mut play).await;
}

#[tokio::test(start_paused = true)]
async fn the_tab_on_top_is_named_however_many_there_are() {
    let mut play = shell(80, 24).await;
    for place in 2..9 {
        play.keys("<C-5>n").wait_for(&format!("{place} web")).await;
    }
    play.gone("1 web").await;
    play.keys("<C-5>]").wait_for("1 web").await;
    play.gone("8 web").await;
    let (column, row) = play.screen().place_of("3 web");
    play.mouse(MouseEventKind::Down(MouseButton::Left), column, row);
    play.keys("echo $((1))<Enter>").settle().await;
    play.keys("<C-5>]").keys("]").wait_for("5 web").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn pictures_of_the_pane() {
    for (width, height) in SIZES {
        let mut play = settled(Stage::new(width, height)).await;
        play.keys("/web<Enter>").settle().await;
        play.keys("e").wait_for("/ # ").await;
        play.keys("ps<Enter>").wait_for("ps").await;
        play.keys("<C-5>n").wait_for("2 web").await;
        play.keys("uname<Enter>").wait_for("Linux").await.settle().await;
        insta::assert_snapshot!(format!("typed_to_{width}x{height}"), styled(&play.screen()));
        play.keys("<C-5>v").keys("kkVk").wait_for("copies it").await.settle().await;
        insta::assert_snapshot!(format!("marked_{width}x{height}"), styled(&play.screen()));
        play.quit().await;
    }
}

#[tokio::test(start_paused = true)]
async fn pictures_of_ends() {
    for (width, height) in SIZES {
        let message = "OCI runtime exec failed: exec: \"sh\": executable file not found in $PATH".into();
        let mut play = settled(Stage::new(width, height)).await;
        play.keys("/web<Enter>").settle().await;
        play.keys("e").wait_for("/ # ").await.keys("ps<Enter>").wait_for("nginx: worker").await.settle().await;
        client::post(play.engine(), "/containers/web/kill?signal=KILL").await;
        play.wait_for("The container stopped").await.wait_for("○ exited").await.advance(Duration::from_secs(5)).await;
        insta::assert_snapshot!(format!("ended_{width}x{height}"), styled(&play.screen()));
        play.engine().inject(Fault::always("/exec", What::Status { code: 400, message, html: false }));
        play.keys("<Enter>").gone("exit code").await.keys("/<C-u>db<Enter>g").settle().await;
        play.keys("e").wait_for("There is no shell").await.advance(Duration::from_secs(5)).await;
        insta::assert_snapshot!(format!("no_shell_{width}x{height}"), styled(&play.screen()));
        play.keys("h").wait_for("Helper shell of which image?").await.wait_for("▸ busybox").await.settle().await;
        insta::assert_snapshot!(format!("helper_image_{width}x{height}"), styled(&play.screen()));
        play.keys("<Esc>").gone("of which image").await.keys("<Enter>").quit().await;
    }
}

#[tokio::test(start_paused = true)]
async fn no_size_harms_the_pane() {
    let mut play = shell(120, 40).await;
    play.keys("ls<Enter>").wait_for("etc").await;
    for (width, height) in [(1, 1), (2, 3), (20, 5), (300, 90), (3, 40), (120, 2), (0, 0), (80, 24)] {
        play.resize(width, height).settle().await;
        play.keys("<C-5>vkV").settle().await;
        play.resize(width + 1, height).settle().await;
        play.keys("ls<Enter>").settle().await;
        play.keys("<Enter>").settle().await;
        play.keys("ls<Enter>").settle().await;
    }
    play.resize(120, 40).settle().await;
    play.keys("echo whole<Enter>").wait_for("│whole").await;
    leave(&mut play).await;
}

#[tokio::test(start_paused = true)]
async fn a_session_goes_on_while_another_host_is_shown() {
    let mut play = Stage::new(120, 40).also("eu", 0).listed().await;
    play.keys("/web<Enter>").settle().await;
    play.keys("e").wait_for("/ # ").await;
    play.keys("echo here-one<Enter>").wait_for("│here-one").await;
    play.keys("<C-5>:host eu<Enter>").until("eu", |screen| screen.line(0).contains("eu")).await;
    play.gone("here-one").await;
    // Each host has its own sessions, and that one knows nothing of the other.
    play.keys("/web<Enter>").wait_for("filter: web").await.keys("e").wait_for("/ # ").await;
    play.keys("echo over-there<Enter>").wait_for("over-there").await;
    play.advance(Duration::from_secs(120)).await;
    play.keys("<C-5>:host demo<Enter>").until("demo", |screen| screen.line(0).contains("DEMO")).await;
    play.wait_for("here-one").await.gone("over-there").await;
    play.keys("~").wait_for("Ctrl-] leaves").await;
    play.keys("echo again-here<Enter>").wait_for("│again-here").await;
    play.keys("<C-5>:host eu<Enter>").wait_for("over-there").await;
    play.quit().await;
}
