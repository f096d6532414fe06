//! The only place that asks what time it is.

use crate::domain::Time;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::time::Instant;

/// Wall time that goes on with tokio's clock, so that tests can pause it and it never jumps backwards.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    wall: Time,
    started: Instant,
}

impl Clock {
    /// Starts from the machine's time.
    pub fn start() -> Self {
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
        Self::at(Time::default().plus(since_epoch))
    }

    /// Starts from a time given.
    pub fn at(wall: Time) -> Self {
        Self { wall, started: Instant::now() }
    }

    pub fn now(&self) -> Time {
        self.wall.plus(self.started.elapsed())
    }
}

/// Notices that the machine has slept: wall time went on while tokio's clock stood still.
#[derive(Debug)]
pub(super) struct Naps {
    wall: SystemTime,
    looked: Instant,
}

impl Naps {
    /// Between looks.
    const LOOK: Duration = Duration::from_secs(2);
    /// Clocks are set, and machines are busy: less than this is no sleep.
    const NAP: Duration = Duration::from_secs(5);

    pub fn new() -> Self {
        Self { wall: SystemTime::now(), looked: Instant::now() }
    }

    /// Returns when the machine has woken up. May be dropped and asked again.
    pub async fn next(&mut self) {
        loop {
            tokio::time::sleep(Self::LOOK).await;
            if self.slept(SystemTime::now(), Instant::now()) {
                return;
            }
        }
    }

    fn slept(&mut self, wall: SystemTime, now: Instant) -> bool {
        let passed = wall.duration_since(self.wall).unwrap_or_default();
        let counted = now.duration_since(self.looked);
        (self.wall, self.looked) = (wall, now);
        passed > counted + Self::NAP
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nap_is_time_that_passed_uncounted() {
        let second = Duration::from_secs(1);
        let mut naps = Naps::new();
        let (wall, now) = (naps.wall, naps.looked);
        assert!(!naps.slept(wall + 2 * second, now + 2 * second));
        assert!(naps.slept(wall + 3600 * second, now + 4 * second));
        assert!(!naps.slept(wall + 3602 * second, now + 6 * second));
        // A clock that is set back is no sleep either.
        assert!(!naps.slept(wall, now + 8 * second));
    }
}
