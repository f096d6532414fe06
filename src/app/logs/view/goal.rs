//! A line that is shown again when it comes, as the log is read in another way: sifted, or as it is.

use super::far::FarJump;
use super::rows::Top;
use super::{LogView, Position, Source, Viewport, Wanted};
use crate::app::logs::hit_map::{Sought, sign};
use crate::app::logs::kept::Lines;

/// What is known of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Goal {
    /// Nanoseconds since the Unix epoch.
    pub time: i64,
    sign: u64,
    /// Which of several logs it is of, as its lines tell.
    part: u16,
    /// It was looked at, not only first in sight.
    is_current: bool,
}

impl LogView {
    /// The line that is looked at, or the first one in sight; none where the end is looked at, or where there are no
    /// times.
    pub fn sight(&self) -> Option<Goal> {
        let Position::At { line, .. } = self.position else { return None };
        let is_current = self.current.is_some();
        let line = self.store.line(self.current.unwrap_or(line).max(self.store.first_line()))?;
        Some(Goal { time: line.time, sign: sign(line), part: line.part, is_current }).filter(|goal| goal.time != 0)
    }

    /// The hit that is looked at, by its place in its log, where that was looked through.
    fn hit_in_sight(&self) -> Option<FarJump> {
        let line = self.store.line(self.current?)?;
        let search = self.search.as_ref().filter(|search| search.is_hit(line.number))?;
        let is_same_log = |hit: &i64| self.store.line(*hit).is_some_and(|other| other.part == line.part);
        let above = search.hits().take_while(|hit| *hit < line.number).filter(is_same_log).count();
        let part = usize::from(line.part).saturating_sub(1);
        let survey = self.part(part)?.survey.as_ref().filter(|survey| survey.is_done())?;
        // What is not kept any more was not counted.
        let place = survey.map().nth_hit(above).filter(|_| !self.store.has_more_above())?;
        let is_there = survey.map().time_at(place) <= line.time;
        is_there.then_some(FarJump { sought: Sought::Hit, part, place, is_uncounted: false })
    }

    /// Goes to the hit that is looked at, in its whole log; false where it is none.
    pub fn go_to_sight(&mut self) -> bool {
        let far = self.hit_in_sight();
        if far.is_some() {
            (self.far, self.wanted) = (far, Some(Wanted::Hit));
        }
        far.is_some()
    }

    /// Shows that line when it comes.
    pub fn set_goal(&mut self, goal: Option<Goal>) {
        self.goal = goal;
    }

    /// Shows the line when it is there; the one behind where it stood once that is clear.
    pub(super) fn reach_goal(&mut self, viewport: Viewport) {
        let Some(goal) = self.goal else { return };
        let is_past = self.store.last().is_some_and(|last| last.time > goal.time);
        if self.store.is_empty() || (self.is_reading() && !is_past) {
            return;
        }
        let from = self.store.first_from(goal.time);
        let mut near = self.store.lines(from..i64::MAX).take_while(|line| line.time <= goal.time);
        let found = near.find(|line| sign(*line) == goal.sign).map(|line| line.number);
        drop(near);
        if found.is_none() && self.is_coming(goal) {
            return;
        }
        self.goal = None;
        match found {
            Some(number) if goal.is_current => self.show(number, Sought::Hit, viewport),
            found => {
                let last = self.store.end_line() - 1;
                let top = Top { line: found.unwrap_or(from).min(last), row: 0 };
                self.position = top.into();
                self.look_ahead(true, viewport);
            }
        }
    }

    /// Whether what was written before is still being read, of any of several logs.
    pub fn is_reading(&self) -> bool {
        let reads = |view: &Self| matches!(view.source, Source::Waiting | Source::Reading);
        match self.store.several() {
            None => reads(self),
            Some(merged) => merged.parts().iter().any(|part| reads(&part.view)),
        }
    }

    /// Whether its log may still bring the line: a slow engine may seem to have come to the end before it did, but a log
    /// that is read as it is has the line.
    fn is_coming(&self, goal: Goal) -> bool {
        let log = match self.store.several() {
            None => Some(self),
            Some(merged) => merged.part(goal.part).map(|part| &part.view),
        };
        log.is_some_and(|log| {
            let is_past = log.store.last().is_some_and(|last| last.time > goal.time);
            let reads_on = match log.source {
                Source::Waiting | Source::Reading => true,
                Source::Following => !self.is_sifted,
                Source::Paused | Source::Ended | Source::Failed(_) | Source::Unreadable(_) => false,
            };
            reads_on && !is_past
        })
    }
}
