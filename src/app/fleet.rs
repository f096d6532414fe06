//! Which hosts are connected and which is on screen: switching, and a roster that changed while the program runs.

use super::host::{Host, Link};
use super::layout::Pane;
use super::listing::Place;
use super::update::Effects;
use super::{App, Effect, Fetch, everywhere, rows};
use crate::config::{Confirm, HostProfile, KnownHost, Source, nearest};
use crate::domain::{Endpoint, HostId};

/// Why a host takes no changes, the end of a sentence.
pub const READ_ONLY: &str = "this host is read-only";

/// Brings a host to the screen, connecting to it where that was not done before; what is known of it is shown at once,
/// and asked for anew.
///
/// # Errors
/// Why there is no such host, or no way to it: there is no silent way to another.
pub fn show(app: &mut App, name: &HostId, effects: &mut Effects) -> Result<(), String> {
    let new = if app.hosts.get(name).is_none() { Some(connectable(app, name)?) } else { None };
    if app.host().id != *name {
        // Every host gets its own view back: the one under the cursor is not the one that is wanted.
        everywhere::abandon(app);
    }
    match new {
        Some(host) => app.hosts.show(host),
        None => {
            app.hosts.switch(name);
        }
    }
    everywhere::go(app, Place::Host);
    app.focus = Pane::List;
    app.zoomed = false;
    let host = app.host();
    match host.link {
        Link::Live => {
            let view = host.view;
            super::update::refresh(app, super::view::View::Containers, effects);
            super::update::refresh(app, view, effects);
            super::update::sample(app, name, effects);
        }
        Link::Lost { .. } => effects.push(Effect::ConnectNow(name.clone())),
        Link::Connecting { .. } => {}
    }
    Ok(())
}

/// Connects, in the background, every host that may be without being asked for. What stays warm is there at once when it
/// is switched to.
pub fn connect_invited(app: &mut App) {
    let invited = app.roster.iter().filter(|known| known.is_invited() && !is_shown_as_another(app, known));
    let names: Vec<HostId> = invited.map(|known| known.name.clone()).collect();
    for name in names {
        if app.hosts.get(&name).is_none()
            && let Ok(host) = connectable(app, &name)
        {
            app.hosts.add(host);
        }
    }
}

/// What follows when a host could not be reached, whose line is still as it was before. At the start, where nobody chose a
/// host and no engine of this machine answers: the other hosts there are, one of which may be meant, are shown to pick
/// from. None of them is chosen for the user, and what was tried stays to be read there.
pub fn unreachable(app: &mut App, id: &HostId, effects: &mut Effects) {
    let host = app.host();
    let is_first_try = matches!(&host.link, Link::Connecting { tried, .. } if tried.is_empty()) && host.is_unknown();
    let nobody_looks_elsewhere = app.place == Place::Host && app.dialogs.is_empty() && app.prompt.is_none();
    if host.id != *id || !host.is_searched_for() || !is_first_try || !nobody_looks_elsewhere {
        return;
    }
    let is_other = |known: &KnownHost| {
        known.name != host.id && known.endpoint.as_ref().is_ok_and(|endpoint| !host.endpoints.contains(endpoint))
    };
    if app.roster.iter().any(is_other) {
        super::command::hosts::open(app, effects);
        let now = app.now;
        app.notices.warn(now, "No engine answers on this machine: choose a host");
    }
}

/// Whether it is a socket that is there by another name: of a host that was given by its address or has a profile, or of
/// the first that answered where nobody chose one.
pub fn is_shown_as_another(app: &App, known: &KnownHost) -> bool {
    let leads_there = |host: &Host| match (host.is_searched_for(), &known.endpoint) {
        (_, Err(_)) => false,
        (true, Ok(endpoint)) => host.endpoint.as_ref() == Some(endpoint),
        (false, Ok(endpoint)) => host.endpoints.contains(endpoint),
    };
    known.source == Source::Known
        && app.hosts.get(&known.name).is_none()
        && app.hosts.iter().any(|host| host.id != known.name && leads_there(host))
}

/// A host of the roster, not yet connected.
fn connectable(app: &App, name: &HostId) -> Result<Host, String> {
    let Some(known) = app.roster.iter().find(|known| known.name == *name) else {
        let names: Vec<&str> = app.roster.iter().map(|known| known.name.as_str()).collect();
        let sentence = format!("There is no host “{name}”.");
        return Err(match nearest(name.as_str(), &names) {
            Some(near) => format!("{sentence} Did you mean {near}?"),
            None => format!("{sentence} There are: {}.", names.join(", ")),
        });
    };
    let endpoint = known.endpoint.clone().map_err(|failure| failure.to_string())?;
    let mut host = Host::new(known.name.clone(), vec![endpoint], app.now);
    host.show_all = app.settings.show_all;
    rows::set_default_sort(&mut host, &app.settings);
    dress(&mut host, known.profile.as_ref(), app.read_only);
    Ok(host)
}

/// Gives a host what its profile says, the flag for the whole run considered.
pub fn dress(host: &mut Host, profile: Option<&HostProfile>, read_only_run: bool) {
    host.color = profile.and_then(|profile| profile.color);
    host.confirm_by_name = profile.is_some_and(|profile| profile.confirm == Confirm::Name);
    let read_only = read_only_run || profile.is_some_and(|profile| profile.read_only);
    host.read_only = read_only.then(|| READ_ONLY.to_owned());
}

/// The roster entry of a host that no file and no variable names.
fn entry(host: &Host) -> Option<KnownHost> {
    let endpoint = host.endpoints.first()?.clone();
    let source = if host.is_searched_for() { Source::Known } else { Source::Flag };
    Some(KnownHost { name: host.id.clone(), source, endpoint: Ok(endpoint), profile: None, is_default: false })
}

/// Adds the hosts that are connected and that the roster does not have: before the others, as they were named for this
/// run.
pub fn complete_roster(app: &mut App) {
    let roster = &app.roster;
    let missing = app.hosts.iter().filter(|host| roster.iter().all(|known| known.name != host.id));
    let missing: Vec<KnownHost> = missing.filter_map(entry).collect();
    app.roster.splice(0..0, missing);
}

/// Takes a roster read anew: a host whose address changed is connected anew and nothing is remembered of the other one,
/// hosts that are gone are let go, what profiles say is taken over.
pub fn take_roster(app: &mut App, roster: Vec<KnownHost>, effects: &mut Effects) {
    let old = std::mem::replace(&mut app.roster, roster);
    let before = |id: &HostId| old.iter().find(|known| known.name == *id);
    let mut gone = Vec::new();
    let ids: Vec<HostId> = app.hosts.iter().map(|host| host.id.clone()).collect();
    for id in ids {
        let now = app.roster.iter().find(|known| known.name == id).cloned();
        match (before(&id), now) {
            (Some(old), Some(new)) if old.endpoint != new.endpoint => relink(app, &new),
            (_, Some(new)) => {
                let read_only = app.read_only;
                if let Some(host) = app.hosts.get_mut(&id) {
                    dress(host, new.profile.as_ref(), read_only);
                }
            }
            (Some(old), None) if outlives_files(old) => app.roster.insert(0, old.clone()),
            (Some(_), None) => gone.push(id),
            (None, None) => {}
        }
    }
    complete_roster_but(app, &gone);
    for id in gone {
        let_go(app, &id, before(&id), effects);
    }
    super::update::renew(app);
}

/// Whether it is not there because a file names it: the command line, a variable, or a socket that may come back.
fn outlives_files(known: &KnownHost) -> bool {
    match known.source {
        Source::Flag | Source::Variable | Source::Known => true,
        Source::Profile | Source::Context | Source::SshConfig => known.endpoint == Ok(Endpoint::Demo),
    }
}

fn complete_roster_but(app: &mut App, gone: &[HostId]) {
    complete_roster(app);
    app.roster.retain(|known| !gone.contains(&known.name));
}

/// Begins anew with a host that is somewhere else now.
fn relink(app: &mut App, known: &KnownHost) {
    let (now, settings, read_only) = (app.now, app.settings.clone(), app.read_only);
    let Some(host) = app.hosts.get_mut(&known.name) else { return };
    let (view, revision) = (host.view, host.revision + 1);
    let endpoints = known.endpoint.iter().cloned().collect();
    *host = Host::new(known.name.clone(), endpoints, now);
    (host.view, host.revision, host.show_all) = (view, revision, settings.show_all);
    if let Err(failure) = &known.endpoint {
        host.unusable = Some(failure.clone());
        host.link = Link::Lost { since: now, tried: Vec::new(), retry_at: None };
    }
    rows::set_default_sort(host, &settings);
    dress(host, known.profile.as_ref(), read_only);
}

/// Drops a host. The one on screen makes room for another that is connected; where there is none, it stays until one is
/// chosen.
fn let_go(app: &mut App, id: &HostId, known: Option<&KnownHost>, effects: &mut Effects) {
    let now = app.now;
    if app.host().id != *id {
        app.hosts.drop(id);
        return;
    }
    super::command::hosts::open(app, effects);
    if app.hosts.drop(id) {
        let text = format!("{id} was removed; {} is on screen now", app.host().id);
        app.notices.warn(now, text);
        return;
    }
    app.roster.extend(known.map(|known| KnownHost { source: Source::Flag, profile: None, ..known.clone() }));
    app.notices.warn(now, format!("{id} was removed; it stays connected until another host is chosen"));
}

/// What is asked when all hosts are to be fresh: those that are live for their containers, the others whether they are
/// back.
pub fn refresh_all(app: &mut App, effects: &mut Effects) {
    let ids: Vec<HostId> = app.hosts.iter().map(|host| host.id.clone()).collect();
    for id in ids {
        let Some(host) = app.hosts.get_mut(&id) else { continue };
        if !host.is_live() {
            effects.push(Effect::ConnectNow(id));
        } else if host.containers.fresh.refresh.ask() {
            effects.push(Effect::Fetch { host: id, fetch: Fetch::Containers });
        }
    }
}

#[cfg(test)]
mod tests;
