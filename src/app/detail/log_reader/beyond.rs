//! Reads what a search needs beyond the lines that are loaded: the whole log once, and the lines around a hit.

use super::LogReader;
use crate::app::detail::log_survey::SurveyAsk;
use crate::app::effect::Subscription;
use crate::app::logs::{FarStart, Lens, Lines, LogView, Position, Survey};
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
        self.is_settled = true;
        let line = view.store().end_line();
        view.set_position(Position::At { line, row: 0 });
    }

    /// The whole log is to be looked through.
    pub fn begin_survey(&mut self, view: &mut LogView) {
        if !self.is_gone {
            self.surveys += 1;
            view.set_survey(Some(Survey::new(self.surveys)));
        }
    }

    /// What should run for that.
    pub fn survey(&self, host: &HostId, view: &LogView, lens: &Lens) -> Option<Subscription> {
        let survey = view.survey().filter(|survey| survey.is_reading() && self.is_shown() && !self.is_gone)?;
        let ask = SurveyAsk {
            query: LogQuery { tail: None, since: self.range_start, until: self.until(), follow: false },
            range_end: self.range_end,
            text: lens.pattern().text().to_owned(),
            json: lens.json(),
            fields: lens.fields().clone(),
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
