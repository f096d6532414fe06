//! Dialogs: one frame for all of them, laid over the panes; each draws its own inside.

use super::confirm;
use super::form;
use super::paint::{Canvas, Piece};
use super::pane;
use crate::app::App;
use crate::app::dialog::Dialog;
use crate::config::Role;
use ratatui::layout::Rect;

/// Draws the dialogs, the last one on top.
pub fn draw(app: &App, canvas: &mut Canvas<'_>) {
    for dialog in &app.dialogs {
        match dialog {
            Dialog::Confirm(confirm) => confirm::draw(app, confirm, canvas),
            Dialog::Form(form) => form::draw(app, form, canvas),
        }
    }
}

/// Clears a box in the middle of the screen and frames it; gives the room inside it.
pub fn frame(app: &App, canvas: &mut Canvas<'_>, width: u16, height: u16, title: &str) -> Rect {
    let area = centred(app.area, width, height);
    canvas.fill(area, canvas.theme.text());
    let title = [Piece::role(canvas.theme, title, Role::Title)];
    let room = pane::draw(canvas, area, true, &title, &[]);
    Rect { x: room.x + 1.min(room.width), width: room.width.saturating_sub(2), ..room }
}

/// A box of at most this size in the middle of `area`.
pub fn centred(area: Rect, width: u16, height: u16) -> Rect {
    let width = width.min(area.width);
    let height = height.min(area.height);
    Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height }
}

/// Breaks text into lines of at most `width` columns, at blanks where there are any.
pub fn wrapped(text: &str, width: usize) -> Vec<String> {
    use crate::domain::text;
    let width = width.max(1);
    let cleaned = text::clean(text);
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in cleaned.split(' ') {
        let mut word = word;
        if !line.is_empty() && text::width(&line) + 1 + text::width(word) > width {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        while text::width(word) > width {
            let cut = text::cut(word, width);
            let (head, tail) = word.split_at(cut);
            lines.push(head.to_owned());
            word = tail;
        }
        line.push_str(word);
    }
    lines.push(line);
    lines
}
