//! Several logs in one order, that of time: each is kept by itself as far as its window reaches, and what all of them
//! reach is shown.
//!
//! The order has no gap: it begins where the log begins that reaches least far up, and ends where one ends whose
//! further lines are known to be missing. The lines of each log follow each other in it as that log has them, whatever
//! its times say. A line that comes late is put where its time belongs.

use std::collections::VecDeque;
use std::ops::Range;

use super::kept::Lines;
use super::store::{LineRef, signed};
use super::view::{LogView, Position, Source};

mod order;
#[cfg(test)]
mod tests;

use order::Place;

/// What the program tells between the lines is kept as a log of its own, the first one.
const TOLD: usize = 0;
/// Bytes for what is told: some hundred sentences.
const TOLD_BYTES: usize = 64 * 1024;

/// Several logs as one.
#[derive(Debug)]
pub struct Merged {
    /// The first one holds what the program tells.
    parts: Vec<Part>,
    order: VecDeque<Place>,
    /// The number of the first line in the order.
    first: i64,
}

/// One of the logs.
#[derive(Debug)]
pub struct Part {
    pub(super) view: LogView,
    /// What stands before its lines.
    pub name: String,
    /// Nothing of it has come, and it is worth waiting for: lines that may be later are held back meanwhile.
    is_awaited: bool,
    /// Its lines that are in the order, by its own numbers.
    span: Range<i64>,
    /// The span stands where the order has its place, also while it is empty.
    is_placed: bool,
}

impl Part {
    fn new(name: String) -> Self {
        Self { view: LogView::new(TOLD_BYTES), name, is_awaited: false, span: 0..0, is_placed: false }
    }

    /// Which of its lines are in the order, by its own numbers.
    pub(super) fn span(&self) -> Range<i64> {
        self.span.clone()
    }

    /// Where its lines come from.
    pub fn source(&self) -> &Source {
        self.view.source()
    }
}

impl Default for Merged {
    /// No log yet, only what the program tells.
    fn default() -> Self {
        Self { parts: vec![Part::new(String::new())], order: VecDeque::new(), first: 0 }
    }
}

impl Merged {
    /// Adds a log.
    pub fn add(&mut self, name: String) {
        self.parts.push(Part::new(name));
    }

    /// What each of so many logs may take so that all together, the order included, take no more than `limit` bytes: a
    /// place in the order takes half as much as a line's own index.
    pub fn share(limit: usize, logs: usize) -> usize {
        limit.saturating_sub(TOLD_BYTES * 3 / 2) / 3 * 2 / logs.max(1)
    }

    /// The logs, in the order in which they were given.
    pub fn parts(&self) -> &[Part] {
        self.parts.get(1..).unwrap_or_default()
    }

    /// The log that a line is of; `None` for what the program tells.
    pub fn part(&self, of: u16) -> Option<&Part> {
        self.parts.get(usize::from(of)).filter(|_| usize::from(of) != TOLD)
    }

    pub(super) fn view_mut(&mut self, part: usize) -> Option<&mut LogView> {
        self.parts.get_mut(part + 1).map(|part| &mut part.view)
    }

    pub(super) fn forget_surveys(&mut self) {
        self.parts.iter_mut().for_each(|part| part.view.set_survey(None));
    }

    pub(super) fn views_mut(&mut self) -> impl Iterator<Item = &mut LogView> {
        self.parts.iter_mut().skip(1).map(|part| &mut part.view)
    }

    /// The number of a log's line in the order.
    pub(super) fn find(&self, part: usize, line: i64) -> Option<i64> {
        self.number_of(Place::new(part + 1, line), self.first)
    }

    /// Whether lines of the others wait for the first ones of this log.
    pub(super) fn set_awaited(&mut self, part: usize, is_awaited: bool) {
        if let Some(part) = self.parts.get_mut(part + 1) {
            part.is_awaited = is_awaited;
        }
    }

    /// Puts a sentence between the lines. `time`: nanoseconds since the Unix epoch.
    pub(super) fn tell(&mut self, time: i64, sentence: &str) {
        let Some(told) = self.parts.get_mut(TOLD) else { return };
        let mut chunk = crate::domain::LogChunk::default();
        chunk.push(crate::domain::LogStream::Stdout, time, sentence.as_bytes());
        told.view.append(chunk);
        told.view.set_more_above(false);
    }

    /// Lets each log keep what is near to where the reader looks.
    pub(super) fn look_at(&mut self, position: Position) {
        let eyes = match position {
            Position::Following => Vec::new(),
            Position::At { line, .. } => self.nearest(line.min(self.end_line() - 1).max(self.first)),
        };
        for (index, part) in self.parts.iter_mut().enumerate() {
            let eye = eyes.get(index).map(|line| Position::At { line: *line, row: 0 });
            part.view.set_position(eye.unwrap_or(Position::Following));
        }
    }

    /// The line of each log that comes next from a line on. Of one moment, which of an engine that tells whole seconds
    /// may be more than memory holds, only the order tells.
    fn nearest(&self, from: i64) -> Vec<i64> {
        let moment = self.line(from).map_or(i64::MIN, |line| line.time);
        let behind = |part: &Part| part.view.first_from(moment.saturating_add(1));
        let mut nearest: Vec<i64> = self.parts.iter().map(behind).collect();
        let is_within = |(part, behind): &(&Part, &i64)| part.view.first_from(moment) < **behind;
        let mut left = self.parts.iter().zip(&nearest).filter(is_within).count();
        let mut is_found = vec![false; nearest.len()];
        let start = usize::try_from(from - self.first).unwrap_or(0).min(self.order.len());
        for place in self.order.range(start..) {
            if left == 0 || self.line_at(*place, from).is_none_or(|line| line.time != moment) {
                break;
            }
            if let (Some(is_found), Some(line)) = (is_found.get_mut(place.part()), nearest.get_mut(place.part()))
                && !std::mem::replace(is_found, true)
            {
                *line = place.line();
                left = left.saturating_sub(1);
            }
        }
        nearest
    }

    /// Forgets the order: it is put together anew of what comes.
    pub(super) fn start_over(&mut self) {
        self.first += signed(self.order.len());
        self.order.clear();
        self.parts.iter_mut().for_each(|part| (part.span, part.is_placed) = (0..0, false));
    }

    /// What can be said of all of them together.
    pub(super) fn source(&self) -> Source {
        let sources = || self.parts().iter().map(|part| part.view.source());
        let any = |wanted: &[Source]| sources().any(|source| wanted.contains(source));
        if self.has_more_below() {
            Source::Paused
        } else if any(&[Source::Waiting, Source::Reading]) && self.order.is_empty() {
            Source::Waiting
        } else if any(&[Source::Waiting, Source::Reading, Source::Following, Source::Paused]) {
            Source::Following
        } else {
            let failed = sources().find(|source| **source != Source::Ended);
            failed.filter(|_| sources().all(|source| *source != Source::Ended)).cloned().unwrap_or(Source::Ended)
        }
    }

    pub fn line(&self, number: i64) -> Option<LineRef<'_>> {
        let place = self.place(number)?;
        self.line_at(place, number)
    }

    fn line_at(&self, place: Place, number: i64) -> Option<LineRef<'_>> {
        let line = self.parts.get(place.part())?.view.store().own()?.line(place.line())?;
        Some(LineRef { number, part: place.part_number(), ..line })
    }

    /// Adds the line of that number to what is chosen.
    pub(super) fn choose(&self, number: i64, excerpt: &mut crate::domain::LogExcerpt) {
        let place = self.place(number);
        let of = |place: &Place| self.parts.get(place.part())?.view.store().own();
        if let Some((place, store)) = place.and_then(|place| Some((place, of(&place)?))) {
            store.choose(place.line(), excerpt);
        }
    }

    /// The place of the line of that number.
    pub(super) fn place(&self, number: i64) -> Option<Place> {
        self.order.get(usize::try_from(number - self.first).ok()?).copied()
    }

    /// Bytes of memory held, text, index and order.
    pub fn cost(&self) -> usize {
        let parts: usize = self.parts.iter().map(|part| part.view.store().cost()).sum();
        parts + self.order.len() * size_of::<Place>()
    }

    pub fn has_more_above(&self) -> bool {
        self.parts().iter().any(|part| part.view.store().has_more_above())
    }

    pub fn has_more_below(&self) -> bool {
        self.parts().iter().any(|part| part.view.store().has_more_below())
    }

    /// Whether all lines kept above the order's first one are shown: older ones have to be read.
    pub(super) fn lacks_above(&self, part: usize) -> bool {
        self.parts().get(part).is_some_and(|part| {
            let store = part.view.store();
            store.has_more_above() && part.span.start <= store.first_line()
        })
    }

    /// Whether all lines kept below the order's last one are shown, and further ones had to go.
    pub(super) fn lacks_below(&self, part: usize) -> bool {
        self.parts().get(part).is_some_and(|part| {
            let store = part.view.store();
            store.has_more_below() && (part.span.end >= store.end_line() || part.span.is_empty())
        })
    }
}

impl Lines for Merged {
    fn first_line(&self) -> i64 {
        self.first
    }

    fn end_line(&self) -> i64 {
        self.first + signed(self.order.len())
    }

    fn lines(&self, numbers: Range<i64>) -> impl DoubleEndedIterator<Item = LineRef<'_>> {
        let within = |number: i64| usize::try_from(number - self.first).unwrap_or(0).min(self.order.len());
        let start = within(numbers.start.max(self.first));
        let end = within(numbers.end.min(self.end_line())).max(start);
        let numbered = move |(index, place): (usize, &Place)| {
            let number = self.first + signed(start + index);
            self.line_at(*place, number)
        };
        self.order.range(start..end).enumerate().filter_map(numbered)
    }
}
