//! Reads the times that engines write (RFC 3339 with a fraction) and writes those that they read.

const NANOSECONDS: i64 = 1_000_000_000;

/// Reads the time at the start of `text`: nanoseconds since the Unix epoch, and how many bytes it takes.
///
/// By hand, as each of a million log lines begins with one.
pub fn leading_time(text: &[u8]) -> Option<(i64, usize)> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b'T', h1, h2, b':', i1, i2, b':', s1, s2, rest @ ..] = text else {
        return None;
    };
    let year = number(&[*y1, *y2, *y3, *y4])?;
    let (month, day) = (number(&[*m1, *m2])?, number(&[*d1, *d2])?);
    let (hour, minute, second) = (number(&[*h1, *h2])?, number(&[*i1, *i2])?, number(&[*s1, *s2])?);
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let (nanoseconds, after_fraction) = fraction(rest);
    let (offset, after_zone) = zone(after_fraction)?;
    let seconds = days_from_civil(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second - offset;
    let time = seconds.checked_mul(NANOSECONDS)?.checked_add(nanoseconds)?;
    Some((time, text.len() - after_zone.len()))
}

/// Reads a text that is a time and nothing else. The year 1, Go's word for "never", is `None`.
pub fn whole_time(text: &str) -> Option<i64> {
    let (time, length) = leading_time(text.as_bytes())?;
    (length == text.len() && time > 0).then_some(time)
}

/// As `since` is written: seconds, a dot, nine digits.
pub fn unix_text(nanoseconds: i64) -> String {
    format!("{}.{:09}", nanoseconds.div_euclid(NANOSECONDS), nanoseconds.rem_euclid(NANOSECONDS))
}

fn number(digits: &[u8]) -> Option<i64> {
    digits.iter().try_fold(0, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + i64::from(digit - b'0')))
}

/// `.123456789`, with as many digits as there are; finer than nanoseconds is dropped.
fn fraction(text: &[u8]) -> (i64, &[u8]) {
    let Some((b'.', digits)) = text.split_first() else { return (0, text) };
    let mut nanoseconds = 0;
    let mut unit = NANOSECONDS;
    let mut rest = digits;
    while let Some((digit, tail)) = rest.split_first()
        && digit.is_ascii_digit()
    {
        unit /= 10;
        nanoseconds += i64::from(digit - b'0') * unit;
        rest = tail;
    }
    (nanoseconds, rest)
}

/// `Z` or `+02:00`: seconds ahead of UTC.
fn zone(text: &[u8]) -> Option<(i64, &[u8])> {
    match text {
        [b'Z', rest @ ..] => Some((0, rest)),
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2, rest @ ..] => {
            let seconds = number(&[*h1, *h2])? * 3_600 + number(&[*m1, *m2])? * 60;
            Some((if *sign == b'-' { -seconds } else { seconds }, rest))
        }
        _ => None,
    }
}

/// Days since 1970-01-01 in the Gregorian calendar, counted in eras of 400 years that begin in March.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn times_are_read_in_every_form() {
        for (text, time) in [
            ("1970-01-01T00:00:00Z", 0),
            ("1970-01-01T00:00:01.5Z", 1_500_000_000),
            ("2024-02-29T12:34:56.123456789Z", 1_709_210_096_123_456_789),
            ("2024-02-29T13:34:56.123456789+01:00", 1_709_210_096_123_456_789),
            ("2024-02-29T11:34:56.1234567891-01:00", 1_709_210_096_123_456_789),
        ] {
            assert_eq!(leading_time(text.as_bytes()), Some((time, text.len())), "{text}");
        }
        for bad in ["", "2024", "2024-02-29 12:34:56Z", "2024-13-29T12:34:56Z", "2024-02-29T12:34:56", "x"] {
            assert_eq!(leading_time(bad.as_bytes()), None, "{bad}");
        }
        assert_eq!(leading_time(b"2024-02-29T12:34:56Z hello").map(|(_, length)| length), Some(20));
        assert_eq!(whole_time("0001-01-01T00:00:00Z"), None);
        assert_eq!(unix_text(1_709_210_096_000_000_001), "1709210096.000000001");
    }

    proptest! {
        #[test]
        fn any_time_is_read_as_jiff_writes_it(seconds in 0_i64..4_000_000_000, nanos in 0_i32..1_000_000_000) {
            let stamp = jiff::Timestamp::new(seconds, nanos).unwrap();
            let expected = i64::try_from(stamp.as_nanosecond()).unwrap();
            prop_assert_eq!(whole_time(&stamp.to_string()).unwrap_or(0), expected);
        }
    }
}
