//! Marks as a reader makes them, and what becomes of them.

use super::*;
use crate::app::logs::Pattern;

const PANE: Viewport = Viewport { width: 40, height: 5 };

fn chunk(numbers: std::ops::Range<i64>) -> LogChunk {
    let mut chunk = LogChunk::default();
    numbers.for_each(|number| chunk.push(LogStream::Stdout, number + 1, format!("line {number}").as_bytes()));
    chunk
}

fn view() -> LogView {
    let mut view = LogView::new(1 << 20);
    view.append(chunk(0..100));
    view
}

fn marked(view: &mut LogView) -> Vec<String> {
    let chunk = view.marked_lines().unwrap();
    (0..chunk.lines.len()).map(|index| String::from_utf8_lossy(chunk.text(index)).into_owned()).collect()
}

fn signs(view: &LogView) -> Vec<(i64, bool, bool)> {
    view.visible(PANE).iter().map(|row| (row.line, row.is_marked, row.is_cursor)).collect()
}

#[test]
fn lines_are_marked_one_by_one() {
    let mut view = view();
    assert!(!view.is_marking() && view.is_following());
    view.toggle_mark(PANE).unwrap();
    // The newest line was in sight last; there is none below it.
    assert_eq!((view.cursor(), view.marked()), (Some(99), 1));
    view.move_by(-2, PANE);
    view.toggle_mark(PANE).unwrap();
    assert_eq!(marked(&mut view), ["line 97", "line 99"]);
    assert_eq!(view.cursor(), Some(98));
    view.append(chunk(100..200));
    assert_eq!(
        signs(&view),
        [(95, false, false), (96, false, false), (97, true, false), (98, false, true), (99, true, false)]
    );
    view.move_by(-1, PANE);
    view.toggle_mark(PANE).unwrap();
    assert_eq!(marked(&mut view), ["line 99"], "marked twice is not marked");
    assert!(view.clear_marks() && !view.clear_marks() && !view.is_marking());
    view.move_by(-1, PANE);
    assert_eq!(signs(&view)[0], (94, false, false));
}

#[test]
fn a_range_grows_with_the_cursor_until_it_is_kept() {
    let mut view = view();
    view.to_top();
    view.mark_range(PANE).unwrap();
    view.move_by(7, PANE);
    assert_eq!((view.marked(), view.cursor()), (8, Some(7)));
    assert!(view.visible(PANE).iter().all(|row| row.is_marked), "{:?}", signs(&view));
    assert_eq!(view.visible(PANE).last().unwrap().line, 7);
    view.move_by(-3, PANE);
    assert_eq!(view.marked(), 5);
    view.mark_range(PANE).unwrap();
    view.move_by(10, PANE);
    assert_eq!(marked(&mut view), ["line 0", "line 1", "line 2", "line 3", "line 4"]);
    // From the last one marked to here, as in lists.
    view.mark_range(PANE).unwrap();
    assert_eq!(view.marked(), 15);
}

#[test]
fn only_lines_that_are_shown_are_in_a_range() {
    let mut view = view();
    view.start_search(Pattern::parse("line 1").unwrap(), PANE);
    view.advance(1 << 20, PANE);
    view.cycle_only();
    view.to_top();
    view.mark_range(PANE).unwrap();
    view.move_by(2, PANE);
    assert_eq!(view.marked(), 3);
    assert_eq!(marked(&mut view), ["line 1", "line 10", "line 11"]);
}

#[test]
fn marks_stay_on_their_lines_when_the_log_is_read_anew() {
    let mut view = view();
    view.to_top();
    view.toggle_mark(PANE).unwrap();
    view.toggle_mark(PANE).unwrap();
    view.clear();
    assert_eq!(marked(&mut view), ["line 0", "line 1"], "what is marked is kept");
    view.append(chunk(1..50));
    assert_eq!(view.visible(PANE).iter().filter(|row| row.is_marked).count(), 0, "they are far above");
    view.to_top();
    assert!(signs(&view)[0].1);
    assert_eq!(view.marked(), 2);
    view.prepend(&chunk(0..10), false);
    view.to_top();
    assert_eq!(
        view.visible(PANE).iter().map(|row| row.is_marked).collect::<Vec<_>>(),
        [true, true, false, false, false]
    );
    assert_eq!(marked(&mut view), ["line 0", "line 1"]);
}

#[test]
fn there_is_an_end_to_what_can_be_marked() {
    let mut view = LogView::new(64 << 20);
    let mut large = LogChunk::default();
    (0..20).for_each(|time| large.push(LogStream::Stdout, time, &vec![b'x'; 500_000]));
    view.append(large);
    view.to_top();
    view.mark_range(PANE).unwrap();
    view.move_by(19, PANE);
    assert_eq!(view.marked_lines(), Err(TooMany));
    assert_eq!(view.marked(), 8);
}
