//! Logins that ask something: the program leaves the screen, ssh asks in the terminal, and the login carries the host.

use crate::support::engines::{Live, Product, with};
use crate::support::lines::SshServer;
use crate::support::terminal::{Home, Terminal};
use std::os::unix::fs::symlink;

/// The program at a host behind that server, where `ssh` is one of the script's clients.
fn start(live: &Live, server: &SshServer, client: &str) -> Terminal {
    start_at(live, server, client, "engine")
}

/// The same as another user.
fn start_at(live: &Live, server: &SshServer, client: &str, host: &str) -> Terminal {
    let home = Home::new();
    let tools = home.path().join("tools");
    std::fs::create_dir_all(&tools).expect("a folder");
    symlink(server.folder.0.join(client), tools.join("ssh")).expect("a link");
    let path = format!("{}:{}", tools.display(), std::env::var("PATH").unwrap_or_default());
    let host = format!("ssh://{host}{}", live.socket().display());
    Terminal::start_with(home, &["-H", &host], &[("PATH", &path)])
}

async fn passphrase(live: Live) {
    let server = SshServer::start(&live.socket(), &[]);
    let target = live.script("pp", "sleep 1000").await;
    let mut terminal = start(&live, &server, "locked");
    terminal.wait_for("did not let us in");
    terminal.wait_for("Not trying again by itself");
    terminal.wait_for("L logs in");
    assert_eq!(server.logins(), 0);
    terminal.keys("L");
    terminal.wait_for("Enter passphrase for key");
    assert!(!terminal.screen().alternate_screen(), "{}", terminal.contents());
    terminal.keys("wrong\r");
    terminal.wait("the question again", |screen| screen.contents().matches("Enter passphrase for key").count() == 2);
    terminal.keys("sesame\r");
    terminal.wait_for(&target.name);
    assert!(terminal.screen().alternate_screen());
    // Everything goes over that login.
    terminal.keys("2");
    terminal.wait_for("busybox");
    terminal.keys("1/-pp\r");
    terminal.wait_for("╭ ");
    assert_eq!(server.logins(), 1);
    terminal.keys("\x03");
    assert_eq!(terminal.ended(), 0);
    server.until_no_clients().await;
}

async fn password(live: Live) {
    let server = SshServer::start(&live.socket(), &["AuthenticationMethods password", "PasswordAuthentication yes"]);
    let target = live.script("pw", "sleep 1000").await;
    let mut terminal = start_at(&live, &server, "nobody", "inside@engine");
    terminal.wait_for("did not let us in");
    terminal.wait_for("L logs in");
    // Given up: back on the screen, with a word, and nothing goes on asking.
    terminal.keys("L");
    terminal.wait_for("password:");
    // A Ctrl-c that comes just before ssh begins to read is noted by ssh and looked at after the next key.
    terminal.keys("\x03\r");
    terminal.wait_for("The login was given up");
    assert!(terminal.screen().alternate_screen(), "{}", terminal.contents());
    server.until_no_clients().await;
    // Wrong as often as the server lets it be.
    terminal.keys("L");
    for count in 1..=3 {
        terminal.wait("the question", |screen| screen.contents().matches("password:").count() == count + 1);
        terminal.keys("wrong\r");
    }
    terminal.wait_for("Logging in to");
    terminal.wait_for("did not let us in");
    assert_eq!(server.logins(), 0);
    // Once wrong, then right.
    terminal.keys("L");
    terminal.wait("the question", |screen| screen.contents().matches("password:").count() == 5);
    terminal.keys("wrong\r");
    terminal.wait_for("Permission denied, please try again.");
    terminal.wait("the question again", |screen| screen.contents().matches("password:").count() == 6);
    terminal.keys("sesame\r");
    terminal.wait_for(&target.name);
    assert!(!terminal.contents().contains("sesame"), "{}", terminal.contents());
    assert_eq!(server.logins(), 1);
    // The line stays: Ctrl-c of the next thing that has the terminal is none of its business.
    live.docker(&["pause", &target.name]);
    terminal.wait_for("‖ paused");
    live.docker(&["unpause", &target.name]);
    terminal.wait_for("● up");
    terminal.keys("\x03");
    assert_eq!(terminal.ended(), 0);
    server.until_no_clients().await;
}

async fn unknown_host(live: Live) {
    let server = SshServer::start(&live.socket(), &[]);
    let target = live.script("hk", "sleep 1000").await;
    let mut terminal = start(&live, &server, "stranger");
    terminal.wait_for("The host key of engine is not known yet.");
    terminal.keys("L");
    terminal.wait_for("Are you sure you want to continue connecting");
    terminal.keys("no\r");
    terminal.wait_for("Logging in to");
    terminal.wait_for("Not trying again by itself");
    terminal.keys("L");
    terminal.wait("the question again", |screen| screen.contents().matches("Are you sure you want").count() == 2);
    terminal.keys("yes\r");
    terminal.wait_for(&target.name);
    assert_eq!(server.logins(), 1);
    terminal.keys("\x03");
    assert_eq!(terminal.ended(), 0);
    server.until_no_clients().await;
}

async fn changed_key(live: Live) {
    let server = SshServer::start(&live.socket(), &[]);
    let known = server.folder.0.join("known_hosts");
    let other = std::fs::read_to_string(server.folder.0.join("user_key.pub")).expect("a key");
    let other: Vec<&str> = other.split_whitespace().take(2).collect();
    std::fs::write(known, format!("[127.0.0.1]:{} {}\n", server.port(), other.join(" "))).expect("known hosts");
    let mut terminal = start(&live, &server, "ssh");
    terminal.wait_for("The host key of engine is not the one known so far.");
    terminal.wait_for("Not trying again by itself");
    terminal.keys("L");
    terminal.wait_for("the host asks for no login");
    terminal.keys("\x03");
    assert_eq!(terminal.ended(), 0);
}

async fn by_hand_without_forwarding(live: Live) {
    let server = SshServer::start(&live.socket(), &["AllowStreamLocalForwarding no"]);
    let target = live.script("io", "sleep 1000").await;
    let mut terminal = start(&live, &server, "locked");
    terminal.wait_for("did not let us in");
    terminal.keys("L");
    terminal.wait_for("Enter passphrase for key");
    terminal.keys("sesame\r");
    terminal.wait_for(&target.name);
    assert_eq!(server.logins(), 1, "sessions of one login");
    terminal.keys("\x03");
    assert_eq!(terminal.ended(), 0);
    server.until_no_clients().await;
}

#[tokio::test]
async fn a_passphrase_is_asked_for_and_its_login_carries_everything() {
    with(Product::Docker, passphrase).await;
}

#[tokio::test]
async fn a_password_is_asked_for_may_be_wrong_and_may_be_given_up() {
    with(Product::Docker, password).await;
}

#[tokio::test]
async fn an_unknown_host_key_is_shown_and_accepted_by_hand() {
    with(Product::Docker, unknown_host).await;
}

#[tokio::test]
async fn a_changed_host_key_is_not_overridden() {
    with(Product::Docker, changed_key).await;
}

#[tokio::test]
async fn a_login_by_hand_carries_dial_stdio_as_well() {
    with(Product::Docker, by_hand_without_forwarding).await;
}
