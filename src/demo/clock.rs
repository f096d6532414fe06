//! The engine's clock: tokio's (which tests pause) counted from a given wall time, and the words engines print for times.

use jiff::Timestamp;
use tokio::time::{Duration, Instant};

/// One second in the unit of all times here: nanoseconds since the Unix epoch.
pub const SECOND: i64 = 1_000_000_000;

/// How an engine writes a time that never was.
pub const NEVER: &str = "0001-01-01T00:00:00Z";

#[derive(Clone, Copy, Debug)]
pub struct Clock {
    origin: i64,
    started: Instant,
}

impl Clock {
    pub fn new(origin: i64) -> Self {
        Self { origin, started: Instant::now() }
    }

    /// What it showed when the engine started.
    pub fn origin(&self) -> i64 {
        self.origin
    }

    pub fn now(&self) -> i64 {
        self.origin.saturating_add(i64::try_from(self.started.elapsed().as_nanos()).unwrap_or(i64::MAX))
    }

    /// When tokio's clock will show that time.
    pub fn instant(&self, at: i64) -> Instant {
        self.started + Duration::from_nanos(u64::try_from(at.saturating_sub(self.origin)).unwrap_or(0))
    }
}

/// As the `Date` of an answer is written.
pub fn http_date(at: i64) -> String {
    let time = Timestamp::from_nanosecond(i128::from(at)).unwrap_or_default();
    time.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// RFC 3339 with as many digits as needed, as in `State.StartedAt`.
pub fn rfc3339(at: i64) -> String {
    Timestamp::from_nanosecond(i128::from(at)).map_or_else(|_| NEVER.to_owned(), |time| time.to_string())
}

/// RFC 3339 with nine digits, as in log lines.
pub fn rfc3339_nine(at: i64) -> String {
    Timestamp::from_nanosecond(i128::from(at)).map_or_else(|_| NEVER.to_owned(), |time| format!("{time:.9}"))
}

/// Formats in UTC, in the manner of `strftime`.
pub fn strftime(format: &str, at: i64) -> String {
    Timestamp::from_nanosecond(i128::from(at)).map_or_else(|_| String::new(), |time| time.strftime(format).to_string())
}

/// Docker's words for a span (`units.HumanDuration`): `About a minute`, `3 days`.
pub fn human_duration(span: i64) -> String {
    let seconds = span / SECOND;
    let minutes = seconds / 60;
    let hours = (seconds + 1800) / 3600;
    match () {
        () if seconds < 1 => "Less than a second".into(),
        () if seconds == 1 => "1 second".into(),
        () if seconds < 60 => format!("{seconds} seconds"),
        () if minutes == 1 => "About a minute".into(),
        () if minutes < 60 => format!("{minutes} minutes"),
        () if hours == 1 => "About an hour".into(),
        () if hours < 48 => format!("{hours} hours"),
        () if hours < 24 * 7 * 2 => format!("{} days", hours / 24),
        () if hours < 24 * 30 * 2 => format!("{} weeks", hours / 24 / 7),
        () if hours < 24 * 365 * 2 => format!("{} months", hours / 24 / 30),
        () => format!("{} years", hours / 24 / 365),
    }
}

/// Reads a time as requests give it: seconds, `seconds.nanoseconds`, or RFC 3339.
pub fn parse_time(text: &str) -> Option<i64> {
    if text.contains('T') {
        return i64::try_from(text.parse::<Timestamp>().ok()?.as_nanosecond()).ok();
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits: String = fraction.chars().chain("000000000".chars()).take(9).collect();
    whole.parse::<i64>().ok()?.checked_mul(SECOND)?.checked_add(digits.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_told_as_docker_tells_them() {
        for (seconds, words) in [
            (0, "Less than a second"),
            (59, "59 seconds"),
            (60, "About a minute"),
            (3 * 60, "3 minutes"),
            (60 * 60, "About an hour"),
            (47 * 3600, "47 hours"),
            (3 * 86_400, "3 days"),
            (21 * 86_400, "3 weeks"),
            (120 * 86_400, "4 months"),
            (3 * 365 * 86_400, "3 years"),
        ] {
            assert_eq!(human_duration(seconds * SECOND), words);
        }
    }

    #[test]
    fn times_are_read_in_each_form() {
        assert_eq!(parse_time("12"), Some(12 * SECOND));
        assert_eq!(parse_time("12.5"), Some(12 * SECOND + SECOND / 2));
        assert_eq!(parse_time("12.000000001"), Some(12 * SECOND + 1));
        assert_eq!(parse_time("1970-01-01T00:00:12Z"), Some(12 * SECOND));
        assert_eq!(parse_time("soon"), None);
    }

    #[test]
    fn times_print_as_engines_print_them() {
        assert_eq!(rfc3339(1_700_000_000 * SECOND + 120_000_000), "2023-11-14T22:13:20.12Z");
        assert_eq!(rfc3339_nine(1_700_000_000 * SECOND), "2023-11-14T22:13:20.000000000Z");
    }
}
