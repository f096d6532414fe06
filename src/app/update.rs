//! `update`: takes a message, changes the state, says what to do. Never waits, never fails.

mod answers;
pub mod build;
pub mod console;
pub mod files;
pub mod forms;
mod input;
pub mod log_range;
pub mod log_save;
pub mod profiles;

use super::dialog::Dialog;
use super::effect::Effect;
use super::layout::list_rows;
use super::listing::Place;
use super::msg::{Msg, Order};
use super::view::View;
use super::{App, Beat, Fetch};
use super::{rows, sampling};
use crate::app::msg::JobId;
use crate::domain::{ContainerRequest, FileRequest, HostId, ImageRequest, Request, Time};

/// What is to be done after an update, in order.
pub type Effects = Vec<Effect>;

/// Takes one message.
pub fn update(app: &mut App, now: Time, msg: Msg) -> Effects {
    app.now = app.now.max(now);
    let mut effects = Effects::new();
    match msg {
        Msg::Key(event) => input::key(app, event, &mut effects),
        Msg::Paste(text) => input::paste(app, &text, &mut effects),
        Msg::Mouse(event) => input::mouse(app, event, &mut effects),
        Msg::Click(spot, column) => input::click(app, spot, column, &mut effects),
        Msg::Resize { width, height } => app.area = ratatui::layout::Rect::new(0, 0, width, height),
        Msg::Terminate => effects.push(Effect::Quit),
        Msg::Beat(beat) => on_beat(app, beat, &mut effects),
        Msg::Host(id, msg) => answers::host(app, &id, msg, &mut effects),
        Msg::Audit(read) => answers::audit(app, read),
        Msg::FileRead { path, text } => answers::file_read(app, &path, text),
        Msg::ProfilesEdited { edit, result } => profiles::edited(app, &edit, result, &mut effects),
        Msg::FileLooked { part, path, found } => profiles::file_looked(app, part, &path, &found),
        Msg::ContextLooked { folder, dockerfile, seen } => build::looked(app, &folder, &dockerfile, seen),
        Msg::Trial(id, news) => profiles::trial(app, id, news),
        Msg::Trouble(failure) => app.notices.fail(app.now, "", &failure),
    }
    settle(app, &mut effects);
    effects
}

/// What follows from the state after every message: the detail pane shows what is selected, the cursor is on screen.
fn settle(app: &mut App, effects: &mut Effects) {
    console::settle(app, effects);
    let layout = app.layout();
    let height = list_rows(layout.list);
    let log_settings = app.settings.logs.clone();
    let now = app.now;
    if !layout.list.is_empty() {
        app.list_mut().settle(height);
    }
    super::everywhere::follow(app);
    let is_at_host = app.place != Place::Hosts;
    if !is_at_host {
        super::command::hosts::settle(app);
    }
    super::events::settle(app.host_mut());
    super::together::settle(app);
    let is_alone = app.together.is_none();
    let host = app.host_mut();
    let seen = super::detail::Seen::of(host, is_alone && is_at_host && !layout.detail.is_empty());
    host.detail.follow(now, seen, &log_settings);
    super::links::settle(app.host_mut());
    super::detail::Detail::follow_disk(app.host_mut());
    if app.host().is_live() {
        for view in super::links::lacking(app.host()) {
            refresh(app, view, effects);
        }
    }
    app.host_mut().show_event();
    profiles::look(app, effects);
    build::look(app, effects);
    let host = app.host();
    if is_at_host && host.is_live() && host.freshness(host.view).is_lacking() {
        refresh(app, app.host().view, effects);
    }
    if is_at_host {
        super::command::registries::read_on(app, effects);
    }
    app.host_mut().note_waiting(now);
    let screen = app.area;
    for dialog in &mut app.dialogs {
        if let Dialog::Text(page) = dialog {
            page.fit(screen);
        }
    }
}

fn on_beat(app: &mut App, beat: Beat, effects: &mut Effects) {
    match beat {
        Beat::Clock => {}
        Beat::Search => super::command::logs::search_on(app),
        Beat::Poll(id) => {
            if let Some(host) = app.hosts.get_mut(&id)
                && host.is_live()
            {
                host.unlisted = None;
                if !host.containers.fresh.refresh.ask() {
                    return;
                }
                effects.push(Effect::Fetch { host: id, fetch: Fetch::Containers });
            }
        }
        Beat::Stats(id) => sample(app, &id, effects),
    }
}

/// Samples what is wanted of a host now.
pub fn sample(app: &App, id: &HostId, effects: &mut Effects) {
    let Some(host) = app.hosts.get(id).filter(|host| host.is_live()) else { return };
    let round = sampling::round(app, host);
    if !round.containers.is_empty() {
        effects.push(Effect::Sample { host: id.clone(), round });
    }
}

/// Sends requests to the host on screen as one batch.
pub fn perform(app: &mut App, requests: Vec<Request>, effects: &mut Effects) {
    let host = app.host().id.clone();
    perform_on(app, &host, requests, effects);
}

/// Sends requests to a host as one batch; gives the first job, which names the batch.
pub fn perform_on(app: &mut App, id: &HostId, requests: Vec<Request>, effects: &mut Effects) -> Option<JobId> {
    let orders: Vec<Order> = requests
        .into_iter()
        .map(|request| {
            let job = JobId(app.next_job);
            app.next_job += 1;
            Order { job, request }
        })
        .collect();
    let now = app.now;
    let host = app.hosts.get_mut(id)?;
    host.jobs.begin(now, &orders);
    for order in &orders {
        if let Request::Build(spec) = &order.request {
            app.builds.begin(now, id, order.job, spec);
        }
    }
    let first = orders.first().map(|order| order.job);
    effects.extend(orders.into_iter().map(|order| Effect::Perform { host: id.clone(), order }));
    first
}

/// Asks for the rows of a view unless that is under way.
pub fn refresh(app: &mut App, view: View, effects: &mut Effects) {
    let now = app.now;
    let host = app.host_mut();
    if host.freshness_mut(view).refresh.ask() {
        let fetch = match view {
            View::Events => Fetch::Events(host.events.span(now)),
            _ => host.rows_of(view),
        };
        effects.push(Effect::Fetch { host: host.id.clone(), fetch });
    }
}

/// Renews the list on screen after its filter or order changed.
pub fn renew(app: &mut App) {
    match app.place {
        Place::Host => {
            let host = app.host_mut();
            rows::renew(host, host.view);
        }
        Place::Hosts => rows::renew_hosts(app),
        Place::Everywhere => super::everywhere::renew(app),
    }
}

/// What a request may have changed that is on screen, unless it is being asked for already.
fn refreshed_by(request: &Request, host: &mut super::host::Host) -> Vec<Fetch> {
    // A login changes nothing of the engine's, and what can be seen of a registry.
    if let Request::Registry(_) = request {
        let is_shown = host.view == View::Registries;
        return host.registries.ask_again(is_shown);
    }
    let mut fetches = Vec::new();
    if !request.is_change() {
        return fetches;
    }
    if let Request::Image(ImageRequest::Push { .. }) = request {
        let is_shown = host.view == View::Registries;
        fetches.extend(host.registries.ask_again(is_shown));
    }
    if host.containers.fresh.refresh.ask() {
        fetches.push(Fetch::Containers);
    }
    let view = match request {
        Request::Container(ContainerRequest::Create(_))
        | Request::Image(_)
        | Request::ImageFile(_)
        | Request::Build(_) => View::Images,
        Request::Container(_) | Request::SaveLog(_) | Request::SaveText(_) | Request::Raw(_) | Request::Registry(_) => {
            return fetches;
        }
        Request::File(FileRequest::ImportVolume { .. }) | Request::Volume(_) => View::Volumes,
        Request::File(request) => {
            if request.changed_root().is_some_and(|root| host.detail.files.root() == Some(root)) {
                host.detail.files.read_again();
            }
            return fetches;
        }
        Request::Plugin(_) => {
            fetches.extend(host.detail.on_plugin_change().map(Fetch::Detail));
            return fetches;
        }
        Request::Network(_) => View::Networks,
        Request::System(_) => View::System,
    };
    // Whatever goes or comes makes another picture of the disk.
    if host.view == View::System && view != View::System && host.disk.fresh.refresh.ask() {
        fetches.push(Fetch::DiskUse);
    }
    let on_screen = host.view == view;
    let fresh = host.freshness_mut(view);
    fresh.at = None;
    if on_screen && fresh.refresh.ask() {
        fetches.push(host.rows_of(view));
    }
    fetches
}
