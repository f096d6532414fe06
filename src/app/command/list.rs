//! Commands of every list: cursor, marks, filter, order.

use crate::app::App;
use crate::app::commands::Readiness;
use crate::app::layout::{Pane, list_rows};
use crate::app::line_input::LineInput;
use crate::app::listing::Place;
use crate::app::prompt::{Prompt, Purpose};
use crate::app::rows;
use crate::app::update::{Effects, renew};

pub fn step(app: &mut App, rows: isize) {
    app.list_mut().move_by(rows);
}

pub fn top(app: &mut App, _: &mut Effects) {
    app.list_mut().move_to(0);
}

pub fn bottom(app: &mut App, _: &mut Effects) {
    app.list_mut().move_to(usize::MAX);
}

/// Moves by half pages.
pub fn page(app: &mut App, halves: isize) {
    let height = list_rows(app.layout().list).max(2) as isize;
    app.list_mut().move_by(height * halves / 2);
}

pub fn open(app: &mut App, _: &mut Effects) {
    if !app.list().is_empty() {
        app.together = None;
        app.focus = Pane::Detail;
    }
}

pub fn filter(app: &mut App, _: &mut Effects) {
    let before = app.list().filter.clone();
    app.prompt = Some(Prompt { purpose: Purpose::Filter, input: LineInput::new(&before), before });
}

pub fn has_rows(app: &App) -> Readiness {
    if app.list().is_empty() { Err("the list is empty".into()) } else { Ok(()) }
}

pub fn mark(app: &mut App, _: &mut Effects) {
    app.list_mut().toggle_mark();
}

pub fn mark_range(app: &mut App, _: &mut Effects) {
    app.list_mut().mark_range();
}

pub fn mark_all(app: &mut App, _: &mut Effects) {
    app.list_mut().toggle_mark_all();
}

/// Sorts by the column `step` places on, among those of the view.
pub fn sort(app: &mut App, step: isize) {
    let listing = app.listing();
    let count = rows::column_count(listing) as isize;
    let sort = &mut app.list_mut().sort;
    sort.column = (sort.column as isize + step).rem_euclid(count.max(1)) as usize;
    sort.descending = rows::column_name(listing, sort.column).1;
    renew(app);
}

pub fn reverse(app: &mut App, _: &mut Effects) {
    let sort = &mut app.list_mut().sort;
    sort.descending = !sort.descending;
    renew(app);
}

pub fn toggle_all(app: &mut App, _: &mut Effects) {
    let shown = match app.place {
        Place::Host | Place::Hosts => &mut app.host_mut().show_all,
        Place::Everywhere => &mut app.everywhere.show_all,
    };
    *shown = !*shown;
    renew(app);
}
