//! Tables of the detail pane whose rows are other things: what a thing has to do with others, who is on a network.

use super::paint::{Canvas, row, shift};
use super::rows_pane::{below_titles, cell, is_cursor, mark_cursor, mark_hits, sideways};
use super::waiting;
use crate::app::App;
use crate::app::columns::Tone;
use crate::app::detail::Tab;
use crate::app::detail::rows::Rows;
use crate::app::links::Goal;
use crate::config::Role;
use crate::domain::text::{clean, width};
use ratatui::layout::Rect;

/// Columns of the word for what a thing is.
const KIND: usize = 10;
/// Narrowest and widest that names get.
const NAMES: std::ops::RangeInclusive<usize> = 8..=40;
/// Columns of `255.255.255.255/32`, and of an address of IPv6 as networks have them.
const IPV4: usize = 18;
const IPV6: usize = 25;

/// What it has to do with others, a thing a row.
pub fn links(app: &App, room: Rect, canvas: &mut Canvas<'_>) {
    let pane = &app.detail().links;
    let Some(links) = pane.rows().value() else {
        return waiting::draw(app, Tab::Links, pane.rows().failure(), room, canvas);
    };
    if links.is_empty() {
        return waiting::say(canvas, room, "Nothing here has to do with it: no container uses it.", Tone::Dim);
    }
    let names = name_columns(links.iter().map(|link| &*link.name), room);
    let (dim, text) = (canvas.style(Role::Dim), canvas.theme.text());
    for (line, place) in pane.window(usize::from(room.height)).enumerate() {
        let Some(link) = links.get(place) else { continue };
        let area = row(room, line);
        let is_cursor = is_cursor(app, pane, place);
        let (kind, name) = (cell(area, 0, KIND), cell(area, KIND, names));
        let note = shift(area, u16::try_from(KIND + names + 2).unwrap_or(u16::MAX));
        let tone = if link.goal == Goal::Unknown { Tone::Dim } else { Tone::Accent };
        let style = canvas.theme.tone(tone);
        canvas.text(kind, link.kind.word(), dim);
        canvas.text(name, &link.name, style);
        let told = sideways(&link.note, app.detail().sideways());
        canvas.text(note, &told, text);
        mark_cursor(canvas, area, is_cursor);
        mark_hits(canvas, pane, &[(kind, link.kind.word().to_owned()), (name, link.name.to_string()), (note, told)]);
    }
}

/// The containers on a network with their addresses there.
pub fn members(app: &App, room: Rect, canvas: &mut Canvas<'_>) {
    let pane = &app.detail().members;
    let Some(members) = pane.rows().value() else {
        return waiting::draw(app, Tab::Members, pane.rows().failure(), room, canvas);
    };
    if members.is_empty() {
        return waiting::say(canvas, room, "No container that runs is on it.", Tone::Dim);
    }
    let names = name_columns(members.iter().map(|member| &*member.name), room);
    // A column that is empty for all of them takes no room from the others.
    let ipv6 = if members.iter().all(|member| member.ipv6.is_empty()) { 0 } else { IPV6 + 1 };
    let lefts = [0, names + 1, names + IPV4 + 2, names + IPV4 + 2 + ipv6];
    let (dim, text) = (canvas.style(Role::Dim), canvas.theme.text());
    let titles = if ipv6 > 0 { ["NAME", "IPV4", "IPV6", "MAC"] } else { ["NAME", "IPV4", "", "MAC"] };
    for (title, left) in titles.into_iter().zip(lefts) {
        canvas.text(cell(row(room, 0), left, names.max(IPV6)), title, dim);
    }
    let body = below_titles(room);
    for (line, place) in pane.window(usize::from(body.height)).enumerate() {
        let Some(member) = members.get(place) else { continue };
        let area = row(body, line);
        let is_cursor = is_cursor(app, pane, place);
        let name = canvas.theme.tone(Tone::Accent);
        let cells = [(&member.name, names), (&member.ipv4, IPV4), (&member.ipv6, IPV6), (&member.mac, IPV6)];
        let mut written = Vec::new();
        for (index, ((value, width), left)) in cells.into_iter().zip(lefts).enumerate() {
            let area = cell(area, left, width);
            canvas.text(area, value, if index == 0 { name } else { text });
            written.push((area, value.to_string()));
        }
        mark_cursor(canvas, area, is_cursor);
        mark_hits(canvas, pane, &written);
    }
}

/// As wide as the longest name, within measure.
fn name_columns<'a>(names: impl Iterator<Item = &'a str>, room: Rect) -> usize {
    let widest = names.map(|name| width(&clean(name))).max().unwrap_or(0);
    widest.clamp(*NAMES.start(), *NAMES.end()).min(usize::from(room.width / 2).max(*NAMES.start()))
}
