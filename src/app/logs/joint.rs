//! Where a page read from above meets what is there: tells its older lines from those that are known.

use std::collections::HashMap;

use super::store::{LineRef, LogStore};
use crate::domain::{LogChunk, LogLine};

/// So many of the first lines have to follow each other in the page.
const FIRST: usize = 16;
/// stdout and stderr are not in order against each other: a page has to reach beyond so many of the first lines.
pub const OVERLAP: usize = 200;

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

/// Compares a page, which ends somewhere among the lines of the store, with those lines.
pub fn join(store: &LogStore, page: &LogChunk) -> Joined {
    let first: Vec<LineRef<'_>> = store.lines(store.first_line()..i64::MAX).take(FIRST).collect();
    let mut places = (0..page.lines.len()).filter(|place| stands_at(&first, page, *place));
    match (places.next(), places.next()) {
        (Some(place), None) => {
            let mends_first = first.first().is_some_and(|line| page.text(place).len() > line.bytes.len());
            let end = if mends_first { place + 1 } else { place };
            Joined { older: page.part(0..end), mends_first, begins_there: place == 0 }
        }
        // The same lines again and again, or the log was cut or turned over meanwhile.
        (None, _) | (Some(_), Some(_)) => counted(store, page),
    }
}

/// Until when a page is asked for so that it reaches beyond the first lines there; `None` without times.
pub fn reaches(store: &LogStore) -> Option<i64> {
    const SECOND: i64 = 1_000_000_000;
    let first = store.lines(store.first_line()..i64::MAX).take(OVERLAP);
    let latest = first.map(|line| line.time).max().filter(|time| *time != 0)?;
    // Who tells whole seconds leaves out the second named.
    Some(if latest % SECOND == 0 { latest + SECOND } else { latest })
}

fn stands_at(first: &[LineRef<'_>], page: &LogChunk, place: usize) -> bool {
    !first.is_empty()
        && first.iter().enumerate().all(|(index, line)| {
            let Some(told) = page.lines.get(place + index) else { return false };
            let text = page.text(place + index);
            let is_same = text == line.bytes;
            // A read of the last lines may have begun within a long one.
            let is_cut = index == 0 && !line.bytes.is_empty() && text.ends_with(line.bytes);
            (told.time, told.stream) == (line.time, line.stream) && (is_same || is_cut)
        })
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
    use crate::domain::LogStream;

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
        let joined = join(&store, &chunk(&[(5, "a"), (6, "b"), (5, "c"), (4, "d"), (6, "e"), (6, "f")]));
        assert_eq!(joined.older, chunk(&[(5, "a"), (6, "b")]));
        assert!(!joined.begins_there && !joined.mends_first);
        let nothing = join(&store, &chunk(&[(5, "c"), (4, "d"), (6, "e")]));
        assert!(nothing.older.is_empty() && nothing.begins_there);
        // The page begins below: nothing is known of what is above.
        let below = join(&store, &chunk(&[]));
        assert!(below.older.is_empty() && !below.begins_there);
    }

    #[test]
    fn equal_lines_are_counted() {
        let tick = (7, "tick");
        let store = store(&[tick, tick, (8, "tock")]);
        assert_eq!(join(&store, &chunk(&[(6, "a"), tick, tick, tick, tick])).older, chunk(&[(6, "a"), tick, tick]));
    }

    #[test]
    fn a_line_whose_beginning_was_cut_off_is_mended() {
        let store = store(&[(5, "end"), (6, "next")]);
        let joined = join(&store, &chunk(&[(4, "a"), (5, "the whole to its end"), (6, "next")]));
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
