//! A list keeps its cursor and marks through everything.

use super::*;
use proptest::prelude::*;

fn renew(list: &mut ListState, rows: &[&str]) {
    let filter = list.filter.clone();
    list.renew(rows, |row| RowKey::from(*row), |row| row.contains(&filter), |a, b| a.cmp(b));
}

#[test]
fn the_cursor_stays_on_its_row() {
    let mut list = ListState::default();
    renew(&mut list, &["b", "d"]);
    list.move_by(1);
    assert_eq!(list.selected().map(|key| &**key), Some("d"));
    renew(&mut list, &["a", "b", "c", "d", "e"]);
    assert_eq!(list.selected().map(|key| &**key), Some("d"));
    assert_eq!(list.position(), 3);
}

#[test]
fn a_row_that_goes_leaves_the_cursor_in_place() {
    let mut list = ListState::default();
    renew(&mut list, &["a", "b", "c"]);
    list.move_by(1);
    renew(&mut list, &["a", "c"]);
    assert_eq!(list.selected().map(|key| &**key), Some("c"));
    renew(&mut list, &["a"]);
    assert_eq!(list.selected().map(|key| &**key), Some("a"));
    renew(&mut list, &[]);
    assert_eq!(list.selected(), None);
}

#[test]
fn a_range_is_marked_from_the_last_mark_to_the_cursor() {
    let mut list = ListState::default();
    renew(&mut list, &["a", "b", "c", "d"]);
    list.toggle_mark();
    list.move_to(2);
    list.mark_range();
    assert_eq!(list.targets().iter().map(|key| &**key).collect::<Vec<_>>(), ["a", "b", "c"]);
    renew(&mut list, &["b", "c", "d"]);
    assert_eq!(list.marked(), 2, "a mark goes with its row");
}

#[test]
fn each_target_is_among_the_targets() {
    let mut list = ListState::default();
    renew(&mut list, &["a", "b", "c"]);
    assert_eq!(list.each_target().map(|key| &**key).collect::<Vec<_>>(), ["a"]);
    list.toggle_mark_all();
    list.move_to(1);
    list.toggle_mark();
    let mut targets: Vec<&str> = list.each_target().map(|key| &**key).collect();
    targets.sort_unstable();
    assert_eq!(targets, ["a", "c"]);
    assert_eq!(list.targets().iter().map(|key| &**key).collect::<Vec<_>>(), targets);
}

#[test]
fn marks_hidden_by_the_filter_still_count() {
    let mut list = ListState::default();
    renew(&mut list, &["ax", "bx", "cy"]);
    list.toggle_mark_all();
    list.filter = "x".into();
    renew(&mut list, &["ax", "bx", "cy"]);
    assert_eq!(list.targets().len(), 3);
}

proptest! {
    #[test]
    fn the_cursor_follows_its_row_through_any_change(
        before in proptest::collection::btree_set("[a-f]{1,3}", 1..40),
        after in proptest::collection::btree_set("[a-f]{1,3}", 0..40),
        steps in 0usize..40,
        descending: bool,
    ) {
        let rows = |set: &std::collections::BTreeSet<String>| set.iter().cloned().collect::<Vec<_>>();
        let mut list = ListState { sort: Sort { column: 0, descending }, ..ListState::default() };
        let apply = |list: &mut ListState, set: &std::collections::BTreeSet<String>| {
            list.renew(&rows(set), |row| RowKey::from(row.as_str()), |_| true, Ord::cmp);
        };
        apply(&mut list, &before);
        list.move_by(steps as isize);
        let selected = list.selected().cloned().unwrap();
        apply(&mut list, &after);
        if after.contains(&*selected) {
            prop_assert_eq!(list.selected(), Some(&selected));
        } else {
            prop_assert_eq!(list.selected().is_none(), after.is_empty());
        }
    }

    #[test]
    fn the_cursor_is_always_on_the_screen(count in 0usize..50, moves in proptest::collection::vec(-60isize..60, 0..20), height in 1usize..12) {
        let rows: Vec<String> = (0..count).map(|n| format!("{n:03}")).collect();
        let mut list = ListState::default();
        list.renew(&rows, |row| RowKey::from(row.as_str()), |_| true, Ord::cmp);
        for step in moves {
            list.move_by(step);
            list.settle(height);
            let window: Vec<_> = list.window(height).map(|(place, ..)| place).collect();
            prop_assert!(window.is_empty() || window.contains(&list.position()));
            prop_assert_eq!(window.len(), height.min(count));
        }
    }
}
