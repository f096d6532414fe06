//! Whose stats are asked for, and how often: what is on screen, and of hosts seen as a whole a few at a time.

use super::App;
use super::host::Host;
use super::layout::list_rows;
use super::listing::Place;
use super::subscriptions::is_detail_on_screen;
use super::view::View;
use crate::domain::ContainerId;
use std::time::Duration;

/// Never ask an engine for more samples a second than this, however many rows are on screen.
const SAMPLES_PER_SECOND: u32 = 8;
/// How soon a second sample follows a first one: rates need two.
const FIRST_RATE: Duration = Duration::from_secs(1);
/// Containers of a host that are sampled in one round while all hosts are on screen: its load is added up over rounds.
const FEW: usize = 6;
/// How long such a round takes.
const ROUND: Duration = Duration::from_secs(3);

/// Whether any container of a host is to be sampled. As [`of`], but cheap: it is asked after every message.
pub fn is_wanted(app: &App, host: &Host) -> bool {
    match app.place {
        Place::Host => host.id == app.host().id && !on_screen(app).is_empty(),
        Place::Hosts => host.tally.up > 0,
        Place::Everywhere => !in_all(app, host).is_empty(),
    }
}

/// The containers of a host to sample in the next round.
pub fn of(app: &App, host: &Host) -> Vec<ContainerId> {
    match app.place {
        Place::Host if host.id == app.host().id => on_screen(app),
        Place::Host => Vec::new(),
        Place::Hosts => few(host),
        Place::Everywhere => in_all(app, host),
    }
}

/// How often each of them is sampled: the setting, or less often when there are many.
pub fn period(app: &App, host: &Host) -> Duration {
    let line = host.line.unwrap_or_default();
    if app.place == Place::Hosts {
        return ROUND.max(seconds(line * u32::try_from(FEW).unwrap_or(u32::MAX)));
    }
    let containers = of(app, host);
    let lacks_rate = |id: &ContainerId| host.usage.history(id).is_some() && host.usage.latest(id).is_none();
    if containers.iter().any(lacks_rate) {
        return FIRST_RATE.max(seconds(line));
    }
    let count = u32::try_from(containers.len()).unwrap_or(u32::MAX);
    // On a long line as a rule one sample at a time is on its way.
    let each = line.max(Duration::from_secs(1) / SAMPLES_PER_SECOND);
    let fair = seconds(each * count);
    app.settings.stats.interval.get().max(fair)
}

/// In whole ones, so that a period does not restart its beat at every small change.
fn seconds(span: Duration) -> Duration {
    Duration::from_millis(u64::try_from(span.as_millis()).unwrap_or(u64::MAX).div_ceil(1000).saturating_mul(1000))
}

/// The containers whose stats are on screen while one host is.
fn on_screen(app: &App) -> Vec<ContainerId> {
    let host = app.host();
    if host.view != View::Containers {
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

/// Those of a host that are on screen in the list of all hosts.
fn in_all(app: &App, host: &Host) -> Vec<ContainerId> {
    let list = app.layout().list;
    let height = if list.is_empty() { 0 } else { list_rows(list) };
    let rows = app.everywhere.list.window(height);
    let rows = rows.filter_map(|(_, index, _)| app.everywhere.row(&app.hosts, index));
    let up = rows.filter(|(at, row)| at.id == host.id && row.state.is_up());
    let mut containers: Vec<ContainerId> = up.map(|(_, row)| row.id.clone()).collect();
    if app.host().id == host.id
        && is_detail_on_screen(app)
        && host.detail.tab(host.view).shows_stats()
        && let Some(row) = host.selected_container().filter(|row| row.state.is_up())
        && !containers.contains(&row.id)
    {
        containers.push(row.id.clone());
    }
    containers
}

/// Those that lack a second sample, then those that have none, then those whose last one is oldest.
fn few(host: &Host) -> Vec<ContainerId> {
    let rank = |id: &ContainerId| match host.usage.history(id) {
        Some(history) if history.points().len() == 0 => (0, 0),
        None => (1, 0),
        Some(history) => (2, history.last_sample().read_at),
    };
    let up = host.containers.rows.iter().filter(|row| row.state.is_up());
    let mut ranked: Vec<((u8, i64), &ContainerId)> = up.map(|row| (rank(&row.id), &row.id)).collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().take(FEW).map(|(_, id)| id.clone()).collect()
}
