//! Where a log was cut off: tells the lines that the engine sends again from new ones.

use std::collections::{HashMap, VecDeque};
use std::ops::Range;

use super::kept::Lines;
use super::store::{LineRef, LogStore};
use crate::domain::LogChunk;

const EVERY: Range<i64> = i64::MIN..i64::MAX;
/// stdout and stderr are not in order against each other: so many older lines in a row end the way back.
const OUT_OF_ORDER: usize = 1_000;

/// So many of the last lines are looked for where they are all that tells where to go on.
const LAST: usize = 16;

/// The lines kept that an engine asked for everything since the newest one sends again.
#[derive(Debug)]
pub enum Seam {
    /// How often each of them is to be left out.
    Counted(HashMap<(i64, Vec<u8>), u32>),
    /// All lines kept are of one moment (an engine that tells whole seconds, and a flood): lines before the first one
    /// kept come again too. All is left out up to the last lines kept.
    Behind { last: Vec<(i64, Vec<u8>)>, seen: VecDeque<(i64, Vec<u8>)> },
}

impl Seam {
    /// `back`: what was asked for is what came since the line so far from the end, see [`resume_from`].
    pub fn of(store: &LogStore, back: usize) -> Self {
        let mut left = HashMap::new();
        let Some(since) = resume_from(store, back) else { return Self::Counted(left) };
        let is_moment = store.line(store.first_line()).is_some_and(|first| first.time >= since);
        if store.has_more_above() && is_moment {
            let mut last: Vec<_> = store.lines(EVERY).rev().take(LAST).map(owned).collect();
            last.reverse();
            return Self::Behind { last, seen: VecDeque::new() };
        }
        let mut older = 0;
        for line in store.lines(EVERY).rev() {
            if line.time >= since {
                *left.entry(owned(line)).or_insert(0) += 1;
                older = 0;
            } else {
                older += 1;
                if older > OUT_OF_ORDER {
                    break;
                }
            }
        }
        Self::Counted(left)
    }

    /// The chunk without the lines that are there already. Each is left out as often as it is there: engines that tell
    /// times in whole seconds can have the same line twice at the same time.
    pub fn without_repeated(&mut self, chunk: LogChunk) -> LogChunk {
        match self {
            Self::Counted(left) if left.is_empty() => chunk,
            Self::Counted(left) => without_counted(left, &chunk),
            Self::Behind { last, seen } => {
                for (index, line) in chunk.lines.iter().enumerate() {
                    if last.iter().all(|(time, _)| *time < line.time) {
                        // They are not there any more: what is later is new in any case.
                        *self = Self::Counted(HashMap::new());
                        return chunk.part(index..chunk.lines.len());
                    }
                    seen.push_back((line.time, chunk.text(index).to_vec()));
                    if seen.len() > last.len() {
                        seen.pop_front();
                    }
                    if seen.iter().eq(last.iter()) {
                        *self = Self::Counted(HashMap::new());
                        return chunk.part(index + 1..chunk.lines.len());
                    }
                }
                LogChunk::default()
            }
        }
    }
}

fn without_counted(left: &mut HashMap<(i64, Vec<u8>), u32>, chunk: &LogChunk) -> LogChunk {
    let mut kept = LogChunk::default();
    for (index, line) in chunk.lines.iter().enumerate() {
        let text = chunk.text(index);
        let key = (line.time, text.to_vec());
        match left.get_mut(&key) {
            Some(1) => {
                left.remove(&key);
            }
            Some(times) => *times -= 1,
            None => kept.push(line.stream, line.time, text),
        }
    }
    kept
}

fn owned(line: LineRef<'_>) -> (i64, Vec<u8>) {
    (line.time, line.bytes.to_vec())
}

/// Nanoseconds since the Unix epoch from which to ask for the rest of the log, with so many of the lines before the last
/// one; `None` when the engine told no times.
pub fn resume_from(store: &LogStore, back: usize) -> Option<i64> {
    let last = store.lines(EVERY).rev().take(back + 1).map(|line| line.time);
    last.min().filter(|time| *time != 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::LogStream;

    fn chunk(lines: &[(i64, &str)]) -> LogChunk {
        let mut chunk = LogChunk::default();
        lines.iter().for_each(|(time, text)| chunk.push(LogStream::Stdout, *time, text.as_bytes()));
        chunk
    }

    #[test]
    fn what_is_there_is_left_out_as_often_as_it_is_there() {
        let mut store = LogStore::new(1 << 20);
        store.append(chunk(&[(1, "a"), (2, "tick"), (2, "tick"), (2, "tock")]));
        assert_eq!((resume_from(&store, 0), resume_from(&store, 3)), (Some(2), Some(1)));
        let mut seam = Seam::of(&store, 0);
        let first = seam.without_repeated(chunk(&[(2, "tick"), (2, "tick"), (2, "tick")]));
        assert_eq!(first, chunk(&[(2, "tick")]));
        let second = seam.without_repeated(chunk(&[(2, "tock"), (2, "new"), (3, "tick")]));
        assert_eq!(second, chunk(&[(2, "new"), (3, "tick")]));
    }

    #[test]
    fn a_later_line_before_the_last_one_is_known_too() {
        let mut store = LogStore::new(1 << 20);
        store.append(chunk(&[(1, "a"), (5, "from stdout"), (4, "from stderr")]));
        let mut seam = Seam::of(&store, 0);
        assert!(seam.without_repeated(chunk(&[(4, "from stderr"), (5, "from stdout")])).is_empty());
    }

    #[test]
    fn in_the_middle_of_a_moment_all_is_left_out_up_to_the_last_lines() {
        let mut store = LogStore::new(1 << 20);
        store.append(chunk(&[(7, "c"), (7, "d")]));
        store.set_more_above(true);
        let mut seam = Seam::of(&store, 0);
        assert!(seam.without_repeated(chunk(&[(7, "a"), (7, "b"), (7, "c")])).is_empty());
        assert_eq!(seam.without_repeated(chunk(&[(7, "d"), (7, "c"), (8, "e")])), chunk(&[(7, "c"), (8, "e")]));
        assert_eq!(seam.without_repeated(chunk(&[(8, "d")])), chunk(&[(8, "d")]));
        let mut seam = Seam::of(&store, 0);
        assert_eq!(seam.without_repeated(chunk(&[(7, "lost"), (8, "e")])), chunk(&[(8, "e")]));
    }

    #[test]
    fn without_times_nothing_is_left_out() {
        let mut store = LogStore::new(1 << 20);
        store.append(chunk(&[(0, "a")]));
        assert_eq!(resume_from(&store, 0), None);
        assert_eq!(Seam::of(&store, 0).without_repeated(chunk(&[(0, "a")])), chunk(&[(0, "a")]));
    }
}
