//! What should be running, as a function of the state: nobody starts or stops a stream by hand.

use super::App;
use super::dialog::Dialog;
use super::effect::{Beat, Subscription};
use super::host::Link;
use super::layout::list_rows;
use super::listing::Place;
use super::view::View;
use crate::domain::ContainerId;
use std::time::Duration;

/// Never ask an engine for more samples a second than this, however many rows are on screen.
const SAMPLES_PER_SECOND: u32 = 8;
/// How soon a second sample follows a first one: rates need two.
const FIRST_RATE: Duration = Duration::from_secs(1);
/// A list that takes long to answer is polled so rarely that it costs the engine no more than this share of its time.
const POLL_COST: u32 = 50;

/// How often a search goes on for a stretch: keys come in between.
const SEARCH_PERIOD: Duration = Duration::from_millis(10);

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
    if !host.is_live() {
        return wanted;
    }
    wanted.push(Subscription::Every { beat: Beat::Poll(host.id.clone()), period: poll_period(app) });
    if !sampled(app).is_empty() {
        wanted.push(Subscription::Every { beat: Beat::Stats(host.id.clone()), period: stats_period(app) });
    }
    if app.place == Place::Host && is_detail_on_screen(app) {
        wanted.extend(host.detail.subscriptions(host));
        if host.detail.is_searching() {
            wanted.push(Subscription::Every { beat: Beat::Search, period: SEARCH_PERIOD });
        }
    }
    wanted
}

/// Whether time itself is on screen, so that it must be drawn anew each second.
fn needs_clock(app: &App) -> bool {
    if app.place == Place::Hosts {
        return true;
    }
    let waiting = match app.host().link {
        Link::Connecting { .. } | Link::Lost { .. } => true,
        Link::Live => false,
    };
    let reading = is_detail_on_screen(app) && app.host().detail.waiting_since().is_some();
    let ages = matches!(app.dialogs.last(), Some(Dialog::Messages(_)));
    waiting || reading || ages || app.notices.is_fading(app.now) || !app.host().jobs.running().is_empty()
}

fn poll_period(app: &App) -> Duration {
    let cost = app.host().round_trip.unwrap_or_default() * POLL_COST;
    // Whole seconds, so that a period does not restart its beat at every small change.
    Duration::from_secs(app.settings.poll_interval.get().max(cost).as_secs().max(1))
}

/// Whether the detail pane can be seen.
pub fn is_detail_on_screen(app: &App) -> bool {
    !app.layout().detail.is_empty()
}

/// The containers whose stats are on screen.
pub fn sampled(app: &App) -> Vec<ContainerId> {
    let host = app.host();
    if app.place != Place::Host || host.view != View::Containers {
        return Vec::new();
    }
    let layout = app.layout();
    let mut containers: Vec<ContainerId> = if layout.list.is_empty() {
        Vec::new()
    } else {
        let rows = host.lists.containers.window(list_rows(layout.list));
        rows.filter_map(|(_, index, _)| host.containers.rows.get(index))
            .filter(|row| row.state.is_up())
            .map(|row| row.id.clone())
            .collect()
    };
    if is_detail_on_screen(app)
        && host.detail.tab(host.view).shows_stats()
        && let Some(row) = host.selected_container().filter(|row| row.state.is_up())
        && !containers.contains(&row.id)
    {
        containers.push(row.id.clone());
    }
    containers
}

/// How often each of them is sampled: the setting, or less often when there are many.
pub fn stats_period(app: &App) -> Duration {
    let containers = sampled(app);
    let usage = &app.host().usage;
    let lacks_rate = |id: &ContainerId| usage.history(id).is_some() && usage.latest(id).is_none();
    if containers.iter().any(lacks_rate) {
        return FIRST_RATE;
    }
    let count = u32::try_from(containers.len()).unwrap_or(u32::MAX);
    let fair = Duration::from_secs(u64::from(count.div_ceil(SAMPLES_PER_SECOND)));
    app.settings.stats.interval.get().max(fair)
}
