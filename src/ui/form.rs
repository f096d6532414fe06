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
mod foot;
mod head;
mod progress;

pub(super) use fields::window;

use super::dialog::{frame, frame_on};
use super::paint::{Canvas, Piece, row, shift};
use crate::app::App;
use crate::app::form::{Form, Preview, Stage};
use crate::config::Role;
use crate::domain::text::wrapped;
use fields::Line;
use ratatui::layout::{Position, Rect};

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
        Stage::Editing | Stage::Offering { .. } | Stage::Saving | Stage::Asking { .. } => {
            fields::body(app, form, canvas, columns)
        }
    };
    let preview = preview(form, columns);
    // With little room the preview goes first, then the head, then the buttons; the focused field never does.
    let mut rest = most.saturating_sub(1);
    let foot_lines = usize::from(most >= 2);
    rest = rest.saturating_sub(foot_lines);
    let shown_head = head.len().min(if most >= 8 { rest / 2 } else { rest.min(1) });
    rest -= shown_head.min(rest);
    let wanted_preview = if most >= 12 { preview.len() + 1 } else { 0 };
    let share = if form.preview == Preview::Body { rest * 2 / 3 } else { rest / 3 };
    let shown_preview = wanted_preview.min(share.max(rest.saturating_sub(body.lines.len())));
    let shown_body = body.lines.len().min((rest + 1).saturating_sub(shown_preview)).max(1);
    let height = (shown_head + shown_body + shown_preview + foot_lines + 2).min(most + 2);
    let height = u16::try_from(height).unwrap_or(u16::MAX);
    let room = match form.is_profile() {
        true => frame(app, canvas, WIDTH, height, &form.kind.title()),
        false => frame_on(app, canvas, (WIDTH, height), &form.kind.title(), &form.host, ""),
    };
    let part = |from: usize, rows: usize| part(room, from, rows);
    for (index, line) in head.iter().take(shown_head).enumerate() {
        canvas.pieces(row(room, index), line);
    }
    put_body(canvas, part(shown_head, shown_body), &body);
    put_preview(canvas, part(shown_head + shown_body + 1, shown_preview.saturating_sub(1)), form, &preview);
    if foot_lines > 0 {
        foot::draw(app, form, canvas, part(usize::from(room.height).saturating_sub(1), 1));
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
        if let Some(spot) = line.spot {
            canvas.spot(place, spot);
        }
        if let Some((column, spot)) = line.text {
            canvas.spot(shift(place, u16::try_from(column).unwrap_or(u16::MAX)), spot);
        }
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

/// The command line in a few lines, or the API call with its body.
fn preview(form: &Form, columns: usize) -> Vec<String> {
    let lines = form.preview_lines();
    if form.preview == Preview::Body {
        return lines;
    }
    let mut wrapped: Vec<String> = lines.iter().flat_map(|line| wrapped(line, columns)).collect();
    if wrapped.len() > COMMAND_LINES {
        wrapped.truncate(COMMAND_LINES);
        if let Some(last) = wrapped.last_mut() {
            last.push_str(" …");
        }
    }
    wrapped
}

/// Draws what of the preview fits, with a word on what does not.
fn put_preview(canvas: &mut Canvas<'_>, area: Rect, form: &Form, lines: &[String]) {
    let height = usize::from(area.height);
    let top = form.preview_top.min(lines.len().saturating_sub(height));
    let dim = canvas.style(Role::Dim);
    for (index, line) in lines.iter().skip(top).take(height).enumerate() {
        canvas.text(row(area, index), line, dim);
    }
    let below = lines.len().saturating_sub(top + height);
    if height > 0 && (below > 0 || top > 0) {
        let words = format!("Ctrl-↑ Ctrl-↓  {below} more");
        canvas.pieces_right(row(area, height - 1), &[Piece::role(canvas.theme, words, Role::Key)]);
    }
}

#[cfg(test)]
mod tests;
