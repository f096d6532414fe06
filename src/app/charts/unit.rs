//! What charts measure in: words for a value, and levels that are easily read.

use crate::app::columns::containers::percent;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Of one core.
    Percent,
    Bytes,
    /// Bytes a second, in powers of 1000 as traffic is counted.
    Rate,
    Count,
}

/// Charts of idle containers reach at least as high: their lines lie on the ground.
const LEAST_PERCENT: f64 = 1.0;
const LEAST_BYTES: f64 = 1024.0 * 1024.0;
const LEAST_RATE: f64 = 1000.0;
const LEAST_COUNT: f64 = 4.0;

/// What tops of charts are multiples of, in powers of ten.
const TENS: [f64; 9] = [1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0];
/// The same within one binary unit.
const BINARY: [f64; 20] = [
    1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0, 32.0, 48.0, 64.0, 96.0, 128.0, 192.0, 256.0, 384.0, 512.0, 768.0,
    1024.0,
];

impl Unit {
    /// `12%`, `412 MiB`, `1.2 kB/s`, `3`
    pub fn words(self, value: f64) -> String {
        match self {
            Self::Percent => trimmed(percent(value), "%"),
            Self::Bytes => scaled(value, 1024.0, ["B", "KiB", "MiB", "GiB", "TiB", "PiB"]),
            Self::Rate => scaled(value, 1000.0, ["B/s", "kB/s", "MB/s", "GB/s", "TB/s", "PB/s"]),
            Self::Count => format!("{value:.0}"),
        }
    }

    /// The top of a chart in which the highest value is `most`: a round number above it.
    pub fn ceiling(self, most: f64) -> f64 {
        let (least, steps, base): (f64, &[f64], f64) = match self {
            Self::Percent => (LEAST_PERCENT, &TENS, 10.0),
            Self::Bytes => (LEAST_BYTES, &BINARY, 1024.0),
            Self::Rate => (LEAST_RATE, &TENS, 10.0),
            Self::Count => (LEAST_COUNT, &TENS, 10.0),
        };
        let most = if most.is_finite() { most.max(least) } else { least };
        let mut unit = 1.0;
        while unit * base <= most {
            unit *= base;
        }
        let found = steps.iter().map(|step| step * unit).find(|level| *level >= most);
        found.unwrap_or(most)
    }
}

/// Three figures at most.
fn scaled(value: f64, base: f64, units: [&str; 6]) -> String {
    let mut scaled = value.max(0.0);
    let mut units = units.iter();
    let mut unit = units.next();
    while scaled >= base - 0.5 {
        let Some(larger) = units.next() else { break };
        (scaled, unit) = (scaled / base, Some(larger));
    }
    let unit = unit.copied().unwrap_or_default();
    let figures =
        if scaled < 9.95 && unit != "B" && unit != "B/s" { format!("{scaled:.1}") } else { format!("{scaled:.0}") };
    format!("{} {unit}", trimmed(figures, ""))
}

/// `1.0%` is `1%`.
fn trimmed(text: String, end: &str) -> String {
    match text.strip_suffix(end).and_then(|figures| figures.strip_suffix(".0")) {
        Some(whole) => format!("{whole}{end}"),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn values_are_told_with_their_unit() {
        for (unit, value, words) in [
            (Unit::Percent, 0.0, "0%"),
            (Unit::Percent, 12.34, "12%"),
            (Unit::Percent, 0.25, "0.2%"),
            (Unit::Bytes, 0.0, "0 B"),
            (Unit::Bytes, 412.0 * 1048576.0, "412 MiB"),
            (Unit::Bytes, 1536.0, "1.5 KiB"),
            (Unit::Rate, 0.0, "0 B/s"),
            (Unit::Rate, 1000.0, "1 kB/s"),
            (Unit::Rate, 999.9, "1 kB/s"),
            (Unit::Count, 3.0, "3"),
        ] {
            assert_eq!(unit.words(value), words);
        }
    }

    #[test]
    fn tops_are_round_and_idle_charts_calm() {
        for (unit, most, top) in [
            (Unit::Percent, 0.0, 1.0),
            (Unit::Percent, 9.3, 10.0),
            (Unit::Percent, 110.0, 150.0),
            (Unit::Rate, 0.0, 1000.0),
            (Unit::Rate, 2100.0, 3000.0),
            (Unit::Bytes, 0.0, 1048576.0),
            (Unit::Bytes, 400.0 * 1048576.0, 512.0 * 1048576.0),
            (Unit::Count, 3.0, 4.0),
            (Unit::Count, f64::NAN, 4.0),
        ] {
            assert_eq!(unit.ceiling(most), top, "{unit:?} {most}");
        }
    }

    proptest! {
        #[test]
        fn nothing_reaches_over_the_top(most in 0.0f64..1e6, times in 0u32..9) {
            for unit in [Unit::Percent, Unit::Bytes, Unit::Rate, Unit::Count] {
                let is_bytes = matches!(unit, Unit::Bytes | Unit::Rate);
                let most = if is_bytes { most * 10_f64.powi(times.cast_signed()) } else { most };
                let top = unit.ceiling(most);
                prop_assert!(top >= most && top > 0.0, "{unit:?} {top}");
                prop_assert!(unit.words(top).len() <= 9, "{}", unit.words(top));
            }
        }
    }
}
