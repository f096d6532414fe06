//! The console pane: its sessions as tabs, and the screen of the one on top.

use super::paint::{Canvas, Piece, row};
use super::{pane, waiting};
use crate::app::App;
use crate::app::columns::Tone;
use crate::app::console::{ConsoleSession, Marking, SessionState};
use crate::app::layout::Pane;
use crate::app::view::console_tabs;
use crate::config::Role;
use crate::domain::text::{is_unsafe, wrapped};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use vt100::Cell;

pub fn draw(app: &App, area: Rect, canvas: &mut Canvas<'_>) {
    let Some(session) = app.host().consoles.active().filter(|_| !area.is_empty()) else { return };
    let focused = app.focus == Pane::Console;
    let foot = vec![foot(app, session, focused, canvas)];
    let room = pane::draw(canvas, area, focused, &title(app, area, canvas), &foot);
    for y in 0..room.height {
        draw_row(session, y, row(room, usize::from(y)), canvas);
    }
    if let SessionState::Opening { since } = session.state {
        let seconds = app.now.since(since).as_secs();
        let waited = if seconds > 1 { format!(" {seconds} s") } else { String::new() };
        waiting::say(canvas, room, &format!("Opening {} in {}…{waited}", session.program(), session.name), Tone::Dim);
    }
    if let Some(reason) = session.reason() {
        draw_reason(app, session, reason, room, canvas);
    }
    if focused && app.dialogs.is_empty() {
        draw_cursor(app, session, room, canvas);
    }
}

/// The cursor of what is marked, else of the program that is typed to.
fn draw_cursor(app: &App, session: &ConsoleSession, room: Rect, canvas: &mut Canvas<'_>) {
    let screen = session.emulator.screen();
    let place = match &session.marking {
        Some(marking) => marking.cursor(),
        None if !app.host().consoles.is_typing || !session.is_open() => None,
        None if screen.hide_cursor() || screen.scrollback() > 0 => None,
        None => Some((screen.cursor_position().1, screen.cursor_position().0)),
    };
    if let Some((column, line)) = place {
        canvas.place_cursor(row(room, usize::from(line)), usize::from(column));
    }
}

fn title(app: &App, area: Rect, canvas: &Canvas<'_>) -> Vec<Piece> {
    let consoles = &app.host().consoles;
    let mut pieces = Vec::new();
    for tab in console_tabs(app.host(), area.width) {
        if !pieces.is_empty() {
            pieces.push(Piece::role(canvas.theme, " · ", Role::Dim));
        }
        let style = if tab.place == consoles.active_place() { canvas.theme.current() } else { canvas.style(Role::Dim) };
        pieces.push(Piece::new(tab.title, style));
    }
    pieces
}

/// How far it is scrolled back, how it ended, and which key matters most now.
fn foot(app: &App, session: &ConsoleSession, focused: bool, canvas: &Canvas<'_>) -> Piece {
    let scrolled = session.shown().scrollback();
    let key = |name: &str| app.keymap.key_text(name);
    let typing = focused && app.host().consoles.is_typing;
    let words = match (typing, session.is_open()) {
        _ if session.marking.is_some() && !typing => marking_words(app, session, scrolled),
        _ if scrolled > 0 => format!("{scrolled} rows back"),
        (true, true) => format!("{} leaves", key("console.leave")),
        (true, false) => format!("{} · Enter closes it", session.state_words()),
        (false, true) if focused => format!("{} types into it", key("console.enter")),
        (false, false) if focused => format!("{} · {} closes it", session.state_words(), key("console.close")),
        (false, true) => format!("{} goes there", key("console.toggle")),
        (false, false) => session.state_words(),
    };
    Piece::role(canvas.theme, words, Role::Dim)
}

/// That the session stands still, and which key gets something out of it.
fn marking_words(app: &App, session: &ConsoleSession, scrolled: usize) -> String {
    let key = |name: &str| app.keymap.key_text(name);
    let marked = session.marking.as_ref().and_then(Marking::selection).is_some();
    let act = match marked {
        true => format!("{} copies it", key("marking.copy")),
        false => format!("{} marks from here", key("marking.begin")),
    };
    match scrolled {
        0 => format!("stands still · {act}"),
        rows => format!("stands still, {rows} rows back · {act}"),
    }
}

fn draw_row(session: &ConsoleSession, y: u16, area: Rect, canvas: &mut Canvas<'_>) {
    let area = area.intersection(canvas.buffer.area);
    if area.is_empty() {
        return;
    }
    let text = canvas.theme.text();
    let coloured = text.fg.is_some() || canvas.style(Role::Bad).fg.is_some();
    let screen = session.shown();
    let marked = session.marking.as_ref().and_then(|marking| marking.columns(y, area.width));
    for x in 0..area.width {
        let Some(cell) = screen.cell(y, x) else { continue };
        let Some(place) = canvas.buffer.cell_mut((area.x + x, area.y)) else { continue };
        place.set_style(text.patch(style(cell, coloured)));
        // The second half of a wide character has no cell of its own on screen.
        if cell.is_wide_continuation() {
            place.set_symbol(" ");
            continue;
        }
        let contents = cell.contents();
        let cut = cell.is_wide() && x + 1 >= area.width;
        let safe = !contents.is_empty() && !cut && !contents.chars().any(is_unsafe);
        place.set_symbol(if safe { contents } else { " " });
    }
    if let Some(columns) = marked {
        let part = Rect { x: area.x + columns.start, width: columns.end.saturating_sub(columns.start), ..area };
        canvas.select(part);
    }
}

/// A theme without colours shows none of the program's either; what it stresses stays.
fn style(cell: &Cell, coloured: bool) -> Style {
    let mut style = Style::new();
    if coloured {
        style.fg = colour(cell.fgcolor());
        style.bg = colour(cell.bgcolor());
    }
    for (on, modifier) in [
        (cell.bold(), Modifier::BOLD),
        (cell.dim(), Modifier::DIM),
        (cell.italic(), Modifier::ITALIC),
        (cell.underline(), Modifier::UNDERLINED),
        (cell.inverse(), Modifier::REVERSED),
    ] {
        if on {
            style = style.add_modifier(modifier);
        }
    }
    style
}

fn colour(colour: vt100::Color) -> Option<Color> {
    match colour {
        vt100::Color::Default => None,
        vt100::Color::Idx(number) => Some(Color::Indexed(number)),
        vt100::Color::Rgb(red, green, blue) => Some(Color::Rgb(red, green, blue)),
    }
}

/// Why there is no session any more, over the last rows of what it wrote.
fn draw_reason(app: &App, session: &ConsoleSession, reason: &str, room: Rect, canvas: &mut Canvas<'_>) {
    let columns = usize::from(room.width.saturating_sub(2)).max(1);
    let mut lines: Vec<(String, Style)> = Vec::new();
    let bad = canvas.theme.tone(Tone::Bad);
    lines.extend(wrapped(reason, columns).into_iter().map(|line| (line, bad)));
    let helper = app.keymap.key_text("console.helper-shell");
    let offer = format!("{helper} opens one of another image beside it, which shares its processes and its network.");
    let offered = session.lacks_shell().then_some(offer);
    let hint = session.failure().and_then(|failure| failure.hint.as_ref());
    for hint in hint.into_iter().chain(offered.as_ref()) {
        lines.extend(wrapped(hint, columns).into_iter().map(|line| (line, canvas.theme.text())));
    }
    let height = u16::try_from(lines.len()).unwrap_or(u16::MAX).min(room.height);
    let place = Rect { y: room.bottom() - height, height, ..room };
    canvas.fill(place, canvas.theme.text());
    for (index, (line, style)) in lines.iter().enumerate() {
        canvas.text(super::paint::shift(row(place, index), 1), line, *style);
    }
}
