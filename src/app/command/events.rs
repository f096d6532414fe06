//! Commands of the list of events: to the thing it happened to, follow, further back, save, clear.

use crate::app::App;
use crate::app::commands::Readiness;
use crate::app::events::{self, EventRow};
use crate::app::form::{Form, FormKind};
use crate::app::host::Host;
use crate::app::links::{Goal, trail};
use crate::app::list::RowKey;
use crate::app::update::{Effects, forms, perform_on, refresh};
use crate::app::view::View;
use crate::domain::text::counted;
use crate::domain::{ContainerId, HostId, Network, NetworkId, Request, TextSave, VolumeName};
use std::sync::Arc;

pub fn can_jump(app: &App) -> Readiness {
    let row = app.host().selected_event().ok_or("nothing is selected")?;
    view_of(app.host(), row)
        .map(drop)
        .ok_or_else(|| format!("there is no list of things of the type {}", row.kind).into())
}

fn view_of(host: &Host, row: &EventRow) -> Option<View> {
    match &*row.kind {
        // Podman 4 tells who joins a network, and not which.
        "network" if host.container(&ContainerId::new(&*row.actor)).is_some() => Some(View::Containers),
        "container" => Some(View::Containers),
        "image" => Some(View::Images),
        "volume" => Some(View::Volumes),
        "network" => Some(View::Networks),
        _ => None,
    }
}

/// Shows what it happened to, and remembers the way back; what is gone is told.
pub fn jump(app: &mut App, _: &mut Effects) {
    let host = app.host();
    let Some(row) = host.selected_event().cloned() else { return };
    let Some(view) = view_of(host, &row) else { return };
    let (name, key) = (row.short_name().to_owned(), key_of(host, view, &row));
    let is_known = host.freshness(view).at.is_some();
    let Some(key) = key.filter(|key| !is_known || is_there(host, view, key)) else {
        let now = app.now;
        let text = format!("{name} is not there any more: {}", last_words(app.host(), &row));
        return app.notices.warn(now, text);
    };
    trail::follow(app, &Goal::Row(view, key));
}

/// The row that an event is about. Images are told of by id, by name, or by a name without its tag.
fn key_of(host: &Host, view: View, row: &EventRow) -> Option<RowKey> {
    match view {
        View::Images => {
            let names = [&*row.actor, &*row.name];
            let is_it = |image: &&crate::domain::Image| {
                names.iter().any(|name| bare(name) == bare(image.id.as_str()))
                    || image.tags.iter().any(|tag| names.iter().any(|name| is_same_image(tag, name)))
            };
            let found = host.images.rows.iter().find(is_it).map(|image| image.id.key());
            let is_id = row.actor.starts_with("sha256:");
            found.or_else(|| is_id.then(|| crate::domain::ImageId::new(&*row.actor).key()))
        }
        View::Containers => Some(ContainerId::new(&*row.actor).key()),
        // Podman tells its name alone.
        View::Volumes => Some(VolumeName::new(&*row.name).key()),
        View::Networks => {
            let is_it = |network: &&Network| network.id.as_str() == &*row.actor || network.name == row.name;
            let found = host.networks.rows.iter().find(is_it).map(|network| network.id.key());
            Some(found.unwrap_or_else(|| NetworkId::new(&*row.actor).key()))
        }
        View::Registries | View::Events | View::System => None,
    }
}

/// Podman leaves out what sort of digest it is.
fn bare(id: &str) -> &str {
    id.strip_prefix("sha256:").unwrap_or(id)
}

fn is_same_image(tag: &str, name: &str) -> bool {
    tag == name || tag.strip_suffix(":latest") == Some(name)
}

fn is_there(host: &Host, view: View, key: &str) -> bool {
    match view {
        View::Containers => host.container(&ContainerId::new(key)).is_some(),
        View::Images => host.images.rows.iter().any(|row| row.id.as_str() == key),
        View::Volumes => host.volumes.rows.iter().any(|row| row.name.as_str() == key),
        View::Networks => host.networks.rows.iter().any(|row| row.id.as_str() == key),
        View::Registries | View::Events | View::System => false,
    }
}

/// What is known of the end of a thing.
fn last_words(host: &Host, row: &EventRow) -> String {
    let ended = |event: &&EventRow| {
        let is_it = event.kind == row.kind && event.actor == row.actor && event.name == row.name;
        is_it && matches!(&*event.action, "destroy" | "delete" | "remove" | "untag" | "prune")
    };
    match host.events.rows().iter().rev().find(ended) {
        Some(event) => format!("it was removed at {}.", event.stamp),
        None => "the engine does not list it.".to_owned(),
    }
}

pub fn follow(app: &mut App, _: &mut Effects) {
    events::toggle_following(app.host_mut());
}

pub fn range(app: &mut App, effects: &mut Effects) {
    let book = &mut app.host_mut().events;
    book.range = book.range.next();
    book.recall();
    refresh(app, View::Events, effects);
}

pub fn clear(app: &mut App, _: &mut Effects) {
    let now = app.now;
    events::clear(app.host_mut(), now);
}

/// Opens the form that writes events to a file, or brings its draft back.
pub fn save(app: &mut App, effects: &mut Effects) {
    if forms::reopen(app, &FormKind::SaveEvents, effects) {
        return;
    }
    let stamp = jiff::Timestamp::from_nanosecond(i128::from(app.now.0)).unwrap_or_default().to_zoned(app.zone.clone());
    let path = format!("~/events-{}.jsonl", stamp.strftime("%Y-%m-%dT%H%M%S"));
    let mut form = Form::new(app.host(), FormKind::SaveEvents);
    form.start_saving_events(&path);
    forms::show(app, form, effects);
}

/// Begins to write the marked events, else those that are shown.
pub fn submit(app: &mut App, id: &HostId, path: String, as_json: bool, effects: &mut Effects) {
    let Some(host) = app.hosts.get_mut(id) else { return };
    let (list, book) = (&host.lists.events, &host.events);
    let is_meant = |row: &&EventRow| list.marked() == 0 || list.is_marked(&row.key);
    let rows = list.shown_rows().filter_map(|row| book.rows().get(row)).filter(is_meant);
    let text = |row: &EventRow| if as_json { row.raw.clone() } else { crate::domain::text::clean(&row.line()).into() };
    let lines: Vec<Box<str>> = rows.map(text).collect();
    let what = counted(lines.len(), "event", "events");
    let save = TextSave { what, path, lines: Arc::new(lines), overwrite: false };
    perform_on(app, id, vec![Request::SaveText(Box::new(save))], effects);
}

#[cfg(test)]
mod tests {
    use super::is_same_image;

    #[test]
    fn images_are_known_by_their_names_with_and_without_latest() {
        assert!(is_same_image("nginx:latest", "nginx") && is_same_image("nginx:1", "nginx:1"));
        assert!(!is_same_image("nginx:1", "nginx"));
    }
}
