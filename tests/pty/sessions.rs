//! A shell in a container of the demo and back: the terminal goes there whole and comes back as it was.

use crate::support::terminal::Terminal;
use std::time::{Duration, Instant};

/// On the container of that name, alone in the list.
fn on(name: &str) -> Terminal {
    let mut terminal = Terminal::start(&["--demo"]);
    terminal.wait_for("▸ ");
    terminal.keys("/");
    terminal.keys(name);
    terminal.keys("\r");
    terminal.wait_for(&format!("filter: {name}"));
    terminal.wait_for(&format!("▸ {name}"));
    terminal
}

fn is_back(terminal: &mut Terminal, name: &str) {
    terminal.wait("the program's screen", vt100::Screen::alternate_screen);
    terminal.wait_for("DEMO");
    terminal.wait_for(&format!("filter: {name}"));
    terminal.wait("no cursor", vt100::Screen::hide_cursor);
}

#[test]
fn a_shell_and_back() {
    let mut terminal = on("web");
    terminal.keys("x");
    terminal.wait_for("# ");
    terminal.wait("the normal screen, with a cursor", |screen| !screen.alternate_screen() && !screen.hide_cursor());
    terminal.keys("echo one two\r");
    terminal.wait_for("\none two");
    terminal.keys("stty size\r");
    terminal.wait_for("\n40 120");
    terminal.resize(90, 30);
    // The size reaches the process beside what is typed.
    let until = Instant::now() + Duration::from_secs(30);
    let mut asked = 0;
    while !terminal.contents().contains("\n30 90") {
        assert!(Instant::now() < until, "{}", terminal.contents());
        asked += 1;
        terminal.keys(&format!("stty size; echo asked-{asked}-times\r"));
        terminal.wait_for(&format!("\nasked-{asked}-times"));
    }
    terminal.keys("exit 3\r");
    is_back(&mut terminal, "web");
    // Once more, and the keyboard is the program's own again.
    terminal.keys("x");
    terminal.wait("the session's screen", |screen| !screen.alternate_screen());
    terminal.keys("\x04");
    is_back(&mut terminal, "web");
    terminal.keys("?");
    terminal.wait_for("Help");
    terminal.keys("\x03");
    assert_eq!(terminal.ended(), 0);
}

#[test]
fn what_is_typed_ahead_is_the_shells() {
    let mut terminal = on("web");
    terminal.keys("xecho ahead of time\rexit\r");
    // It may be over before anybody looks.
    terminal.wait_for("Left web");
    is_back(&mut terminal, "web");
    terminal.keys("\x03");
    assert_eq!(terminal.ended(), 0);
    assert!(terminal.contents().contains("\nahead of time"), "{}", terminal.contents());
}

#[test]
fn ctrl_bracket_three_times_leaves_a_shell() {
    let mut terminal = on("web");
    terminal.keys("x");
    terminal.wait_for("# ");
    terminal.keys("\x1d\x1d\x1d");
    is_back(&mut terminal, "web");
    terminal.keys("\x03");
    assert_eq!(terminal.ended(), 0);
}

#[test]
fn sigterm_ends_a_session_and_the_program() {
    let mut terminal = on("web");
    terminal.keys("x");
    terminal.wait_for("# ");
    terminal.signal(rustix::process::Signal::TERM);
    terminal.ended();
}
