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

use super::chart;
use super::dialog::{hints, large_frame, list, split_foot};
use super::paint::{Canvas, Piece, row, shift};
use crate::app::App;
use crate::app::charts::measure::Measure;
use crate::app::charts::stack::{BANDS, Stack, consumers, largest, stack};
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
/// From this width on two charts stand side by side.
const TWO: u16 = 76;
/// Columns of a figure, and of the bar beside it.
const FIGURE: u16 = 11;
const BAR: u16 = 20;

pub fn draw(app: &App, overview: &Overview, canvas: &mut Canvas<'_>) {
    let Some(host) = app.hosts.get(&overview.host) else { return };
    let room = large_frame(app, canvas, u16::MAX, &format!("Overview of {}", host.id));
    let (body, foot) = split_foot(room);
    hints(
        canvas,
        foot,
        &[("Enter", "stats"), ("s", "other order"), ("+ -", "stretch of time"), ("j k", "move"), ("Esc", "close")],
    );
    let words = words(app, host);
    canvas.text(row(body, 0), &words, canvas.style(if host.is_live() { Role::Dim } else { Role::Warn }));
    let body = Rect { y: body.y + 1.min(body.height), height: body.height.saturating_sub(1), ..body };
    let largest = largest(host, overview.by, overview.zoom);
    let height = (body.height / 2).min(16);
    let charts = Rect { height, ..body };
    let hold = sampling::cycle(app, host) * 2;
    let measures: Vec<Measure> = match overview.by {
        Measure::Memory if body.width < TWO => vec![Measure::Memory],
        Measure::Cpu if body.width < TWO => vec![Measure::Cpu],
        Measure::Network if body.width < TWO => vec![Measure::Network],
        Measure::Network => vec![Measure::Network, Measure::Cpu],
        Measure::Cpu | Measure::Memory | Measure::Block | Measure::Processes => vec![Measure::Cpu, Measure::Memory],
    };
    let count = u16::try_from(measures.len()).unwrap_or(1);
    if height > 4 {
        for (place, measure) in (0..count).zip(measures) {
            let left = charts.width * place / count;
            let area =
                Rect { width: (charts.width * (place + 1) / count - left).saturating_sub(1), ..shift(charts, left) };
            let columns = area.width.saturating_sub(chart::LEVELS);
            match stack(host, measure, overview.zoom, &largest, columns, hold) {
                Some(stack) => draw_stack(&stack, host, measure == overview.by, area, canvas),
                None => {
                    canvas.text(area, "The first figures come in a moment.", canvas.style(Role::Dim));
                }
            }
        }
    }
    let table = if height > 4 { height } else { 0 };
    let table = Rect { y: body.y + table, height: body.height - table, ..body };
    draw_table(app, overview, host, &largest, table, canvas);
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

fn draw_stack(stack: &Stack, host: &Host, is_order: bool, area: Rect, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    let title = Piece::role(theme, format!("{} ", stack.measure.title()), Role::Title);
    canvas.pieces(
        row(area, 0),
        &[
            Piece::role(theme, if is_order { "▸" } else { " " }, Role::Accent),
            title,
            Piece::new(figures(stack, host), theme.text()),
        ],
    );
    let height = area.height.saturating_sub(3);
    let levels = Rect { y: area.y + 1, height, width: chart::LEVELS.min(area.width), ..area };
    chart::draw_levels(stack.measure.unit(), stack.ceiling, levels, canvas);
    let plot = Rect { y: levels.y, height, ..shift(area, chart::LEVELS) };
    let rows = f64::from(height.max(1));
    for column in 0..plot.width {
        let (mut sum, mut filled) = (0.0, 0_u16);
        for (place, band) in stack.bands.iter().enumerate() {
            sum += band.get(usize::from(column)).copied().unwrap_or(0.0);
            // A column of cells is as high as its share of the top, to the nearest row.
            let upper = ((sum / stack.ceiling).clamp(0.0, 1.0) * rows).round() as u16;
            let (fill, style) = look(if place + 1 == stack.bands.len() { usize::MAX } else { place }, canvas);
            for line in filled..upper {
                let y = usize::from(height.saturating_sub(line + 1));
                canvas.text(shift(row(plot, y), column), fill, style);
            }
            filled = filled.max(upper);
        }
    }
    let dim = canvas.style(Role::Dim);
    let axis = Rect { y: plot.bottom(), height: 1.min(area.height), ..shift(area, chart::LEVELS - 1) };
    let line: String = stack.complete.iter().map(|complete| if *complete { '─' } else { '┄' }).collect();
    canvas.text(axis, &format!("└{line}"), dim);
    let times = Rect { y: axis.y + 1, width: plot.width, x: plot.x, height: 1 };
    canvas.text(times, &chart::ago(stack.window.to, stack.window.from), dim);
    let now = if host.is_live() { "now".to_owned() } else { chart::clock(stack.window.to, canvas) };
    canvas.pieces_right(times, &[Piece::new(now, dim)]);
    if stack.complete.iter().any(|complete| !complete) && times.width > 40 {
        let words = "┄ not all were measured";
        canvas.text(shift(times, (times.width - 23) / 2), words, dim);
    }
}

fn figures(stack: &Stack, host: &Host) -> String {
    let now = stack.measure.unit().words(stack.now);
    let cpus = host.facts.as_ref().and_then(|facts| facts.machine.as_ref()).map_or(0, |machine| machine.cpus);
    match (stack.measure, stack.whole) {
        (Measure::Cpu, Some(whole)) => format!("{now} ({} of {cpus} cores)", percent(stack.now * 100.0 / whole)),
        (_, Some(whole)) => {
            format!("{now} of {} ({})", stack.measure.unit().words(whole), percent(stack.now * 100.0 / whole))
        }
        (_, None) => now,
    }
}

fn draw_table(
    app: &App,
    overview: &Overview,
    host: &Host,
    largest: &[ContainerId],
    area: Rect,
    canvas: &mut Canvas<'_>,
) {
    let rows = consumers(host, overview.by);
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
