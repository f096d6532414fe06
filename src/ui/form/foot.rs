//! The last line of a form: keys that mean something now, and the buttons.

use crate::app::App;
use crate::app::dialog::click::Spot;
use crate::app::form::{Focus, Form, Preview, Stage};
use crate::config::Role;
use crate::domain::text::width;
use crate::ui::paint::{Canvas, Piece, shift};
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Draws both into one line; the buttons win where there is little room.
pub fn draw(app: &App, form: &Form, canvas: &mut Canvas<'_>, area: Rect) {
    let possible = form.hindrance(app.host()).is_none();
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
        Stage::Working { .. } | Stage::Saving | Stage::Asking { .. } => Vec::new(),
    };
    let mut used: usize = pieces.iter().map(|piece| width(&piece.text)).sum();
    let mut pieces = pieces;
    let mut spots = vec![(0, Spot::Cancel), (2, Spot::Accept)];
    if used > usize::from(area.width) {
        // Where there is room for one, it is the one with the focus, else the one that does it.
        let shown = if form.focus == Focus::Cancel { 0 } else { 2 };
        pieces = pieces.into_iter().skip(shown).take(1).collect();
        spots = vec![(0, if shown == 0 { Spot::Cancel } else { Spot::Accept })];
        used = pieces.iter().map(|piece| width(&piece.text)).sum();
    }
    let left = usize::from(area.width).saturating_sub(used);
    canvas.buttons(shift(area, u16::try_from(left).unwrap_or(0)), &pieces, &spots);
    let room = Rect { width: u16::try_from(left.saturating_sub(1)).unwrap_or(0), ..area };
    let mut rest = room;
    for (key, meaning) in key_words(app, form) {
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
        return Piece::new(format!("▸[ {word} ]"), canvas.theme.chosen(style));
    }
    Piece::new(format!(" [ {word} ]"), style)
}

/// The keys that mean something now, the most wanted first.
fn key_words(app: &App, form: &Form) -> Vec<(&'static str, String)> {
    let word = |key, meaning: &str| (key, meaning.to_owned());
    match form.stage {
        Stage::Working { .. } => vec![word("Esc", "goes on in the background"), word("Ctrl-x", "cancel")],
        Stage::Saving | Stage::Asking { .. } => vec![word("Esc", "close")],
        Stage::Offering { .. } => vec![word("Enter", "pull and create"), word("Esc", "back")],
        Stage::Editing => {
            let mut keys = vec![word("Ctrl-s", &form.kind.verb().to_lowercase()), word("Esc", "close")];
            if form.chooses() {
                keys.push(word("↑ ↓", "choose"));
            } else if !form.offers(app.host()).is_empty() {
                keys.push(word(if form.arrows_choose(app.host()) { "↓" } else { "Ctrl-n" }, "choose"));
                keys.push(word("→", "take"));
            }
            if form.restored {
                keys.push(word("Ctrl-r", "clear"));
            }
            if form.is_profile() {
                keys.insert(1, word("Ctrl-t", "test"));
            } else if form.has_preview() {
                keys.push(word("F2", if form.preview == Preview::Command { "API call" } else { "docker line" }));
            }
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
