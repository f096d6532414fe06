//! What is under way: each request with its time and bar; the chosen one with its command and layers.

use super::dialog::{hints, large_frame, list, split_foot};
use super::paint::{Canvas, Piece, row, shift};
use crate::app::App;
use crate::app::dialog::jobs_list::JobsList;
use crate::app::host::Host;
use crate::app::jobs::Job;
use crate::config::Role;
use crate::domain::text::compact_count;
use ratatui::layout::Rect;

const WIDTH: u16 = 100;
/// Columns of a progress bar.
const BAR: u64 = 20;
/// Columns for a layer's id, and for its status.
const PART: u16 = 14;
const STATUS: u16 = 20;

pub fn draw(app: &App, dialog: &JobsList, canvas: &mut Canvas<'_>) {
    let jobs: Vec<(&Host, &Job)> = app.running_jobs().collect();
    let hosts =
        if jobs.iter().any(|(host, _)| host.id != app.host().id) { "all hosts" } else { app.host().id.as_str() };
    let room = large_frame(app, canvas, WIDTH, &format!("Jobs on {hosts} {}", jobs.len()));
    let (body, foot) = split_foot(room);
    if jobs.is_empty() {
        canvas.text(body, "Nothing is under way.", canvas.style(Role::Dim));
        hints(canvas, foot, &[("Esc", "close")]);
        return;
    }
    let cursor = dialog.cursor(app);
    let rows = u16::try_from(jobs.len()).unwrap_or(u16::MAX).min((body.height / 2).max(1)).min(body.height);
    list(canvas, Rect { height: rows, ..body }, jobs.len(), cursor, |canvas, area, index| {
        if let Some((host, job)) = jobs.get(index) {
            canvas.pieces(area, &summary(app, canvas, host, job));
        }
    });
    if let Some((_, job)) = jobs.get(cursor.place(jobs.len())) {
        let rest = body.height.saturating_sub(rows + 1);
        details(canvas, Rect { y: body.bottom() - rest, height: rest, ..body }, job);
    }
    let words = "stop waiting (the engine may still finish it)";
    hints(canvas, foot, &[("x", words), ("Esc", "close")]);
}

fn summary(app: &App, canvas: &Canvas<'_>, host: &Host, job: &Job) -> Vec<Piece> {
    let theme = canvas.theme;
    let place = if host.id == app.host().id { String::new() } else { format!("{}: ", host.id) };
    let (done, total) = job.bytes();
    let mut pieces = vec![
        Piece::new(place, theme.colored(theme.text(), host.color)),
        Piece::role(theme, format!("{} {}  ", job.request.doing(), job.request.object()), Role::Text),
        Piece::role(theme, format!("{}  ", job.time_words(app.now)), Role::Dim),
    ];
    if total > 0 {
        pieces.push(Piece::role(theme, bar(done, total), Role::Info));
    }
    pieces
}

/// The `docker` command of a job, and its layers, the last ones where there is no room for all.
fn details(canvas: &mut Canvas<'_>, area: Rect, job: &Job) {
    canvas.text(row(area, 0), &job.request.discreet_command(), canvas.style(Role::Dim));
    let room = usize::from(area.height.saturating_sub(1));
    let hidden = job.parts.len().saturating_sub(room);
    for (index, part) in job.parts.iter().skip(hidden).enumerate() {
        let line = row(area, index + 1);
        canvas.text(Rect { width: line.width.min(PART - 1), ..line }, &part.part, canvas.theme.text());
        let rest = shift(line, PART);
        let words = if part.total > 0 { STATUS - 1 } else { rest.width };
        canvas.text(Rect { width: rest.width.min(words), ..rest }, &part.status, canvas.theme.text());
        if part.total > 0 {
            let text = format!("{} {}B", bar(part.done, part.total), compact_count(part.total));
            canvas.text(shift(rest, STATUS), &text, canvas.style(Role::Info));
        }
    }
}

/// `█████░░░░░ 50%`
fn bar(done: u64, total: u64) -> String {
    let share = |of: u64| u64::try_from(u128::from(done.min(total)) * u128::from(of) / u128::from(total.max(1)));
    let filled = usize::try_from(share(BAR).unwrap_or(0)).unwrap_or(0);
    let empty = usize::try_from(BAR).unwrap_or(0).saturating_sub(filled);
    format!("{}{} {}%", "█".repeat(filled), "░".repeat(empty), share(100).unwrap_or(0))
}
