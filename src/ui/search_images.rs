//! The search for images: a line to type in, what was found with its stars, what each is for.

use super::dialog::{hints, input, large_frame, list, split_foot};
use super::paint::{Canvas, Piece, row, shift};
use crate::app::App;
use crate::app::columns::Tone;
use crate::app::dialog::search_images::SearchImages;
use crate::config::Role;
use crate::domain::FoundImage;
use crate::domain::text::{clean, compact_count, truncate, wrapped};
use ratatui::layout::Rect;

const WIDTH: u16 = 110;
/// Columns for a name, the stars and the mark of the official ones.
const NAME: u16 = 30;
const STARS: u16 = 7;
const OFFICIAL: u16 = 10;

pub fn draw(app: &App, search: &SearchImages, canvas: &mut Canvas<'_>) {
    let room = large_frame(app, canvas, WIDTH, &format!("Search images on {}", search.host.as_str()));
    input(canvas, row(room, 0), "> ", &search.finder.input);
    let below = Rect { y: room.y + 1.min(room.height), height: room.height.saturating_sub(1), ..room };
    let (body, foot) = split_foot(below);
    let rows = search.rows();
    if rows.is_empty() {
        for (place, line) in wrapped(&clean(&search.words(app.now)), usize::from(body.width)).into_iter().enumerate() {
            canvas.text(row(body, place), &line, canvas.style(Role::Dim));
        }
    }
    list(canvas, body, rows.len(), search.finder.cursor, |canvas, area, place| {
        if let Some(found) = rows.get(place) {
            line(canvas, area, found);
        }
    });
    match &search.finder.refusal {
        Some(refusal) => {
            canvas.text(foot, refusal, canvas.theme.tone(Tone::Warn));
        }
        None if rows.is_empty() => hints(canvas, foot, &[("Enter", "search"), ("Esc", "close")]),
        None => {
            hints(
                canvas,
                foot,
                &[("Enter", "pull it"), ("Tab", "tag and platform"), ("↑ ↓", "choose"), ("Esc", "close")],
            );
        }
    }
}

fn line(canvas: &mut Canvas<'_>, area: Rect, found: &FoundImage) {
    let theme = canvas.theme;
    let name = truncate(&clean(&found.name), usize::from(NAME) - 1).into_owned();
    canvas.text(Rect { width: area.width.min(NAME), ..area }, &name, theme.text());
    let rest = shift(area, NAME);
    let stars = format!("★ {}", compact_count(found.stars));
    canvas.text(Rect { width: rest.width.min(STARS), ..rest }, &stars, theme.tone(Tone::Plain));
    let rest = shift(rest, STARS + 1);
    if found.official {
        canvas.pieces(Rect { width: rest.width.min(OFFICIAL), ..rest }, &[Piece::tone(theme, "official", Tone::Good)]);
    }
    let rest = shift(rest, OFFICIAL);
    canvas.text(rest, &truncate(&clean(&found.description), usize::from(rest.width)), canvas.style(Role::Dim));
}
