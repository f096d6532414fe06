//! The columns of the networks list.

use super::{Align, Cell, Column, Width};
use crate::domain::Network;
use crate::domain::text::calm_age;

pub static COLUMNS: &[Column<Network>] = &[
    Column {
        name: "name",
        title: "NAME",
        align: Align::Left,
        width: Width::Share { least: 14, weight: 3 },
        rank: 99,
        default: true,
        cell: |_, network| Cell::plain(&*network.name),
        order: |_, a, b| a.name.cmp(&b.name),
        largest_first: false,
    },
    Column {
        name: "driver",
        title: "DRIVER",
        align: Align::Left,
        width: Width::Fixed(8),
        rank: 80,
        default: true,
        cell: |_, network| Cell::plain(&*network.driver),
        order: |_, a, b| a.driver.cmp(&b.driver),
        largest_first: false,
    },
    Column {
        name: "subnets",
        title: "SUBNETS",
        align: Align::Left,
        width: Width::Share { least: 14, weight: 2 },
        rank: 70,
        default: true,
        cell: |_, network| Cell::plain(network.subnets.join(" ")),
        order: |_, a, b| a.subnets.cmp(&b.subnets),
        largest_first: false,
    },
    Column {
        name: "containers",
        title: "USED BY",
        align: Align::Right,
        width: Width::Fixed(7),
        rank: 65,
        default: true,
        cell: |around, network| match around.host.tally.network_users(&network.name) {
            0 => Cell::dim("–"),
            count => Cell::plain(count.to_string()),
        },
        order: |hosts, a, b| hosts.left.tally.network_users(&a.name).cmp(&hosts.right.tally.network_users(&b.name)),
        largest_first: true,
    },
    Column {
        name: "id",
        title: "ID",
        align: Align::Left,
        width: Width::Fixed(12),
        rank: 50,
        default: true,
        cell: |_, network| Cell::dim(network.id.short()),
        order: |_, a, b| a.id.cmp(&b.id),
        largest_first: false,
    },
    Column {
        name: "age",
        title: "AGE",
        align: Align::Right,
        width: Width::Fixed(4),
        rank: 60,
        default: true,
        cell: |around, network| match network.created {
            Some(created) => Cell::dim(calm_age(around.now.seconds() - created)),
            None => Cell::none(),
        },
        order: |_, a, b| b.created.cmp(&a.created),
        largest_first: false,
    },
];
