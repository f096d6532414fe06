//! Pages of older lines: how much of the log to ask for, and what to ask next when a page brought none.

use crate::app::logs::{Brought, FirstLines, LogView};
use crate::domain::{Failure, FailureKind, LogChunk, LogQuery};
use std::sync::Arc;

/// Bytes of a page where memory allows.
const LARGEST: usize = 512 * 1024;
/// Lines of a page at least and at most.
const LINES: (usize, usize) = (50, 20_000);
/// The log grew while nobody read: so many times more of its last lines are asked for when a page brought nothing.
const WIDER: u32 = 4;
/// A search through the whole log notes more than two lines in a byte; an eighth of the memory of a log is for that.
const SURVEY: usize = 8;
const LINES_A_BYTE: usize = 2;
/// Lines that may be searched however little memory there is.
const SURVEYED: usize = 4_000_000;
/// After so many tries all of the log is asked for.
const TRIES: u32 = 3;

/// A page to be read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PageAsk {
    /// Engines count the last lines from the end of the log, and then leave out what is later than `until`.
    pub query: LogQuery,
    /// Bytes kept of what comes, the last ones.
    pub most: usize,
    /// Where the page may end: all further lines are known.
    pub known: Arc<FirstLines>,
    /// Which page it is, to tell an answer that comes late.
    pub number: u32,
    tries: u32,
    /// A page before this one began with the first line that is there.
    began_there: bool,
}

/// What came for it.
#[derive(Debug)]
pub struct Page {
    pub chunk: LogChunk,
    /// There was more than was to be kept.
    pub was_cut: bool,
}

/// Puts a page together of what comes.
#[derive(Debug)]
pub struct Gathering<'a> {
    ask: &'a PageAsk,
    chunk: LogChunk,
    was_cut: bool,
    /// The known lines are not before this one.
    looked_at: usize,
}

impl<'a> Gathering<'a> {
    pub fn new(ask: &'a PageAsk) -> Self {
        Self { ask, chunk: LogChunk::default(), was_cut: false, looked_at: 0 }
    }

    /// Takes what comes next; true when nothing further is needed.
    pub fn take(&mut self, chunk: &LogChunk) -> bool {
        self.chunk.append(chunk);
        let known = &self.ask.known;
        let place = if known.are_distinct() { known.find(&self.chunk, self.looked_at) } else { None };
        self.looked_at = (self.chunk.lines.len() + 1).saturating_sub(known.count());
        let end = place.map_or(self.chunk.lines.len(), |place| place + known.count());
        let is_large = self.chunk.bytes.len() > self.ask.most.saturating_mul(2);
        if place.is_some() || is_large {
            self.cut(end, place.unwrap_or(end));
        }
        place.is_some()
    }

    /// Keeps the lines before `end`, of those before `known` no more than are to be kept.
    fn cut(&mut self, end: usize, known: usize) {
        let mut first = known;
        let mut bytes = 0;
        while let Some(before) = first.checked_sub(1) {
            bytes += self.chunk.text(before).len();
            if bytes > self.ask.most {
                self.was_cut = true;
                break;
            }
            first = before;
        }
        self.chunk = self.chunk.part(first..end);
        self.looked_at = self.looked_at.saturating_sub(first);
    }

    pub fn finish(mut self) -> Page {
        let end = self.chunk.lines.len();
        if self.chunk.bytes.len() > self.ask.most.saturating_mul(2) {
            self.cut(end, end);
        }
        Page { chunk: self.chunk, was_cut: self.was_cut }
    }
}

#[derive(Debug)]
pub struct Pages {
    most: usize,
    memory: usize,
    number: u32,
    state: State,
}

fn most(memory: usize) -> usize {
    (memory / 16).clamp(4096, LARGEST)
}

#[derive(Debug)]
enum State {
    Idle,
    Reading(PageAsk),
    Failed(PageAsk, Failure),
}

impl Pages {
    /// Pages of a log that may take so many bytes in all.
    ///
    /// `first_number`: what they are counted from, which tells them from those of other panes.
    pub fn within(memory: usize, first_number: u32) -> Self {
        Self { most: most(memory), memory, number: first_number, state: State::Idle }
    }

    /// Their log may take so many bytes from now on.
    pub fn limit(&mut self, memory: usize) {
        (self.memory, self.most) = (memory, most(memory));
    }

    /// Lines of the log that a search may look through beside them: more would take too much to note what it found.
    pub fn most_surveyed(&self) -> usize {
        (self.memory / SURVEY).saturating_mul(LINES_A_BYTE).max(SURVEYED)
    }

    /// Bytes left when a page is on its way.
    pub fn left_for_the_rest(&self) -> usize {
        self.memory.saturating_sub(self.most)
    }

    pub fn asked(&self) -> Option<PageAsk> {
        match &self.state {
            State::Reading(ask) => Some(ask.clone()),
            State::Idle | State::Failed(..) => None,
        }
    }

    pub fn failure(&self) -> Option<&Failure> {
        match &self.state {
            State::Failed(_, failure) => Some(failure),
            State::Idle | State::Reading(_) => None,
        }
    }

    /// No page is wanted any more.
    pub fn forget(&mut self) {
        self.state = State::Idle;
    }

    pub fn retry(&mut self) {
        if let State::Failed(ask, _) = &self.state {
            self.state = State::Reading(ask.clone());
        }
    }

    /// Wants the lines above those there are, none older than `since`. One page at a time.
    pub fn ask_above(&mut self, view: &LogView, since: Option<i64>) {
        if !matches!(self.state, State::Idle) || view.store().is_empty() {
            return;
        }
        let store = view.store();
        let each = (store.cost() / store.len().max(1)).max(1);
        let lines = (self.most * 3 / 4 / each).clamp(LINES.0, LINES.1);
        let tail = u32::try_from(view.known_to_the_end().saturating_add(lines)).ok();
        self.number += 1;
        self.state = State::Reading(PageAsk {
            query: LogQuery { tail, since, until: view.page_until(), follow: false },
            most: self.most,
            known: Arc::new(view.first_lines()),
            number: self.number,
            tries: 0,
            began_there: false,
        });
    }

    /// Takes a page, unless it is not waited for any more.
    pub fn take(&mut self, view: &mut LogView, ask: &PageAsk, page: Result<Page, Failure>) {
        if self.asked().as_ref() != Some(ask) {
            return;
        }
        let page = match page {
            Ok(page) => page,
            Err(failure) => {
                self.state = State::Failed(ask.clone(), failure);
                return;
            }
        };
        let began_there = match view.prepend(&page.chunk, page.was_cut) {
            Brought::Lines => {
                self.state = State::Idle;
                return;
            }
            Brought::NothingAbove => true,
            Brought::Nothing => false,
        };
        if page.was_cut {
            self.widen(ask);
        } else if ask.query.tail.is_none() && !began_there && !page.chunk.is_empty() {
            let sentence = "The same line was written so often at one moment that older ones cannot be told apart.";
            self.state = State::Failed(ask.clone(), Failure::new(FailureKind::Unsupported, sentence));
        } else if ask.query.tail.is_none() || (began_there && ask.began_there) {
            // With more of the log asked for there was nothing more: this is its beginning.
            view.set_more_above(false);
            self.state = State::Idle;
        } else {
            let tries = ask.tries + 1;
            let tail = ask.query.tail.filter(|_| tries <= TRIES).and_then(|tail| tail.checked_mul(WIDER));
            let query = LogQuery { tail, ..ask.query.clone() };
            self.state = State::Reading(PageAsk { query, tries, began_there, ..ask.clone() });
        }
    }

    /// All that was kept of a page is known already: more has to be kept.
    fn widen(&mut self, ask: &PageAsk) {
        let most = ask.most.saturating_mul(WIDER as usize);
        self.state = if most <= (self.memory / 2).max(self.most) {
            State::Reading(PageAsk { most, ..ask.clone() })
        } else {
            let sentence = "More lines were written at one moment than the memory for a log can hold.";
            let failure =
                Failure::new(FailureKind::Unsupported, sentence).with_hint("Raise logs.memory in the settings.");
            State::Failed(ask.clone(), failure)
        };
    }
}
