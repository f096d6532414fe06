//! A line to type in, and what matches: the palette, the switcher.

use super::dialog::{frame, hints, input, list, split_foot};
use super::paint::{Canvas, row};
use crate::app::App;
use crate::app::columns::Tone;
use crate::app::dialog::finder::Finder;
use crate::config::Role;
use ratatui::layout::Rect;

/// The words around what is to be found.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    pub title: &'static str,
    pub prompt: &'static str,
    /// What Enter does.
    pub enter: &'static str,
    pub nothing: &'static str,
}

/// Draws the dialog; `item` draws what matches at a place.
pub fn draw(
    app: &App,
    canvas: &mut Canvas<'_>,
    finder: &Finder,
    (width, height): (u16, u16),
    words: Words,
    count: usize,
    item: impl FnMut(&mut Canvas<'_>, Rect, usize),
) {
    let height = height.min(app.area.height.saturating_sub(2).max(3));
    let room = frame(app, canvas, width, height, words.title);
    input(canvas, row(room, 0), words.prompt, &finder.input);
    let below = Rect { y: room.y + 1.min(room.height), height: room.height.saturating_sub(1), ..room };
    let (body, foot) = split_foot(below);
    if count == 0 {
        canvas.text(body, words.nothing, canvas.style(Role::Dim));
    }
    list(canvas, body, count, finder.cursor, item);
    match &finder.refusal {
        Some(refusal) => {
            canvas.text(foot, refusal, canvas.theme.tone(Tone::Warn));
        }
        None => {
            hints(canvas, foot, &[("Enter", words.enter), ("↑ ↓", "choose"), ("Tab", "complete"), ("Esc", "close")]);
        }
    }
}
