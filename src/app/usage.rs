//! What each container of a host used, over time, and what happened to it meanwhile.

pub mod alarm;
mod history;
mod marks;
#[cfg(test)]
mod tests;

pub use history::{Point, Trouble, UsageHistory};
pub use marks::{Happening, Mark, Marks};

use super::charts::measure::Measure;
use crate::config::Thresholds;
use crate::domain::{Container, ContainerId, EngineEvent, Failure, StatsSample, Time, Usage};
use history::nanoseconds;
use std::collections::HashMap;
use std::time::Duration;

/// What the engine said of a container's counters; `Ok(None)` where it has none to tell.
pub type Sampled = Result<Option<StatsSample>, Failure>;

/// The history of every container that was ever on screen: bounded in time and in number, kept over stops and restarts,
/// dropped with its container.
#[derive(Debug, Default)]
pub struct UsageBook {
    histories: HashMap<ContainerId, UsageHistory>,
    marks: Marks,
    /// The time of the newest sample, by the engine's clock.
    newest: Option<i64>,
}

/// How much is kept, and what counts as a gap.
#[derive(Clone, Copy, Debug)]
pub struct Keep {
    pub history: Duration,
    /// Two samples further apart than this say nothing of the time between them.
    pub gap: Duration,
}

/// Points kept of one host whatever the settings say: some 6 MiB.
pub const MOST: usize = 60_000;

impl UsageBook {
    /// Takes what the engine said of a container.
    pub fn take(&mut self, container: &ContainerId, now: Time, answer: Sampled, keep: Keep) {
        if let Ok(Some(sample)) = &answer {
            self.newest = self.newest.max(Some(sample.read_at));
        }
        if let Some(history) = self.histories.get_mut(container) {
            history.take(now, answer, keep);
        } else {
            let mut history = UsageHistory::default();
            history.take(now, answer, keep);
            self.histories.insert(container.clone(), history);
        }
        let mut count: usize = self.histories.values().map(|history| history.points().len()).sum();
        while count > MOST {
            let oldest = |history: &&mut UsageHistory| history.points().next().map_or(i64::MAX, |point| point.usage.at);
            let Some(history) = self.histories.values_mut().min_by_key(oldest) else { break };
            history.forget_oldest();
            count -= 1;
        }
    }

    /// The measures of a container that have just become high, with their words. Asked once for each sample.
    pub fn crossings(&mut self, container: &ContainerId, thresholds: &Thresholds) -> Vec<(Measure, String)> {
        self.histories.get_mut(container).map(|history| history.crossings(thresholds)).unwrap_or_default()
    }

    /// Notes what an event tells of a container.
    pub fn note(&mut self, event: &EngineEvent) {
        self.marks.note(event);
    }

    /// Notes that a container was killed then for want of memory.
    pub fn note_out_of_memory(&mut self, container: &ContainerId, at: i64) {
        self.marks.insert(container, Mark { at, what: Happening::OutOfMemory });
    }

    /// What happened to a container, oldest first.
    pub fn marks<'a>(&'a self, container: &'a ContainerId) -> impl DoubleEndedIterator<Item = &'a Mark> {
        self.marks.of(container)
    }

    /// What happened to any container, oldest first.
    pub fn all_marks(&self) -> impl Iterator<Item = (&ContainerId, &Mark)> {
        self.marks.all()
    }

    pub fn history(&self, container: &ContainerId) -> Option<&UsageHistory> {
        self.histories.get(container)
    }

    /// Every container that has one.
    pub fn histories(&self) -> impl Iterator<Item = (&ContainerId, &UsageHistory)> {
        self.histories.iter()
    }

    /// What a container uses now, where that is known.
    pub fn latest(&self, container: &ContainerId) -> Option<&Usage> {
        self.histories.get(container)?.latest()
    }

    /// What every container uses of which that is known.
    pub fn all_latest(&self) -> impl Iterator<Item = &Usage> {
        self.histories.values().filter_map(UsageHistory::latest)
    }

    /// The time of the newest sample of any container, by the engine's clock.
    pub fn newest(&self) -> Option<i64> {
        self.newest
    }

    /// Takes the list of containers: those that do not run rest, those that are no more are forgotten, and so is what is
    /// older than is kept.
    pub fn settle(&mut self, containers: &[Container], history: Duration) {
        if self.histories.is_empty() {
            return;
        }
        let states: HashMap<&ContainerId, bool> =
            containers.iter().map(|container| (&container.id, container.state.is_up())).collect();
        let oldest = self.newest.map(|newest| newest.saturating_sub(nanoseconds(history)));
        self.histories.retain(|id, history| {
            let Some(is_up) = states.get(id) else { return false };
            if !is_up {
                history.rest();
            }
            oldest.into_iter().for_each(|oldest| history.forget_before(oldest));
            true
        });
        oldest.into_iter().for_each(|oldest| self.marks.forget_before(oldest));
    }
}
