//! A view of several logs as one: the logs behind it, the names before its lines, and what stays where it was when
//! lines come between.

use super::{LogView, Position, Viewport};
use crate::app::logs::kept::{Kept, Lines};
use crate::domain::text::width;

/// Columns that a name gets at most, and the share of the pane that it gets at most.
const NAME: usize = 28;
const SHARE: usize = 3;

impl LogView {
    /// A view of several logs, none of which is there yet.
    pub fn of_several() -> Self {
        Self { store: Kept::Many(Box::default()), ..Self::new(0) }
    }

    /// The view that one of several logs is read into; of one log, the view itself.
    pub fn part_mut(&mut self, part: usize) -> Option<&mut Self> {
        if matches!(self.store, Kept::One(_)) {
            return Some(self);
        }
        self.store.several_mut()?.view_mut(part)
    }

    /// The view that one of several logs is read into; of one log, the view itself.
    pub fn part(&self, part: usize) -> Option<&Self> {
        match self.store.several() {
            None => Some(self),
            Some(merged) => merged.parts().get(part).map(|part| &part.view),
        }
    }

    /// Adds one more log; its name stands before its lines.
    pub fn add_part(&mut self, name: String) {
        if let Some(merged) = self.store.several_mut() {
            merged.add(name);
        }
    }

    /// Whether lines of the others wait for the first ones of this log.
    pub fn set_awaited(&mut self, part: usize, is_awaited: bool) {
        if let Some(merged) = self.store.several_mut() {
            merged.set_awaited(part, is_awaited);
        }
    }

    /// Puts a sentence of the program's own between the lines. `time`: nanoseconds since the Unix epoch.
    pub fn tell(&mut self, time: i64, sentence: &str) {
        if let Some(merged) = self.store.several_mut() {
            merged.tell(time, sentence);
        }
    }

    /// Whether this log is why the view does not begin earlier.
    pub fn lacks_above(&self, part: usize) -> bool {
        self.store.several().is_some_and(|merged| merged.lacks_above(part))
    }

    /// Whether this log is why the view does not end later.
    pub fn lacks_below(&self, part: usize) -> bool {
        self.store.several().is_some_and(|merged| merged.lacks_below(part))
    }

    /// Lets each of several logs keep what is near to where the reader looks: before something comes.
    pub fn aim(&mut self) {
        let position = if self.goal.is_some() { Position::Following } else { self.position };
        if let Some(merged) = self.store.several_mut() {
            merged.look_at(position);
        }
    }

    /// Puts what came of several logs into the one order; the view stays on the lines it shows.
    pub fn arrange(&mut self) {
        let Some(merged) = self.store.several_mut() else { return };
        let held = |line: i64| merged.place(line).map(|place| (line, place));
        let top = match self.position {
            // At the very first line the reader wants whatever comes before it.
            Position::At { line, .. } if line > merged.first_line() => held(line),
            Position::At { .. } | Position::Following => None,
        };
        let current = self.current.and_then(held);
        let ends = self.marks.ends().map(|line| line.and_then(held));
        let (first, end) = (merged.first_line(), merged.end_line());
        let changed = merged.renew();
        if changed < i64::MAX {
            self.heights.forget();
        }
        let now = |held: Option<(i64, _)>| {
            let (line, place) = held.filter(|(line, _)| *line >= changed)?;
            merged.number_of(place, changed).filter(|number| *number != line)
        };
        if let (Some(moved), Position::At { line, .. }) = (now(top), &mut self.position) {
            *line = moved;
        }
        self.current = now(current).or(self.current);
        let source = merged.source();
        self.has_news |= source != self.source || self.goal.is_some();
        self.source = source;
        self.marks.cut_loose(changed, |line| {
            let (_, place) = ends.iter().flatten().find(|(held, _)| *held == line)?;
            merged.number_of(*place, changed)
        });
        // Marked lines are looked for among those that came: there may be millions of others.
        self.meet_marked(changed.min(end)..self.store.end_line());
        self.meet_marked(self.store.first_line()..first);
        for search in [&mut self.search, &mut self.errors].into_iter().flatten() {
            search.forget_from(changed);
        }
    }

    /// Columns that the names take, the blank behind them included; 0 for one log.
    pub fn name_columns(&self, viewport: Viewport) -> usize {
        let Some(merged) = self.store.several() else { return 0 };
        let longest = merged.parts().iter().map(|part| width(&part.name)).max().unwrap_or(0);
        longest.min(NAME).min(viewport.width / SHARE) + 1
    }

    /// Keeps no more than so many bytes from now on.
    pub fn limit(&mut self, limit_bytes: usize) {
        if let Some(store) = self.store.own_mut() {
            store.limit(limit_bytes);
        }
    }

    pub(in crate::app::logs) fn first_from(&self, time: i64) -> i64 {
        self.store.own().map_or(0, |store| store.first_from(time))
    }
}
