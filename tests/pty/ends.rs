//! However it ends, the terminal is left as it was found.

use crate::support::terminal::{Home, Terminal, program};
use rustix::process::Signal;

fn demo() -> Terminal {
    let mut terminal = Terminal::start(&["--demo"]);
    terminal.wait_for("DEMO");
    terminal.wait_for("Containers");
    terminal
}

#[test]
fn q_ends_it() {
    let mut terminal = demo();
    assert!(terminal.screen().alternate_screen() && terminal.screen().hide_cursor());
    terminal.keys("q");
    assert_eq!(terminal.ended(), 0);
}

#[test]
fn ctrl_c_ends_it_from_anywhere() {
    let mut terminal = demo();
    terminal.keys("/");
    terminal.keys("web");
    terminal.wait_for("web");
    terminal.keys("\x03");
    assert_eq!(terminal.ended(), 0);
}

#[test]
fn sigterm_ends_it() {
    let mut terminal = demo();
    terminal.signal(Signal::TERM);
    terminal.ended();
}

#[test]
fn sighup_ends_it() {
    let mut terminal = demo();
    terminal.signal(Signal::HUP);
    terminal.ended();
}

#[test]
fn a_panic_gives_the_terminal_back_and_says_why() {
    let mut terminal = Terminal::start_with(Home::new(), &["--demo"], &[("DOCKERUI_TEST_PANIC", "1")]);
    let code = terminal.ended();
    assert_eq!(code, 101);
    assert!(terminal.contents().contains("DOCKERUI_TEST_PANIC"), "{}", terminal.contents());
    assert!(terminal.contents().contains("panicked at"), "{}", terminal.contents());
}

#[test]
fn ctrl_z_suspends_it_and_fg_brings_it_back() {
    let mut terminal = Terminal::run(Home::new(), &["sh", "-i"], &[]);
    terminal.wait_for("$ ");
    terminal.keys("before=$(stty -g)\r");
    terminal.keys(&format!("{} --demo\r", program()));
    terminal.wait_for("DEMO");
    for _ in 0..2 {
        terminal.keys("\x1a");
        terminal.wait_for("Stopped");
        terminal.wait("a prompt", |screen| screen.contents().trim_end().ends_with('$'));
        terminal.keys("[ \"$(stty -g)\" = \"$before\" ] && echo same-$((40 + 2))\r");
        terminal.wait_for("same-42");
        terminal.is_restored();
        terminal.keys("clear; fg\r");
        terminal.wait("the program's screen", vt100::Screen::alternate_screen);
        terminal.wait_for("DEMO");
    }
    // It is still the same program, with its keys.
    terminal.keys("2");
    terminal.wait_for("REPOSITORY");
    terminal.keys("q");
    let is_prompt = |screen: &vt100::Screen| screen.contents().trim_end().ends_with('$');
    terminal.wait("a prompt", |screen| !screen.alternate_screen() && is_prompt(screen));
    terminal.keys("[ \"$(stty -g)\" = \"$before\" ] && echo after-$((40 + 2))\r");
    terminal.wait_for("after-42");
    terminal.is_restored();
}

#[test]
fn stopped_by_somebody_else_it_draws_all_of_its_screen_again() {
    let mut terminal = Terminal::run(Home::new(), &["sh", "-i"], &[]);
    terminal.wait_for("$ ");
    terminal.keys(&format!("sh -c 'echo $$ >\"$PID_FILE\"; exec {} --demo'\r", program()));
    terminal.wait_for("DEMO ●");
    terminal.signal(Signal::STOP);
    // The shell writes over the screen; this one takes the terminal as raw as it is.
    terminal.wait_for("Stopped");
    terminal.keys("fg\n");
    terminal.wait("the program's screen alone", |screen| {
        let contents = screen.contents();
        screen.alternate_screen()
            && contents.contains("DEMO ●")
            && !["Stopped", "fg"].iter().any(|word| contents.contains(word))
    });
    terminal.keys("2");
    terminal.wait_for("REPOSITORY");
    terminal.keys("q");
    terminal.wait("a prompt", |screen| !screen.alternate_screen());
}
