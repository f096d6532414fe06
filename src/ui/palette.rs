//! The command palette: a line to type in, and what matches.

use super::finder::{self, Words};
use super::help::{command_row, typed_row};
use super::host_picker;
use super::paint::Canvas;
use crate::app::App;
use crate::app::dialog::palette::{Palette, Row};
use crate::app::host_row::HostRow;

const SIZE: (u16, u16) = (100, 22);
const WORDS: Words = Words { title: "Commands", prompt: ": ", enter: "do it", nothing: "No command matches." };

pub fn draw(app: &App, palette: &Palette, canvas: &mut Canvas<'_>) {
    let rows = palette.rows(app);
    finder::draw(app, canvas, &palette.finder, SIZE, WORDS, rows.len(), |canvas, area, index| match rows.get(index) {
        Some(Row::Command(command)) => command_row(app, canvas, area, command),
        Some(Row::Typed(typed)) => typed_row(canvas, area, typed),
        Some(Row::Host(_, place)) => {
            if let Some(known) = app.roster.get(*place) {
                host_picker::host(canvas, area, &HostRow::of(app, *place, known));
            }
        }
        None => {}
    });
}
