//! The audit log.

use super::dialog::{hints, input, large_frame, list, split_foot};
use super::paint::{Canvas, Piece, row, shift};
use crate::app::App;
use crate::app::columns::Tone;
use crate::app::dialog::audit::{Audit, time};
use crate::config::Role;
use crate::domain::AuditEntry;
use crate::domain::text::{counted, truncate, truncate_path, width};
use ratatui::layout::Rect;

const WIDTH: u16 = 140;
/// Columns for a host's name at most.
const HOST: usize = 16;

pub fn draw(app: &App, audit: &Audit, canvas: &mut Canvas<'_>) {
    let rows = audit.rows();
    let what = if audit.failures_only { "Changing calls that failed" } else { "Changing calls" };
    let room = large_frame(app, canvas, WIDTH, &format!("{what} {}", rows.len()));
    let (body, foot) = split_foot(room);
    let (body, hint) = split_foot(body);
    if rows.is_empty() {
        let (words, tone) = empty(audit);
        for (index, line) in crate::domain::text::wrapped(&words, usize::from(body.width)).iter().enumerate() {
            canvas.text(row(body, index), line, canvas.theme.tone(tone));
        }
    }
    let hosts = rows.iter().map(|entry| width(entry.host.as_str()) + 1).max().unwrap_or(0).min(HOST);
    list(canvas, body, rows.len(), audit.picker.cursor, |canvas, area, index| {
        if let Some(entry) = rows.get(index) {
            draw_row(app, entry, hosts, area, canvas);
        }
    });
    canvas.text(hint, &place(audit, usize::from(hint.width)), canvas.style(Role::Dim));
    let switch = if audit.failures_only { "all" } else { "only failures" };
    match &audit.picker.filter {
        Some(filter) => input(canvas, foot, "filter: ", filter),
        None => {
            let keys = [("Enter", "details"), ("y", "copy command"), ("c", "copy line"), ("/", "filter")];
            let more = [("f", switch), ("R", "read again"), ("Esc", "close")];
            hints(canvas, foot, &[keys.as_slice(), &more].concat());
        }
    }
}

fn empty(audit: &Audit) -> (String, Tone) {
    match (audit.tail.value(), audit.tail.failure()) {
        (_, Some(failure)) => (failure.to_string(), Tone::Bad),
        (None, None) => ("Reading the audit log …".to_owned(), Tone::Dim),
        (Some(tail), None) if tail.entries.is_empty() => {
            ("Nothing was changed by this program yet.".to_owned(), Tone::Dim)
        }
        (Some(_), None) => ("Nothing that was changed matches.".to_owned(), Tone::Dim),
    }
}

/// Where the file is, and what of it is not shown.
fn place(audit: &Audit, columns: usize) -> String {
    let Some(tail) = audit.tail.value() else { return String::new() };
    let mut more = String::new();
    if tail.is_cut {
        more.push_str(" · it has older lines");
    }
    if tail.unread > 0 {
        more.push_str(&format!(" · {} left out", counted(tail.unread, "unreadable line", "unreadable lines")));
    }
    format!("{}{more}", truncate_path(&tail.path, columns.saturating_sub(width(&more))))
}

fn draw_row(app: &App, entry: &AuditEntry, hosts: usize, area: Rect, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    let color = app.hosts.get(&entry.host).and_then(|host| host.color);
    let host = truncate(entry.host.as_str(), hosts.saturating_sub(1)).into_owned();
    let gap = " ".repeat(hosts.saturating_sub(width(&host)));
    let (sign, tone) = if entry.failure.is_some() { ("✗ ", Tone::Bad) } else { ("✓ ", Tone::Good) };
    let pieces = [
        Piece::role(theme, format!("{} ", time(app, entry)), Role::Dim),
        Piece::new(format!("{host}{gap}"), theme.colored(theme.text(), color)),
        Piece::tone(theme, sign, tone),
        Piece::role(theme, entry.command.to_string(), Role::Text),
    ];
    let used = canvas.pieces(area, &pieces);
    let rest = shift(area, used + 2);
    match &entry.failure {
        Some(failure) => canvas.text(rest, failure, theme.tone(Tone::Bad)),
        None => canvas.text(rest, &entry.api, theme.style(Role::Dim)),
    };
}
