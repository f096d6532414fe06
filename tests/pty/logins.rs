//! Logging in and out of a registry where no engine answers: the registry itself is asked, from this machine.

use crate::support::registry::{OwnRegistry, PASSWORD, USER};
use crate::support::terminal::{Home, Terminal};
use tokio::runtime::Builder;

#[test]
fn a_login_needs_no_engine() {
    let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
    let Some(own) = runtime.block_on(OwnRegistry::private()) else { return };
    let home = Home::new();
    let docker = home.path().join(".docker");
    std::fs::create_dir_all(&docker).expect("a folder");
    let file = docker.join("config.json");
    let before = r#"{"auths":{"other.example.com":{}}}"#;
    std::fs::write(&file, before).expect("a file");
    let mut terminal = Terminal::start_with(home, &["-H", "unix:///nonexistent/docker.sock"], &[]);
    terminal.wait_for("There is no socket at /nonexistent/docker.sock.");
    let name = own.name().to_string();
    terminal.keys("7");
    terminal.wait_for("╭ Registries");
    terminal.keys("l");
    terminal.wait_for("Log in to a registry");
    terminal.keys(&format!("{name}\t{USER}\twrong"));
    terminal.wait_for("•••••");
    terminal.keys("\x13");
    terminal.wait_for("does not take this password");
    assert_eq!(std::fs::read_to_string(&file).expect("the file"), before, "nothing is kept");
    terminal.keys("\x15");
    terminal.wait_without("•••••");
    terminal.keys(PASSWORD);
    terminal.keys("\x13");
    terminal.wait_for(&format!("Logged in to {name}"));
    let kept = std::fs::read_to_string(&file).expect("the file");
    assert!(kept.contains(&name) && !kept.contains(PASSWORD), "{kept}");
    terminal.keys("\x03");
    assert_eq!(terminal.ended(), 0);
}
