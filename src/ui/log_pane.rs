//! The log of the selected container.

use super::paint::{Canvas, Piece, row, shift};
use super::theme::spec_style;
use super::{log_names, waiting};
use crate::app::App;
use crate::app::columns::Tone;
use crate::app::detail::Tab;
use crate::app::detail::log_pane::{LogPane, LogRange};
use crate::app::logs::escape::{Colour, Part, SpanStyle};
use crate::app::logs::{JsonLook, Level, LogView, Source, Timestamps, Viewport, VisibleRow};
use crate::config::Role;
use crate::domain::text::age;
pub use crate::domain::text::{counted, thousands};
use crate::domain::{LogStream, Time};
use jiff::tz::TimeZone;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use std::ops::Range;

pub fn draw(app: &App, room: Rect, canvas: &mut Canvas<'_>) {
    let Some(logs) = &app.detail().logs else { return };
    let view = &logs.view;
    let viewport = Viewport { width: usize::from(room.width), height: usize::from(room.height) };
    if view.store().is_empty() && view.is_sifted() && draw_sifted(view, room, canvas) {
        return;
    }
    if view.store().is_empty() {
        return draw_empty(app, view, room, canvas);
    }
    edge(view, room, canvas);
    let rows = view.visible(viewport);
    if rows.is_empty() && view.only().is_some() {
        let is_known = view.search_progress().is_none_or(|progress| progress.is_done()) && !view.is_reading();
        let words =
            if is_known { "No line matches the search." } else { "Looking through the log for lines that match …" };
        return waiting::say(canvas, room, words, Tone::Dim);
    }
    for (index, line) in rows.iter().enumerate() {
        let area = signs(canvas, row(room, index), line, view.gutter());
        log_names::draw(canvas, shift(area, columns(view.timestamps().columns())), view, viewport, line);
        draw_row(canvas, area, line, view, viewport, app.now);
    }
}

/// What to do about a log that nobody can read.
const READABLE: &str =
    "Its log driver keeps no lines to read; a container made with json-file, local or journald has them.";

/// Where hits are in all that is loaded, on the pane's right border.
fn edge(view: &LogView, room: Rect, canvas: &mut Canvas<'_>) {
    for place in view.hit_marks(usize::from(room.height)) {
        let line = row(room, place);
        canvas.text(Rect { x: line.right(), width: 1, ..line }, "◂", canvas.style(Role::Highlight));
    }
}

/// The cursor's sign and the mark's; gives the room behind them.
fn signs(canvas: &mut Canvas<'_>, area: Rect, line: &VisibleRow, gutter: usize) -> Rect {
    let sign = match (line.is_cursor && line.row == 0, line.is_marked) {
        (true, true) => "▸✓",
        (true, false) => "▸ ",
        (false, true) => " ✓",
        (false, false) => "",
    };
    let style = if line.is_marked { canvas.style(Role::Marked) } else { canvas.style(Role::Accent) };
    canvas.text(Rect { width: area.width.min(2), ..area }, sign, style);
    shift(area, columns(gutter))
}

fn columns(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

fn draw_row(canvas: &mut Canvas<'_>, area: Rect, line: &VisibleRow, view: &LogView, viewport: Viewport, now: Time) {
    let timestamps = view.timestamps();
    if let Some(time) = line.time.and_then(|time| time_text(&canvas.theme.zone, time, timestamps, now)) {
        canvas.text(area, &time, canvas.style(Role::Dim));
    }
    let area = shift(area, columns(timestamps.columns() + view.name_columns(viewport)));
    let base = base_style(canvas, view, line);
    let is_chosen = line.is_current || line.is_cursor;
    let mut rest = area;
    for span in &line.spans {
        // Drawn in reverse, colours would become backgrounds.
        let part = if is_chosen { Style::new() } else { part_style(canvas, span.style.part) };
        let used = canvas.text(rest, &span.text, base.patch(part).patch(style(span.style)));
        rest = shift(rest, used);
    }
    for (columns, spec) in &line.highlights {
        tint(canvas, area, columns, spec_style(*spec));
    }
    if line.is_marked {
        canvas.tint(area, canvas.style(Role::Marked));
    }
    if is_chosen {
        canvas.select(area);
    }
    for found in &line.matches {
        tint(canvas, area, found, canvas.style(Role::Highlight));
    }
}

fn tint(canvas: &mut Canvas<'_>, area: Rect, columns: &Range<usize>, style: Style) {
    let place = shift(area, u16::try_from(columns.start).unwrap_or(u16::MAX));
    let width = u16::try_from(columns.len()).unwrap_or(u16::MAX);
    canvas.tint(Rect { width: width.min(place.width), ..place }, style);
}

/// What the line says of its weight counts more than where it came from.
fn base_style(canvas: &Canvas<'_>, view: &LogView, line: &VisibleRow) -> Style {
    if line.is_context || log_names::is_told(view, line) {
        return canvas.style(Role::Dim);
    }
    match (line.level, line.stream) {
        (Some(Level::Error), _) => canvas.style(Role::Bad),
        (Some(Level::Warn), _) => canvas.style(Role::Warn),
        (Some(Level::Debug), _) => canvas.style(Role::Dim),
        (Some(Level::Info), _) | (None, LogStream::Stdout | LogStream::Terminal) => canvas.theme.text(),
        (None, LogStream::Stderr) => canvas.style(Role::LogStderr),
    }
}

/// The engine's time of a line on the user's clock, or how long ago that was; a blank is behind it.
fn time_text(zone: &TimeZone, time: i64, timestamps: Timestamps, now: Time) -> Option<String> {
    let stamp = jiff::Timestamp::from_nanosecond(i128::from(time)).ok()?;
    let local = || stamp.to_zoned(zone.clone());
    match timestamps {
        Timestamps::Off => None,
        Timestamps::Time => Some(local().strftime("%H:%M:%S ").to_string()),
        Timestamps::Full => Some(local().strftime("%Y-%m-%d %H:%M:%S%.3f ").to_string()),
        Timestamps::Utc => Some(stamp.strftime("%Y-%m-%d %H:%M:%S%.3fZ ").to_string()),
        Timestamps::Age => Some(format!("{:>5} ", age(now.seconds() - Time(time).seconds()))),
    }
}

/// ` · since 14:00:00 until 15:30:00`, with the day where it is not today.
fn between(zone: &TimeZone, now: Time, since: Option<i64>, until: Option<i64>) -> String {
    let local = |time: i64| Some(jiff::Timestamp::from_nanosecond(i128::from(time)).ok()?.to_zoned(zone.clone()));
    let today = local(now.0).map(|now| now.date());
    let text = |word: &str, time: i64| {
        let Some(local) = local(time) else { return String::new() };
        let form = if Some(local.date()) == today { "%H:%M:%S" } else { "%Y-%m-%d %H:%M:%S" };
        format!(" {word} {}", local.strftime(form))
    };
    let words = [since.map(|time| text("since", time)), until.map(|time| text("until", time))];
    format!(" ·{}", words.into_iter().flatten().collect::<String>())
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

fn part_style(canvas: &Canvas<'_>, part: Part) -> Style {
    match part {
        Part::Plain => Style::new(),
        Part::Key => canvas.style(Role::Accent),
        Part::Text => canvas.style(Role::Good),
        Part::Number => canvas.style(Role::Info),
        Part::Sign => canvas.style(Role::Dim),
    }
}

fn colour(colour: Colour) -> Color {
    match colour {
        Colour::Ansi(number) | Colour::Indexed(number) => Color::Indexed(number),
        Colour::Rgb(red, green, blue) => Color::Rgb(red, green, blue),
    }
}

fn draw_empty(app: &App, view: &LogView, room: Rect, canvas: &mut Canvas<'_>) {
    let range = logs_range(app).filter(|range| !matches!(range, LogRange::Newest(_) | LogRange::All));
    let mut say = |words: &str, tone| waiting::say(canvas, room, words, tone);
    match view.source() {
        Source::Waiting | Source::Reading => waiting::draw(app, Tab::Logs, None, room, canvas),
        Source::Following | Source::Paused => match range {
            Some(_) => say("Nothing was logged in that time; new lines appear here.", Tone::Dim),
            None => say("Nothing was logged yet; new lines appear here.", Tone::Dim),
        },
        Source::Ended => match range {
            Some(LogRange::Between { until: Some(_), .. }) => say("Nothing was logged in that time.", Tone::Dim),
            Some(_) => say("Nothing was logged in that time, and it does not run.", Tone::Dim),
            None => say("Nothing was logged, and it does not run.", Tone::Dim),
        },
        Source::Failed(failure) => waiting::draw(app, Tab::Logs, Some(failure), room, canvas),
        Source::Unreadable(words) => {
            say(&format!("This log cannot be read: {words}. {READABLE}"), Tone::Warn);
        }
    }
}

/// Says how far the log was looked through while no line matches; false where there is something else to say.
fn draw_sifted(view: &LogView, room: Rect, canvas: &mut Canvas<'_>) -> bool {
    let lines = view.looked_through();
    let words = match view.source() {
        Source::Waiting | Source::Reading if lines == 0 => {
            "Looking through the whole log for lines that match …".to_owned()
        }
        Source::Waiting | Source::Reading => {
            format!("{} looked through, none matches the search.", counted(lines, "line", "lines"))
        }
        Source::Following | Source::Paused => "No line of this log matches; new ones that do appear here.".to_owned(),
        Source::Ended => "No line of this log matches the search.".to_owned(),
        Source::Failed(_) | Source::Unreadable(_) => return false,
    };
    waiting::say(canvas, room, &words, Tone::Dim);
    true
}

fn logs_range(app: &App) -> Option<LogRange> {
    app.detail().logs.as_ref().map(LogPane::range)
}

/// `following · last 15m · 12,031 lines · 3 hits`; why it broke off, where it did.
pub fn foot(app: &App, canvas: &Canvas<'_>) -> Vec<Piece> {
    let Some(logs) = &app.detail().logs else { return Vec::new() };
    let view = &logs.view;
    let mut pieces = log_names::troubles(app, logs, canvas);
    if let Source::Failed(failure) = view.source()
        && !view.store().is_empty()
        && pieces.is_empty()
    {
        let key = app.keymap.key_text("app.refresh");
        let words = format!("broken off: {} ({key} tries again) · ", failure.sentence);
        pieces.push(Piece::tone(canvas.theme, words, Tone::Bad));
    }
    if let Some(failure) = logs.older_failure().filter(|_| pieces.is_empty()) {
        let key = app.keymap.key_text("app.refresh");
        // It needs the room; where that is short, what to do stays.
        let (sentence, words) =
            (format!("{} · ", failure.sentence), format!("older lines cannot be read ({key} tries again)"));
        return [sentence, words].map(|words| Piece::tone(canvas.theme, words, Tone::Bad)).into();
    }
    if logs.is_reading_older() {
        pieces.push(Piece::role(canvas.theme, "reading older lines … ".to_owned(), Role::Accent));
    }
    // Of several logs some may have been looked through already.
    let is_sifting = view.is_sifted() && view.is_reading();
    let mode = match (view.is_following(), view.source()) {
        (_, Source::Unreadable(_)) => "not readable",
        (_, Source::Failed(_)) => "broken off",
        (_, Source::Ended) if matches!(logs.range(), LogRange::Between { until: Some(_), .. }) => "read",
        (_, Source::Ended) => "ended",
        (_, Source::Waiting | Source::Reading) => "reading",
        _ if is_sifting => "reading",
        (true, Source::Following) => "following",
        (false, Source::Following) => "scrolled",
        (_, Source::Paused) => "newer below",
    };
    let range = match logs.range() {
        LogRange::Newest(_) => String::new(),
        LogRange::All => " · from the start".to_owned(),
        LogRange::Between { since, until } => between(&canvas.theme.zone, app.now, since, until),
        LogRange::Last(span) => format!(" · last {}", age(i64::try_from(span.as_secs()).unwrap_or(i64::MAX))),
    };
    let is_reading = is_sifting || matches!(view.source(), Source::Waiting | Source::Reading);
    let mut words = format!("{mode}{range}");
    match (view.is_sifted(), is_reading) {
        (false, _) => words.push_str(&format!(" · {}", counted(view.store().len(), "line", "lines"))),
        (true, true) => {
            words.push_str(&format!(" · {} looked through", counted(view.looked_through(), "line", "lines")));
        }
        (true, false) => {}
    }
    let has_more_above = view.store().has_more_above() && !view.store().is_empty();
    match (has_more_above && !is_reading, view.is_sifted()) {
        (false, _) => {}
        (true, false) => words.push_str(" · older above"),
        (true, true) => {
            let key = app.keymap.key_text("detail.top");
            words.push_str(&format!(" · earlier matches are not kept ({key} reads them)"));
        }
    }
    if let Some(progress) = view.search_progress() {
        match view.hit_number() {
            Some(number) => words.push_str(&format!(" · {}/{} hits", thousands(number), thousands(view.hit_count()))),
            None => words.push_str(&format!(" · {}", counted(view.hit_count(), "hit", "hits"))),
        }
        let done = progress.scanned.saturating_mul(100).checked_div(progress.total).unwrap_or(100);
        if done < 100 {
            words.push_str(&format!(" · searched {done}%"));
        } else if view.passes_hits_by() {
            words.push_str(" · so many that n and N may pass some by");
        } else if view.is_surveying() {
            words.push_str(&format!(" · searching all: {}", counted(view.surveyed_lines(), "line", "lines")));
        } else if let Some(failure) = view.survey_failure() {
            words.push_str(&format!(" · only what is loaded is searched: {}", failure.sentence));
        }
    } else if view.is_surveying() {
        words.push_str(&format!(" · looking for errors: {}", counted(view.surveyed_lines(), "line", "lines")));
    } else if let Some(failure) = view.survey_failure() {
        words.push_str(&format!(" · only what is loaded was looked through: {}", failure.sentence));
    }
    if view.is_marking() {
        words.push_str(&format!(" · {} marked", thousands(view.marked())));
    }
    match view.json() {
        JsonLook::Off => {}
        JsonLook::Formatted => words.push_str(" · JSON formatted"),
        JsonLook::Fields => words.push_str(" · JSON fields"),
    }
    match view.only() {
        None if view.is_sifted() => words.push_str(" · only lines that matched are there still"),
        None => {}
        Some(0) => words.push_str(" · matching lines"),
        Some(around) => words.push_str(&format!(" · matching lines ±{around}")),
    }
    pieces.push(Piece::role(canvas.theme, words, Role::Dim));
    pieces
}
