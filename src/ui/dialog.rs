//! Dialogs: one frame for all of them, laid over the panes; each draws its own inside.

use super::paint::{Canvas, Piece, row, shift};
use super::{
    api, audit, build_page, confirm, form, help, host_picker, jobs, menu, messages, overview, palette, pane, question,
    requests, search_images, text_page, trial,
};
use crate::app::App;
use crate::app::dialog::Dialog;
use crate::app::dialog::click::Spot;
use crate::app::dialog::cursor::Cursor;
use crate::app::line_input::LineInput;
use crate::config::Role;
use crate::domain::HostId;
use ratatui::layout::Rect;
use ratatui::style::Color;

/// Draws the dialogs, the last one on top.
pub fn draw(app: &App, canvas: &mut Canvas<'_>) {
    for dialog in &app.dialogs {
        // Only the one on top can be clicked.
        canvas.spots.clear();
        match dialog {
            Dialog::Confirm(confirm) => confirm::draw(app, confirm, canvas),
            Dialog::Form(form) => form::draw(app, form, canvas),
            Dialog::Help(help) => help::draw(app, help, canvas),
            Dialog::Palette(palette) => palette::draw(app, palette, canvas),
            Dialog::Menu(menu) => menu::draw(app, menu, canvas),
            Dialog::HelperImage(helper) => menu::draw_images(app, helper, canvas),
            Dialog::Question(question) => question::draw(app, question, canvas),
            Dialog::Columns(columns) => menu::draw_columns(app, columns, canvas),
            Dialog::Messages(messages) => messages::draw(app, messages, canvas),
            Dialog::Jobs(jobs) => jobs::draw(app, jobs, canvas),
            Dialog::Api(console) => api::draw(app, console, canvas),
            Dialog::Audit(audit) => audit::draw(app, audit, canvas),
            Dialog::Requests(log) => requests::draw(app, log, canvas),
            Dialog::Overview(overview) => overview::draw(app, overview, canvas),
            Dialog::Hosts(hosts) => host_picker::draw(app, hosts, canvas),
            Dialog::Search(search) => search_images::draw(app, search, canvas),
            Dialog::Text(page) => text_page::draw(app, page, canvas),
            Dialog::Build(page) => build_page::draw(app, page, canvas),
            Dialog::Trial(trial) => trial::draw(app, trial, canvas),
        }
    }
}

/// Clears a box in the middle of the screen and frames it; gives the room inside it.
pub fn frame(app: &App, canvas: &mut Canvas<'_>, width: u16, height: u16, title: &str) -> Rect {
    let area = centred(app.area, width, height);
    canvas.fill(area, canvas.theme.text());
    let title = [Piece::role(canvas.theme, title, Role::Title)];
    let room = pane::draw(canvas, area, true, &title, &[]);
    Rect { x: room.x + 1.min(room.width), width: room.width.saturating_sub(2), ..room }
}

/// The same for what is about a host: the frame and its name, behind the title, are in the colour of its profile.
pub fn frame_on(app: &App, canvas: &mut Canvas<'_>, size: (u16, u16), title: &str, host: &HostId, end: &str) -> Rect {
    let Some(color) = own_color(app, host) else {
        return frame(app, canvas, size.0, size.1, &format!("{title} on {host}{end}"));
    };
    let area = centred(app.area, size.0, size.1);
    canvas.fill(area, canvas.theme.text());
    let titles = canvas.style(Role::Title);
    let border = canvas.style(Role::BorderFocused).fg(color);
    let name = Piece::new(host.as_str(), titles.fg(color));
    let title = [Piece::new(format!("{title} on "), titles), name, Piece::new(end, titles)];
    let room = pane::draw_in(canvas, area, border, &title, &[]);
    Rect { x: room.x + 1.min(room.width), width: room.width.saturating_sub(2), ..room }
}

/// The colour that the profile of a host gives it.
fn own_color(app: &App, host: &HostId) -> Option<Color> {
    let color = app.hosts.iter().find(|known| known.id == *host)?.color.as_ref()?;
    color.to_string().parse().ok()
}

/// A box of at most this size in the middle of `area`.
pub fn centred(area: Rect, width: u16, height: u16) -> Rect {
    let width = width.min(area.width);
    let height = height.min(area.height);
    Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height }
}

/// A box that leaves the first and the last line of the screen in sight where there is room for that.
pub fn large_frame(app: &App, canvas: &mut Canvas<'_>, width: u16, title: &str) -> Rect {
    let height = if app.area.height >= 10 { app.area.height - 2 } else { app.area.height };
    frame(app, canvas, width, height, title)
}

/// Divides a dialog's room: what stands above, then its last line, which says the keys.
pub fn split_foot(room: Rect) -> (Rect, Rect) {
    let height = room.height.saturating_sub(1);
    (Rect { height, ..room }, row(room, usize::from(height)))
}

/// The line that says a dialog's keys: pairs of key and meaning, as many as there is room for.
pub fn hints(canvas: &mut Canvas<'_>, area: Rect, hints: &[(&str, &str)]) {
    let mut rest = area;
    for (key, meaning) in hints {
        let text = format!(" {meaning}  ");
        let needed = crate::domain::text::width(key) + crate::domain::text::width(text.trim_end());
        if needed > usize::from(rest.width) {
            return;
        }
        let pieces = [Piece::role(canvas.theme, *key, Role::Key), Piece::role(canvas.theme, text, Role::Dim)];
        rest = shift(rest, canvas.pieces(rest, &pieces));
    }
}

/// Draws the rows of a list around its cursor; `draw` is given each row's area and index. The cursor's row is tinted
/// and has a sign before it, so that it is seen without colour.
pub fn list(
    canvas: &mut Canvas<'_>,
    area: Rect,
    count: usize,
    cursor: Cursor,
    mut draw: impl FnMut(&mut Canvas<'_>, Rect, usize),
) {
    let height = usize::from(area.height);
    let top = cursor.top(count, height);
    for line in 0..height.min(count.saturating_sub(top)) {
        let place = row(area, line);
        let selected = top + line == cursor.place(count);
        canvas.text(place, if selected { "▸ " } else { "  " }, canvas.style(Role::Accent));
        canvas.spot(place, Spot::Row(top + line));
        draw(canvas, shift(place, 2), top + line);
        if selected {
            canvas.select(place);
        }
    }
}

/// A line of text being typed, behind a label; puts the text cursor there.
pub fn input(canvas: &mut Canvas<'_>, area: Rect, label: &str, input: &LineInput) {
    if area.is_empty() {
        return;
    }
    let used = canvas.text(area, label, canvas.style(Role::Dim));
    let room = shift(area, used);
    let (text, column) = input.visible(usize::from(room.width));
    canvas.text(room, text, canvas.style(Role::Accent));
    canvas.place_cursor(room, column);
}

#[cfg(test)]
mod tests;
