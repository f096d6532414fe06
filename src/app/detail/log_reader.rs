//! Reads one container's log into a view: which part is asked for, and what is done with what comes.

use super::log_pages::{Page, PageAsk, Pages};
use super::log_sieve::Sieve;
use crate::app::effect::Subscription;
use crate::app::logs::{Lines, LogView, Position, Source};
use crate::app::msg::LogPart;
use crate::domain::{ContainerId, Failure, FailureKind, HostId, LogChunk, LogQuery, Time};

mod beyond;

const SECOND: i64 = 1_000_000_000;
/// A message of an engine's log driver is no longer; a longer line is several.
const COUNTED_AS_ONE: usize = 16 * 1024;

/// The reading of one log. The view that it reads into is given to each call.
#[derive(Debug)]
pub struct LogReader {
    pub container: ContainerId,
    query: LogQuery,
    /// Only what passes is read.
    sieve: Option<Sieve>,
    /// Grows with each stream opened, so that lines of an older one are told apart.
    attempt: u32,
    /// The container has processes, as far as is known. Of one that has none, Podman loses lines when asked to follow.
    is_up: bool,
    /// The container was removed: its log cannot be asked for any more.
    is_gone: bool,
    /// The stream goes on behind lines that are there, and sends the last of them again.
    resumed: bool,
    /// The stream has not ended.
    streaming: bool,
    /// Whether the pane is on screen, so that the stream runs; `None` until it was there once.
    is_shown: Option<bool>,
    pub waiting_since: Time,
    pub pages: Pages,
    /// The last lines that are read to begin with.
    tail: u32,
    /// Lines before this moment stay out, nanoseconds since the Unix epoch.
    range_start: Option<i64>,
    /// Lines after this moment stay out, and nothing is followed.
    range_end: Option<i64>,
    /// Searches through the whole log, counted.
    surveys: u32,
    /// Whether there may be lines above those that were read to begin with is known.
    is_settled: bool,
    /// It was known before anything came.
    is_told: bool,
}

impl LogReader {
    /// `memory`: bytes for all that is kept of it. `first_attempt`: what its streams are counted from.
    pub fn new(
        now: Time,
        container: ContainerId,
        is_up: bool,
        (tail, memory, first_attempt): (u32, usize, u32),
        view: &mut LogView,
    ) -> Self {
        let pages = Pages::within(memory, first_attempt);
        view.limit(pages.left_for_the_rest());
        view.set_more_above(true);
        Self {
            container,
            query: newest(tail, is_up),
            sieve: None,
            is_up,
            is_gone: false,
            attempt: first_attempt,
            resumed: false,
            streaming: true,
            is_shown: None,
            waiting_since: now,
            pages,
            tail,
            range_start: None,
            range_end: None,
            surveys: first_attempt,
            is_settled: false,
            is_told: false,
        }
    }

    /// Keeps no more than so many bytes from now on.
    pub fn limit(&mut self, memory: usize, view: &mut LogView) {
        self.pages.limit(memory);
        view.limit(self.pages.left_for_the_rest());
    }

    /// What should run for it: the stream of what comes, and a page of what was.
    pub fn subscriptions(&self, host: &HostId) -> impl Iterator<Item = Subscription> {
        let stream = self.streaming.then(|| Subscription::Logs {
            host: host.clone(),
            container: self.container.clone(),
            query: self.query.clone(),
            sieve: self.sieve.clone(),
            attempt: self.attempt,
        });
        let page = self.pages.asked().map(|ask| Subscription::LogPage {
            host: host.clone(),
            container: self.container.clone(),
            ask,
        });
        stream.into_iter().chain(page)
    }

    /// Whether its stream is wanted now.
    pub fn is_shown(&self) -> bool {
        self.is_shown == Some(true)
    }

    /// Whether a part of a stream is of the one that runs.
    pub fn is_at(&self, attempt: u32) -> bool {
        self.attempt == attempt
    }

    /// The list tells whether the container has processes: one that was only read is followed as soon as it has.
    pub fn see(&mut self, view: &mut LogView, now: Time, is_up: bool) {
        self.is_up = is_up;
        if self.follows() && !self.query.follow {
            self.resume(view, now);
        }
    }

    /// It was started, which the list need not know yet.
    pub fn started(&mut self, view: &mut LogView, now: Time) {
        self.is_up = true;
        if self.follows() {
            self.resume(view, now);
        }
    }

    /// The stream runs from now on. One that was stopped in between starts anew where it stopped.
    pub fn show(&mut self, view: &mut LogView, now: Time) {
        if self.is_shown == Some(false) {
            self.resume(view, now);
        }
        self.is_shown = Some(true);
    }

    /// The stream does not run any more; a pane that was never on screen has nothing to go on from.
    pub fn hide(&mut self) {
        self.is_shown = self.is_shown.map(|_| false);
        self.streaming &= !self.is_gone;
    }

    /// Takes what came of the stream that runs.
    pub fn take(&mut self, view: &mut LogView, part: LogPart) {
        match part {
            LogPart::Lines(chunk) => self.take_lines(view, chunk),
            LogPart::LookedThrough(lines) => view.look_through(lines),
            LogPart::CaughtUp => {
                view.set_source(Source::Following);
                self.settle_start(view);
            }
            LogPart::Ended(failure) => {
                self.streaming = false;
                let is_whole = failure.is_none();
                view.set_source(failure.filter(|_| !self.is_gone).map_or(Source::Ended, broken_off));
                if is_whole {
                    self.settle_start(view);
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

    fn take_lines(&mut self, view: &mut LogView, mut chunk: LogChunk) {
        if let Some(end) = self.range_end {
            chunk.retain(|line| line.time <= end);
        }
        if chunk.is_empty() {
            return;
        }
        if *view.source() == Source::Waiting {
            view.set_source(Source::Reading);
        }
        if self.resumed {
            view.append_resumed(chunk);
        } else {
            // What was there before comes still: a slow engine only seemed to have sent all of it.
            let is_old = chunk.lines.first().is_some_and(|line| line.time < self.waiting_since.0);
            self.is_settled &= !is_old || self.is_told;
            view.append(chunk);
            self.settle_start(view);
        }
        self.pause_when_far(view);
    }

    /// The reader is far above: what comes now is read when it is wanted. What is on its way is not taken.
    fn pause_when_far(&mut self, view: &mut LogView) {
        if view.store().has_more_below() && *view.source() != Source::Paused {
            self.streaming = false;
            self.attempt += 1;
            view.set_source(Source::Paused);
        }
    }

    /// Fewer lines than the last ones asked for are all there are. Engines count a long line as several, Podman any line
    /// as two at times.
    fn settle_start(&mut self, view: &mut LogView) {
        let Some(tail) = self.query.tail.filter(|_| !self.resumed && !self.is_settled) else { return };
        let store = view.store();
        let tells_seconds = store.last().is_some_and(|line| line.time % SECOND == 0);
        let lines = store.known_to_the_end().saturating_mul(if tells_seconds { 2 } else { 1 });
        let counted = lines.saturating_add(store.cost() / COUNTED_AS_ONE);
        let more = counted >= usize::try_from(tail).unwrap_or(usize::MAX);
        let is_read = match view.source() {
            Source::Waiting | Source::Reading => false,
            Source::Following | Source::Paused | Source::Ended | Source::Failed(_) | Source::Unreadable(_) => true,
        };
        self.is_settled = is_read;
        if more || is_read {
            view.set_more_above(more);
        }
    }

    /// Takes a page of older lines.
    pub fn take_page(&mut self, view: &mut LogView, ask: &PageAsk, page: Result<Page, Failure>) {
        self.pages.take(view, ask, page);
        self.pause_when_far(view);
    }

    /// Wants the lines above those there are; pages are of a log as it is.
    pub fn read_above(&mut self, view: &LogView) {
        if self.sieve.is_none() {
            self.pages.ask_above(view, self.range_start);
        }
    }

    /// Goes on where it paused.
    pub fn read_on_below(&mut self, view: &mut LogView, now: Time) {
        if *view.source() == Source::Paused {
            view.go_on_below();
            self.resume(view, now);
        }
    }

    pub fn read_from_start(&mut self, view: &mut LogView, now: Time) {
        let query = LogQuery { tail: None, since: self.range_start, until: self.until(), follow: self.follows() };
        self.begin(view, now, query);
        let line = view.store().end_line();
        view.set_position(Position::At { line, row: 0 });
    }

    pub fn read_end(&mut self, view: &mut LogView, now: Time) {
        // Of the last lines an engine would leave out those that are too late, and none might be left.
        let tail = Some(self.tail).filter(|_| self.range_end.is_none() && self.sieve.is_none());
        let query = LogQuery { tail, since: self.range_start, until: self.until(), follow: self.follows() };
        self.begin(view, now, query);
    }

    /// Reads the last lines, or all, of those from `range_start` to `range_end`.
    pub fn read(
        &mut self,
        view: &mut LogView,
        now: Time,
        tail: Option<u32>,
        (range_start, range_end): (Option<i64>, Option<i64>),
    ) {
        (self.range_start, self.range_end) = (range_start, range_end);
        view.set_survey(None);
        let tail = tail.filter(|_| self.sieve.is_none());
        let query = LogQuery { tail, since: self.range_start, until: self.until(), follow: self.follows() };
        self.begin(view, now, query);
    }

    fn begin(&mut self, view: &mut LogView, now: Time, query: LogQuery) {
        if self.is_gone {
            return Self::rest(view);
        }
        self.query = query;
        view.clear();
        // Until all asked for is there.
        view.set_more_above(self.query.tail.is_some());
        self.pages.forget();
        (self.resumed, self.is_settled, self.is_told) = (false, false, false);
        self.open(view, now);
    }

    /// Reads on behind the last line known: the container started again, or the line to the engine is back.
    pub fn resume(&mut self, view: &mut LogView, now: Time) {
        if self.is_gone {
            return Self::rest(view);
        }
        beyond::forget_failed(view);
        if view.store().has_more_below() {
            // What is new is far from where the reader is.
            return;
        }
        self.resumed = true;
        match view.resume_from() {
            Some(since) => {
                // Of two limits the later one: lines older than the range stay out.
                let since = self.range_start.map_or(since, |from| from.max(since));
                self.query = LogQuery { tail: None, since: Some(since), until: self.until(), follow: self.follows() };
            }
            // Without times there is no telling where to go on: all is read anew.
            None => {
                view.clear();
                view.set_more_above(self.query.tail.is_some());
                self.query.follow = self.follows();
                (self.resumed, self.is_settled) = (false, false);
            }
        }
        self.open(view, now);
    }

    /// Tries again what failed.
    pub fn retry(&mut self, view: &mut LogView, now: Time) {
        self.pages.retry();
        beyond::forget_failed(view);
        match view.source() {
            Source::Failed(_) | Source::Unreadable(_) | Source::Ended => self.resume(view, now),
            Source::Waiting | Source::Reading | Source::Following | Source::Paused => {}
        }
    }

    /// The container is gone and its log with it: what is kept is all there is.
    pub fn gone(&mut self, view: &mut LogView) {
        self.pages.forget();
        (self.is_up, self.is_gone, self.is_settled, self.is_told) = (false, true, true, true);
        view.set_more_above(false);
        // What its stream still has on its way is the last there will ever be.
        self.streaming &= self.is_shown();
        if !self.streaming {
            Self::rest(view);
        }
    }

    /// Nothing more comes: no line of another log waits for it.
    fn rest(view: &mut LogView) {
        view.go_on_below();
        view.set_source(Source::Ended);
    }

    fn open(&mut self, view: &mut LogView, now: Time) {
        self.attempt += 1;
        self.streaming = true;
        self.waiting_since = now;
        view.set_source(Source::Waiting);
        view.look_through_anew();
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
