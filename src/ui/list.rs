//! The list pane: column titles and the rows on screen, whatever they list.

mod empty;

use super::paint::{Canvas, Piece, row, shift};
use super::pane;
use crate::app::App;
use crate::app::columns::{
    Align, Column, GAP, Surroundings, Tone, containers, events, everywhere, fit, hosts, images, networks, registries,
    system, volumes,
};
use crate::app::host::Host;
use crate::app::host_row::HostRow;
use crate::app::known::Known;
use crate::app::layout::Pane;
use crate::app::list::ListState;
use crate::app::listing::{Listing, Place};
use crate::app::prompt::Purpose;
use crate::app::view::View;
use crate::config::Role;
use crate::domain::text::{clean, truncate_path, width};
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::borrow::Borrow;

/// Columns left of the first cell: the cursor's and the mark's sign.
const SIGNS: u16 = 2;

pub fn draw(app: &App, area: Rect, canvas: &mut Canvas<'_>) {
    if area.is_empty() {
        return;
    }
    let focused = app.focus == Pane::List;
    let room = pane::draw(canvas, area, focused, &title(app, canvas), &foot(app, canvas));
    draw_prompt(app, area, canvas);
    let host = app.host();
    match app.listing() {
        Listing::View(View::Containers) => {
            rows(app, room, canvas, containers::COLUMNS.iter(), |index| of_host(host, &host.containers, index));
        }
        Listing::View(View::Images) => {
            rows(app, room, canvas, images::COLUMNS.iter(), |index| of_host(host, &host.images, index));
        }
        Listing::View(View::Volumes) => {
            rows(app, room, canvas, volumes::COLUMNS.iter(), |index| of_host(host, &host.volumes, index));
        }
        Listing::View(View::Networks) => {
            rows(app, room, canvas, networks::COLUMNS.iter(), |index| of_host(host, &host.networks, index));
        }
        Listing::View(View::Registries) => {
            let level = host.registries.level();
            let columns = registries::COLUMNS.iter().filter(move |column| registries::fits(level, column.name));
            rows(app, room, canvas, columns, |index| of_host(host, &host.registries.top().known, index));
        }
        Listing::View(View::Events) => rows(app, room, canvas, events::COLUMNS.iter(), |index| {
            // What happened stays so, whether the engine is there or not.
            Some(Item { row: host.events.rows().get(index)?, host, stale: false })
        }),
        Listing::View(View::System) => {
            rows(app, room, canvas, system::COLUMNS.iter(), |index| of_host(host, &host.disk, index));
        }
        Listing::Hosts => rows(app, room, canvas, hosts::COLUMNS.iter(), |index| {
            let row = HostRow::of(app, index, app.roster.get(index)?);
            Some(Item { row, host, stale: false })
        }),
        Listing::Everywhere => rows(app, room, canvas, everywhere::all(), |index| {
            let (host, row) = app.everywhere.row(&app.hosts, index)?;
            Some(Item { row, host, stale: !host.is_live() })
        }),
    }
}

/// A row with what its cells look at.
struct Item<'a, T> {
    row: T,
    host: &'a Host,
    /// What it says is not known to hold now.
    stale: bool,
}

fn of_host<'a, R>(host: &'a Host, known: &'a Known<R>, index: usize) -> Option<Item<'a, &'a R>> {
    Some(Item { row: known.rows.get(index)?, host, stale: !host.is_live() })
}

fn title(app: &App, canvas: &Canvas<'_>) -> Vec<Piece> {
    let (host, list, listing) = (app.host(), app.list(), app.listing());
    let theme = canvas.theme;
    // What was never read is not none.
    let is_known = app.place != Place::Host || !host.is_unknown();
    let count = if is_known { format!(" {}", list.len()) } else { String::new() };
    let mut pieces =
        vec![Piece::role(theme, format!("{}{}{count}", listing.title(), walked(app, listing)), Role::Title)];
    let (column, _) = crate::app::rows::column_name(listing, list.sort.column);
    let direction = if list.sort.descending { "↓" } else { "" };
    pieces.push(Piece::role(theme, format!(" ─ sort: {column}{direction}"), Role::Dim));
    let hides_stopped = match listing {
        Listing::View(View::Containers) | Listing::Everywhere => !host.show_all,
        Listing::View(
            View::Images | View::Volumes | View::Networks | View::Registries | View::Events | View::System,
        )
        | Listing::Hosts => false,
    };
    if hides_stopped {
        pieces.push(Piece::role(theme, " ─ ", Role::Dim));
        pieces.push(Piece::role(theme, "running only", Role::Warn));
    }
    if listing == Listing::View(View::Events) {
        let book = &host.events;
        pieces.push(Piece::role(theme, format!(" ─ {}", book.range.title()), Role::Dim));
        let (state, role) = if book.is_following() { ("following", Role::Good) } else { ("paused", Role::Warn) };
        pieces.push(Piece::role(theme, " ─ ", Role::Dim));
        pieces.push(Piece::role(theme, state, role));
    }
    if list.marked() > 0 {
        pieces.push(Piece::role(theme, " ─ ", Role::Dim));
        pieces.push(Piece::role(theme, format!("{} marked", list.marked()), Role::Marked));
    }
    let filtering = app.prompt.as_ref().is_some_and(|prompt| prompt.purpose == Purpose::Filter);
    if filtering || !list.filter.is_empty() {
        pieces.push(Piece::role(theme, " ─ filter: ", Role::Dim));
    }
    if !filtering && !list.filter.is_empty() {
        pieces.push(Piece::role(theme, list.filter.clone(), Role::Accent));
    }
    pieces
}

/// Where in a registry one is: ` › localhost:5000 › app`; nothing elsewhere.
fn walked(app: &App, listing: Listing) -> String {
    let registries = &app.host().registries;
    match (listing, registries.path()) {
        (Listing::View(View::Registries), Some(path)) => {
            let more = if registries.has_more() { " · more below" } else { "" };
            let longest = usize::from(app.layout().list.width).saturating_sub(50).max(20);
            format!(" › {}{more} ·", truncate_path(&path.to_string(), longest))
        }
        _ => String::new(),
    }
}

/// The filter while it is typed, behind the title.
fn draw_prompt(app: &App, area: Rect, canvas: &mut Canvas<'_>) {
    let Some(prompt) = app.prompt.as_ref().filter(|prompt| prompt.purpose == Purpose::Filter) else { return };
    let before: usize = title(app, canvas).iter().map(|piece| width(&clean(&piece.text))).sum();
    let left = u16::try_from(before).unwrap_or(u16::MAX).saturating_add(2);
    let line = Rect { height: 1, width: area.width.saturating_sub(1), ..area };
    let room = shift(line, left.min(line.width.saturating_sub(12)));
    let (text, column) = prompt.input.visible(usize::from(room.width).saturating_sub(1));
    canvas.text(room, text, canvas.style(Role::Accent));
    canvas.place_cursor(room, column);
}

/// What is wrong with the filter, or how old the rows are when the engine is gone.
fn foot(app: &App, canvas: &Canvas<'_>) -> Vec<Piece> {
    let host = app.host();
    if let Some(error) = &app.list().filter_error {
        return vec![Piece::tone(canvas.theme, error.clone(), Tone::Warn)];
    }
    match app.place {
        Place::Host => {}
        Place::Hosts => return Vec::new(),
        Place::Everywhere => return away(app, canvas),
    }
    if let (false, Some(at)) = (host.is_live(), host.freshness(host.view).at) {
        let age = crate::domain::text::age(i64::try_from(app.now.since(at).as_secs()).unwrap_or(i64::MAX));
        let text = format!("as it was {age} ago");
        let reason = host.lost_by().map(|failure| format!("{} · {text}", failure.sentence.trim_end_matches('.')));
        let room = usize::from(app.layout().list.width).saturating_sub(8);
        let text = reason.filter(|reason| width(&clean(reason)) <= room).unwrap_or(text);
        return vec![Piece::tone(canvas.theme, text, Tone::Warn)];
    }
    if let (true, Some(failure)) = (host.is_live(), &host.freshness(host.view).failure) {
        return vec![Piece::tone(canvas.theme, format!("not refreshed: {}", failure.sentence), Tone::Warn)];
    }
    Vec::new()
}

/// The hosts whose containers are not those of now, or not there at all.
fn away(app: &App, canvas: &Canvas<'_>) -> Vec<Piece> {
    let names: Vec<&str> = app.hosts.iter().filter(|host| !host.is_live()).map(|host| host.id.as_str()).collect();
    if names.is_empty() {
        return Vec::new();
    }
    let named = format!("no answer from {}", names.join(", "));
    let room = usize::from(app.layout().list.width).saturating_sub(8);
    let text = if width(&clean(&named)) <= room { named } else { format!("no answer from {} hosts", names.len()) };
    vec![Piece::tone(canvas.theme, text, Tone::Warn)]
}

fn rows<'a, R: 'static, T: Borrow<R>>(
    app: &App,
    room: Rect,
    canvas: &mut Canvas<'_>,
    all: impl Iterator<Item = &'static Column<R>> + Clone,
    item: impl Fn(usize) -> Option<Item<'a, T>>,
) {
    let list = app.list();
    if list.is_empty() {
        empty::draw(app, room, canvas);
        return;
    }
    let columns = app.columns.pick(app.listing(), all);
    let widths: Vec<_> = columns.iter().map(|column| (column.width, column.rank)).collect();
    let fitted: Vec<(&Column<R>, u16)> = fit(&widths, room.width.saturating_sub(SIGNS))
        .into_iter()
        .filter_map(|(index, width)| Some((*columns.get(index)?, width)))
        .collect();
    titles(app, row(room, 0), canvas, &fitted);
    let height = usize::from(room.height.saturating_sub(1));
    for (line, (place, index, key)) in list.window(height).enumerate() {
        let Some(Item { row: item, host, stale }) = item(index) else { continue };
        let around = Surroundings { host, now: app.now, thresholds: &app.settings.stats.thresholds };
        let area = row(room, line + 1);
        let signs = signs(list, place, key, app.focus == Pane::List);
        let sign = canvas.style(if list.is_marked(key) { Role::Marked } else { Role::Accent });
        canvas.text(area, signs, sign);
        let mut rest = shift(area, SIGNS);
        for (column, width) in &fitted {
            let cell = (column.cell)(around, item.borrow());
            let style = canvas.theme.tone(if stale { Tone::Dim } else { cell.tone });
            let style = canvas.theme.colored(style, cell.color);
            let text =
                if cell.keeps_end { truncate_path(&cell.text, usize::from(*width)) } else { cell.text.as_str().into() };
            draw_cell(canvas, Rect { width: *width, ..rest }, column.align, &text, style);
            rest = shift(rest, *width + GAP);
        }
        if list.is_marked(key) {
            canvas.tint(area, canvas.style(Role::Marked));
        }
        if place == list.position() {
            canvas.select(area);
        }
    }
}

fn signs(list: &ListState, place: usize, key: &str, focused: bool) -> &'static str {
    match (place == list.position(), list.is_marked(key)) {
        (true, true) => "▸✓",
        (true, false) if focused => "▸ ",
        (true, false) => "▹ ",
        (false, true) => " ✓",
        (false, false) => "  ",
    }
}

fn titles<R>(app: &App, area: Rect, canvas: &mut Canvas<'_>, fitted: &[(&Column<R>, u16)]) {
    let (sorted, _) = crate::app::rows::column_name(app.listing(), app.list().sort.column);
    let mut rest = shift(area, SIGNS);
    for (column, width) in fitted {
        let role = if column.name == sorted { Role::Accent } else { Role::Dim };
        let style = canvas.style(role);
        draw_cell(canvas, Rect { width: *width, ..rest }, column.align, column.title, style);
        rest = shift(rest, *width + GAP);
    }
}

fn draw_cell(canvas: &mut Canvas<'_>, area: Rect, align: Align, text: &str, style: Style) {
    match align {
        Align::Left => {
            canvas.text(area, text, style);
        }
        Align::Right => {
            let missing = usize::from(area.width).saturating_sub(width(&clean(text)));
            canvas.text(shift(area, u16::try_from(missing).unwrap_or(0)), text, style);
        }
    }
}
