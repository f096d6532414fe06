//! How long to wait before the next try.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::Duration;

/// Waits between tries: doubling from 0.2 s to 10 s, a fifth more or less by chance so that many do not come at once.
#[derive(Debug)]
pub struct Backoff {
    next: Duration,
}

impl Backoff {
    const FIRST: Duration = Duration::from_millis(200);
    const LONGEST: Duration = Duration::from_secs(10);

    pub fn new() -> Self {
        Self { next: Self::FIRST }
    }

    pub fn wait(&mut self) -> Duration {
        let wait = self.next;
        self.next = (wait * 2).min(Self::LONGEST);
        let chance = RandomState::new().build_hasher().finish() % 401;
        wait * (800 + u32::try_from(chance).unwrap_or(0)) / 1000
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_ten_seconds() {
        let mut backoff = Backoff::new();
        let mut expected = 0.2_f64;
        for _ in 0..10 {
            let wait = backoff.wait().as_secs_f64();
            assert!((expected * 0.79..=expected * 1.21).contains(&wait), "{wait} for {expected}");
            expected = (expected * 2.0).min(10.0);
        }
    }
}
