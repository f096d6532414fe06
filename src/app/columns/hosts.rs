//! The columns of the Hosts view.

use super::containers::percent;
use super::{Align, Cell, Column, Surroundings, Tone, Width};
use crate::app::host_row::{Counts, HostRow, HostState, seconds};
use crate::domain::text::{age, compact_bytes};
use std::time::Duration;

pub static COLUMNS: &[Column<HostRow>] = &[
    Column {
        name: "name",
        title: "NAME",
        align: Align::Left,
        width: Width::Share { least: 14, weight: 3 },
        rank: 99,
        default: true,
        cell: name_cell,
        order: |_, a, b| a.name.cmp(&b.name),
        largest_first: false,
    },
    Column {
        name: "state",
        title: "STATE",
        align: Align::Left,
        // As long as the longest of its words: `✗ no answer, retry 30 s`.
        width: Width::Fixed(23),
        rank: 95,
        default: true,
        cell: state_cell,
        order: |_, a, b| urgency(a).cmp(&urgency(b)),
        largest_first: false,
    },
    Column {
        name: "engine",
        title: "ENGINE",
        align: Align::Left,
        width: Width::Fixed(15),
        rank: 60,
        default: true,
        cell: |_, row| match row.engine.as_str() {
            "" => Cell::none(),
            engine => Cell::new(engine, fresh(row, Tone::Plain)),
        },
        order: |_, a, b| a.engine.cmp(&b.engine),
        largest_first: false,
    },
    Column {
        name: "containers",
        title: "UP/DOWN",
        align: Align::Left,
        width: Width::Share { least: 12, weight: 1 },
        rank: 90,
        default: true,
        cell: counts_cell,
        order: |_, a, b| {
            let weight = |row: &HostRow| row.counts.map(|counts| (counts.unhealthy, counts.up));
            weight(a).cmp(&weight(b))
        },
        largest_first: true,
    },
    Column {
        name: "cpu",
        title: "CPU",
        align: Align::Right,
        width: Width::Fixed(6),
        rank: 70,
        default: true,
        cell: |_, row| match row.load {
            Some(load) => Cell::new(percent(share(row, load.cpu_percent)), fresh(row, Tone::Plain)),
            None => Cell::none(),
        },
        order: |_, a, b| {
            let used = |row: &HostRow| row.load.map_or(-1.0, |load| share(row, load.cpu_percent));
            used(a).total_cmp(&used(b))
        },
        largest_first: true,
    },
    Column {
        name: "memory",
        title: "MEM",
        align: Align::Right,
        width: Width::Fixed(6),
        rank: 69,
        default: true,
        cell: |_, row| match row.load {
            Some(load) => Cell::new(compact_bytes(load.memory), fresh(row, Tone::Plain)),
            None => Cell::none(),
        },
        order: |_, a, b| a.load.map(|load| load.memory).cmp(&b.load.map(|load| load.memory)),
        largest_first: true,
    },
    Column {
        name: "round-trip",
        title: "TRIP",
        align: Align::Right,
        width: Width::Fixed(7),
        rank: 65,
        default: true,
        cell: |_, row| match row.round_trip {
            Some(span) => Cell::new(milliseconds(span), fresh(row, Tone::Plain)),
            None => Cell::none(),
        },
        order: |_, a, b| a.round_trip.cmp(&b.round_trip),
        largest_first: true,
    },
    Column {
        name: "source",
        title: "FROM",
        align: Align::Left,
        width: Width::Fixed(14),
        rank: 40,
        default: true,
        cell: |_, row| Cell::dim(row.source),
        order: |_, a, b| a.place.cmp(&b.place),
        largest_first: false,
    },
    Column {
        name: "address",
        title: "ADDRESS",
        align: Align::Left,
        width: Width::Share { least: 18, weight: 2 },
        rank: 30,
        default: false,
        cell: |_, row| Cell::dim(&*row.address).keeping_end(),
        order: |_, a, b| a.address.cmp(&b.address),
        largest_first: false,
    },
    Column {
        name: "trouble",
        title: "LAST ERROR",
        align: Align::Left,
        width: Width::Share { least: 24, weight: 4 },
        rank: 35,
        default: true,
        cell: |_, row| match &row.trouble {
            Some(sentence) => Cell::new(&**sentence, Tone::Bad),
            None => Cell::default(),
        },
        order: |_, a, b| a.trouble.is_none().cmp(&b.trouble.is_none()).then_with(|| a.trouble.cmp(&b.trouble)),
        largest_first: false,
    },
];

/// Figures that are not those of now are greyed.
fn fresh(row: &HostRow, tone: Tone) -> Tone {
    if row.age.is_some() { Tone::Dim } else { tone }
}

/// Of the whole machine where its cores are known, else of one core.
fn share(row: &HostRow, cpu_percent: f64) -> f64 {
    cpu_percent / f64::from(row.cpus.max(1))
}

fn name_cell(_: Surroundings<'_>, row: &HostRow) -> Cell {
    let tone = if row.is_active { Tone::Accent } else { Tone::Plain };
    Cell { color: row.color, ..Cell::new(row.signed_name(), tone) }
}

fn state_cell(_: Surroundings<'_>, row: &HostRow) -> Cell {
    Cell::new(format!("{} {}", row.state.sign(), row.state.words()), row.state.tone())
}

fn counts_cell(_: Surroundings<'_>, row: &HostRow) -> Cell {
    let Some(Counts { up, down, unhealthy }) = row.counts else { return Cell::none() };
    let mut text = format!("{up}/{down}");
    if unhealthy > 0 {
        text.push_str(&format!(" {unhealthy} ill"));
    }
    if let Some(span) = row.age {
        text.push_str(&format!(" {} ago", age(seconds(span))));
    }
    Cell::new(text, fresh(row, if unhealthy > 0 { Tone::Warn } else { Tone::Plain }))
}

/// Who needs somebody comes first.
fn urgency(row: &HostRow) -> (u8, &str) {
    let rank = match row.state {
        HostState::NeedsLogin => 0,
        HostState::Lost { .. } => 1,
        HostState::Unusable => 2,
        HostState::Connecting { .. } => 3,
        HostState::Live => 4,
        HostState::Idle => 5,
    };
    (rank, &row.name)
}

/// `<1 ms`, `12 ms`
pub fn milliseconds(span: Duration) -> String {
    let ms = span.as_secs_f64() * 1000.0;
    if ms < 1.0 { "<1 ms".to_owned() } else { format!("{ms:.0} ms") }
}
