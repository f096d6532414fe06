//! The log store against a plain list of lines.

use proptest::prelude::*;

use super::*;

pub fn chunk_of(lines: &[&str]) -> LogChunk {
    let mut chunk = LogChunk::default();
    for (index, line) in lines.iter().enumerate() {
        chunk.push(LogStream::Stdout, index as i64 + 1, line.as_bytes());
    }
    chunk
}

#[test]
fn a_large_chunk_is_moved_not_copied() {
    let mut store = LogStore::new(1 << 20);
    let chunk = chunk_of(&[&"x".repeat(30_000), "second"]);
    let address = chunk.bytes.as_ptr();
    store.append(chunk);
    assert_eq!(store.line(0).unwrap().bytes.as_ptr(), address);
    assert_eq!(store.line(1).unwrap().bytes, b"second");
    assert_eq!(store.line(2), None);
}

#[test]
fn single_lines_share_segments() {
    let mut store = LogStore::new(64 << 20);
    for number in 0..100_000 {
        store.append(chunk_of(&[&format!("line {number}")]));
    }
    assert_eq!(store.len(), 100_000);
    assert!(store.segments.len() < 60, "{} segments", store.segments.len());
    assert_eq!(store.line(77_777).unwrap().bytes, b"line 77777");
    assert_eq!(store.last().unwrap().number, 99_999);
}

#[test]
fn clearing_keeps_counting() {
    let mut store = LogStore::new(0);
    store.append(chunk_of(&["a", "b"]));
    store.clear();
    assert_eq!((store.len(), store.first_line(), store.end_line(), store.cost()), (0, 2, 2, 0));
    store.append(chunk_of(&["c"]));
    assert_eq!(store.line(2).unwrap().bytes, b"c");
    assert_eq!(store.line(1), None);
}

#[test]
fn an_oversized_chunk_is_kept_alone() {
    let mut store = LogStore::new(0);
    store.append(chunk_of(&["old"]));
    store.append(chunk_of(&[&"x".repeat(100_000)]));
    assert_eq!((store.first_line(), store.len()), (1, 1));
    store.append(chunk_of(&["new"]));
    assert_eq!((store.first_line(), store.len()), (2, 1));
}

#[test]
fn slack_of_a_readers_buffer_is_given_back() {
    let mut store = LogStore::new(1 << 20);
    let mut chunk = chunk_of(&[&"x".repeat(40_000)]);
    chunk.bytes.reserve_exact(900_000);
    store.append(chunk);
    assert!(store.cost() < 100_000);
}

/// Ten million lines, followed: the last ones are there, and no more bytes than were allowed at any time.
#[test]
fn ten_million_lines_stay_within_their_memory() {
    const LIMIT: usize = 64 << 20;
    let lines: Vec<String> = (0..10_000).map(|number| format!("{number:05} GET /orders 200 12 ms")).collect();
    let chunk = chunk_of(&lines.iter().map(String::as_str).collect::<Vec<_>>());
    let mut store = LogStore::new(LIMIT);
    for _ in 0..1_000 {
        store.append(chunk.clone());
        assert!(store.cost() <= LIMIT, "{} bytes", store.cost());
    }
    assert_eq!((store.end_line(), store.last().unwrap().bytes), (10_000_000, lines.last().unwrap().as_bytes()));
    assert!(store.has_more_above() && store.len() > 1_000_000);
}

proptest! {
    #[test]
    fn bounded_ordered_and_numbered(
        limit in 0usize..64_000,
        chunks in prop::collection::vec(prop::collection::vec(0usize..6_000, 0..12), 0..40),
    ) {
        let mut store = LogStore::new(limit);
        let mut all: Vec<Vec<u8>> = Vec::new();
        let mut largest = 0;
        for lengths in chunks {
            let mut chunk = LogChunk::default();
            for length in lengths {
                let text = format!("{} {}", all.len(), "x".repeat(length)).into_bytes();
                chunk.push(LogStream::Stderr, all.len() as i64, &text);
                all.push(text);
            }
            largest = largest.max(chunk.cost() + size_of::<Segment>());
            store.append(chunk);
            prop_assert!(store.cost() <= limit.max(SMALLEST_LIMIT).max(largest));
            prop_assert_eq!(store.cost(), store.segments.iter().map(Segment::cost).sum::<usize>());
            prop_assert_eq!(store.end_line(), all.len() as i64);
        }
        let first = store.first_line();
        prop_assert!(all.is_empty() || !store.is_empty());
        for (number, text) in all.iter().enumerate() {
            let line = store.line(number as i64);
            prop_assert_eq!(line.map(|line| line.bytes), (number as i64 >= first).then_some(text.as_slice()));
            prop_assert!(line.is_none_or(|line| line.time == number as i64 && line.number == number as i64));
        }
        let half = first + store.len() as i64 / 2;
        for range in [0..i64::MAX, first..half, half..store.end_line(), half..first, 5..9] {
            let expected: Vec<i64> = (range.start.max(first)..range.end.min(store.end_line())).collect();
            let forwards: Vec<i64> = store.lines(range.clone()).map(|line| line.number).collect();
            let mut backwards: Vec<i64> = store.lines(range).rev().map(|line| line.number).collect();
            backwards.reverse();
            prop_assert_eq!(&forwards, &expected);
            prop_assert_eq!(&backwards, &expected);
        }
    }
}
