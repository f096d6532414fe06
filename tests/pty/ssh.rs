//! The program in a terminal on an engine behind a real ssh server: lost and found again, and nothing left behind.

use super::stage::{Stage, filter, until};
use crate::support::engines::{Live, Product, address};
use crate::support::lines::{SshServer, plain_server};
use crate::support::terminal::{Home, Terminal};
use rustix::process::Signal;
use std::path::Path;

/// The engine, an ssh server in front of it, and the program on it.
fn start(lines: &[&str]) -> Option<(Stage, SshServer, Terminal)> {
    let stage = Stage::of(Live::new(Product::Docker, address(Product::Docker)?));
    let server = SshServer::start(&stage.live.socket(), lines);
    let address = format!("ssh://engine{}", stage.live.socket().display());
    let path = format!("{}:{}", server.folder.0.display(), std::env::var("PATH").unwrap_or_default());
    let mut terminal = Terminal::start_with(Home::new(), &["-H", &address], &[("PATH", &path)]);
    stage.is_on(&mut terminal);
    Some((stage, server, terminal))
}

fn is_gone(server: &SshServer, terminal: &Terminal) {
    until("the end of ssh", || server.clients().is_empty());
    // The folder of the forwarded socket goes as well.
    let left = |folder: &Path| {
        let mine = format!("dockerui-{:x}-", terminal.process().parse::<u32>().expect("a number"));
        std::fs::read_dir(folder)
            .into_iter()
            .flatten()
            .flatten()
            .any(|entry| entry.file_name().to_string_lossy().starts_with(&mine))
    };
    assert!(!left(&std::env::temp_dir()), "a folder was left behind");
}

/// The colour of the state in the row that shows it.
fn color_of(terminal: &Terminal, state: &str) -> (vt100::Color, bool) {
    let screen = terminal.screen();
    let row = screen.rows(0, 120).position(|line| line.contains(state)).expect("the row");
    let column = screen.rows(0, 120).nth(row).expect("the row").split(state).next().expect("a column").chars().count();
    let cell = screen.cell(row as u16, column as u16).expect("a cell");
    (cell.fgcolor(), cell.dim())
}

#[test]
fn a_server_that_goes_and_comes_back() {
    let Some((stage, mut server, mut terminal)) = start(&["MaxStartups 2:100:2", "MaxSessions 2"]) else { return };
    let container = stage.idle("over-ssh");
    // The row that is selected has no colour of its own, so another one is looked at.
    let beside = stage.idle("over-ssh-beside");
    stage.live.docker(&["kill", &beside.name]);
    filter(&mut terminal, &container.name);
    terminal.wait_for("● up");
    terminal.wait_for("exited");
    assert_eq!((server.logins(), server.clients().len()), (1, 1));
    let live_color = color_of(&terminal, "exited");
    server.stop();
    terminal.wait_for("✗  lost");
    // What was known stays, greyed and with its age; what happens meanwhile is not seen.
    terminal.wait_for("as it was");
    assert_ne!(color_of(&terminal, "exited"), live_color);
    stage.live.docker(&["pause", &container.name]);
    server.start_again(&stage.live.socket());
    terminal.wait_for("‖ paused");
    terminal.wait_without("lost");
    // Events are told again, long before the next poll is due.
    stage.live.docker(&["unpause", &container.name]);
    terminal.wait_for("● up");
    stage.live.docker(&["rm", "-f", &container.name]);
    terminal.wait("no row", |screen| !screen.contents().contains("● up"));
    terminal.keys("\x03");
    assert_eq!(terminal.ended(), 0);
    is_gone(&server, &terminal);
}

#[test]
fn nothing_is_left_of_ssh_after_quitting() {
    for lines in [&[][..], &["AllowStreamLocalForwarding no"]] {
        let Some((_stage, server, mut terminal)) = start(lines) else { return };
        assert!(!server.clients().is_empty());
        terminal.keys("q");
        assert_eq!(terminal.ended(), 0);
        is_gone(&server, &terminal);
    }
}

#[test]
fn nothing_is_left_of_ssh_after_sigterm() {
    let Some((_stage, server, mut terminal)) = start(&[]) else { return };
    terminal.signal(Signal::TERM);
    terminal.ended();
    is_gone(&server, &terminal);
}

#[test]
fn nothing_is_left_of_ssh_after_a_kill() {
    for lines in [&[][..], &["AllowStreamLocalForwarding no"]] {
        let Some((_stage, server, terminal)) = start(lines) else { return };
        assert!(!server.clients().is_empty());
        terminal.signal(Signal::KILL);
        until("the end of ssh", || server.clients().is_empty());
    }
}

#[test]
fn a_plain_line_is_warned_of_unless_it_stays_here() {
    let Some(address) = address(Product::Docker) else { return };
    let stage = Stage::of(Live::new(Product::Docker, address));
    let port = plain_server(stage.live.socket());
    for (host, is_warned) in [("0.0.0.0", true), ("127.0.0.1", false), ("localhost", false)] {
        let mut terminal = Terminal::start(&["-H", &format!("tcp://{host}:{port}")]);
        stage.is_on(&mut terminal);
        assert_eq!(terminal.contents().contains("unencrypted"), is_warned, "{}", terminal.contents());
        terminal.keys("\x03");
        assert_eq!(terminal.ended(), 0);
    }
}
