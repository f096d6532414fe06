//! Samples of what containers use.

use crate::app::usage::{Keep, Sampled};
use crate::app::view::View;
use crate::app::{App, rows, sampling};
use crate::domain::{ApiVersion, ContainerId, HostId};
use std::time::Duration;

/// Engines up to this API let an answer wait for a second reading of the counters: that is no cost.
const WAITS: ApiVersion = ApiVersion { major: 1, minor: 41 };

/// Takes one round.
pub fn take(app: &mut App, id: &HostId, samples: Vec<(ContainerId, Sampled)>, took: Option<Duration>) {
    let Some(gap) = app.hosts.get(id).map(|host| sampling::gap(app, host)) else { return };
    let keep = Keep { history: app.settings.stats.history.get(), gap };
    let now = app.now;
    let Some(host) = app.hosts.get_mut(id) else { return };
    for (container, answer) in samples {
        host.usage.take(&container, now, answer, keep);
    }
    let waits = host.facts.as_ref().is_none_or(|facts| &*facts.product == "Docker" && facts.api <= WAITS);
    let cost = took.filter(|_| !waits).map(|took| took.saturating_sub(host.line.unwrap_or_default()));
    host.sample_cost = (host.sample_cost * 3 + cost.unwrap_or_default()) / 4;
    host.tally.weigh(&host.usage);
    if rows::is_sorted_by_usage(host) {
        rows::renew(host, View::Containers);
    }
}
