//! The tabs of the System view: what takes room, what the engine says of itself, its plugins and drivers.

use super::paint::{Canvas, row, shift};
use super::rows_pane::{below_titles, cell, is_cursor, mark_cursor, mark_hits, sideways};
use super::waiting;
use crate::app::App;
use crate::app::columns::Tone;
use crate::app::detail::Tab;
use crate::app::detail::rows::Rows;
use crate::config::Role;
use crate::domain::text::compact_count;
use ratatui::layout::Rect;

/// Columns of the name of a fact, and of what a plugin is for.
const FACT: usize = 15;
const KIND: usize = 14;
/// Columns of a plugin's name and of its state.
const PLUGIN: usize = 32;
const STATE: usize = 9;

/// The things of one kind that take room, the largest first.
pub fn items(app: &App, room: Rect, canvas: &mut Canvas<'_>) {
    let pane = &app.detail().items;
    let Some(items) = pane.rows().value() else {
        return waiting::draw(app, Tab::Items, app.host().disk.fresh.failure.as_ref(), room, canvas);
    };
    if items.is_empty() {
        return waiting::say(canvas, room, "There is none of it.", Tone::Dim);
    }
    let dim = canvas.style(Role::Dim);
    canvas.text(row(room, 0), " SIZE SHARED    NAME", dim);
    let body = below_titles(room);
    for (line, place) in pane.window(usize::from(body.height)).enumerate() {
        let Some(item) = items.get(place) else { continue };
        let area = row(body, line);
        let (text, unused) = (canvas.theme.text(), canvas.theme.tone(Tone::Warn));
        canvas.text(area, &format!("{:>5}", compact_count(item.size)), if item.in_use { text } else { unused });
        canvas.text(shift(area, 7), &format!("{:>5}", compact_count(item.shared)), dim);
        canvas.text(shift(area, 13), if item.in_use { "●" } else { "○" }, dim);
        let told = if item.note.is_empty() { item.name.to_string() } else { format!("{}  {}", item.name, item.note) };
        let told = sideways(&told, app.detail().sideways());
        canvas.text(shift(area, 15), &told, text);
        mark_cursor(canvas, area, is_cursor(app, pane, place));
        mark_hits(canvas, pane, &[(shift(area, 15), told)]);
    }
}

/// A fact a row, what it warns of first.
pub fn engine(app: &App, room: Rect, canvas: &mut Canvas<'_>) {
    let pane = &app.detail().about;
    let Some(facts) = pane.rows().value() else {
        return waiting::draw(app, Tab::Engine, pane.rows().failure(), room, canvas);
    };
    for (line, place) in pane.window(usize::from(room.height)).enumerate() {
        let Some(fact) = facts.get(place) else { continue };
        let area = row(room, line);
        let (left, right) = (cell(area, 0, FACT), cell(area, FACT, usize::from(area.width)));
        let is_cursor = is_cursor(app, pane, place);
        let tone = if fact.tone == Tone::Plain { Tone::Accent } else { fact.tone };
        let name = canvas.theme.tone(tone);
        canvas.text(left, fact.name, name);
        let value = sideways(&fact.value, app.detail().sideways());
        let style = canvas.theme.tone(fact.tone);
        canvas.text(right, &value, style);
        mark_cursor(canvas, area, is_cursor);
        mark_hits(canvas, pane, &[(left, fact.name.to_owned()), (right, value)]);
    }
}

/// What is installed, and the drivers that are built in.
pub fn plugins(app: &App, room: Rect, canvas: &mut Canvas<'_>) {
    let pane = &app.detail().plugins;
    let Some(plugins) = pane.rows().value() else {
        return waiting::draw(app, Tab::Plugins, pane.rows().failure(), room, canvas);
    };
    if plugins.is_empty() {
        return waiting::say(canvas, room, "The engine tells of no plugins and no drivers.", Tone::Dim);
    }
    let (dim, text) = (canvas.style(Role::Dim), canvas.theme.text());
    let names = PLUGIN.min(usize::from(room.width / 3));
    let lefts = [0, KIND, KIND + names + 1, KIND + names + STATE + 2];
    for (title, left) in ["KIND", "NAME", "STATE", "DESCRIPTION"].into_iter().zip(lefts) {
        canvas.text(cell(row(room, 0), left, usize::from(room.width)), title, dim);
    }
    let body = below_titles(room);
    for (line, place) in pane.window(usize::from(body.height)).enumerate() {
        let Some(plugin) = plugins.get(place) else { continue };
        let area = row(body, line);
        let (state, tone) = match plugin.enabled {
            Some(true) => ("enabled", Tone::Good),
            Some(false) => ("disabled", Tone::Warn),
            None => ("built in", Tone::Dim),
        };
        let [kind, name, at, description] = lefts;
        let (kind, name) = (cell(area, kind, KIND - 1), cell(area, name, names));
        canvas.text(kind, &plugin.kind, dim);
        canvas.text(name, &plugin.name, text);
        let style = canvas.theme.tone(tone);
        canvas.text(cell(area, at, STATE), state, style);
        let settings = plugin.discreet_settings();
        let gap = if settings.is_empty() || plugin.description.is_empty() { "" } else { " · " };
        let told = sideways(&format!("{}{gap}{settings}", plugin.description), app.detail().sideways());
        canvas.text(cell(area, description, usize::from(area.width)), &told, text);
        mark_cursor(canvas, area, is_cursor(app, pane, place));
        mark_hits(canvas, pane, &[(kind, plugin.kind.to_string()), (name, plugin.name.to_string())]);
    }
}
