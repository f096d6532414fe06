//! The way back from a link that was followed: where the user was, exactly.

use super::Goal;
use crate::app::detail::Tab;
use crate::app::host::Host;
use crate::app::layout::Pane;
use crate::app::list::RowKey;
use crate::app::listing::Place;
use crate::app::view::View;
use crate::app::{App, everywhere, rows};

/// Links that can be gone back; the oldest are forgotten.
const LONGEST: usize = 32;

/// Where a host's user came from, the last stop at the end.
#[derive(Debug, Default)]
pub struct Trail {
    stops: Vec<Stop>,
    /// The view that the last link led to: whoever shows another one by hand has left the trail.
    view: Option<View>,
}

#[derive(Debug)]
struct Stop {
    place: Place,
    view: View,
    tab: Tab,
    /// The row of the tab.
    row: usize,
    focus: Pane,
    zoomed: bool,
    /// How the lists were looked at: that of the stop, and that which the link led to.
    lists: Vec<Looked>,
    show_all: bool,
}

#[derive(Debug)]
struct Looked {
    view: View,
    selected: Option<RowKey>,
    filter: String,
}

impl Looked {
    fn of(host: &Host, view: View) -> Self {
        let list = host.list_of(view);
        Self { view, selected: list.selected().cloned(), filter: list.filter.clone() }
    }

    fn restore(self, host: &mut Host) {
        host.list_of_mut(self.view).filter = self.filter;
        rows::renew(host, self.view);
        if let Some(selected) = self.selected {
            host.list_of_mut(self.view).select(&selected);
        }
    }
}

impl Trail {
    /// Whether there is a way back from what is on screen.
    pub fn leads_back(&self, host: &Host) -> bool {
        self.view == Some(host.view) && !self.stops.is_empty()
    }
}

/// Shows what a link leads to, with the cursor on it, and remembers where that was asked for.
pub fn follow(app: &mut App, goal: &Goal) {
    let view = match goal {
        Goal::Row(view, _) => *view,
        Goal::Project(_) => View::Containers,
        Goal::Unknown => return,
    };
    let (place, focus, zoomed) = (app.place, app.focus, app.zoomed);
    // The list of all hosts gives the host its own list back first.
    everywhere::go(app, Place::Host);
    app.together = None;
    let host = app.host_mut();
    let lists = if host.view == view { vec![view] } else { vec![view, host.view] };
    let stop = Stop {
        place,
        view: host.view,
        tab: host.detail.tab(host.view),
        row: host.detail.table().map_or(0, crate::app::detail::rows::Rows::cursor_row),
        focus,
        zoomed,
        lists: lists.into_iter().map(|view| Looked::of(host, view)).collect(),
        show_all: host.show_all,
    };
    if !host.trail.leads_back(host) {
        host.trail = Trail::default();
    }
    host.trail.stops.push(stop);
    if host.trail.stops.len() > LONGEST {
        host.trail.stops.remove(0);
    }
    host.trail.view = Some(view);
    host.view = view;
    match goal {
        Goal::Row(_, key) => show_row(host, view, key),
        Goal::Project(name) => show_project(host, name),
        Goal::Unknown => {}
    }
    app.focus = Pane::List;
    app.zoomed = false;
}

/// What hides the row (a filter, the stopped ones) is taken away; one that is not known yet is waited for.
fn show_row(host: &mut Host, view: View, key: &RowKey) {
    rows::renew(host, view);
    if host.list_of_mut(view).select(key) {
        return;
    }
    host.list_of_mut(view).filter.clear();
    if view == View::Containers {
        host.show_all = true;
    }
    rows::renew(host, view);
    host.list_of_mut(view).select_when_shown(key.clone());
}

fn show_project(host: &mut Host, name: &str) {
    host.show_all = true;
    let quoted = if name.contains(char::is_whitespace) { format!("\"{name}\"") } else { name.to_owned() };
    host.lists.containers.filter = format!("project=={quoted}");
    rows::renew(host, View::Containers);
}

/// Goes back to where the last link was followed; false where none was.
pub fn back(app: &mut App) -> bool {
    let host = app.host();
    if app.place != Place::Host || !host.trail.leads_back(host) {
        return false;
    }
    let host = app.host_mut();
    let Some(stop) = host.trail.stops.pop() else { return false };
    host.show_all = stop.show_all;
    for looked in stop.lists {
        looked.restore(host);
    }
    host.view = stop.view;
    host.trail.view = Some(stop.view);
    host.detail.set_tab(stop.view, stop.tab);
    host.detail.resume_at(stop.row);
    if stop.place == Place::Everywhere {
        let filter = app.everywhere.list.filter.clone();
        everywhere::open(app, &filter);
    }
    (app.focus, app.zoomed) = (stop.focus, stop.zoomed);
    true
}
