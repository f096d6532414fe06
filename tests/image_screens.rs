//! Pictures of the dialogs and tabs about images and registries.

use crate::screens::pictures;
use crate::support::stage::Play;

/// Of the list of images narrowed to these, after these keys, when this is shown.
async fn image(name: &str, filter: &str, keys: &str, shows: &str) {
    pictures(name, async |play| {
        play.keys("2").wait_for("REPOSITORY").await.wait_for("alpine").await;
        if !filter.is_empty() {
            play.keys("/").keys(filter).keys("<Enter>").wait_for(&format!("filter: {filter}")).await;
        }
        play.keys(keys).wait_for(shows).await.gone("Reading").await.gone("being measured").await.settle().await;
    })
    .await;
}

/// Of the view of registries.
async fn registry(name: &str, filter: &str, story: impl AsyncFn(&mut Play)) {
    pictures(name, async |play| {
        play.keys("7").wait_for("login needed").await.wait_for("● open").await;
        play.keys("/").keys(filter).keys("<Enter>").gone("docker.io").await;
        story(play).await;
        play.settle().await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn where_images_come_from() {
    image("image_pull", "", "pbusybox:1<Tab>", "docker pull busybox:1").await;
    image("image_load", "", "l<C-u>/tmp/images.tar", "docker load").await;
    image("image_import", "", "I<C-u>https://example.com/root.tar<Tab>root:1", "docker import").await;
    image("image_search", "", "snginx<Enter>", "Official build of Nginx").await;
    image("image_build", "", "b<C-u>/nowhere/app<Tab>", "docker build").await;
}

#[tokio::test(start_paused = true)]
async fn where_images_go() {
    image("image_tag", "redis", "t<C-u>cache:1", "docker tag").await;
    image("image_push", "payments", "P", "docker push").await;
    image("image_save", "redis", "S<C-u>/tmp/redis.tar", "docker save").await;
    image("image_remove", "redis", "D", "docker rmi").await;
    image("image_prune", "", "X", "That frees").await;
}

#[tokio::test(start_paused = true)]
async fn what_an_image_is_made_of() {
    image("image_history", "payments", "h", "COMMAND").await;
    pictures("image_layer", async |play| {
        play.keys("2").wait_for("REPOSITORY").await.keys("/payments<Enter>").wait_for("filter: payments").await;
        play.keys("h").wait_for("Enter read").await.wait_for("COPY").await.keys("<Enter>").wait_for("Size: ").await;
        play.settle().await;
    })
    .await;
    image("image_platforms", "alpine:3.20", "]", "the engine keeps one").await;
}

#[tokio::test(start_paused = true)]
async fn of_a_container() {
    pictures("image_commit", async |play| {
        play.keys("/web<Enter>").wait_for("filter: web").await;
        play.keys("Iweb-copy:1").wait_for("docker commit").await.settle().await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn logins() {
    registry("registry_login", "registry.example", async |play| {
        play.keys("l").wait_for("Log in to").await.keys("ann<Tab>secret").wait_for("docker login").await;
    })
    .await;
    registry("registry_logout", "registry.example", async |play| {
        play.keys("l").wait_for("Log in to").await.keys("ann<Tab>demo<C-s>").wait_for("logged in as ann").await;
        play.keys("L").wait_for("Log out of registry.example.com").await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn in_a_registry() {
    registry("registry_repository", "localhost", async |play| {
        play.keys("oteam/app").wait_for("Go to a repository of localhost").await;
    })
    .await;
    let tags = async |play: &mut Play| {
        play.keys("<Enter>").wait_for("shop/api").await.keys("<Enter>").wait_for("49M").await;
    };
    registry("registry_image", "localhost", async |play| {
        tags(play).await;
        play.keys("<Enter>").wait_for("▸ linux/amd64").await.keys("<Enter>").wait_for("layer 1").await;
    })
    .await;
    registry("registry_delete", "localhost", async |play| {
        tags(play).await;
        play.keys("D").wait_for("cannot be undone").await;
    })
    .await;
    registry("registry_push", "localhost", async |play| {
        tags(play).await;
        play.keys("Palpine:3.20<Tab>9").wait_for("docker tag alpine:3.20").await;
    })
    .await;
}
