//! The fields of a form as lines: label, what is typed, what is wrong, what is offered.

use super::Body;
use crate::app::App;
use crate::app::columns::Tone;
use crate::app::dialog::click::Spot;
use crate::app::form::{Field, Focus, Form, Input, Name};
use crate::config::Role;
use crate::domain::hide_secret;
use crate::domain::text::{clean, truncate, truncate_path, width, wrapped};
use crate::ui::paint::{Canvas, Piece};
use ratatui::style::{Color, Style};
use unicode_segmentation::UnicodeSegmentation;

/// A line of the body, and the column of the text cursor if it is on it.
#[derive(Debug, Default)]
pub struct Line {
    pub pieces: Vec<Piece>,
    pub cursor: Option<usize>,
    /// What a click on it means.
    pub spot: Option<Spot>,
    /// What is typed begins at this column, and what a click there means.
    pub text: Option<(usize, Spot)>,
}

impl Line {
    pub fn plain(pieces: Vec<Piece>) -> Self {
        Self { pieces, ..Self::default() }
    }
}

/// Columns of the labels, where there is room.
const LABEL: usize = 20;
/// Lines of a field of several, at most.
const AREA: usize = 6;
/// Offers in sight.
const OFFERS: usize = 5;
/// The same where the form is nothing but a choice.
const CHOICES: usize = 12;

/// All fields as lines.
pub fn body(app: &App, form: &Form, canvas: &Canvas<'_>, columns: usize) -> Body {
    let mut body = Body::default();
    let label = LABEL.min(columns / 2);
    let mut section = None;
    for (index, field) in form.fields.iter().enumerate().filter(|(_, field)| !field.hidden) {
        if form.has_sections() && section != Some(field.ask.section) {
            section = Some(field.ask.section);
            body.lines.push(Line::plain(vec![heading(canvas, field.ask.section.title(), columns)]));
        }
        let focused = form.focus == Focus::Field(index);
        let start = body.lines.len();
        body.lines.extend(value_lines(canvas, index, field, focused, label, columns));
        if focused {
            body.cursor_line =
                start + body.lines.iter().skip(start).position(|line| line.cursor.is_some()).unwrap_or(0);
        }
        body.lines.extend(words(app, form, field, focused, canvas, label, columns));
        for line in body.lines.iter_mut().skip(start) {
            line.spot = Some(Spot::Field(index));
        }
        if focused {
            body.lines.extend(offers(app, form, canvas, label, columns));
            body.focus = start..body.lines.len();
        }
    }
    if matches!(form.focus, Focus::Cancel | Focus::Submit) {
        body.focus = body.lines.len()..body.lines.len();
        body.cursor_line = body.lines.len();
    }
    body
}

fn heading(canvas: &Canvas<'_>, title: &str, columns: usize) -> Piece {
    let rest = columns.saturating_sub(width(title) + 4);
    Piece::role(canvas.theme, format!("── {title} {}", "─".repeat(rest)), Role::Dim)
}

/// The label and what is typed.
fn value_lines(
    canvas: &Canvas<'_>,
    index: usize,
    field: &Field,
    focused: bool,
    label: usize,
    columns: usize,
) -> Vec<Line> {
    let theme = canvas.theme;
    let room = columns.saturating_sub(label).max(1);
    let sign = if focused { "▸ " } else { "  " };
    let title = format!("{sign}{}", field.ask.label);
    let title = truncate(&title, label.saturating_sub(1)).into_owned();
    let title = format!("{title}{}", " ".repeat(label.saturating_sub(width(&title))));
    let style = if focused { theme.chosen(theme.text()) } else { theme.text() };
    let title = Piece::new(title, style);
    let mut value = theme.style(Role::Accent);
    if field.ask.name == Name::Color {
        value = value.patch(own_color(field.current()));
    }
    let indent = || Piece::new(" ".repeat(label), theme.text());
    match &field.input {
        Input::Toggle(on) => {
            let text = if *on { "[x] yes" } else { "[ ] no" };
            let cursor = focused.then_some(label + 1);
            vec![Line { pieces: vec![title, Piece::new(text, value)], cursor, ..Line::default() }]
        }
        Input::Line(line) if field.is_secret() => {
            let before = line.text().get(..line.cursor()).unwrap_or_default().chars().count();
            let signs = "•".repeat(line.text().chars().count().min(room.saturating_sub(1)));
            let cursor = focused.then_some(label + before.min(room.saturating_sub(1)));
            vec![Line { pieces: vec![title, Piece::new(signs, value)], cursor, ..Line::default() }]
        }
        Input::Line(line) => {
            let (shown, column) = line.window(room);
            let spot = Spot::Text { field: index, line: 0, from: shown.start };
            let pieces = vec![title, Piece::new(line.text().get(shown).unwrap_or_default(), value)];
            let cursor = focused.then_some(label + column);
            vec![Line { pieces, cursor, text: Some((label, spot)), ..Line::default() }]
        }
        Input::Lines(area) => {
            let cursor = area.cursor();
            let height = if focused { AREA } else { AREA / 2 };
            let top = if focused { (cursor.0 + 1).saturating_sub(height) } else { 0 };
            let below = area.lines().len().saturating_sub(top + height);
            let mut lines: Vec<Line> = Vec::new();
            for (number, text) in area.lines().iter().enumerate().skip(top).take(height) {
                let at = (focused && number == cursor.0).then_some(cursor.1);
                // Secrets are in clear only where they are being typed.
                let guarded =
                    at.is_none() && matches!(field.ask.name, Name::Environment | Name::Labels | Name::Options);
                let hidden = guarded.then(|| hide_secret(text));
                let (shown, column) = window(hidden.as_deref().unwrap_or(text), at, room);
                // Of what is hidden nobody can say where its characters stand.
                let from = if hidden.as_ref().is_some_and(|hidden| hidden != text) { text.len() } else { shown.from };
                let first = if lines.is_empty() { title.clone() } else { indent() };
                lines.push(Line {
                    pieces: vec![first, Piece::new(shown.text, value)],
                    cursor: column.map(|column| label + column),
                    text: Some((label, Spot::Text { field: index, line: number, from })),
                    ..Line::default()
                });
            }
            if below > 0 {
                let more = Piece::role(theme, format!("… {below} more"), Role::Dim);
                lines.push(Line::plain(vec![indent(), more]));
            }
            lines
        }
    }
}

/// A colour's name is written in it.
fn own_color(text: &str) -> Style {
    text.trim().parse::<Color>().map_or_else(|_| Style::new(), |color| Style::new().fg(color))
}

/// The part of a line that is shown, and the character it begins with.
pub(in crate::ui) struct Shown {
    pub text: String,
    pub from: usize,
}

/// The part of a line of several that fits, and the column of the cursor in it; `at` counts characters.
pub(in crate::ui) fn window(text: &str, at: Option<usize>, columns: usize) -> (Shown, Option<usize>) {
    let cleaned = clean(text);
    let Some(at) = at else { return (Shown { text: truncate(&cleaned, columns).into_owned(), from: 0 }, None) };
    let before: String = cleaned.chars().take(at).collect();
    let used = width(&before);
    if used < columns {
        let rest: String = cleaned.chars().skip(at).collect();
        let kept = crate::domain::text::cut(&rest, columns - used);
        let text = format!("{before}{}", rest.get(..kept).unwrap_or_default());
        return (Shown { text, from: 0 }, Some(used));
    }
    let mut kept = Vec::new();
    let mut shown = 0;
    for grapheme in before.graphemes(true).rev() {
        if shown + width(grapheme) >= columns {
            break;
        }
        shown += width(grapheme);
        kept.push(grapheme);
    }
    let text: String = kept.into_iter().rev().collect();
    let from = at.saturating_sub(text.chars().count());
    (Shown { text, from }, Some(shown))
}

/// What is to be said below a field: what is wrong, else a note, and the hint of the focused one.
fn words(
    app: &App,
    form: &Form,
    field: &Field,
    focused: bool,
    canvas: &Canvas<'_>,
    label: usize,
    columns: usize,
) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut say = |text: &str, tone: Tone| {
        for line in wrapped(text, columns.saturating_sub(label)) {
            let pieces =
                vec![Piece::new(" ".repeat(label), canvas.theme.text()), Piece::tone(canvas.theme, line, tone)];
            lines.push(Line::plain(pieces));
        }
    };
    if let Some(error) = &field.error {
        say(&format!("✗ {error}"), Tone::Bad);
    }
    if let Some(note) = &field.note {
        say(note, Tone::Info);
    }
    // While offers fit what is typed, it may well be the half of one of them.
    let is_begun = focused && !form.offers(app.host()).is_empty();
    if field.ask.name == Name::Image && field.error.is_none() && !is_begun && form.lacks_image(app.host()) {
        say(&format!("! not on {} yet: it can be pulled first", form.host), Tone::Warn);
    }
    if field.ask.name == Name::Name
        && field.error.is_none()
        && let Some(taken) = form.taken(app.host())
    {
        say(&format!("✗ {taken}"), Tone::Bad);
    }
    if field.ask.name == Name::Dockerfile
        && let Some(wanted) = form.wanted_secrets()
    {
        say(&format!("! {wanted}"), Tone::Warn);
    }
    // The form of an export has the file alone.
    if matches!(field.ask.name, Name::Name | Name::Path)
        && let Some(loss) = form.loss_of_copy(app.host())
    {
        say(&format!("! {loss}"), Tone::Warn);
    }
    if field.ask.name == Name::Subnets
        && field.error.is_none()
        && let Some(overlap) = form.overlaps(app.host())
    {
        say(&format!("! {overlap}"), Tone::Warn);
    }
    if field.ask.name == Name::Address && field.error.is_none() && form.is_unencrypted() {
        say("! unencrypted: anybody on the way can read and change it. TLS or ssh:// prevents that.", Tone::Warn);
    }
    if focused && field.error.is_none() {
        say(field.ask.hint, Tone::Dim);
    }
    lines
}

/// What is offered for the focused field, the chosen one in sight.
fn offers(app: &App, form: &Form, canvas: &Canvas<'_>, label: usize, columns: usize) -> Vec<Line> {
    let offers = form.offers(app.host());
    let height = if form.chooses() { CHOICES } else { OFFERS };
    let chosen = form.completion.as_ref().map(|completion| completion.at);
    let top = chosen.map_or(0, |at| (at + 1).saturating_sub(height));
    let longest = offers.iter().skip(top).take(height).map(|offer| width(&offer.text)).max().unwrap_or(0);
    let theme = canvas.theme;
    let is_color = form.focused().is_some_and(|field| field.ask.name == Name::Color);
    let mut lines: Vec<Line> = offers
        .iter()
        .enumerate()
        .skip(top)
        .take(height)
        .map(|(index, offer)| {
            let is_chosen = chosen == Some(index);
            let style = if is_chosen { theme.chosen(theme.text()) } else { theme.text() };
            let style = if is_color { style.patch(own_color(&offer.text)) } else { style };
            let sign = if is_chosen { "▸ " } else { "  " };
            let gap = " ".repeat(longest.saturating_sub(width(&offer.text)) + 2);
            let text = truncate_path(&offer.text, columns.saturating_sub(label + width(sign)));
            let pieces = vec![
                Piece::new(" ".repeat(label), theme.text()),
                Piece::new(format!("{sign}{text}"), style),
                Piece::role(theme, format!("{gap}{}", offer.detail), Role::Dim),
            ];
            Line { pieces, spot: Some(Spot::Offer(index)), ..Line::default() }
        })
        .collect();
    let more = offers.len().saturating_sub(top + height);
    if let Some(last) = lines.last_mut().filter(|_| more > 0) {
        let words = format!("   {more} more");
        let used: usize = last.pieces.iter().map(|piece| width(&piece.text)).sum();
        if used + width(&words) <= columns {
            last.pieces.push(Piece::role(theme, words, Role::Dim));
        }
    }
    lines
}
