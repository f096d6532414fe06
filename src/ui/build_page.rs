//! A build: each step with its state and time, its output below it, and how it ended.

use super::dialog::{hints, input, large_frame, split_foot};
use super::paint::{Canvas, Piece, row, shift};
use crate::app::App;
use crate::app::builds::{BuildLog, Row, Step};
use crate::app::columns::Tone;
use crate::app::dialog::build_page::{BuildPage, WIDTH};
use crate::config::Role;
use crate::domain::text::{compact_bytes, cut};
use crate::domain::{Progress, StepState};
use ratatui::layout::Rect;

/// Columns that output stands in.
const INDENT: u16 = 2;

pub fn draw(app: &App, page: &BuildPage, canvas: &mut Canvas<'_>) {
    let Some(log) = app.builds.find(page.job) else {
        large_frame(app, canvas, WIDTH, "A build that is not kept any more");
        return;
    };
    let room = large_frame(app, canvas, WIDTH, &title(app, log));
    let (body, foot) = split_foot(room);
    let outcome = BuildPage::outcome(log, app.area);
    let shown = usize::from(body.height).saturating_sub(outcome.len());
    let top = page.top(log, app.area);
    for (index, content) in log.rows_from(top).take(shown).enumerate() {
        let area = row(body, index);
        draw_row(app, &content, page.left, area, canvas);
        if page.search.hit == Some(top + index) && page.search.matches(&content) {
            canvas.select(area);
        } else if page.search.matches(&content) {
            canvas.tint(area, canvas.style(Role::Highlight));
        }
    }
    if log.rows() == 0 {
        canvas.text(body, "Looking through the folder…", canvas.style(Role::Dim));
    }
    let is_built = log.ended.as_ref().is_some_and(|ended| ended.result.is_ok());
    for (index, line) in outcome.iter().enumerate() {
        let tone = canvas.theme.tone(if is_built { Tone::Good } else { Tone::Bad });
        canvas.text(row(body, shown + index), line, tone);
    }
    if page.search.is_open {
        input(canvas, foot, "/ ", &page.search.input);
        if page.search.is_over {
            let words = "no row holds it";
            let at = foot.width.saturating_sub(words.len() as u16);
            canvas.text(shift(foot, at), words, canvas.theme.tone(Tone::Warn));
        }
        return;
    }
    if !page.search.input.is_empty() {
        let found = match page.search.is_over {
            true => format!("no further row holds “{}”", page.search.input.text()),
            false => format!("rows with “{}”", page.search.input.text()),
        };
        hints(canvas, foot, &[("n N", &found), ("/", "search"), ("y", "copy all"), ("Esc", "end the search")]);
        return;
    }
    let place = format!("scroll ({} of {} rows)", (top + shown).min(log.rows()), log.rows());
    let follow = if page.follows() { "following" } else { "follow" };
    match log.ended {
        None => hints(
            canvas,
            foot,
            &[
                ("x", "cancel"),
                ("↑ ↓ ← →", &place),
                ("f", follow),
                ("/", "search"),
                ("n N", "steps"),
                ("y", "copy all"),
                ("Esc", "close, it goes on"),
            ],
        ),
        Some(_) if app.builds.all().nth(1).is_some() => hints(
            canvas,
            foot,
            &[
                ("↑ ↓ ← →", &place),
                ("b", "build again"),
                ("/", "search"),
                ("n N", "steps"),
                ("y", "copy all"),
                ("[ ]", "other builds"),
                ("Esc", "close"),
            ],
        ),
        Some(_) => hints(
            canvas,
            foot,
            &[
                ("↑ ↓ ← →", &place),
                ("b", "build again"),
                ("/", "search"),
                ("n N", "steps"),
                ("y", "copy all"),
                ("Esc", "close"),
            ],
        ),
    }
}

/// `Building app:1 on local, 12.3 s`
fn title(app: &App, log: &BuildLog) -> String {
    let doing = match log.ended.as_ref().map(|ended| &ended.result) {
        None => "Building",
        Some(Ok(_)) => "Built",
        Some(Err(_)) => "Not built:",
    };
    let took = log.took(app.now).as_secs_f64();
    format!("{doing} {} on {} ({}), {took:.1} s", log.spec.title(), log.host, log.spec.builder.name())
}

fn draw_row(app: &App, content: &Row<'_>, left: usize, area: Rect, canvas: &mut Canvas<'_>) {
    let dim = canvas.style(Role::Dim);
    match content {
        Row::Note(note) => {
            canvas.text(area, behind(note, left), dim);
        }
        Row::Step(step) => head(app, step, area, canvas),
        Row::Dropped(count) => {
            canvas.text(shift(area, INDENT), &format!("… {count} earlier lines were dropped"), dim);
        }
        Row::Part(part) => {
            canvas.text(shift(area, INDENT), &part_words(part), canvas.style(Role::Info));
        }
        Row::Line(line) => {
            canvas.text(shift(area, INDENT), behind(line, left), canvas.theme.text());
        }
    }
}

fn head(app: &App, step: &Step, area: Rect, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    let (sign, tone) = match step.state {
        StepState::Waiting | StepState::Running => ("▸", Tone::Info),
        StepState::Cached => ("=", Tone::Dim),
        StepState::Done(_) => ("✓", Tone::Good),
        StepState::Failed => ("✗", Tone::Bad),
        StepState::Stopped => ("–", Tone::Warn),
    };
    let ending = match step.state {
        StepState::Waiting | StepState::Running => format!("  {} s", app.now.since(step.since).as_secs()),
        StepState::Cached | StepState::Done(_) | StepState::Failed | StepState::Stopped => step.ending(),
    };
    let pieces = [
        Piece::tone(theme, format!("{sign} "), tone),
        Piece::role(theme, step.name.clone(), Role::Title),
        Piece::role(theme, ending, Role::Dim),
    ];
    canvas.pieces(area, &pieces);
}

fn part_words(part: &Progress) -> String {
    let amounts = match (part.done, part.total) {
        (0, 0) => String::new(),
        (done, 0) => format!("  {}", compact_bytes(done)),
        (done, total) => format!("  {}/{}", compact_bytes(done.min(total)), compact_bytes(total)),
    };
    format!("{} {}{amounts}", part.part, part.status)
}

/// What stands behind so many columns.
fn behind(text: &str, columns: usize) -> &str {
    if columns == 0 { text } else { text.get(cut(text, columns)..).unwrap_or_default() }
}
