//! Programs in the console pane on real engines: the mouse that they ask for, their colours, and a hang-up when they are left.

use super::stage::{Stage, on_engines, until};
use crate::support::terminal::Terminal;
use dockerui_tui::domain::Target;
use rustix::process::Signal;

on_engines!(
    the_mouse_is_the_programs_where_it_asks_for_it,
    colours_are_those_of_the_program,
    an_editor_that_is_closed_is_hung_up_on,
    the_end_of_the_program_hangs_up,
    an_editor_with_the_whole_terminal_is_hung_up_on,
    what_ignores_the_hang_up_is_told,
);

/// A shell in the pane of a container that idles.
fn shell(stage: &Stage, suffix: &str) -> (Target, Terminal) {
    let container = stage.idle(suffix);
    let mut terminal = stage.open(&container);
    terminal.keys("e");
    terminal.wait_for("│/ # ");
    (container, terminal)
}

/// Column and row of a text, counted from 0.
fn place_of(terminal: &Terminal, text: &str) -> (u16, u16) {
    let (rows, columns) = terminal.screen().size();
    let row = |row: u16| terminal.screen().contents_between(row, 0, row, columns.get());
    let found = (0..rows.get()).find_map(|line| Some((row(line).find(text)?, line)));
    let (at, line) = found.unwrap_or_else(|| panic!("{text} is not on the screen:\n{}", terminal.contents()));
    let column = dockerui_tui::domain::text::width(&row(line)[..at]);
    (u16::try_from(column).expect("a column"), line)
}

/// What runs in the container, as its own `ps` tells.
fn running(stage: &Stage, container: &Target) -> String {
    stage.live.docker(&["exec", &container.name, "ps", "-o", "args"])
}

fn until_over(stage: &Stage, container: &Target, program: &str) {
    until(&format!("the end of {program}"), || !running(stage, container).contains(program));
}

fn the_mouse_is_the_programs_where_it_asks_for_it(stage: &Stage) {
    let (_, mut terminal) = shell(stage, "mouse");
    // Its target stands in the third row and the fifth column of its own screen; what it reads is shown as it comes.
    terminal.keys(concat!(
        r"clear; stty raw -echo; printf '\033[?1002h\033[?1006h\033[3;5HTAR''GET\r\n';",
        r" head -c 47 | tr '\033' '^'; printf '\033[?1002l\033[?1006l'; stty sane; echo o''ver",
        "\r"
    ));
    terminal.wait_for("TARGET");
    let (column, row) = place_of(&terminal, "TARGET");
    let mut say = |button: u16, right: u16, down: u16, end: char| {
        terminal.keys(&format!("\x1b[<{button};{};{}{end}", column + 1 + right, row + 1 + down));
    };
    // Pressed, dragged, let go; the right button; the wheel.
    say(0, 0, 0, 'M');
    say(32, 2, 1, 'M');
    say(0, 2, 1, 'm');
    say(2, 0, 0, 'M');
    say(65, 0, 0, 'M');
    terminal.wait_for("over");
    terminal.wait_for("^[<0;5;3M^[<32;7;4M^[<0;7;4m^[<2;5;3M^[<65;5;3M");
    terminal.wait_for("# ");
    // Without a program that wants it, the wheel scrolls.
    terminal.keys("seq 100 200; echo en''d\r");
    terminal.wait_for("end");
    terminal.keys(&format!("\x1b[<64;{};{}M", column + 1, row + 1).repeat(3));
    terminal.wait_for("rows back");
    quit(terminal);
}

fn colours_are_those_of_the_program(stage: &Stage) {
    let (_, mut terminal) = shell(stage, "colours");
    terminal
        .keys("printf '\\033[31mr''ed\\033[0m \\033[1;48;5;22mgr''een\\033[0m \\033[38;2;1;2;3mda''rk\\033[0m\\n'\r");
    terminal.wait_for("dark");
    terminal.wait_for("│red green");
    let cell = |text: &str| {
        let (column, row) = place_of(&terminal, text);
        let cell = terminal.screen().cell(row, column).expect("a cell");
        (cell.fgcolor(), cell.bgcolor(), cell.bold())
    };
    assert_eq!(cell("red green").0, vt100::Color::Idx(1));
    let (_, behind, is_bold) = cell("green dark");
    assert_eq!((behind, is_bold), (vt100::Color::Idx(22), true));
    assert_eq!(cell("dark").0, vt100::Color::Rgb(1, 2, 3));
    quit(terminal);
}

fn an_editor_that_is_closed_is_hung_up_on(stage: &Stage) {
    let (container, mut terminal) = shell(stage, "edited");
    // A service that was started here and let go of the terminal is none of the session's.
    terminal.keys("setsid sleep 4321 & vi /tmp/edited\r");
    terminal.wait_for("│~");
    assert!(running(stage, &container).contains("vi /tmp/edited"));
    terminal.keys("\x1d");
    terminal.wait_for("Enter type");
    terminal.keys("D");
    terminal.wait_for("[ Close ]");
    terminal.keys("\t\r");
    terminal.wait_without("│~");
    until_over(stage, &container, "vi /tmp/edited");
    assert!(!terminal.contents().contains("goes on there"), "{}", terminal.contents());
    assert!(running(stage, &container).contains("sleep 4321"), "{}", running(stage, &container));
    assert_eq!(stage.live.state(&container.name), "running");
    terminal.keys("\x03");
    assert_eq!(terminal.ended(), 0);
}

fn the_end_of_the_program_hangs_up(stage: &Stage) {
    let (container, mut terminal) = shell(stage, "ended");
    terminal.keys("vi /tmp/ended\r");
    terminal.wait_for("│~");
    quit(terminal);
    until_over(stage, &container, "vi /tmp/ended");
}

fn an_editor_with_the_whole_terminal_is_hung_up_on(stage: &Stage) {
    let container = stage.idle("whole");
    let mut terminal = stage.open(&container);
    terminal.keys("x");
    terminal.wait_for("\n/ # ");
    terminal.keys("vi /tmp/left\r");
    terminal.wait_for("\n~");
    terminal.keys("\x1d\x1d\x1d");
    super::stage::is_back(&mut terminal, &container);
    until_over(stage, &container, "vi /tmp/left");
    // The same when a signal ends the program.
    terminal.keys("x");
    terminal.wait("the shell", |screen| !screen.alternate_screen());
    terminal.keys("vi /tmp/stopped\r");
    terminal.wait_for("\n~");
    terminal.signal(Signal::TERM);
    terminal.ended();
    until_over(stage, &container, "vi /tmp/stopped");
}

fn what_ignores_the_hang_up_is_told(stage: &Stage) {
    let (container, mut terminal) = shell(stage, "stubborn");
    terminal.keys("exec sh -c 'trap \"\" HUP INT; echo stub''born; while :; do sleep 1; done'\r");
    terminal.wait_for("│stubborn");
    terminal.keys("\x1d");
    terminal.wait_for("Enter type");
    terminal.keys("D");
    terminal.wait_for("[ Close ]");
    terminal.keys("\t\r");
    terminal.wait_for("it did not end and goes on there");
    assert!(running(stage, &container).contains("trap"));
    terminal.keys("\x03");
    assert_eq!(terminal.ended(), 0);
}

fn quit(mut terminal: Terminal) {
    terminal.keys("\x1d");
    terminal.wait_for("Enter type");
    terminal.keys("\x03");
    assert_eq!(terminal.ended(), 0);
}
