//! Lines that a second part of a log, asked for from the newest time of the first one on, brings once more.

use crate::domain::{LogChunk, LogStream};
use std::collections::VecDeque;

/// Where lines from before the first part come again as well, so many of its last ones tell where it ended.
const LAST: usize = 256;

/// The lines of the newest time of the first part.
#[derive(Debug, Default)]
pub struct Repeated {
    newest: Option<i64>,
    /// In their order.
    lines: VecDeque<Line>,
    /// The first part began before them, so that nothing else of that time came earlier.
    are_all: bool,
    /// Of the second part, the last lines that were left out.
    seen: VecDeque<Line>,
}

type Line = (LogStream, Vec<u8>);

impl Repeated {
    /// Lines of the first part came.
    pub fn note(&mut self, chunk: &LogChunk) {
        for (index, line) in chunk.lines.iter().enumerate() {
            if self.newest.is_none_or(|newest| newest < line.time) {
                self.are_all = self.newest.replace(line.time).is_some();
                self.lines.clear();
            }
            self.lines.push_back((line.stream, chunk.text(index).to_vec()));
        }
    }

    /// From when on to ask for the second part, nanoseconds since the Unix epoch.
    pub fn since(&self) -> Option<i64> {
        self.newest
    }

    /// The second part without what came before.
    pub fn without(&mut self, chunk: LogChunk) -> LogChunk {
        let mut come_before = 0;
        for (index, line) in chunk.lines.iter().enumerate() {
            if self.lines.is_empty() {
                break;
            }
            if self.newest.is_some_and(|newest| newest < line.time) {
                // The log was cut meanwhile: what is later is new in any case.
                self.lines.clear();
                break;
            }
            self.leave_out((line.stream, chunk.text(index).to_vec()));
            come_before = index + 1;
        }
        if come_before == 0 { chunk } else { chunk.part(come_before..chunk.lines.len()) }
    }

    fn leave_out(&mut self, line: Line) {
        if self.are_all {
            // They come in their order, as often as they came.
            self.lines.pop_front();
            return;
        }
        let first = self.lines.len().saturating_sub(LAST);
        self.seen.push_back(line);
        if self.seen.len() > self.lines.len() - first {
            self.seen.pop_front();
        }
        if self.seen.iter().eq(self.lines.range(first..)) {
            self.lines.clear();
            self.seen.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(lines: &[(i64, &str)]) -> LogChunk {
        let mut chunk = LogChunk::default();
        lines.iter().for_each(|(time, text)| chunk.push(LogStream::Stdout, *time, text.as_bytes()));
        chunk
    }

    #[test]
    fn all_of_the_newest_time_are_left_out_once() {
        let mut repeated = Repeated::default();
        repeated.note(&chunk(&[(1, "tick"), (2, "tick")]));
        repeated.note(&chunk(&[(2, "tick"), (2, "tock")]));
        assert_eq!(repeated.since(), Some(2));
        assert!(repeated.without(chunk(&[(2, "tick"), (2, "tick")])).is_empty());
        let rest = repeated.without(chunk(&[(2, "tock"), (2, "tick"), (3, "tock")]));
        assert_eq!(rest, chunk(&[(2, "tick"), (3, "tock")]));
    }

    #[test]
    fn those_before_the_first_part_are_left_out_too() {
        let mut repeated = Repeated::default();
        repeated.note(&chunk(&[(2, "c"), (2, "d")]));
        assert!(repeated.without(chunk(&[(2, "a"), (2, "b"), (2, "c")])).is_empty());
        assert_eq!(repeated.without(chunk(&[(2, "d"), (2, "e")])), chunk(&[(2, "e")]));
        assert_eq!(repeated.without(chunk(&[(2, "d"), (3, "f")])), chunk(&[(2, "d"), (3, "f")]));
        let mut repeated = Repeated::default();
        repeated.note(&chunk(&[(2, "gone")]));
        assert_eq!(repeated.without(chunk(&[(2, "a"), (3, "b")])), chunk(&[(3, "b")]));
    }

    #[test]
    fn without_a_first_part_all_is_new() {
        let mut repeated = Repeated::default();
        assert_eq!(repeated.since(), None);
        assert_eq!(repeated.without(chunk(&[(1, "one")])), chunk(&[(1, "one")]));
    }
}
