//! Lines of a log that are marked, copied and saved.

use crate::log_files::{form, lines, numbered, saved};
use crate::support::lines::Folder;
use crate::support::stage::Stage;

#[tokio::test(start_paused = true)]
async fn marked_lines_and_ranges_are_copied() {
    let mut play = Stage::new(100, 30).living().listed().await;
    numbered(&mut play, 300).await;
    play.keys(" ").wait_for("1 marked").await.wait_for("▸✓ line 300").await;
    play.keys("kk ").wait_for("2 marked").await.keys("y").wait_for("Copied 2 lines").await;
    assert_eq!(play.screen().copied.unwrap(), "line 298\nline 300");
    play.keys("<Esc><Esc>").gone("marked").await.wait_for("│line 300").await;
    // A range over more than the screen shows, down to its last line.
    play.keys("<PgUp><PgUp>v").wait_for("1 marked").await.keys("<PgDn><PgDn><PgDn>y").wait_for("Copied").await;
    let copied: Vec<String> = play.screen().copied.unwrap().lines().map(str::to_owned).collect();
    let first: usize = copied[0].trim_start_matches("line ").parse().unwrap();
    assert_eq!(copied, lines(first..=300), "{}", play.screen());
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn too_much_for_the_clipboard_is_said_and_can_be_saved() {
    let folder = Folder::new();
    let file = folder.0.join("marked.log");
    let mut play = Stage::new(160, 30).settings(|settings| settings.logs.tail = 20_000).living().listed().await;
    numbered(&mut play, 10_000).await;
    play.keys("gvG").wait_for("10,001 marked").await.keys("y").wait_for("too much for the clipboard").await;
    form(&mut play, &file).await;
    play.keys("<C-s>").wait_for("numbered: 10,001 lines").await;
    assert_eq!(saved(&file)[1..], lines(1..=10_000));
    play.keys("<Esc><Esc>").gone("marked").await.quit().await;
}
