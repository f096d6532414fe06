//! The help page: every command with its keys; the chosen one is explained in full at the foot.

use super::dialog::{hints, input, large_frame, list, split_foot};
use super::paint::{Canvas, row, shift};
use crate::app::App;
use crate::app::columns::Tone;
use crate::app::command::typed::Typed;
use crate::app::commands::Command;
use crate::app::dialog::cursor::Cursor;
use crate::app::dialog::help::{Help, Line};
use crate::config::Role;
use crate::domain::text::wrapped;
use ratatui::layout::Rect;

const WIDTH: u16 = 110;
/// Columns for the keys, and for the title behind them.
const KEYS: u16 = 14;
const TITLE: u16 = 18;
/// Columns in which the beginning of a sentence still tells something; the foot tells all of it.
const LEAST: u16 = 12;
/// Lines that explain the chosen command.
const EXPLAINED: u16 = 3;

pub fn draw(app: &App, help: &Help, canvas: &mut Canvas<'_>) {
    let room = large_frame(app, canvas, WIDTH, "Help");
    let (room, foot) = split_foot(room);
    let lines = help.lines(app);
    let choices = help.choices(app);
    let chosen = help.picker.cursor.place(choices.len());
    // The cursor counts what can be chosen; headings stand between.
    let place = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| !matches!(line, Line::Heading(_)))
        .nth(chosen)
        .map_or(0, |(place, _)| place);
    let explained = match room.height {
        8.. => EXPLAINED,
        // Where sentences have no room in their rows, this is the only place for them.
        5.. => EXPLAINED - 1,
        _ => 0,
    };
    let body = Rect { height: room.height - explained, ..room };
    if lines.is_empty() {
        canvas.text(body, "No command matches.", canvas.style(Role::Dim));
    }
    list(canvas, body, lines.len(), Cursor::at(place), |canvas, area, index| match lines.get(index) {
        Some(Line::Heading(heading)) => {
            canvas.text(area, heading, canvas.style(Role::Title));
        }
        Some(Line::Command(command)) => command_row(app, canvas, area, command),
        Some(Line::Typed(typed)) => typed_row(canvas, area, typed),
        None => {}
    });
    let below = Rect { y: body.bottom(), height: explained, ..room };
    explain(app, help, canvas, below, choices.get(chosen).copied());
    match &help.picker.filter {
        Some(filter) => input(canvas, foot, "filter: ", filter),
        None => hints(canvas, foot, &[("/", "filter"), ("Enter", "do it"), ("Esc", "close")]),
    }
}

/// What the chosen command does, or why it cannot be done now.
fn explain(app: &App, help: &Help, canvas: &mut Canvas<'_>, area: Rect, chosen: Option<Line>) {
    let (name, sentence, reason) = match chosen {
        Some(Line::Command(command)) => {
            (command.name.to_owned(), command.sentence, command.here(app).err().map(std::borrow::Cow::into_owned))
        }
        Some(Line::Typed(typed)) => (typed.usage(), typed.sentence, None),
        Some(Line::Heading(_)) | None => return,
    };
    let text = format!("{name}: {sentence}");
    let mut lines: Vec<(String, Tone)> =
        wrapped(&text, usize::from(area.width)).into_iter().map(|line| (line, Tone::Plain)).collect();
    if let Some(reason) = help.refusal.clone().or(reason) {
        lines.push((format!("Not now: {reason}."), Tone::Warn));
    }
    for (index, (line, tone)) in lines.iter().enumerate() {
        canvas.text(row(area, index), line, canvas.theme.tone(*tone));
    }
}

/// Keys, title and sentence of a command; greyed, with the reason, when it cannot be done here and now.
pub fn command_row(app: &App, canvas: &mut Canvas<'_>, area: Rect, command: &Command) {
    let reason = command.here(app).err();
    let (key, text) = if reason.is_some() { (Role::Dim, Role::Dim) } else { (Role::Key, Role::Text) };
    canvas.text(Rect { width: area.width.min(KEYS - 1), ..area }, &app.keymap.keys_text(command), canvas.style(key));
    let rest = shift(area, KEYS);
    canvas.text(Rect { width: rest.width.min(TITLE - 1), ..rest }, command.title, canvas.style(text));
    let rest = shift(rest, TITLE);
    if rest.width < LEAST {
        return;
    }
    match reason {
        Some(reason) => {
            // What it would do is told at the foot.
            canvas.text(rest, &format!("– {reason}"), canvas.style(Role::Dim));
        }
        None => {
            canvas.text(rest, command.sentence, canvas.style(text));
        }
    }
}

/// A typed command with its argument and sentence.
pub fn typed_row(canvas: &mut Canvas<'_>, area: Rect, typed: &Typed) {
    canvas.text(Rect { width: area.width.min(KEYS + TITLE - 1), ..area }, &typed.usage(), canvas.style(Role::Key));
    canvas.text(shift(area, KEYS + TITLE), typed.sentence, canvas.theme.text());
}
