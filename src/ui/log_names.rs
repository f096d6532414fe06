//! The names before the lines of several logs shown as one, and what is wrong with which of them.

use super::paint::{Canvas, Piece};
use crate::app::App;
use crate::app::columns::Tone;
use crate::app::detail::log_pane::LogPane;
use crate::app::logs::{LogView, Viewport, VisibleRow};
use crate::config::Role;
use crate::domain::text::truncate;
use ratatui::layout::Rect;

/// Colours that tell neighbours apart; the names say the same.
const COLORS: [Role; 6] = [Role::Chart1, Role::Chart2, Role::Chart3, Role::Chart4, Role::Info, Role::Accent];

/// Draws the name of the log that a line is of, before the first of its rows.
pub fn draw(canvas: &mut Canvas<'_>, area: Rect, view: &LogView, viewport: Viewport, line: &VisibleRow) {
    let Some(merged) = view.store().several().filter(|_| line.row == 0) else { return };
    let Some(name) = merged.part(line.part).map(|part| part.name.as_str()) else { return };
    // A container that was made anew goes on in the colour of the one before it.
    let place = merged.parts().iter().position(|part| part.name == name).unwrap_or(0);
    let role = COLORS.get(place % COLORS.len()).copied().unwrap_or(Role::Text);
    let room = view.name_columns(viewport).saturating_sub(1);
    canvas.text(area, &truncate(name, room), canvas.style(role));
}

/// Whether the program itself says this line.
pub fn is_told(view: &LogView, line: &VisibleRow) -> bool {
    view.store().several().is_some_and(|merged| merged.part(line.part).is_none())
}

/// `eu web: the connection was lost (R tries again) · `; how many others there are as well.
pub fn troubles(app: &App, logs: &LogPane, canvas: &Canvas<'_>) -> Vec<Piece> {
    let mut troubles = logs.troubles();
    let Some((name, sentence)) = troubles.next() else { return Vec::new() };
    let others = match troubles.count() {
        0 => String::new(),
        1 => " and 1 more".to_owned(),
        others => format!(" and {others} more"),
    };
    let key = app.keymap.key_text("app.refresh");
    let words = format!("{name}: {sentence}{others} ({key} tries again) · ");
    vec![Piece::tone(canvas.theme, words, Tone::Bad)]
}
