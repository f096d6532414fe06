//! Paging through a log as engines serve it, against the log itself: nothing lost, nothing doubled, never too large.

use super::super::*;
use crate::app::detail::log_pages::Gathering;
use crate::app::logs::{Lines, Viewport};
use crate::config::Settings;
use crate::domain::{FailureKind, HostId, LogChunk, LogQuery, LogStream};
use proptest::prelude::*;

const SECOND: i64 = 1_000_000_000;
const NOW: Time = Time(1_000 * SECOND);
const PANE: Viewport = Viewport { width: 80, height: 10 };

/// A log and an engine that serves it.
pub struct Served {
    pub lines: Vec<(i64, String)>,
    pub whole_seconds: bool,
}

impl Served {
    /// As Docker does; as Podman, which knows whole seconds and leaves the last one out.
    pub fn read(&self, query: &LogQuery) -> Vec<(i64, &str)> {
        let tail = query.tail.map_or(usize::MAX, |tail| tail as usize);
        let told = |time: i64| if self.whole_seconds { time / SECOND * SECOND } else { time };
        self.lines[self.lines.len().saturating_sub(tail)..]
            .iter()
            .map(|(time, text)| (told(*time), text.as_str()))
            .filter(|(time, _)| query.since.is_none_or(|since| *time >= told(since)))
            .take_while(|(time, _)| {
                query.until.is_none_or(|until| *time < until || (!self.whole_seconds && *time == until))
            })
            .collect()
    }

    pub fn grow(&mut self, count: usize, step: i64) {
        for _ in 0..count {
            let time = self.lines.last().map_or(SECOND, |(time, _)| time + step);
            self.lines.push((time, format!("line {}", self.lines.len() + 1)));
        }
    }
}

pub fn chunk(lines: &[(i64, &str)]) -> LogChunk {
    let mut chunk = LogChunk::default();
    lines.iter().for_each(|(time, text)| chunk.push(LogStream::Stdout, *time, text.as_bytes()));
    chunk
}

/// The pane with its engine: what has been sent of which stream.
struct Play {
    served: Served,
    pane: LogPane,
    stream: Option<(u32, LogQuery, usize)>,
    limit: usize,
}

impl Play {
    fn new(memory: &str, tail: u32, whole_seconds: bool) -> Self {
        let settings = LogSettings { tail, memory: memory.parse().unwrap(), ..Settings::default().logs };
        let pane = LogPane::new(NOW, ContainerId::new("web"), true, &settings, LogLook::of(&settings));
        let limit = usize::try_from(settings.memory.get()).unwrap();
        Self { served: Served { lines: Vec::new(), whole_seconds }, pane, stream: None, limit }
    }

    /// One piece of the stream, and the page that is asked for.
    fn serve(&mut self, most: usize) {
        self.pane.show(NOW);
        let web = ContainerId::new("web");
        for wanted in self.pane.subscriptions(&HostId::new("local")).collect::<Vec<_>>() {
            match wanted {
                Subscription::Logs { query, attempt, .. } => {
                    if self.stream.as_ref().is_none_or(|(number, ..)| *number != attempt) {
                        self.stream = Some((attempt, query.clone(), 0));
                    }
                    let Some((_, query, sent)) = &mut self.stream else { continue };
                    // The last lines are chosen when the stream begins.
                    if *sent == 0
                        && let Some(tail) = query.tail.take()
                    {
                        let tail = LogQuery { tail: Some(tail), ..query.clone() };
                        *sent = self.served.read(query).len() - self.served.read(&tail).len();
                    }
                    let lines = self.served.read(query);
                    let next = &lines[*sent..lines.len().min(*sent + most)];
                    *sent += next.len();
                    let part = if next.is_empty() { LogPart::CaughtUp } else { LogPart::Lines(chunk(next)) };
                    self.pane.take(&web, attempt, part);
                }
                Subscription::LogPage { ask, .. } => {
                    let lines = self.served.read(&ask.query);
                    let mut gathering = Gathering::new(&ask);
                    let enough = lines.chunks(most).any(|lines| gathering.take(&chunk(lines)));
                    let page = gathering.finish();
                    assert!(enough || page.chunk.bytes.len() <= ask.most * 2);
                    self.pane.take_page(&web, &ask, Ok(page));
                }
                other => panic!("{other:?}"),
            }
            self.check();
        }
    }

    fn is_quiet(&mut self) -> bool {
        self.pane.show(NOW);
        !self.pane.is_reading_older() && matches!(self.pane.view.source(), Source::Following | Source::Paused)
    }

    fn settle(&mut self) {
        for _ in 0..100_000 {
            self.serve(1_000);
            if self.is_quiet() {
                return;
            }
        }
        panic!("it never comes to rest: {:?}", self.pane);
    }

    fn held(&self) -> Vec<usize> {
        let store = self.pane.view.store();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim_start_matches("line ").parse().unwrap();
        store.lines(i64::MIN..i64::MAX).map(|line| text(line.bytes)).collect()
    }

    /// What is kept is a stretch of the log, without gap or repetition, and not too large.
    fn check(&self) {
        let held = self.held();
        let seams: Vec<&[usize]> = held.windows(2).filter(|pair| pair[1] != pair[0] + 1).collect();
        assert!(seams.is_empty(), "{:?}..{:?}: {seams:?}", held.first(), held.last());
        assert!(self.pane.view.store().cost() <= self.limit, "{} of {}", self.pane.view.store().cost(), self.limit);
    }

    fn act(&mut self, action: usize, by: isize) {
        match action {
            0 | 1 => self.pane.view.scroll_by(-by.abs(), PANE),
            2 => self.pane.view.scroll_by(by.abs(), PANE),
            3 => self.pane.view.to_top(),
            4 => self.pane.view.to_end(),
            5 => self.pane.resume(NOW),
            6 => {
                self.pane.hide();
                self.pane.show(NOW);
            }
            7 => self.pane.view.toggle_follow(PANE),
            _ => self.served.grow(by.unsigned_abs() * 3, 7),
        }
        self.pane.show(NOW);
        self.check();
    }

    /// Goes up row by row of pages until there is nothing above.
    fn reach_the_very_top(&mut self) {
        let mut pages = 0;
        while self.pane.view.store().has_more_above() {
            self.pane.view.scroll_by(-50, PANE);
            self.settle();
            pages += 1;
            assert!(pages < 20_000, "{:?}", self.held().first());
        }
        assert_eq!(self.held().first(), Some(&1));
    }
}

#[test]
fn the_first_line_is_reached_page_by_page_and_the_last_one_again() {
    for (whole_seconds, step) in [(false, 1_000), (false, 0), (true, 900_000_000), (true, 3_000_000)] {
        let mut play = Play::new("96KiB", 100, whole_seconds);
        play.served.grow(6_000, step);
        play.settle();
        assert_eq!((play.held().len(), play.held().last()), (100, Some(&6_000)));
        play.reach_the_very_top();
        assert!(play.pane.view.store().has_more_below(), "96 KiB do not hold 6,000 lines");
        for _ in 0..2_000 {
            play.pane.view.scroll_by(40, PANE);
            play.settle();
            if play.pane.view.is_following() {
                break;
            }
        }
        assert_eq!(play.held().last(), Some(&6_000));
        assert!(play.pane.view.is_following());
    }
}

#[test]
fn the_very_first_line_is_one_step_away_and_so_is_the_last() {
    let mut play = Play::new("64KiB", 100, false);
    play.served.grow(50_000, 10);
    play.settle();
    play.pane.view.to_top();
    play.settle();
    assert_eq!(play.held().first(), Some(&1));
    assert_eq!(*play.pane.view.source(), Source::Paused);
    assert!(play.held().len() < 5_000);
    play.served.grow(10, 10);
    play.pane.view.to_end();
    play.settle();
    assert_eq!(play.held().last(), Some(&50_010));
    assert!(play.pane.view.is_following());
}

#[test]
fn a_reader_above_is_left_alone_by_a_flood() {
    let mut play = Play::new("64KiB", 100, false);
    play.served.grow(500, 10);
    play.settle();
    play.pane.view.scroll_by(-20, PANE);
    let before = play.pane.view.visible(PANE);
    play.served.grow(20_000, 10);
    for _ in 0..30 {
        play.serve(1_000);
    }
    assert_eq!(play.pane.view.visible(PANE), before);
    assert_eq!(*play.pane.view.source(), Source::Paused);
}

#[test]
fn a_short_log_is_asked_for_once() {
    let mut play = Play::new("64MiB", 1000, false);
    play.served.grow(300, 10);
    play.settle();
    play.pane.view.scroll_by(-1_000, PANE);
    play.pane.show(NOW);
    assert!(!play.pane.is_reading_older() && !play.pane.view.store().has_more_above());
}

#[test]
fn what_cannot_be_read_is_told_and_tried_again() {
    let mut play = Play::new("64MiB", 100, false);
    play.served.grow(300, 10);
    play.settle();
    play.pane.view.scroll_by(-1_000, PANE);
    play.pane.show(NOW);
    let Some(Subscription::LogPage { ask, .. }) = play.pane.subscriptions(&HostId::new("local")).nth(1) else {
        panic!("no page is asked for");
    };
    let failure = Failure::new(FailureKind::Lost, "It broke.");
    play.pane.take_page(&ContainerId::new("web"), &ask, Err(failure.clone()));
    assert_eq!((play.pane.older_failure(), play.pane.is_reading_older()), (Some(&failure), false));
    play.pane.retry(NOW);
    play.settle();
    assert_eq!(play.held().first(), Some(&1));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]
    #[test]
    fn any_way_through_a_log_keeps_it_whole(
        steps in prop::collection::vec((0usize..10, 0isize..120, 1usize..400), 1..60),
        memory in prop::sample::select(vec!["48KiB", "128KiB", "1MiB"]),
        step in prop::sample::select(vec![0, 1, 1_000, 40_000_000]),
        whole_seconds: bool,
        tail in 1u32..600,
    ) {
        let mut play = Play::new(memory, tail, whole_seconds);
        play.served.grow(2_000, step);
        for (action, by, most) in steps {
            play.act(action, by);
            play.serve(most);
        }
        play.settle();
        play.pane.view.to_end();
        play.settle();
        prop_assert_eq!(play.held().last().copied(), Some(play.served.lines.len()));
        play.pane.view.to_top();
        play.settle();
        prop_assert_eq!(play.held().first().copied(), Some(1));
    }
}
