//! Puts lines of several logs into the one order, and takes them out again, as their windows move.

use std::iter::Peekable;

use super::super::kept::Lines;
use super::super::store::{LineRef, LogStore};
use super::super::view::Source;
use super::{Merged, Part, TOLD};

/// A line that comes late is put among so many of the last ones; after more of them it stands last.
const LATE: usize = 1 << 16;

/// Where a line is: in which log, and its number there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place(u64);

/// Bits of a line's number, beside those that say which log it is of.
const LINE_BITS: u32 = 48;
/// Numbers begin below 0.
const BIAS: i64 = 1 << (LINE_BITS - 1);

impl Place {
    pub fn new(part: usize, line: i64) -> Self {
        Self(((part as u64) << LINE_BITS) | (line + BIAS).cast_unsigned() & ((1 << LINE_BITS) - 1))
    }

    pub fn part(self) -> usize {
        usize::from(self.part_number())
    }

    pub fn part_number(self) -> u16 {
        (self.0 >> LINE_BITS) as u16
    }

    pub fn line(self) -> i64 {
        (self.0 & ((1 << LINE_BITS) - 1)).cast_signed() - BIAS
    }
}

impl Merged {
    /// Follows what happened to the logs. Gives the number from which on lines are others than before; those added at
    /// the top do not count, as nothing had their numbers.
    pub fn renew(&mut self) -> i64 {
        let mut same_until = i64::MAX;
        self.forget_gone(&mut same_until);
        let begin = self.begin();
        let is_out = |time: Option<i64>| time.is_none_or(|time| begin.is_some_and(|begin| time < begin));
        while !self.order.is_empty() && is_out(self.front_time()) {
            self.pop_front();
        }
        self.place_spans(begin);
        self.add_above(begin);
        self.add_below(&mut same_until);
        same_until
    }

    /// The number of a line, looked for from `from` on.
    pub fn number_of(&self, place: Place, from: i64) -> Option<i64> {
        let start = usize::try_from(from - self.first).unwrap_or(0).min(self.order.len());
        let at = self.order.range(start..).position(|other| *other == place)?;
        Some(self.first + super::signed(start + at))
    }

    /// Lines that a log does not keep any more leave the order, with all that are further out.
    fn forget_gone(&mut self, same_until: &mut i64) {
        // A sentence of the program's own that had to go leaves its number behind: the lines above keep theirs.
        for index in TOLD + 1..self.parts.len() {
            while let Some(side) = self.parts.get(index).and_then(gone) {
                match side {
                    Side::Above => self.pop_front(),
                    Side::Below => {
                        self.pop_back();
                        *same_until = (*same_until).min(self.end_line());
                    }
                }
            }
        }
    }

    /// Before this moment lines of some log are missing.
    fn begin(&self) -> Option<i64> {
        let first = |part: &Part| {
            let store = store_of(part).filter(|store| store.has_more_above())?;
            store.line(store.first_line()).map(|line| line.time)
        };
        self.parts.iter().skip(TOLD + 1).filter_map(first).max()
    }

    /// After this moment lines of some log are missing, or on their way.
    fn end(&self) -> i64 {
        let known_until = |part: &Part| {
            let store = store_of(part)?;
            let is_behind = store.has_more_below() || matches!(part.view.source(), Source::Reading | Source::Paused);
            match store.last() {
                Some(last) => is_behind.then_some(last.time),
                None => part.is_awaited.then_some(i64::MIN),
            }
        };
        self.parts.iter().skip(TOLD + 1).filter_map(known_until).min().unwrap_or(i64::MAX)
    }

    /// A log none of whose lines is in the order has its place where the order begins.
    fn place_spans(&mut self, begin: Option<i64>) {
        let begin = self.front_time().or(begin).unwrap_or(i64::MIN);
        for part in self.parts.iter_mut().filter(|part| part.span.is_empty()) {
            let Some(store) = store_of(part) else { continue };
            let is_within = (store.first_line()..=store.end_line()).contains(&part.span.start);
            let is_before = store.line(part.span.start).is_some_and(|line| line.time < begin);
            if !part.is_placed || !is_within || is_before {
                let (from, is_placed) = (store.first_from(begin), !store.is_empty());
                (part.span, part.is_placed) = (from..from, is_placed);
            }
        }
    }

    fn add_above(&mut self, begin: Option<i64>) {
        let mut added = Vec::new();
        for part in &mut self.parts {
            let mut from = part.span.start;
            if let Some(store) = part.view.store().own() {
                let above = store.lines(i64::MIN..from).rev();
                for line in above.take_while(|line| begin.is_none_or(|begin| line.time >= begin)) {
                    from = line.number;
                }
            }
            added.push(from..part.span.start);
            part.span.start = from;
        }
        let mut above = Vec::new();
        let heads = self.parts.iter().zip(&added).map(|(part, lines)| {
            store_of(part).into_iter().flat_map(move |store| store.lines(lines.clone())).peekable()
        });
        merge(heads.collect(), |place| above.push(place));
        self.first -= super::signed(above.len());
        for place in above.into_iter().rev() {
            self.order.push_front(place);
        }
    }

    fn add_below(&mut self, same_until: &mut i64) {
        // What is older than lines that are shown already is not held back.
        let end = self.end().max(self.back_time().unwrap_or(i64::MIN));
        let next = |part: &Part| {
            let line = store_of(part)?.line(part.span.end).filter(|line| line.time <= end)?;
            Some((line.time, part.span.is_empty()))
        };
        let Some(earliest) = self.parts.iter().filter_map(next).map(|(time, _)| time).min() else { return };
        let is_new = self.parts.iter().filter_map(next).any(|(_, is_new)| is_new);
        let mut left = if is_new { usize::MAX } else { LATE };
        let before = self.end_line();
        while left > 0 && self.back_time().is_some_and(|time| time > earliest) {
            self.pop_back();
            left -= 1;
        }
        if self.end_line() < before {
            *same_until = (*same_until).min(self.end_line());
        }
        let Self { parts, order, .. } = self;
        let heads = parts.iter().map(|part| {
            let lines = store_of(part).into_iter().flat_map(|store| store.lines(part.span.end..i64::MAX));
            lines.take_while(|line| line.time <= end).peekable()
        });
        let mut ends: Vec<i64> = parts.iter().map(|part| part.span.end).collect();
        merge(heads.collect(), |place| {
            order.push_back(place);
            if let Some(end) = ends.get_mut(place.part()) {
                *end = place.line() + 1;
            }
        });
        for (part, end) in parts.iter_mut().zip(ends) {
            part.span.end = end;
        }
    }

    fn front_time(&self) -> Option<i64> {
        self.line(self.first).map(|line| line.time)
    }

    fn back_time(&self) -> Option<i64> {
        self.line(self.end_line() - 1).map(|line| line.time)
    }

    fn pop_front(&mut self) {
        let Some(place) = self.order.pop_front() else { return };
        self.first += 1;
        if let Some(part) = self.parts.get_mut(place.part()) {
            part.span.start = place.line() + 1;
        }
    }

    fn pop_back(&mut self) {
        let Some(place) = self.order.pop_back() else { return };
        if let Some(part) = self.parts.get_mut(place.part()) {
            part.span.end = place.line();
        }
    }
}

/// At which end of the order a log has lines that it does not keep any more.
enum Side {
    Above,
    Below,
}

fn gone(part: &Part) -> Option<Side> {
    let store = store_of(part).filter(|_| !part.span.is_empty())?;
    if part.span.start < store.first_line() {
        return Some(Side::Above);
    }
    (part.span.end > store.end_line()).then_some(Side::Below)
}

fn store_of(part: &Part) -> Option<&LogStore> {
    part.view.store().own()
}

/// Gives out the lines by time, each log's own as they follow each other; of the same time those of the first log first.
fn merge<'a, L: Iterator<Item = LineRef<'a>>>(mut logs: Vec<Peekable<L>>, mut give: impl FnMut(Place)) {
    loop {
        let mut nearest: Option<(i64, usize)> = None;
        let mut other: Option<(i64, usize)> = None;
        for (index, log) in logs.iter_mut().enumerate() {
            let Some(time) = log.peek().map(|line| line.time) else { continue };
            if nearest.is_none_or(|nearest| (time, index) < nearest) {
                other = nearest.replace((time, index));
            } else if other.is_none_or(|other| (time, index) < other) {
                other = Some((time, index));
            }
        }
        let Some((_, index)) = nearest else { return };
        let Some(log) = logs.get_mut(index) else { return };
        while let Some(line) = log.next_if(|line| other.is_none_or(|other| (line.time, index) < other)) {
            give(Place::new(index, line.number));
        }
    }
}
