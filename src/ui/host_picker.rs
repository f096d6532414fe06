//! The switcher: a line to type in, and every host with its state.

use super::finder::{self, Words};
use super::paint::{Canvas, Piece, shift};
use crate::app::App;
use crate::app::columns::Tone;
use crate::app::dialog::host_picker::HostPicker;
use crate::app::host_row::{Counts, HostRow};
use crate::config::Role;
use crate::domain::text::{clean, truncate};
use ratatui::layout::Rect;

const SIZE: (u16, u16) = (84, 18);
const WORDS: Words = Words { title: "Hosts", prompt: "> ", enter: "show it", nothing: "No host matches." };
/// Columns for a name, a state and an engine.
const NAME: u16 = 19;
const STATE: u16 = 24;
const ENGINE: u16 = 15;

pub fn draw(app: &App, picker: &HostPicker, canvas: &mut Canvas<'_>) {
    let rows = picker.rows(app);
    finder::draw(app, canvas, &picker.finder, SIZE, WORDS, rows.len(), |canvas, area, index| {
        let known = rows.get(index).and_then(|place| Some((*place, app.roster.get(*place)?)));
        if let Some((place, known)) = known {
            host(canvas, area, &HostRow::of(app, place, known));
        }
    });
}

/// Name, state, engine and counts of a host in one line.
pub fn host(canvas: &mut Canvas<'_>, area: Rect, row: &HostRow) {
    let tone = if row.is_active { Tone::Accent } else { Tone::Plain };
    let style = canvas.theme.colored(canvas.theme.tone(tone), row.color);
    let name = truncate(&clean(&row.signed_name()), usize::from(NAME) - 1).into_owned();
    canvas.text(Rect { width: area.width.min(NAME), ..area }, &name, style);
    let rest = shift(area, NAME);
    let state = format!("{} {}", row.state.sign(), row.state.words());
    let style = canvas.theme.tone(row.state.tone());
    canvas.text(Rect { width: rest.width.min(STATE - 1), ..rest }, &state, style);
    let rest = shift(rest, STATE);
    let engine = if row.engine.is_empty() { row.source } else { &row.engine };
    canvas.text(Rect { width: rest.width.min(ENGINE), ..rest }, engine, canvas.style(Role::Dim));
    if let Some(Counts { up, down, unhealthy }) = row.counts {
        let theme = canvas.theme;
        // What is not well comes before what may be cut.
        let mut pieces = vec![Piece::role(theme, format!("{up} up"), Role::Dim)];
        if unhealthy > 0 {
            pieces.push(Piece::tone(theme, format!(" {unhealthy} ill"), Tone::Bad));
        }
        pieces.push(Piece::role(theme, format!(" {down} down"), Role::Dim));
        canvas.pieces(shift(rest, ENGINE + 1), &pieces);
    }
}
