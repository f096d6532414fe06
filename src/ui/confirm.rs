//! The dialog before a destructive act.

use super::dialog::{frame, frame_on};
use super::paint::{Canvas, Piece, row, shift};
use crate::app::App;
use crate::app::columns::Tone;
use crate::app::dialog::click::Spot;
use crate::app::dialog::confirm::{Confirm, ConfirmOption, Focus};
use crate::app::line_input::LineInput;
use crate::config::Role;
use crate::domain::text::{width, wrapped};
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Targets named one by one; more are counted.
const NAMED: usize = 6;
const WIDTH: u16 = 72;
/// Lines of what will happen that are told at the least.
const TOLD: usize = 2;

pub fn draw(app: &App, confirm: &Confirm, canvas: &mut Canvas<'_>) {
    let requests = confirm.requests();
    let Some(first) = requests.first() else { return };
    let columns = usize::from(WIDTH.min(app.area.width)).saturating_sub(4);
    let theme = canvas.theme;
    let mut lines: Vec<Vec<Piece>> = Vec::new();
    let mut say = |text: &str, style: Style| {
        lines.extend(wrapped(text, columns).into_iter().map(|line| vec![Piece::new(line, style)]));
    };
    if requests.len() > 1 {
        let names = confirm.names(NAMED);
        let more = requests.len().saturating_sub(NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        say(&format!("{}{more}", names.join(", ")), theme.text());
    }
    say(&confirm.consequence(), theme.text());
    for note in &confirm.notes {
        say(note, theme.tone(Tone::Warn));
    }
    say(&confirm.command(NAMED), theme.style(Role::Dim));
    let title = if requests.len() == 1 {
        first.question().trim_end_matches('?').to_owned()
    } else {
        format!("{} {} {}", first.verb(), requests.len(), first.nouns())
    };
    let fields = confirm.options.len() + usize::from(confirm.typed_name.is_some());
    let hindrance = confirm.hindrance();
    let height = lines.len() + fields + usize::from(fields > 0) + 5;
    let height = u16::try_from(height).unwrap_or(u16::MAX);
    let room = match confirm.places() {
        one if one == confirm.host.as_str() => frame_on(app, canvas, (WIDTH, height), &title, &confirm.host, "?"),
        several => frame(app, canvas, WIDTH, height, &format!("{title} on {several}?")),
    };
    // With little room the blank line goes first, then the end of what is told: choices must not lie under the buttons.
    let above = usize::from(room.height).saturating_sub(fields + 1);
    lines.truncate(above.max(TOLD));
    for (index, line) in lines.iter().enumerate() {
        canvas.pieces(row(room, index), line);
    }
    let mut at = lines.len() + usize::from(fields > 0 && lines.len() < above);
    for (index, option) in confirm.options.iter().enumerate() {
        canvas.spot(row(room, at), Spot::Field(index));
        option_line(canvas, row(room, at), option, confirm.focus == Focus::Option(index));
        at += 1;
    }
    if let Some(name) = &confirm.typed_name {
        let label = format!("{}: ", confirm.demand());
        canvas.spot(row(room, at), Spot::Name);
        input_line(canvas, row(room, at), &label, name, confirm.focus == Focus::Name);
        at += 1;
    }
    if let Some(reason) = hindrance.as_ref().filter(|_| confirm.focus == Focus::Accept) {
        canvas.text(row(room, at), reason, canvas.theme.tone(Tone::Warn));
    }
    // The buttons stay in sight, however low the terminal is.
    let last = usize::from(room.height).saturating_sub(1);
    buttons(canvas, row(room, last), first.verb(), confirm.focus, hindrance.is_none());
}

fn option_line(canvas: &mut Canvas<'_>, area: Rect, option: &ConfirmOption, focused: bool) {
    match option {
        ConfirmOption::Toggle { name, on } => {
            let text = format!("[{}] {}", if *on { "x" } else { " " }, name.label());
            canvas.text(area, &text, focus_style(canvas, focused));
        }
        ConfirmOption::Seconds { name, text }
        | ConfirmOption::Age { name, text }
        | ConfirmOption::Text { name, text } => {
            input_line(canvas, area, &format!("{}: ", name.label()), text, focused);
        }
    }
}

fn input_line(canvas: &mut Canvas<'_>, area: Rect, label: &str, input: &LineInput, focused: bool) {
    let used = canvas.text(area, label, focus_style(canvas, focused));
    let room = shift(area, used);
    let (text, column) = input.visible(usize::from(room.width).saturating_sub(1));
    canvas.text(room, text, canvas.style(Role::Accent));
    if focused {
        canvas.place_cursor(room, column);
    }
}

pub fn buttons(canvas: &mut Canvas<'_>, area: Rect, verb: &str, focus: Focus, possible: bool) {
    let theme = canvas.theme;
    let accept = if possible { theme.style(Role::Bad) } else { theme.style(Role::Dim) };
    let pieces = [
        Piece::new("[ Cancel ]", selected(canvas, theme.text(), focus == Focus::Cancel)),
        Piece::new("  ", theme.text()),
        Piece::new(format!("[ {verb} ]"), selected(canvas, accept, focus == Focus::Accept)),
    ];
    let used: usize = pieces.iter().map(|piece| width(&piece.text)).sum();
    let left = usize::from(area.width).saturating_sub(used);
    canvas.buttons(shift(area, u16::try_from(left).unwrap_or(0)), &pieces, &[(0, Spot::Cancel), (2, Spot::Accept)]);
}

fn focus_style(canvas: &Canvas<'_>, focused: bool) -> Style {
    selected(canvas, canvas.theme.text(), focused)
}

fn selected(canvas: &Canvas<'_>, style: Style, focused: bool) -> Style {
    if focused { canvas.theme.chosen(style) } else { style }
}
