//! How much a search may look at in one go: as much as keeps the next key from waiting, however slow the expression is.

use crate::domain::Time;
use std::time::Duration;

/// From one go to the next at most, the rest between them included.
const LONGEST: Duration = Duration::from_millis(6);
/// What came later than this was not waited for.
const PAUSE: Duration = Duration::from_millis(500);
const LEAST: usize = 8 * 1024;
const FIRST: usize = 256 * 1024;
/// About two milliseconds' worth of a plain word.
const MOST: usize = 2 << 20;

/// Bytes for each go, by how long the last one took.
#[derive(Debug)]
pub struct Pace {
    bytes: usize,
    last: Option<Time>,
}

impl Default for Pace {
    fn default() -> Self {
        Self { bytes: FIRST, last: None }
    }
}

impl Pace {
    /// Bytes to be looked at now.
    pub fn next(&mut self, now: Time) -> usize {
        let took = self.last.replace(now).map(|last| now.since(last));
        match took {
            Some(took) if took > PAUSE => self.bytes = (self.bytes / 8).max(LEAST),
            Some(took) if took > LONGEST => {
                let share = self.bytes as f64 * LONGEST.as_secs_f64() / took.as_secs_f64();
                self.bytes = (share as usize).max(LEAST);
            }
            Some(_) => self.bytes = (self.bytes.saturating_mul(2)).min(MOST),
            None => {}
        }
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a search that looks at so many bytes in a millisecond settles at.
    fn settled(speed: usize) -> usize {
        let mut pace = Pace::default();
        let (mut now, mut bytes) = (Time(1_000_000_000_000), 0);
        for _ in 0..50 {
            bytes = pace.next(now);
            now = now.plus(Duration::from_micros((bytes * 1_000 / speed).max(2_000) as u64));
        }
        bytes
    }

    #[test]
    fn slow_expressions_get_less_at_once() {
        assert_eq!(settled(1 << 20), MOST, "a word");
        let slow = settled(20 * 1024);
        assert!((60 * 1024..=240 * 1024).contains(&slow), "{slow}");
        assert_eq!(settled(1024), LEAST, "never nothing");
        let mut pace = Pace::default();
        assert_eq!(pace.next(Time(0)), FIRST);
    }
}
