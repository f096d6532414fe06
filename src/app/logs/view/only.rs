//! Only the lines that match the search, with some around each: which those are.

use super::LogView;
use crate::app::logs::kept::Lines;
use crate::app::logs::search::Search;
use crate::domain::LogChunk;

/// Lines shown around each that matches, one choice after the other.
const CONTEXTS: [i64; 3] = [0, 2, 5];

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

    /// The lines that can be scrolled over: those kept that pass the search, where only such are shown. A search that is
    /// not at its end goes there first.
    pub fn shown_lines(&mut self) -> LogChunk {
        if self.is_filtered()
            && let Some(search) = &mut self.search
        {
            search.advance(&self.store, usize::MAX);
        }
        let mut chunk = LogChunk::default();
        let mut next = self.shown_from(self.store.first_line());
        while let Some(line) = next.and_then(|number| self.store.line(number)) {
            chunk.push(line.stream, line.time, line.bytes);
            next = self.shown_from(line.number + 1);
        }
        chunk
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
