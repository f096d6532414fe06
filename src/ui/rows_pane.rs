//! Tables of the detail pane that are only looked through: processes, variables, changed files, layers.

use super::paint::{Canvas, row, shift};
use super::waiting;
use crate::app::App;
use crate::app::columns::Tone;
use crate::app::detail::Tab;
use crate::app::detail::rows::Rows;
use crate::app::detail::table_pane::layer_command;
use crate::app::layout::Pane;
use crate::config::Role;
use crate::domain::text::{age, clean, compact_count, cut, width};
use crate::domain::{ChangeKind, Processes};
use ratatui::layout::Rect;

/// Widest that a column of `ps` but the last gets.
const WIDEST_CELL: usize = 16;
/// Narrowest and widest that the names of variables get.
const NAMES: std::ops::RangeInclusive<usize> = 8..=32;

/// The processes, the sorted column marked.
pub fn top(app: &App, room: Rect, canvas: &mut Canvas<'_>) {
    let pane = &app.detail().top;
    if !app.detail().is_up() {
        return waiting::say(canvas, room, "It does not run, so it has no processes.", Tone::Dim);
    }
    let Some(processes) = pane.processes().value() else {
        return waiting::draw(app, Tab::Top, pane.processes().failure(), room, canvas);
    };
    let widths = column_widths(processes, usize::from(room.width));
    let dim = canvas.style(Role::Dim);
    let titles = row(room, 0);
    let mut left = 0;
    for (title, width) in processes.titles.iter().zip(&widths) {
        let sorted = pane.sorted_by().filter(|sort| sort.title == *title);
        let sign = sorted.map_or("", |sort| if sort.descending { "↓" } else { "↑" });
        let style = if sorted.is_some() { canvas.style(Role::Accent) } else { dim };
        canvas.text(cell(titles, left, *width), &format!("{title}{sign}"), style);
        left += width + 1;
    }
    let body = below_titles(room);
    for (line, place) in pane.window(usize::from(body.height)).enumerate() {
        let Some(values) = pane.row(place) else { continue };
        let mut written = Vec::new();
        let mut left = 0;
        for (column, width) in widths.iter().enumerate() {
            let is_last = column + 1 == widths.len();
            // What a row has beyond the titles belongs to its last column.
            let value = match values.get(column..) {
                Some(rest) if is_last => sideways(&rest.join(" "), app.detail().sideways()),
                Some([value, ..]) => value.to_string(),
                Some([]) | None => String::new(),
            };
            let style = canvas.theme.text();
            let area = cell(row(body, line), left, *width);
            canvas.text(area, &value, style);
            written.push((area, value));
            left += width + 1;
        }
        mark_cursor(canvas, row(body, line), is_cursor(app, pane, place));
        mark_hits(canvas, pane, &written);
    }
}

/// Each as wide as what it holds; the last gets the rest.
fn column_widths(processes: &Processes, room: usize) -> Vec<usize> {
    let count = processes.titles.len();
    let mut used = 0;
    let wide = |column: usize, title: &str| {
        let values = processes.rows.iter().filter_map(|row| row.get(column));
        // One more for the sign of the order.
        let widest = values.map(|value| width(&clean(value))).max().unwrap_or(0).max(width(&clean(title)) + 1);
        widest.min(WIDEST_CELL)
    };
    let columns = processes.titles.iter().enumerate();
    columns
        .map(|(column, title)| {
            let width = if column + 1 == count { room.saturating_sub(used) } else { wide(column, title) };
            used += width + 1;
            width
        })
        .collect()
}

/// Names and values, secrets masked until they are asked for.
pub fn env(app: &App, room: Rect, canvas: &mut Canvas<'_>) {
    let detail = app.detail();
    let pane = &detail.env;
    let Some(variables) = pane.variables().value() else {
        return waiting::draw(app, Tab::Env, pane.variables().failure(), room, canvas);
    };
    if variables.is_empty() {
        return waiting::say(canvas, room, "It has no environment of its own.", Tone::Dim);
    }
    let widest = variables.iter().map(|variable| width(&clean(&variable.key))).max().unwrap_or(0);
    let names = widest.clamp(*NAMES.start(), *NAMES.end()).min(usize::from(room.width / 2));
    let (accent, text, dim) = (canvas.style(Role::Accent), canvas.theme.text(), canvas.style(Role::Dim));
    for (line, place) in pane.window(usize::from(room.height)).enumerate() {
        let Some(variable) = variables.get(place) else { continue };
        let area = row(room, line);
        let (left, right) = (cell(area, 0, names), cell(area, names + 1, usize::from(area.width)));
        let is_cursor = is_cursor(app, pane, place);
        canvas.text(left, &variable.key, accent);
        let hidden = variable.is_secret && !detail.is_revealed();
        let value = sideways(&variable.shown(detail.is_revealed()), detail.sideways());
        let style = if hidden { dim } else { text };
        canvas.text(right, &value, style);
        mark_cursor(canvas, area, is_cursor);
        mark_hits(canvas, pane, &[(left, variable.key.to_string()), (right, value)]);
    }
}

/// `docker diff`, its letters in tones.
pub fn changes(app: &App, room: Rect, canvas: &mut Canvas<'_>) {
    let detail = app.detail();
    let pane = &detail.changes;
    let Some(changes) = pane.rows().value() else {
        return waiting::draw(app, Tab::Changes, pane.rows().failure(), room, canvas);
    };
    if changes.is_empty() {
        return waiting::say(canvas, room, "Nothing changed: its files are those of the image.", Tone::Dim);
    }
    for (line, place) in pane.window(usize::from(room.height)).enumerate() {
        let Some(change) = changes.get(place) else { continue };
        let tone = match change.kind {
            ChangeKind::Modified => Tone::Warn,
            ChangeKind::Added => Tone::Good,
            ChangeKind::Deleted => Tone::Bad,
        };
        let area = row(room, line);
        let is_cursor = is_cursor(app, pane, place);
        let style = canvas.theme.tone(tone);
        let text = format!("{} {}", change.kind.letter(), sideways(&change.path, detail.sideways()));
        canvas.text(area, &text, style);
        mark_cursor(canvas, area, is_cursor);
        mark_hits(canvas, pane, &[(area, text)]);
    }
}

/// The layers of an image, the newest first.
pub fn history(app: &App, room: Rect, canvas: &mut Canvas<'_>) {
    let detail = app.detail();
    let pane = &detail.history;
    let Some(layers) = pane.rows().value() else {
        return waiting::draw(app, Tab::History, pane.rows().failure(), room, canvas);
    };
    if layers.is_empty() {
        return waiting::say(canvas, room, "The engine knows no layers of it.", Tone::Dim);
    }
    let dim = canvas.style(Role::Dim);
    canvas.text(row(room, 0), " SIZE  AGE COMMAND", dim);
    let body = below_titles(room);
    for (line, place) in pane.window(usize::from(body.height)).enumerate() {
        let Some(layer) = layers.get(place) else { continue };
        let area = row(body, line);
        let size = if layer.size == 0 { "0".to_owned() } else { compact_count(layer.size) };
        let style = if layer.size == 0 { dim } else { canvas.theme.text() };
        canvas.text(area, &format!("{size:>5}"), style);
        // Reproducible builds date their layers to the epoch.
        let made = if layer.created > 0 { age(app.now.seconds() - layer.created) } else { "–".to_owned() };
        canvas.text(shift(area, 6), &format!("{made:>4}"), dim);
        let command = layer_command(&layer.created_by);
        let command = if command.is_empty() { "–" } else { &command };
        let command = sideways(command, detail.sideways());
        let text = canvas.theme.text();
        canvas.text(shift(area, 11), &command, text);
        mark_cursor(canvas, area, is_cursor(app, pane, place));
        mark_hits(canvas, pane, &[(shift(area, 11), command)]);
    }
}

/// Text without its first columns.
pub(super) fn sideways(text: &str, columns: usize) -> String {
    if columns == 0 {
        return text.to_owned();
    }
    let text = clean(text);
    text.get(cut(&text, columns)..).unwrap_or_default().to_owned()
}

pub(super) fn cell(area: Rect, left: usize, width: usize) -> Rect {
    let rest = shift(area, u16::try_from(left).unwrap_or(u16::MAX));
    Rect { width: rest.width.min(u16::try_from(width).unwrap_or(u16::MAX)), ..rest }
}

pub(super) fn below_titles(room: Rect) -> Rect {
    let height = room.height.saturating_sub(1);
    Rect { y: room.y + (room.height - height), height, ..room }
}

/// Whether the cursor is on a row and seen: only where keys move it.
pub(super) fn is_cursor(app: &App, rows: &impl Rows, place: usize) -> bool {
    app.focus == Pane::Detail && place == rows.cursor_row()
}

pub(super) fn mark_cursor(canvas: &mut Canvas<'_>, area: Rect, is_cursor: bool) {
    if is_cursor {
        canvas.select(area);
    }
}

/// What a search found stands out, on the row under the cursor as well: texts, and where each was written.
pub(super) fn mark_hits(canvas: &mut Canvas<'_>, rows: &impl Rows, written: &[(Rect, String)]) {
    let Some(pattern) = rows.look().search() else { return };
    for (area, text) in written {
        let text = clean(text);
        for found in pattern.matches_in(&text) {
            let columns = |part: Option<&str>| u16::try_from(width(part.unwrap_or_default())).unwrap_or(u16::MAX);
            let hit = shift(*area, columns(text.get(..found.start)));
            canvas.tint(Rect { width: hit.width.min(columns(text.get(found))), ..hit }, canvas.style(Role::Highlight));
        }
    }
}
