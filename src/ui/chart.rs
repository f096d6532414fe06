//! One chart: title and figures, levels at the left, the lines, and below them the axis of time with what happened.

mod plot;

use super::paint::{Canvas, Piece, row, shift};
use crate::app::charts::graph::{Dot, Graph, Line};
pub use crate::app::charts::places::LEVELS;
use crate::app::charts::places::{ChartPlace, entries};
use crate::app::charts::scene::{Scene, SceneMark};
use crate::app::charts::unit::Unit;
use crate::app::charts::window::Window;
use crate::app::columns::Tone;
use crate::app::usage::Happening;
use crate::config::Role;
use crate::domain::text::{age, clean, truncate, width};
use jiff::Timestamp;
use plot::{DOWN, Plot};
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The lines' colours, in turn.
const COLORS: [Role; 4] = [Role::Chart1, Role::Chart2, Role::Chart3, Role::Chart4];
/// Columns of a time of day, the longest label of the axis of time.
const CLOCK: u16 = 8;
/// Columns from one sign of a line to the next one.
const SPACED: u16 = 15;
/// Each line's signs stand this many columns beside those of the line before.
const STAGGERED: u16 = 2;

pub fn draw(scene: &Scene, graph: &Graph, place: &ChartPlace, is_chosen: bool, canvas: &mut Canvas<'_>) {
    head(graph, place.head, is_chosen, canvas);
    if place.plot.is_empty() {
        return;
    }
    draw_levels(graph.measure.unit(), graph.ceiling, place.levels, canvas);
    limits(graph, place.plot, canvas);
    lines(scene.window, graph, place.plot, canvas);
    time(scene, place, canvas);
    if let Some(read) = scene.read {
        cursor(read, scene.window, place.plot, place.times, Over::Blank, canvas);
    }
}

/// Title and figures of the moment that is read; gives the columns used.
pub fn heading(graph: &Graph, area: Rect, is_chosen: bool, canvas: &mut Canvas<'_>) -> u16 {
    let theme = canvas.theme;
    let sign = Piece::role(theme, if is_chosen { "▸" } else { " " }, Role::Accent);
    let title = Piece::role(theme, format!("{} ", graph.measure.title()), Role::Title);
    canvas.pieces(area, &[sign, title, Piece::tone(theme, graph.current.clone(), graph.degree.tone())])
}

fn head(graph: &Graph, area: Rect, is_chosen: bool, canvas: &mut Canvas<'_>) {
    heading(graph, row(area, 0), is_chosen, canvas);
    let rest = Rect { y: area.y + 1.min(area.height), height: area.height.saturating_sub(1), ..area };
    if graph.summary.is_empty() {
        legend(&graph.lines, rest, canvas);
    } else {
        canvas.text(shift(row(rest, 0), 1), &graph.summary, canvas.style(Role::Dim));
    }
}

/// `● web 3.1%  ◆ db 12%`
fn legend(lines: &[Line], area: Rect, canvas: &mut Canvas<'_>) {
    let per_row = entries(area.width, lines.len());
    let columns = area.width.saturating_sub(1) / u16::try_from(per_row).unwrap_or(1);
    for (index, line) in lines.iter().enumerate() {
        let place = shift(row(area, index / per_row), columns * u16::try_from(index % per_row).unwrap_or(0) + 1);
        let place = Rect { width: place.width.min(columns), ..place };
        let room = usize::from(columns).saturating_sub(width(&line.value) + 5);
        let name = truncate(&clean(&line.name), room).into_owned();
        let look = look(index, canvas);
        let value = Piece::new(line.value.clone(), canvas.theme.text());
        canvas
            .pieces(place, &[Piece::new(format!("{} ", line.sign), look), Piece::new(format!("{name} "), look), value]);
    }
}

fn look(index: usize, canvas: &Canvas<'_>) -> Style {
    canvas.style(COLORS.get(index % COLORS.len()).copied().unwrap_or(Role::Chart1))
}

/// The top, the middle and 0, with their unit, and the axis.
pub fn draw_levels(unit: Unit, ceiling: f64, area: Rect, canvas: &mut Canvas<'_>) {
    if area.is_empty() {
        return;
    }
    let dim = canvas.style(Role::Dim);
    let last = area.height.saturating_sub(1);
    let mut put = |line: u16, value: f64| {
        let words = unit.words(value);
        let room = usize::from(LEVELS - 1);
        let text = format!("{words:>room$}┤");
        canvas.text(row(area, usize::from(line)), &text, dim);
    };
    put(0, ceiling);
    if last > 0 {
        put(last, 0.0);
    }
    if last >= 4 && last.is_multiple_of(2) {
        put(last / 2, ceiling / 2.0);
    }
    for line in 0..area.height {
        let axis = shift(row(area, usize::from(line)), LEVELS - 1);
        let is_blank = canvas.buffer.cell((axis.x, axis.y)).is_some_and(|cell| cell.symbol() == " ");
        if is_blank {
            canvas.text(axis, "│", dim);
        }
    }
}

/// A dashed line over the whole width for each level, with its word.
fn limits(graph: &Graph, plot: Rect, canvas: &mut Canvas<'_>) {
    for level in &graph.levels {
        let line = height_of(level.value, graph.ceiling, plot.height * DOWN) / DOWN;
        let style = canvas.theme.tone(level.tone);
        let area = row(plot, usize::from(line));
        canvas.text(area, &"╌".repeat(usize::from(plot.width)), style);
        canvas.text(shift(area, 1), &format!(" {} ", level.words), style);
    }
}

/// Which row of dots a value is drawn in, counted from the top.
fn height_of(value: f64, ceiling: f64, rows: u16) -> u16 {
    let last = f64::from(rows.saturating_sub(1));
    let up = (value / ceiling).clamp(0.0, 1.0) * last;
    // The share of the highest row is at most the highest row.
    (last - up).round() as u16
}

fn lines(window: Window, graph: &Graph, area: Rect, canvas: &mut Canvas<'_>) {
    let mut plot = Plot::new(area);
    let (columns, rows) = plot.size();
    let spot = |dot: &Dot| {
        let at = dot.at.clamp(window.from, window.to);
        Some((window.column(at, columns)?, height_of(dot.value, graph.ceiling, rows)))
    };
    // The first line is drawn last: it stays whole where others cross it.
    for (index, line) in graph.lines.iter().enumerate().rev() {
        let mut before: Option<&Dot> = None;
        for dot in &line.dots {
            let joined = before.filter(|before| dot.since <= before.at);
            let is_in = dot.at >= window.from && dot.at <= window.to;
            match (joined.and_then(spot), spot(dot)) {
                (Some(from), Some(to)) if dot.at >= window.from => plot.line(from, to, index),
                (None, Some(to)) if is_in => plot.line(to, to, index),
                _ => {}
            }
            before = Some(dot);
        }
    }
    let looks: Vec<Style> = (0..graph.lines.len()).map(|index| look(index, canvas)).collect();
    let (warn, bad) = (canvas.theme.tone(Tone::Warn), canvas.theme.tone(Tone::Bad));
    plot.paint(canvas, |owner, row| {
        // The lowest value that is drawn in this row of cells.
        let value = graph.ceiling * (1.0 - f64::from(row + 1) / f64::from(area.height.max(1)));
        match graph.threshold {
            Some((_, high)) if value >= high => bad,
            Some((from, _)) if value >= from => warn,
            _ => looks.get(owner).copied().unwrap_or_default(),
        }
    });
    if graph.lines.len() > 1 {
        signs(window, graph, area, canvas);
    }
}

/// Puts each line's sign on it, here and there.
fn signs(window: Window, graph: &Graph, area: Rect, canvas: &mut Canvas<'_>) {
    for (index, line) in graph.lines.iter().enumerate() {
        let mut spots: Vec<(u16, u16)> = Vec::new();
        let beside = u16::try_from(index).unwrap_or(0) * STAGGERED;
        let mut next = area.width.saturating_sub(1 + beside % SPACED);
        for dot in line.dots.iter().rev() {
            let Some(column) = window.column(dot.at, area.width) else { continue };
            let height = height_of(dot.value, graph.ceiling, area.height * DOWN) / DOWN;
            if column <= next {
                spots.push((column, height));
                let Some(before) = column.checked_sub(SPACED) else { break };
                next = before;
            }
        }
        for (column, height) in spots {
            canvas.text(shift(row(area, usize::from(height)), column), &line.sign, look(index, canvas));
        }
    }
}

/// The axis of time with the marks of what happened, and its labels.
fn time(scene: &Scene, place: &ChartPlace, canvas: &mut Canvas<'_>) {
    let dim = canvas.style(Role::Dim);
    let plot = place.plot;
    let axis = shift(place.axis, LEVELS - 1);
    canvas.text(axis, &format!("└{}", "─".repeat(usize::from(plot.width))), dim);
    marks(&scene.marks, scene.window, shift(axis, 1), canvas);
    let times = Rect { x: plot.x, width: plot.width, ..place.times };
    labels(scene.window, scene.edge, scene.is_live, times, canvas);
}

/// The signs of what happened, on the axis of time; of several in one column the weightiest.
pub fn marks(marks: &[SceneMark], window: Window, axis: Rect, canvas: &mut Canvas<'_>) {
    let mut columns: Vec<Option<Happening>> = vec![None; usize::from(axis.width)];
    for SceneMark { mark, .. } in marks {
        let column = window.column(mark.at, axis.width).and_then(|column| columns.get_mut(usize::from(column)));
        if let Some(column) = column.filter(|known| known.is_none_or(|known| known.weight() <= mark.what.weight())) {
            *column = Some(mark.what);
        }
    }
    for (column, what) in (0..axis.width).zip(columns) {
        if let Some(what) = what {
            canvas.text(shift(axis, column), what.sign(), canvas.theme.tone(what.tone()));
        }
    }
}

/// How long ago the left end and the middle are, and what the right end is.
pub fn labels(window: Window, edge: i64, is_live: bool, times: Rect, canvas: &mut Canvas<'_>) {
    let dim = canvas.style(Role::Dim);
    let right = if window.to < edge {
        ago(edge, window.to)
    } else if is_live {
        "now".to_owned()
    } else {
        clock(edge, canvas)
    };
    canvas.text(times, &ago(edge, window.from), dim);
    let middle = ago(edge, window.from + window.span() / 2);
    if times.width >= 36 {
        let half = (times.width / 2).saturating_sub(u16::try_from(width(&middle) / 2).unwrap_or(0));
        canvas.text(shift(times, half), &middle, dim);
    }
    canvas.pieces_right(times, &[Piece::new(right, dim)]);
}

/// What the line of the cursor is drawn over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// Where nothing stands: lines of dots stay whole.
    Blank,
    /// All that there is.
    All,
}

/// A line through the chart at the moment that is read, with its time below.
pub fn cursor(read: i64, window: Window, plot: Rect, times: Rect, over: Over, canvas: &mut Canvas<'_>) {
    let Some(column) = window.column(read, plot.width) else { return };
    let accent = canvas.style(Role::Accent);
    for line in 0..plot.height {
        let area = shift(row(plot, usize::from(line)), column);
        let is_blank = canvas.buffer.cell((area.x, area.y)).is_some_and(|cell| matches!(cell.symbol(), " " | "╌"));
        if is_blank || over == Over::All {
            canvas.text(area, "│", accent);
        }
    }
    let text = format!(" {} ", clock(read, canvas));
    let columns = u16::try_from(width(&text)).unwrap_or(0);
    let left = column.saturating_sub(columns / 2).min(plot.width.saturating_sub(columns));
    let times = Rect { x: plot.x, width: plot.width, ..times };
    let rest = plot.width.saturating_sub(left + columns);
    // Half a label is none: the one at the right goes where this one reaches into it.
    let blanks = if rest < CLOCK { usize::from(rest) } else { 0 };
    canvas.text(shift(times, left), &format!("{text}{}", " ".repeat(blanks)), accent);
}

/// `-2m`
pub fn ago(edge: i64, at: i64) -> String {
    format!("-{}", age((edge - at) / 1_000_000_000))
}

/// The time of day where the user is.
pub fn clock(at: i64, canvas: &Canvas<'_>) -> String {
    let Ok(stamp) = Timestamp::from_nanosecond(i128::from(at)) else { return String::new() };
    stamp.to_zoned(canvas.theme.zone.clone()).strftime("%H:%M:%S").to_string()
}

/// What is to be read at the cursor besides the figures: when that is, and what happened then.
pub fn reading<'a>(
    read: i64,
    edge: i64,
    marks: impl Iterator<Item = &'a SceneMark>,
    canvas: &Canvas<'_>,
) -> Vec<Piece> {
    let theme = canvas.theme;
    let mut pieces = vec![Piece::role(theme, format!("{} · {}", clock(read, canvas), ago(edge, read)), Role::Accent)];
    for mark in marks {
        let what = mark.mark.what;
        let name = if mark.name.is_empty() { String::new() } else { format!("{} ", mark.name) };
        pieces.push(Piece::role(theme, " · ", Role::Dim));
        pieces.push(Piece::new(format!("{name}{} {}", what.sign(), what.words()), theme.tone(what.tone())));
    }
    pieces
}

/// What is told of a graph that has no room for its chart.
pub fn told(graph: &Graph, area: Rect, is_chosen: bool, canvas: &mut Canvas<'_>) {
    let used = heading(graph, area, is_chosen, canvas);
    canvas.text(shift(area, used + 2), &graph.summary, canvas.theme.tone(Tone::Dim));
}
