//! The columns of the registries, and of what lies in them.

use super::{Align, Cell, Column, Tone, Width};
use crate::app::registries::RegistryRow;
use crate::domain::text::compact_bytes;
use crate::domain::{FailureKind, Registry, RegistryLevel, RegistryStatus};

pub static COLUMNS: &[Column<RegistryRow>] = &[
    Column {
        name: "name",
        title: "NAME",
        align: Align::Left,
        width: Width::Share { least: 18, weight: 3 },
        rank: 99,
        default: true,
        cell: |_, row| Cell::plain(row.name()),
        // `layer 10` comes behind `layer 9`, version 1.10 behind 1.9.
        order: |_, a, b| natural(a.name()).cmp(&natural(b.name())),
        largest_first: false,
    },
    Column {
        name: "status",
        title: "STATUS",
        align: Align::Left,
        width: Width::Share { least: 24, weight: 3 },
        rank: 90,
        default: true,
        cell: |_, row| row.registry().map_or_else(Cell::none, status),
        order: |_, a, b| {
            let told = |row: &RegistryRow| row.registry().map(|registry| status(registry).text);
            told(a).cmp(&told(b))
        },
        largest_first: false,
    },
    Column {
        name: "known-by",
        title: "KNOWN BY",
        align: Align::Left,
        width: Width::Fixed(19),
        rank: 60,
        default: true,
        cell: |_, row| row.registry().map_or_else(Cell::none, |registry| Cell::dim(sources(registry))),
        order: |_, a, b| a.registry().map(sources).cmp(&b.registry().map(sources)),
        largest_first: false,
    },
    Column {
        name: "way",
        title: "WAY",
        align: Align::Left,
        width: Width::Fixed(8),
        rank: 50,
        default: true,
        cell: |_, row| match row.registry() {
            Some(registry) if registry.insecure => Cell::new("insecure", Tone::Warn),
            Some(_) => Cell::dim("TLS"),
            None => Cell::none(),
        },
        order: |_, a, b| {
            let is_insecure = |row: &RegistryRow| row.registry().is_some_and(|registry| registry.insecure);
            is_insecure(a).cmp(&is_insecure(b))
        },
        largest_first: false,
    },
    Column {
        name: "digest",
        title: "DIGEST",
        align: Align::Left,
        width: Width::Fixed(19),
        rank: 80,
        default: true,
        cell: |_, row| match row.item().and_then(|item| item.digest.as_deref()) {
            Some(digest) => Cell::dim(digest.chars().take(19).collect::<String>()),
            None => Cell::none(),
        },
        order: |_, a, b| {
            let digest = |row: &RegistryRow| row.item().and_then(|item| item.digest.clone());
            digest(a).cmp(&digest(b))
        },
        largest_first: false,
    },
    Column {
        name: "size",
        title: "SIZE",
        align: Align::Right,
        width: Width::Fixed(7),
        rank: 85,
        default: true,
        cell: |_, row| {
            row.item().and_then(|item| item.size).map_or_else(Cell::none, |size| Cell::plain(compact_bytes(size)))
        },
        order: |_, a, b| {
            let size = |row: &RegistryRow| row.item().and_then(|item| item.size);
            size(b).cmp(&size(a))
        },
        largest_first: true,
    },
    Column {
        name: "updated",
        title: "UPDATED",
        align: Align::Right,
        width: Width::Fixed(7),
        rank: 70,
        default: true,
        cell: |around, row| Cell::age(around, row.item().and_then(|item| item.updated)),
        order: |_, a, b| {
            let updated = |row: &RegistryRow| row.item().and_then(|item| item.updated);
            updated(b).cmp(&updated(a))
        },
        largest_first: false,
    },
    Column {
        name: "about",
        title: "ABOUT",
        align: Align::Left,
        width: Width::Share { least: 10, weight: 4 },
        rank: 40,
        default: true,
        cell: |_, row| match row {
            RegistryRow::Item(item) => Cell::dim(&*item.about),
            RegistryRow::Registry(registry) => match &registry.status {
                RegistryStatus::Down(failure) => Cell::dim(&*failure.sentence),
                _ => Cell::dim(registry.mirrors.join(" ")),
            },
        },
        order: |_, a, b| {
            let about = |row: &RegistryRow| row.item().map(|item| item.about.clone());
            about(a).cmp(&about(b))
        },
        largest_first: false,
    },
];

/// Whether a column says anything there.
pub fn fits(level: Option<RegistryLevel>, column: &str) -> bool {
    match column {
        "status" | "known-by" | "way" => level.is_none(),
        "digest" | "size" => matches!(level, Some(RegistryLevel::Tags | RegistryLevel::Parts)),
        "updated" => matches!(level, Some(RegistryLevel::Repositories | RegistryLevel::Tags)),
        _ => true,
    }
}

fn status(registry: &Registry) -> Cell {
    match (&registry.status, registry.user.as_deref()) {
        (RegistryStatus::Asking, _) => Cell::dim("asking …"),
        (RegistryStatus::Open, Some(user)) if !user.is_empty() => {
            Cell::new(format!("● open; login of {user} kept"), Tone::Good)
        }
        (RegistryStatus::Open, _) => Cell::new("● open", Tone::Good),
        (RegistryStatus::LoggedIn, Some(user)) if !user.is_empty() => {
            Cell::new(format!("● logged in as {user}"), Tone::Good)
        }
        (RegistryStatus::LoggedIn, _) => Cell::new("● logged in", Tone::Good),
        (RegistryStatus::LoginNeeded, _) => Cell::new("○ login needed", Tone::Warn),
        (RegistryStatus::LoginRefused, _) => Cell::new("✗ login not taken", Tone::Bad),
        (RegistryStatus::Down(failure), _) => Cell::new(format!("✗ down: {}", why(failure.kind)), Tone::Bad),
    }
}

/// In a few words; the whole sentence stands behind.
fn why(kind: FailureKind) -> &'static str {
    match kind {
        FailureKind::Refused => "nobody listens",
        FailureKind::TimedOut => "no answer",
        FailureKind::Untrusted => "not trusted",
        FailureKind::Missing => "not reached",
        FailureKind::Incompatible => "no registry",
        FailureKind::LocalFile => "login not read",
        _ => "it fails",
    }
}

fn sources(registry: &Registry) -> String {
    registry.sources.iter().map(|source| source.word()).collect::<Vec<_>>().join(", ")
}

/// Digits as numbers, so that they are ordered by value.
fn natural(name: &str) -> Vec<(u64, &str)> {
    let is_digit = |byte: &u8| byte.is_ascii_digit();
    let mut parts = Vec::new();
    let mut rest = name;
    while !rest.is_empty() {
        let words = rest.bytes().take_while(|byte| !is_digit(byte)).count();
        let (word, after) = rest.split_at(words);
        let digits = after.bytes().take_while(is_digit).count();
        let (number, after) = after.split_at(digits);
        parts.push((0, word));
        parts.push((number.parse().unwrap_or(0), ""));
        rest = after;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_ordered_as_people_count() {
        let mut names = ["1.10", "1.9", "latest", "1.9-alpine", "2"];
        names.sort_by(|one, other| natural(one).cmp(&natural(other)));
        assert_eq!(names, ["1.9", "1.9-alpine", "1.10", "2", "latest"]);
    }
}
