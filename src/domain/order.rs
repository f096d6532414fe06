//! Puts lists in order by way of places. What the standard library's sorts are made of is built into the program for each
//! kind of element, five kilobytes a time; here once for all lists that are short or seldom sorted.

use std::cmp::Ordering;

/// As [`slice::sort_by`]: what is equal keeps its order.
pub fn sort_by<T>(list: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    let swaps = swaps(list.len(), &mut |left, right| match (list.get(left), list.get(right)) {
        (Some(left), Some(right)) => compare(left, right),
        _ => left.cmp(&right),
    });
    swaps.into_iter().for_each(|(one, other)| list.swap(one, other));
}

/// As [`slice::sort_by_key`]: what is equal keeps its order.
pub fn sort_by_key<T, K: Ord>(list: &mut [T], mut key: impl FnMut(&T) -> K) {
    sort_by(list, |left, right| key(left).cmp(&key(right)));
}

/// Sorts places of a list.
pub fn sort_places(places: &mut [usize], compare: &mut dyn FnMut(usize, usize) -> Ordering) {
    places.sort_by(|left, right| compare(*left, *right));
}

/// What has to change places, one pair after the other, until all are in order.
fn swaps(length: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<(usize, usize)> {
    let mut sources: Vec<usize> = (0..length).collect();
    sort_places(&mut sources, compare);
    let mut swaps = Vec::new();
    for start in 0..length {
        // Around one cycle: each place is given what belongs there, and is then its own source.
        let mut place = start;
        while let Some(source) = sources.get_mut(place).map(|source| std::mem::replace(source, place)) {
            if source == start || source == place {
                break;
            }
            swaps.push((place, source));
            place = source;
        }
    }
    swaps
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn lists_come_out_as_the_standard_library_orders_them(numbers in prop::collection::vec(0_u8..9, 0..60)) {
            let mut ours: Vec<(u8, usize)> = numbers.into_iter().zip(0..).collect();
            let mut theirs = ours.clone();
            sort_by_key(&mut ours, |(number, _)| *number);
            theirs.sort_by_key(|(number, _)| *number);
            prop_assert_eq!(ours, theirs);
        }
    }
}
