//! Logs that are looked through beside what is loaded of them: what lies above and below, and which of it is nearest.

use super::jump::Direction;
use super::{LogView, Source};
use crate::app::logs::hit_map::{HitMap, Sought};
use crate::app::logs::kept::Lines;
use std::ops::Range;

/// A hit, or an error, outside of what is loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FarJump {
    pub sought: Sought,
    /// Which of several logs it is in.
    pub part: usize,
    /// Where in that log.
    pub place: usize,
    /// The log is read from the hit's time on, however many lines there are from there to the end.
    pub is_uncounted: bool,
}

/// From where a log is read so that a hit comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FarStart {
    /// Nanoseconds since the Unix epoch.
    pub since: Option<i64>,
    /// The last lines that are enough.
    pub tail: Option<u32>,
    /// There are no lines before.
    pub is_first: bool,
}

/// Where the next hit beyond what is loaded is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beyond {
    Hit(FarJump),
    None,
    /// It is still being looked for.
    Unknown,
}

/// One of the logs that are looked through.
pub(super) struct Surveyed<'a> {
    pub part: usize,
    pub view: &'a LogView,
    /// Its lines that are loaded, those of the others too.
    span: Range<i64>,
    /// Where they begin and end in the log, as far as known.
    pub places: Option<(usize, usize)>,
}

/// Of the hits in several logs the one that comes first in a direction, and its time.
#[derive(Debug)]
pub(super) struct Nearest {
    sought: Sought,
    direction: Direction,
    found: Option<(i64, FarJump)>,
}

impl Nearest {
    pub fn new(sought: Sought, direction: Direction) -> Self {
        Self { sought, direction, found: None }
    }

    pub fn meet(&mut self, place: Option<usize>, map: &HitMap, part: usize) {
        let Some(place) = place else { return };
        let time = map.time_at(place);
        let is_nearer = self.found.is_none_or(|(nearest, _)| match self.direction {
            Direction::Up => time > nearest,
            Direction::Down => time < nearest,
        });
        if is_nearer {
            self.found = Some((time, FarJump { sought: self.sought, part, place, is_uncounted: false }));
        }
    }

    pub fn found(self) -> Beyond {
        self.found.map_or(Beyond::None, |(_, far)| Beyond::Hit(far))
    }
}

impl<'a> Surveyed<'a> {
    /// `begin`: when the first line of several logs was written.
    pub fn new(part: usize, view: &'a LogView, span: Range<i64>, begin: Option<i64>) -> Self {
        let places = view.survey.as_ref().and_then(|survey| {
            let by_number = survey.place(span.start).zip(survey.place(span.end));
            // One that has no line there stands where its times belong.
            let by_time = || begin.filter(|_| survey.is_done() && span.is_empty());
            by_number.or_else(|| by_time().map(|begin| survey.map().first_from(begin)).map(|place| (place, place)))
        });
        Self { part, view, span, places }
    }

    /// Hits above and below the lines that are loaded. Of a search that has not met them all are above.
    pub fn hits(&self) -> (usize, usize) {
        let Some(survey) = &self.view.survey else { return (0, 0) };
        let map = survey.map();
        match self.places {
            Some((first, end)) => (map.count(0..first), map.count(end..usize::MAX)),
            None => (map.hits(), 0),
        }
    }

    pub fn has_above(&self) -> bool {
        let store = &self.view.store;
        store.has_more_above() || self.span.start > store.first_line()
    }

    pub fn has_below(&self) -> bool {
        let store = &self.view.store;
        store.has_more_below() || self.span.end < store.end_line()
    }

    /// Whether lines behind those that are loaded are known that are being read: a slow engine may seem to have come to the
    /// end before them.
    pub fn is_coming(&self) -> bool {
        let lines = self.view.survey.as_ref().map_or(0, |survey| survey.map().lines());
        let reads_on = match self.view.source {
            Source::Waiting | Source::Reading | Source::Following => true,
            Source::Paused | Source::Ended | Source::Failed(_) | Source::Unreadable(_) => false,
        };
        self.places.is_some_and(|(_, end)| end < lines) && reads_on
    }

    pub fn is_at_rest(&self) -> bool {
        !matches!(self.view.source, Source::Waiting | Source::Reading)
    }
}
