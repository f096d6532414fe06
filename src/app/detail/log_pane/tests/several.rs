//! Several logs as engines serve them, read as one: each whole and in its own order, all of them by time, no gap.

use super::super::*;
use super::paging::{Served, chunk};
use crate::app::detail::log_pages::Gathering;
use crate::app::logs::{Lines, Viewport};
use crate::config::Settings;
use crate::domain::{FailureKind, LogQuery};
use proptest::prelude::*;

const SECOND: i64 = 1_000_000_000;
const PANE: Viewport = Viewport { width: 80, height: 10 };

/// The pane with the engines of its logs: what has been sent of which stream.
struct Play {
    served: Vec<Served>,
    pane: LogPane,
    streams: Vec<Option<(u32, LogQuery, usize)>>,
    now: Time,
    limit: usize,
}

fn host(index: usize) -> HostId {
    HostId::new(format!("host-{index}"))
}

impl Play {
    fn new(logs: &[bool], memory: &str, tail: u32) -> Self {
        let settings = LogSettings { tail, memory: memory.parse().unwrap(), ..Settings::default().logs };
        let now = Time(1_000 * SECOND);
        let member = |index: usize| Member {
            host: host(index),
            container: ContainerId::new("web"),
            label: format!("web-{index}"),
            is_up: true,
        };
        let members: Vec<Member> = (0..logs.len()).map(member).collect();
        let pane = LogPane::of_several(now, &members, 1 << 16, &settings, LogLook::of(&settings));
        let served = logs.iter().map(|seconds| Served { lines: Vec::new(), whole_seconds: *seconds }).collect();
        let limit = usize::try_from(settings.memory.get()).unwrap();
        Self { served, pane, streams: logs.iter().map(|_| None).collect(), now, limit }
    }

    /// More lines of a log, from a moment on.
    fn grow(&mut self, log: usize, from: i64, count: usize, step: i64) {
        let lines = &mut self.served[log].lines;
        for _ in 0..count {
            let time = lines.last().map_or(from, |(time, _)| from.max(time + step));
            lines.push((time, format!("{log} {}", lines.len() + 1)));
        }
    }

    /// One piece of each stream, and the pages that are asked for. `deaf`: the host of this log says nothing.
    fn serve(&mut self, most: usize, deaf: Option<usize>) {
        self.pane.follow_all(self.now, |_| true);
        let web = ContainerId::new("web");
        for wanted in self.pane.all_subscriptions().collect::<Vec<_>>() {
            let (Subscription::Logs { host: on, .. } | Subscription::LogPage { host: on, .. }) = &wanted else {
                panic!("{wanted:?}");
            };
            let on = on.clone();
            let log = (0..self.served.len()).find(|index| host(*index) == on).unwrap();
            if deaf == Some(log) {
                continue;
            }
            match wanted {
                Subscription::Logs { query, attempt, .. } => {
                    let stream = &mut self.streams[log];
                    if stream.as_ref().is_none_or(|(number, ..)| *number != attempt) {
                        *stream = Some((attempt, query.clone(), 0));
                    }
                    let Some((_, query, sent)) = stream else { continue };
                    if *sent == 0
                        && let Some(tail) = query.tail.take()
                    {
                        let tail = LogQuery { tail: Some(tail), ..query.clone() };
                        *sent = self.served[log].read(query).len() - self.served[log].read(&tail).len();
                    }
                    let lines = self.served[log].read(query);
                    let next = &lines[*sent..lines.len().min(*sent + most)];
                    *sent += next.len();
                    let part = if next.is_empty() { LogPart::CaughtUp } else { LogPart::Lines(chunk(next)) };
                    self.pane.take_of(&on, &web, attempt, part);
                }
                Subscription::LogPage { ask, .. } => {
                    let lines = self.served[log].read(&ask.query);
                    let mut gathering = Gathering::new(&ask);
                    let _ = lines.chunks(most).any(|lines| gathering.take(&chunk(lines)));
                    self.pane.take_page_of(&on, &web, &ask, Ok(gathering.finish()));
                }
                other => panic!("{other:?}"),
            }
            self.check();
        }
    }

    fn settle(&mut self) {
        for _ in 0..2_000 {
            self.serve(1_000, None);
            let parts = self.pane.view.store().several().unwrap().parts();
            let is_quiet = parts.iter().all(|part| matches!(part.source(), Source::Following | Source::Paused));
            if is_quiet && !self.pane.is_reading_older() {
                return;
            }
        }
        panic!("it never comes to rest: {:?}", self.pane);
    }

    /// The lines in their order: time, log, number.
    fn held(&self) -> Vec<(i64, usize, usize)> {
        let number = |bytes: &[u8]| {
            let text = String::from_utf8_lossy(bytes);
            let (log, number) = text.split_once(' ').unwrap();
            (log.parse().unwrap(), number.parse().unwrap())
        };
        let lines = self.pane.view.store().lines(i64::MIN..i64::MAX);
        lines.map(|line| (line.time, number(line.bytes))).map(|(time, (log, number))| (time, log, number)).collect()
    }

    /// Each log's lines follow each other, all are by time, and between the first and the last none is missing.
    fn check(&self) {
        let held = self.held();
        let wrong: Vec<_> = held.windows(2).filter(|pair| pair[1].0 < pair[0].0).collect();
        assert!(wrong.is_empty(), "not by time: {wrong:?}");
        let (Some(first), Some(last)) = (held.first(), held.last()) else { return };
        for log in 0..self.served.len() {
            let own: Vec<usize> = held.iter().filter(|(_, of, _)| *of == log).map(|(.., number)| *number).collect();
            let seams: Vec<_> = own.windows(2).filter(|pair| pair[1] != pair[0] + 1).collect();
            assert!(seams.is_empty(), "log {log}: {seams:?}");
            let store = self.pane.view.part(log).unwrap().store();
            let from = store.own().unwrap().first_from(first.0 + 1);
            let within = store.lines(from..i64::MAX).take_while(|line| line.time < last.0).count();
            let shown = held.iter().filter(|(time, of, _)| *of == log && first.0 < *time && *time < last.0).count();
            assert_eq!(shown, within, "of log {log} between {first:?} and {last:?}");
        }
        let cost = self.pane.view.store().cost();
        // Below 16 KiB for each no limit is kept.
        assert!(cost <= self.limit.max(self.served.len() * 40_000), "{cost} of {}", self.limit);
    }

    /// The last line kept of each log, shown or older than what is.
    fn ends(&self) -> Vec<usize> {
        let number = |view: &LogView| {
            let text = String::from_utf8_lossy(view.store().last()?.bytes).into_owned();
            text.split_once(' ')?.1.parse().ok()
        };
        let last = |log: usize| self.pane.view.part(log).and_then(number).unwrap_or(0);
        (0..self.served.len()).map(last).collect()
    }

    /// The last line shown is the last one written of all.
    fn is_at_the_end(&self) -> bool {
        let newest = self.served.iter().filter_map(|served| {
            let (time, _) = served.lines.last()?;
            Some(if served.whole_seconds { time / SECOND * SECOND } else { *time })
        });
        self.held().last().map(|(time, ..)| *time) == newest.max()
    }

    fn reach_the_very_top(&mut self) {
        let mut pages = 0;
        while self.pane.view.store().has_more_above() {
            self.pane.view.scroll_by(-50, PANE);
            self.settle();
            pages += 1;
            let parts = (0..self.served.len()).filter_map(|log| self.pane.view.part(log));
            let first = |view: &LogView| view.store().line(view.store().first_line()).map(|line| line.time);
            let told: Vec<_> = parts.map(|view| (view.source(), view.store().has_more_above(), first(view))).collect();
            assert!(pages < 400, "{:?} {told:?} {:?}", self.held().first(), self.pane.troubles().next());
        }
    }
}

#[test]
fn several_logs_are_scrolled_to_their_first_line_and_down_again() {
    for memory in ["512KiB", "4MiB"] {
        let mut play = Play::new(&[false, false, true], memory, 100);
        play.grow(0, 10 * SECOND, 6_000, 10_000_000);
        play.grow(1, 30 * SECOND, 3_000, 20_000_001);
        play.grow(2, SECOND, 40, 3 * SECOND);
        play.settle();
        assert_eq!(play.ends(), [6_000, 3_000, 40]);
        assert!(play.is_at_the_end());
        play.reach_the_very_top();
        let first: Vec<_> = play.held().into_iter().map(|(_, log, number)| (log, number)).take(4).collect();
        assert_eq!(first, [(2, 1), (2, 2), (2, 3), (0, 1)]);
        for _ in 0..600 {
            play.pane.view.scroll_by(40, PANE);
            play.settle();
            if play.pane.view.is_following() {
                break;
            }
        }
        assert!(play.pane.view.is_following() && play.is_at_the_end());
        assert_eq!(play.ends(), [6_000, 3_000, 40]);
        play.pane.view.to_top();
        play.settle();
        assert_eq!(play.held().first().map(|(_, log, number)| (*log, *number)), Some((2, 1)));
        play.pane.view.to_end();
        play.settle();
        assert_eq!(play.ends(), [6_000, 3_000, 40]);
    }
}

#[test]
fn one_that_says_nothing_does_not_hold_up_the_others_and_finds_its_place_later() {
    let mut play = Play::new(&[false, false], "4MiB", 100);
    play.grow(0, 10 * SECOND, 50, 1_000_000);
    play.grow(1, 10 * SECOND, 50, 900_000);
    for _ in 0..4 {
        play.serve(1_000, Some(1));
    }
    assert!(play.held().is_empty(), "it is waited for");
    play.now = play.now.plus(Duration::from_secs(1));
    play.serve(1_000, Some(1));
    assert_eq!(play.ends(), [50, 0]);
    play.settle();
    assert_eq!((play.ends(), play.held().len()), (vec![50, 50], 100));
    play.pane.hide();
    play.grow(0, 0, 10, 1_000_000);
    play.settle();
    assert_eq!(play.ends(), [60, 50]);
}

#[test]
fn one_that_joins_or_is_gone_leaves_the_others_as_they_are() {
    let mut play = Play::new(&[false, false], "4MiB", 100);
    play.grow(0, 10 * SECOND, 50, 1_000_000);
    play.grow(1, 10 * SECOND, 500, 900_000);
    play.settle();
    play.served.push(Served { lines: Vec::new(), whole_seconds: false });
    play.streams.push(None);
    let member = Member { host: host(2), container: ContainerId::new("web"), label: "new".to_owned(), is_up: true };
    play.pane.join(play.now, &member, 1 << 16);
    play.grow(2, 11 * SECOND, 30, 1_000);
    play.settle();
    assert_eq!(play.ends(), [50, 500, 30]);
    assert!(play.pane.view.store().has_more_above());
    play.pane.member_gone(&host(1), &ContainerId::new("web"));
    play.pane.view.to_top();
    play.settle();
    assert!(!play.pane.view.store().has_more_above(), "what is gone is not waited for");
    assert_eq!(play.pane.troubles().count(), 0);
}

#[test]
fn one_that_is_gone_is_never_asked_for_again_and_keeps_what_was_read() {
    let mut play = Play::new(&[false, false], "4MiB", 100);
    play.grow(0, 10 * SECOND, 50, 1_000_000);
    play.grow(1, 10 * SECOND, 50, 900_000);
    play.settle();
    let web = ContainerId::new("web");
    let asked = |play: &Play| {
        let of = |wanted| match wanted {
            Subscription::Logs { host: on, .. } | Subscription::LogPage { host: on, .. } => on == host(1),
            _ => false,
        };
        play.pane.all_subscriptions().any(of)
    };
    play.pane.member_gone(&host(1), &web);
    assert!(asked(&play), "its last lines may be on their way");
    let (attempt, ..) = play.streams[1].clone().unwrap();
    play.pane.take_of(&host(1), &web, attempt, LogPart::Lines(chunk(&[(11 * SECOND, "1 51")])));
    let missing = Failure::new(FailureKind::NotFound, "No such container.");
    play.pane.take_of(&host(1), &web, attempt, LogPart::Ended(Some(missing)));
    assert_eq!(play.pane.troubles().count(), 0);
    // Off the screen and back, the line lost and there again, tried again, read anew.
    play.pane.follow_all(play.now, |_| false);
    play.pane.follow_all(play.now, |_| true);
    assert!(!asked(&play));
    play.pane.retry(play.now);
    assert!(!asked(&play));
    play.pane.read(play.now, LogRange::All);
    assert!(!asked(&play));
    play.pane.follow_all(play.now, |_| true);
    assert_eq!(play.ends(), [0, 51]);
    (0..4).for_each(|_| play.serve(1_000, Some(1)));
    assert_eq!(play.ends(), [50, 51]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
    #[test]
    fn any_way_through_several_logs_keeps_them_whole(
        actions in prop::collection::vec((0usize..10, 0isize..120, 1usize..400, prop::option::of(0usize..3)), 1..50),
        memory in prop::sample::select(vec!["300KiB", "1MiB"]),
        steps in prop::array::uniform3(prop::sample::select(vec![0, 1_000, 40_000_000, 700_000_000])),
        seconds: [bool; 3],
        tail in 1u32..400,
    ) {
        let mut play = Play::new(&seconds, memory, tail);
        for (log, step) in steps.into_iter().enumerate() {
            play.grow(log, (1 + log as i64) * SECOND, 700 - log * 200, step);
        }
        for (action, by, most, deaf) in actions {
            match action {
                0 | 1 => play.pane.view.scroll_by(-by, PANE),
                2 => play.pane.view.scroll_by(by, PANE),
                3 => play.pane.view.to_top(),
                4 => play.pane.view.to_end(),
                5 => play.pane.hide(),
                6 => play.pane.view.toggle_follow(PANE),
                7 => play.now = play.now.plus(Duration::from_millis(400)),
                log => play.grow(log - 8, 0, by.unsigned_abs() * 3, steps[log - 8]),
            }
            play.serve(most, deaf);
        }
        play.settle();
        play.pane.view.to_end();
        play.settle();
        prop_assert!(play.is_at_the_end(), "{:?}", play.held().last());
        prop_assert_eq!(play.ends(), play.served.iter().map(|served| served.lines.len()).collect::<Vec<_>>());
        play.pane.view.to_top();
        play.settle();
        prop_assert_eq!(play.held().first().map(|(.., number)| *number), Some(1));
    }
}
