//! What should be running, as a function of the state: nobody starts or stops a stream by hand.

use super::App;
use super::detail::log_pane::LogPane;
use super::dialog::Dialog;
use super::effect::{Beat, Subscription};
use super::host::{Host, Link};
use super::listing::Place;
use super::sampling;
use std::time::Duration;

/// A list that takes long to answer is polled so rarely that it costs the engine no more than this share of its time.
const POLL_COST: u32 = 50;

/// How often a host is polled that nobody looks at: its events tell of every change.
const BACKGROUND: Duration = Duration::from_secs(15);
/// When a list is asked for again that does not show yet what an event said.
const SOON: Duration = Duration::from_millis(300);
/// How often a search goes on for a stretch: keys come in between.
const SEARCH_PERIOD: Duration = Duration::from_millis(2);

/// Everything that should run now.
pub fn subscriptions(app: &App) -> Vec<Subscription> {
    let mut wanted: Vec<Subscription> = app
        .hosts
        .iter()
        .filter(|host| host.unusable.is_none())
        .map(|host| Subscription::Link { host: host.id.clone(), revision: host.revision })
        .collect();
    let host = app.host();
    if needs_clock(app) {
        wanted.push(Subscription::Every { beat: Beat::Clock, period: Duration::from_secs(1) });
    }
    for host in app.hosts.iter().filter(|host| host.is_live()) {
        wanted.push(Subscription::Every { beat: Beat::Poll(host.id.clone()), period: poll_period(app, host) });
        if sampling::is_wanted(app, host) {
            let period = sampling::period(app, host);
            wanted.push(Subscription::Every { beat: Beat::Stats(host.id.clone()), period });
        }
    }
    if app.place != Place::Hosts && is_detail_on_screen(app) {
        match &app.together {
            Some(together) => wanted.extend(together.detail.logs.iter().flat_map(LogPane::all_subscriptions)),
            None if host.is_live() => wanted.extend(host.detail.subscriptions(host)),
            None => {}
        }
        if (host.is_live() || app.together.is_some()) && app.detail().is_searching() {
            wanted.push(Subscription::Every { beat: Beat::Search, period: SEARCH_PERIOD });
        }
    }
    for dialog in &app.dialogs {
        if let Dialog::Api(console) = dialog
            && let Some(request) = console.reading()
        {
            wanted.push(Subscription::Raw { host: console.host.clone(), request: request.clone() });
        }
    }
    wanted
}

/// Whether time itself is on screen, so that it must be drawn anew each second.
fn needs_clock(app: &App) -> bool {
    let is_waiting = |host: &Host| match host.link {
        Link::Connecting { .. } | Link::Lost { .. } => true,
        Link::Live => host.silent_since.is_some() || host.freshness(host.view).waiting_since.is_some(),
    };
    let waiting = if shows_all_hosts(app) { app.hosts.iter().any(is_waiting) } else { is_waiting(app.host()) };
    let log_ages = is_detail_on_screen(app) && app.detail().shows_log_ages();
    let reading = is_detail_on_screen(app) && app.detail().waiting_since().is_some();
    let ages = match app.dialogs.last() {
        Some(Dialog::Messages(_)) => true,
        Some(Dialog::Search(search)) => search.is_searching(),
        Some(Dialog::Api(console)) => console.awaited.is_some(),
        _ => false,
    };
    waiting
        || reading
        || log_ages
        || ages
        || app.notices.is_fading(app.now)
        || app.hosts.iter().any(|host| !host.jobs.running().is_empty())
}

/// Whether the state of hosts in the background can be seen.
fn shows_all_hosts(app: &App) -> bool {
    app.place != Place::Host || matches!(app.dialogs.last(), Some(Dialog::Hosts(_)))
}

fn poll_period(app: &App, host: &Host) -> Duration {
    if host.unlisted.is_some() {
        return SOON;
    }
    let cost = host.round_trip.unwrap_or_default() * POLL_COST;
    let in_sight = app.host().id == host.id || shows_all_hosts(app);
    let setting = app.settings.poll_interval.get();
    let wanted = if in_sight { setting } else { setting.max(BACKGROUND) };
    // Whole seconds, so that a period does not restart its beat at every small change.
    Duration::from_secs(wanted.max(cost).as_secs().max(1))
}

/// Whether the detail pane can be seen.
pub fn is_detail_on_screen(app: &App) -> bool {
    !app.layout().detail.is_empty()
}
