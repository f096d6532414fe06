//! Marking a part of a session by keys: the cursor goes about in what was written, and what it marks is copied.

use crate::app::App;
use crate::app::console::Marking;
use crate::app::console::marking::{Shape, Step};
use crate::app::layout::inside;
use crate::app::update::{Effects, console};

/// The session stands still, and a cursor goes about in it.
pub fn begin(app: &mut App, _: &mut Effects) {
    let Some(session) = app.host_mut().consoles.active_mut() else { return };
    let screen = session.emulator.screen();
    let (rows, _) = screen.size();
    // Scrolled back, the session's own cursor is out of sight: the last row that is shown is what was looked for.
    let (row, column) = if screen.scrollback() > 0 { (rows.get() - 1, 0) } else { screen.cursor_position() };
    session.marking = Some(Marking::new(screen, column, row));
}

/// Takes the mark back; without one the session goes on.
pub fn leave(app: &mut App, _: &mut Effects) {
    let Some(session) = app.host_mut().consoles.active_mut() else { return };
    if !session.marking.as_mut().is_some_and(Marking::clear) {
        session.marking = None;
    }
}

pub fn go(app: &mut App, step: Step) {
    change(app, |marking| marking.go(step));
}

/// Moves by half pages.
pub fn page(app: &mut App, halves: isize) {
    let height = inside(app.layout().console).height.saturating_sub(1).max(2);
    go(app, Step::Rows(height as isize * halves / 2));
}

pub fn mark(app: &mut App, shape: Shape) {
    change(app, |marking| marking.begin(shape));
}

pub fn swap(app: &mut App) {
    change(app, Marking::swap);
}

/// Copies what is marked, or the row under the cursor, and lets the session go on.
pub fn copy(app: &mut App, effects: &mut Effects) {
    let Some(session) = app.host_mut().consoles.active_mut() else { return };
    let Some(mut marking) = session.marking.take() else { return };
    console::copy(app, marking.text(), effects);
}

fn change(app: &mut App, change: impl FnOnce(&mut Marking)) {
    if let Some(marking) = app.host_mut().consoles.active_mut().and_then(|session| session.marking.as_mut()) {
        change(marking);
    }
}
