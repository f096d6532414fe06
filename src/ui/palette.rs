//! The command palette: a line to type in, and what matches.

use super::dialog::{frame, hints, input, list, split_foot};
use super::help::{command_row, typed_row};
use super::host_picker;
use super::paint::{Canvas, row};
use crate::app::App;
use crate::app::columns::Tone;
use crate::app::dialog::palette::{Palette, Row};
use crate::app::host_row::HostRow;
use crate::config::Role;
use ratatui::layout::Rect;

const WIDTH: u16 = 100;
const HEIGHT: u16 = 22;

pub fn draw(app: &App, palette: &Palette, canvas: &mut Canvas<'_>) {
    let rows = palette.rows(app);
    let height = HEIGHT.min(app.area.height.saturating_sub(2).max(3));
    let room = frame(app, canvas, WIDTH, height, "Commands");
    input(canvas, row(room, 0), ": ", &palette.input);
    let below = Rect { y: room.y + 1.min(room.height), height: room.height.saturating_sub(1), ..room };
    let (body, foot) = split_foot(below);
    if rows.is_empty() {
        canvas.text(body, "No command matches.", canvas.style(Role::Dim));
    }
    list(canvas, body, rows.len(), palette.cursor, |canvas, area, index| match rows.get(index) {
        Some(Row::Command(command)) => command_row(app, canvas, area, command),
        Some(Row::Typed(typed)) => typed_row(canvas, area, typed),
        Some(Row::Host(_, place)) => {
            if let Some(known) = app.roster.get(*place) {
                host_picker::host(canvas, area, &HostRow::of(app, *place, known));
            }
        }
        None => {}
    });
    match &palette.refusal {
        Some(refusal) => {
            canvas.text(foot, refusal, canvas.theme.tone(Tone::Warn));
        }
        None => hints(canvas, foot, &[("Enter", "do it"), ("Tab", "complete"), ("↑ ↓", "choose"), ("Esc", "close")]),
    }
}
