//! What a search through a whole log asks for, and the searching where the log is read.

use super::log_sieve::Sieve;
use crate::app::logs::{Found, HitMap, Lens, LineRef, SurveyPart, Wants};
use crate::domain::text::thousands;
use crate::domain::{Failure, FailureKind, LogChunk, LogQuery};

/// A log to be looked through.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SurveyAsk {
    pub query: LogQuery,
    /// Lines after this moment stay out, nanoseconds since the Unix epoch.
    pub range_end: Option<i64>,
    /// What is searched for, if anything is.
    pub sieve: Option<Sieve>,
    pub wants: Wants,
    /// Lines looked through at most: beyond that the memory for it ends.
    pub most: usize,
    /// Which one it is, to tell an answer that comes late.
    pub number: u32,
}

/// Looks through what comes of a log.
#[derive(Debug)]
pub struct Surveying {
    lens: Option<Lens>,
    wants: Wants,
    range_end: Option<i64>,
    most: usize,
    map: HitMap,
    /// Lines given out.
    given: usize,
}

impl Surveying {
    /// # Errors
    /// A sentence that says what is wrong with what is searched for.
    pub fn new(ask: &SurveyAsk) -> Result<Self, String> {
        let lens = ask.sieve.as_ref().map(Sieve::lens).transpose()?;
        Ok(Self { lens, wants: ask.wants, range_end: ask.range_end, most: ask.most, map: HitMap::default(), given: 0 })
    }

    /// Takes what comes next.
    ///
    /// # Errors
    /// When no more can be looked through.
    pub fn take(&mut self, chunk: &LogChunk) -> Result<(), Failure> {
        for (index, line) in chunk.lines.iter().enumerate() {
            if self.range_end.is_some_and(|end| line.time > end) {
                continue;
            }
            if self.given + self.map.lines() >= self.most {
                let sentence = format!("Only the first {} lines can be searched.", thousands(self.most));
                let hint = "Raise logs.memory in the settings, or choose a time (0 to 6, T).";
                return Err(Failure::new(FailureKind::Unsupported, sentence).with_hint(hint));
            }
            let bytes = chunk.text(index);
            let found = Found::of(bytes, self.lens.as_ref(), self.wants);
            self.map.push(LineRef { number: 0, bytes, time: line.time, stream: line.stream, part: 0 }, found);
        }
        Ok(())
    }

    /// What was found since it was given out the last time: whole blocks, or in the end all.
    pub fn found(&mut self, is_end: bool) -> SurveyPart {
        let (behind, map) = (self.given, self.map.take(is_end));
        self.given += map.lines();
        SurveyPart::Found { behind, map }
    }
}
