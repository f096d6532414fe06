//! The columns of the list of all hosts' containers: where each runs, and those of the containers.

use super::{Align, Cell, Column, Tone, Width, containers};
use crate::app::host::Host;
use crate::app::host_row::seconds;
use crate::domain::Container;
use crate::domain::text::age;
use std::cmp::Ordering;

/// The host that a container runs on; of a lost one, how old its rows are.
static HOST: Column<Container> = Column {
    name: "host",
    title: "HOST",
    align: Align::Left,
    width: Width::Share { least: 12, weight: 2 },
    rank: 98,
    default: true,
    cell: |around, _| {
        let host = around.host;
        let text = match host.containers.fresh.at {
            Some(at) if !host.is_live() => format!("{} ✗{}", host.id, age(seconds(around.now.since(at)))),
            _ => host.id.to_string(),
        };
        Cell { color: host.color, ..Cell::new(text, Tone::Plain) }
    },
    order: |hosts, _, _| hosts.left.id.cmp(&hosts.right.id),
    largest_first: false,
};

/// All of them, in their order.
pub fn all() -> impl Iterator<Item = &'static Column<Container>> + Clone {
    std::iter::once(&HOST).chain(containers::COLUMNS)
}

/// The name of a column, and whether sorting by it starts with the largest.
pub fn name(index: usize) -> Option<(&'static str, bool)> {
    all().nth(index).map(|column| (column.name, column.largest_first))
}

pub fn position(name: &str) -> Option<usize> {
    all().position(|column| column.name == name)
}

type Placed<'a> = (&'a Host, &'a Container);

/// The order by a column; where that tells nothing, by name and host.
pub fn order_of(index: usize) -> impl Fn(Placed<'_>, Placed<'_>) -> Ordering {
    let column = all().nth(index);
    move |(left, a), (right, b)| {
        let sides = super::Sides { left, right };
        let by_column = column.map_or(Ordering::Equal, |column| (column.order)(sides, a, b));
        by_column.then_with(|| a.name.cmp(&b.name)).then_with(|| left.id.cmp(&right.id))
    }
}
