//! Commands that mark lines of a log and copy them.

use super::copy::{self, copied};
use super::logs::in_log;
use crate::app::commands::Readiness;
use crate::app::logs::{LogView, TooMany, Viewport, escape};
use crate::app::update::Effects;
use crate::app::{App, Effect};
use crate::domain::LogChunk;
use crate::domain::text::long_bytes;

/// Bytes that terminals take over OSC 52: encoded they are the 100,000 at which many stop reading.
const TAKEN: usize = 74_994;

pub fn has_lines(app: &App) -> Readiness {
    let has_lines = app.detail().logs.as_ref().is_some_and(|logs| !logs.view.store().is_empty());
    if has_lines { Ok(()) } else { Err("there is no line".into()) }
}

pub fn mark(app: &mut App, _: &mut Effects) {
    marking(app, LogView::toggle_mark);
}

pub fn mark_range(app: &mut App, _: &mut Effects) {
    marking(app, LogView::mark_range);
}

fn marking(app: &mut App, act: fn(&mut LogView, Viewport) -> Result<(), TooMany>) {
    if let Some(Err(TooMany)) = in_log(app, |logs, viewport| act(&mut logs.view, viewport)) {
        let now = app.now;
        app.notices.warn(now, TooMany::SENTENCE);
    }
}

/// Copies the marked lines, or opens the menu of what can be copied where none is marked.
pub fn copy(app: &mut App, effects: &mut Effects) {
    let marked = in_log(app, |logs, _| logs.view.is_marking().then(|| logs.view.marked_lines())).flatten();
    let now = app.now;
    match marked {
        None => copy::open(app, effects),
        Some(Err(TooMany)) => app.notices.warn(now, TooMany::SENTENCE),
        Some(Ok(chunk)) => {
            let text = text_of(&chunk);
            if text.len() > TAKEN {
                let size = long_bytes(text.len() as u64);
                let key = app.keymap.key_text("logs.save");
                let words = format!("{size} are too much for the clipboard of a terminal: {key} saves them to a file");
                app.notices.warn(now, words);
            } else {
                app.notices.say(now, copied(&text));
                effects.push(Effect::Copy(text));
            }
        }
    }
}

/// Without colours, control characters made visible; the last line without its end.
fn text_of(chunk: &LogChunk) -> String {
    let lines: Vec<String> = (0..chunk.lines.len()).map(|index| escape::plain(chunk.text(index))).collect();
    lines.join("\n")
}
