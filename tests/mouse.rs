//! The mouse: clicks on rows, views and tabs, the wheel over what it is over.

use crate::support::stage::Stage;
use crossterm::event::MouseEventKind;

#[tokio::test(start_paused = true)]
async fn a_click_selects_a_row_a_view_and_a_tab() {
    let mut play = Stage::new(120, 40).listed().await;
    play.click("grafana ").until("the row", |screen| screen.selected_name() == "grafana").await;
    play.wait_for("╭ grafana ─ Logs").await.click("Inspect").wait_for("Id: ").await;
    play.click("3 Volumes").wait_for("shop_db-data").await.click("1 Containers");
    play.until("the same row", |screen| screen.selected_name() == "grafana").await;
    // A dialog takes no click through.
    play.keys("s").wait_for("[ Stop ]").await.click("prometheus").settle().await;
    play.keys("<Esc>").gone("[ Stop ]").await;
    assert_eq!(play.screen().selected_name(), "grafana");
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn the_wheel_moves_the_list_it_is_over() {
    let mut play = Stage::new(120, 40).listed().await;
    play.mouse(MouseEventKind::ScrollDown, 10, 8).until("three rows on", |s| s.selected_name() == "db").await;
    play.mouse(MouseEventKind::ScrollUp, 10, 8).until("three rows back", |s| s.selected_name() == "api").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_click_beside_everything_is_harmless() {
    let mut play = Stage::new(80, 24).listed().await;
    for (column, row) in [(0, 0), (79, 0), (0, 23), (79, 23), (200, 200), (40, 10), (0, 2)] {
        play.mouse(MouseEventKind::Down(crossterm::event::MouseButton::Left), column, row);
        play.mouse(MouseEventKind::ScrollDown, column, row).settle().await;
    }
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_question_is_answered_by_clicks() {
    let mut play = Stage::new(120, 40).listed().await;
    play.keys("/mailer<Enter>").wait_for("filter: mailer").await;
    play.keys("D").wait_for("[x] force").await.click("[ Cancel ]").gone("[ Cancel ]").await;
    play.keys("D").wait_for("[x] force").await.click("[x] force").wait_for("[ ] force").await;
    play.click("[ ] force").wait_for("[x] force").await;
    play.click("[ Remove ]").wait_for("Removed mailer").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_form_is_filled_in_by_clicks_and_scrolled_by_the_wheel() {
    let mut play = Stage::new(80, 24).listed().await;
    play.keys("c").wait_for("Create container").await.keys("red").wait_for("redis:").await;
    play.click("redis:").until("the offer taken", |screen| screen.line_with("Image").contains("redis:")).await;
    play.click("  Name").wait_for("▸ Name").await.keys("fresh").wait_for("fresh").await;
    for _ in 0..30 {
        play.mouse(MouseEventKind::ScrollDown, 40, 10);
    }
    play.wait_for("▸ Drop capabilities").await.click("Privileged").wait_for("--privileged").await;
    play.click("[ Create ]").wait_for("Created fresh").await;
    assert_eq!(play.inspect("fresh").await["HostConfig"]["Privileged"], true);
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_click_puts_the_text_cursor_where_it_is() {
    let mut play = Stage::new(80, 24).listed().await;
    play.keys("c").wait_for("Create container").await.click("  Name").wait_for("▸ Name").await;
    play.keys("abdef").wait_for("abdef").await.click("def").keys("c").wait_for("abcdef").await;
    // Of several lines as well; behind the last character is its end.
    play.click("  Variables").wait_for("▸ Variables").await.keys("A=1<Enter>B=2").wait_for("B=2").await;
    play.click("=1").keys("A").wait_for("AA=1").await;
    play.keys("<Esc>").gone("Create container").await.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_key_that_a_line_shows_can_be_clicked() {
    let mut play = Stage::new(120, 40).listed().await;
    play.click("? help").wait_for("╭ Help").await.keys("?").gone("╭ Help").await;
    play.click("? help").wait_for("╭ Help").await;
    // Beneath a dialog it is as far away as everything else.
    play.click("? help").settle().await;
    play.keys("<Esc>").gone("╭ Help").await;
    play.click("s stop").wait_for("[ Stop ]").await.keys("<Esc>").gone("[ Stop ]").await.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_row_is_chosen_by_one_click_and_done_by_another() {
    let mut play = Stage::new(120, 40).listed().await;
    play.keys("y").wait_for("Copy of").await.click("short id").settle().await;
    assert!(play.screen().line_with("short id").contains("▸"), "{}", play.screen());
    play.click("short id").wait_for("Copied").await;
    // Text pages go by lines.
    play.keys("?").wait_for("Help").await;
    let before = play.screen().lines();
    play.mouse(MouseEventKind::ScrollDown, 40, 10);
    play.until("another line", |screen| screen.lines() != before).await;
    play.quit().await;
}
