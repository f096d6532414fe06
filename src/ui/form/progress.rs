//! What the engine is at, with a bar for each layer.

use super::fields::Line;
use crate::app::App;
use crate::app::columns::Tone;
use crate::app::msg::JobId;
use crate::config::Role;
use crate::domain::Progress;
use crate::domain::text::{compact_bytes, truncate};
use crate::ui::paint::{Canvas, Piece};

/// Columns of a layer's id and of its status.
const ID: usize = 13;
const STATUS: usize = 18;
/// Columns of the amounts behind a bar.
const AMOUNTS: usize = 12;

/// One line for the job, one for each part of it.
pub fn lines(app: &App, job: JobId, canvas: &Canvas<'_>, columns: usize) -> Vec<Line> {
    let Some(job) = app.host().jobs.find(job) else {
        return vec![Line::plain(vec![Piece::new("Waiting for the others…", canvas.theme.text())])];
    };
    let share = job.percent().map(|share| format!("  {share}%")).unwrap_or_default();
    let text = format!("{} {}…{share}  {}", job.request.doing(), job.request.object(), job.time_words(app.now));
    let mut lines = vec![Line::plain(vec![Piece::tone(canvas.theme, text, Tone::Info)])];
    lines.extend(job.parts.iter().map(|part| Line::plain(layer(part, canvas, columns))));
    lines
}

fn layer(part: &Progress, canvas: &Canvas<'_>, columns: usize) -> Vec<Piece> {
    let theme = canvas.theme;
    if part.part.is_empty() {
        return vec![Piece::role(theme, &*part.status, Role::Dim)];
    }
    let status = truncate(&part.status, STATUS - 1).into_owned();
    let mut pieces = vec![
        Piece::role(theme, format!("{:<ID$}", truncate(&part.part, ID - 1)), Role::Dim),
        Piece::new(format!("{status:<STATUS$}"), theme.text()),
    ];
    if part.total > 0 {
        let room = columns.saturating_sub(ID + STATUS + AMOUNTS).min(40);
        pieces.push(Piece::role(theme, bar(part.done, part.total, room), Role::Accent));
        let amounts = format!("  {}/{}", compact_bytes(part.done.min(part.total)), compact_bytes(part.total));
        pieces.push(Piece::role(theme, amounts, Role::Dim));
    }
    pieces
}

/// A bar that tells its share without colour as well.
fn bar(done: u64, total: u64, columns: usize) -> String {
    let share = done.min(total) as f64 / total.max(1) as f64;
    let full = (share * columns as f64).round() as usize;
    format!("{}{}", "█".repeat(full.min(columns)), "░".repeat(columns.saturating_sub(full)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_long_as_its_room_whatever_the_engine_counts() {
        for (done, total, expected) in
            [(0, 10, "░░░░"), (5, 10, "██░░"), (99, 10, "████"), (0, 0, "░░░░"), (u64::MAX, u64::MAX, "████")]
        {
            assert_eq!(bar(done, total, 4), expected, "{done}/{total}");
        }
        assert_eq!(bar(1, 2, 0), "");
    }
}
