//! Samples of what containers use.

use crate::app::notice::{Notice, Weight};
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
    let thresholds = app.settings.stats.thresholds;
    let now = app.now;
    let Some(host) = app.hosts.get_mut(id) else { return };
    let mut crossings: Vec<(String, String)> = Vec::new();
    for (container, answer) in samples {
        let has_sample = matches!(answer, Ok(Some(_)));
        host.usage.take(&container, now, answer, keep);
        if has_sample {
            let crossed = host.usage.crossings(&container, &thresholds);
            let name = host.container(&container).map(|row| row.name.to_string()).unwrap_or_default();
            crossings.extend(crossed.into_iter().map(|(_, words)| (name.clone(), words)));
        }
    }
    let waits = host.facts.as_ref().is_none_or(|facts| &*facts.product == "Docker" && facts.api <= WAITS);
    let cost = took.filter(|_| !waits).map(|took| took.saturating_sub(host.line.unwrap_or_default()));
    host.sample_cost = (host.sample_cost * 3 + cost.unwrap_or_default()) / 4;
    host.tally.weigh(&host.usage);
    if rows::is_sorted_by_usage(host) {
        rows::renew(host, View::Containers);
    }
    tell(app, id, &crossings);
}

/// One notice for all thresholds that were crossed in a round.
fn tell(app: &mut App, id: &HostId, crossings: &[(String, String)]) {
    let Some((name, words)) = crossings.first() else { return };
    let text = match crossings.len() - 1 {
        0 => format!("{name}: {words}"),
        more => format!("{name}: {words}, and {more} more above a threshold"),
    };
    let each = crossings.iter().map(|(name, words)| format!("{name}: {words}."));
    let remedy = "What is told is set in [stats.thresholds] of the config file.".to_owned();
    let notice = Notice {
        at: app.now,
        weight: Weight::Warning,
        text: app.told_of(id, text),
        details: each.chain([remedy]).collect(),
    };
    app.notices.tell(notice);
}
