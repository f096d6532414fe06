//! Columns as data: a title, a width, a cell and an order. One table draws them all.

pub mod choice;
pub mod containers;
pub mod events;
pub mod everywhere;
pub mod hosts;
pub mod images;
pub mod networks;
pub mod registries;
pub mod system;
pub mod volumes;

use super::host::Host;
use crate::config::{ColorSpec, Thresholds};
use crate::domain::Time;
use crate::domain::text::calm_age;
use std::cmp::Ordering;

/// What a cell may look at besides its row.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    pub host: &'a Host,
    pub now: Time,
    pub thresholds: &'a Thresholds,
}

/// The hosts that two rows are of.
#[derive(Clone, Copy, Debug)]
pub struct Sides<'a> {
    pub left: &'a Host,
    pub right: &'a Host,
}

/// One column of a list whose rows are `R`s.
#[derive(Debug)]
pub struct Column<R: 'static> {
    /// As `[columns]` in the config and the columns menu name it.
    pub name: &'static str,
    /// In the header line.
    pub title: &'static str,
    pub align: Align,
    pub width: Width,
    /// Columns of a high rank stay when there is little room.
    pub rank: u8,
    /// Shown unless the user chose others.
    pub default: bool,
    pub cell: fn(Surroundings<'_>, &R) -> Cell,
    pub order: fn(Sides<'_>, &R, &R) -> Ordering,
    /// Sorting by it starts with the largest.
    pub largest_first: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    Left,
    Right,
}

/// How many terminal columns it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    Fixed(u16),
    /// At least this many, and this share of what is left over.
    Share {
        least: u16,
        weight: u16,
    },
}

/// The text of one cell and what it means. The text is the engine's and not yet clean.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    pub text: String,
    pub tone: Tone,
    /// Where there is too little room, what is before the last slash is given up first.
    pub keeps_end: bool,
    /// A colour of the user's own, over the tone's.
    pub color: Option<ColorSpec>,
}

/// What a piece of text means; the theme gives it a style.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tone {
    #[default]
    Plain,
    Dim,
    Good,
    Warn,
    Bad,
    Info,
    Accent,
}

impl Cell {
    pub fn new(text: impl Into<String>, tone: Tone) -> Self {
        Self { text: text.into(), tone, keeps_end: false, color: None }
    }

    pub fn plain(text: impl Into<String>) -> Self {
        Self::new(text, Tone::Plain)
    }

    pub fn dim(text: impl Into<String>) -> Self {
        Self::new(text, Tone::Dim)
    }

    /// Cut at its slashes where there is too little room, as in `…/api:1.4`.
    #[must_use]
    pub fn keeping_end(mut self) -> Self {
        self.keeps_end = true;
        self
    }

    /// How long ago something was, given in seconds since the Unix epoch.
    pub fn age(around: Surroundings<'_>, since: Option<i64>) -> Self {
        since.map_or_else(Self::none, |since| Self::dim(calm_age(around.now.seconds() - since)))
    }

    /// For what is not known or does not apply.
    pub fn none() -> Self {
        Self::dim("–")
    }
}

/// Which columns fit into `width` and how wide each becomes: those of the lowest rank go first.
pub fn fit(columns: &[(Width, u8)], width: u16) -> Vec<(usize, u16)> {
    let least = |width: Width| match width {
        Width::Fixed(columns) => columns,
        Width::Share { least, .. } => least,
    };
    let mut kept: Vec<usize> = (0..columns.len()).collect();
    let needed = |kept: &[usize]| -> u32 {
        let gaps = kept.len().saturating_sub(1) as u32 * u32::from(GAP);
        kept.iter().filter_map(|index| columns.get(*index)).map(|(width, _)| u32::from(least(*width))).sum::<u32>()
            + gaps
    };
    while kept.len() > 1 && needed(&kept) > u32::from(width) {
        let lowest = kept
            .iter()
            .enumerate()
            .min_by_key(|(place, index)| (columns.get(**index).map_or(0, |(_, rank)| *rank), usize::MAX - place));
        let Some(place) = lowest.map(|(place, _)| place) else { break };
        kept.remove(place);
    }
    let mut left = u32::from(width).saturating_sub(needed(&kept));
    let mut weights: u32 = kept.iter().filter_map(|index| columns.get(*index)).map(|(width, _)| weight(*width)).sum();
    kept.iter()
        .filter_map(|index| Some((*index, *columns.get(*index)?)))
        .map(|(index, (kind, _))| {
            let share = (left * weight(kind)).checked_div(weights).unwrap_or(0);
            left -= share;
            weights -= weight(kind);
            (index, least(kind).saturating_add(u16::try_from(share).unwrap_or(u16::MAX)).min(width))
        })
        .collect()
}

/// Blank columns between two cells.
pub const GAP: u16 = 1;

fn weight(width: Width) -> u32 {
    match width {
        Width::Fixed(_) => 0,
        Width::Share { weight, .. } => u32::from(weight),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_lowest_rank_goes_first() {
        let columns = [(Width::Share { least: 10, weight: 1 }, 9), (Width::Fixed(10), 1), (Width::Fixed(5), 5)];
        assert_eq!(fit(&columns, 40), [(0, 23), (1, 10), (2, 5)]);
        assert_eq!(fit(&columns, 20), [(0, 14), (2, 5)]);
        assert_eq!(fit(&columns, 4), [(0, 4)]);
    }

    proptest! {
        #[test]
        fn what_fits_fits(widths in proptest::collection::vec((1u16..40, 0u16..4, 0u8..9), 1..14), width in 0u16..300) {
            let columns: Vec<(Width, u8)> = widths.iter().map(|(least, weight, rank)| {
                (if *weight == 0 { Width::Fixed(*least) } else { Width::Share { least: *least, weight: *weight } }, *rank)
            }).collect();
            let fitted = fit(&columns, width);
            let total: u32 = fitted.iter().map(|(_, width)| u32::from(*width)).sum::<u32>()
                + fitted.len().saturating_sub(1) as u32 * u32::from(GAP);
            prop_assert!(total <= u32::from(width));
            prop_assert!(!fitted.is_empty());
        }
    }
}
