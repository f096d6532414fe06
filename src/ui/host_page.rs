//! The page about the host under the cursor of the Hosts view.

use super::paint::{Canvas, Piece, row, shift};
use super::pane;
use crate::app::App;
use crate::app::host_page::{LABELS, lines};
use crate::app::layout::Pane;
use crate::config::Role;
use crate::domain::text::{clean, truncate};
use ratatui::layout::Rect;

/// Columns that the host's name gets in the title at most.
const NAME: usize = 40;

pub fn draw(app: &App, area: Rect, canvas: &mut Canvas<'_>) {
    let title = app.known_host().map(|known| {
        let name = truncate(&clean(known.name.as_str()), NAME).into_owned();
        Piece::role(canvas.theme, name, Role::Title)
    });
    let title: Vec<Piece> = title.into_iter().collect();
    let room = pane::draw(canvas, area, app.focus == Pane::Detail, &title, &[]);
    let room = shift(Rect { width: room.width.saturating_sub(1), ..room }, 1);
    let lines = lines(app, usize::from(room.width));
    for (index, line) in lines.iter().skip(app.board.scrolled).take(usize::from(room.height)).enumerate() {
        let area = row(room, index);
        canvas.text(area, line.label, canvas.style(Role::Dim));
        let rest = shift(area, u16::try_from(LABELS).unwrap_or(0));
        let style = canvas.theme.tone(line.tone);
        canvas.text(rest, &line.text, style);
    }
}
