//! What engines answer and tell.

mod outcome;
mod registries;
mod stats;
#[cfg(test)]
mod tests;

pub use outcome::cancel;

use super::{Effects, rows};
use crate::app::detail::Subject;
use crate::app::dialog::Dialog;
use crate::app::dialog::api::ApiConsole;
use crate::app::host::{Host, Link};
use crate::app::listing::Place;
use crate::app::msg::{HostMsg, Listed};
use crate::app::refresh::Refresh;
use crate::app::tally::Tally;
use crate::app::view::View;
use crate::app::{App, Effect, Fetch, events, everywhere, together};
use crate::domain::{
    AuditTail, ContainerId, EngineEvent, Failure, FailureKind, HostId, ImageId, NetworkId, State, Time, VolumeName,
};
use std::time::Duration;

/// Takes what came from a host; a host that is not known any more is not listened to.
pub fn host(app: &mut App, id: &HostId, msg: HostMsg, effects: &mut Effects) {
    let (changes_state, changes_rows) = match &msg {
        HostMsg::Connected { .. } | HostMsg::Containers(_) | HostMsg::Stats { .. } => (true, true),
        HostMsg::Connecting | HostMsg::Disconnected { .. } | HostMsg::Facts(_) => (true, false),
        _ => (false, false),
    };
    let lists = matches!(&msg, HostMsg::Connected { .. } | HostMsg::Containers(_));
    let Some(msg) = together::take(app, id, msg) else { return };
    take(app, id, msg, effects);
    if lists {
        together::relist(app, id);
    }
    match app.place {
        Place::Hosts if changes_state => rows::renew_hosts(app),
        Place::Everywhere if changes_rows => everywhere::merge(app),
        Place::Host | Place::Hosts | Place::Everywhere => {}
    }
}

fn take(app: &mut App, id: &HostId, msg: HostMsg, effects: &mut Effects) {
    let now = app.now;
    let keep = app.settings.stats.history.get();
    let Some(host) = app.hosts.get_mut(id) else { return };
    match msg {
        HostMsg::Connecting => {
            if let Link::Lost { since, tried, .. } = &host.link {
                host.link = Link::Connecting { since: *since, tried: tried.clone() };
            }
        }
        HostMsg::Connected { endpoint, listed } => {
            host.link = Link::Live;
            host.silent_since = None;
            host.endpoint = Some(endpoint);
            // What was asked over the old line is not answered any more.
            host.containers.fresh.refresh = Refresh::Idle;
            host.forget_freshness();
            take_containers(host, now, keep, Ok(listed));
            connected(app, id, effects);
        }
        HostMsg::Disconnected { tried, retry_in } => {
            crate::app::fleet::unreachable(app, id, effects);
            let Some(host) = app.hosts.get_mut(id) else { return };
            let since = match &host.link {
                Link::Connecting { since, .. } | Link::Lost { since, .. } => *since,
                Link::Live => now,
            };
            host.link = Link::Lost { since, tried, retry_at: retry_in.map(|span| now.plus(span)) };
        }
        HostMsg::Facts(Ok(facts)) => {
            host.facts = Some(facts);
            learn(app, id);
        }
        HostMsg::Facts(Err(failure)) => {
            let doing = app.told_of(id, "Reading the engine's version".to_owned());
            app.notices.fail(now, &doing, &failure);
        }
        HostMsg::Event(event) => on_event(app, id, &event, effects),
        HostMsg::Raw(serial, part) => {
            if let Some(console) = raw(app, serial) {
                console.take(serial, part);
            }
        }
        HostMsg::RawEnded(serial, result) => {
            if let Some(console) = raw(app, serial) {
                console.end(serial, result);
            }
        }
        HostMsg::EventsFrom(since) => host.events.begin(now, since),
        HostMsg::PastEvents(answer) => {
            let zone = app.zone.clone();
            events::take_past(host, now, &zone, answer);
            let again = host.events.fresh.refresh.ended().then(|| Fetch::Events(host.events.span(now)));
            effects.extend(again.map(|fetch| Effect::Fetch { host: id.clone(), fetch }));
        }
        HostMsg::EventsRefused(failure) => {
            let doing = app.told_of(id, "No live events, only polling".to_owned());
            app.notices.fail(now, &doing, &failure);
        }
        HostMsg::EventsResumed => {
            host.forget_freshness();
            if host.containers.fresh.refresh.ask() {
                effects.push(Effect::Fetch { host: id.clone(), fetch: Fetch::Containers });
            }
        }
        HostMsg::Silent(span) => host.silent_since = Some(now.minus(span)),
        HostMsg::Heard(round_trip) => {
            host.silent_since = None;
            host.line = round_trip.or(host.line);
        }
        HostMsg::LoginEnded(Ok(())) => effects.push(Effect::ConnectNow(id.clone())),
        HostMsg::LoginEnded(Err(failure)) if failure.kind == FailureKind::Cancelled => {
            app.notices.warn(now, failure.sentence);
        }
        HostMsg::LoginEnded(Err(failure)) => app.notices.fail(now, &format!("Logging in to {id}"), &failure),
        // Asked over a line that is gone: the rows come with the next one.
        HostMsg::Containers(_) if !host.is_live() => {}
        HostMsg::Containers(answer) => {
            if answer.as_ref().is_err_and(Failure::is_connection) {
                effects.push(Effect::ConnectNow(id.clone()));
            }
            take_containers(host, now, keep, answer);
            if host.containers.fresh.refresh.ended() {
                effects.push(Effect::Fetch { host: id.clone(), fetch: Fetch::Containers });
            }
            learn(app, id);
        }
        HostMsg::Images(answer) => {
            let failure = answer.as_ref().err().cloned();
            host.images.take(now, answer);
            taken(app, id, View::Images, effects);
            learn(app, id);
            if app.host().id == *id {
                crate::app::command::helper::offer(app, failure.as_ref());
            }
        }
        HostMsg::Volumes(answer) => {
            host.volumes.take(now, answer);
            taken(app, id, View::Volumes, effects);
        }
        HostMsg::Networks(answer) => {
            host.networks.take(now, answer);
            taken(app, id, View::Networks, effects);
            learn(app, id);
        }
        HostMsg::Registries(answer) => registries::list(host, now, answer, effects),
        HostMsg::RegistryStatus(name, status) => {
            host.registries.take_status(&name, status);
            rows::renew(host, View::Registries);
        }
        HostMsg::RegistryPage { path, after, page } => {
            registries::page(host, now, &path, after.as_deref(), page, effects)
        }
        HostMsg::DiskUse(answer) => {
            host.disk.take(now, answer);
            taken(app, id, View::System, effects);
            learn(app, id);
        }
        HostMsg::Privileges { reference, told } => {
            crate::app::command::plugins::take_privileges(app, id, &reference, told);
        }
        HostMsg::AboutImages(told) => crate::app::image_asks::take(app, id, told),
        HostMsg::Ending { container, at, out_of_memory } => {
            if let (Some(host), Ok(true)) = (app.hosts.get_mut(id), out_of_memory) {
                host.usage.note_out_of_memory(&container, at);
            }
        }
        HostMsg::VolumeSizes(answer) => crate::app::command::storage::measured(app, id, now, answer),
        HostMsg::Stats { samples, took } => stats::take(app, id, samples, took),
        HostMsg::Detail(key, answer) => {
            registries::note(host, &key, &answer);
            let again = host.detail.take(&key, answer);
            effects.extend(again.map(|key| Effect::Fetch { host: id.clone(), fetch: Fetch::Detail(key) }));
        }
        HostMsg::FileEdited { spot, edited } => super::files::edited(app, id, spot, edited, effects),
        HostMsg::FileOpened { root, path, found } => super::files::opened(app, id, &root, &path, found),
        HostMsg::Log { container, attempt, part } => host.detail.take_log(&container, attempt, part),
        HostMsg::LogPage { container, ask, page } => host.detail.take_log_page(&container, &ask, page),
        HostMsg::LogSurvey { container, ask, part } => {
            if let Some(logs) = &mut host.detail.logs {
                logs.take_survey(&container, &ask, part);
            }
        }
        HostMsg::Progress { job, progress } => host.jobs.progress(now, job, progress),
        HostMsg::Build { job, news } => super::build::told(app, id, job, news),
        HostMsg::Outcome { job, result } => outcome::take(app, id, job, result, effects),
        HostMsg::ConsoleEnded { container, shell, result } => outcome::console(app, id, &container, shell, result),
        HostMsg::Session { id: session, part } => super::console::part(app, id, session, part, effects),
        HostMsg::Exchanged(exchanges) => {
            exchanges.into_iter().for_each(|(at, exchange)| app.requests.add(id, at, exchange));
        }
        HostMsg::Template { container, inspected, purpose } => {
            outcome::template(app, id, &container, inspected, purpose, effects);
        }
    }
}

/// The rows of a view came, or did not: they are on screen, and asked for again if that was wanted meanwhile.
fn taken(app: &mut App, id: &HostId, view: View, effects: &mut Effects) {
    let Some(host) = app.hosts.get_mut(id) else { return };
    if host.freshness_mut(view).refresh.ended() {
        let fetch = host.rows_of(view);
        effects.push(Effect::Fetch { host: id.clone(), fetch });
    }
    rows::renew(host, view);
}

/// The question what is to go tells what is known now.
fn learn(app: &mut App, id: &HostId) {
    let Some(host) = app.hosts.get(id) else { return };
    for dialog in &mut app.dialogs {
        if let Dialog::Confirm(confirm) = dialog
            && confirm.host == *id
        {
            confirm.learn(host);
        }
    }
}

fn take_containers(host: &mut Host, now: Time, keep: Duration, answer: Result<Listed, Failure>) {
    let round_trip = answer.as_ref().ok().map(|listed| listed.round_trip);
    host.round_trip = round_trip.or(host.round_trip);
    host.containers.take(now, answer.map(|listed| listed.containers));
    host.usage.settle(&host.containers.rows, keep);
    host.tally = Tally::of(&host.containers.rows, &host.usage);
    let is_listed = |(id, state): &(ContainerId, State)| host.container(id).is_none_or(|row| row.state == *state);
    if host.unlisted.as_ref().is_some_and(is_listed) {
        host.unlisted = None;
    }
    rows::renew(host, View::Containers);
}

/// What is asked right after a connection: nothing that the first picture has to wait for.
fn connected(app: &mut App, id: &HostId, effects: &mut Effects) {
    effects.push(Effect::Fetch { host: id.clone(), fetch: Fetch::Facts });
    super::sample(app, id, effects);
    // What was asked over the old line is not answered any more.
    let waits = |dialog: &Dialog| matches!(dialog, Dialog::HelperImage(helper) if helper.images.is_none());
    if app.host().id == *id && app.dialogs.iter().any(waits) && app.host_mut().images.fresh.refresh.ask() {
        effects.push(Effect::Fetch { host: id.clone(), fetch: Fetch::Images });
    }
}

/// An event means: what is on screen may be old. What is not on screen is asked when it comes there.
fn on_event(app: &mut App, id: &HostId, event: &EngineEvent, effects: &mut Effects) {
    let now = app.now;
    let zone = app.zone.clone();
    let Some(host) = app.hosts.get_mut(id) else { return };
    events::take(host, event, &zone);
    let subject = match &*event.kind {
        "image" => Some(Subject::Image(ImageId::new(&*event.actor))),
        "volume" => Some(Subject::Volume(VolumeName::new(&*event.actor))),
        "network" => Some(Subject::Network(NetworkId::new(&*event.actor))),
        _ => None,
    };
    let again = subject.and_then(|subject| host.detail.on_event(&subject));
    effects.extend(again.map(|key| Effect::Fetch { host: id.clone(), fetch: Fetch::Detail(key) }));
    match &*event.kind {
        "container" => {
            host.usage.note(event);
            if !changes_the_list(&event.action) {
                return;
            }
            let container = ContainerId::new(&*event.actor);
            if is_unexplained_end(host, event) {
                let fetch = Fetch::Ending { container: container.clone(), at: event.time };
                effects.push(Effect::Fetch { host: id.clone(), fetch });
            }
            let told = match &*event.action {
                "pause" => Some(State::Paused),
                "unpause" => Some(State::Running),
                _ => None,
            };
            host.unlisted = told.map(|state| (container.clone(), state)).or(host.unlisted.take());
            if let Some(key) = host.detail.on_container_event(now, &container, &event.action) {
                effects.push(Effect::Fetch { host: id.clone(), fetch: Fetch::Detail(key) });
            }
            if host.containers.fresh.refresh.ask() {
                effects.push(Effect::Fetch { host: id.clone(), fetch: Fetch::Containers });
            }
        }
        "image" => stale(host, View::Images, effects),
        "volume" => stale(host, View::Volumes, effects),
        "network" => stale(host, View::Networks, effects),
        "plugin" => {
            let again = host.detail.on_plugin_change();
            effects.extend(again.map(|key| Effect::Fetch { host: id.clone(), fetch: Fetch::Detail(key) }));
        }
        _ => {}
    }
}

/// Whether a container whose figures are known was killed, on an engine that has no event for why.
fn is_unexplained_end(host: &Host, event: &EngineEvent) -> bool {
    let is_podman = host.facts.as_ref().is_some_and(|facts| &*facts.product == "Podman");
    let is_killed = event.verb() == "die" && event.exit_code() == Some("137");
    is_podman && is_killed && host.usage.history(&ContainerId::new(&*event.actor)).is_some()
}

/// Health checks start processes every few seconds in every container: those events change no row.
fn changes_the_list(action: &str) -> bool {
    !(action.starts_with("exec_")
        || matches!(action, "top" | "resize" | "attach" | "detach" | "archive-path" | "extract-to-dir"))
}

/// Rows of another kind are asked for when they are on screen, else forgotten to be fresh.
fn stale(host: &mut Host, view: View, effects: &mut Effects) {
    let on_screen = host.view == view;
    let fresh = host.freshness_mut(view);
    if !on_screen {
        fresh.at = None;
    }
    // An answer that is on its way may be older than the event: then one more follows it.
    if (on_screen || fresh.refresh != Refresh::Idle) && fresh.refresh.ask() {
        let fetch = host.rows_of(view);
        effects.push(Effect::Fetch { host: host.id.clone(), fetch });
    }
}

/// A file that a form asked for.
pub fn file_read(app: &mut App, path: &str, text: Result<String, Failure>) {
    if let Err(failure) = super::forms::file_read(app, path, text) {
        let now = app.now;
        app.notices.fail(now, &format!("Reading {path}"), &failure);
    }
}

/// The API console that a request was sent from; what changes something goes on when it is closed.
fn raw(app: &mut App, serial: u32) -> Option<&mut ApiConsole> {
    let shown = app.dialogs.iter_mut().filter_map(|dialog| match dialog {
        Dialog::Api(console) => Some(&mut **console),
        _ => None,
    });
    let kept = app.api_book.kept.iter_mut().map(|console| &mut **console);
    shown.chain(kept).find(|console| console.is_about(serial))
}

/// The end of the audit log, for who still looks at it.
pub fn audit(app: &mut App, read: Result<AuditTail, Failure>) {
    for dialog in &mut app.dialogs {
        if let Dialog::Audit(audit) = dialog {
            audit.take(read);
            return;
        }
    }
}

/// How long a request may go on before its notice says so.
pub const WORTH_TELLING: Duration = Duration::from_millis(100);
