//! The map against a plain list of hits.

use super::*;
use crate::domain::LogStream;
use proptest::prelude::*;

fn line(number: usize, text: &[u8]) -> LineRef<'_> {
    LineRef { number: 0, bytes: text, time: number as i64 / 5 + 1, stream: LogStream::Stdout, part: 0 }
}

/// What does not match is an error.
fn found(is_hit: bool) -> Found {
    Found { is_hit, is_error: !is_hit }
}

fn map(hits: &[bool]) -> HitMap {
    let mut map = HitMap::default();
    for (number, is_hit) in hits.iter().enumerate() {
        map.push(line(number, number.to_string().as_bytes()), found(*is_hit));
    }
    map
}

proptest! {
    #[test]
    fn counts_and_finds_as_a_list_does(hits in prop::collection::vec(prop::bool::weighted(0.1), 0..400), place in 0usize..420) {
        let map = map(&hits);
        let places: Vec<usize> = (0..hits.len()).filter(|place| hits[*place]).collect();
        prop_assert_eq!((map.lines(), map.hits()), (hits.len(), places.len()));
        prop_assert_eq!(map.count(0..place), places.iter().filter(|hit| **hit < place).count());
        prop_assert_eq!(map.count(place..usize::MAX), places.iter().filter(|hit| **hit >= place).count());
        prop_assert_eq!(map.next_from(place, Sought::Hit), places.iter().copied().find(|hit| *hit >= place));
        prop_assert_eq!(map.last_before(place, Sought::Hit), places.iter().copied().rfind(|hit| *hit < place));
        prop_assert_eq!(map.nth_hit(place), places.get(place).copied());
        prop_assert_eq!(map.nth_hit(place / 10), places.get(place / 10).copied());
        let others: Vec<usize> = (0..hits.len()).filter(|place| !hits[*place]).collect();
        prop_assert_eq!(map.next_from(place, Sought::Error), others.iter().copied().find(|other| *other >= place));
        prop_assert_eq!(map.last_before(place, Sought::Error), others.iter().copied().rfind(|other| *other < place));
    }

    #[test]
    fn put_together_of_pieces_it_is_the_same(hits in prop::collection::vec(any::<bool>(), 0..500), cut in 1usize..100) {
        let (mut whole, mut piece) = (HitMap::default(), HitMap::default());
        for (number, is_hit) in hits.iter().enumerate() {
            piece.push(line(number, number.to_string().as_bytes()), found(*is_hit));
            if number % cut == 0 {
                prop_assert!(whole.append(&piece.take(false)));
            }
        }
        prop_assert!(whole.append(&piece.take(true)));
        prop_assert_eq!(whole, map(&hits));
    }
}

#[test]
fn lines_are_known_again_wherever_they_begin() {
    let texts: Vec<String> = (0..1_000).map(|number| number.to_string()).collect();
    let lines = || texts.iter().enumerate().map(|(number, text)| line(number, text.as_bytes()));
    let map = map(&vec![false; 500]);
    for first in [0, 1, 63, 64, 65, 300, 430] {
        assert_eq!(map.place_of(lines().skip(first)), Some(first as i64));
    }
    assert_eq!(map.place_of(lines().skip(490)), None, "no block begins there");
    assert_eq!(map.place_of(lines().skip(700)), None, "these are not in it");
    let mut same = HitMap::default();
    (0..500).for_each(|_| same.push(line(0, b"tick"), found(true)));
    assert_eq!(same.place_of(std::iter::repeat_n(line(0, b"tick"), 100)), None, "they may be anywhere");
    assert!(map.time_before(300).0 < 300 / 5 && map.time_before(130).1 && map.time_at(300) <= 300 / 5 + 1);
}

#[test]
fn of_what_was_found_the_very_time_is_known() {
    let found = |line: usize| Found { is_hit: line % 50 == 7, is_error: line % 70 == 9 };
    let mut whole = HitMap::default();
    let mut map = HitMap::default();
    for line in 0..1_000 {
        let text = format!("line {line}");
        let time = 1_000 + line as i64;
        let line_ref = LineRef { number: 0, time, stream: LogStream::Stdout, part: 0, bytes: text.as_bytes() };
        whole.push(line_ref, found(line));
        if line % 300 == 299 {
            assert!(map.append(&whole.take(false)));
        }
    }
    assert!(map.append(&whole.take(true)));
    for place in (0..1_000).filter(|place| found(*place) != Found::default()) {
        assert_eq!(map.time_at(place), 1_000 + place as i64);
        assert_eq!(map.first_from(1_000 + place as i64), place);
    }
    for sought in [Sought::Hit, Sought::Error] {
        for time in 0..1_000 {
            let next = map.next_from(map.first_from(1_000 + time as i64), sought);
            let expected = (time..1_000).find(|line| match sought {
                Sought::Hit => found(*line).is_hit,
                Sought::Error => found(*line).is_error,
            });
            assert_eq!(next, expected, "from {time}");
        }
    }
}
