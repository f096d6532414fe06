//! The log of the selected container, or those of several as one: what is read for them, and the lines that came.

use super::log_pages::{Page, PageAsk};
use super::log_reader::LogReader;
use super::log_sieve::Sieve;
use super::log_survey::SurveyAsk;
use crate::app::effect::Subscription;
use crate::app::logs::{JsonLook, Jump, LogView, Pace, Position, Source, SurveyPart, Timestamps, Viewport, Wanted};
use crate::app::msg::LogPart;
use crate::config::LogSettings;
use crate::domain::{ContainerId, Failure, HostId, Time};
use std::time::Duration;

mod several;

pub use several::Member;
use several::VERY_TOP;

const SECOND: i64 = 1_000_000_000;

#[derive(Debug)]
pub struct LogPane {
    pub view: LogView,
    range: LogRange,
    /// One, or one for each part of the view.
    readers: Vec<LogReader>,
    /// The hosts of several readers.
    hosts: Vec<HostId>,
    /// Bytes for all that is kept.
    memory: usize,
    tail: u32,
    /// What the logs are sifted for.
    sieve: Option<Sieve>,
    pace: Pace,
}

/// From when on lines are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogRange {
    /// The number of last lines that the settings name, and what follows.
    Newest(u32),
    All,
    Last(Duration),
    /// Nanoseconds since the Unix epoch, both inclusive.
    Between {
        since: Option<i64>,
        until: Option<i64>,
    },
}

/// How lines are shown: stays as chosen from one container to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogLook {
    pub wrap: bool,
    pub timestamps: Timestamps,
    pub json: JsonLook,
}

impl LogLook {
    pub fn of(settings: &LogSettings) -> Self {
        let timestamps = if settings.timestamps { Timestamps::Time } else { Timestamps::Off };
        Self { wrap: settings.wrap, timestamps, json: JsonLook::Off }
    }
}

impl LogPane {
    pub fn new(now: Time, container: ContainerId, is_up: bool, settings: &LogSettings, look: LogLook) -> Self {
        let mut pane = Self::empty(LogView::new(0), settings, look);
        pane.readers.push(LogReader::new(now, container, is_up, (pane.tail, pane.memory, 0), &mut pane.view));
        pane
    }

    fn empty(mut view: LogView, settings: &LogSettings, look: LogLook) -> Self {
        view.set_wrap(look.wrap);
        view.set_timestamps(look.timestamps);
        view.set_fields(settings.json_fields.clone());
        view.set_json(look.json);
        view.set_rules(settings.highlight.clone());
        Self {
            view,
            range: LogRange::Newest(settings.tail),
            readers: Vec::new(),
            hosts: Vec::new(),
            memory: usize::try_from(settings.memory.get()).unwrap_or(usize::MAX),
            tail: settings.tail,
            sieve: None,
            pace: Pace::default(),
        }
    }

    /// The container whose log it is, unless there are several.
    pub fn container(&self) -> Option<&ContainerId> {
        self.readers.first().filter(|_| self.is_one()).map(|reader| &reader.container)
    }

    fn is_one(&self) -> bool {
        self.view.store().several().is_none()
    }

    /// Does something to each log.
    fn each(&mut self, mut act: impl FnMut(&mut LogReader, &mut LogView)) {
        for (index, reader) in self.readers.iter_mut().enumerate() {
            if let Some(view) = self.view.part_mut(index) {
                act(reader, view);
            }
        }
    }

    /// What should run for the log of one container.
    pub fn subscriptions(&self, host: &HostId) -> impl Iterator<Item = Subscription> {
        let reads = self.readers.iter().flat_map(|reader| reader.subscriptions(host));
        reads.chain(self.readers.iter().enumerate().filter_map(|(index, reader)| self.survey_of(index, reader, host)))
    }

    fn survey_of(&self, index: usize, reader: &LogReader, host: &HostId) -> Option<Subscription> {
        self.view.survey_wants()?;
        reader.survey(host, self.view.part(index)?, self.view.survey_lens())
    }

    /// Looks through logs of which not all is loaded, where something is searched for.
    fn survey(&mut self) {
        if let Some(wants) = self.view.survey_wants() {
            self.each(|reader, view| {
                if view.lacks_survey(wants) {
                    reader.begin_survey(view, wants);
                }
            });
        }
    }

    /// Takes what a search through the whole log found.
    pub fn take_survey(&mut self, container: &ContainerId, ask: &SurveyAsk, part: SurveyPart) {
        let mut part = Some(part);
        self.each(|reader, view| {
            if reader.container == *container
                && let Some(part) = part.take()
            {
                view.take_survey(ask.number, part);
            }
        });
        self.view.note_news();
    }

    /// Older lines are being read.
    pub fn is_reading_older(&self) -> bool {
        self.readers.iter().any(|reader| reader.pages.asked().is_some())
    }

    /// Why older lines could not be read.
    pub fn older_failure(&self) -> Option<&Failure> {
        self.readers.iter().find_map(|reader| reader.pages.failure())
    }

    pub fn look(&self) -> LogLook {
        LogLook { wrap: self.view.is_wrapped(), timestamps: self.view.timestamps(), json: self.view.json() }
    }

    pub fn range(&self) -> LogRange {
        self.range
    }

    /// Since when the first lines are waited for, while they are.
    pub fn waiting_since(&self) -> Option<Time> {
        let waits = match self.view.source() {
            Source::Waiting | Source::Reading => true,
            Source::Following | Source::Paused | Source::Ended | Source::Failed(_) | Source::Unreadable(_) => false,
        };
        let since = self.readers.iter().map(|reader| reader.waiting_since).min();
        since.filter(|_| waits && self.view.store().is_empty())
    }

    /// The list tells whether the container has processes: one that was only read is followed as soon as it has.
    pub fn see(&mut self, now: Time, is_up: bool) {
        self.each(|reader, view| reader.see(view, now, is_up));
    }

    /// It was started, which the list need not know yet.
    pub fn started(&mut self, now: Time) {
        self.each(|reader, view| reader.started(view, now));
    }

    /// The stream runs from now on. One that was stopped in between starts anew where it stopped.
    pub fn show(&mut self, now: Time) {
        self.each(|reader, view| reader.show(view, now));
        self.sift(now);
        let wanted = self.view.take_wanted();
        let start = self.view.far_start(0);
        self.each(|reader, view| match wanted {
            Some(Wanted::Above) => reader.read_above(view),
            Some(Wanted::Below) => reader.read_on_below(view, now),
            Some(Wanted::Start) => reader.read_from_start(view, now),
            Some(Wanted::End) => reader.read_end(view, now),
            Some(Wanted::Hit) => start.iter().for_each(|start| reader.read_hit(view, now, *start)),
            None => {}
        });
        self.survey();
    }

    /// Has whole logs sifted where only matching lines are shown, and read as they are again where they are not. The view
    /// stays at the line that it looks at.
    fn sift(&mut self, now: Time) {
        let sieve = self.view.sieve().map(Sieve::of);
        if self.sieve == sieve {
            return;
        }
        let goal = self.view.sight();
        let is_there = self.readers.iter().all(LogReader::is_there);
        if sieve.is_none() && is_there && self.view.go_to_sight() {
            self.view.set_sifted(false);
            self.each(LogReader::unsift);
            self.sieve = None;
            return;
        }
        let since = goal.map(|goal| goal.time.saturating_sub(SECOND));
        if !self.is_one() {
            self.view.clear();
            self.view.set_sifted(sieve.is_some());
        }
        self.each(|reader, view| reader.sift(view, now, sieve.clone(), since));
        if !self.is_one() && sieve.is_none() && since.is_some() {
            self.view.set_position(Position::At { line: VERY_TOP, row: 0 });
        }
        self.view.set_goal(goal);
        self.sieve = sieve;
    }

    /// Goes on with what is searched for, for as long as a key may wait.
    pub fn search_on(&mut self, now: Time, viewport: Viewport) -> Option<Jump> {
        self.view.advance(self.pace.next(now), viewport)
    }

    /// The stream does not run any more; a pane that was never on screen has nothing to go on from.
    pub fn hide(&mut self) {
        self.readers.iter_mut().for_each(LogReader::hide);
    }

    /// Takes lines, unless they are of a stream that was given up.
    pub fn take(&mut self, container: &ContainerId, attempt: u32, part: LogPart) {
        let mut part = Some(part);
        self.each(|reader, view| {
            if reader.container == *container
                && reader.is_at(attempt)
                && let Some(part) = part.take()
            {
                reader.take(view, part);
            }
        });
    }

    /// Takes a page of older lines.
    pub fn take_page(&mut self, container: &ContainerId, ask: &PageAsk, page: Result<Page, Failure>) {
        let mut page = Some(page);
        self.each(|reader, view| {
            if reader.container == *container
                && let Some(page) = page.take()
            {
                reader.take_page(view, ask, page);
            }
        });
    }

    /// Reads on behind the last line known: the container started again, or the line to the engine is back.
    pub fn resume(&mut self, now: Time) {
        self.each(|reader, view| reader.resume(view, now));
    }

    /// Reads another part of the log from its beginning.
    pub fn read(&mut self, now: Time, range: LogRange) {
        self.range = range;
        let range_start = match range {
            LogRange::Newest(_) | LogRange::All => None,
            LogRange::Last(span) => Some(now.0.saturating_sub(i64::try_from(span.as_nanos()).unwrap_or(i64::MAX))),
            LogRange::Between { since, .. } => since,
        };
        let range_end = match range {
            LogRange::Newest(_) | LogRange::All | LogRange::Last(_) => None,
            LogRange::Between { until, .. } => until,
        };
        let tail = match range {
            LogRange::Newest(tail) => Some(tail),
            LogRange::All | LogRange::Last(_) | LogRange::Between { .. } => None,
        };
        if !self.is_one() {
            self.view.clear();
        }
        self.each(|reader, view| reader.read(view, now, tail, (range_start, range_end)));
    }

    /// Tries again what failed.
    pub fn retry(&mut self, now: Time) {
        self.each(|reader, view| reader.retry(view, now));
    }
}

#[cfg(test)]
mod tests;
