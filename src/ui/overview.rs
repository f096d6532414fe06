//! The overview of a host: what all containers use together, stacked, and below it those that use most.
//!
//! ```text
//! CPU 34% (4.2% of 8 cores)       │ Memory 1.9 GiB of 31 GiB
//!  40%┤░░░░▒▒▒▒░░░░▒▒▒▒           │  2 GiB┤▒▒▒▒▒▒▒▒▒▒▒▒
//!   0%┤████████████████           │    0 B┤████████████
//!     └────────────────           │       └────────────
//! ▸ █ payments   27%  ██████████░░░   594 MiB   17 kB/s
//!   ▓ api         8%  ███░░░░░░░░░░   151 MiB  104 kB/s
//! ```

use super::chart::{self, Over};
use super::dialog::{hints, large_frame, list};
use super::paint::{Canvas, Piece, row, shift, total};
use crate::app::App;
use crate::app::charts::graph::UNKNOWN;
use crate::app::charts::measure::Measure;
use crate::app::charts::overview::places;
use crate::app::charts::places::ChartPlace;
use crate::app::charts::scene::{SceneMark, marks_at};
use crate::app::charts::stack::{BANDS, Look, Stack, consumers, largest, marks, stack, window};
use crate::app::columns::Tone;
use crate::app::columns::containers::percent;
use crate::app::dialog::overview::Overview;
use crate::app::host::Host;
use crate::app::sampling;
use crate::app::usage::alarm::Degree;
use crate::config::Role;
use crate::domain::text::{clean, truncate, width};
use crate::domain::{Container, ContainerId, Usage};
use ratatui::layout::Rect;
use ratatui::style::Style;

/// What fills the bands: told apart without colour.
const FILLS: [&str; BANDS] = ["█", "▓", "▒", "░", "╳"];
const COLORS: [Role; BANDS] = [Role::Chart1, Role::Chart2, Role::Chart3, Role::Chart4, Role::Info];
const OTHERS: &str = "·";
/// What a dashed axis of time means.
const NOT_ALL: &str = "┄ not all were measured";
/// Columns of a figure, and of the bar beside it.
const FIGURE: u16 = 11;
const BAR: u16 = 20;

pub fn draw(app: &App, overview: &Overview, canvas: &mut Canvas<'_>) {
    let Some(host) = app.hosts.get(&overview.host) else { return };
    let room = large_frame(app, canvas, u16::MAX, &format!("Overview of {}", host.id));
    let places = places(room, overview.by);
    let keys = [
        ("← →", "moment"),
        ("Enter", "stats"),
        ("s", "other order"),
        ("+ -", "stretch of time"),
        ("j k", "move"),
        ("Esc", "close"),
    ];
    hints(canvas, places.foot, &keys);
    let look = overview.look(app, host);
    let marks = window(host, &look).map(|window| marks(host, window)).unwrap_or_default();
    let words = match look.read {
        Some(read) => reading(read, host, &look, &marks, places.charts.first(), canvas),
        None => vec![Piece::role(canvas.theme, words(app, host), if host.is_live() { Role::Dim } else { Role::Warn })],
    };
    canvas.pieces(places.words, &words);
    let largest = largest(host, overview.by, &look);
    let mut is_whole = true;
    for place in &places.charts {
        match stack(host, place.measure, &look, &largest, place.plot.width) {
            Some(stack) => {
                is_whole &= stack.complete.iter().all(|complete| *complete);
                draw_stack(&stack, host, (&look, &marks), place.measure == overview.by, place, canvas);
            }
            None => {
                canvas.text(place.head, "The first figures come in a moment.", canvas.style(Role::Dim));
            }
        }
    }
    if !is_whole && total(&words) + width(NOT_ALL) + 2 < usize::from(places.words.width) {
        canvas.pieces_right(places.words, &[Piece::role(canvas.theme, NOT_ALL, Role::Dim)]);
    }
    draw_table(app, overview, host, (&look, &largest), places.table, canvas);
}

/// When the moment is that is read, and what happened then.
fn reading(
    read: i64,
    host: &Host,
    look: &Look,
    marks: &[SceneMark],
    chart: Option<&ChartPlace>,
    canvas: &Canvas<'_>,
) -> Vec<Piece> {
    let edge = host.usage.newest().unwrap_or(read);
    let columns = chart.map_or(1, |chart| chart.plot.width);
    let shown = window(host, look);
    let then = shown.into_iter().flat_map(|window| marks_at(marks, window, read, columns));
    chart::reading(read, edge, then, canvas)
}

/// How many are measured, and how often: more would cost the engine more than it should.
fn words(app: &App, host: &Host) -> String {
    let known = host.usage.all_latest().count();
    let up = host.tally.up;
    if !host.is_live() {
        return "The engine is not there: these are the last figures.".to_owned();
    }
    let every = sampling::cycle(app, host).as_secs();
    let so_far = if known < up { format!(" · {known} of them so far") } else { String::new() };
    let count = if up == 1 { "1 container runs".to_owned() } else { format!("{up} containers run") };
    format!("{count}, each is measured every {every} s{so_far}")
}

fn look(place: usize, canvas: &Canvas<'_>) -> (&'static str, Style) {
    match (FILLS.get(place), COLORS.get(place)) {
        (Some(fill), Some(color)) => (fill, canvas.style(*color)),
        _ => (OTHERS, canvas.style(Role::Dim)),
    }
}

fn draw_stack(
    stack: &Stack,
    host: &Host,
    (look_at, marks): (&Look, &[SceneMark]),
    is_order: bool,
    place: &ChartPlace,
    canvas: &mut Canvas<'_>,
) {
    let theme = canvas.theme;
    let title = Piece::role(theme, format!("{} ", stack.measure.title()), Role::Title);
    canvas.pieces(
        place.head,
        &[
            Piece::role(theme, if is_order { "▸" } else { " " }, Role::Accent),
            title,
            Piece::new(figures(stack, host), theme.text()),
        ],
    );
    chart::draw_levels(stack.measure.unit(), stack.ceiling, place.levels, canvas);
    draw_bands(stack, place.plot, canvas);
    let line: String = stack.complete.iter().map(|complete| if *complete { '─' } else { '┄' }).collect();
    canvas.text(place.axis, &format!("└{line}"), canvas.style(Role::Dim));
    chart::marks(marks, stack.window, shift(place.axis, 1), canvas);
    let edge = host.usage.newest().unwrap_or(stack.window.to);
    chart::labels(stack.window, edge, host.is_live(), place.times, canvas);
    if let Some(read) = look_at.read {
        chart::cursor(read, stack.window, place.plot, place.times, Over::All, canvas);
    }
}

fn draw_bands(stack: &Stack, plot: Rect, canvas: &mut Canvas<'_>) {
    let rows = f64::from(plot.height.max(1));
    for column in 0..plot.width {
        let (mut sum, mut filled) = (0.0, 0_u16);
        for (place, band) in stack.bands.iter().enumerate() {
            sum += band.get(usize::from(column)).copied().unwrap_or(0.0);
            // A column of cells is as high as its share of the top, to the nearest row.
            let upper = ((sum / stack.ceiling).clamp(0.0, 1.0) * rows).round() as u16;
            let (fill, style) = look(if place + 1 == stack.bands.len() { usize::MAX } else { place }, canvas);
            for line in filled..upper {
                let y = usize::from(plot.height.saturating_sub(line + 1));
                canvas.text(shift(row(plot, y), column), fill, style);
            }
            filled = filled.max(upper);
        }
    }
}

fn figures(stack: &Stack, host: &Host) -> String {
    let Some(current) = stack.current else { return UNKNOWN.to_owned() };
    let words = stack.measure.unit().words(current);
    let cpus = host.facts.as_ref().and_then(|facts| facts.machine.as_ref()).map_or(0, |machine| machine.cpus);
    match (stack.measure, stack.whole) {
        (Measure::Cpu, Some(whole)) => format!("{words} ({} of {cpus} cores)", percent(current * 100.0 / whole)),
        (_, Some(whole)) => {
            format!("{words} of {} ({})", stack.measure.unit().words(whole), percent(current * 100.0 / whole))
        }
        (_, None) => words,
    }
}

fn draw_table(
    app: &App,
    overview: &Overview,
    host: &Host,
    (look_at, largest): (&Look, &[ContainerId]),
    area: Rect,
    canvas: &mut Canvas<'_>,
) {
    let rows = consumers(host, overview.by, look_at);
    if rows.is_empty() {
        canvas.text(area, "No container runs, so nothing is used.", canvas.style(Role::Dim));
        return;
    }
    let most = rows.first().and_then(|(_, usage)| *usage).map_or(0.0, |usage| overview.by.whole(usage));
    titles(overview, row(area, 0), canvas);
    let containers: Vec<&Container> = rows.iter().map(|(row, _)| *row).collect();
    let cursor = overview.cursor(&containers);
    let area = Rect { y: area.y + 1.min(area.height), height: area.height.saturating_sub(1), ..area };
    list(canvas, area, rows.len(), cursor, |canvas, area, index| {
        let Some((container, usage)) = rows.get(index) else { return };
        let place = largest.iter().position(|id| *id == container.id);
        let (fill, style) = look(place.unwrap_or(usize::MAX), canvas);
        let name = name_width(area);
        canvas.text(area, fill, style);
        let text = truncate(&clean(&container.name), usize::from(name)).into_owned();
        canvas.text(Rect { width: name, ..shift(area, 2) }, &text, canvas.theme.text());
        figures_of(app, overview, *usage, most, shift(area, name + 3), canvas);
    });
}

/// What is left for the name beside the figures and the bar.
fn name_width(area: Rect) -> u16 {
    let figures = 3 * FIGURE;
    let bar = if area.width > figures + BAR + 20 { BAR } else { 0 };
    area.width.saturating_sub(figures + bar + 5).min(40)
}

fn titles(overview: &Overview, area: Rect, canvas: &mut Canvas<'_>) {
    let area = shift(area, 2);
    let name = name_width(area);
    canvas.text(shift(area, 2), "NAME", canvas.style(Role::Dim));
    let mut rest = shift(area, name + 3);
    for (measure, title) in [(Measure::Cpu, "CPU"), (Measure::Memory, "MEM"), (Measure::Network, "NET ↓↑")] {
        let role = if measure == overview.by { Role::Accent } else { Role::Dim };
        right(title, Rect { width: FIGURE.min(rest.width), ..rest }, canvas.style(role), canvas);
        rest = shift(rest, FIGURE);
    }
}

fn right(text: &str, area: Rect, style: Style, canvas: &mut Canvas<'_>) {
    let blank = area.width.saturating_sub(u16::try_from(width(text)).unwrap_or(0));
    canvas.text(shift(area, blank), text, style);
}

fn figures_of(app: &App, overview: &Overview, usage: Option<&Usage>, most: f64, area: Rect, canvas: &mut Canvas<'_>) {
    let mut rest = area;
    for measure in [Measure::Cpu, Measure::Memory, Measure::Network] {
        let place = Rect { width: FIGURE.min(rest.width), ..rest };
        match usage {
            Some(usage) => {
                let degree = Degree::of(&app.settings.stats.thresholds, measure, usage);
                let words = measure.unit().words(measure.whole(usage));
                right(&words, place, canvas.theme.tone(degree.tone()), canvas);
            }
            None => right("–", place, canvas.theme.tone(Tone::Dim), canvas),
        }
        rest = shift(rest, FIGURE);
    }
    let Some(usage) = usage.filter(|_| rest.width > BAR && most > 0.0) else { return };
    let filled = (overview.by.whole(usage) / most * f64::from(BAR)).clamp(0.0, f64::from(BAR)).round() as usize;
    canvas.text(shift(rest, 1), &"━".repeat(filled), canvas.style(Role::Chart1));
}
