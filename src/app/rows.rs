//! Renews what each list shows after its rows, filter or order changed: the one place that does.

use super::columns::{
    Column, Sides, containers, events, everywhere, hosts, images, networks, registries, system, volumes,
};
use super::events as events_book;
use super::host::Host;
use super::host_row::HostRow;
use super::list::ListState;
use super::listing::Listing;
use super::registries::RegistryRow;
use super::view::View;
use super::{App, fleet};
use crate::config::Settings;
use crate::domain::{EventFilter, Filter, Image, Invalid, TextFilter};
use std::cmp::Ordering;

/// Renews the list of one view.
pub fn renew(host: &mut Host, view: View) {
    match view {
        View::Containers => renew_containers(host),
        View::Images => {
            let mut list = std::mem::take(&mut host.lists.images);
            let filter = text_filter(&mut list);
            let order = order_of(images::COLUMNS, &list);
            list.renew(
                &host.images.rows,
                |image| image.id.key(),
                |image| {
                    filter.as_ref().is_none_or(|filter| {
                        let texts: Vec<&str> = image.tags.iter().map(|tag| &**tag).chain([image.id.as_str()]).collect();
                        filter.matches_marked(&texts, &image_marks(host, image))
                    })
                },
                |a, b| order(Sides { left: host, right: host }, a, b),
            );
            host.lists.images = list;
        }
        View::Volumes => {
            let mut list = std::mem::take(&mut host.lists.volumes);
            let filter = text_filter(&mut list);
            let order = order_of(volumes::COLUMNS, &list);
            list.renew(
                &host.volumes.rows,
                |volume| volume.name.key(),
                |volume| filter.as_ref().is_none_or(|filter| filter.matches(&[volume.name.as_str(), &volume.driver])),
                |a, b| order(Sides { left: host, right: host }, a, b),
            );
            host.lists.volumes = list;
        }
        View::Networks => {
            let mut list = std::mem::take(&mut host.lists.networks);
            let filter = text_filter(&mut list);
            let order = order_of(networks::COLUMNS, &list);
            list.renew(
                &host.networks.rows,
                |network| network.id.key(),
                |network| {
                    filter
                        .as_ref()
                        .is_none_or(|filter| filter.matches(&[&network.name, &network.driver, network.id.as_str()]))
                },
                |a, b| order(Sides { left: host, right: host }, a, b),
            );
            host.lists.networks = list;
        }
        View::Registries => renew_registries(host),
        View::Events => renew_events(host),
        View::System => {
            let mut list = std::mem::take(&mut host.lists.system);
            let filter = text_filter(&mut list);
            let order = order_of(system::COLUMNS, &list);
            list.renew(
                &host.disk.rows,
                |row| row.kind.title().into(),
                |row| filter.as_ref().is_none_or(|filter| filter.matches(&[row.kind.title()])),
                |a, b| order(Sides { left: host, right: host }, a, b),
            );
            host.lists.system = list;
        }
    }
}

fn renew_events(host: &mut Host) {
    let mut list = std::mem::take(&mut host.lists.events);
    let parsed = EventFilter::parse(&list.filter);
    let filter = usable(&mut list, parsed);
    let order = order_of(events::COLUMNS, &list);
    list.renew(
        host.events.rows(),
        |row| row.key.clone(),
        |row| filter.as_ref().is_none_or(|filter| filter.matches(row.texts())),
        |a, b| order(Sides { left: host, right: host }, a, b),
    );
    host.lists.events = list;
    events_book::stay_at_newest(host);
}

/// Adds the newest event to the list where it belongs: storms of them must not make it anew each time.
pub fn insert_event(host: &mut Host) {
    let mut list = std::mem::take(&mut host.lists.events);
    let rows = host.events.rows();
    if let Some((row, others)) = rows.split_last()
        && EventFilter::parse(&list.filter).map_or(true, |filter| filter.matches(row.texts()))
    {
        let order = order_of(events::COLUMNS, &list);
        let sides = || Sides { left: &*host, right: &*host };
        let place = list.place_of(|index| {
            others.get(index).is_some_and(|other| match list.sort.descending {
                true => order(sides(), row, other).is_le(),
                false => order(sides(), other, row).is_le(),
            })
        });
        list.insert(place, others.len(), row.key.clone());
    }
    host.lists.events = list;
    events_book::stay_at_newest(host);
}

/// That of the place one is in, and of the registries themselves: how they answer is told whenever it is known.
fn renew_registries(host: &mut Host) {
    let mut all = std::mem::take(&mut host.registries);
    for level in [true, false] {
        let level = if level { all.root_mut() } else { all.top_mut() };
        let filter = text_filter(&mut level.list);
        let order = order_of(registries::COLUMNS, &level.list);
        level.list.renew(
            &level.known.rows,
            RegistryRow::key,
            |row| filter.as_ref().is_none_or(|filter| filter.matches(&row.texts())),
            |a, b| order(Sides { left: host, right: host }, a, b),
        );
    }
    host.registries = all;
}

/// Renews the list of hosts. Its rows are the roster's entries.
pub fn renew_hosts(app: &mut App) {
    let mut list = std::mem::take(&mut app.board.list);
    let filter = text_filter(&mut list);
    let order = order_of(hosts::COLUMNS, &list);
    let entries = app.roster.iter().enumerate();
    let rows: Vec<HostRow> = entries.map(|(place, known)| HostRow::of(app, place, known)).collect();
    let hidden: Vec<bool> = app.roster.iter().map(|known| fleet::is_shown_as_another(app, known)).collect();
    list.renew(
        &rows,
        |row| row.name.as_str().into(),
        |row| hidden.get(row.place) != Some(&true) && filter.as_ref().is_none_or(|filter| filter.matches(&row.texts())),
        |a, b| order(Sides { left: app.host(), right: app.host() }, a, b),
    );
    app.board.list = list;
}

fn renew_containers(host: &mut Host) {
    let mut list = std::mem::take(&mut host.lists.containers);
    let parsed = Filter::parse(&list.filter);
    let filter = usable(&mut list, parsed);
    let order = order_of(containers::COLUMNS, &list);
    let show_all = host.show_all;
    list.renew(
        &host.containers.rows,
        |container| container.id.key(),
        |container| {
            (show_all || container.state.is_up())
                && filter.as_ref().is_none_or(|filter| filter.matches(host.id.as_str(), container))
        },
        |a, b| order(Sides { left: host, right: host }, a, b),
    );
    host.lists.containers = list;
}

/// What the filter of images knows beside their names.
fn image_marks(host: &Host, image: &Image) -> Vec<&'static str> {
    let marks = [
        ("is=outdated", host.newer.contains(&image.id)),
        ("is=unused", host.tally.image_users(&image.id) == 0),
        ("is=dangling", image.is_dangling()),
    ];
    marks.into_iter().filter(|(_, holds)| *holds).map(|(mark, _)| mark).collect()
}

fn text_filter(list: &mut ListState) -> Option<TextFilter> {
    let parsed = TextFilter::parse(&list.filter);
    usable(list, parsed)
}

/// A filter that cannot be understood (yet) hides nothing, and says why.
fn usable<F>(list: &mut ListState, parsed: Result<F, Invalid>) -> Option<F> {
    list.filter_error = parsed.as_ref().err().map(|invalid| invalid.sentence().to_owned());
    parsed.ok()
}

type Order<R> = fn(Sides<'_>, &R, &R) -> Ordering;

fn order_of<R>(columns: &'static [Column<R>], list: &ListState) -> Order<R> {
    columns.get(list.sort.column).map_or(|_, _, _| Ordering::Equal, |column| column.order)
}

/// How many columns a list has.
pub fn column_count(listing: impl Into<Listing>) -> usize {
    let listing = listing.into();
    (0..).take_while(|index| head_of(listing, *index).is_some()).count()
}

/// The name of a column, and whether sorting by it starts with the largest.
pub fn column_name(listing: impl Into<Listing>, index: usize) -> (&'static str, bool) {
    head_of(listing.into(), index).unwrap_or_default()
}

fn head_of(listing: Listing, index: usize) -> Option<(&'static str, bool)> {
    fn of<R>(columns: &'static [Column<R>], index: usize) -> Option<(&'static str, bool)> {
        columns.get(index).map(|column| (column.name, column.largest_first))
    }
    match listing {
        Listing::View(View::Containers) => of(containers::COLUMNS, index),
        Listing::View(View::Images) => of(images::COLUMNS, index),
        Listing::View(View::Volumes) => of(volumes::COLUMNS, index),
        Listing::View(View::Networks) => of(networks::COLUMNS, index),
        Listing::View(View::Registries) => of(registries::COLUMNS, index),
        Listing::View(View::Events) => of(events::COLUMNS, index),
        Listing::View(View::System) => of(system::COLUMNS, index),
        Listing::Hosts => of(hosts::COLUMNS, index),
        Listing::Everywhere => everywhere::name(index),
    }
}

/// Whether new samples can change the order of the containers.
pub fn is_sorted_by_usage(host: &Host) -> bool {
    let column = containers::COLUMNS.get(host.lists.containers.sort.column);
    column.is_some_and(|column| column.largest_first)
}

/// Applies `default_sort`.
pub fn set_default_sort(host: &mut Host, settings: &Settings) {
    let name = settings.default_sort.name();
    if let Some(index) = containers::COLUMNS.iter().position(|column| column.name == name) {
        host.lists.containers.sort.column = index;
        host.lists.containers.sort.descending =
            containers::COLUMNS.get(index).is_some_and(|column| column.largest_first);
    }
}
