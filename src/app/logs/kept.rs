//! The lines behind a view: those of one log, or of several in one order.

use std::ops::Range;

use super::merged::Merged;
use super::store::{LineRef, LogStore};
use crate::domain::LogExcerpt;

/// Lines that a view shows and a search looks through, with numbers that follow each other.
pub trait Lines {
    /// The number of the first line kept; [`Self::end_line`] when there is none.
    fn first_line(&self) -> i64;

    /// One more than the number of the last line.
    fn end_line(&self) -> i64;

    /// The lines with numbers in the range that are there, oldest first; `rev()` for newest first.
    fn lines(&self, numbers: Range<i64>) -> impl DoubleEndedIterator<Item = LineRef<'_>>;
}

#[derive(Debug)]
pub enum Kept {
    One(LogStore),
    Many(Box<Merged>),
}

impl Kept {
    /// The one log, unless there are several.
    pub fn own(&self) -> Option<&LogStore> {
        match self {
            Self::One(store) => Some(store),
            Self::Many(_) => None,
        }
    }

    pub(super) fn own_mut(&mut self) -> Option<&mut LogStore> {
        match self {
            Self::One(store) => Some(store),
            Self::Many(_) => None,
        }
    }

    /// The logs behind the lines, where there are several.
    pub fn several(&self) -> Option<&Merged> {
        match self {
            Self::One(_) => None,
            Self::Many(merged) => Some(merged),
        }
    }

    pub(super) fn several_mut(&mut self) -> Option<&mut Merged> {
        match self {
            Self::One(_) => None,
            Self::Many(merged) => Some(merged),
        }
    }

    /// The line of that number, if it is (still) there.
    pub fn line(&self, number: i64) -> Option<LineRef<'_>> {
        match self {
            Self::One(store) => store.line(number),
            Self::Many(merged) => merged.line(number),
        }
    }

    /// The last line.
    pub fn last(&self) -> Option<LineRef<'_>> {
        self.line(self.end_line() - 1)
    }

    /// The number of the first line that is not older than this, nanoseconds since the Unix epoch.
    pub(super) fn first_from(&self, time: i64) -> i64 {
        let (mut from, mut to) = (self.first_line(), self.end_line());
        while from < to {
            let middle = from + (to - from) / 2;
            if self.line(middle).is_some_and(|line| line.time < time) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        from
    }

    /// Lines with these numbers, none of them copied.
    pub(super) fn excerpt(&self, numbers: impl Iterator<Item = i64>) -> LogExcerpt {
        let mut excerpt = LogExcerpt::default();
        for number in numbers {
            match self {
                Self::One(store) => store.choose(number, &mut excerpt),
                Self::Many(merged) => merged.choose(number, &mut excerpt),
            }
        }
        excerpt
    }

    /// Lines kept.
    pub fn len(&self) -> usize {
        usize::try_from(self.end_line() - self.first_line()).unwrap_or(usize::MAX)
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes of memory held, text and index.
    pub fn cost(&self) -> usize {
        match self {
            Self::One(store) => store.cost(),
            Self::Many(merged) => merged.cost(),
        }
    }

    /// Whether the log has, or may have, lines above the first one here.
    pub fn has_more_above(&self) -> bool {
        match self {
            Self::One(store) => store.has_more_above(),
            Self::Many(merged) => merged.has_more_above(),
        }
    }

    /// Whether lines below the last one here had to go.
    pub fn has_more_below(&self) -> bool {
        match self {
            Self::One(store) => store.has_more_below(),
            Self::Many(merged) => merged.has_more_below(),
        }
    }

    /// Lines from the first one here to the end of the log as far as it was ever read.
    pub fn known_to_the_end(&self) -> usize {
        match self {
            Self::One(store) => store.known_to_the_end(),
            Self::Many(_) => self.len(),
        }
    }
}

impl Lines for Kept {
    fn first_line(&self) -> i64 {
        match self {
            Self::One(store) => store.first_line(),
            Self::Many(merged) => merged.first_line(),
        }
    }

    fn end_line(&self) -> i64 {
        match self {
            Self::One(store) => store.end_line(),
            Self::Many(merged) => merged.end_line(),
        }
    }

    fn lines(&self, numbers: Range<i64>) -> impl DoubleEndedIterator<Item = LineRef<'_>> {
        match self {
            Self::One(store) => Either::One(store.lines(numbers)),
            Self::Many(merged) => Either::Many(merged.lines(numbers)),
        }
    }
}

/// One of two iterators.
enum Either<A, B> {
    One(A),
    Many(B),
}

impl<T, A: Iterator<Item = T>, B: Iterator<Item = T>> Iterator for Either<A, B> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        match self {
            Self::One(one) => one.next(),
            Self::Many(many) => many.next(),
        }
    }
}

impl<T, A: DoubleEndedIterator<Item = T>, B: DoubleEndedIterator<Item = T>> DoubleEndedIterator for Either<A, B> {
    fn next_back(&mut self) -> Option<T> {
        match self {
            Self::One(one) => one.next_back(),
            Self::Many(many) => many.next_back(),
        }
    }
}
