//! Which stretch of time the charts show.

use std::time::Duration;

/// From the left edge to the right one, nanoseconds since the Unix epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub from: i64,
    pub to: i64,
}

/// How much of the past is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Zoom {
    #[default]
    All,
    /// The last seconds.
    Last(u64),
}

/// Seconds that can be shown where more is kept.
const STEPS: [u64; 5] = [60, 180, 600, 3_600, 21_600];
/// A history shorter than this many seconds does not fill the whole width.
const LEAST: i64 = 60;
const SECOND: i64 = 1_000_000_000;

impl Zoom {
    /// The next smaller stretch; itself where there is none.
    #[must_use]
    pub fn closer(self, kept: Duration) -> Self {
        let smaller = STEPS.iter().rev().find(|step| match self {
            Self::All => **step < kept.as_secs(),
            Self::Last(seconds) => **step < seconds,
        });
        smaller.map_or(self, |step| Self::Last(*step))
    }

    /// The next larger stretch, behind the largest one all that is kept.
    #[must_use]
    pub fn wider(self, kept: Duration) -> Self {
        let Self::Last(seconds) = self else { return Self::All };
        let larger = STEPS.iter().find(|step| **step > seconds && **step < kept.as_secs());
        larger.map_or(Self::All, |step| Self::Last(*step))
    }
}

impl Window {
    /// What is shown of a history from `oldest` to `edge`. A moment that is read further back is brought into sight.
    pub fn of(zoom: Zoom, oldest: i64, edge: i64, read: Option<i64>) -> Self {
        let span = match zoom {
            Zoom::All => edge.saturating_sub(oldest).max(LEAST * SECOND),
            Zoom::Last(seconds) => i64::try_from(seconds).unwrap_or(LEAST).saturating_mul(SECOND),
        };
        let from = edge.saturating_sub(span);
        let from = read.map_or(from, |read| from.min(read));
        Self { from, to: from.saturating_add(span) }
    }

    /// Nanoseconds, never 0.
    pub fn span(self) -> i64 {
        self.to.saturating_sub(self.from).max(1)
    }

    /// How far from a sample a moment may be that it still stands for.
    pub fn tolerance(self) -> i64 {
        self.span() / 60
    }

    /// The place of a moment among `columns`, that of the right edge being the last one.
    pub fn column(self, at: i64, columns: u16) -> Option<u16> {
        if at < self.from || at > self.to || columns == 0 {
            return None;
        }
        let place = i128::from(at - self.from) * i128::from(columns - 1) * 2 / i128::from(self.span());
        u16::try_from((place + 1) / 2).ok()
    }

    /// The moment at a place among `columns`.
    pub fn moment(self, column: u16, columns: u16) -> i64 {
        let last = i128::from(columns.saturating_sub(1).max(1));
        let offset = i128::from(self.span()) * i128::from(column) / last;
        self.from.saturating_add(i64::try_from(offset).unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn steps_go_from_all_that_is_kept_to_a_minute_and_back() {
        let kept = Duration::from_secs(600);
        let closer = Zoom::All.closer(kept);
        assert_eq!((closer, closer.closer(kept)), (Zoom::Last(180), Zoom::Last(60)));
        assert_eq!(Zoom::Last(60).closer(kept), Zoom::Last(60));
        assert_eq!(Zoom::Last(180).wider(kept), Zoom::All);
        assert_eq!(Zoom::All.closer(Duration::from_secs(30)), Zoom::All);
    }

    #[test]
    fn what_is_read_is_in_sight() {
        let (oldest, edge) = (0, 600 * SECOND);
        let window = Window::of(Zoom::Last(60), oldest, edge, Some(100 * SECOND));
        assert_eq!((window.from, window.to), (100 * SECOND, 160 * SECOND));
        assert_eq!(Window::of(Zoom::Last(60), oldest, edge, Some(590 * SECOND)).to, edge);
        assert_eq!(Window::of(Zoom::All, edge - SECOND, edge, None).span(), 60 * SECOND);
    }

    proptest! {
        #[test]
        fn columns_and_moments_are_each_others(from in 0i64..i64::MAX / 4, span in 60i64..100_000, columns in 2u16..400) {
            let window = Window { from, to: from + span * SECOND };
            for column in 0..columns {
                prop_assert_eq!(window.column(window.moment(column, columns), columns), Some(column));
            }
            prop_assert_eq!(window.column(window.from - 1, columns), None);
        }
    }
}
