//! Pictures of what belongs to the log: its forms, its marks, its ways to show lines.

use crate::screens::pictures;

#[tokio::test(start_paused = true)]
async fn save_log() {
    pictures("save_log", async |play| {
        play.keys("/web<Enter>l<C-s>").wait_for("Save the log of web").await.keys("<Tab>").settle().await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn marked_lines() {
    pictures("marked_lines", async |play| {
        play.keys("/web<Enter>lz").wait_for("GET /cart").await.keys("kk ").wait_for("marked").await;
        play.keys("kkkkvkkk").wait_for("marked").await.settle().await;
    })
    .await;
}
