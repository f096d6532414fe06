//! The request log.

use super::dialog::{hints, input, large_frame, list, split_foot};
use super::paint::{Canvas, Piece, shift};
use crate::app::App;
use crate::app::columns::Tone;
use crate::app::dialog::requests::{Requests, milliseconds, time};
use crate::app::request_log::Entry;
use crate::config::Role;
use crate::domain::text::{compact_bytes, truncate, width};
use ratatui::layout::Rect;

const WIDTH: u16 = 140;
/// Columns for a host's name at most.
const HOST: usize = 16;

pub fn draw(app: &App, requests: &Requests, canvas: &mut Canvas<'_>) {
    let rows = requests.rows(app);
    let what = if requests.changes_only { "Changing requests" } else { "Requests" };
    let room = large_frame(app, canvas, WIDTH, &format!("{what} {}", rows.len()));
    let (body, foot) = split_foot(room);
    if rows.is_empty() {
        let words = if app.requests.is_empty() { "Nothing was sent yet." } else { "Nothing that was sent matches." };
        canvas.text(body, words, canvas.style(Role::Dim));
    }
    let hosts = host_columns(&rows);
    list(canvas, body, rows.len(), requests.cursor(&rows), |canvas, area, index| {
        if let Some(entry) = rows.get(index) {
            row(app, entry, hosts, area, canvas);
        }
    });
    let switch = if requests.changes_only { "all" } else { "only changes" };
    match &requests.picker.filter {
        Some(filter) => input(canvas, foot, "filter: ", filter),
        None => {
            let keys = [("Enter", "details"), ("y", "copy as curl"), ("/", "filter"), ("c", switch), ("Esc", "close")];
            hints(canvas, foot, &keys);
        }
    }
}

/// Columns for the hosts' names; none where there is one host.
fn host_columns(rows: &[&Entry]) -> usize {
    let one = rows.first().map(|entry| &entry.host);
    if rows.iter().all(|entry| Some(&entry.host) == one) {
        return 0;
    }
    rows.iter().map(|entry| width(entry.host.as_str()) + 1).max().unwrap_or(0).min(HOST)
}

fn row(app: &App, entry: &Entry, hosts: usize, area: Rect, canvas: &mut Canvas<'_>) {
    let exchange = &entry.exchange;
    let theme = canvas.theme;
    let tone = match exchange.status {
        Some(status) if status < 400 && exchange.failure.is_none() => Tone::Good,
        Some(_) | None => Tone::Bad,
    };
    let method = if exchange.is_change() { theme.style(Role::Warn) } else { theme.text() };
    let status = exchange.status.map_or_else(|| "–".to_owned(), |status| status.to_string());
    let size = if exchange.bytes == 0 { String::new() } else { compact_bytes(exchange.bytes) };
    let host = truncate(entry.host.as_str(), hosts.saturating_sub(1)).into_owned();
    let color = app.hosts.get(&entry.host).and_then(|host| host.color);
    let pieces = [
        Piece::role(theme, format!("{} ", time(app, entry)), Role::Dim),
        Piece::new(padded(&host, hosts), theme.colored(theme.text(), color)),
        Piece::new(padded(&exchange.method, 7), method),
        Piece::tone(theme, padded(&status, 4), tone),
        Piece::role(theme, format!("{:>8} {size:>5} ", milliseconds(entry)), Role::Dim),
        Piece::role(theme, brief(&exchange.path), Role::Text),
    ];
    let used = canvas.pieces(area, &pieces);
    if let Some(failure) = &exchange.failure {
        canvas.text(shift(area, used + 1), failure, theme.tone(Tone::Bad));
    }
}

/// A path without the version before it, ids as short as lists show them: the details have all of it.
fn brief(path: &str) -> String {
    let bare = match path.strip_prefix("/v1.").and_then(|rest| rest.split_once('/')) {
        Some((version, rest)) if version.bytes().all(|byte| byte.is_ascii_digit()) => rest,
        _ => path.strip_prefix('/').unwrap_or(path),
    };
    let (place, query) = bare.split_once('?').map_or((bare, None), |(place, query)| (place, Some(query)));
    let mut text = String::new();
    for segment in place.split('/') {
        let is_id = segment.len() == 64 && segment.bytes().all(|byte| byte.is_ascii_hexdigit());
        text.push('/');
        text.push_str(if is_id { segment.get(..12).unwrap_or(segment) } else { segment });
    }
    if let Some(query) = query {
        text.push('?');
        text.push_str(query);
    }
    text
}

fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

#[cfg(test)]
mod tests {
    use super::brief;

    #[test]
    fn ids_and_versions_are_cut_and_nothing_else() {
        let id = "0123456789abcdef".repeat(4);
        assert_eq!(brief(&format!("/v1.41/containers/{id}/stats?stream=0")), "/containers/0123456789ab/stats?stream=0");
        assert_eq!(brief("/_ping"), "/_ping");
        assert_eq!(brief("/v1.x/y"), "/v1.x/y");
    }
}
