//! The log of the selected container.

use super::paint::{Canvas, Piece, row, shift};
use crate::app::App;
use crate::app::columns::Tone;
use crate::app::logs::escape::{Colour, SpanStyle};
use crate::app::logs::{LogView, Source, Viewport, VisibleRow};
use crate::config::Role;
use crate::domain::LogStream;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

pub fn draw(app: &App, room: Rect, canvas: &mut Canvas<'_>) {
    let Some(logs) = &app.host().detail.logs else { return };
    let view = &logs.view;
    let viewport = Viewport { width: usize::from(room.width), height: usize::from(room.height) };
    if view.store().is_empty() {
        let (words, tone) = emptiness(view);
        canvas.text(shift(room, 1), &words, canvas.theme.tone(tone));
        return;
    }
    for (index, line) in view.visible(viewport).iter().enumerate() {
        draw_row(canvas, row(room, index), line);
    }
}

fn draw_row(canvas: &mut Canvas<'_>, area: Rect, line: &VisibleRow) {
    let base = match line.stream {
        LogStream::Stderr => canvas.style(Role::LogStderr),
        LogStream::Stdout | LogStream::Terminal => canvas.theme.text(),
    };
    let mut rest = area;
    for span in &line.spans {
        let used = canvas.text(rest, &span.text, base.patch(style(span.style)));
        rest = shift(rest, used);
    }
    for found in &line.matches {
        let left = u16::try_from(found.start).unwrap_or(u16::MAX);
        let width = u16::try_from(found.len()).unwrap_or(u16::MAX);
        let found = shift(area, left);
        canvas.tint(Rect { width: width.min(found.width), ..found }, canvas.style(Role::Highlight));
    }
}

fn style(span: SpanStyle) -> Style {
    let mut style = Style::new();
    style.fg = span.fg.map(colour);
    style.bg = span.bg.map(colour);
    for (on, modifier) in [
        (span.bold, Modifier::BOLD),
        (span.dim, Modifier::DIM),
        (span.italic, Modifier::ITALIC),
        (span.underline, Modifier::UNDERLINED),
        (span.reverse, Modifier::REVERSED),
    ] {
        if on {
            style = style.add_modifier(modifier);
        }
    }
    style
}

fn colour(colour: Colour) -> Color {
    match colour {
        Colour::Ansi(number) | Colour::Indexed(number) => Color::Indexed(number),
        Colour::Rgb(red, green, blue) => Color::Rgb(red, green, blue),
    }
}

fn emptiness(view: &LogView) -> (String, Tone) {
    match view.source() {
        Source::Waiting | Source::Reading => ("Reading the log …".to_owned(), Tone::Dim),
        Source::Following => ("Nothing was logged yet.".to_owned(), Tone::Dim),
        Source::Ended => ("Nothing was logged.".to_owned(), Tone::Dim),
        Source::Failed(failure) => (failure.to_string(), Tone::Bad),
        Source::Unreadable(words) => (words.clone(), Tone::Warn),
    }
}

/// `following · 12,031 lines · 3 hits`
pub fn foot(app: &App, canvas: &Canvas<'_>) -> Vec<Piece> {
    let Some(logs) = &app.host().detail.logs else { return Vec::new() };
    let view = &logs.view;
    let mode = match (view.is_following(), view.source()) {
        (_, Source::Failed(_)) => "broken off",
        (_, Source::Ended) => "ended",
        (true, _) => "following",
        (false, _) => "scrolled",
    };
    let mut words = format!("{mode} · {} lines", thousands(view.store().len()));
    if let Some(search) = view.search() {
        words.push_str(&format!(" · {} hits", thousands(search.count())));
    }
    vec![Piece::role(canvas.theme, words, Role::Dim)]
}

/// `12,031`
pub fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
