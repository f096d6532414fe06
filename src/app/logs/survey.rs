//! A look through all that the engine has of a log: how far it is, what it found, and which of its lines are loaded.

use super::hit_map::{Found, HitMap, LOOKED_AT};
use super::kept::Lines;
use super::level::{Level, level_of};
use super::search::Lens;
use super::store::{LogStore, signed};
use crate::domain::Failure;

#[cfg(test)]
mod tests;

/// What came of one.
#[derive(Debug)]
pub enum SurveyPart {
    /// What was found behind so many lines.
    Found { behind: usize, map: HitMap },
    /// That was all, or all that could be read.
    Ended(Option<Failure>),
}

impl Found {
    /// What a line is. `lens`: what is searched for, if anything is. `errors`: whether levels are wanted.
    pub fn of(line: &[u8], lens: Option<&Lens>, errors: Wants) -> Self {
        let is_hit = lens.is_some_and(|lens| lens.is_match(line));
        Self { is_hit, is_error: errors == Wants::Errors && level_of(line) >= Some(Level::Warn) }
    }
}

/// What is looked for besides what matches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Wants {
    #[default]
    HitsAlone,
    /// Lines at warning and error level too, which costs more than most searches.
    Errors,
}

/// Looks through a log beside the lines that are loaded of it.
#[derive(Debug)]
pub struct Survey {
    number: u32,
    wants: Wants,
    map: HitMap,
    state: State,
    /// The number of the loaded line that the log begins with, were it loaded.
    base: Option<i64>,
}

#[derive(Debug)]
enum State {
    Reading,
    Done,
    Failed(Failure),
}

impl Survey {
    /// `number`: tells it from others of the same log.
    pub fn new(number: u32, wants: Wants) -> Self {
        Self { number, wants, map: HitMap::default(), state: State::Reading, base: None }
    }

    pub fn number(&self) -> u32 {
        self.number
    }

    pub fn wants(&self) -> Wants {
        self.wants
    }

    pub fn is_reading(&self) -> bool {
        matches!(self.state, State::Reading)
    }

    pub fn is_done(&self) -> bool {
        matches!(self.state, State::Done)
    }

    /// Why it did not come to the end.
    pub fn failure(&self) -> Option<&Failure> {
        match &self.state {
            State::Failed(failure) => Some(failure),
            State::Reading | State::Done => None,
        }
    }

    /// What was found so far, by its places in the log.
    pub fn map(&self) -> &HitMap {
        &self.map
    }

    /// Takes what was found. What is begun anew begins at the first line.
    pub fn take(&mut self, part: SurveyPart) {
        match part {
            SurveyPart::Found { behind: 0, map } => {
                (self.map, self.base) = (map, None);
            }
            SurveyPart::Found { behind, map } => {
                if behind == self.map.lines() {
                    self.map.append(&map);
                }
            }
            SurveyPart::Ended(None) => self.state = State::Done,
            SurveyPart::Ended(Some(failure)) => self.state = State::Failed(failure),
        }
    }

    /// The lines that are loaded are others now.
    pub fn cut_loose(&mut self) {
        self.base = None;
    }

    /// Finds out which lines of the log are loaded, as soon as that can be told.
    pub fn meet(&mut self, store: &LogStore) {
        if self.base.is_some() || store.is_empty() {
            return;
        }
        let last = (store.end_line() - signed(LOOKED_AT)).max(store.first_line());
        let base = |from: i64| self.map.place_of(store.lines(from..i64::MAX)).map(|place| from - place);
        self.base = base(store.first_line()).or_else(|| base(last));
    }

    /// Where in the log the line of that number is; `None` where that cannot be told.
    pub fn place(&self, number: i64) -> Option<usize> {
        usize::try_from(number - self.base?).ok()
    }

    /// The number of the line at that place, whether it is loaded or not.
    pub fn number_of(&self, place: usize) -> Option<i64> {
        Some(self.base? + signed(place))
    }

    /// The number of the first line that it does not know; it has come to the end of the log and goes on with what is
    /// loaded.
    pub fn goes_on_at(&self) -> Option<i64> {
        self.number_of(self.map.lines()).filter(|_| self.is_done())
    }

    /// Goes on with a line that is loaded.
    pub fn go_on(&mut self, line: super::store::LineRef<'_>, found: Found) {
        self.map.push(line, found);
    }
}
