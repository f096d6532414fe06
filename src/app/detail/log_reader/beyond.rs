//! Reads what a search needs beyond the lines that are loaded: the whole log once, the lines around a hit, or only those
//! that match.

use super::LogReader;
use crate::app::detail::log_sieve::Sieve;
use crate::app::detail::log_survey::SurveyAsk;
use crate::app::effect::Subscription;
use crate::app::logs::{FarStart, Lens, Lines, LogView, Position, Survey, Wants};
use crate::domain::{HostId, LogQuery, Time};

impl LogReader {
    /// Reads from a little before a hit on.
    pub fn read_hit(&mut self, view: &mut LogView, now: Time, start: FarStart) {
        let since = match (start.since, self.range_start) {
            (Some(since), Some(from)) => Some(since.max(from)),
            (since, from) => since.or(from),
        };
        let query = LogQuery { tail: start.tail, since, until: self.until(), follow: self.follows() };
        self.begin(view, now, query);
        // What is above is only known when a page of it is asked for.
        view.set_more_above(!start.is_first);
        (self.is_settled, self.is_told) = (true, true);
        let line = view.store().end_line();
        view.set_position(Position::At { line, row: 0 });
    }

    /// Reads of the whole log only what passes from now on, or its lines as they are again: those since a moment, else the
    /// last ones. What is not there any more cannot be read in another way.
    pub fn sift(&mut self, view: &mut LogView, now: Time, sieve: Option<Sieve>, since: Option<i64>) {
        if self.is_gone {
            return;
        }
        self.sieve = sieve;
        view.set_sifted(self.sieve.is_some());
        let from = match (&self.sieve, since) {
            (Some(_), _) => self.range_start,
            (None, None) => return self.read_end(view, now),
            (None, Some(since)) => {
                let start = FarStart { since: Some(since), tail: None, is_first: false };
                return self.read_hit(view, now, start);
            }
        };
        self.begin(view, now, LogQuery { tail: None, since: from, until: self.until(), follow: self.follows() });
    }

    /// What is read next is the log as it is.
    pub fn unsift(&mut self, view: &mut LogView) {
        self.sieve = None;
        view.set_sifted(false);
    }

    /// Whether the container is there, so that its log can be asked for.
    pub fn is_there(&self) -> bool {
        !self.is_gone
    }

    /// The whole log is to be looked through.
    pub fn begin_survey(&mut self, view: &mut LogView, wants: Wants) {
        if !self.is_gone {
            self.surveys += 1;
            view.set_survey(Some(Survey::new(self.surveys, wants)));
        }
    }

    /// What should run for that.
    pub fn survey(&self, host: &HostId, view: &LogView, lens: Option<&Lens>) -> Option<Subscription> {
        let survey = view.survey().filter(|survey| survey.is_reading() && self.is_shown() && !self.is_gone)?;
        let ask = SurveyAsk {
            query: LogQuery { tail: None, since: self.range_start, until: self.until(), follow: false },
            range_end: self.range_end,
            sieve: lens.map(Sieve::of),
            wants: survey.wants(),
            most: self.pages.most_surveyed(),
            number: survey.number(),
        };
        Some(Subscription::LogSurvey { host: host.clone(), container: self.container.clone(), ask })
    }
}

/// A search through the whole log that broke off begins anew.
pub(super) fn forget_failed(view: &mut LogView) {
    if view.survey().is_some_and(|survey| survey.failure().is_some()) {
        view.set_survey(None);
    }
}
