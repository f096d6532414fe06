//! Matching lines alone, and errors, of a log of which only a little is loaded.

use super::super::*;
use super::paging::{Served, chunk};
use crate::app::detail::log_pages::Gathering;
use crate::app::detail::log_sieve::Sifting;
use crate::app::detail::log_survey::Surveying;
use crate::app::logs::Pattern;
use crate::config::Settings;
use crate::domain::{LogChunk, LogQuery};

const SECOND: i64 = 1_000_000_000;
const NOW: Time = Time(100_000 * SECOND);
const PANE: Viewport = Viewport { width: 80, height: 10 };

/// The pane of a log that is there already, the last hundred lines of which are read.
struct Play {
    served: Served,
    pane: LogPane,
    stream: Option<(u32, Option<Sifting>, usize)>,
    limit: usize,
}

impl Play {
    fn new(memory: &str, lines: usize, text: impl Fn(usize) -> String) -> Self {
        let settings = LogSettings { tail: 100, memory: memory.parse().unwrap(), ..Settings::default().logs };
        let pane = LogPane::new(NOW, ContainerId::new("web"), true, &settings, LogLook::of(&settings));
        let lines = (0..lines).map(|number| (SECOND + number as i64, text(number))).collect();
        let limit = usize::try_from(settings.memory.get()).unwrap();
        let mut play = Self { served: Served { lines, whole_seconds: false }, pane, stream: None, limit };
        play.settle();
        play
    }

    fn serve(&mut self) {
        let web = ContainerId::new("web");
        for wanted in self.pane.subscriptions(&HostId::new("local")).collect::<Vec<_>>() {
            match wanted {
                Subscription::Logs { query, sieve, attempt, .. } => {
                    if self.stream.as_ref().is_none_or(|(number, ..)| *number != attempt) {
                        let sent =
                            self.served.lines.len() - self.served.read(&LogQuery { tail: None, ..query.clone() }).len();
                        let first = self.served.lines.len() - self.served.read(&query).len();
                        self.stream =
                            Some((attempt, sieve.as_ref().map(|sieve| Sifting::new(sieve).unwrap()), sent.max(first)));
                    }
                    let Some((_, sifting, sent)) = &mut self.stream else { continue };
                    let next = &self.served.lines[*sent..(*sent + 500).min(self.served.lines.len())];
                    *sent += next.len();
                    let mut read = chunk(&next.iter().map(|(time, text)| (*time, text.as_str())).collect::<Vec<_>>());
                    if let Some(sifting) = sifting {
                        self.pane.take(&web, attempt, LogPart::LookedThrough(read.lines.len()));
                        read = sifting.take(&read);
                    }
                    let part = if next.is_empty() { LogPart::CaughtUp } else { LogPart::Lines(read) };
                    self.pane.take(&web, attempt, part);
                }
                Subscription::LogPage { ask, .. } => {
                    let mut gathering = Gathering::new(&ask);
                    self.served.read(&ask.query).chunks(500).any(|lines| gathering.take(&chunk(lines)));
                    self.pane.take_page(&web, &ask, Ok(gathering.finish()));
                }
                Subscription::LogSurvey { ask, .. } => {
                    let mut surveying = Surveying::new(&ask).unwrap();
                    let lines = self.served.read(&ask.query);
                    let failure = surveying.take(&chunk(&lines)).err();
                    self.pane.take_survey(&web, &ask, surveying.found(true));
                    self.pane.take_survey(&web, &ask, SurveyPart::Ended(failure));
                }
                other => panic!("{other:?}"),
            }
            let cost = self.pane.view.store().cost();
            assert!(cost <= self.limit, "{cost} of {}", self.limit);
        }
    }

    /// Until nothing is searched and all that is wanted is there.
    fn settle(&mut self) {
        for _ in 0..10_000 {
            self.pane.show(NOW);
            self.serve();
            self.pane.search_on(NOW, PANE);
            let is_read = matches!(self.pane.view.source(), Source::Following | Source::Paused);
            let is_quiet = is_read && !self.pane.is_reading_older() && !self.pane.view.is_searching();
            if is_quiet && !self.pane.view.is_surveying() && !self.pane.view.is_on_its_way() {
                self.pane.show(NOW);
                self.pane.search_on(NOW, PANE);
                if !self.pane.view.is_searching() && *self.pane.view.source() != Source::Waiting {
                    return;
                }
            }
        }
        panic!("it never comes to rest: {:?}", self.pane.view.source());
    }

    fn shown(&self) -> Vec<String> {
        let text = |row: crate::app::logs::VisibleRow| row.spans.into_iter().map(|span| span.text).collect();
        self.pane.view.visible(PANE).into_iter().map(text).collect()
    }

    fn current(&self) -> Option<String> {
        let line = self.pane.view.store().line(self.pane.view.current()?)?;
        Some(String::from_utf8_lossy(line.bytes).into_owned())
    }

    fn search(&mut self, text: &str) {
        self.pane.view.start_search(Pattern::parse(text).unwrap(), PANE);
        self.pane.view.settle_search(Some(PANE));
        self.settle();
    }

    fn only(&mut self) {
        self.pane.view.cycle_only();
        self.settle();
    }
}

fn numbered(number: usize) -> String {
    format!("line {number}")
}

#[test]
fn matching_lines_of_the_whole_log_are_shown_and_the_view_stays_where_it_looks() {
    let mut play = Play::new("256KiB", 30_000, numbered);
    play.search("/ [05]*077$/");
    assert_eq!(play.current().as_deref(), Some("line 5077"), "none of those loaded matches");
    play.only();
    assert!(play.pane.view.is_sifted());
    assert_eq!(play.shown(), ["line 5077"]);
    play.search("/[05]077$/");
    assert!(play.pane.view.is_sifted(), "another search, the same wish");
    let all = ["line 5077", "line 10077", "line 15077", "line 20077", "line 25077"];
    play.pane.view.to_top();
    play.settle();
    assert_eq!(play.shown(), all);
    assert_eq!(play.pane.view.hit_count(), 5);
    play.pane.view.search_next(PANE);
    play.settle();
    play.pane.view.search_next(PANE);
    play.settle();
    assert_eq!((play.current().as_deref(), play.pane.view.hit_number()), (Some("line 10077"), Some(2)));
    play.only();
    play.pane.view.to_top();
    let around: Vec<String> = (5_075..5_080).chain(10_075..10_080).map(numbered).collect();
    assert_eq!(play.shown(), around, "two lines around each");
    let saved = play.pane.view.shown_lines().unwrap();
    assert_eq!(saved.len(), 25);
    play.only();
    assert_eq!(play.pane.view.shown_lines().unwrap().len(), 55);
    play.pane.view.search_next(PANE);
    play.pane.view.search_next(PANE);
    play.settle();
    // All lines again, at the hit that was looked at.
    play.only();
    assert!(!play.pane.view.is_sifted());
    assert_eq!(play.current().as_deref(), Some("line 10077"));
    assert!(play.shown().contains(&"line 10076".to_owned()) && play.shown().contains(&"line 10078".to_owned()));
    play.pane.view.search_next(PANE);
    play.settle();
    assert_eq!((play.current().as_deref(), play.pane.view.hit_number()), (Some("line 15077"), Some(3)));
}

#[test]
fn what_comes_is_sifted_too_also_after_a_break() {
    let mut play = Play::new("256KiB", 2_000, numbered);
    play.search("/00$/");
    play.pane.view.to_end();
    play.only();
    assert_eq!((play.pane.view.hit_count(), play.shown().last().unwrap().as_str()), (19, "line 1900"));
    play.only();
    for round in 0..40 {
        // The break is right behind a match: the lines behind it are still to come.
        let from = play.served.lines.len();
        let to = (from + 97).min(from / 100 * 100 + 101 + round % 3);
        (from..to.max(from + 1)).for_each(|number| play.served.lines.push((SECOND + number as i64, numbered(number))));
        play.settle();
        play.stream = None;
        play.pane.resume(NOW);
        play.settle();
    }
    let last = play.served.lines.len();
    let is_near =
        |number: &usize| (1..=last / 100).any(|hundred| hundred * 100 < last && number.abs_diff(hundred * 100) <= 2);
    let expected: Vec<String> = (0..last).filter(is_near).map(numbered).collect();
    let saved = play.pane.view.shown_lines().unwrap();
    let texts = saved.pieces().flat_map(|(chunk, lines): (&LogChunk, _)| {
        lines.map(|line| String::from_utf8_lossy(chunk.text(line)).into_owned()).collect::<Vec<_>>()
    });
    assert_eq!(texts.collect::<Vec<_>>(), expected);
}

#[test]
fn more_matches_than_memory_holds_are_read_from_both_ends() {
    let mut play = Play::new("64KiB", 20_000, |number| format!("request {number}"));
    play.search("request");
    play.only();
    assert!(play.pane.view.is_sifted() && play.pane.view.store().has_more_above());
    assert_eq!(play.shown().last().unwrap(), "request 19999");
    play.pane.view.to_top();
    play.settle();
    assert_eq!(play.shown().first().unwrap(), "request 0");
    let mut seen = Vec::new();
    for _ in 0..5_000 {
        seen.extend(play.shown().iter().map(|line| line.rsplit(' ').next().unwrap().parse::<usize>().unwrap()));
        if play.pane.view.is_following() {
            break;
        }
        play.pane.view.page(1, PANE);
        play.settle();
    }
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen, (0..20_000).collect::<Vec<_>>(), "none is left out on the way down");
}

#[test]
fn a_container_that_is_gone_keeps_what_is_there() {
    let mut play = Play::new("256KiB", 5_000, numbered);
    play.search("/077$/");
    play.only();
    assert_eq!(play.pane.view.hit_count(), 4);
    play.pane.readers[0].gone(&mut play.pane.view);
    for _ in 0..3 {
        play.pane.view.cycle_only();
        play.pane.show(NOW);
    }
    assert_eq!(play.pane.view.only(), None);
    assert!(play.pane.view.is_sifted() && play.pane.view.store().len() == 44, "it cannot be read as it is any more");
}

#[test]
fn the_next_error_is_found_wherever_it_is() {
    let line = |number: usize| match number % 4_000 {
        777 => format!("ERROR {number} failed"),
        _ => format!("line {number}"),
    };
    let mut play = Play::new("128KiB", 20_000, line);
    let errors = [777, 4_777, 8_777, 12_777, 16_777];
    for error in errors.iter().rev() {
        play.pane.view.previous_error(PANE);
        play.settle();
        assert_eq!(play.current(), Some(format!("ERROR {error} failed")));
    }
    assert_eq!(play.pane.view.previous_error(PANE), Jump::NoneLeft);
    for error in &errors[1..] {
        play.pane.view.next_error(PANE);
        play.settle();
        assert_eq!(play.current(), Some(format!("ERROR {error} failed")));
    }
    play.pane.view.next_error(PANE);
    play.settle();
    assert_eq!(play.pane.view.next_error(PANE), Jump::NoneLeft);
    // A search beside it counts its own.
    play.search("/999$/");
    assert_eq!(play.pane.view.hit_count(), 20);
    play.pane.view.to_end();
    play.settle();
    play.pane.view.previous_error(PANE);
    play.settle();
    assert_eq!(play.current().as_deref(), Some("ERROR 16777 failed"));
    assert_eq!(play.pane.view.hit_count(), 20);
}
