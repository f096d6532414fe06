//! Images: pushed, saved and loaded, pruned, searched for, compared with their registries, made of containers.

use crate::support::lines::Folder;
use crate::support::stage::{Play, Stage};

/// The list of images, filtered.
async fn images(stage: Stage, filter: &str) -> Play {
    let mut play = stage.listed().await;
    play.keys("2").wait_for("REPOSITORY").await.wait_for("postgres").await;
    if !filter.is_empty() {
        play.keys("/").keys(filter).keys("<Enter>").wait_for(&format!("filter: {filter}")).await;
    }
    play
}

#[tokio::test(start_paused = true)]
async fn a_push_tells_its_layers_and_its_end() {
    let mut play = images(Stage::new(120, 40), "payments").await;
    play.keys("P").wait_for("Push registry.example.com/payments:4.2.1").await.wait_for("docker push").await;
    play.keys("<Enter>").wait_for("Pushing registry.example.com/payments:4.2.1…").await.wait_for("%").await;
    play.wait_for("Pushed registry.example.com/payments:4.2.1").await;
    assert_eq!(play.served("/push?tag=4.2.1").await.len(), 1);
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_refused_push_stays_in_its_form_with_a_remedy() {
    let mut play = images(Stage::new(120, 40), "postgres").await;
    play.keys("P").wait_for("docker push postgres:16").await.keys("<Enter>");
    play.wait_for("requested access to the resource is denied")
        .await
        .wait_for("log in to it in the Registries view")
        .await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn marked_images_are_saved_to_one_file_and_loaded_again() {
    let folder = Folder::new();
    let file = folder.0.join("two.tar");
    let path = file.to_str().unwrap().to_owned();
    let mut play = images(Stage::new(120, 40), "").await;
    play.keys("/alpine:3<Enter><Space>/").keys("<C-u>redis<Enter><Space>").wait_for("2 marked").await;
    play.keys("S").wait_for("Save 2 images").await.keys("<C-u>").keys(&path).keys("<Enter>");
    play.wait_for("Saved 2 images: ").await;
    assert!(std::fs::metadata(&file).unwrap().len() > 1024);
    // What is there is replaced only when asked to.
    play.keys("S").wait_for("Save 2 images").await.keys("<C-u>").keys(&path).keys("<Enter>");
    play.wait_for("is there already").await.keys("<Esc>").gone("is there already").await;
    play.keys("l").wait_for("Load images").await.keys("<C-u>").keys(&path).keys("<Enter>");
    play.wait_for(": alpine:3.20, redis:7-alpine").await;
    play.keys("l").wait_for("Load images").await.keys("<C-u>/no/such.tar<Enter>");
    play.wait_for("There is no file /no/such.tar.").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn what_is_no_archive_is_told_in_the_engines_words() {
    let folder = Folder::new();
    let file = folder.0.join("bad.tar");
    std::fs::write(&file, vec![7; 100_000]).unwrap();
    let mut play = images(Stage::new(120, 40), "").await;
    play.keys("l").wait_for("Load images").await.keys("<C-u>").keys(file.to_str().unwrap()).keys("<Enter>");
    play.wait_for("invalid tar header").await;
    play.keys("<Esc>").gone("Load images").await;
    play.keys("I").wait_for("Import an image").await.keys("<C-u>https://example.invalid/a.tar").keys("<C-s>");
    play.wait_for("no such host").await.wait_for("cannot reach").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_prune_shows_first_what_goes() {
    let mut play = images(Stage::new(120, 40), "").await;
    play.keys("X").wait_for("Prune dangling images").await.wait_for("2 images go: ").await.wait_for("That frees").await;
    play.keys("<S-Tab><S-Tab>").keys("<Space>").wait_for("Prune unused images").await;
    play.keys("<Tab>3w").wait_for("until=504h").await.gone("2 images go").await;
    play.keys("<C-u>7x").settle().await;
    play.keys("<Tab><Tab>").wait_for("is no age").await;
    play.keys("<S-Tab><S-Tab><C-u><S-Tab><Space>").wait_for("2 images go: ").await;
    play.keys("<S-Tab><Enter>").wait_for("Pruned dangling images: 2 images deleted").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn what_is_found_is_pulled_with_enter() {
    let mut play = images(Stage::new(120, 40), "").await;
    play.keys("s").wait_for("Search images on demo").await.keys("grafana<Enter>").wait_for("★ 3.8k").await;
    play.keys("<C-u>nginx<Enter>").wait_for("Official build of Nginx").await;
    play.keys("<Enter>").wait_for("Pulled nginx").await;
    assert_eq!(play.served("fromImage=nginx&tag=latest").await.len(), 1);
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn newer_images_are_marked_and_told() {
    let mut play = images(Stage::new(120, 40), "").await;
    play.keys("/alpine:latest<Enter>").wait_for("filter: alpine:latest").await;
    play.keys("N").wait_for("Newer in the registry: alpine:latest").await.wait_for("↑ latest").await;
    play.keys("1").wait_for("STATE").await.keys("N").wait_for("images are up to date").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_container_becomes_an_image() {
    let mut play = Stage::new(120, 40).listed().await;
    play.keys("/web<Enter>").wait_for("filter: web").await;
    play.keys("I").wait_for("Make an image of web").await.keys("web-copy:1").wait_for("docker commit web").await;
    play.keys("<C-s>").wait_for("Committed web as web-copy:1").await;
    play.keys("2/").keys("web-copy<Enter>").wait_for("web-copy").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn one_of_several_names_is_taken_off() {
    let mut play = images(Stage::new(120, 40), "redis").await;
    play.keys("t").wait_for("Tag redis:7-alpine").await.keys("<C-u>cache:1<Enter>").wait_for("Tagged").await;
    play.wait_for("+1").await.keys("u").wait_for("Take a name off").await.keys("<C-u>cache:1<Enter>");
    play.wait_for("Untag cache:1").await.keys("<Right><Enter>").wait_for("Untagged cache:1").await;
    play.gone("+1").await.quit().await;
}

#[tokio::test(start_paused = true)]
async fn what_runs_and_is_outdated_is_listed_by_a_word() {
    let mut play = Stage::new(120, 40).listed().await;
    play.keys(":images outdated<Enter>").wait_for("filter: is=outdated").await;
    play.until("an answer", |screen| screen.contains("up to date") || screen.contains("Newer in the registry")).await;
    play.keys("/<C-u>alpine:latest<Enter>N").wait_for("↑ latest").await.keys("/<C-u>is=outdated<Enter>");
    play.wait_for("filter: is=outdated").await.wait_for("↑ latest").await.quit().await;
}

#[tokio::test(start_paused = true)]
async fn an_image_is_opened_in_its_registry_with_its_platforms() {
    let mut play = images(Stage::new(120, 40), "alpine:3.20").await;
    play.keys("]").wait_for("PLATFORM").await.wait_for("linux/amd64").await.wait_for("the engine keeps one").await;
    play.keys("r").wait_for("docker.io › library/alpine › 3.20").await.keys("<Esc>");
    play.wait_for("docker.io › library/alpine").await.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_removal_tells_its_layers_and_takes_all_names_where_asked() {
    let mut play = images(Stage::new(120, 40), "redis").await;
    play.keys("t").wait_for("Tag redis:7-alpine").await.keys("<C-u>cache:1<Enter>").wait_for("Tagged").await;
    play.wait_for("+1").await.keys("D").wait_for("Only the name").await.wait_for("the image stays, as").await;
    play.keys("<Tab><Tab><Space>").wait_for("all names that it has").await;
    play.wait_for("docker rmi").await.keys("<Esc>").gone("docker rmi").await;
    play.keys("/<C-u>debian<Enter>").gone("redis").await.keys("D").wait_for("Remove debian").await;
    play.until("what goes", |screen| screen.dialog("Remove debian").contains("is made of it; force leaves them")).await;
    play.keys("<S-Tab><S-Tab><Space>")
        .until("the layers", |screen| screen.dialog("Remove debian").contains("keeps its files"))
        .await;
    play.quit().await;
}
