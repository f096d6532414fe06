//! The API console.

use super::dialog::{hints, large_frame, split_foot};
use super::form::window;
use super::paint::{Canvas, Piece, row, shift};
use super::rows_pane::sideways;
use super::tree;
use crate::app::App;
use crate::app::columns::Tone;
use crate::app::dialog::api::answer::ApiAnswer;
use crate::app::dialog::api::mouse::{ANSWER, BODY as BODY_FIELD, LINE};
use crate::app::dialog::api::{ApiConsole, ApiFocus, status};
use crate::app::dialog::click::Spot;
use crate::config::Role;
use crate::domain::text::{counted, long_bytes, truncate, width, wrapped};
use ratatui::layout::Rect;

const WIDTH: u16 = 160;
/// Lines of the body in sight: while it is typed, and else.
const BODY: (usize, usize) = (8, 3);
/// Lines at most of what is wrong.
const WORDS: usize = 4;

pub fn draw(app: &App, console: &ApiConsole, canvas: &mut Canvas<'_>) {
    let room = large_frame(app, canvas, WIDTH, &format!("API of {}", console.host));
    let (room, foot) = split_foot(room);
    line(console, row(room, 0), canvas);
    let mut top = 1 + words(app, console, below(room, 1), canvas);
    if console.has_body() {
        top += body(console, below(room, top), canvas);
    }
    match (&console.answer, console.focus) {
        (Some(answer), ApiFocus::Body | ApiFocus::Answer) => draw_answer(console, answer, below(room, top), canvas),
        (_, ApiFocus::Line) => offers(app, console, below(room, top), canvas),
        (None, ApiFocus::Body | ApiFocus::Answer) => {}
    }
    keys(console, foot, canvas);
}

fn below(area: Rect, rows: usize) -> Rect {
    let rows = u16::try_from(rows).unwrap_or(u16::MAX).min(area.height);
    Rect { y: area.y + rows, height: area.height - rows, ..area }
}

fn sign(focused: bool) -> &'static str {
    if focused { "▸ " } else { "  " }
}

fn line(console: &ApiConsole, area: Rect, canvas: &mut Canvas<'_>) {
    let focused = console.focus == ApiFocus::Line;
    canvas.text(area, sign(focused), canvas.style(Role::Accent));
    let room = shift(area, 2);
    let (shown, column) = console.line.window(usize::from(room.width));
    canvas.spot(room, Spot::Text { field: LINE, line: 0, from: shown.start });
    canvas.text(room, console.line.text().get(shown).unwrap_or_default(), canvas.style(Role::Accent));
    if focused {
        canvas.place_cursor(room, column);
    }
}

/// What is wrong, what is waited for, or what the request is for; gives the rows that this takes. Only what is wrong may
/// take several.
fn words(app: &App, console: &ApiConsole, area: Rect, canvas: &mut Canvas<'_>) -> usize {
    let room = shift(area, 2);
    if let Some(error) = &console.error {
        let lines = wrapped(error, usize::from(room.width));
        for (index, line) in lines.iter().take(WORDS).enumerate() {
            canvas.text(row(room, index), line, canvas.theme.tone(Tone::Bad));
        }
        return lines.len().clamp(1, WORDS);
    }
    let (text, tone) = if let Some(waiting) = console.waiting_words(app.now) {
        (waiting, Tone::Info)
    } else {
        match console.request() {
            Ok(request) => match request.operation() {
                Some(operation) => (format!("{} (since API {})", operation.purpose, operation.since), Tone::Dim),
                None if console.focus == ApiFocus::Line => (String::new(), Tone::Dim),
                None => ("The reference of the API does not name this one.".to_owned(), Tone::Warn),
            },
            Err(sentence) => (sentence, Tone::Dim),
        }
    };
    canvas.text(row(room, 0), &text, canvas.theme.tone(tone));
    1
}

/// The body and what is wrong with it; gives the rows that this takes.
fn body(console: &ApiConsole, area: Rect, canvas: &mut Canvas<'_>) -> usize {
    let focused = console.focus == ApiFocus::Body;
    let lines = console.body.lines();
    let cursor = console.body.cursor();
    let height = lines.len().min(if focused { BODY.0 } else { BODY.1 });
    let top = if focused { (cursor.0 + 1).saturating_sub(height) } else { 0 };
    let error = console.body_error();
    let title = if error.is_some() { "JSON ✗ " } else { "JSON " };
    let used = canvas.text(area, sign(focused), canvas.style(Role::Accent));
    let head = shift(row(area, 0), used);
    canvas.spot(head, Spot::Field(BODY_FIELD));
    let used = canvas.text(head, title, canvas.style(Role::Dim));
    if let Some(error) = error {
        canvas.text(shift(head, used), &error, canvas.theme.tone(Tone::Bad));
    }
    for (index, text) in lines.iter().enumerate().skip(top).take(height) {
        let place = shift(row(area, 1 + index - top), 4);
        let at = (focused && index == cursor.0).then_some(cursor.1);
        let (shown, column) = window(text, at, usize::from(place.width));
        canvas.spot(place, Spot::Text { field: BODY_FIELD, line: index, from: shown.from });
        canvas.text(place, &shown.text, canvas.theme.text());
        if let Some(column) = column {
            canvas.place_cursor(place, column);
        }
    }
    height + 1
}

fn offers(app: &App, console: &ApiConsole, area: Rect, canvas: &mut Canvas<'_>) {
    let offers = console.suggestions(app);
    let height = usize::from(area.height);
    let top = console.chosen.map_or(0, |chosen| (chosen + 1).saturating_sub(height));
    let longest = offers.iter().map(|offer| width(&offer.line)).max().unwrap_or(0).min(usize::from(area.width) * 2 / 3);
    for (index, offer) in offers.iter().enumerate().skip(top).take(height) {
        let place = row(area, index - top);
        let is_chosen = console.chosen == Some(index);
        let line = truncate(&offer.line, longest).into_owned();
        let gap = " ".repeat(longest.saturating_sub(width(&line)) + 2);
        let theme = canvas.theme;
        let pieces = [
            Piece::role(theme, if is_chosen { "▸ " } else { "  " }, Role::Accent),
            Piece::role(theme, line, Role::Text),
            Piece::role(theme, format!("{gap}{}", offer.note), Role::Dim),
        ];
        canvas.pieces(place, &pieces);
        canvas.spot(place, Spot::Offer(index));
        if is_chosen {
            canvas.select(place);
        }
    }
}

fn draw_answer(console: &ApiConsole, answer: &ApiAnswer, area: Rect, canvas: &mut Canvas<'_>) {
    let focused = console.focus == ApiFocus::Answer;
    let used = canvas.text(area, sign(focused), canvas.style(Role::Accent));
    canvas.spot(area, Spot::Field(ANSWER));
    canvas.pieces(shift(row(area, 0), used), &heading(console, answer, canvas));
    let mut room = below(area, 1);
    if answer.shows_headers {
        for (name, value) in answer.head.iter().flat_map(|head| &head.headers) {
            canvas.text(shift(row(room, 0), 2), &format!("{name}: {value}"), canvas.style(Role::Dim));
            room = below(room, 1);
        }
    }
    if let Some(tree) = &answer.tree {
        let height = usize::from(room.height);
        let top = tree.top_for(height);
        for index in 0..height.min(tree.row_count().saturating_sub(top)) {
            canvas.spot(row(room, index), Spot::Row(top + index));
        }
        return tree::rows(tree, focused, room, canvas);
    }
    if let Some(size) = answer.size {
        let text = format!("{} that are no text: a tar file, most likely. They are not shown.", long_bytes(size));
        canvas.text(shift(row(room, 0), 2), &text, canvas.style(Role::Dim));
        return;
    }
    let (top, height) = answer.window(usize::from(room.height));
    for (index, text) in answer.lines.iter().skip(top).take(height).enumerate() {
        canvas.text(shift(row(room, index), 2), &sideways(text, answer.sideways), canvas.theme.text());
    }
    if answer.lines.is_empty() && answer.ended.is_some() {
        canvas.text(shift(row(room, 0), 2), "Nothing came with it.", canvas.style(Role::Dim));
    }
}

/// `200 OK · 12.3 ms · application/json · 12 lines · goes on`; which request it answers, where another one is typed.
fn heading(console: &ApiConsole, answer: &ApiAnswer, canvas: &Canvas<'_>) -> Vec<Piece> {
    let theme = canvas.theme;
    let mut pieces = Vec::new();
    if console.request().map_or(true, |typed| typed.line != answer.request.line) {
        pieces.push(Piece::role(theme, format!("{} → ", answer.request.line), Role::Dim));
    }
    if let Some(head) = &answer.head {
        let tone = if head.status < 400 { Tone::Good } else { Tone::Bad };
        pieces.push(Piece::tone(theme, status(head), tone));
        let kind = head.headers.iter().find(|(name, _)| name == "content-type").map(|(_, value)| value.as_str());
        let took = head.elapsed.as_secs_f64() * 1000.0;
        pieces.push(Piece::role(theme, format!(" · {took:.1} ms"), Role::Dim));
        pieces.extend(kind.map(|kind| Piece::role(theme, format!(" · {kind}"), Role::Dim)));
    }
    if !answer.lines.is_empty() {
        let count = counted(answer.lines.len() + answer.dropped, "line", "lines");
        pieces.push(Piece::role(theme, format!(" · {count}"), Role::Dim));
    }
    match &answer.ended {
        None => pieces.push(Piece::tone(theme, " · goes on", Tone::Info)),
        Some(Err(failure)) => pieces.push(Piece::tone(theme, format!(" · {}", failure.sentence), Tone::Warn)),
        Some(Ok(())) => {}
    }
    pieces
}

fn keys(console: &ApiConsole, foot: Rect, canvas: &mut Canvas<'_>) {
    match console.focus {
        ApiFocus::Line => {
            let keys =
                [("Enter", "send"), ("Tab", "complete"), ("↑ ↓", "choose"), ("Shift-Tab", "answer"), ("Esc", "close")];
            hints(canvas, foot, &keys);
        }
        ApiFocus::Body => {
            hints(canvas, foot, &[("Ctrl-s", "send"), ("Tab", "answer"), ("Shift-Tab", "request"), ("Esc", "close")]);
        }
        ApiFocus::Answer => {
            let goes_on = console.answer.as_ref().is_some_and(|answer| answer.ended.is_none());
            let folds = console.answer.as_ref().is_some_and(|answer| answer.tree.is_some());
            let mut keys = vec![("Tab", "request")];
            keys.extend(goes_on.then_some(("x", "stop")));
            keys.push(("← →", if folds { "fold" } else { "sideways" }));
            keys.extend([("y", "copy"), ("a", "copy all"), ("c", "as curl"), ("h", "headers"), ("Esc", "close")]);
            hints(canvas, foot, &keys);
        }
    }
}
