//! Copying: what of the selected (or marked) things can be put on the clipboard.

use crate::app::App;
use crate::app::columns::Tone;
use crate::app::commands::Readiness;
use crate::app::detail::Subject;
use crate::app::dialog::Dialog;
use crate::app::dialog::menu::{Entry, Menu};
use crate::app::effect::Effect;
use crate::app::events::EventRow;
use crate::app::everywhere;
use crate::app::host::Host;
use crate::app::host_page;
use crate::app::layout::Pane;
use crate::app::listing::Place;
use crate::app::msg::TemplateUse;
use crate::app::registries::RegistryRow;
use crate::app::update::Effects;
use crate::app::view::View;
use crate::config::KnownHost;
use crate::domain::text::truncate;
use crate::domain::{Container, Image, Network, Volume, exec_command, print_command};
use std::collections::HashMap;

/// Columns of the copied text that a notice shows.
const SHOWN: usize = 60;

pub fn ready(app: &App) -> Readiness {
    if app.place == Place::Hosts {
        return app.known_host().map(drop).ok_or_else(|| "no host is selected".into());
    }
    if Subject::of(app.host()).is_some() { Ok(()) } else { Err("nothing is selected".into()) }
}

/// Opens the menu of what can be copied.
pub fn open(app: &mut App, _: &mut Effects) {
    let host = app.host();
    let (title, entries) = match (app.place, app.known_host()) {
        (Place::Hosts, Some(known)) => of_known(known),
        _ if app.together.is_some() && app.focus == Pane::Detail => of_logs(app),
        (Place::Everywhere, _) if app.everywhere.list.marked() > 0 => of_marked_everywhere(app),
        _ if host.list().marked() > 0 => of_marked(host),
        _ => of_selected(host, app.focus == Pane::Detail),
    };
    app.dialogs.push(Dialog::Menu(Menu::new(title, entries)));
}

/// Of the logs of several containers the lines are meant, not the marks that opened them.
fn of_logs(app: &App) -> (String, Vec<Entry>) {
    let lines = app.detail().copyables().into_iter();
    ("Copy of the logs".to_owned(), lines.map(|(label, text)| Entry::copy('\0', label, text)).collect())
}

fn of_known(known: &KnownHost) -> (String, Vec<Entry>) {
    let address = known.endpoint.as_ref().map(ToString::to_string).unwrap_or_default();
    let mut entries = vec![
        Entry::copy('n', "name", known.name.as_str()),
        Entry::copy('a', "address", address),
        Entry::copy('c', "command", host_page::command(known)),
    ];
    entries.retain(|entry| !entry.detail.is_empty());
    (format!("Copy of {}", known.name), entries)
}

/// `Copied web`, `Copied 3 lines`.
pub fn copied(text: &str) -> String {
    match text.lines().count() {
        0 | 1 => format!("Copied {}", truncate(text.trim_end(), SHOWN)),
        lines => format!("Copied {lines} lines"),
    }
}

fn of_selected(host: &Host, detail_first: bool) -> (String, Vec<Entry>) {
    let (name, of_row) = match host.view {
        View::Containers => host.selected_container().map(|row| (row.name.to_string(), of_container(host, row))),
        View::Images => host.selected_image().map(|row| (row.title().to_owned(), of_image(row))),
        View::Volumes => host.selected_volume().map(|row| (row.name.to_string(), of_volume(row))),
        View::Networks => host.selected_network().map(|row| (row.name.to_string(), of_network(row))),
        View::Registries => host.registries.selected().map(|row| (row.name().to_owned(), of_registry(host))),
        View::Events => {
            host.selected_event().map(|row| (format!("{} {}", row.action, row.short_name()), of_event(row)))
        }
        View::System => host.selected_disk_use().map(|row| (row.kind.title().to_owned(), Vec::new())),
    }
    .unwrap_or_default();
    // What the detail pane shows of it may be worth more than its name; it comes first where the cursor is there.
    let shown = host.detail.copyables().into_iter().map(|(label, text)| Entry::copy('\0', label, text));
    let mut entries: Vec<Entry> =
        if detail_first { shown.chain(of_row).collect() } else { of_row.into_iter().chain(shown).collect() };
    entries.retain(|entry| !entry.detail.is_empty());
    (format!("Copy of {name}"), entries)
}

fn of_container(host: &Host, row: &Container) -> Vec<Entry> {
    let joined = |texts: Vec<String>| texts.join("\n");
    let run = Entry {
        label: "docker run …".into(),
        detail: format!("the whole command that makes {} again", row.name),
        key: Some('r'),
        tone: Tone::Plain,
        effect: Effect::Template {
            host: host.id.clone(),
            container: row.id.clone(),
            purpose: TemplateUse::CopyRunCommand,
        },
        notice: None,
    };
    vec![
        Entry::copy('n', "name", &*row.name),
        Entry::copy('i', "id", row.id.as_str()),
        Entry::copy('s', "short id", row.id.short()),
        Entry::copy('m', "image", &*row.image),
        Entry::copy('p', "ports", joined(ports(row))),
        Entry::copy('a', "addresses", joined(addresses(row))),
        run,
        Entry::copy('e', "docker exec …", exec_command(&row.name, "sh")),
        Entry::copy('l', "docker logs …", print_command(&["docker", "logs", "-f", &row.name])),
    ]
}

/// The same port on IPv4 and IPv6 is one.
fn ports(row: &Container) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    for text in row.ports.iter().map(ToString::to_string) {
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    texts
}

fn addresses(row: &Container) -> Vec<String> {
    row.networks.iter().filter(|one| !one.address.is_empty()).map(|one| one.address.to_string()).collect()
}

fn of_image(row: &Image) -> Vec<Entry> {
    let mut entries = vec![
        Entry::copy('r', "reference", row.reference()),
        Entry::copy('i', "id", row.id.as_str()),
        Entry::copy('s', "short id", row.id.short()),
    ];
    entries.extend(row.digests.first().map(|digest| Entry::copy('d', "digest", &**digest)));
    entries
}

fn of_volume(row: &Volume) -> Vec<Entry> {
    vec![Entry::copy('n', "name", row.name.as_str()), Entry::copy('m', "mountpoint", &*row.mountpoint)]
}

fn of_network(row: &Network) -> Vec<Entry> {
    vec![
        Entry::copy('n', "name", &*row.name),
        Entry::copy('i', "id", row.id.as_str()),
        Entry::copy('s', "subnets", row.subnets.join("\n")),
    ]
}

/// Of an image the name that pulls it, the digest, and both.
fn of_registry(host: &Host) -> Vec<Entry> {
    let registries = &host.registries;
    let selected = registries.selected();
    let name = selected.map(|row| row.name().to_owned()).unwrap_or_default();
    let image = registries.image();
    let item = selected.and_then(RegistryRow::item).and_then(|item| item.digest.clone());
    let digest = item.or_else(|| registries.digest(image.as_ref()?).map(Into::into));
    let pinned = image.as_ref().zip(digest.as_ref()).and_then(|(image, digest)| image.reference(digest).image());
    let reference = image.and_then(|image| image.image()).or_else(|| registries.inward()?.image());
    vec![
        Entry::copy('n', "name", name),
        Entry::copy('r', "reference", reference.unwrap_or_default()),
        Entry::copy('d', "digest", digest.map(String::from).unwrap_or_default()),
        Entry::copy('p', "reference with digest", pinned.unwrap_or_default()),
    ]
}

fn of_event(row: &EventRow) -> Vec<Entry> {
    vec![
        Entry::copy('l', "line", row.line()),
        Entry::copy('e', "JSON", &*row.raw),
        Entry::copy('n', "name", &*row.name),
        Entry::copy('i', "id", &*row.actor),
    ]
}

fn of_marked_events(host: &Host) -> (String, Vec<Entry>) {
    let keys = host.list().targets();
    let rows: Vec<&EventRow> = keys.iter().filter_map(|key| host.events.find(key)).collect();
    let each = |text: fn(&EventRow) -> String| rows.iter().map(|row| text(row)).collect::<Vec<_>>().join("\n");
    let entries = vec![
        Entry::copy('l', "lines", each(EventRow::line)),
        Entry::copy('e', "JSON lines", each(|row| row.raw.to_string())),
    ];
    (marked_title(rows.len(), View::Events), entries)
}

/// The same of marked containers wherever they run, in the order of the list, and once more with their hosts.
fn of_marked_everywhere(app: &App) -> (String, Vec<Entry>) {
    let marked = everywhere::marked(app);
    let lines = |line: fn(&Host, &Container) -> String| {
        marked.iter().map(|(host, row)| line(host, row)).collect::<Vec<_>>().join("\n")
    };
    let entries = vec![
        Entry::copy('n', "names", lines(|_, row| row.name.to_string())),
        Entry::copy('i', "ids", lines(|_, row| row.id.as_str().to_owned())),
        Entry::copy('h', "hosts and names", lines(|host, row| format!("{} {}", host.id, row.name))),
    ];
    (marked_title(marked.len(), View::Containers), entries)
}

/// `Copy of 2 marked containers`, `Copy of 1 marked container`
fn marked_title(count: usize, view: View) -> String {
    let noun = view.plural();
    let noun = if count == 1 { noun.trim_end_matches('s') } else { noun };
    format!("Copy of {count} marked {noun}")
}

/// Names and ids of all marked things, one a line.
fn of_marked(host: &Host) -> (String, Vec<Entry>) {
    let keys = host.list().targets();
    let count = keys.len();
    let named: HashMap<&str, &str> = match host.view {
        View::Containers => host.containers.rows.iter().map(|row| (row.id.as_str(), &*row.name)).collect(),
        View::Images => host.images.rows.iter().map(|row| (row.id.as_str(), row.reference())).collect(),
        View::Volumes => host.volumes.rows.iter().map(|row| (row.name.as_str(), row.name.as_str())).collect(),
        View::Networks => host.networks.rows.iter().map(|row| (row.id.as_str(), &*row.name)).collect(),
        View::Registries => host.registries.rows().iter().map(|row| (row.name(), row.name())).collect(),
        View::Events => return of_marked_events(host),
        View::System => host.disk.rows.iter().map(|row| (row.kind.title(), row.kind.title())).collect(),
    };
    let names: Vec<&str> = keys.iter().filter_map(|key| named.get(&**key).copied()).collect();
    let mut entries = vec![Entry::copy('n', "names", names.join("\n"))];
    if !matches!(host.view, View::Volumes | View::Registries) {
        entries.push(Entry::copy('i', "ids", keys.iter().map(|key| &**key).collect::<Vec<_>>().join("\n")));
    }
    (marked_title(count, host.view), entries)
}
