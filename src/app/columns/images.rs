//! The columns of the images list.

use super::{Align, Cell, Column, Tone, Width};
use crate::domain::text::compact_count;
use crate::domain::{Image, split_tag};

pub static COLUMNS: &[Column<Image>] = &[
    Column {
        name: "repository",
        title: "REPOSITORY",
        align: Align::Left,
        width: Width::Share { least: 16, weight: 4 },
        rank: 99,
        default: true,
        cell: |_, image| match image.tags.first() {
            Some(tag) => Cell::plain(split_tag(tag).0).keeping_end(),
            None => Cell::new(repository_of_digest(image).unwrap_or("<dangling>"), Tone::Warn),
        },
        order: |_, a, b| (a.is_dangling(), a.title()).cmp(&(b.is_dangling(), b.title())),
        largest_first: false,
    },
    Column {
        name: "tag",
        title: "TAG",
        align: Align::Left,
        width: Width::Share { least: 10, weight: 2 },
        rank: 90,
        default: true,
        cell: |around, image| match image.tags.as_slice() {
            [] => Cell::dim("–"),
            [tag, ..] if around.host.newer.contains(&image.id) => {
                Cell::new(format!("↑ {}", split_tag(tag).1), Tone::Warn)
            }
            [tag] => Cell::plain(split_tag(tag).1),
            [tag, others @ ..] => Cell::plain(format!("{} +{}", split_tag(tag).1, others.len())),
        },
        order: |_, a, b| tag_of(a).cmp(tag_of(b)),
        largest_first: false,
    },
    Column {
        name: "id",
        title: "ID",
        align: Align::Left,
        width: Width::Fixed(12),
        rank: 50,
        default: true,
        cell: |_, image| Cell::dim(image.id.short()),
        order: |_, a, b| a.id.cmp(&b.id),
        largest_first: false,
    },
    Column {
        name: "size",
        title: "SIZE",
        align: Align::Right,
        width: Width::Fixed(6),
        rank: 80,
        default: true,
        cell: |_, image| Cell::plain(compact_count(image.size)),
        order: |_, a, b| a.size.cmp(&b.size),
        largest_first: true,
    },
    Column {
        name: "containers",
        title: "USED BY",
        align: Align::Right,
        width: Width::Fixed(7),
        rank: 70,
        default: true,
        cell: |around, image| match around.host.tally.image_users(&image.id) {
            0 => Cell::dim("–"),
            count => Cell::plain(count.to_string()),
        },
        order: |hosts, a, b| hosts.left.tally.image_users(&a.id).cmp(&hosts.right.tally.image_users(&b.id)),
        largest_first: true,
    },
    Column {
        name: "age",
        title: "AGE",
        align: Align::Right,
        width: Width::Fixed(4),
        rank: 60,
        default: true,
        cell: |around, image| Cell::age(around, Some(image.created)),
        order: |_, a, b| b.created.cmp(&a.created),
        largest_first: false,
    },
];

fn tag_of(image: &Image) -> &str {
    image.tags.first().map_or("", |tag| split_tag(tag).1)
}

fn repository_of_digest(image: &Image) -> Option<&str> {
    image.digests.first()?.split_once('@').map(|(repository, _)| repository)
}
