//! Saved hosts: added, edited, renamed, duplicated, imported, removed, made the default and tried, and the file that is
//! written for it.

use crate::support::lines::Folder;
use crate::support::stage::{Play, Stage};
use dockerui_tui::demo::{Fault, What};
use std::path::PathBuf;

const TWO: &str = "# my hosts\ntheme = \"dark\" # at night\ndefault_host = \"prod\"\n\n# ask Anna\n[[hosts]]\nname = \"prod\" # live\nurl = \"ssh://deploy@eu-1\"\ncolor = \"red\"\nconfirm = \"name\"\n\n[[hosts]]\nname = \"lab\"\nurl = \"tcp://127.0.0.1:1\"\n# end\n";

/// A home with a config file.
struct Home(Folder);

impl Home {
    fn with(text: &str) -> Self {
        let folder = Folder::new();
        std::fs::write(folder.0.join("config.toml"), text).unwrap();
        Self(folder)
    }

    fn file(&self) -> PathBuf {
        self.0.0.join("config.toml")
    }

    fn text(&self) -> String {
        std::fs::read_to_string(self.file()).unwrap()
    }

    /// The Hosts view, the cursor on a host.
    async fn open(&self, host: &str) -> Play {
        let mut play = Stage::new(120, 40).saved_in(self.file()).listed().await;
        play.keys("0").wait_for("╭ Hosts").await;
        select(&mut play, host).await;
        play
    }
}

/// Puts the cursor on a host.
async fn select(play: &mut Play, host: &str) {
    play.keys("g").settle().await;
    for _ in 0..9 {
        if play.screen().selected_name() == host {
            return;
        }
        play.keys("j").settle().await;
    }
    panic!("no {host} in\n{}", play.screen());
}

#[tokio::test(start_paused = true)]
async fn a_host_is_added_and_seen_at_once() {
    let home = Home::with(TWO);
    let mut play = home.open("prod").await;
    play.keys("c").wait_for("Add a host").await.keys("web<Tab>ssh://me@web").wait_for("url = \"ssh://me@web\"").await;
    play.keys("<C-s>").gone("Add a host").await.wait_for("Saved web").await;
    play.until("the new host", |screen| screen.selected_name() == "web").await;
    assert_eq!(home.text(), format!("{TWO}\n[[hosts]]\nname = \"web\"\nurl = \"ssh://me@web\"\n"));
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn what_is_wrong_is_said_beside_its_field_and_nothing_is_written() {
    let home = Home::with(TWO);
    let mut play = home.open("prod").await;
    play.keys("c").wait_for("Add a host").await.keys("<C-s>").wait_for("Give the host a name.").await;
    play.keys("lab").wait_for("Another saved host is called so.").await.keys("2<Tab>tcp://far:2375");
    play.wait_for("unencrypted: anybody on the way").await;
    // Certificates are asked for where they mean something.
    assert!(!play.screen().contains("CA certificate"), "{}", play.screen());
    play.keys("<Tab><Space>").wait_for("CA certificate").await.gone("unencrypted").await;
    play.keys("<Tab><Tab>/nowhere/cert.pem").wait_for("there is no such file").await;
    play.wait_for("The certificate needs its key").await.keys("<C-s>").settle().await;
    assert!(play.screen().contains("Add a host") && home.text() == TWO, "{}", play.screen());
    // What was typed is there again.
    play.keys("<Esc>").gone("Add a host").await.keys("c").wait_for("/nowhere/cert.pem").await;
    play.keys("<Esc>").quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_host_is_renamed_in_its_place_and_stays_the_default() {
    let home = Home::with(TWO);
    let mut play = home.open("prod").await;
    play.keys("e").wait_for("Edit host prod").await.keys("<C-u>live<C-s>").wait_for("Saved live").await;
    play.until("the new name", |screen| screen.selected_name() == "live").await;
    assert_eq!(home.text(), TWO.replace("\"prod\"", "\"live\""));
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn the_host_on_screen_is_renamed_and_goes_on_working() {
    let home = Home::with("[[hosts]]\nname = \"demo\"\nurl = \"demo://\"\n");
    let mut play = home.open("demo").await;
    play.keys("e").wait_for("Edit host demo").await.keys("<C-u>mine<Tab><Tab>red").wait_for("color = \"red\"").await;
    play.keys("<Tab><Space><C-s>").wait_for("Saved mine").await;
    play.wait_for("╭ mine ─").await.wait_for("mine ● demo read-only").await;
    play.keys("1").wait_for("Containers 13").await.wait_for("read-only").await;
    // What the profile says holds at once, and is told with its reason.
    play.keys("D").wait_for("this host is read-only").await;
    assert!(play.served("DELETE").await.is_empty());
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_host_is_duplicated_under_a_name_that_is_free() {
    let home = Home::with(TWO);
    let mut play = home.open("prod").await;
    play.keys("C").wait_for("Duplicate host prod").await.wait_for("name = \"prod-2\"").await.keys("<C-s>");
    play.wait_for("Saved prod-2").await;
    assert!(
        home.text().contains("name = \"prod-2\"\nurl = \"ssh://deploy@eu-1\"\ncolor = \"red\"\nconfirm = \"name\"\n")
    );
    assert!(home.text().starts_with("# my hosts\ntheme = \"dark\" # at night\ndefault_host = \"prod\"\n"));
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn what_was_found_is_imported_alone_or_together() {
    let home = Home::with(TWO);
    std::fs::create_dir_all(home.0.0.join(".ssh")).unwrap();
    std::fs::write(home.0.0.join(".ssh/config"), "Host nas pi\nHost x1\n").unwrap();
    let mut play = home.open("x1").await;
    // Editing what is not saved says so and offers to save it.
    play.keys("e").wait_for("x1 is not saved yet: it comes from ~/.ssh/config.").await.keys("<C-s>");
    play.wait_for("Saved x1").await;
    select(&mut play, "nas").await;
    play.keys("<Space>");
    select(&mut play, "pi").await;
    play.keys("<Space>i").wait_for("Saved nas, pi").await;
    for name in ["x1", "nas", "pi"] {
        assert!(home.text().contains(&format!("name = \"{name}\"\nurl = \"ssh://{name}\"\n")), "{}", home.text());
    }
    play.keys("i").wait_for("it is saved already").await.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_host_is_removed_after_a_question_and_its_comments_stay() {
    let home = Home::with(TWO);
    let mut play = home.open("prod").await;
    play.keys("D").wait_for("Remove host prod?").await.wait_for("~/config.toml").await;
    play.wait_for("Nothing changes on the engine").await.keys("<Enter>").gone("Remove host").await;
    assert_eq!(home.text(), TWO, "Cancel has the focus");
    play.keys("D").wait_for("Remove host prod?").await.keys("<Right><Enter>").wait_for("Removed prod").await;
    let text = home.text();
    assert!(text.starts_with("# my hosts\ntheme = \"dark\" # at night\ndefault_host = \"\"\n\n# ask Anna\n"), "{text}");
    assert!(!text.contains("prod") && text.ends_with("# end\n"), "{text}");
    play.gone(" prod ").await.wait_for(" lab ").await.quit().await;
}

#[tokio::test(start_paused = true)]
async fn the_default_is_set_and_taken_back() {
    let home = Home::with(TWO);
    let mut play = home.open("lab").await;
    play.keys("d").wait_for("lab is the default host").await;
    assert!(home.text().contains("default_host = \"lab\"\n"));
    play.keys("d").wait_for("No host is the default").await;
    assert!(home.text().contains("default_host = \"\"\n"));
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_file_that_cannot_be_written_leaves_what_was_typed() {
    let home = Home::with(TWO);
    let mut play = home.open("lab").await;
    play.keys("e").wait_for("Edit host lab").await.keys("<Tab><C-u>ssh://lab2").wait_for("ssh://lab2").await;
    // Mistakes made by hand meanwhile are told with their line.
    let broken = TWO.replace("theme", "thme");
    std::fs::write(home.file(), &broken).unwrap();
    play.keys("<C-s>").wait_for("config.toml:2:1: There is no setting “thme”.").await.wait_for("ssh://lab2").await;
    assert_eq!(home.text(), broken);
    std::fs::write(home.file(), TWO).unwrap();
    let mut permissions = std::fs::metadata(home.file()).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(home.file(), permissions).unwrap();
    play.keys("<C-s>").wait_for("it is read-only").await.wait_for("ssh://lab2").await;
    std::fs::remove_file(home.file()).unwrap();
    play.keys("<C-s>").wait_for("Saved lab").await;
    assert_eq!(home.text(), "[[hosts]]\nname = \"lab\"\nurl = \"ssh://lab2\"\n");
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_host_is_tried_as_it_is_typed_and_the_form_stays() {
    let home = Home::with(TWO);
    let mut play = home.open("lab").await;
    play.keys("c").wait_for("Add a host").await.keys("<C-t>").wait_for("Say where").await;
    play.keys("demo://<C-t>").wait_for("Test of demo://").await.wait_for("the embedded engine is there").await;
    play.wait_for("containers listed").await.wait_for("It works.").await.keys("<Esc>").gone("Test of").await;
    play.keys("<C-u>tcp://127.0.0.1:1<C-t>").wait_for("nobody listens at 127.0.0.1:1").await;
    play.wait_for("It does not work yet.")
        .await
        .keys("<Esc>")
        .gone("Test of")
        .await
        .wait_for("tcp://127.0.0.1:1")
        .await;
    // From the list, and given up half-way.
    play.keys("<Esc>").gone("Add a host").await;
    select(&mut play, "demo").await;
    play.engine().inject(Fault::always("GET /containers/json", What::Hang));
    play.keys("T").wait_for("Test of demo").await.wait_for("API").await.wait_for("connecting…").await;
    play.keys("<Esc>").gone("Test of").await.quit().await;
    assert_eq!(home.text(), TWO);
}

#[tokio::test(start_paused = true)]
async fn the_demo_keeps_hosts_and_says_for_how_long() {
    let mut play = Stage::new(120, 40).listed().await;
    play.keys(":").keys("add-host ssh://me@web<Enter>").wait_for("Add a host").await;
    play.wait_for("kept until the demo ends; no file is written").await.keys("web<C-s>");
    play.wait_for("Saved web for as long as the demo runs").await.keys("0").wait_for("╭ Hosts").await;
    select(&mut play, "web").await;
    play.wait_for("ssh://me@web").await.quit().await;
}
