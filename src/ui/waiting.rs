//! What a detail tab shows that has nothing to show yet: how long it waits, or why nothing came.

use super::paint::{Canvas, row, shift};
use crate::app::App;
use crate::app::columns::Tone;
use crate::app::detail::Tab;
use crate::domain::text::wrapped;
use crate::domain::{Failure, FailureKind};
use ratatui::layout::Rect;

/// Until an answer is late nothing is said, so that nothing flickers while the selection moves.
const LATE: u64 = 1;

/// Draws why there is nothing, or for how long it is waited for.
pub fn draw(app: &App, tab: Tab, failure: Option<&Failure>, room: Rect, canvas: &mut Canvas<'_>) {
    if let Some(failure) = failure {
        return failed(app, tab, failure, room, canvas);
    }
    if !app.host().is_live() {
        return say(canvas, room, "The engine does not answer; this was not read before.", Tone::Dim);
    }
    let Some(since) = app.detail().waiting_since() else { return };
    let waited = app.now.since(since).as_secs();
    if waited >= LATE {
        say(canvas, room, &format!("Waiting for the engine … {waited} s"), Tone::Dim);
    }
}

fn failed(app: &App, tab: Tab, failure: &Failure, room: Rect, canvas: &mut Canvas<'_>) {
    let mut lines = vec![(format!("{} cannot be read: {}", subject(tab), failure.sentence), Tone::Bad)];
    let remedy = remedy(tab, failure).map(str::to_owned);
    lines.extend(failure.hint.clone().or(remedy).map(|hint| (hint, Tone::Plain)));
    lines.push((format!("{} tries again.", app.keymap.key_text("app.refresh")), Tone::Dim));
    let mut line = 0;
    for (text, tone) in lines {
        for text in wrapped(&text, usize::from(room.width).saturating_sub(2)) {
            let style = canvas.theme.tone(tone);
            canvas.text(shift(row(room, line), 1), &text, style);
            line += 1;
        }
    }
}

fn subject(tab: Tab) -> &'static str {
    match tab {
        Tab::Logs => "The log",
        Tab::Stats => "The use of resources",
        Tab::Top => "The processes",
        Tab::Inspect => "The configuration",
        Tab::Env => "The environment",
        Tab::Changes => "The changed files",
        Tab::History => "The layers",
        Tab::Platforms => "The platforms",
        Tab::Members => "Who is on it",
        Tab::Links => "What it has to do with others",
        Tab::Files => "The folder",
        Tab::Items => "What takes room",
        Tab::Engine => "What the engine says of itself",
        Tab::Plugins => "The plugins",
    }
}

/// What helps where the engine does not say it.
fn remedy(tab: Tab, failure: &Failure) -> Option<&'static str> {
    let is_engine = matches!(failure.kind, FailureKind::Engine | FailureKind::BadRequest);
    (tab == Tab::Top && is_engine).then_some(
        "The engine runs the `ps` of its own host: check its arguments, or install procps there where it is missing.",
    )
}

/// One sentence, broken into lines.
pub fn say(canvas: &mut Canvas<'_>, room: Rect, text: &str, tone: Tone) {
    let style = canvas.theme.tone(tone);
    for (index, line) in wrapped(text, usize::from(room.width).saturating_sub(2)).iter().enumerate() {
        canvas.text(shift(row(room, index), 1), line, style);
    }
}
