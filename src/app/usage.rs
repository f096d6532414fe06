//! What each container used, over time.

use crate::domain::{ContainerId, StatsSample, Usage};
use std::collections::{HashMap, HashSet, VecDeque};
use std::time::Duration;

/// The history of every container that was ever on screen, bounded in time and dropped with its container.
#[derive(Debug, Default)]
pub struct UsageBook {
    histories: HashMap<ContainerId, UsageHistory>,
}

#[derive(Debug)]
pub struct UsageHistory {
    last: StatsSample,
    /// Oldest first.
    points: VecDeque<Usage>,
}

impl UsageBook {
    /// Adds a sample; points older than `keep` are dropped.
    pub fn add(&mut self, container: &ContainerId, sample: StatsSample, keep: Duration) {
        let Some(history) = self.histories.get_mut(container) else {
            self.histories.insert(container.clone(), UsageHistory { last: sample, points: VecDeque::new() });
            return;
        };
        if let Some(usage) = Usage::between(&history.last, &sample) {
            history.points.push_back(usage);
        }
        history.last = sample;
        let oldest = sample.read_at.saturating_sub(i64::try_from(keep.as_nanos()).unwrap_or(i64::MAX));
        while history.points.front().is_some_and(|point| point.at < oldest) {
            history.points.pop_front();
        }
    }

    pub fn history(&self, container: &ContainerId) -> Option<&UsageHistory> {
        self.histories.get(container)
    }

    /// The newest point, where two samples are known.
    pub fn latest(&self, container: &ContainerId) -> Option<&Usage> {
        self.histories.get(container)?.points.back()
    }

    /// The newest point of every container that has one.
    pub fn all_latest(&self) -> impl Iterator<Item = &Usage> {
        self.histories.values().filter_map(|history| history.points.back())
    }

    /// Forgets what no longer runs: counters start anew with the next start.
    pub fn retain(&mut self, alive: &HashSet<&ContainerId>) {
        self.histories.retain(|id, _| alive.contains(id));
    }
}

impl UsageHistory {
    /// Oldest first.
    pub fn points(&self) -> impl DoubleEndedIterator<Item = &Usage> + ExactSizeIterator {
        self.points.iter()
    }

    pub fn last_sample(&self) -> &StatsSample {
        &self.last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(seconds: i64) -> StatsSample {
        StatsSample { read_at: seconds * 1_000_000_000, cpu_ns: seconds as u64 * 500_000_000, ..StatsSample::default() }
    }

    #[test]
    fn history_is_bounded_in_time() {
        let mut book = UsageBook::default();
        let id = ContainerId::new("a");
        for second in 1..100 {
            book.add(&id, sample(second), Duration::from_secs(10));
        }
        let history = book.history(&id).unwrap();
        assert_eq!(history.points().len(), 11);
        assert!((book.latest(&id).unwrap().cpu_percent - 50.0).abs() < 0.1);
        book.retain(&HashSet::new());
        assert!(book.history(&id).is_none());
    }
}
