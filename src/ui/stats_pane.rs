//! What a container uses over time: as many charts as there is room for, the rest as lines of figures.
//!
//! ```text
//! CPU 3.1% of 8 cores        │ Memory 412M of 512M (80%)
//! min 0.1% avg 2% max 9%     │ min 380M avg 400M max 412M
//! 9%┤      ⡠⠊⠢               │ 512M┤╌╌╌╌╌╌╌╌╌╌╌╌╌
//!   └──────────              │     └─────────────
//!   -2m      now             │     -2m         now
//! Network  ↓ 1.2k/s ↑ 3.4k/s
//! ```

use super::paint::{Canvas, Piece, row};
use super::waiting;
use crate::app::App;
use crate::app::columns::Tone;
use crate::app::detail::metrics::{Metric, metrics};
use crate::config::Role;
use crate::domain::text::age;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::symbols::Marker;
use ratatui::text::Span;
use ratatui::widgets::{Axis, Chart, Dataset, GraphType, Widget};

/// Below this a chart says nothing.
const LEAST_WIDTH: u16 = 28;
const LEAST_HEIGHT: u16 = 6;
/// Charts as wide as this are read with ease.
const GOOD_WIDTH: u16 = 40;
/// A history shorter than this many seconds does not fill the whole width.
const LEAST_SPAN: f64 = 60.0;

pub fn draw(app: &App, room: Rect, canvas: &mut Canvas<'_>) {
    let host = app.host();
    if !host.detail.is_up() {
        return waiting::say(canvas, room, "It does not run, so it uses nothing.", Tone::Dim);
    }
    let history = host.selected_container().and_then(|row| host.usage.history(&row.id));
    let Some(metrics) = history.and_then(metrics) else {
        return waiting::say(canvas, room, "Two samples make a rate: the first figures come in a moment.", Tone::Dim);
    };
    let (columns, rows) = grid(room, metrics.len());
    let charts = if columns * rows >= metrics.len() { metrics.len() } else { columns.min(2) * usize::from(rows > 0) };
    let (drawn, told) = metrics.split_at(charts.min(metrics.len()));
    let told_rows = u16::try_from(told.len()).unwrap_or(u16::MAX).min(room.height);
    let charts_area = Rect { height: room.height - told_rows, ..room };
    for (metric, area) in drawn.iter().zip(cells(charts_area, drawn.len(), columns)) {
        chart(metric, area, canvas);
    }
    let told_area = Rect { y: room.bottom() - told_rows, height: told_rows, ..room };
    for (index, metric) in told.iter().enumerate() {
        let area = row(told_area, index);
        let used = heading(metric, area, canvas);
        let rest = super::paint::shift(area, used + 2);
        canvas.text(rest, &metric.summary, canvas.style(Role::Dim));
    }
}

/// Columns and rows of charts; neither is 0 unless there is room for no chart at all.
fn grid(room: Rect, count: usize) -> (usize, usize) {
    let rows = usize::from(room.height / LEAST_HEIGHT);
    let good = usize::from(room.width / GOOD_WIDTH).min(3);
    let most = usize::from(room.width / LEAST_WIDTH).min(3);
    if good * rows >= count { (good, count.div_ceil(good.max(1))) } else { (most, rows) }
}

/// Divides the area among so many charts.
fn cells(area: Rect, count: usize, columns: usize) -> impl Iterator<Item = Rect> {
    let columns = columns.clamp(1, count.max(1));
    let rows = count.div_ceil(columns).max(1);
    (0..count).map(move |index| {
        let share = |whole: u16, part: usize, parts: usize| {
            u16::try_from(usize::from(whole) * part / parts).unwrap_or(u16::MAX)
        };
        let (left, right) =
            (share(area.width, index % columns, columns), share(area.width, index % columns + 1, columns));
        let (top, bottom) = (share(area.height, index / columns, rows), share(area.height, index / columns + 1, rows));
        Rect { x: area.x + left, y: area.y + top, width: (right - left).saturating_sub(1), height: bottom - top }
    })
}

/// Title and newest figures; gives the columns used.
fn heading(metric: &Metric, area: Rect, canvas: &mut Canvas<'_>) -> u16 {
    let theme = canvas.theme;
    let title = Piece::role(theme, format!(" {} ", metric.title), Role::Title);
    canvas.pieces(area, &[title, Piece::new(metric.current.clone(), theme.text())])
}

fn chart(metric: &Metric, area: Rect, canvas: &mut Canvas<'_>) {
    heading(metric, row(area, 0), canvas);
    let dim = canvas.style(Role::Dim);
    canvas.text(row(area, 1), &format!(" {}", metric.summary), dim);
    let head = 2.min(area.height);
    let area = Rect { y: area.y + head, height: area.height - head, ..area }.intersection(canvas.buffer.area);
    if area.height < 3 || area.width < LEAST_WIDTH / 2 {
        return;
    }
    let oldest = metric.lines.iter().filter_map(|line| line.points.first()).map(|(at, _)| *at).fold(0.0, f64::min);
    let span = LEAST_SPAN.max(-oldest);
    let limit: Vec<(f64, f64)> = match metric.limit {
        Some(limit) => dashes(span, limit, area.width),
        None => Vec::new(),
    };
    let limit_style = canvas.theme.tone(Tone::Bad);
    let mut sets: Vec<Dataset<'_>> =
        vec![Dataset::default().marker(Marker::Braille).graph_type(GraphType::Scatter).style(limit_style).data(&limit)];
    for (index, line) in metric.lines.iter().enumerate() {
        // The second line is dotted: the two are told apart without colours too.
        let (marker, style) = line_look(canvas, index);
        sets.push(Dataset::default().marker(marker).graph_type(GraphType::Line).style(style).data(&line.points));
    }
    let labels = |texts: Vec<String>| texts.into_iter().map(|text| Span::styled(text, dim)).collect::<Vec<_>>();
    let first = format!("-{}", age(span as i64));
    let time = Axis::default().style(dim).bounds([-span, 0.0]).labels(labels(vec![first, "now".to_owned()]));
    let top = metric.limit.unwrap_or(metric.ceiling);
    let level = Axis::default()
        .style(dim)
        .bounds([0.0, metric.ceiling])
        .labels(labels(vec!["0".to_owned(), (metric.level)(top)]));
    Chart::new(sets)
        .x_axis(time)
        .y_axis(level)
        .style(canvas.theme.text())
        .legend_position(None)
        .render(area, canvas.buffer);
}

fn line_look(canvas: &Canvas<'_>, index: usize) -> (Marker, Style) {
    if index == 0 { (Marker::Braille, canvas.style(Role::Chart1)) } else { (Marker::Dot, canvas.style(Role::Chart2)) }
}

/// A dashed level line over the whole width.
fn dashes(span: f64, level: f64, width: u16) -> Vec<(f64, f64)> {
    let steps = u32::from(width.max(1)) * 2;
    let step = span / f64::from(steps);
    (0..=steps).filter(|index| index % 4 < 2).map(|index| (-span + f64::from(index) * step, level)).collect()
}
