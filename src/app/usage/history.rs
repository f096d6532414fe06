//! What one container used, over time: rates between samples, with gaps where nobody looked.

use super::Keep;
use super::alarm::{Alarms, words};
use crate::app::charts::measure::Measure;
use crate::config::Thresholds;
use crate::domain::{Failure, StatsSample, Time, Usage};
use std::collections::VecDeque;

/// What is known of one container, also while it does not run.
#[derive(Debug, Default)]
pub struct UsageHistory {
    /// The counters that the next sample is compared with; `None` while it does not run.
    last: Option<StatsSample>,
    /// Oldest first.
    points: VecDeque<Point>,
    trouble: Option<Trouble>,
    /// When the engine was last asked, by our clock.
    asked_at: Time,
    alarms: Alarms,
}

/// What it used between two samples.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// From when on the rates hold, nanoseconds since the Unix epoch; its own time behind a gap.
    pub since: i64,
    pub usage: Usage,
}

/// Why a container that runs has no figures.
#[derive(Clone, Debug, PartialEq)]
pub enum Trouble {
    /// The engine answers, with nothing (Podman without cgroups to read).
    Nothing,
    Failed(Failure),
}

impl UsageHistory {
    /// Takes what the engine said when it was asked.
    pub(super) fn take(&mut self, now: Time, answer: Result<Option<StatsSample>, Failure>, keep: Keep) {
        self.asked_at = now;
        let sample = match answer {
            Ok(Some(sample)) => sample,
            Ok(None) => {
                self.trouble = Some(Trouble::Nothing);
                return;
            }
            Err(failure) => {
                self.trouble = Some(Trouble::Failed(failure));
                return;
            }
        };
        self.trouble = None;
        if let Some(usage) = self.last.and_then(|last| Usage::between(&last, &sample)) {
            let since = self.last.map_or(usage.at, |last| last.read_at);
            let is_gap = usage.at.saturating_sub(since) > nanoseconds(keep.gap);
            self.points.push_back(Point { since: if is_gap { usage.at } else { since }, usage });
        }
        self.last = Some(sample);
        self.forget_before(sample.read_at.saturating_sub(nanoseconds(keep.history)));
    }

    /// It does not run: counters begin anew with the next start, what it used before is kept.
    pub(super) fn rest(&mut self) {
        self.last = None;
        self.trouble = None;
        self.alarms = Alarms::default();
    }

    pub(super) fn crossings(&mut self, thresholds: &Thresholds) -> Vec<(Measure, String)> {
        let Some(usage) = self.latest().copied() else { return Vec::new() };
        let crossed = Measure::ALL.into_iter().filter(|measure| self.alarms.take(thresholds, *measure, &usage));
        crossed.map(|measure| (measure, words(measure, &usage))).collect()
    }

    pub(super) fn forget_before(&mut self, oldest: i64) {
        while self.points.front().is_some_and(|point| point.usage.at < oldest) {
            self.points.pop_front();
        }
    }

    pub(super) fn forget_oldest(&mut self) {
        self.points.pop_front();
    }

    /// Oldest first.
    pub fn points(&self) -> impl DoubleEndedIterator<Item = &Point> + ExactSizeIterator {
        self.points.iter()
    }

    /// Those in which something of the time from `from` to `to` lies, and the one before them.
    pub fn points_in(&self, from: i64, to: i64) -> impl DoubleEndedIterator<Item = &Point> {
        let first = self.points.partition_point(|point| point.usage.at < from).saturating_sub(1);
        let end = self.points.partition_point(|point| point.since < to).max(first);
        self.points.range(first..end)
    }

    /// The point whose time holds `at`, else the nearest one that is not further off than `tolerance` (nanoseconds).
    pub fn point_at(&self, at: i64, tolerance: i64) -> Option<&Point> {
        let behind = self.points.partition_point(|point| point.usage.at < at);
        let later = self.points.get(behind);
        if let Some(point) = later.filter(|point| point.since < at || point.usage.at == at) {
            return Some(point);
        }
        let earlier = behind.checked_sub(1).and_then(|place| self.points.get(place));
        let off = |point: &&Point| point.usage.at.abs_diff(at);
        let nearest = [earlier, later].into_iter().flatten().min_by_key(off)?;
        (off(&nearest) <= tolerance.unsigned_abs()).then_some(nearest)
    }

    /// The point whose time holds `at`, else the one before it where that is no longer than `hold` (nanoseconds) ago.
    pub fn held_at(&self, at: i64, hold: i64) -> Option<&Point> {
        let behind = self.points.partition_point(|point| point.usage.at < at);
        let covering = self.points.get(behind).filter(|point| point.since < at || point.usage.at == at);
        let before = || behind.checked_sub(1).and_then(|place| self.points.get(place));
        covering.or_else(|| before().filter(|point| at.saturating_sub(point.usage.at) <= hold))
    }

    /// What it uses now, where that is known.
    pub fn latest(&self) -> Option<&Usage> {
        let last = self.last?;
        self.points.back().map(|point| &point.usage).filter(|usage| usage.at == last.read_at)
    }

    /// Whether one more sample makes a rate.
    pub fn lacks_rate(&self) -> bool {
        self.last.is_some() && self.latest().is_none()
    }

    pub fn trouble(&self) -> Option<&Trouble> {
        self.trouble.as_ref()
    }

    pub fn asked_at(&self) -> Time {
        self.asked_at
    }
}

pub(super) fn nanoseconds(span: std::time::Duration) -> i64 {
    i64::try_from(span.as_nanos()).unwrap_or(i64::MAX)
}
