//! The columns of what takes room on a host's disk.

use super::{Align, Cell, Column, Surroundings, Tone, Width};
use crate::domain::DiskUse;
use crate::domain::text::{compact_count, thousands};

/// Columns that the picture gets at least.
const LEAST_PICTURE: u16 = 12;
/// Signs of the picture: what is in use, and what could be free.
const USED: char = '█';
const FREE: char = '░';
/// As long as the whole disk use is drawn: there is room for that on the smallest screen that all columns fit on.
const PICTURE: u64 = 30;

pub static COLUMNS: &[Column<DiskUse>] = &[
    Column {
        name: "kind",
        title: "KIND",
        align: Align::Left,
        width: Width::Fixed(11),
        rank: 99,
        default: true,
        cell: |_, row| Cell::plain(row.kind.title()),
        order: |_, a, b| a.kind.cmp(&b.kind),
        largest_first: false,
    },
    Column {
        name: "count",
        title: "COUNT",
        align: Align::Right,
        width: Width::Fixed(6),
        rank: 60,
        default: true,
        cell: |_, row| Cell::plain(thousands(row.items.len())),
        order: |_, a, b| a.items.len().cmp(&b.items.len()),
        largest_first: true,
    },
    Column {
        name: "used",
        title: "IN USE",
        align: Align::Right,
        width: Width::Fixed(6),
        rank: 50,
        default: true,
        cell: |_, row| Cell::plain(thousands(row.in_use())),
        order: |_, a, b| a.in_use().cmp(&b.in_use()),
        largest_first: true,
    },
    Column {
        name: "size",
        title: "SIZE",
        align: Align::Right,
        width: Width::Fixed(6),
        rank: 90,
        default: true,
        cell: |_, row| Cell::plain(compact_count(row.size)),
        order: |_, a, b| a.size.cmp(&b.size),
        largest_first: true,
    },
    Column {
        name: "reclaimable",
        title: "RECLAIMABLE",
        align: Align::Right,
        width: Width::Fixed(11),
        rank: 80,
        default: true,
        cell: |_, row| match row.reclaimable {
            0 => Cell::none(),
            bytes => {
                let share = bytes.saturating_mul(100).checked_div(row.size).unwrap_or(0);
                Cell::new(format!("{} {share:>3}%", compact_count(bytes)), Tone::Warn)
            }
        },
        order: |_, a, b| a.reclaimable.cmp(&b.reclaimable),
        largest_first: true,
    },
    Column {
        name: "picture",
        title: "█ in use  ░ reclaimable",
        align: Align::Left,
        width: Width::Share { least: LEAST_PICTURE, weight: 1 },
        rank: 40,
        default: true,
        cell: picture,
        order: |_, a, b| a.size.cmp(&b.size),
        largest_first: true,
    },
];

/// A bar on the scale of all kinds together.
fn picture(around: Surroundings<'_>, row: &DiskUse) -> Cell {
    let all = around.host.disk.rows.iter().fold(0_u64, |sum, row| sum.saturating_add(row.size)).max(1);
    let signs = |bytes: u64| {
        let signs = u128::from(bytes) * u128::from(PICTURE);
        usize::try_from(signs.div_ceil(u128::from(all))).unwrap_or(0)
    };
    let (whole, used) = (signs(row.size), signs(row.kept()));
    let bar: String = (0..whole).map(|sign| if sign < used { USED } else { FREE }).collect();
    Cell::new(bar, Tone::Accent)
}
