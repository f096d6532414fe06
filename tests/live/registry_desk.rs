//! The view of registries on a real engine: one of the config file that wants a login is logged in to, walked through, deleted
//! from, left, and told of when it is down.

use crate::support::engines::{Live, on_engines};
use crate::support::registry::{OwnRegistry, PASSWORD, USER};
use crate::support::stage::Stage;
use oci_client::secrets::RegistryAuth;

on_engines!(walked_through);

async fn walked_through(live: Live) {
    let Some(mut own) = OwnRegistry::private().await else { return };
    let auth = RegistryAuth::Basic(USER.to_owned(), PASSWORD.to_owned());
    own.push("team/app", "1", &[2_000_000], &auth).await;
    own.push("team/app", "2", &[3_000_000], &auth).await;
    let home = own.folder.0.join("home");
    let file = home.join(".docker/config.json");
    std::fs::create_dir_all(home.join(".docker")).expect("a folder");
    std::fs::write(&file, r#"{"auths":{"other.example.com":{}}}"#).expect("a file");
    let name = own.name().to_string();
    let config = home.join("config.toml");
    std::fs::write(&config, format!("[[registries]]\nname = \"{name}\"\n")).expect("a file");

    let mut play = Stage::new(120, 40).socket(live.socket()).saved_in(config).open();
    play.wait_for("Containers ").await.keys("7").wait_for(&name).await;
    play.keys("/").keys(&name).keys("<Enter>").wait_for("login needed").await;
    // Without one, nothing is told but that.
    play.keys("<Enter>").wait_for("wants a login").await.keys("<Backspace>").wait_for("login needed").await;
    play.keys("l").wait_for("Log in to a registry").await.keys(USER).keys("<Tab>wrong<C-s>");
    play.wait_for("does not take this password of tester").await;
    assert!(!std::fs::read_to_string(&file).expect("the file").contains(&name), "nothing is kept");
    play.keys("<C-u>")
        .paste(PASSWORD)
        .keys("<C-s>")
        .wait_for("logged in as tester")
        .await
        .wait_for("User: \"tester\"")
        .await;
    assert!(std::fs::read_to_string(&file).expect("the file").contains(&name));

    play.keys("<Enter>").wait_for("team/app").await.keys("<Enter>").wait_for("› team/app").await;
    play.wait_for("▸ 1").await.keys("<Enter>").wait_for("layer 1").await.keys("<Backspace>").gone("layer 1").await;
    play.keys("D").wait_for(&format!("Delete {name}/team/app:1 on local?")).await.wait_for("cannot be undone").await;
    play.keys("<Right><Enter>").wait_for(&format!("Deleted {name}/team/app:1")).await.wait_for("▸ 2").await;
    play.keys("<Backspace>").gone("▸ 2").await.keys("<Backspace>").wait_for("logged in as tester").await;

    play.keys("L").wait_for(&format!("Log out of {name}")).await.keys("<Right><Enter>").wait_for("login needed").await;
    assert!(!std::fs::read_to_string(&file).expect("the file").contains(&name), "it is forgotten");
    own.stop();
    play.keys("R").wait_for("✗ down").await.wait_for("Nobody listens at").await;
    play.quit().await;
}
