//! Pictures of what belongs to the log: its forms, its marks, its ways to show lines.

use crate::screens::pictures;

#[tokio::test(start_paused = true)]
async fn save_log() {
    pictures("save_log", async |play| {
        play.keys("/web<Enter>l<C-s>").wait_for("Save the log of web").await.keys("<Tab>").settle().await;
    })
    .await;
}
