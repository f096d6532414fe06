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
