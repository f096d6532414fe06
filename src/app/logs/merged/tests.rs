//! The one order against the lines of each log.

use super::*;
use crate::app::logs::view::Viewport;
use crate::domain::{LogChunk, LogStream};

const PANE: Viewport = Viewport { width: 60, height: 8 };

fn chunk(lines: &[(i64, &str)]) -> LogChunk {
    let mut chunk = LogChunk::default();
    lines.iter().for_each(|(time, text)| chunk.push(LogStream::Stdout, *time, text.as_bytes()));
    chunk
}

fn several(names: &[&str]) -> LogView {
    let mut view = LogView::of_several();
    for (index, name) in names.iter().enumerate() {
        view.add_part((*name).to_owned());
        let part = view.part_mut(index).unwrap();
        part.limit(1 << 20);
        part.set_source(Source::Following);
    }
    view
}

fn add(view: &mut LogView, part: usize, lines: &[(i64, &str)]) {
    view.aim();
    view.part_mut(part).unwrap().append(chunk(lines));
    view.arrange();
}

fn texts(view: &LogView) -> Vec<String> {
    view.store().lines(i64::MIN..i64::MAX).map(|line| String::from_utf8_lossy(line.bytes).into_owned()).collect()
}

#[test]
fn lines_stand_by_time_and_those_of_a_log_as_it_has_them() {
    let mut view = several(&["a", "b"]);
    add(&mut view, 0, &[(1, "a1"), (4, "a4"), (3, "a3"), (9, "a9")]);
    assert_eq!(texts(&view), ["a1", "a4", "a3", "a9"]);
    // What comes late is put where it belongs.
    add(&mut view, 1, &[(2, "b2"), (3, "b3"), (5, "b5")]);
    assert_eq!(texts(&view), ["a1", "b2", "b3", "a4", "a3", "b5", "a9"]);
    let line = view.store().line(view.store().first_line() + 1).unwrap();
    assert_eq!((line.part, line.bytes), (2, &b"b2"[..]));
    assert_eq!(view.store().several().unwrap().part(line.part).unwrap().name, "b");
    add(&mut view, 0, &[(9, "a9 again")]);
    add(&mut view, 1, &[(9, "b9")]);
    assert_eq!(texts(&view)[6..], ["a9", "a9 again", "b9"]);
    view.tell(6, "── b was paused ──");
    view.arrange();
    assert_eq!(texts(&view)[5..7], ["b5", "── b was paused ──"]);
    assert_eq!(view.store().several().unwrap().part(0).map(|part| part.name.as_str()), None);
}

/// An engine that tells whole seconds writes more lines at one moment than memory holds.
#[test]
fn each_log_keeps_what_is_next_to_the_reader_also_within_one_moment() {
    let mut view = several(&["a", "b"]);
    add(&mut view, 0, &[(1, "a0"), (1, "a1"), (1, "a2"), (2, "a3")]);
    add(&mut view, 1, &[(1, "b0"), (1, "b1"), (3, "b2")]);
    let at = |view: &LogView, part: usize| view.part(part).unwrap().position();
    for (line, a, b) in [(0, 0, 0), (2, 2, 0), (4, 3, 1), (5, 3, 2), (6, 4, 2)] {
        view.set_position(Position::At { line: view.store().first_line() + line, row: 0 });
        view.aim();
        let expected = [a, b].map(|line| Position::At { line, row: 0 });
        assert_eq!([at(&view, 0), at(&view, 1)], expected, "at line {line} of {:?}", texts(&view));
    }
}

#[test]
fn what_is_held_back_comes_with_the_log_that_it_waits_for() {
    let mut view = several(&["a", "b"]);
    view.part_mut(1).unwrap().set_source(Source::Waiting);
    view.set_awaited(1, true);
    add(&mut view, 0, &[(1, "a1"), (5, "a5")]);
    assert!(texts(&view).is_empty());
    view.part_mut(1).unwrap().set_source(Source::Reading);
    add(&mut view, 1, &[(2, "b2")]);
    assert_eq!(texts(&view), ["a1", "b2"], "more may come that is older than a5");
    view.part_mut(1).unwrap().set_source(Source::Following);
    view.arrange();
    assert_eq!(texts(&view), ["a1", "b2", "a5"]);
}

#[test]
fn nothing_is_shown_from_before_a_log_begins_that_goes_on_above() {
    let mut view = several(&["a", "b"]);
    add(&mut view, 0, &[(1, "a1"), (5, "a5"), (7, "a7")]);
    view.part_mut(1).unwrap().set_more_above(true);
    add(&mut view, 1, &[(4, "b4"), (6, "b6")]);
    assert_eq!(texts(&view), ["b4", "a5", "b6", "a7"]);
    assert!(view.lacks_above(1) && !view.lacks_above(0) && view.store().has_more_above());
    let first = view.store().first_line();
    view.aim();
    view.part_mut(1).unwrap().prepend(&chunk(&[(2, "b2"), (4, "b4"), (6, "b6")]), false);
    view.arrange();
    assert_eq!(texts(&view), ["b2", "b4", "a5", "b6", "a7"]);
    assert_eq!(view.store().first_line(), first - 1, "what is there keeps its number");
    view.part_mut(1).unwrap().set_more_above(false);
    view.arrange();
    assert_eq!(texts(&view), ["a1", "b2", "b4", "a5", "b6", "a7"]);
}

#[test]
fn the_reader_stays_on_the_line_when_another_comes_above_it() {
    let mut view = several(&["a", "b"]);
    let many: Vec<(i64, String)> = (0..100).map(|number| (number * 10, format!("a{number}"))).collect();
    let many: Vec<(i64, &str)> = many.iter().map(|(time, text)| (*time, text.as_str())).collect();
    add(&mut view, 0, &many);
    view.scroll_by(-40, PANE);
    view.start_search(crate::app::logs::Pattern::parse("a9").unwrap(), PANE);
    while view.is_searching() {
        view.advance(1 << 20, PANE);
    }
    let (hits, shown) = (view.search().unwrap().count(), view.visible(PANE));
    add(&mut view, 1, &[(5, "b5"), (7, "b7"), (991, "ba9")]);
    while view.is_searching() {
        view.advance(1 << 20, PANE);
    }
    let now = view.visible(PANE);
    assert!(now.iter().zip(&shown).all(|(now, then)| now.spans == then.spans && now.line == then.line + 2));
    assert_eq!(view.search().unwrap().count(), hits + 1);
    assert_eq!(now.iter().filter(|row| row.is_current).count(), 1);
}

#[test]
fn a_range_goes_on_when_another_line_comes_above_it_or_into_it() {
    let mut view = several(&["a", "b"]);
    let many: Vec<(i64, String)> = (0..100).map(|number| (number * 10, format!("a{number}"))).collect();
    let many: Vec<(i64, &str)> = many.iter().map(|(time, text)| (*time, text.as_str())).collect();
    add(&mut view, 0, &many);
    view.to_top();
    view.scroll_by(40, PANE);
    view.mark_range(PANE).unwrap();
    view.move_by(3, PANE);
    let cursor = view.cursor().unwrap();
    assert_eq!(view.marked(), 4);
    add(&mut view, 1, &[(5, "b5"), (7, "b7")]);
    assert_eq!((view.cursor(), view.marked()), (Some(cursor + 2), 4), "above it");
    add(&mut view, 1, &[(421, "b421")]);
    assert_eq!((view.cursor(), view.marked()), (Some(cursor + 3), 5), "into it");
    let chunk = view.marked_lines().unwrap();
    let texts: Vec<_> = (0..5).map(|index| String::from_utf8_lossy(chunk.text(index)).into_owned()).collect();
    assert_eq!(texts, ["a40", "a41", "a42", "b421", "a43"]);
}

#[test]
fn a_marked_line_that_never_comes_again_is_not_looked_for_among_those_that_were_there() {
    let mut view = several(&["a", "b"]);
    add(&mut view, 0, &[(5, "tick")]);
    add(&mut view, 1, &[(5, "tick")]);
    view.to_top();
    view.toggle_mark(PANE).unwrap();
    view.toggle_mark(PANE).unwrap();
    view.part_mut(1).unwrap().clear();
    view.clear();
    view.arrange();
    let marked = |view: &LogView| {
        let numbers = view.store().first_line()..view.store().end_line();
        (view.marked(), numbers.filter(|line| view.is_marked(*line)).count())
    };
    assert_eq!((texts(&view), marked(&view)), (vec!["tick".to_owned()], (2, 1)));
    add(&mut view, 0, &[(6, "a6")]);
    assert_eq!(marked(&view), (2, 1), "the line that was met is not taken for the other as well");
    add(&mut view, 1, &[(5, "tick")]);
    assert_eq!((texts(&view), marked(&view)), (vec!["tick".to_owned(), "tick".to_owned(), "a6".to_owned()], (2, 2)));
}

#[test]
fn places_are_packed_whatever_their_numbers() {
    for (part, line) in [(0, 0), (1, -1), (64, 1 << 40), (usize::from(u16::MAX), -(1 << 40))] {
        let place = Place::new(part, line);
        assert_eq!((place.part(), place.line()), (part, line));
    }
}

#[test]
fn sentences_that_had_to_go_move_no_line() {
    let mut view = several(&["a"]);
    let mut known: Vec<(i64, String)> = Vec::new();
    for round in 0..2_000 {
        let text = format!("line {round}");
        add(&mut view, 0, &[(round * 2, &text)]);
        view.tell(round * 2 + 1, "── a sentence of the program's own that is none too short ──");
        view.arrange();
        let number = view.store().lines(i64::MIN..i64::MAX).rev().find(|line| line.part == 1).unwrap().number;
        known.push((number, text));
    }
    let told = view.store().lines(i64::MIN..i64::MAX).filter(|line| line.part == 0).count();
    assert!(told < 1_500, "some had to go: {told}");
    for (number, text) in known {
        assert_eq!(view.store().line(number).map(|line| line.bytes), Some(text.as_bytes()));
    }
}
