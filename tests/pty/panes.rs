//! Sessions in the console pane on real engines: full-screen programs, sizes, pasting, floods, and how they come to an end.

use super::stage::{Stage, on_engines, until};
use crate::support::engines::{Live, Product, address};
use crate::support::private::Private;
use crate::support::terminal::Terminal;

on_engines!(
    an_editor_in_the_pane,
    the_size_is_seen_inside_a_program_that_fills_the_pane,
    pasted_lines_come_in_a_frame,
    several_at_once_and_each_its_own,
    a_flood_leaves_the_keys_alive,
    killed_under_a_session,
    a_program_that_does_not_read_is_closed,
);

/// A shell in the pane of a container that idles.
fn shell(stage: &Stage, suffix: &str) -> (dockerui_tui::domain::Target, Terminal) {
    let container = stage.idle(suffix);
    let mut terminal = stage.open(&container);
    terminal.keys("e");
    terminal.wait_for("│/ # ");
    (container, terminal)
}

fn quit(mut terminal: Terminal) {
    terminal.keys("\x1d");
    terminal.wait_for("Enter type");
    terminal.keys("\x03");
    assert_eq!(terminal.ended(), 0);
}

fn an_editor_in_the_pane(stage: &Stage) {
    let (container, mut terminal) = shell(stage, "vi");
    terminal.keys("vi /tmp/file\r");
    terminal.wait_for("│~");
    terminal.keys("iwritten\rin vi: 漢字");
    terminal.wait_for("in vi: ");
    terminal.keys("\x1b");
    terminal.wait_for("- /tmp/file");
    terminal.keys(":wq\r");
    terminal.wait_without("│~");
    assert_eq!(stage.live.docker(&["exec", &container.name, "cat", "/tmp/file"]).trim(), "written\nin vi: 漢字");
    // What was on the screen before it is there again, and the shell goes on.
    terminal.keys("echo still-$((40 + 2))\r");
    terminal.wait_for("still-42");
    quit(terminal);
}

fn the_size_is_seen_inside_a_program_that_fills_the_pane(stage: &Stage) {
    let (_, mut terminal) = shell(stage, "size");
    terminal.keys("top -d 1\r");
    terminal.wait_for("Load average");
    terminal.keys("\x1d");
    terminal.wait_for("Enter type");
    // Zoomed, top draws more columns than there were.
    terminal.keys("z\r");
    terminal.wait_for("COMMAND");
    terminal.resize(90, 28);
    terminal.keys("q");
    terminal.keys("while [ \"$(stty size)\" != '23 88' ]; do sleep 0.1; done; echo sized-$((40+2))\r");
    terminal.wait_for("sized-42");
    quit(terminal);
}

fn pasted_lines_come_in_a_frame(stage: &Stage) {
    let (container, mut terminal) = shell(stage, "paste");
    // As a program that knows of pasting asks for it; what it reads is looked at byte by byte.
    terminal
        .keys("printf '\\033[?2004h'; stty -icanon -echo; echo ready-$((1+1)); head -c 21 > /tmp/pasted; stty sane\r");
    terminal.wait_for("ready-2");
    terminal.keys("\x1b[200~one\rtwo\rx\x1b[201~");
    terminal.wait_for("# ");
    until("the pasted text", || {
        let shown = stage.live.docker(&["exec", &container.name, "cat", "/tmp/pasted"]);
        shown == "\x1b[200~one\ntwo\nx\x1b[201~"
    });
    quit(terminal);
}

fn several_at_once_and_each_its_own(stage: &Stage) {
    let (_, mut terminal) = shell(stage, "several");
    terminal.keys("me=first; echo $me-$((1+1))\r");
    terminal.wait_for("first-2");
    terminal.keys("\x1dn");
    terminal.wait_for("2 ");
    terminal.wait_without("first-2");
    terminal.wait_for("│/ # ");
    terminal.keys("me=second; echo $me-$((1+1))\r");
    terminal.wait_for("second-2");
    // Hidden and in another view they go on.
    terminal.keys("\x1d~");
    terminal.wait_without("second-2");
    terminal.keys("2");
    terminal.wait_for("REPOSITORY");
    terminal.keys("~");
    terminal.wait_for("second-2");
    terminal.keys("\x1d[\r");
    terminal.wait_for("first-2");
    terminal.keys("echo $me-again-$((1+1))\r");
    terminal.wait_for("first-again-2");
    quit(terminal);
}

fn a_flood_leaves_the_keys_alive(stage: &Stage) {
    let (_, mut terminal) = shell(stage, "flood");
    let before = terminal.memory();
    terminal.keys("yes 0123456789012345678901234567890123456789\r");
    terminal.wait_for("│0123456789012345678901234567890123456789");
    for _ in 0..10 {
        terminal.keys("\x1d");
        terminal.wait_for("Enter type");
        terminal.keys("?");
        terminal.wait_for("Help");
        terminal.keys("\x1b");
        terminal.wait_without("Help");
        terminal.keys("\r");
        terminal.wait_for("Ctrl-] leaves");
    }
    let after = terminal.memory();
    assert!(after < before + 40_000_000, "{before} bytes before the flood, {after} in it");
    terminal.keys("\x03");
    terminal.keys("echo over-$((40+2))\r");
    terminal.wait_for("over-42");
    quit(terminal);
}

fn killed_under_a_session(stage: &Stage) {
    let (container, mut terminal) = shell(stage, "killed");
    terminal.keys("exit 7\r");
    terminal.wait_for("ended, exit code 7");
    terminal.keys("\r");
    terminal.wait_without("exit code 7");
    terminal.keys("e");
    terminal.wait_for("│/ # ");
    stage.live.docker(&["kill", &container.name]);
    terminal.wait("the end", |screen| {
        let shown = screen.contents();
        shown.contains("(ended, exit code 137)") || shown.contains("(ended)") || shown.contains("(lost)")
    });
    terminal.keys("\r");
    terminal.keys("\x03");
    assert_eq!(terminal.ended(), 0);
}

fn a_program_that_does_not_read_is_closed(stage: &Stage) {
    let (_, mut terminal) = shell(stage, "deaf");
    terminal.keys("sleep 1000\r");
    let text = "typed to nobody\r".repeat(20_000);
    terminal.keys(&format!("\x1b[200~{text}\x1b[201~"));
    terminal.keys("\x1d");
    terminal.wait_for("Enter type");
    terminal.keys("D");
    terminal.wait_for("[ Close ]");
    terminal.keys("\t\r");
    terminal.wait_without("closing");
    terminal.wait_without("│/ # ");
    terminal.keys("\x03");
    assert_eq!(terminal.ended(), 0);
}

/// An engine that crashes under a session: the pane says why it is over, and the program goes on.
fn engine_killed_under_a_session(product: Product) {
    if address(product).is_none() {
        return;
    }
    let own = Private::new();
    let stage = Stage::of(Live::new(product, own.start(product)));
    let (_, mut terminal) = shell(&stage, "crash");
    terminal.keys("echo before-$((40+2))\r");
    terminal.wait_for("before-42");
    own.kill(product);
    // What was on the screen stays in sight beside the reason.
    terminal.wait_for("(lost)");
    terminal.wait_for("The session broke off, and the engine does not say why:");
    terminal.wait_for("before-42");
    terminal.keys("\x1d");
    terminal.keys("?");
    terminal.wait_for("Help");
    terminal.keys("\x1b");
    terminal.wait_without("Help");
    terminal.keys("2");
    terminal.wait_for("╭ Images");
    terminal.keys("\x03");
    assert_eq!(terminal.ended(), 0);
}

#[test]
fn docker_killed_under_a_session() {
    engine_killed_under_a_session(Product::Docker);
}

#[test]
fn podman_killed_under_a_session() {
    engine_killed_under_a_session(Product::Podman);
}
