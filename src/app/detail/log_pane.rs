//! The log of the selected container: which part is asked for, and the lines that came.

use crate::app::effect::Subscription;
use crate::app::logs::{LogView, Source, Timestamps};
use crate::app::msg::LogPart;
use crate::config::LogSettings;
use crate::domain::{ContainerId, Failure, FailureKind, HostId, LogQuery, Time};
use std::time::Duration;

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
}

/// From when on lines are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogRange {
    /// The number of last lines that the settings name, and what follows.
    Newest(u32),
    All,
    Last(Duration),
}

/// How lines are shown: stays as chosen from one container to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogLook {
    pub wrap: bool,
    pub timestamps: Timestamps,
}

impl LogLook {
    pub fn of(settings: &LogSettings) -> Self {
        let timestamps = if settings.timestamps { Timestamps::Time } else { Timestamps::Off };
        Self { wrap: settings.wrap, timestamps }
    }
}

impl LogPane {
    pub fn new(now: Time, container: ContainerId, is_up: bool, settings: &LogSettings, look: LogLook) -> Self {
        let limit = usize::try_from(settings.memory.get()).unwrap_or(usize::MAX);
        let mut view = LogView::new(limit);
        view.set_wrap(look.wrap);
        view.set_timestamps(look.timestamps);
        Self {
            container,
            view,
            range: LogRange::Newest(settings.tail),
            query: LogQuery { tail: Some(settings.tail), since: None, follow: is_up },
            is_up,
            attempt: 0,
            resumed: false,
            streaming: true,
            is_shown: None,
            waiting_since: now,
        }
    }

    pub fn subscription(&self, host: &HostId) -> Option<Subscription> {
        self.streaming.then(|| Subscription::Logs {
            host: host.clone(),
            container: self.container.clone(),
            query: self.query.clone(),
            attempt: self.attempt,
        })
    }

    pub fn look(&self) -> LogLook {
        LogLook { wrap: self.view.is_wrapped(), timestamps: self.view.timestamps() }
    }

    pub fn range(&self) -> LogRange {
        self.range
    }

    /// Since when the first lines are waited for, while they are.
    pub fn waiting_since(&self) -> Option<Time> {
        let waits = match self.view.source() {
            Source::Waiting | Source::Reading => true,
            Source::Following | Source::Ended | Source::Failed(_) | Source::Unreadable(_) => false,
        };
        (waits && self.view.store().is_empty()).then_some(self.waiting_since)
    }

    /// The list tells whether the container has processes: one that was only read is followed as soon as it has.
    pub fn see(&mut self, now: Time, is_up: bool) {
        self.is_up = is_up;
        if is_up && !self.query.follow {
            self.resume(now);
        }
    }

    /// It was started, which the list need not know yet.
    pub fn started(&mut self, now: Time) {
        self.is_up = true;
        self.resume(now);
    }

    /// The stream runs from now on. One that was stopped in between starts anew where it stopped.
    pub fn show(&mut self, now: Time) {
        if self.is_shown == Some(false) {
            self.resume(now);
        }
        self.is_shown = Some(true);
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
            LogPart::Lines(chunk) => {
                if *self.view.source() == Source::Waiting {
                    self.view.set_source(Source::Reading);
                }
                if self.resumed {
                    self.view.append_resumed(chunk);
                } else {
                    self.view.append(chunk);
                }
            }
            LogPart::CaughtUp => self.view.set_source(Source::Following),
            LogPart::Ended(failure) => {
                self.streaming = false;
                self.view.set_source(failure.map_or(Source::Ended, broken_off));
            }
        }
    }

    /// Reads on behind the last line known: the container started again, or the line to the engine is back.
    pub fn resume(&mut self, now: Time) {
        match self.view.resume_from() {
            Some(since) => {
                // Of two limits the later one: lines older than the range stay out.
                let since = self.query.since.map_or(since, |from| from.max(since));
                self.query = LogQuery { tail: None, since: Some(since), follow: self.is_up };
            }
            // Without times there is no telling where to go on: all is read anew.
            None => {
                self.view.clear();
                self.query.follow = self.is_up;
            }
        }
        self.resumed = true;
        self.open(now);
    }

    /// Reads another part of the log from its beginning.
    pub fn read(&mut self, now: Time, range: LogRange) {
        self.range = range;
        let (tail, since) = match range {
            LogRange::Newest(tail) => (Some(tail), None),
            LogRange::All => (None, None),
            LogRange::Last(span) => {
                (None, Some(now.0.saturating_sub(i64::try_from(span.as_nanos()).unwrap_or(i64::MAX))))
            }
        };
        self.query = LogQuery { tail, since, follow: self.is_up };
        self.view.clear();
        self.resumed = false;
        self.open(now);
    }

    /// Tries again what failed.
    pub fn retry(&mut self, now: Time) {
        match self.view.source() {
            Source::Failed(_) | Source::Unreadable(_) | Source::Ended => self.resume(now),
            Source::Waiting | Source::Reading | Source::Following => {}
        }
    }

    fn open(&mut self, now: Time) {
        self.attempt += 1;
        self.streaming = true;
        self.waiting_since = now;
        self.view.set_source(Source::Waiting);
    }
}

/// A driver that keeps no lines to read says so as 501, on old engines as 500.
fn broken_off(failure: Failure) -> Source {
    if failure.kind == FailureKind::Unsupported || failure.sentence.contains("does not support reading") {
        Source::Unreadable(failure.sentence)
    } else {
        Source::Failed(failure)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Settings;
    use crate::domain::{LogChunk, LogStream};

    const NOW: Time = Time(1_000_000_000_000);

    fn pane() -> LogPane {
        let settings = Settings::default().logs;
        LogPane::new(NOW, ContainerId::new("web"), true, &settings, LogLook::of(&settings))
    }

    fn lines(lines: &[(i64, &str)]) -> LogPart {
        let mut chunk = LogChunk::default();
        lines.iter().for_each(|(time, text)| chunk.push(LogStream::Stdout, *time, text.as_bytes()));
        LogPart::Lines(chunk)
    }

    fn query(pane: &LogPane) -> (LogQuery, u32) {
        match pane.subscription(&HostId::new("local")) {
            Some(Subscription::Logs { query, attempt, .. }) => (query, attempt),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_stopped_stream_goes_on_where_it_stopped_and_repeats_nothing() {
        let mut pane = pane();
        let web = ContainerId::new("web");
        pane.show(NOW);
        assert_eq!(query(&pane).1, 0);
        pane.take(&web, 0, lines(&[(1, "a"), (2, "b")]));
        pane.take(&web, 0, LogPart::CaughtUp);
        pane.hide();
        pane.show(NOW);
        assert_eq!(query(&pane), (LogQuery { tail: None, since: Some(2), follow: true }, 1));
        pane.take(&web, 0, lines(&[(3, "late")]));
        // A slow engine: what it sends again comes when the log seems to be read to its end.
        pane.take(&web, 1, LogPart::CaughtUp);
        pane.take(&web, 1, lines(&[(2, "b"), (3, "c")]));
        assert_eq!(pane.view.store().len(), 3);
    }

    #[test]
    fn a_range_starts_anew_and_bounds_what_follows() {
        let mut pane = pane();
        let web = ContainerId::new("web");
        pane.show(NOW);
        pane.take(&web, 0, lines(&[(1, "a")]));
        pane.read(NOW, LogRange::Last(Duration::from_secs(60)));
        assert!(pane.view.store().is_empty());
        let since = Some(NOW.0 - 60_000_000_000);
        assert_eq!(query(&pane).0, LogQuery { tail: None, since, follow: true });
        // Nothing came yet: a break asks for the same again.
        pane.resume(NOW);
        assert_eq!(query(&pane).0, LogQuery { tail: None, since, follow: true });
        pane.read(NOW, LogRange::All);
        assert_eq!(query(&pane).0, LogQuery { tail: None, since: None, follow: true });
    }

    #[test]
    fn what_does_not_run_is_read_and_followed_once_it_runs() {
        let mut pane = pane();
        let web = ContainerId::new("web");
        pane.see(NOW, false);
        pane.read(NOW, LogRange::All);
        assert_eq!(query(&pane), (LogQuery { tail: None, since: None, follow: false }, 1));
        pane.take(&web, 1, lines(&[(1, "a"), (2, "b")]));
        pane.take(&web, 1, LogPart::Ended(None));
        // The event comes before the list; neither opens a second stream.
        pane.started(NOW);
        assert_eq!(query(&pane), (LogQuery { tail: None, since: Some(2), follow: true }, 2));
        pane.see(NOW, false);
        pane.see(NOW, true);
        assert_eq!(query(&pane).1, 2);
    }

    #[test]
    fn the_end_is_told_from_failures() {
        let mut pane = pane();
        let web = ContainerId::new("web");
        pane.take(&web, 0, LogPart::Ended(None));
        assert_eq!(*pane.view.source(), Source::Ended);
        assert!(pane.subscription(&HostId::new("local")).is_none());
        pane.resume(NOW);
        let words = "configured logging driver does not support reading";
        pane.take(&web, 1, LogPart::Ended(Some(Failure::new(FailureKind::Engine, words))));
        assert_eq!(*pane.view.source(), Source::Unreadable(words.to_owned()));
        pane.retry(NOW);
        pane.take(&web, 2, LogPart::Ended(Some(Failure::new(FailureKind::Lost, "It broke."))));
        assert!(matches!(pane.view.source(), Source::Failed(_)));
    }
}
