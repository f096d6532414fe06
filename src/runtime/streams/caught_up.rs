//! When a log that never pauses has been read to its end for now.

use crate::domain::Time;
use std::time::Duration;

/// Lines newer than the stream that come no faster than they were written, for so long, are what is being written.
const NEWER: Duration = Duration::from_millis(150);
/// An engine whose clock is behind ours tells no newer lines: then it is the pace alone that counts.
const BY_PACE: Duration = Duration::from_secs(2);
/// Lines come together and are late by as much.
const SLACK: Duration = Duration::from_millis(100);

/// Watches the times of the lines that come. An engine's clock may differ from ours by any amount: a line that looks new may be an
/// old one, so the pace has to fit in any case.
#[derive(Debug)]
pub struct CatchingUp {
    opened: Time,
    /// Since when lines have come no faster than they were written, and the time of the line that came then.
    steady: Option<(Time, Time)>,
}

impl CatchingUp {
    /// The stream is opened.
    pub fn new(now: Time) -> Self {
        Self { opened: now, steady: None }
    }

    /// Lines have come, the last of that time; true when what comes is what is being written.
    pub fn take(&mut self, now: Time, last: Time) -> bool {
        // Nothing is known of a line that tells no time.
        if last == Time::default() {
            return false;
        }
        let since = self.steady.filter(|(seen, line)| last.since(*line) <= now.since(*seen) + SLACK);
        let Some((seen, _)) = since else {
            self.steady = Some((now, last));
            return false;
        };
        now.since(seen) >= if last > self.opened { NEWER } else { BY_PACE }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MILLISECOND: i64 = 1_000_000;
    const OPENED: i64 = 1_000_000 * MILLISECOND;

    /// When it is caught up, in milliseconds since the start: of a log with a line every `apart` milliseconds, of which there were
    /// 1000 that come one each millisecond, on an engine whose clock is ahead by `ahead`.
    fn caught_up_after(apart: i64, ahead: i64) -> Option<i64> {
        let mut catching = CatchingUp::new(Time(OPENED));
        let backlog = (1..=1000).map(|line| (line, (line - 1000) * apart));
        let live = (1..=1000).map(|line| (1000 + line * apart, line * apart));
        backlog.chain(live).find_map(|(came, written)| {
            let last = Time(OPENED + (written + ahead) * MILLISECOND);
            catching.take(Time(OPENED + came * MILLISECOND), last).then_some(came)
        })
    }

    #[test]
    fn a_log_that_never_pauses_is_caught_up_at_its_end() {
        let after = caught_up_after(10, 0).unwrap();
        assert!((1000..1300).contains(&after), "{after}");
    }

    #[test]
    fn clocks_that_differ_are_borne_with() {
        // Everything looks new, and still the backlog is read first.
        let ahead = caught_up_after(10, 3_600_000).unwrap();
        assert!((1000..1300).contains(&ahead), "{ahead}");
        let behind = caught_up_after(10, -3_600_000).unwrap();
        assert!((1000..3200).contains(&behind), "{behind}");
    }

    #[test]
    fn lines_without_times_tell_nothing() {
        let mut catching = CatchingUp::new(Time(OPENED));
        assert!((1..100).all(|second| !catching.take(Time(OPENED + second * 1000 * MILLISECOND), Time::default())));
    }
}
