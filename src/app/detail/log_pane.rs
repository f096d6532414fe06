//! The log of the selected container: which part is asked for, and the lines that came.

use super::log_pages::{Page, PageAsk, Pages};
use crate::app::effect::Subscription;
use crate::app::logs::{JsonLook, LogView, Position, Source, Timestamps, Wanted};
use crate::app::msg::LogPart;
use crate::config::LogSettings;
use crate::domain::{ContainerId, Failure, FailureKind, HostId, LogChunk, LogQuery, Time};
use std::time::Duration;

const SECOND: i64 = 1_000_000_000;
/// A message of an engine's log driver is no longer; a longer line is several.
const COUNTED_AS_ONE: usize = 16 * 1024;

#[derive(Debug)]
pub struct LogPane {
    container: ContainerId,
    pub view: LogView,
    range: LogRange,
    query: LogQuery,
    /// Grows with each stream opened, so that lines of an older one are told apart.
    attempt: u32,
    /// The container has processes, as far as is known. Of one that has none, Podman loses lines when asked to follow.
    is_up: bool,
    /// The stream goes on behind lines that are there, and sends the last of them again.
    resumed: bool,
    /// The stream has not ended.
    streaming: bool,
    /// Whether the pane is on screen, so that the stream runs; `None` until it was there once.
    is_shown: Option<bool>,
    waiting_since: Time,
    pages: Pages,
    /// The last lines that are read to begin with.
    tail: u32,
    /// Lines before this moment stay out, nanoseconds since the Unix epoch.
    range_start: Option<i64>,
    /// Lines after this moment stay out, and nothing is followed.
    range_end: Option<i64>,
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
        let pages = Pages::within(usize::try_from(settings.memory.get()).unwrap_or(usize::MAX));
        let mut view = LogView::new(pages.left_for_the_rest());
        view.set_wrap(look.wrap);
        view.set_timestamps(look.timestamps);
        view.set_fields(settings.json_fields.clone());
        view.set_json(look.json);
        view.set_rules(settings.highlight.clone());
        view.set_more_above(true);
        Self {
            container,
            view,
            range: LogRange::Newest(settings.tail),
            query: newest(settings.tail, is_up),
            is_up,
            attempt: 0,
            resumed: false,
            streaming: true,
            is_shown: None,
            waiting_since: now,
            pages,
            tail: settings.tail,
            range_start: None,
            range_end: None,
        }
    }

    pub fn container(&self) -> &ContainerId {
        &self.container
    }

    /// What should run for it: the stream of what comes, and a page of what was.
    pub fn subscriptions(&self, host: &HostId) -> impl Iterator<Item = Subscription> {
        let stream = self.streaming.then(|| Subscription::Logs {
            host: host.clone(),
            container: self.container.clone(),
            query: self.query.clone(),
            attempt: self.attempt,
        });
        let page = self.pages.asked().map(|ask| Subscription::LogPage {
            host: host.clone(),
            container: self.container.clone(),
            ask,
        });
        stream.into_iter().chain(page)
    }

    /// Older lines are being read.
    pub fn is_reading_older(&self) -> bool {
        self.pages.asked().is_some()
    }

    /// Why older lines could not be read.
    pub fn older_failure(&self) -> Option<&Failure> {
        self.pages.failure()
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
        (waits && self.view.store().is_empty()).then_some(self.waiting_since)
    }

    /// The list tells whether the container has processes: one that was only read is followed as soon as it has.
    pub fn see(&mut self, now: Time, is_up: bool) {
        self.is_up = is_up;
        if self.follows() && !self.query.follow {
            self.resume(now);
        }
    }

    /// It was started, which the list need not know yet.
    pub fn started(&mut self, now: Time) {
        self.is_up = true;
        if self.follows() {
            self.resume(now);
        }
    }

    /// The stream runs from now on. One that was stopped in between starts anew where it stopped.
    pub fn show(&mut self, now: Time) {
        if self.is_shown == Some(false) {
            self.resume(now);
        }
        self.is_shown = Some(true);
        match self.view.take_wanted() {
            Some(Wanted::Above) => self.pages.ask_above(&self.view, self.range_start),
            Some(Wanted::Below) => self.read_on_below(now),
            Some(Wanted::Start) => self.read_from_start(now),
            Some(Wanted::End) => self.read_end(now),
            None => {}
        }
    }

    /// The stream does not run any more; a pane that was never on screen has nothing to go on from.
    pub fn hide(&mut self) {
        self.is_shown = self.is_shown.map(|_| false);
    }

    /// Takes lines, unless they are of a stream that was given up.
    pub fn take(&mut self, container: &ContainerId, attempt: u32, part: LogPart) {
        if *container != self.container || attempt != self.attempt {
            return;
        }
        match part {
            LogPart::Lines(chunk) => self.take_lines(chunk),
            LogPart::CaughtUp => {
                self.view.set_source(Source::Following);
                self.settle_start();
            }
            LogPart::Ended(failure) => {
                self.streaming = false;
                let is_whole = failure.is_none();
                self.view.set_source(failure.map_or(Source::Ended, broken_off));
                if is_whole {
                    self.settle_start();
                }
            }
        }
    }

    /// Whether what comes is read as well.
    fn follows(&self) -> bool {
        self.is_up && self.range_end.is_none()
    }

    /// Until when an engine is asked for lines: Podman knows whole seconds, and leaves those of the last one out.
    fn until(&self) -> Option<i64> {
        self.range_end.map(|end| end.div_euclid(SECOND).saturating_add(2).saturating_mul(SECOND))
    }

    fn take_lines(&mut self, mut chunk: LogChunk) {
        if let Some(end) = self.range_end {
            chunk.retain(|line| line.time <= end);
        }
        if chunk.is_empty() {
            return;
        }
        if *self.view.source() == Source::Waiting {
            self.view.set_source(Source::Reading);
        }
        if self.resumed {
            self.view.append_resumed(chunk);
        } else {
            self.view.append(chunk);
            self.settle_start();
        }
        self.pause_when_far();
    }

    /// The reader is far above: what comes now is read when it is wanted. What is on its way is not taken.
    fn pause_when_far(&mut self) {
        if self.view.store().has_more_below() && *self.view.source() != Source::Paused {
            self.streaming = false;
            self.attempt += 1;
            self.view.set_source(Source::Paused);
        }
    }

    /// Fewer lines than the last ones asked for are all there are. Engines count a long line as several, Podman any line
    /// as two at times.
    fn settle_start(&mut self) {
        let Some(tail) = self.query.tail.filter(|_| !self.resumed) else { return };
        let store = self.view.store();
        let tells_seconds = store.last().is_some_and(|line| line.time % 1_000_000_000 == 0);
        let lines = store.known_to_the_end().saturating_mul(if tells_seconds { 2 } else { 1 });
        let counted = lines.saturating_add(store.cost() / COUNTED_AS_ONE);
        let more = counted >= usize::try_from(tail).unwrap_or(usize::MAX);
        let is_read = match self.view.source() {
            Source::Waiting | Source::Reading => false,
            Source::Following | Source::Paused | Source::Ended | Source::Failed(_) | Source::Unreadable(_) => true,
        };
        if more || is_read {
            self.view.set_more_above(more);
        }
    }

    /// Takes a page of older lines.
    pub fn take_page(&mut self, container: &ContainerId, ask: &PageAsk, page: Result<Page, Failure>) {
        if *container == self.container {
            self.pages.take(&mut self.view, ask, page);
            self.pause_when_far();
        }
    }

    fn read_on_below(&mut self, now: Time) {
        if *self.view.source() == Source::Paused {
            self.view.go_on_below();
            self.resume(now);
        }
    }

    fn read_from_start(&mut self, now: Time) {
        self.begin(now, LogQuery { tail: None, since: self.range_start, until: self.until(), follow: self.follows() });
        let line = self.view.store().end_line();
        self.view.set_position(Position::At { line, row: 0 });
    }

    fn read_end(&mut self, now: Time) {
        // Of the last lines an engine would leave out those that are too late, and none might be left.
        let tail = Some(self.tail).filter(|_| self.range_end.is_none());
        let query = LogQuery { tail, since: self.range_start, until: self.until(), follow: self.follows() };
        self.begin(now, query);
    }

    fn begin(&mut self, now: Time, query: LogQuery) {
        self.query = query;
        self.view.clear();
        // Until all asked for is there.
        self.view.set_more_above(self.query.tail.is_some());
        self.pages.forget();
        self.resumed = false;
        self.open(now);
    }

    /// Reads on behind the last line known: the container started again, or the line to the engine is back.
    pub fn resume(&mut self, now: Time) {
        if self.view.store().has_more_below() {
            // What is new is far from where the reader is.
            return;
        }
        match self.view.resume_from() {
            Some(since) => {
                // Of two limits the later one: lines older than the range stay out.
                let since = self.range_start.map_or(since, |from| from.max(since));
                self.query = LogQuery { tail: None, since: Some(since), until: self.until(), follow: self.follows() };
            }
            // Without times there is no telling where to go on: all is read anew.
            None => {
                self.view.clear();
                self.view.set_more_above(self.query.tail.is_some());
                self.query.follow = self.follows();
            }
        }
        self.resumed = true;
        self.open(now);
    }

    /// Reads another part of the log from its beginning.
    pub fn read(&mut self, now: Time, range: LogRange) {
        self.range = range;
        self.range_start = match range {
            LogRange::Newest(_) | LogRange::All => None,
            LogRange::Last(span) => Some(now.0.saturating_sub(i64::try_from(span.as_nanos()).unwrap_or(i64::MAX))),
            LogRange::Between { since, .. } => since,
        };
        self.range_end = match range {
            LogRange::Newest(_) | LogRange::All | LogRange::Last(_) => None,
            LogRange::Between { until, .. } => until,
        };
        let tail = match range {
            LogRange::Newest(tail) => Some(tail),
            LogRange::All | LogRange::Last(_) | LogRange::Between { .. } => None,
        };
        let query = LogQuery { tail, since: self.range_start, until: self.until(), follow: self.follows() };
        self.begin(now, query);
    }

    /// Tries again what failed.
    pub fn retry(&mut self, now: Time) {
        self.pages.retry();
        match self.view.source() {
            Source::Failed(_) | Source::Unreadable(_) | Source::Ended => self.resume(now),
            Source::Waiting | Source::Reading | Source::Following | Source::Paused => {}
        }
    }

    fn open(&mut self, now: Time) {
        self.attempt += 1;
        self.streaming = true;
        self.waiting_since = now;
        self.view.set_source(Source::Waiting);
    }
}

fn newest(tail: u32, follow: bool) -> LogQuery {
    LogQuery { tail: Some(tail), since: None, until: None, follow }
}

/// A driver that keeps no lines to read says so as 501, on old engines and Podman as 500.
fn broken_off(failure: Failure) -> Source {
    let says_so = |words: &str| failure.sentence.contains(words);
    if failure.kind == FailureKind::Unsupported || says_so("does not support reading") || says_so("cannot read logs") {
        Source::Unreadable(failure.sentence)
    } else {
        Source::Failed(failure)
    }
}

#[cfg(test)]
mod tests;
