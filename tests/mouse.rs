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
