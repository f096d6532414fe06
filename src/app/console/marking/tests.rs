//! What is marked is what is copied, wherever it was scrolled to meanwhile.

use super::*;
use crate::app::console::Emulator;
use pretty_assertions::assert_eq;
use proptest::prelude::*;

fn terminal(columns: u16, rows: u16, text: &str) -> Emulator {
    let mut terminal = Emulator::new(columns, rows, 100);
    terminal.take(text.replace('\n', "\r\n").as_bytes());
    terminal
}

fn marking(terminal: &Emulator, column: u16, row: u16) -> Marking {
    Marking::new(terminal.screen(), column, row)
}

#[test]
fn what_is_dragged_over_is_read_as_it_is_seen() {
    let terminal = terminal(8, 3, "eins  \n漢字 zwei drei");
    let mut marked = marking(&terminal, 5, 2);
    assert!(marked.selection().is_none(), "a click marks nothing");
    marked.drag(2, 0);
    assert_eq!(marked.text(), "ns\n漢字 zwei drei");
    assert_eq!(marked.columns(0, 8), Some(2..8));
    assert_eq!(marked.columns(2, 8), Some(0..6));
    // Half of a wide character is all of it.
    let mut half = marking(&terminal, 3, 1);
    half.drag(5, 1);
    assert_eq!(half.text(), "字 z");
}

#[test]
fn a_row_that_went_on_in_the_next_one_is_one_line_with_its_blanks() {
    let terminal = terminal(6, 5, "hello world\n漢字漢字\nend");
    let mut marked = marking(&terminal, 0, 0);
    marked.begin(Shape::Rows);
    marked.go(Step::Bottom);
    assert_eq!(marked.text().trim_end(), "hello world\n漢字漢字\nend");
}

#[test]
fn a_drag_beyond_the_pane_scrolls() {
    let lines: String = (0..30).map(|line| format!("line {line}\n")).collect();
    let terminal = terminal(20, 4, &lines);
    let mut marked = marking(&terminal, 3, 2);
    for _ in 0..5 {
        marked.drag(0, -2);
    }
    assert_eq!(marked.cursor(), Some((0, 0)));
    assert!(marked.text().starts_with("line 17\nline 18\n") && marked.text().ends_with("line 28\nline"));
    marked.drag(0, 100);
    assert_eq!(marked.cursor(), Some((0, 3)));
    assert_eq!(marked.screen().scrollback(), 0);
}

#[test]
fn keys_go_about_by_words_and_rows() {
    let terminal = terminal(12, 4, "one\ntwo  three\n\n漢 end");
    let mut marked = marking(&terminal, 0, 0);
    let mut at = |step| {
        marked.go(step);
        marked.cursor().unwrap()
    };
    assert_eq!(at(Step::WordEnd), (2, 0));
    assert_eq!(at(Step::NextWord), (0, 1));
    assert_eq!(at(Step::NextWord), (5, 1));
    assert_eq!(at(Step::WordEnd), (9, 1));
    assert_eq!(at(Step::NextWord), (0, 3));
    assert_eq!(at(Step::Right), (2, 3), "a wide character is one step");
    assert_eq!(at(Step::Left), (0, 3));
    assert_eq!(at(Step::RowEnd), (5, 3));
    assert_eq!(at(Step::PreviousWord), (3, 3));
    assert_eq!(at(Step::PreviousWord), (0, 3));
    assert_eq!(at(Step::PreviousWord), (5, 1));
    assert_eq!(at(Step::Rows(-9)), (5, 0));
    assert_eq!(at(Step::Rows(isize::MAX)), (5, 3));
    assert_eq!(at(Step::RowStart), (0, 3));
    assert_eq!(at(Step::Top), (0, 0));
    assert_eq!(at(Step::PreviousWord), (0, 0));
}

#[test]
fn a_mark_is_begun_changed_turned_and_taken_back() {
    let terminal = terminal(12, 3, "one two\nthree");
    let mut marked = marking(&terminal, 4, 0);
    assert_eq!(marked.text(), "one two", "without a mark the row counts");
    marked.begin(Shape::Text);
    marked.go(Step::Rows(1));
    assert_eq!(marked.text(), "two\nthree");
    marked.swap();
    assert_eq!(marked.cursor(), Some((4, 0)));
    marked.go(Step::RowStart);
    assert_eq!(marked.text(), "one two\nthree");
    marked.begin(Shape::Rows);
    assert_eq!(marked.columns(1, 12), Some(0..12));
    marked.begin(Shape::Rows);
    assert!(marked.selection().is_none() && !marked.clear());
}

proptest! {
    #[test]
    fn the_cursor_stays_in_the_text_and_in_sight(
        text in "[a-c漢 \n]{0,120}",
        size in (1u16..12, 1u16..6),
        at in (0u16..20, 0u16..9),
        steps in prop::collection::vec(step(), 0..30),
    ) {
        let terminal = terminal(size.0, size.1, &text);
        let mut marked = marking(&terminal, at.0, at.1);
        marked.begin(Shape::Text);
        for step in steps {
            marked.go(step);
            let (column, row) = marked.cursor().expect("the cursor in sight");
            prop_assert!(column < size.0 && row < size.1);
            marked.swap();
        }
        let _ = marked.text();
    }

    #[test]
    fn all_rows_marked_are_all_that_was_written(text in "[a-cé\n ]{0,200}", size in (2u16..12, 2u16..6)) {
        let mut terminal = terminal(size.0, size.1, &text);
        let whole = terminal.whole_text();
        let lines = |text: &str| text.lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>().join("\n");
        let (read, written) = (lines(&whole), lines(&text));
        prop_assert_eq!(read.trim_end(), written.trim_end());
        let mut marked = marking(&terminal, 0, 0);
        marked.go(Step::Top);
        marked.begin(Shape::Rows);
        marked.go(Step::Bottom);
        let text = marked.text();
        prop_assert_eq!(text.trim_end(), whole.trim_end());
    }
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        Just(Step::Left),
        Just(Step::Right),
        (-5isize..5).prop_map(Step::Rows),
        Just(Step::NextWord),
        Just(Step::PreviousWord),
        Just(Step::WordEnd),
        Just(Step::RowStart),
        Just(Step::RowEnd),
        Just(Step::Top),
        Just(Step::Bottom),
    ]
}
