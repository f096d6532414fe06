//! The last known rows of one kind, and how fresh they are.

use super::refresh::Refresh;
use crate::domain::{Failure, Time};

/// The last known rows of one kind.
#[derive(Debug)]
pub struct Known<R> {
    pub rows: Vec<R>,
    pub fresh: Freshness,
}

/// When rows were read, and what is done to read them again.
#[derive(Debug, Default)]
pub struct Freshness {
    /// When the engine last told them; `None` while it never did, or since they are known to be old.
    pub at: Option<Time>,
    /// Why the last try to read them failed.
    pub failure: Option<Failure>,
    pub refresh: Refresh,
    /// Since when they are waited for that were never read.
    pub waiting_since: Option<Time>,
}

impl<R> Default for Known<R> {
    fn default() -> Self {
        Self { rows: Vec::new(), fresh: Freshness::default() }
    }
}

impl<R> Known<R> {
    /// Takes an answer; what was known stays when it is a failure.
    pub fn take(&mut self, now: Time, answer: Result<Vec<R>, Failure>) {
        match answer {
            Ok(rows) => {
                self.rows = rows;
                self.fresh.at = Some(now);
                self.fresh.failure = None;
            }
            Err(failure) => self.fresh.failure = Some(failure),
        }
    }
}

impl Freshness {
    /// Whether they were never read, or are known to be old, and nothing is done about it.
    pub fn is_lacking(&self) -> bool {
        self.at.is_none() && self.failure.is_none() && self.refresh == Refresh::Idle
    }

    /// They may be old from now on.
    pub fn forget(&mut self) {
        self.at = None;
        self.failure = None;
        self.refresh = Refresh::Idle;
    }

    /// Notes since when they are waited for, where there are none to show meanwhile.
    pub fn note_waiting(&mut self, now: Time, any_rows: bool) {
        let waits = self.at.is_none() && !any_rows && self.refresh != Refresh::Idle;
        self.waiting_since = waits.then(|| self.waiting_since.unwrap_or(now));
    }
}
