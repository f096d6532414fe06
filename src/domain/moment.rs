//! A moment as it is typed: `15m`, `yesterday`, `14:30`, a date, or RFC 3339.

use super::{Invalid, Time};
use jiff::civil::{Date, DateTime, Time as Clock};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan, Zoned};
use std::str::FromStr;

/// A moment told from where the user is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Moment {
    /// So many seconds ago.
    Ago(i64),
    /// So many days before today, at this time.
    Day(i32, Clock),
    /// The last time that the clock stood there.
    Clock(Clock),
    Local(DateTime),
    At(Timestamp),
}

const HELP: &str = "This must be a time, such as 15m, 2h, 14:30, yesterday, 2026-11-20 14:30 or 2026-11-20T14:30:00Z.";

impl Moment {
    /// Nanoseconds since the Unix epoch; `None` for what no calendar has.
    pub fn resolve(&self, now: Time, zone: &TimeZone) -> Option<i64> {
        let here = Timestamp::from_nanosecond(i128::from(now.0)).ok()?.to_zoned(zone.clone());
        let at = |local: DateTime| local.to_zoned(zone.clone()).ok();
        let found: Zoned = match self {
            Self::Ago(seconds) => here.checked_sub(SignedDuration::from_secs(*seconds)).ok()?,
            Self::Day(days, clock) => at(here.date().checked_sub(days.days()).ok()?.to_datetime(*clock))?,
            Self::Clock(clock) => {
                let today = at(here.date().to_datetime(*clock))?;
                // It is not yet so late: yesterday it was.
                if today <= here { today } else { at(here.date().yesterday().ok()?.to_datetime(*clock))? }
            }
            Self::Local(local) => at(*local)?,
            Self::At(stamp) => stamp.to_zoned(zone.clone()),
        };
        i64::try_from(found.timestamp().as_nanosecond()).ok()
    }
}

impl FromStr for Moment {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let text = text.trim();
        let found = span(text).or_else(|| day(text)).or_else(|| clock(text).map(Self::Clock)).or_else(|| stamp(text));
        found.ok_or_else(|| Invalid::new(HELP))
    }
}

/// `90s`, `15m`, `1h30m`, `2d`, `1w`, with or without ` ago`.
fn span(text: &str) -> Option<Moment> {
    let mut rest = text.strip_suffix("ago").map_or(text, str::trim_end);
    let mut seconds: i64 = 0;
    while !rest.is_empty() {
        let digits = rest.find(|letter: char| !letter.is_ascii_digit())?;
        let (number, behind) = rest.split_at_checked(digits)?;
        let mut letters = behind.chars();
        let unit = match letters.next()? {
            's' => 1,
            'm' => 60,
            'h' => 3_600,
            'd' => 86_400,
            'w' => 604_800,
            _ => return None,
        };
        seconds = seconds.checked_add(number.parse::<i64>().ok()?.checked_mul(unit)?)?;
        rest = letters.as_str().trim_start();
    }
    (seconds > 0 || text.starts_with('0')).then_some(Moment::Ago(seconds))
}

/// `now`, `today`, `yesterday`, `yesterday 14:30`
fn day(text: &str) -> Option<Moment> {
    let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
    let days = match word.to_ascii_lowercase().as_str() {
        "now" if rest.is_empty() => return Some(Moment::Ago(0)),
        "today" => 0,
        "yesterday" => 1,
        _ => return None,
    };
    Some(Moment::Day(days, if rest.is_empty() { Clock::midnight() } else { clock(rest.trim())? }))
}

/// `14:30`, `14:30:05`
fn clock(text: &str) -> Option<Clock> {
    let is_clock = text.contains(':') && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.'));
    if !is_clock {
        return None;
    }
    // An hour of one digit is how people write it.
    let padded = if text.find(':') == Some(1) { format!("0{text}") } else { text.to_owned() };
    padded.parse().ok()
}

/// A date with or without a time, with or without a zone.
fn stamp(text: &str) -> Option<Moment> {
    if let Ok(stamp) = text.parse::<Timestamp>() {
        return Some(Moment::At(stamp));
    }
    let local = text.replacen(' ', "T", 1);
    if let Some((date, time)) = local.split_once('T') {
        return Some(Moment::Local(date.parse::<Date>().ok()?.to_datetime(clock(time)?)));
    }
    Some(Moment::Local(local.parse::<Date>().ok()?.to_datetime(Clock::midnight())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOW: Time = Time(1_735_000_000_000_000_000);

    /// As RFC 3339 in UTC, typed two hours east of it at 2024-12-24 02:26:40.
    fn typed(text: &str) -> Option<String> {
        let zone = TimeZone::fixed(jiff::tz::offset(2));
        let nanoseconds = text.parse::<Moment>().ok()?.resolve(NOW, &zone)?;
        Some(Timestamp::from_nanosecond(i128::from(nanoseconds)).unwrap().to_string())
    }

    #[test]
    fn moments_are_understood_as_people_write_them() {
        for (text, moment) in [
            ("now", "2024-12-24T00:26:40Z"),
            ("15m", "2024-12-24T00:11:40Z"),
            (" 1h30m ago ", "2024-12-23T22:56:40Z"),
            ("2d", "2024-12-22T00:26:40Z"),
            ("today", "2024-12-23T22:00:00Z"),
            ("yesterday", "2024-12-22T22:00:00Z"),
            ("Yesterday 9:05", "2024-12-23T07:05:00Z"),
            ("02:26", "2024-12-24T00:26:00Z"),
            ("14:30", "2024-12-23T12:30:00Z"),
            ("14:30:05.5", "2024-12-23T12:30:05.5Z"),
            ("2024-12-20", "2024-12-19T22:00:00Z"),
            ("2024-12-20 8:00", "2024-12-20T06:00:00Z"),
            ("2024-12-20T08:00", "2024-12-20T06:00:00Z"),
            ("2024-12-20T08:00:00Z", "2024-12-20T08:00:00Z"),
            ("2024-12-20T08:00:00.25-05:00", "2024-12-20T13:00:00.25Z"),
        ] {
            assert_eq!(typed(text).as_deref(), Some(moment), "{text}");
        }
        for text in ["", "soon", "15", "15x", "m", "25:00", "2024-13-01", "yesterday evening", "99999999999999999999s"]
        {
            assert!(text.parse::<Moment>().is_err(), "{text}");
        }
        assert_eq!(typed("9000000w"), None, "no calendar has it");
    }

    proptest! {
        #[test]
        fn nothing_that_is_typed_does_harm(text in "\\PC{0,20}|[0-9:dhmsT Z-]{0,24}") {
            let _ = typed(&text);
        }
    }
}
