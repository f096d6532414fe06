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
/// Lines of what will happen that are told at the least, where there is more than one for that and the choices.
const TOLD: usize = 2;

pub fn draw(app: &App, confirm: &Confirm, canvas: &mut Canvas<'_>) {
    let requests = confirm.requests();
    let Some(first) = requests.first() else { return };
    let columns = usize::from(WIDTH.min(app.area.width)).saturating_sub(4);
    let theme = canvas.theme;
    let say = |text: &str, style: Style| -> Vec<Piece> {
        wrapped(text, columns).into_iter().map(|line| Piece::new(line, style)).collect()
    };
    let mut named = Vec::new();
    if requests.len() > 1 && !confirm.act.names_kinds() {
        let names = confirm.names(NAMED);
        let more = requests.len().saturating_sub(NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        named = say(&format!("{}{more}", names.join(", ")), theme.text());
    }
    let consequence = say(&confirm.consequence(), theme.text());
    let notes: Vec<Piece> = confirm.notes.iter().flat_map(|note| say(note, theme.tone(Tone::Warn))).collect();
    let command = say(&confirm.command(NAMED), theme.style(Role::Dim));
    let count = named.len() + consequence.len() + notes.len() + command.len();
    let title = if requests.len() == 1 {
        first.question().trim_end_matches('?').to_owned()
    } else {
        format!("{} {} {}", first.verb(), requests.len(), first.nouns())
    };
    let fields = confirm.options.len() + usize::from(confirm.typed_name.is_some());
    let hindrance = confirm.hindrance();
    let height = count + fields + usize::from(fields > 0) + 5;
    let height = u16::try_from(height).unwrap_or(u16::MAX);
    let room = match confirm.places() {
        one if one == confirm.host.as_str() => frame_on(app, canvas, (WIDTH, height), &title, &confirm.host, "?"),
        several => frame(app, canvas, WIDTH, height, &format!("{title} on {several}?")),
    };
    // The buttons stay in sight, however low the terminal is.
    let last = usize::from(room.height).saturating_sub(1);
    // With little room the blank line goes first, then the end of what is told, then the choices move along with the
    // focus: none lies under the buttons.
    let least = TOLD.min(count).min(last.saturating_sub(fields.min(1)));
    let above = last.saturating_sub(fields).max(least);
    let mut lines = if count > above && confirm.act.is_measured() {
        // The choices themselves name what goes.
        [notes, consequence, named, command].concat()
    } else {
        [named, consequence, notes, command].concat()
    };
    lines.truncate(above);
    for (index, line) in lines.into_iter().enumerate() {
        canvas.pieces(row(room, index), &[line]);
    }
    let top = count.min(above) + usize::from(fields > 0 && count < above);
    let at = top + draw_fields(confirm, fields, below(room, top, last), canvas);
    if let Some(reason) = hindrance.as_ref().filter(|_| confirm.focus == Focus::Accept) {
        let place = row(room, at.min(last.saturating_sub(1)));
        canvas.fill(place, canvas.theme.text());
        canvas.text(place, reason, canvas.theme.tone(Tone::Warn));
    }
    buttons(canvas, row(room, last), first.verb(), confirm.focus, hindrance.is_none());
}

/// The rows of a room from `top` to before `end`.
fn below(room: Rect, top: usize, end: usize) -> Rect {
    let start = row(room, top);
    Rect { height: u16::try_from(end.saturating_sub(top)).unwrap_or(0), ..start }
}

/// Draws the choices, those around the focus where not all have room; gives the rows that this takes.
fn draw_fields(confirm: &Confirm, fields: usize, room: Rect, canvas: &mut Canvas<'_>) -> usize {
    let shown = fields.min(usize::from(room.height));
    let focus = match confirm.focus {
        Focus::Option(index) => index,
        Focus::Name => confirm.options.len(),
        Focus::Cancel | Focus::Accept => 0,
    };
    let top = (focus + 1).saturating_sub(shown);
    for index in 0..shown {
        let field = top + index;
        let place = row(room, index);
        let sign = match (index == 0 && top > 0, index + 1 == shown && top + shown < fields) {
            (true, true) => "↕",
            (true, false) => "↑",
            (false, true) => "↓",
            (false, false) => "",
        };
        let taken = if shown < fields { 2 } else { 0 };
        let narrow = Rect { width: place.width.saturating_sub(taken), ..place };
        canvas.text(shift(place, narrow.width + 1), sign, canvas.style(Role::Dim));
        if let Some(option) = confirm.options.get(field) {
            canvas.spot(place, Spot::Field(field));
            option_line(canvas, narrow, option, confirm.focus == Focus::Option(field));
        } else if let Some(name) = &confirm.typed_name {
            canvas.spot(place, Spot::Name);
            let label = format!("{}: ", confirm.demand());
            input_line(canvas, narrow, &label, name, confirm.focus == Focus::Name);
        }
    }
    shown
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
