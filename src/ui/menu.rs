//! Menus: things to choose from, and the check boxes of the columns.

use super::dialog::{frame, hints, input, list, split_foot};
use super::paint::{Canvas, Piece, shift};
use crate::app::App;
use crate::app::columns::Tone;
use crate::app::dialog::choose_columns::{About, ChooseColumns};
use crate::app::dialog::helper_image::HelperImage;
use crate::app::dialog::menu::Menu;
use crate::app::logs::json::OTHERS;
use crate::config::Role;
use crate::domain::text::{clean, compact_count, width};
use ratatui::layout::Rect;

const WIDTH: u16 = 76;
const COLUMNS_WIDTH: u16 = 46;
/// Columns that a label gets at most.
const LONGEST_LABEL: usize = 30;
/// Rows of frame and foot.
const AROUND: usize = 3;

pub fn draw(app: &App, menu: &Menu, canvas: &mut Canvas<'_>) {
    let entries = menu.shown();
    let room = frame(app, canvas, WIDTH, height(app, menu.entries.len()), &menu.title);
    let (body, foot) = split_foot(room);
    let labels = menu.entries.iter().map(|entry| width(&clean(&entry.label))).max().unwrap_or(0).min(LONGEST_LABEL);
    let labels = u16::try_from(labels).unwrap_or(0);
    list(canvas, body, entries.len(), menu.picker.cursor, |canvas, area, index| {
        let Some(entry) = entries.get(index) else { return };
        let key = entry.key.map(String::from).unwrap_or_default();
        canvas.text(area, &key, canvas.style(Role::Key));
        let rest = shift(area, 2);
        canvas.text(Rect { width: rest.width.min(labels), ..rest }, &entry.label, canvas.theme.tone(entry.tone));
        canvas.text(shift(rest, labels + 2), &entry.detail, canvas.style(Role::Dim));
    });
    match &menu.picker.filter {
        Some(filter) => input(canvas, foot, "filter: ", filter),
        None => hints(canvas, foot, &[("Enter", "choose"), ("/", "filter"), ("Esc", "close")]),
    }
}

pub fn draw_images(app: &App, menu: &HelperImage, canvas: &mut Canvas<'_>) {
    let images = menu.shown();
    let title = "Helper shell of which image?";
    let room = frame(app, canvas, WIDTH, height(app, menu.images.as_ref().map_or(1, Vec::len)), title);
    let (body, foot) = split_foot(room);
    if menu.images.is_none() {
        canvas.text(body, "The images are being read…", canvas.theme.tone(Tone::Dim));
    }
    list(canvas, body, images.len(), menu.picker.cursor, |canvas, area, index| {
        let Some((reference, size)) = images.get(index) else { return };
        let size = [Piece::role(canvas.theme, format!(" {}", compact_count(*size)), Role::Dim)];
        let used = canvas.pieces_right(area, &size);
        canvas.text(Rect { width: area.width - used, ..area }, reference, canvas.theme.text());
    });
    match &menu.picker.filter {
        Some(filter) => input(canvas, foot, "filter: ", filter),
        None => hints(canvas, foot, &[("Enter", "open it"), ("/", "filter"), ("Esc", "close")]),
    }
}

pub fn draw_columns(app: &App, menu: &ChooseColumns, canvas: &mut Canvas<'_>) {
    let title = match menu.about {
        About::Columns(listing) => format!("Columns of the {}", listing.plural()),
        About::Fields => "Fields of JSON lines".to_owned(),
    };
    let room = frame(app, canvas, COLUMNS_WIDTH, height(app, menu.columns.len()), &title);
    let (body, foot) = split_foot(room);
    list(canvas, body, menu.columns.len(), menu.cursor, |canvas, area, index| {
        let Some(column) = menu.columns.get(index) else { return };
        let (sign, role) = if column.shown { ("[x] ", Role::Text) } else { ("[ ] ", Role::Dim) };
        let name = match &*column.name {
            OTHERS if menu.about == About::Fields => "all others",
            name => name,
        };
        let pieces = [Piece::role(canvas.theme, sign, role), Piece::role(canvas.theme, name, role)];
        canvas.pieces(area, &pieces);
    });
    match menu.refusal {
        Some(refusal) => {
            canvas.text(foot, refusal, canvas.theme.tone(Tone::Warn));
        }
        None => hints(canvas, foot, &[("Space", "show/hide"), ("J K", "move"), ("Esc", "close")]),
    }
}

fn height(app: &App, rows: usize) -> u16 {
    u16::try_from(rows + AROUND).unwrap_or(u16::MAX).min(app.area.height)
}
