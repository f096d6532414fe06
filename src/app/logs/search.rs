//! A search through a log that goes on in small steps, so that a million lines never hold up a key.

use std::collections::VecDeque;
use std::ops::Range;

use super::kept::Lines;

mod lens;
mod pace;
mod pattern;
#[cfg(test)]
mod tests;

pub use lens::Lens;
pub use pace::Pace;
pub use pattern::Pattern;

/// What looking at a line costs besides its bytes.
const LINE_COST: usize = 32;

/// The lines that match a pattern, as far as is known.
#[derive(Debug)]
pub struct Search {
    lens: Lens,
    /// Line numbers, ascending, all within `scanned`.
    hits: VecDeque<i64>,
    /// The lines looked at: one stretch that grows at both ends.
    scanned: Range<i64>,
}

/// How far a search has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Lines looked at.
    pub scanned: u64,
    /// Lines there are.
    pub total: u64,
}

impl Progress {
    pub fn is_done(self) -> bool {
        self.scanned >= self.total
    }
}

impl Search {
    /// A search that has looked at nothing yet. It begins at line `anchor`, goes on to the newest line, then back to the
    /// oldest: what is near to the reader's eyes is found first.
    pub fn new(lens: impl Into<Lens>, anchor: i64) -> Self {
        Self { lens: lens.into(), hits: VecDeque::new(), scanned: anchor..anchor }
    }

    pub fn pattern(&self) -> &Pattern {
        self.lens.pattern()
    }

    pub fn lens(&self) -> &Lens {
        &self.lens
    }

    /// The lines looked at.
    pub fn scanned(&self) -> Range<i64> {
        self.scanned.clone()
    }

    /// Looks at about `budget_bytes` more of the log (one line at least), lines appended since included, and forgets
    /// hits in lines that are gone.
    pub fn advance(&mut self, store: &impl Lines, budget_bytes: usize) -> Progress {
        self.forget_gone(store);
        let mut left = budget_bytes.max(1);
        for line in store.lines(self.scanned.end..store.end_line()) {
            if left == 0 {
                break;
            }
            left = left.saturating_sub(self.lens.cost(line.bytes) + LINE_COST);
            if self.lens.is_match(line.bytes) {
                self.hits.push_back(line.number);
            }
            self.scanned.end = line.number + 1;
        }
        for line in store.lines(store.first_line()..self.scanned.start).rev() {
            if left == 0 {
                break;
            }
            left = left.saturating_sub(self.lens.cost(line.bytes) + LINE_COST);
            if self.lens.is_match(line.bytes) {
                self.hits.push_front(line.number);
            }
            self.scanned.start = line.number;
        }
        self.progress(store)
    }

    pub fn progress(&self, store: &impl Lines) -> Progress {
        let first = store.first_line();
        let within = |line: i64| line.clamp(first, store.end_line());
        let scanned = within(self.scanned.end) - within(self.scanned.start);
        Progress { scanned: scanned.unsigned_abs(), total: (store.end_line() - first).unsigned_abs() }
    }

    /// Matching lines found so far.
    pub fn count(&self) -> usize {
        self.hits.len()
    }

    /// Numbers of the matching lines found so far, ascending.
    pub fn hits(&self) -> impl DoubleEndedIterator<Item = i64> {
        self.hits.iter().copied()
    }

    /// How many hits known are above `line`.
    pub fn count_before(&self, line: i64) -> usize {
        self.hits.partition_point(|hit| *hit < line)
    }

    pub fn is_hit(&self, line: i64) -> bool {
        self.hits.binary_search(&line).is_ok()
    }

    /// The nearest hit known below `line`.
    pub fn next_hit_after(&self, line: i64) -> Option<i64> {
        self.hits.get(self.hits.partition_point(|hit| *hit <= line)).copied()
    }

    /// The nearest hit known above `line`.
    pub fn previous_hit_before(&self, line: i64) -> Option<i64> {
        self.hits.get(self.hits.partition_point(|hit| *hit < line).checked_sub(1)?).copied()
    }

    /// Whether all these lines were looked at: a nearer hit cannot turn up there.
    pub fn knows(&self, lines: Range<i64>) -> bool {
        lines.is_empty() || (self.scanned.start <= lines.start && lines.end <= self.scanned.end)
    }

    /// Forgets hits in lines that are gone.
    pub fn forget_gone(&mut self, store: &impl Lines) {
        self.forget_before(store.first_line());
        self.forget_from(store.end_line());
    }

    fn forget_before(&mut self, first: i64) {
        while self.hits.front().is_some_and(|hit| *hit < first) {
            self.hits.pop_front();
        }
        self.scanned.start = self.scanned.start.max(first);
        self.scanned.end = self.scanned.end.max(first);
    }

    /// Lines at the end are gone as well when the reader is far above; an anchor beyond the newest line would leave a gap.
    pub(super) fn forget_from(&mut self, end: i64) {
        while self.hits.back().is_some_and(|hit| *hit >= end) {
            self.hits.pop_back();
        }
        self.scanned.end = self.scanned.end.min(end);
        self.scanned.start = self.scanned.start.min(self.scanned.end);
    }
}
