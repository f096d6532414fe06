//! The list of the containers of all hosts.
//!
//! The host of the row under the cursor becomes the host on screen, its own list stands on that row, and marks are handed
//! to each host's own list: so everything that is about the selected container, or about marked ones, finds them there.
//! Each host's list as the user left it is set aside meanwhile.

use super::columns::everywhere::order_of;
use super::host::{Aside, Host};
use super::layout::Pane;
use super::list::{ListState, RowKey};
use super::listing::Place;
use super::view::View;
use super::{App, Hosts, fleet, rows};
use crate::config::Settings;
use crate::domain::{Container, ContainerId, HostId};

#[derive(Debug)]
pub struct Everywhere {
    pub list: ListState,
    pub show_all: bool,
    /// What the list's indices mean: a host, and a place among its containers.
    rows: Vec<(HostId, usize)>,
}

/// Between a host's name and a container's id in a row's key: in neither of them.
const SEPARATOR: char = '\u{1f}';

impl Everywhere {
    pub fn new(settings: &Settings) -> Self {
        let mut list = ListState::default();
        let name = settings.default_sort.name();
        list.sort.column = super::columns::everywhere::position(name).unwrap_or(0);
        list.sort.descending = super::columns::everywhere::name(list.sort.column).is_some_and(|(_, largest)| largest);
        Self { list, show_all: settings.show_all, rows: Vec::new() }
    }

    /// The host and the container of a row.
    pub fn row<'a>(&self, hosts: &'a Hosts, index: usize) -> Option<(&'a Host, &'a Container)> {
        let (host, place) = self.rows.get(index)?;
        let host = hosts.get(host)?;
        Some((host, host.containers.rows.get(*place)?))
    }

    /// The container under the cursor, and where it runs.
    pub fn selected<'a>(&self, hosts: &'a Hosts) -> Option<(&'a Host, &'a Container)> {
        self.row(hosts, self.list.selected_row()?)
    }
}

/// Goes to another place; hosts get their own lists back when the list of all is left.
pub fn go(app: &mut App, place: Place) {
    let from = std::mem::replace(&mut app.place, place);
    if from == Place::Everywhere && place != Place::Everywhere {
        leave(app);
    }
}

/// Shows the containers of all hosts, those that match.
pub fn open(app: &mut App, filter: &str) {
    fleet::connect_invited(app);
    go(app, Place::Everywhere);
    app.focus = Pane::List;
    filter.clone_into(&mut app.everywhere.list.filter);
    let active = app.host();
    if let Some(container) = active.lists.containers.selected().cloned() {
        let key = key(&active.id, &container);
        app.everywhere.list.select_when_shown(key);
    }
    renew(app);
}

/// Leaves the list of all, where it is on screen, for a host of which nothing was looked at there.
pub fn abandon(app: &mut App) {
    if app.place == Place::Everywhere {
        app.place = Place::Host;
        give_back(app);
    }
}

fn leave(app: &mut App) {
    let selected = app.host().lists.containers.selected().cloned();
    give_back(app);
    // The one that stays on screen goes on with the container that was looked at.
    if let Some(key) = &selected {
        let host = app.host_mut();
        host.view = View::Containers;
        host.lists.containers.select(key);
    }
}

/// Each host gets its own list back as the user left it.
fn give_back(app: &mut App) {
    for host in app.hosts.iter_mut() {
        let Some(aside) = host.aside.take() else { continue };
        host.lists.containers = aside.list;
        (host.view, host.show_all) = (aside.view, aside.show_all);
        rows::renew(host, View::Containers);
    }
}

/// Renews every host's part and the whole, after the filter or the order changed.
pub fn renew(app: &mut App) {
    let Everywhere { list, show_all, .. } = &app.everywhere;
    let (filter, show_all) = (list.filter.clone(), *show_all);
    for host in app.hosts.iter_mut() {
        take_part(host, &filter, show_all);
        rows::renew(host, View::Containers);
    }
    merge(app);
}

/// A host's own list becomes its part of the list of all.
fn take_part(host: &mut Host, filter: &str, show_all: bool) {
    if host.aside.is_none() {
        let list = std::mem::take(&mut host.lists.containers);
        host.aside = Some(Aside { list, view: host.view, show_all: host.show_all });
        host.view = View::Containers;
    }
    host.show_all = show_all;
    filter.clone_into(&mut host.lists.containers.filter);
}

/// A container of the list of all.
struct Placed<'a> {
    host: &'a Host,
    row: &'a Container,
    /// Among its host's containers.
    place: usize,
    /// The filter lets it through.
    passes: bool,
}

/// Puts the hosts' parts together, after one of them changed.
pub fn merge(app: &mut App) {
    if app.hosts.iter().any(|host| host.aside.is_none()) {
        return renew(app);
    }
    let mut list = std::mem::take(&mut app.everywhere.list);
    let order = order_of(list.sort.column);
    let mut all: Vec<Placed<'_>> = Vec::new();
    for host in app.hosts.iter() {
        let first = all.len();
        let rows = host.containers.rows.iter().enumerate();
        all.extend(rows.map(|(place, row)| Placed { host, row, place, passes: false }));
        for place in host.lists.containers.shown_rows() {
            if let Some(placed) = all.get_mut(first + place) {
                placed.passes = true;
            }
        }
    }
    list.filter_error = app.hosts.iter().find_map(|host| host.lists.containers.filter_error.clone());
    list.renew(
        &all,
        |one| key(&one.host.id, one.row.id.as_str()),
        |one| one.passes,
        |a, b| order((a.host, a.row), (b.host, b.row)),
    );
    app.everywhere.rows = all.iter().map(|one| (one.host.id.clone(), one.place)).collect();
    app.everywhere.list = list;
}

/// The host under the cursor comes to the screen, and each host gets the marks of its rows. Not under a dialog: that is
/// about what was there when it was opened.
pub fn follow(app: &mut App) {
    if app.place != Place::Everywhere || !app.dialogs.is_empty() {
        return;
    }
    let selected = app.everywhere.selected(&app.hosts).map(|(host, row)| (host.id.clone(), row.id.key()));
    if let Some((id, container)) = selected {
        if app.host().id != id {
            app.hosts.switch(&id);
        }
        let list = &mut app.host_mut().lists.containers;
        if list.selected() != Some(&container) {
            list.select(&container);
        }
    }
    hand_out_marks(app);
}

/// Puts the cursor on a container of a host, where the list of all is on screen.
pub fn select(app: &mut App, host: &HostId, container: &ContainerId) {
    if app.place == Place::Everywhere {
        app.everywhere.list.select(&key(host, container.as_str()));
        follow(app);
    }
}

/// The marked containers and where each runs, in the order of the list.
pub fn marked(app: &App) -> Vec<(&Host, &Container)> {
    let targets = app.everywhere.list.targets();
    let placed = targets.iter().filter_map(|key| {
        let (name, container) = key.split_once(SEPARATOR)?;
        let host = app.hosts.iter().find(|host| host.id.as_str() == name)?;
        Some((host, host.container(&ContainerId::from(RowKey::from(container)))?))
    });
    placed.collect()
}

fn hand_out_marks(app: &mut App) {
    let App { hosts, everywhere, .. } = app;
    if everywhere.list.marked() == 0 && hosts.iter().all(|host| host.lists.containers.marked() == 0) {
        return;
    }
    for host in hosts.iter_mut() {
        let own = everywhere.list.marks().filter_map(|mark| mark.split_once(SEPARATOR));
        let own = own.filter(|(name, _)| *name == host.id.as_str()).map(|(_, container)| container.into());
        host.lists.containers.set_marks(own);
    }
}

fn key(host: &HostId, container: &str) -> RowKey {
    format!("{host}{SEPARATOR}{container}").into()
}
