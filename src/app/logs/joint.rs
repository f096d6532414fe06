//! Where a page read from above meets what is there: tells its older lines from those that are known.

use std::collections::HashMap;

use super::kept::Lines;
use super::store::{LineRef, LogStore};
use crate::domain::{LogChunk, LogLine, LogStream};

/// So many of the first lines have to follow each other in the page.
const FIRST: usize = 16;
/// stdout and stderr are not in order against each other: a page has to reach beyond so many of the first lines.
pub const OVERLAP: usize = 200;

/// Bytes compared of a line whose beginning may be missing.
const END: usize = 4096;

/// What a page brings.
#[derive(Debug, PartialEq, Eq)]
pub struct Joined {
    /// The lines above the first one that is there.
    pub older: LogChunk,
    /// The first line there is only the end of a longer one, which stands last in `older`.
    pub mends_first: bool,
    /// The page begins with the first line that is there.
    pub begins_there: bool,
}

/// The first lines of a store: where a page that is being read may end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct FirstLines(Vec<FirstLine>);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct FirstLine {
    time: i64,
    stream: LogStream,
    length: usize,
    end: Vec<u8>,
}

impl FirstLines {
    pub fn of(store: &LogStore) -> Self {
        let first_line = |line: LineRef<'_>| FirstLine {
            time: line.time,
            stream: line.stream,
            length: line.bytes.len(),
            end: line.bytes.get(line.bytes.len().saturating_sub(END)..).unwrap_or_default().to_vec(),
        };
        Self(store.lines(store.first_line()..i64::MAX).take(FIRST).map(first_line).collect())
    }

    /// Where in the chunk they stand all together, from that line on.
    pub fn find(&self, chunk: &LogChunk, from: usize) -> Option<usize> {
        (from..chunk.lines.len()).find(|place| self.stand_at(chunk, *place))
    }

    /// How many lines of a chunk are needed to find them.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// Whether finding them means that nothing else can be meant.
    pub fn are_distinct(&self) -> bool {
        self.0.split_first().is_some_and(|(first, rest)| !rest.contains(first))
    }

    fn stand_at(&self, chunk: &LogChunk, place: usize) -> bool {
        !self.0.is_empty()
            && self.0.iter().enumerate().all(|(index, line)| {
                let Some(told) = chunk.lines.get(place + index) else { return false };
                let text = chunk.text(place + index);
                // A read of the last lines may have begun within a long one.
                let may_be_cut = index == 0 && line.length > 0 && text.len() > line.length;
                (told.time, told.stream) == (line.time, line.stream)
                    && (text.len() == line.length || may_be_cut)
                    && text.ends_with(&line.end)
            })
    }
}

/// Compares a page, which ends somewhere among the lines of the store, with those lines.
pub fn join(store: &LogStore, page: &LogChunk, was_cut: bool) -> Joined {
    let first = FirstLines::of(store);
    let place = first.find(page, 0);
    match (place, place.and_then(|place| first.find(page, place + 1))) {
        (Some(place), None) => {
            let held = store.line(store.first_line()).map_or(0, |line| line.bytes.len());
            let mends_first = page.text(place).len() > held;
            let end = if mends_first { place + 1 } else { place };
            Joined { older: page.part(0..end), mends_first, begins_there: place == 0 && !was_cut }
        }
        // The same lines again and again, or the log was cut or turned over meanwhile.
        (None, _) | (Some(_), Some(_)) if !was_cut && !reaches_behind(store, page) => counted(store, page),
        (None, _) | (Some(_), Some(_)) => {
            Joined { older: LogChunk::default(), mends_first: false, begins_there: false }
        }
    }
}

/// Whether the page may have lines from below the last one of the store, which the stream has yet to bring.
fn reaches_behind(store: &LogStore, page: &LogChunk) -> bool {
    let latest = page.lines.iter().map(|line| line.time).max().unwrap_or(i64::MIN);
    store.last().is_some_and(|last| last.time <= latest)
}

/// Until when a page is asked for so that it reaches beyond the first lines there; `None` without times.
pub fn reaches(store: &LogStore) -> Option<i64> {
    const SECOND: i64 = 1_000_000_000;
    let first = store.lines(store.first_line()..i64::MAX).take(OVERLAP);
    let latest = first.map(|line| line.time).max().filter(|time| *time != 0)?;
    // Who tells whole seconds leaves out the second named.
    Some(if latest % SECOND == 0 { latest + SECOND } else { latest })
}

/// Leaves out each line as often as it is there.
fn counted(store: &LogStore, page: &LogChunk) -> Joined {
    let latest = page.lines.iter().map(|line| line.time).max().unwrap_or(i64::MIN);
    let mut there: HashMap<(i64, &[u8]), u32> = HashMap::new();
    let mut later = 0;
    for line in store.lines(store.first_line()..i64::MAX) {
        later = if line.time > latest { later + 1 } else { 0 };
        if later > OVERLAP {
            break;
        }
        *there.entry((line.time, line.bytes)).or_insert(0) += 1;
    }
    let mut older = LogChunk::default();
    // From below: of lines that are the same the last ones are those that are there.
    let is_older = |index: usize, line: &LogLine| match there.get_mut(&(line.time, page.text(index))) {
        Some(left) if *left > 0 => {
            *left -= 1;
            false
        }
        Some(_) | None => true,
    };
    let kept = keep_from_below(page, is_older);
    for index in kept.iter().rev() {
        if let Some(line) = page.lines.get(*index) {
            older.push(line.stream, line.time, page.text(*index));
        }
    }
    let begins_there = older.is_empty() && !page.is_empty();
    Joined { older, mends_first: false, begins_there }
}

/// The indices of the lines to keep, the last first.
fn keep_from_below(page: &LogChunk, mut keeps: impl FnMut(usize, &LogLine) -> bool) -> Vec<usize> {
    page.lines.iter().enumerate().rev().filter(|(index, line)| keeps(*index, line)).map(|(index, _)| index).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(lines: &[(i64, &str)]) -> LogChunk {
        let mut chunk = LogChunk::default();
        lines.iter().for_each(|(time, text)| chunk.push(LogStream::Stdout, *time, text.as_bytes()));
        chunk
    }

    fn store(lines: &[(i64, &str)]) -> LogStore {
        let mut store = LogStore::new(1 << 20);
        store.append(chunk(lines));
        store
    }

    #[test]
    fn what_is_above_is_older_whatever_the_times() {
        let store = store(&[(5, "c"), (4, "d"), (6, "e")]);
        let joined = join(&store, &chunk(&[(5, "a"), (6, "b"), (5, "c"), (4, "d"), (6, "e"), (6, "f")]), false);
        assert_eq!(joined.older, chunk(&[(5, "a"), (6, "b")]));
        assert!(!joined.begins_there && !joined.mends_first);
        let nothing = join(&store, &chunk(&[(5, "c"), (4, "d"), (6, "e")]), false);
        assert!(nothing.older.is_empty() && nothing.begins_there);
        // The page begins below: nothing is known of what is above.
        let below = join(&store, &chunk(&[]), false);
        assert!(below.older.is_empty() && !below.begins_there);
    }

    #[test]
    fn equal_lines_are_counted() {
        let tick = (7, "tick");
        let store = store(&[tick, tick, (8, "tock")]);
        assert_eq!(
            join(&store, &chunk(&[(6, "a"), tick, tick, tick, tick]), false).older,
            chunk(&[(6, "a"), tick, tick])
        );
    }

    #[test]
    fn a_line_whose_beginning_was_cut_off_is_mended() {
        let store = store(&[(5, "end"), (6, "next")]);
        let joined = join(&store, &chunk(&[(4, "a"), (5, "the whole to its end"), (6, "next")]), false);
        assert_eq!(joined.older, chunk(&[(4, "a"), (5, "the whole to its end")]));
        assert!(joined.mends_first);
    }

    #[test]
    fn a_page_reaches_beyond_the_first_lines() {
        assert_eq!(reaches(&store(&[(5, "a"), (9, "b"), (7, "c")])), Some(9));
        assert_eq!(reaches(&store(&[(2_000_000_000, "a")])), Some(3_000_000_000));
        assert_eq!(reaches(&store(&[(0, "a")])), None);
    }
}
