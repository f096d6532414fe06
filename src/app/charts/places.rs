//! Where each chart stands in the Stats tab: drawing and the mouse use the same places.
//!
//! ```text
//! CPU 3.1% of 8 cores        │ Memory 412 MiB of 512 MiB (80%)
//! min 0.1% avg 2% max 9%     │ min 380 MiB avg 400 MiB max 412 MiB
//!    10%┤      ⡠⠊⠢           │ 512 MiB┤╌╌╌╌╌╌╌╌╌╌╌╌╌
//!      0└────▲─────          │       0└─────────────
//!        -2m      now        │         -2m         now
//! Network  ↓ 1.2 kB/s ↑ 3.4 kB/s
//! ```

use super::measure::Measure;
use super::{Charts, Shown};
use ratatui::layout::Rect;

/// Below this a chart says nothing.
const LEAST_WIDTH: u16 = 28;
const LEAST_HEIGHT: u16 = 7;
/// Charts as large as this are read with ease.
const GOOD_WIDTH: u16 = 40;
const GOOD_HEIGHT: u16 = 9;
/// Columns for the levels at the left of a chart, and for its axis.
pub const LEVELS: u16 = 9;
/// Rows for the axis of time and its labels.
const FOOT: u16 = 2;
/// Columns that an entry of the legend needs: sign, name, value.
const ENTRY: u16 = 24;
/// Rows that the legend takes at most.
const LEGEND_ROWS: u16 = 4;

/// Which measures are drawn, which are told in a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Places {
    pub charts: Vec<ChartPlace>,
    pub told: Vec<(Measure, Rect)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChartPlace {
    pub measure: Measure,
    /// Title and figures; a summary or the legend below them.
    pub head: Rect,
    /// The levels' labels and the axis.
    pub levels: Rect,
    /// The dots.
    pub plot: Rect,
    /// The axis of time.
    pub axis: Rect,
    pub times: Rect,
}

/// Divides the inside of the pane; `lines` is how many lines each chart has a legend for, 0 for none.
pub fn places(room: Rect, charts: &Charts, lines: usize) -> Places {
    let all = Measure::ALL;
    let (columns, rows) = match charts.shown {
        Shown::All => grid(room, all.len()),
        Shown::Chosen => (1, usize::from(room.height > 0)),
    };
    let fit = if columns * rows >= all.len() { all.len() } else { columns.min(2) * usize::from(rows > 0) };
    let count = if charts.shown == Shown::Chosen { rows } else { fit };
    let mut order: Vec<Measure> = all.to_vec();
    // The chosen one is drawn whatever the room.
    if let Some(place) = order.iter().position(|measure| *measure == charts.chosen).filter(|place| *place >= count) {
        let chosen = order.remove(place);
        order.insert(count.saturating_sub(1), chosen);
    }
    let (drawn, told) = order.split_at(count.min(order.len()));
    let told: &[Measure] = if charts.shown == Shown::Chosen { &[] } else { told };
    let told_rows = u16::try_from(told.len()).unwrap_or(u16::MAX).min(room.height);
    let above = Rect { height: room.height - told_rows, ..room };
    let areas = cells(above, drawn.len(), columns);
    let charts = drawn.iter().zip(areas).map(|(measure, area)| chart(*measure, area, lines)).collect();
    let line = |(place, measure): (u16, &Measure)| (*measure, Rect { y: above.bottom() + place, height: 1, ..room });
    Places { charts, told: (0..told_rows).zip(told).map(line).collect() }
}

/// Columns and rows of charts, the largest charts that there is room for all of, else as many as there is room for.
fn grid(room: Rect, count: usize) -> (usize, usize) {
    let fit = |width: u16, height: u16| (usize::from(room.width / width).min(3), usize::from(room.height / height));
    let sizes = [(GOOD_WIDTH, GOOD_HEIGHT), (LEAST_WIDTH, GOOD_HEIGHT), (GOOD_WIDTH, LEAST_HEIGHT)];
    let all =
        sizes.into_iter().map(|(width, height)| fit(width, height)).find(|(columns, rows)| columns * rows >= count);
    match all {
        Some((columns, _)) => (columns, count.div_ceil(columns.max(1))),
        None => fit(LEAST_WIDTH, LEAST_HEIGHT),
    }
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

/// How many entries of a legend for so many lines stand in a row.
pub fn entries(width: u16, lines: usize) -> usize {
    usize::from(width / ENTRY).min(lines).max(lines.div_ceil(usize::from(LEGEND_ROWS))).max(1)
}

fn chart(measure: Measure, area: Rect, lines: usize) -> ChartPlace {
    let legend = u16::try_from(lines.div_ceil(entries(area.width, lines))).unwrap_or(u16::MAX).min(LEGEND_ROWS);
    let head = (1 + legend.max(1)).min(area.height.saturating_sub(FOOT + 1)).max(1.min(area.height));
    let rest = area.height - head;
    let foot = FOOT.min(rest);
    let plot_height = rest - foot;
    let left = LEVELS.min(area.width);
    let right = area.width - left;
    let row = |y: u16, height: u16| Rect { y: area.y + y, height, ..area };
    let shifted = |area: Rect| Rect { x: area.x + left, width: right, ..area };
    ChartPlace {
        measure,
        head: row(0, head),
        levels: Rect { width: left, ..row(head, plot_height) },
        plot: shifted(row(head, plot_height)),
        axis: row(head + plot_height, foot.min(1)),
        times: row(head + plot_height + foot.min(1), foot.saturating_sub(1)),
    }
}
