//! The columns of the volumes list.

use super::{Align, Cell, Column, Width};
use crate::app::host::Host;
use crate::domain::Volume;
use crate::domain::text::compact_bytes;

pub static COLUMNS: &[Column<Volume>] = &[
    Column {
        name: "name",
        title: "NAME",
        align: Align::Left,
        width: Width::Share { least: 16, weight: 3 },
        rank: 99,
        default: true,
        cell: |_, volume| Cell::plain(volume.name.as_str()),
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
        cell: |_, volume| Cell::plain(&*volume.driver),
        order: |_, a, b| a.driver.cmp(&b.driver),
        largest_first: false,
    },
    Column {
        name: "size",
        title: "SIZE",
        align: Align::Right,
        width: Width::Fixed(5),
        rank: 65,
        default: true,
        cell: |around, volume| match around.host.volume_sizes.of(&volume.name) {
            Some(bytes) => Cell::plain(compact_bytes(bytes)),
            None => Cell::none(),
        },
        order: |hosts, a, b| hosts.left.volume_sizes.of(&a.name).cmp(&hosts.right.volume_sizes.of(&b.name)),
        largest_first: true,
    },
    Column {
        name: "containers",
        title: "USED BY",
        align: Align::Left,
        width: Width::Share { least: 8, weight: 2 },
        rank: 70,
        default: true,
        cell: |around, volume| match around.host.tally.volume_users(volume.name.as_str()) {
            [] => Cell::dim("–"),
            names => Cell::plain(names.join(" ")),
        },
        order: |hosts, a, b| {
            let users = |host: &Host, volume: &Volume| host.tally.volume_users(volume.name.as_str()).len();
            users(hosts.left, a).cmp(&users(hosts.right, b))
        },
        largest_first: true,
    },
    Column {
        name: "mountpoint",
        title: "MOUNTPOINT",
        align: Align::Left,
        width: Width::Share { least: 12, weight: 2 },
        rank: 40,
        default: true,
        cell: |_, volume| Cell::dim(&*volume.mountpoint),
        order: |_, a, b| a.mountpoint.cmp(&b.mountpoint),
        largest_first: false,
    },
    Column {
        name: "age",
        title: "AGE",
        align: Align::Right,
        width: Width::Fixed(4),
        rank: 60,
        default: true,
        cell: |around, volume| Cell::age(around, volume.created),
        order: |_, a, b| b.created.cmp(&a.created),
        largest_first: false,
    },
];
