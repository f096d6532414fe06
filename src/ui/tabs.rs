//! The second line: the views, their keys and how much there is of each.

use super::paint::{Canvas, Piece, shift};
use crate::app::App;
use crate::app::listing::Listing;
use crate::app::view::{TITLE_LEFT, View, tab_texts};
use crate::config::Role;
use ratatui::layout::Rect;

pub fn draw(app: &App, area: Rect, canvas: &mut Canvas<'_>) {
    // The list of all hosts' containers has no name of its own there.
    let shown = match app.listing() {
        Listing::Everywhere => Listing::View(View::Containers),
        shown => shown,
    };
    let mut pieces = Vec::new();
    for (listing, text) in tab_texts(app) {
        let style = if listing == shown { canvas.theme.current() } else { canvas.style(Role::Dim) };
        pieces.push(Piece::new(text, style));
        pieces.push(Piece::role(canvas.theme, "  ", Role::Dim));
    }
    canvas.pieces(shift(area, TITLE_LEFT), &pieces);
}
