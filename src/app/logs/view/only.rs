//! Only the lines that match the search, with some around each: which those are, and whether the whole log has to be
//! sifted for them.

use super::LogView;
use crate::app::logs::kept::{Kept, Lines};
use crate::app::logs::merged::Merged;
use crate::app::logs::search::{Lens, Search};
use crate::domain::LogExcerpt;

/// Lines shown around each that matches, one choice after the other.
const CONTEXTS: [i64; 3] = [0, 2, 5];
/// The last of them.
pub const AROUND: usize = 5;

/// The lines shown are not known yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotYet;

impl NotYet {
    pub const SENTENCE: &str = "The log is still looked through for the lines that match: try again in a moment.";
}

impl LogView {
    /// The next choice: matching lines alone, with 2 lines around each, with 5, all lines. Nothing without a search.
    pub fn cycle_only(&mut self) {
        self.only = match (&self.search, self.only) {
            (None, _) => None,
            (Some(_), None) => CONTEXTS.first().copied(),
            (Some(_), Some(context)) => CONTEXTS.into_iter().find(|wider| *wider > context),
        };
    }

    /// How many lines are shown around each that matches; `None` when all lines are shown.
    pub fn only(&self) -> Option<usize> {
        self.filter().and_then(|(_, context)| usize::try_from(context).ok())
    }

    /// The lines that can be scrolled over: those kept that pass the search, where only such are shown. None is copied.
    ///
    /// # Errors
    /// While it is not known which those are.
    pub fn shown_lines(&self) -> Result<LogExcerpt, NotYet> {
        let is_looked_through = self.search_progress().is_none_or(|progress| progress.is_done());
        let is_reading = self.is_sifted && self.is_reading();
        if self.is_filtered() && (!is_looked_through || is_reading) {
            return Err(NotYet);
        }
        let first = self.shown_from(self.store.first_line());
        Ok(match (&self.store, self.is_filtered()) {
            (Kept::One(store), false) => store.excerpt(),
            _ => self.store.excerpt(std::iter::successors(first, |line| self.shown_from(line + 1))),
        })
    }

    /// What the whole log is to be sifted for, as only matching lines are shown and not all of it is kept.
    pub fn sieve(&self) -> Option<&Lens> {
        let is_part = self.is_sifted || self.store.has_more_above() || self.store.has_more_below();
        self.survey_lens().filter(|_| self.only.is_some() && is_part)
    }

    /// Whether only matching lines of the whole log are kept, with those around them.
    pub fn is_sifted(&self) -> bool {
        self.is_sifted
    }

    pub fn set_sifted(&mut self, is_sifted: bool) {
        self.is_sifted = is_sifted;
    }

    /// So many more lines were looked through by what reads now.
    pub fn look_through(&mut self, lines: usize) {
        self.looked_through += lines;
    }

    /// What reads now begins.
    pub fn look_through_anew(&mut self) {
        self.looked_through = 0;
    }

    /// Lines that were looked through for those that match.
    pub fn looked_through(&self) -> usize {
        let parts = self
            .store
            .several()
            .map_or(&[][..], Merged::parts)
            .iter()
            .map(|part| part.view.looked_through)
            .sum::<usize>();
        self.looked_through + parts
    }

    /// What may have been left out behind the last line that matches comes again when reading goes on.
    pub(super) fn resumed_lines(&self) -> usize {
        if self.is_sifted { AROUND } else { 0 }
    }

    fn filter(&self) -> Option<(&Search, i64)> {
        Some((self.search.as_ref()?, self.only?))
    }

    pub(super) fn is_filtered(&self) -> bool {
        self.filter().is_some()
    }

    /// Whether the line is only there for the matching one near it.
    pub(super) fn is_context(&self, line: i64) -> bool {
        self.filter().is_some_and(|(search, _)| !search.is_hit(line))
    }

    /// The first line shown from this one on.
    pub(super) fn shown_from(&self, line: i64) -> Option<i64> {
        let line = line.max(self.store.first_line());
        if line >= self.store.end_line() {
            return None;
        }
        let Some((search, context)) = self.filter() else { return Some(line) };
        search.next_hit_after(line - context - 1).map(|hit| line.max(hit - context))
    }

    /// The first line shown from this one on that this search found as well.
    pub(super) fn shown_hit_from(&self, search: &Search, line: i64) -> Option<i64> {
        let mut from = line;
        loop {
            let hit = search.next_hit_after(from - 1)?;
            from = self.shown_from(hit)?;
            if from == hit {
                return Some(hit);
            }
        }
    }

    /// The last line shown above this one that this search found as well.
    pub(super) fn shown_hit_before(&self, search: &Search, line: i64) -> Option<i64> {
        let mut above = line;
        loop {
            let hit = search.previous_hit_before(above).filter(|hit| *hit >= self.store.first_line())?;
            let shown = self.shown_before(hit + 1)?;
            if shown == hit {
                return Some(hit);
            }
            above = shown + 1;
        }
    }

    /// The last line shown above this one.
    pub(super) fn shown_before(&self, line: i64) -> Option<i64> {
        let line = line.min(self.store.end_line());
        if line <= self.store.first_line() {
            return None;
        }
        let Some((search, context)) = self.filter() else { return Some(line - 1) };
        let hit = search.previous_hit_before(line.saturating_add(context))?;
        Some((line - 1).min(hit + context)).filter(|line| *line >= self.store.first_line())
    }
}

#[cfg(test)]
mod tests {
    use super::super::*;
    use crate::app::logs::Pattern;

    const PANE: Viewport = Viewport { width: 40, height: 6 };

    fn view() -> LogView {
        let mut view = LogView::new(1 << 20);
        let mut chunk = LogChunk::default();
        for number in 0..100 {
            let word = if number % 20 == 10 { "needle" } else { "hay" };
            chunk.push(LogStream::Stdout, number + 1, format!("{word} {number}").as_bytes());
        }
        view.append(chunk);
        view
    }

    /// Of the lines 10, 30 and so on that match, the second tells of an error, as do the lines 9, 28 and 51.
    #[test]
    fn errors_are_gone_to_among_the_lines_that_are_shown() {
        let mut view = LogView::new(1 << 20);
        let mut chunk = LogChunk::default();
        for number in 0..100 {
            let word = if number % 20 == 10 { "needle" } else { "hay" };
            let level = if [9, 28, 30, 51].contains(&number) { "ERROR" } else { "INFO" };
            chunk.push(LogStream::Stdout, number + 1, format!("{level} {word} {number}").as_bytes());
        }
        view.append(chunk);
        view.set_more_above(false);
        view.set_source(Source::Ended);
        view.start_search(Pattern::parse("needle").unwrap(), PANE);
        view.settle_search(Some(PANE));
        for expected in [vec![30], vec![9, 28, 30, 51], vec![9, 28, 30, 51], vec![9, 28, 30, 51]] {
            view.cycle_only();
            let mut up = Vec::new();
            view.to_end();
            while let Jump::Arrived(line) = view.previous_error(PANE) {
                up.insert(0, line);
            }
            let mut down = Vec::new();
            view.to_top();
            while let Jump::Arrived(line) = view.next_error(PANE) {
                down.push(line);
                assert!(view.visible(PANE).iter().any(|row| row.line == line && row.is_current), "{line} is in sight");
            }
            assert_eq!((&up, &down), (&expected, &expected), "{:?}", view.only());
        }
    }

    fn shown(view: &LogView) -> Vec<i64> {
        view.visible(PANE).iter().map(|row| row.line).collect()
    }

    #[test]
    fn matching_lines_are_shown_alone_and_with_lines_around() {
        let mut view = view();
        view.cycle_only();
        assert_eq!(view.only(), None, "nothing is searched for");
        view.start_search(Pattern::parse("needle").unwrap(), PANE);
        view.advance(1 << 20, PANE);
        for wrap in [false, true] {
            view.set_wrap(wrap);
            view.cycle_only();
            view.to_end();
            assert_eq!((view.only(), shown(&view)), (Some(0), vec![10, 30, 50, 70, 90]));
            view.cycle_only();
            assert_eq!((view.only(), shown(&view)), (Some(2), vec![72, 88, 89, 90, 91, 92]));
            assert!(view.visible(PANE)[1].is_context && !view.visible(PANE)[3].is_context);
            view.scroll_by(-3, PANE);
            assert_eq!(shown(&view), [69, 70, 71, 72, 88, 89]);
            view.scroll_by(1, PANE);
            assert_eq!(shown(&view), [70, 71, 72, 88, 89, 90]);
            view.scroll_by(-100, PANE);
            assert_eq!(shown(&view), [8, 9, 10, 11, 12, 28]);
            view.scroll_by(100, PANE);
            assert!(view.is_following());
            view.cycle_only();
            assert_eq!((view.only(), shown(&view)), (Some(5), vec![90, 91, 92, 93, 94, 95]));
            view.cycle_only();
            assert_eq!((view.only(), shown(&view)), (None, vec![94, 95, 96, 97, 98, 99]));
        }
        view.cycle_only();
        view.clear_search();
        assert_eq!(view.only(), None);
        view.start_search(Pattern::parse("nothing like it").unwrap(), PANE);
        view.cycle_only();
        assert!(view.visible(PANE).is_empty());
        view.scroll_by(-5, PANE);
        view.scroll_by(5, PANE);
        assert!(view.visible(PANE).is_empty());
    }
}
