//! The log pane as a reader uses it.
#![expect(clippy::single_range_in_vec_init, reason = "lists of matches, not of numbers")]

use proptest::prelude::*;

use super::*;
use crate::app::logs::Pattern;
use crate::domain::FailureKind;

const PANE: Viewport = Viewport { width: 20, height: 4 };

fn chunk(lines: impl IntoIterator<Item = String>) -> LogChunk {
    let mut chunk = LogChunk::default();
    lines
        .into_iter()
        .enumerate()
        .for_each(|(time, line)| chunk.push(LogStream::Stdout, time as i64 + 1, line.as_bytes()));
    chunk
}

fn numbered(numbers: std::ops::Range<usize>) -> LogChunk {
    chunk(numbers.map(|number| format!("line {number}")))
}

fn view(lines: usize) -> LogView {
    let mut view = LogView::new(1 << 20);
    view.append(numbered(0..lines));
    view
}

fn text(row: &VisibleRow) -> String {
    row.spans.iter().map(|span| span.text.as_str()).collect()
}

fn shown(view: &LogView) -> Vec<String> {
    view.visible(PANE).iter().map(text).collect()
}

#[test]
fn following_shows_the_newest() {
    let mut view = view(10);
    assert_eq!(shown(&view), ["line 6", "line 7", "line 8", "line 9"]);
    view.append(numbered(10..11));
    assert_eq!(shown(&view)[3], "line 10");
    assert!(LogView::new(0).visible(PANE).is_empty());
    assert!(view.visible(Viewport { width: 0, height: 0 }).is_empty());
}

#[test]
fn scrolled_up_the_view_stays_and_coming_to_the_end_follows() {
    let mut view = view(10);
    view.scroll_by(-2, PANE);
    view.append(numbered(10..20));
    assert_eq!(shown(&view)[0], "line 4");
    view.page(1, PANE);
    assert_eq!(shown(&view)[0], "line 7");
    view.page(-100, PANE);
    assert_eq!(shown(&view)[0], "line 0");
    view.scroll_by(100, PANE);
    assert!(view.is_following());
    view.toggle_follow(PANE);
    assert_eq!(view.position(), Position::At { line: 16, row: 0 });
    view.to_top();
    assert_eq!(shown(&view)[0], "line 0");
    view.to_end();
    assert!(view.is_following());
}

#[test]
fn dropped_lines_are_those_far_from_the_reader() {
    let mut view = LogView::new(0);
    view.append(numbered(0..100));
    view.scroll_by(-50, PANE);
    let before = shown(&view);
    view.append(numbered(100..200));
    assert_eq!(shown(&view), before);
    view.append(numbered(200..3000));
    assert_eq!(shown(&view), before);
    assert!(view.store().has_more_below() && !view.is_following());
    view.scroll_by(3000, PANE);
    assert!(!view.is_following());
    assert_eq!(view.take_wanted(), Some(Wanted::Below));
    view.to_end();
    assert_eq!(view.take_wanted(), Some(Wanted::End));
    view.clear();
    view.append(numbered(0..3000));
    assert!(view.store().has_more_above() && view.is_following());
    view.to_top();
    assert_eq!(view.take_wanted(), Some(Wanted::Start));
}

#[test]
fn wrapped_lines_scroll_by_rows() {
    let mut view = LogView::new(0);
    view.append(chunk(["a".repeat(50), "b".repeat(20), "c".repeat(21)]));
    view.set_wrap(true);
    let rows: Vec<(i64, usize)> = view.visible(PANE).iter().map(|row| (row.line, row.row)).collect();
    assert_eq!(rows, [(0, 2), (1, 0), (2, 0), (2, 1)]);
    view.scroll_by(-1, PANE);
    assert_eq!(view.position(), Position::At { line: 0, row: 1 });
    assert_eq!(view.visible(PANE)[0].spans[0].text, "a".repeat(20));
    view.scroll_by(-9, PANE);
    assert_eq!(view.position(), Position::At { line: 0, row: 0 });
    view.scroll_by(1, PANE);
    assert_eq!(view.visible(Viewport { width: 100, height: 2 })[0].line, 0);
}

#[test]
fn lines_move_sideways_while_there_is_more() {
    let mut view = LogView::new(0);
    view.append(chunk([format!("{}end", "x".repeat(30))]));
    view.scroll_sideways(10, PANE);
    assert_eq!(shown(&view), ["x".repeat(20)]);
    view.scroll_sideways(10, PANE);
    assert_eq!(shown(&view), [format!("{}end", "x".repeat(10))]);
    view.scroll_sideways(10, PANE);
    assert_eq!(view.sideways(), 20);
    view.scroll_sideways(-50, PANE);
    assert_eq!(view.sideways(), 0);
}

#[test]
fn times_take_room_and_stand_on_first_rows() {
    let mut view = LogView::new(0);
    view.append(chunk(["x".repeat(20)]));
    view.set_wrap(true);
    view.set_timestamps(view.timestamps().next());
    let times: Vec<_> = view.visible(PANE).iter().map(|row| (row.time, text(row).len())).collect();
    assert_eq!(times, [(Some(1), 11), (None, 9)]);
}

#[test]
fn hits_are_shown_and_marked() {
    let mut view = LogView::new(1 << 20);
    let line = |number: usize| {
        if number % 25 == 7 { format!("\x1b[31m日 Need\x1b[0mle {number}") } else { format!("hay {number}") }
    };
    view.append(chunk((0..100).map(line)));
    let pattern = || Pattern::parse("needle").unwrap();
    assert_eq!(view.start_search(pattern(), PANE), Jump::Arrived(82));
    assert_eq!(view.search_previous(PANE), Jump::Arrived(57));
    assert!(!view.is_following());
    let rows = view.visible(PANE);
    let row = rows.iter().find(|row| row.is_current).unwrap();
    assert_eq!((row.line, row.matches.as_slice()), (57, [3..9].as_slice()));
    assert_eq!(view.search_next(PANE), Jump::Arrived(82));
    assert_eq!(view.search_next(PANE), Jump::NoneLeft);
    view.to_top();
    assert_eq!(view.search_next(PANE), Jump::Arrived(7));
    assert_eq!((view.search().unwrap().count(), view.hit_number()), (4, Some(1)));
    assert_eq!((view.hit_marks(10), view.hit_marks(0)), (vec![0, 3, 5, 8], vec![]));
    view.append(chunk(["another needle".to_owned()]));
    assert!(view.is_searching());
    view.advance(1000, PANE);
    assert!(!view.is_searching());
    assert_eq!(view.search().unwrap().count(), 5);
    view.clear_search();
    assert!(view.visible(PANE).iter().all(|row| row.matches.is_empty()));
}

#[test]
fn a_jump_waits_for_a_long_search() {
    let mut view = LogView::new(64 << 20);
    view.append(chunk(
        ["needle".to_owned()].into_iter().chain((0..20_000).map(|number| format!("hay {number} ERROR"))),
    ));
    assert_eq!(view.start_search(Pattern::parse("needle").unwrap(), PANE), Jump::Searching);
    let jumps = std::iter::repeat_with(|| view.advance(100_000, PANE)).take(100);
    let jumps: Vec<_> = jumps.take_while(Option::is_some).flatten().collect();
    assert_eq!(jumps.last(), Some(&Jump::Arrived(0)));
    assert!(jumps.len() > 3);
    assert_eq!(shown(&view)[0], "needle");
    assert_eq!(view.next_error(PANE), Jump::Arrived(1));
    assert_eq!(view.next_error(PANE), Jump::Arrived(2));
    assert_eq!(view.previous_error(PANE), Jump::Arrived(1));
}

#[test]
fn a_hit_far_to_the_right_comes_into_sight_and_over_rows_is_marked_on_both() {
    let mut view = LogView::new(1 << 20);
    view.append(chunk([format!("{}needle{}", "x".repeat(57), "y".repeat(100))]));
    view.start_search(Pattern::parse("needle").unwrap(), PANE);
    assert_eq!(view.visible(PANE)[0].matches, [6..12]);
    view.set_wrap(true);
    view.to_top();
    let matches: Vec<_> = view.visible(PANE).into_iter().map(|row| row.matches).collect();
    assert_eq!(matches, [vec![], vec![], vec![17..20], vec![0..3]]);
}

#[test]
fn lines_sent_again_after_a_break_are_left_out() {
    let mut view = view(3);
    assert_eq!(view.resume_from(), Some(3));
    view.set_source(Source::Failed(Failure::new(FailureKind::Lost, "The connection ended.")));
    view.set_source(Source::Reading);
    let mut again = LogChunk::default();
    again.push(LogStream::Stdout, 3, b"line 2");
    again.push(LogStream::Stdout, 4, b"line 3");
    view.append_resumed(again);
    assert_eq!(shown(&view), ["line 0", "line 1", "line 2", "line 3"]);
    view.clear();
    assert!(view.store().is_empty() && view.resume_from().is_none());
}

proptest! {
    #[test]
    fn the_top_is_always_a_row_that_is_there(
        steps in prop::collection::vec((0usize..10, 0usize..90, -300isize..300), 1..40),
        width in 0usize..40, height in 0usize..12,
    ) {
        let viewport = Viewport { width, height };
        let mut view = LogView::new(0);
        let mut time = 0;
        for (step, size, by) in steps {
            match step {
                0..=2 => {
                    let mut chunk = LogChunk::default();
                    for length in 0..size {
                        time += 1;
                        chunk.push(LogStream::Stdout, time, "ab\t日 ".repeat(length * 7 % 23).as_bytes());
                    }
                    view.append(chunk);
                }
                3 | 4 => view.scroll_by(by, viewport),
                5 => view.page(by.signum(), viewport),
                6 => view.set_wrap(size % 2 == 0),
                7 => view.to_top(),
                8 => { view.start_search(Pattern::parse("b").unwrap(), viewport); }
                _ => view.set_timestamps(view.timestamps().next()),
            }
            let rows = view.visible(viewport);
            let store = view.store();
            prop_assert!(rows.len() <= height);
            prop_assert!(rows.len() == height || rows.first().is_none_or(|row| (row.line, row.row) == (store.first_line(), 0)));
            prop_assert!(rows.is_sorted_by_key(|row| (row.line, row.row)));
            prop_assert!(rows.iter().all(|row| store.line(row.line).is_some()));
            if view.is_following() && let Some(last) = rows.last() {
                prop_assert_eq!(last.line + 1, store.end_line());
            }
            let wide = |row: &VisibleRow| row.spans.iter().map(|span| unicode_width::UnicodeWidthStr::width(span.text.as_str())).sum::<usize>();
            let room = view.text_width(viewport).max(usize::from(view.is_wrapped()));
            prop_assert!(rows.iter().all(|row| wide(row) <= room && row.matches.iter().all(|found| found.end <= room.max(8))));
        }
    }
}
