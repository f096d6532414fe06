//! Where the overview of a host has its charts and its table: drawing, keys and the mouse use the same places.

use super::measure::Measure;
use super::places::{ChartPlace, LEVELS};
use crate::app::layout::inside;
use ratatui::layout::{Position, Rect};

/// From this width on two charts stand side by side.
const TWO: u16 = 76;
/// A chart is no higher than this, and none is drawn below the other.
const HIGHEST: u16 = 16;
const LOWEST: u16 = 5;

/// The parts of the overview, from the top to the bottom.
#[derive(Clone, Debug, PartialEq)]
pub struct Places {
    /// What is measured, or the moment that is read.
    pub words: Rect,
    pub charts: Vec<ChartPlace>,
    pub table: Rect,
    /// The line that says the keys.
    pub foot: Rect,
}

/// The inside of the overview's frame, which leaves the first and the last line of a screen in sight.
pub fn room(screen: Rect) -> Rect {
    let height = if screen.height >= 10 { screen.height - 2 } else { screen.height };
    let room = inside(Rect { y: screen.y + (screen.height - height) / 2, height, ..screen });
    Rect { x: room.x + 1.min(room.width), width: room.width.saturating_sub(2), ..room }
}

/// Divides the inside of the frame.
pub fn places(room: Rect, by: Measure) -> Places {
    let body = Rect { height: room.height.saturating_sub(1), ..room };
    let foot = Rect { y: body.bottom(), height: room.height - body.height, ..room };
    let words = Rect { height: 1.min(body.height), ..body };
    let rest = Rect { y: words.bottom(), height: body.height - words.height, ..body };
    let height = (rest.height / 2).min(HIGHEST);
    let height = if height < LOWEST { 0 } else { height };
    let measures: &[Measure] = match by {
        _ if height == 0 => &[],
        Measure::Network if rest.width < TWO => &[Measure::Network],
        Measure::Memory if rest.width < TWO => &[Measure::Memory],
        _ if rest.width < TWO => &[Measure::Cpu],
        Measure::Network => &[Measure::Network, Measure::Cpu],
        Measure::Cpu | Measure::Memory | Measure::Block | Measure::Processes => &[Measure::Cpu, Measure::Memory],
    };
    let count = u16::try_from(measures.len()).unwrap_or(1).max(1);
    let one = |(place, measure): (u16, &Measure)| {
        let (left, right) = (share(rest.width, place, count), share(rest.width, place + 1, count));
        let area = Rect { x: rest.x + left, width: (right - left).saturating_sub(1), height, ..rest };
        chart(*measure, area)
    };
    let charts = (0..count).zip(measures).map(one).collect();
    Places { words, charts, table: Rect { y: rest.y + height, height: rest.height - height, ..rest }, foot }
}

fn share(width: u16, place: u16, count: u16) -> u16 {
    u16::try_from(u32::from(width) * u32::from(place) / u32::from(count)).unwrap_or(width)
}

fn chart(measure: Measure, area: Rect) -> ChartPlace {
    let height = area.height.saturating_sub(3);
    let left = LEVELS.min(area.width);
    let head = Rect { height: 1.min(area.height), ..area };
    let levels = Rect { y: area.y + 1, height, width: left, ..area };
    let plot = Rect { x: area.x + left, width: area.width - left, ..levels };
    let corner = 1.min(left);
    let axis = Rect { y: plot.bottom(), height: 1, x: plot.x - corner, width: plot.width + corner };
    ChartPlace { measure, head, levels, plot, axis, times: Rect { y: axis.y + 1, height: 1, ..plot } }
}

impl Places {
    /// The plot at a place of the screen.
    pub fn plot_at(&self, at: Position) -> Option<Rect> {
        self.charts.iter().map(|chart| chart.plot).find(|plot| plot.contains(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn parts_never_overlap_nor_leave_the_frame(width in 0u16..300, height in 0u16..100, network: bool) {
            let by = if network { Measure::Network } else { Measure::Memory };
            let screen = Rect::new(0, 0, width, height);
            let room = room(screen);
            let places = places(room, by);
            let mut areas = vec![places.words, places.table, places.foot];
            for chart in &places.charts {
                areas.extend([chart.head, chart.levels, chart.plot, chart.times]);
                prop_assert!(chart.axis.intersection(room) == chart.axis);
            }
            for (index, area) in areas.iter().enumerate() {
                prop_assert!(area.is_empty() || area.intersection(screen) == *area, "{area:?}");
                for other in areas.iter().skip(index + 1) {
                    prop_assert!(area.intersection(*other).is_empty(), "{area:?} {other:?}");
                }
            }
        }
    }
}
