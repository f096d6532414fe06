//! Any size, also while it runs.

use crate::support::terminal::Terminal;

#[test]
fn resizing_to_one_cell_and_back_loses_nothing() {
    let mut terminal = Terminal::start(&["--demo"]);
    terminal.wait_for("DEMO");
    terminal.keys("/web");
    terminal.wait_for("web");
    for (columns, rows) in [(80, 24), (20, 5), (1, 1), (300, 3), (2, 60), (1, 1), (200, 50)] {
        terminal.resize(columns, rows);
        // A key in between: it must be drawn for the size that is.
        terminal.keys("\x1b[D");
    }
    terminal.wait_for("DEMO");
    terminal.wait_for("filter");
    terminal.resize(80, 24);
    terminal.wait("the last line at 80×24", |screen| {
        screen.contents().lines().all(|line| line.chars().count() <= 80) && screen.contents().contains("DEMO")
    });
    terminal.keys("\x03");
    assert_eq!(terminal.ended(), 0);
}

#[test]
fn it_starts_in_the_smallest_terminal() {
    let mut terminal = Terminal::start(&["--demo"]);
    terminal.resize(1, 1);
    terminal.wait("anything", |screen| screen.alternate_screen());
    terminal.resize(120, 40);
    terminal.wait_for("DEMO");
    terminal.keys("q");
    assert_eq!(terminal.ended(), 0);
}
