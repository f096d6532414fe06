//! The book of events: order, bounds, following.

use super::*;
use crate::app::fixture::{NOW, app};
use crate::app::view::View;
use crate::domain::{FailureKind, Labels};
use std::time::Duration;

const SECOND: i64 = 1_000_000_000;

fn event(second: i64, action: &str, actor: &str) -> EngineEvent {
    let raw = format!(r#"{{"Type":"container","Action":"{action}","Actor":{{"ID":"{actor}"}},"timeNano":{second}}}"#);
    EngineEvent {
        time: NOW.0 + second * SECOND,
        kind: "container".into(),
        action: action.into(),
        actor: actor.into(),
        attributes: Labels::default(),
        raw: raw.into(),
    }
}

fn actions(host: &Host) -> Vec<&str> {
    host.lists.events.shown_rows().map(|row| &*host.events.rows()[row].action).collect()
}

#[test]
fn what_was_before_comes_before_and_nothing_twice() {
    let mut app = app();
    let host = app.host_mut();
    host.view = View::Events;
    host.events.begin(NOW, NOW.0);
    take(host, &event(5, "start", "a"), &TimeZone::UTC);
    take(host, &event(5, "start", "a"), &TimeZone::UTC);
    take(host, &event(5, "die", "a"), &TimeZone::UTC);
    let past = vec![event(-9, "create", "a"), event(5, "start", "a")];
    take_past(host, NOW, &TimeZone::UTC, Ok(past));
    assert_eq!(actions(host), ["create", "start", "die"]);
    // The same once more, and a failure, change nothing.
    take_past(host, NOW, &TimeZone::UTC, Ok(vec![event(-9, "create", "a")]));
    take_past(host, NOW, &TimeZone::UTC, Err(Failure::new(FailureKind::Engine, "No.")));
    assert_eq!(actions(host).len(), 3);
}

#[test]
fn the_span_ends_where_the_stream_begins_by_the_clock_of_the_engine() {
    let mut book = EventBook::default();
    assert_eq!(book.span(NOW).until, NOW.0);
    // The engine's clock is a minute ahead.
    let begins = NOW.0 + 60 * SECOND;
    book.begin(NOW, begins);
    assert_eq!(book.span(NOW), EventSpan { since: Some(begins - HOUR), until: begins });
    // After two hours all of the last one came by the stream.
    let later = NOW.plus(Duration::from_secs(7_200));
    assert_eq!(book.span(later), EventSpan { since: Some(begins), until: begins });
    book.range = EventRange::All;
    assert_eq!(book.span(later), EventSpan { since: None, until: begins });
}

#[test]
fn the_oldest_are_dropped_by_number_and_by_size() {
    let mut app = app();
    let host = app.host_mut();
    host.view = View::Events;
    for second in 0..=KEPT as i64 {
        take(host, &event(second, "start", "a"), &TimeZone::UTC);
    }
    assert_eq!(host.events.rows().len(), KEPT * 9 / 10);
    assert_eq!(host.lists.events.len(), KEPT * 9 / 10);
    assert_eq!(host.selected_event().unwrap().time, NOW.0 + KEPT as i64 * SECOND);
    let large = "x".repeat(1 << 20);
    for second in 10_000..10_006 {
        take(host, &event(second, "start", &large), &TimeZone::UTC);
    }
    assert!(host.events.bytes <= KEPT_BYTES);
    assert_eq!(host.events.bytes, host.events.rows().iter().map(|row| row.raw.len()).sum::<usize>());
    assert_eq!(host.lists.events.len(), host.events.rows().len());
}

#[test]
fn the_cursor_follows_until_it_is_moved_away() {
    let mut app = app();
    let host = app.host_mut();
    host.view = View::Events;
    for second in 0..4 {
        take(host, &event(second, "start", "a"), &TimeZone::UTC);
        settle(host);
    }
    assert!(host.events.is_following());
    host.lists.events.move_by(-1);
    settle(host);
    assert!(!host.events.is_following());
    let before = host.lists.events.selected().cloned();
    take(host, &event(5, "die", "a"), &TimeZone::UTC);
    settle(host);
    assert_eq!(host.lists.events.selected().cloned(), before);
    host.lists.events.move_to(usize::MAX);
    settle(host);
    assert!(host.events.is_following());
    toggle_following(host);
    take(host, &event(6, "die", "a"), &TimeZone::UTC);
    settle(host);
    assert!(!host.events.is_following() && host.selected_event().unwrap().time == NOW.0 + 5 * SECOND);
}

#[test]
fn what_was_cleared_comes_back_only_when_it_is_asked_for() {
    let mut app = app();
    let host = app.host_mut();
    host.view = View::Events;
    host.events.begin(NOW, NOW.0);
    take(host, &event(3, "start", "a"), &TimeZone::UTC);
    clear(host, NOW);
    assert!(host.lists.events.is_empty());
    assert_eq!(host.events.span(NOW), EventSpan { since: Some(NOW.0), until: NOW.0 });
    take(host, &event(4, "die", "a"), &TimeZone::UTC);
    assert_eq!(actions(host), ["die"]);
    host.events.recall();
    assert_eq!(host.events.span(NOW).since, Some(NOW.0 - HOUR));
}

#[test]
fn another_engine_begins_with_an_empty_book() {
    let mut book = EventBook::default();
    book.begin(NOW, NOW.0);
    book.push(&event(1, "start", "a"), &TimeZone::UTC);
    book.begin(NOW, NOW.0 + 9);
    assert!(book.rows().is_empty());
}

#[test]
fn an_event_gets_its_place_as_if_the_list_were_made_anew() {
    let columns = crate::app::columns::events::COLUMNS.len();
    for (column, descending) in (0..columns).flat_map(|column| [(column, false), (column, true)]) {
        let mut app = app();
        let host = app.host_mut();
        host.view = View::Events;
        host.events.begin(NOW, NOW.0);
        take_past(host, NOW, &TimeZone::UTC, Ok(Vec::new()));
        host.lists.events.sort = crate::app::list::Sort { column, descending };
        host.lists.events.filter = "action=die".into();
        for second in 0..40 {
            let action = ["start", "die", "die", "oom"][second as usize % 4];
            take(host, &event(second, action, ["b", "c", "a"][second as usize % 3]), &TimeZone::UTC);
            let shown: Vec<usize> = host.lists.events.shown_rows().collect();
            let selected = host.lists.events.selected().cloned();
            rows::renew(host, View::Events);
            assert_eq!(shown, host.lists.events.shown_rows().collect::<Vec<_>>(), "{column} {descending}");
            assert_eq!(selected, host.lists.events.selected().cloned());
        }
        assert_eq!(host.lists.events.len(), 20);
    }
}
