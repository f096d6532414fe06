//! Forms: head (refusal, draft, progress), fields, preview, buttons and keys.
//!
//! ```text
//! ╭ Create container on local ────────────────────────╮
//! │ ✗ Creating web: Conflict. The name is in use      │  head
//! │ ── Basics ─────────────────────────────────────── │
//! │ ▸ Image          nginx:1.27                       │  fields, scrolled to the focus
//! │   Name           we b                             │
//! │                  ✗ A name cannot hold “ ”: …      │
//! │ docker run -d --name web nginx:1.27               │  preview
//! │ Tab next  Ctrl-s create  Esc back  F2 JSON        [ Create ]  [ Cancel ] │
//! ╰───────────────────────────────────────────────────╯
//! ```

mod fields;
mod head;
mod progress;

use super::dialog::{frame, wrapped};
use super::paint::{Canvas, Piece, row, shift};
use crate::app::App;
use crate::app::form::{Focus, Form, Preview, Stage};
use crate::config::Role;
use crate::domain::text::width;
use fields::Line;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// Columns of a form at most, its frame included.
const WIDTH: u16 = 100;
/// Lines of the command in the preview at most, unless the body is shown.
const COMMAND_LINES: usize = 4;

pub fn draw(app: &App, form: &Form, canvas: &mut Canvas<'_>) {
    let columns = usize::from(WIDTH.min(app.area.width)).saturating_sub(4);
    let most = usize::from(app.area.height).saturating_sub(2);
    let head = head::lines(app, form, canvas, columns);
    let body = match form.stage {
        Stage::Working { job, .. } => Body { lines: progress::lines(app, job, canvas, columns), ..Body::default() },
        Stage::Editing | Stage::Offering { .. } => fields::body(app, form, canvas, columns),
    };
    let preview = preview(form, canvas, columns);
    // With little room the preview goes first, then the head, then the buttons; the focused field never does.
    let mut rest = most.saturating_sub(1);
    let foot = usize::from(most >= 2);
    rest = rest.saturating_sub(foot);
    let shown_head = head.len().min(if most >= 8 { rest / 2 } else { rest.min(1) });
    rest -= shown_head.min(rest);
    let wanted_preview = if most >= 12 { preview.len() + 1 } else { 0 };
    let share = if form.preview == Preview::Body { rest * 2 / 3 } else { rest / 3 };
    let shown_preview = wanted_preview.min(share.max(rest.saturating_sub(body.lines.len())));
    let shown_body = body.lines.len().min((rest + 1).saturating_sub(shown_preview)).max(1);
    let height = (shown_head + shown_body + shown_preview + foot + 2).min(most + 2);
    let title = format!("{} on {}", form.kind.title(), form.host);
    let room = frame(app, canvas, WIDTH, u16::try_from(height).unwrap_or(u16::MAX), &title);
    let part = |from: usize, rows: usize| part(room, from, rows);
    for (index, line) in head.iter().take(shown_head).enumerate() {
        canvas.pieces(row(room, index), line);
    }
    put_body(canvas, part(shown_head, shown_body), &body);
    for (index, line) in preview.iter().take(shown_preview.saturating_sub(1)).enumerate() {
        canvas.pieces(row(room, shown_head + shown_body + 1 + index), std::slice::from_ref(line));
    }
    if foot > 0 {
        buttons(
            canvas,
            part(usize::from(room.height).saturating_sub(1), 1),
            form,
            form.hindrance(app.host()).is_none(),
        );
    }
}

/// The scrolled part of a form.
#[derive(Debug, Default)]
struct Body {
    lines: Vec<Line>,
    /// The lines of what has the focus; the cursor's own line is the one that must be seen.
    focus: std::ops::Range<usize>,
    cursor_line: usize,
}

fn put_body(canvas: &mut Canvas<'_>, area: Rect, body: &Body) {
    let height = usize::from(area.height);
    // One line of what follows stays in sight, so that there is more to see.
    let last = (body.focus.end + 1).min(body.lines.len());
    let top = last.saturating_sub(height).min(body.cursor_line);
    for (index, line) in body.lines.iter().skip(top).take(height).enumerate() {
        let place = row(area, index);
        canvas.pieces(place, &line.pieces);
        if let Some(column) = line.cursor {
            let x = place.x + u16::try_from(column).unwrap_or(u16::MAX).min(place.width.saturating_sub(1));
            canvas.cursor = (!place.is_empty()).then_some(Position { x, y: place.y });
        }
    }
    let more = |canvas: &mut Canvas<'_>, line: Rect, sign: &str| {
        let right = shift(line, line.width.saturating_sub(1));
        canvas.text(right, sign, canvas.style(Role::Dim));
    };
    if top > 0 {
        more(canvas, row(area, 0), "↑");
    }
    if top + height < body.lines.len() && height > 1 {
        more(canvas, row(area, height - 1), "↓");
    }
}

fn part(room: Rect, from: usize, rows: usize) -> Rect {
    let from = u16::try_from(from).unwrap_or(u16::MAX).min(room.height);
    let rows = u16::try_from(rows).unwrap_or(u16::MAX).min(room.height - from);
    Rect { y: room.y + from, height: rows, ..room }
}

/// The command line, or the API call with its body.
fn preview(form: &Form, canvas: &Canvas<'_>, columns: usize) -> Vec<Piece> {
    let dim = canvas.style(Role::Dim);
    match form.preview {
        Preview::Command => {
            let lines = wrapped(&form.command_line(), columns);
            let cut = lines.len() > COMMAND_LINES;
            let mut shown: Vec<Piece> =
                lines.into_iter().take(COMMAND_LINES).map(|line| Piece::new(line, dim)).collect();
            if let Some(last) = shown.last_mut().filter(|_| cut) {
                last.text.push_str(" …");
            }
            shown
        }
        Preview::Body => {
            let (call, body) = form.call();
            let body = body.and_then(|body| serde_json::to_string_pretty(&body).ok()).unwrap_or_default();
            let lines = std::iter::once(call.as_str()).chain(body.lines());
            lines.map(|line| Piece::new(line, dim)).collect()
        }
    }
}

fn buttons(canvas: &mut Canvas<'_>, area: Rect, form: &Form, possible: bool) {
    let text = canvas.theme.text();
    let pieces = match &form.stage {
        Stage::Editing => {
            let accept = if possible { text } else { canvas.style(Role::Dim) };
            vec![
                button(canvas, "Cancel", text, form.focus == Focus::Cancel),
                Piece::new("  ", text),
                button(canvas, form.kind.verb(), accept, form.focus == Focus::Submit),
            ]
        }
        Stage::Offering { .. } => vec![
            button(canvas, "Back", text, false),
            Piece::new("  ", text),
            button(canvas, "Pull and create", text, true),
        ],
        Stage::Working { .. } => Vec::new(),
    };
    let mut used: usize = pieces.iter().map(|piece| width(&piece.text)).sum();
    let mut pieces = pieces;
    if used > usize::from(area.width) {
        // Where there is room for one, it is the one with the focus, else the one that does it.
        let shown = if form.focus == Focus::Cancel { 0 } else { 2 };
        pieces = pieces.into_iter().skip(shown).take(1).collect();
        used = pieces.iter().map(|piece| width(&piece.text)).sum();
    }
    let left = usize::from(area.width).saturating_sub(used);
    canvas.pieces(shift(area, u16::try_from(left).unwrap_or(0)), &pieces);
    let room = Rect { width: u16::try_from(left.saturating_sub(1)).unwrap_or(0), ..area };
    let mut rest = room;
    for (key, meaning) in key_words(form) {
        let words =
            [Piece::role(canvas.theme, key, Role::Key), Piece::role(canvas.theme, format!(" {meaning}  "), Role::Dim)];
        let wanted: usize = words.iter().map(|piece| width(&piece.text)).sum();
        if wanted <= usize::from(rest.width) {
            rest = shift(rest, canvas.pieces(rest, &words));
        }
    }
}

/// A button; brackets turn to signs under the focus, for terminals without colours.
fn button(canvas: &Canvas<'_>, word: &str, style: Style, focused: bool) -> Piece {
    if focused {
        return Piece::new(format!("▸[ {word} ]"), style.patch(canvas.style(Role::Selection)));
    }
    Piece::new(format!(" [ {word} ]"), style)
}

/// The keys that mean something now, the most wanted first.
fn key_words(form: &Form) -> Vec<(&'static str, String)> {
    let word = |key, meaning: &str| (key, meaning.to_owned());
    match form.stage {
        Stage::Working { .. } => vec![word("Esc", "goes on in the background"), word("Ctrl-x", "cancel")],
        Stage::Offering { .. } => vec![word("Enter", "pull and create"), word("Esc", "back")],
        Stage::Editing => {
            let mut keys = vec![word("Ctrl-s", &form.kind.verb().to_lowercase()), word("Esc", "close")];
            if form.restored {
                keys.push(word("Ctrl-r", "clear"));
            }
            keys.push(word("F2", if form.preview == Preview::Command { "API call" } else { "docker line" }));
            if form.has_sections() {
                keys.push(word("PgDn", "next section"));
            }
            if form.is_in_area() {
                keys.push(word("Tab", "next"));
            }
            keys
        }
    }
}

#[cfg(test)]
mod tests;
