//! Whose stats are asked for, and how often: what is on screen, and of hosts seen as a whole a few at a time.

use super::App;
use super::charts::scene::{COMPARED, subjects};
use super::command::charts;
use super::dialog::Dialog;
use super::host::Host;
use super::layout::list_rows;
use super::listing::Place;
use super::usage::UsageHistory;
use super::view::View;
use crate::domain::{ContainerId, HostId, Time, order};
use std::time::Duration;

/// Never ask an engine for more samples a second than this, however many rows are on screen.
const SAMPLES_PER_SECOND: u32 = 8;
/// So many times as long as a sample keeps the engine busy, it is spared: 8% of a core.
const COST: u32 = 12;
/// Milliseconds; what takes less is not told from the noise of the line.
const CHEAP: u64 = 10;
/// A round that comes late is no gap.
const LEAST_GAP: Duration = Duration::from_secs(15);
/// How long a round takes that is waited for.
const AT_ONCE: Duration = Duration::from_millis(100);
/// Lines with a shorter round trip carry a round's questions at once.
const NEAR: Duration = Duration::from_millis(50);
/// Containers of a host that are sampled in one round while all hosts are on screen: its load is added up over rounds.
const FEW: usize = 6;
/// Rounds of an overview are no longer, whatever the setting: there is always something to tell.
const LONGEST_ROUND: Duration = Duration::from_secs(5);
/// How long such a round takes.
const ROUND: Duration = Duration::from_secs(3);

/// One sample of each of some containers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Round {
    pub containers: Vec<ContainerId>,
    /// Those of them of which no sample is known, to be asked once more soon: rates need two.
    pub fresh: Vec<ContainerId>,
    /// The requests are spread over this time.
    pub over: Duration,
}

/// Whether any container of a host is to be sampled. As [`of`], but cheap: it is asked after every message.
pub fn is_wanted(app: &App, host: &Host) -> bool {
    if let Some(id) = overviewed(app) {
        return host.id == *id && host.tally.up > 0;
    }
    match app.place {
        Place::Host => host.id == app.host().id && !on_screen(app).is_empty(),
        Place::Hosts => host.tally.up > 0,
        Place::Everywhere => !in_all(app, host).is_empty(),
    }
}

/// The containers of a host to sample in the next round.
pub fn of(app: &App, host: &Host) -> Vec<ContainerId> {
    if let Some(id) = overviewed(app) {
        return if host.id == *id { few(host, overview_round(app, host).0) } else { Vec::new() };
    }
    match app.place {
        Place::Host if host.id == app.host().id => on_screen(app),
        Place::Host => Vec::new(),
        Place::Hosts => few(host, FEW),
        Place::Everywhere => in_all(app, host),
    }
}

/// How often each of them is sampled: the setting, or less often when there are many.
pub fn period(app: &App, host: &Host) -> Duration {
    if overviewed(app).is_some() {
        return overview_round(app, host).1;
    }
    if app.place == Place::Hosts {
        return ROUND.max(seconds(each(host) * u32::try_from(FEW).unwrap_or(u32::MAX)));
    }
    let containers = of(app, host);
    let count = u32::try_from(containers.len()).unwrap_or(u32::MAX);
    let fair = seconds(each(host) * count);
    app.settings.stats.interval.get().max(fair)
}

/// The next round: whom to ask, whom of them twice, and how long it takes.
pub fn round(app: &App, host: &Host) -> Round {
    let containers = of(app, host);
    // Where a host is seen as a whole, who lacks a second sample is the first of the next few.
    let is_few = containers.len() < host.tally.up;
    let is_waited_for = if overviewed(app).is_some() { !is_few } else { app.place != Place::Hosts };
    let has_none = |id: &&ContainerId| is_waited_for && host.usage.history(id).is_none_or(UsageHistory::lacks_rate);
    let fresh: Vec<ContainerId> = containers.iter().filter(has_none).cloned().collect();
    let period = period(app, host);
    // First figures are waited for; a long line would only make them wait for each other.
    let is_near = host.line.unwrap_or_default() < NEAR;
    let over = if is_near && !fresh.is_empty() { period.min(AT_ONCE) } else { period };
    Round { containers, fresh, over }
}

/// How long one sample has for itself. On a long line as a rule one at a time is on its way, and an engine is kept busy
/// with them for no more than a share of its time.
fn each(host: &Host) -> Duration {
    let cost = u64::try_from(host.sample_cost.as_millis()).unwrap_or(u64::MAX);
    let cost = if cost < CHEAP { 0 } else { cost.checked_next_power_of_two().unwrap_or(cost) };
    let cost = Duration::from_millis(cost) * COST;
    host.line.unwrap_or_default().max(Duration::from_secs(1) / SAMPLES_PER_SECOND).max(cost)
}

/// The host whose overview covers the screen: nothing else is to be seen then.
fn overviewed(app: &App) -> Option<&HostId> {
    match app.dialogs.last() {
        Some(Dialog::Overview(overview)) => Some(&overview.host),
        _ => None,
    }
}

/// How many containers are sampled in a round of an overview, and how long it takes.
fn overview_round(app: &App, host: &Host) -> (usize, Duration) {
    let each = each(host);
    let round = app.settings.stats.interval.get().min(LONGEST_ROUND).max(seconds(each));
    let count = usize::try_from(round.as_millis() / each.as_millis().max(1)).unwrap_or(1);
    (count.max(1), round)
}

/// How long until a container that is wanted is sampled again.
pub fn cycle(app: &App, host: &Host) -> Duration {
    match (overviewed(app), app.place) {
        (Some(_), _) => cycle_of_overview(app, host),
        (None, Place::Hosts) => cycle_of(host, FEW, period(app, host)),
        (None, Place::Host | Place::Everywhere) => period(app, host),
    }
}

/// The same while the overview of that host is on screen.
pub fn cycle_of_overview(app: &App, host: &Host) -> Duration {
    let (few, round) = overview_round(app, host);
    cycle_of(host, few, round)
}

fn cycle_of(host: &Host, few: usize, round: Duration) -> Duration {
    let rounds = u32::try_from(host.tally.up.div_ceil(few.max(1))).unwrap_or(u32::MAX);
    round.saturating_mul(rounds.max(1))
}

/// Two samples of a container that are further apart than this say nothing of the time between them.
pub fn gap(app: &App, host: &Host) -> Duration {
    cycle(app, host).saturating_mul(3).max(LEAST_GAP)
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
    add_charted(app, host, &mut containers);
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
    add_charted(app, host, &mut containers);
    containers
}

/// Adds those of a host that the charts on screen are about.
fn add_charted(app: &App, host: &Host, containers: &mut Vec<ContainerId>) {
    if !charts::are_shown(app) {
        return;
    }
    for (at, row) in subjects(app).into_iter().take(COMPARED) {
        if at.id == host.id && row.state.is_up() && !containers.contains(&row.id) {
            containers.push(row.id.clone());
        }
    }
}

/// Those that lack a second sample, then those that were never asked, then those that were not asked for longest.
fn few(host: &Host, count: usize) -> Vec<ContainerId> {
    let rank = |id: &ContainerId| match host.usage.history(id) {
        Some(history) if history.lacks_rate() => (0, history.asked_at()),
        None => (1, Time::default()),
        Some(history) => (2, history.asked_at()),
    };
    let up = host.containers.rows.iter().filter(|row| row.state.is_up());
    let mut ranked: Vec<((u8, Time), &ContainerId)> = up.map(|row| (rank(&row.id), &row.id)).collect();
    order::sort_by_key(&mut ranked, |(rank, _)| *rank);
    ranked.into_iter().take(count).map(|(_, id)| id.clone()).collect()
}
