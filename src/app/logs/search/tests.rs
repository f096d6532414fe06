//! Searches in small steps against a plain scan.
#![expect(clippy::single_range_in_vec_init, reason = "lists of matches, not of numbers")]

use proptest::prelude::*;

use super::*;
use crate::app::logs::LogStore;
use crate::domain::{LogChunk, LogStream};

fn append(store: &mut LogStore, lines: &[String]) {
    let mut chunk = LogChunk::default();
    lines.iter().for_each(|line| chunk.push(LogStream::Stdout, 1, line.as_bytes()));
    store.append(chunk);
}

fn naive(store: &LogStore, pattern: &Pattern) -> Vec<i64> {
    store.lines(0..i64::MAX).filter(|line| pattern.is_match(line.bytes)).map(|line| line.number).collect()
}

#[test]
fn words_and_expressions_are_smart_about_case() {
    let matches = |pattern: &str, line: &[u8]| Pattern::parse(pattern).unwrap().is_match(line);
    assert!(matches("error", b"An ERROR"));
    assert!(!matches("Error", b"an ERROR"));
    assert!(matches("a.b", b"a.b") && !matches("a.b", b"axb"));
    assert!(matches("/a.b$/", b"AXB\r"));
    assert!(!matches("/A.b/", b"axb"));
    assert!(matches(r"/\Srror/", b"ERROR"));
    assert!(matches("/", b"a/b"));
    assert!(matches("error", b"\x1b[31mer\x1b[1mror"));
    assert!(!matches("31", b"\x1b[31mx"));
    assert!(!matches("10%", b"10%\r90%"));
    assert!(matches("x", b"\xff\xfex"));
    assert!(Pattern::errors().is_match(b"level=error"));
}

#[test]
fn what_is_no_expression_gets_a_sentence() {
    assert_eq!(Pattern::parse("/(/").unwrap_err(), "Not a regular expression: unclosed group.");
}

#[test]
fn matches_for_highlighting() {
    let ranges = |pattern: &str, text: &str| Pattern::parse(pattern).unwrap().matches_in(text);
    assert_eq!(ranges("é", "aÉé"), [1..3, 3..5]);
    assert_eq!(ranges("/x*/", "axxb"), [1..3]);
    assert!(ranges("/(?-u:.)/", "é").is_empty());
}

#[test]
fn the_nearest_hits_come_first() {
    let mut store = LogStore::new(1 << 20);
    append(&mut store, &(0..100).map(|number| format!("{number} x")).collect::<Vec<_>>());
    let mut search = Search::new(Pattern::parse("x").unwrap(), 50);
    assert_eq!(search.advance(&store, 1), Progress { scanned: 1, total: 100 });
    assert_eq!(search.hits().collect::<Vec<_>>(), [50]);
    assert!(!search.advance(&store, 52 * 40).is_done());
    assert_eq!(search.next_hit_after(50), Some(51));
    assert!(search.knows(51..100) && !search.knows(0..50));
    assert!(search.advance(&store, usize::MAX).is_done());
    assert_eq!((search.count(), search.previous_hit_before(50), search.previous_hit_before(0)), (100, Some(49), None));
}

proptest! {
    #[test]
    fn finds_what_a_scan_finds(
        batches in prop::collection::vec((prop::collection::vec("[abx]{0,3}(\x1b\\[3[0-9]m)?[ab]{0,900}", 0..12), 1usize..4_000), 1..20),
        anchor in 0i64..120,
    ) {
        let mut store = LogStore::new(0);
        let pattern = Pattern::parse("/x[ab]*b/").unwrap();
        let mut search = Search::new(pattern.clone(), anchor);
        for (lines, budget) in batches {
            append(&mut store, &lines);
            search.advance(&store, budget);
            let known: Vec<i64> = search.hits().collect();
            let all = naive(&store, &pattern);
            prop_assert!(known.is_sorted());
            prop_assert!(known.iter().all(|hit| all.contains(hit)));
            for hit in all {
                prop_assert_eq!(search.is_hit(hit), search.knows(hit..hit + 1));
            }
        }
        while !search.advance(&store, 500).is_done() {}
        let all = naive(&store, &pattern);
        prop_assert_eq!(search.hits().collect::<Vec<_>>(), all.clone());
        for line in store.first_line()..store.end_line() {
            prop_assert_eq!(search.next_hit_after(line), all.iter().copied().find(|hit| *hit > line));
            prop_assert_eq!(search.previous_hit_before(line), all.iter().copied().rev().find(|hit| *hit < line));
        }
    }
}
