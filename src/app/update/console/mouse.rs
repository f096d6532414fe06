//! The mouse over the console pane: for the program where it asks for it, else it scrolls, marks and copies.

use super::{Effects, copy, send};
use crate::app::App;
use crate::app::console::keys::{KeyModes, encode};
use crate::app::console::{ConsoleSession, Marking, mouse as mice};
use crate::app::layout::{Pane, inside};
use crate::app::view::console_tabs;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Rect};

/// Rows that one turn of the wheel scrolls.
const WHEEL: isize = 3;

/// Whether the button went down in the pane and is held: what the mouse does is for the pane wherever it is.
pub fn is_dragged(app: &App) -> bool {
    let is_held = |session: &ConsoleSession| {
        session.pressed.is_some() || session.marking.as_ref().is_some_and(|marking| marking.is_dragged)
    };
    app.host().consoles.active().is_some_and(is_held)
}

/// A mouse event over the pane, or of a button that went down there.
pub fn mouse(app: &mut App, event: MouseEvent, effects: &mut Effects) {
    let pane = app.layout().console;
    let room = inside(pane);
    if is_dragged(app) {
        return drag(app, event, room, effects);
    }
    let pressed = matches!(event.kind, MouseEventKind::Down(_));
    if pressed {
        app.focus = Pane::Console;
    }
    if pressed && event.row == pane.y {
        let column = event.column.saturating_sub(pane.x);
        let hit = console_tabs(app.host(), pane.width).into_iter().find(|tab| tab.columns.contains(&column));
        if let Some(tab) = hit {
            let consoles = &mut app.host_mut().consoles;
            consoles.select(tab.place);
            consoles.is_typing = true;
        }
        return;
    }
    if !room.contains(Position { x: event.column, y: event.row }) {
        return;
    }
    let at = (event.column - room.x, event.row - room.y);
    let consoles = &mut app.host_mut().consoles;
    let Some(session) = consoles.active_mut() else { return };
    let live = session.is_open() && session.marking.is_none() && session.emulator.scrolled() == 0;
    if live && session.emulator.wants_mouse() {
        let screen = session.emulator.screen();
        let bytes = mice::encode(event, at, screen.mouse_protocol_mode(), screen.mouse_protocol_encoding());
        consoles.is_typing |= pressed;
        if let Some(bytes) = bytes {
            send(app, bytes, effects);
        }
        return;
    }
    match event.kind {
        MouseEventKind::ScrollUp | MouseEventKind::ScrollDown => {
            let down = event.kind == MouseEventKind::ScrollDown;
            if live && session.emulator.screen().alternate_screen() {
                // A second screen has no scrollback: pagers and editors scroll by arrows.
                let modes = KeyModes { application_cursor: session.emulator.screen().application_cursor() };
                let code = if down { KeyCode::Down } else { KeyCode::Up };
                let arrow = encode(KeyEvent::new(code, KeyModifiers::NONE), modes);
                return send(app, arrow.repeat(WHEEL.unsigned_abs()), effects);
            }
            session.scroll_by(if down { WHEEL } else { -WHEEL });
        }
        MouseEventKind::Down(MouseButton::Left) => {
            // A picture of the session is made when the mouse moves: most clicks mark nothing.
            session.pressed = Some(at);
            consoles.is_typing = true;
        }
        MouseEventKind::Down(_)
        | MouseEventKind::Up(_)
        | MouseEventKind::Drag(_)
        | MouseEventKind::Moved
        | MouseEventKind::ScrollLeft
        | MouseEventKind::ScrollRight => {}
    }
}

/// Marks up to where the mouse is; the button's coming up copies what is marked.
fn drag(app: &mut App, event: MouseEvent, room: Rect, effects: &mut Effects) {
    let Some(session) = app.host_mut().consoles.active_mut() else { return };
    match (event.kind, session.pressed) {
        (MouseEventKind::Drag(MouseButton::Left), Some((column, row))) => {
            let mut marking = Marking::new(session.shown(), column, row);
            marking.is_dragged = true;
            (session.marking, session.pressed) = (Some(marking), None);
        }
        (MouseEventKind::Up(_) | MouseEventKind::Down(_), Some(_)) => {
            (session.marking, session.pressed) = (None, None);
            return;
        }
        _ => {}
    }
    let Some(marking) = &mut session.marking else { return };
    match event.kind {
        MouseEventKind::Drag(MouseButton::Left) => {
            let column = event.column.clamp(room.x, room.right().saturating_sub(1).max(room.x)) - room.x;
            marking.drag(column, event.row as isize - room.y as isize);
        }
        MouseEventKind::ScrollUp => marking.scroll_by(-WHEEL),
        MouseEventKind::ScrollDown => marking.scroll_by(WHEEL),
        MouseEventKind::Up(_) | MouseEventKind::Down(_) => {
            let text = marking.selection().is_some().then(|| marking.text());
            session.marking = None;
            if let Some(text) = text {
                copy(app, text, effects);
            }
        }
        MouseEventKind::Drag(_) | MouseEventKind::Moved | MouseEventKind::ScrollLeft | MouseEventKind::ScrollRight => {}
    }
}
