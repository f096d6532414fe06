//! The known word nearest to a mistyped one.

/// The nearest of the known words, if it is near enough to be what was meant.
pub fn nearest<'k>(wrong: &str, known: &[&'k str]) -> Option<&'k str> {
    let (distance, word) =
        known.iter().map(|word| (distance(wrong, word), *word)).min_by_key(|(distance, _)| *distance)?;
    let longest = wrong.chars().count().max(word.chars().count());
    (distance * 5 <= longest * 2).then_some(word)
}

/// Insertions, deletions, replacements and swaps of neighbours that lead from one word to the other.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    let mut previous = None;
    let at = |row: &[usize], index: usize| row.get(index).copied().unwrap_or(usize::MAX / 2);
    for (line, letter) in from.chars().enumerate() {
        let mut next = vec![line + 1];
        for (column, other) in to.iter().enumerate() {
            let replaced = at(&row, column) + usize::from(letter != *other);
            let mut best = replaced.min(at(&row, column + 1) + 1).min(at(&next, column) + 1);
            let swapped = column > 0 && previous == Some(*other) && to.get(column - 1) == Some(&letter);
            if swapped {
                best = best.min(at(&before, column - 1) + 1);
            }
            next.push(best);
        }
        before = std::mem::replace(&mut row, next);
        previous = Some(letter);
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_slips_are_near() {
        assert_eq!(distance("theme", "thmee"), 1);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("kitten", "sitting"), 3);
        let known = ["theme", "mouse", "poll_interval"];
        assert_eq!(nearest("thme", &known), Some("theme"));
        assert_eq!(nearest("pol_intervall", &known), Some("poll_interval"));
        assert_eq!(nearest("banana", &known), None);
        assert_eq!(nearest("x", &[]), None);
    }
}
