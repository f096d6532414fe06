//! Stories of the System view: what takes room, what the engine says of itself, clearing what nobody uses.

use crate::support::stage::Stage;

#[tokio::test(start_paused = true)]
async fn what_takes_room_and_what_the_engine_says() {
    let mut play = Stage::new(120, 40).listed().await;
    play.keys("9").wait_for("RECLAIMABLE").await.wait_for("Storage driver").await;
    play.keys("<Tab>]").wait_for("SHARED").await;
    play.keys("]").wait_for("DESCRIPTION").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn what_nobody_uses_is_cleared_by_choice() {
    let mut play = Stage::new(120, 40).listed().await;
    play.keys("9").wait_for("RECLAIMABLE").await;
    play.keys("P").wait_for("containers that do not run").await;
    play.wait_for("docker container prune; docker network prune").await;
    // All but the first are taken back, then it is accepted.
    play.keys("<Tab><Tab><Tab> <Tab> <Tab><Tab><Tab> ").wait_for("containers (6.1 MiB)").await;
    play.keys("<Tab><Tab><Enter>").wait_for("Pruned").await;
    play.keys("1").wait_for("0 down").await;
    play.quit().await;
}
