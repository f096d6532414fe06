//! Which rows the log pane shows: scrolling, and the rows themselves. Only what is seen is measured.

use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use super::{LogView, Position, Timestamps, Viewport, VisibleRow, Wanted};
use crate::app::logs::escape::{DRAWN_BYTES, Window, spans};
use crate::app::logs::kept::Lines;
use crate::app::logs::level::level_of;
use crate::app::logs::search::{Pattern, Search};
use crate::app::logs::store::{LineRef, signed};
use crate::config::StyleSpec;

/// Columns read behind what is shown, so that a match over the edge is found.
pub(super) const LOOKAHEAD: usize = 256;

/// Columns of the signs of cursor and mark, and a blank.
const GUTTER: usize = 3;

/// So many pages before the end of what is kept more is asked for.
const PAGES_AHEAD: usize = 3;

/// A row of the log: the first one shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Top {
    pub line: i64,
    pub row: usize,
}

impl From<Top> for Position {
    fn from(top: Top) -> Self {
        Self::At { line: top.line, row: top.row }
    }
}

impl LogView {
    /// Scrolls by rows, down where positive. Coming to the end means following again.
    pub fn scroll_by(&mut self, rows: isize, viewport: Viewport) {
        let by = rows.unsigned_abs();
        self.measure(viewport);
        let top = self.top(viewport);
        self.current = None;
        self.stay_here();
        self.position = if rows < 0 {
            if self.store.is_empty() { self.position } else { self.up(top, by, viewport).into() }
        } else {
            let (wanted, last) = (self.down(top, by, viewport), self.last_top(viewport));
            match wanted >= last {
                true if self.store.has_more_below() => last.into(),
                true => Position::Following,
                false => wanted.into(),
            }
        };
        self.measure(viewport);
        self.look_ahead(rows < 0, viewport);
    }

    /// Wants lines beyond what is kept before the reader comes to its end.
    pub(super) fn look_ahead(&mut self, upwards: bool, viewport: Viewport) {
        let Position::At { line, .. } = self.position else { return };
        let ahead = signed(viewport.height.saturating_mul(PAGES_AHEAD).min(self.store.len() / 4));
        let (first, end) = (self.store.first_line(), self.store.end_line());
        let mut rows_above = std::iter::successors(Some(line), |line| self.shown_before(*line)).skip(1);
        let is_near_first = match self.is_filtered() {
            true => rows_above.nth(viewport.height).is_none(),
            false => line - first <= ahead,
        };
        if upwards && self.store.has_more_above() && is_near_first {
            self.wanted = Some(Wanted::Above);
        } else if !upwards && self.store.has_more_below() && end - line <= ahead + signed(viewport.height) {
            self.wanted = Some(Wanted::Below);
        }
    }

    /// Scrolls by whole pages, down where positive; one row stays in sight.
    pub fn page(&mut self, pages: isize, viewport: Viewport) {
        let rows = isize::try_from(viewport.height.saturating_sub(1).max(1)).unwrap_or(isize::MAX);
        self.scroll_by(pages.saturating_mul(rows), viewport);
    }

    pub fn to_top(&mut self) {
        self.current = None;
        self.stay_here();
        if self.cursor_to_end(false) {
            return;
        }
        self.position = Position::At { line: self.store.first_line(), row: 0 };
        if self.store.has_more_above() {
            self.wanted = Some(Wanted::Start);
        }
    }

    pub fn to_end(&mut self) {
        self.current = None;
        self.stay_here();
        if self.cursor_to_end(true) {
            return;
        }
        self.position = Position::Following;
        if self.store.has_more_below() {
            self.wanted = Some(Wanted::End);
        }
    }

    /// Moves lines that are not wrapped sideways, to the right end where positive, as long as there is more to see there.
    pub fn scroll_sideways(&mut self, columns: isize, viewport: Viewport) {
        let behind = self.sideways + self.text_width(viewport);
        let more = |line: LineRef<'_>| self.reaches(line, behind);
        if self.wrap || (columns > 0 && !self.lines_from(self.top(viewport)).take(viewport.height).any(more)) {
            return;
        }
        self.sideways = self.sideways.saturating_add_signed(columns).min(DRAWN_BYTES);
    }

    /// The rows to draw from the top of the pane down, at most its height.
    pub fn visible(&self, viewport: Viewport) -> Vec<VisibleRow> {
        let top = self.top(viewport);
        let width = self.text_width(viewport);
        let mut visible = Vec::with_capacity(viewport.height);
        for line in self.lines_from(top) {
            let left = viewport.height - visible.len();
            if left == 0 {
                break;
            }
            let skipped = if line.number == top.line { top.row } else { 0 };
            let mut number = skipped;
            for laid in self.lay(line, width, skipped, left) {
                let end = laid.rows.last().map_or(0, |row| row.columns.end);
                let pattern = self.search.as_ref().map(Search::pattern);
                let matches = pattern.map(|pattern| laid.matches(pattern, line, end)).unwrap_or_default();
                let highlights = self.highlights(line, laid.text.as_deref(), end);
                for row in laid.rows {
                    visible.push(VisibleRow {
                        line: line.number,
                        row: number,
                        time: self.shown_time(line).filter(|_| number == 0),
                        stream: line.stream,
                        part: line.part,
                        level: level_of(line.bytes),
                        matches: within(&matches, &row.columns),
                        highlights: styled_within(&highlights, &row.columns),
                        spans: row.spans,
                        is_current: self.current == Some(line.number),
                        is_context: self.is_context(line.number),
                        is_marked: self.is_marked(line.number),
                        is_cursor: self.cursor() == Some(line.number),
                    });
                    number += 1;
                }
            }
        }
        visible
    }

    /// Columns left for text.
    pub fn text_width(&self, viewport: Viewport) -> usize {
        let names = self.name_columns(viewport);
        viewport.width.saturating_sub(self.timestamps.columns() + self.gutter() + names)
    }

    /// Columns before each line for the signs of marks, while there are any.
    pub fn gutter(&self) -> usize {
        if self.is_marking() { GUTTER } else { 0 }
    }

    /// The first row shown: valid whatever was appended, dropped or resized since the position was taken.
    pub(super) fn top(&self, viewport: Viewport) -> Top {
        let last = self.last_top(viewport);
        match self.position {
            Position::Following => last,
            Position::At { line, .. } if line < self.store.first_line() => {
                Top { line: self.store.first_line(), row: 0 }.min(last)
            }
            Position::At { line, row } => {
                let rows = self.count_rows(line, viewport);
                Top { line, row: row.min(rows.saturating_sub(1)) }.min(last)
            }
        }
    }

    /// The first row shown when the newest row is at the bottom.
    fn last_top(&self, viewport: Viewport) -> Top {
        self.up(Top { line: self.store.end_line(), row: 0 }, viewport.height.max(1), viewport)
    }

    pub(super) fn up(&self, from: Top, by: usize, viewport: Viewport) -> Top {
        if self.is_uniform() && !self.is_filtered() {
            return Top { line: from.line.saturating_sub(signed(by)).max(self.store.first_line()), row: 0 };
        }
        let (mut top, mut left) = (from, by);
        while left > top.row {
            let Some(line) = self.shown_before(top.line) else { return Top { line: top.line, row: 0 } };
            left -= top.row + 1;
            top = Top { line, row: self.count_rows(line, viewport).saturating_sub(1) };
        }
        top.row -= left;
        top
    }

    fn down(&self, from: Top, by: usize, viewport: Viewport) -> Top {
        let end = self.store.end_line();
        if self.is_uniform() && !self.is_filtered() {
            return Top { line: from.line.saturating_add(signed(by)).min(end), row: 0 };
        }
        let (mut top, mut left) = (from, by);
        while let Some(line) = self.shown_from(top.line) {
            if line != top.line {
                top = Top { line, row: 0 };
            }
            let below = self.count_rows(line, viewport).saturating_sub(top.row + 1);
            if left <= below {
                top.row += left;
                return top;
            }
            left -= below + 1;
            top = Top { line: line + 1, row: 0 };
        }
        Top { line: end, row: 0 }
    }

    fn count_rows(&self, number: i64, viewport: Viewport) -> usize {
        if self.is_uniform() {
            return 1;
        }
        let width = self.text_width(viewport);
        let measured = self.heights.of(number, width);
        measured.unwrap_or_else(|| self.store.line(number).map_or(1, |line| self.row_count(line, width)))
    }

    fn lines_from(&self, top: Top) -> Box<dyn Iterator<Item = LineRef<'_>> + '_> {
        if !self.is_filtered() {
            return Box::new(self.store.lines(top.line..self.store.end_line()));
        }
        let numbers = std::iter::successors(self.shown_from(top.line), |line| self.shown_from(line + 1));
        Box::new(numbers.filter_map(|line| self.store.line(line)))
    }

    fn shown_time(&self, line: LineRef<'_>) -> Option<i64> {
        match self.timestamps {
            Timestamps::Off => None,
            Timestamps::Time | Timestamps::Full | Timestamps::Utc | Timestamps::Age => {
                Some(line.time).filter(|time| *time != 0)
            }
        }
    }
}

/// The columns of the matches in a line that begin before column `end`.
pub(super) fn match_columns(pattern: &Pattern, line: LineRef<'_>, end: usize) -> Vec<Range<usize>> {
    if !pattern.is_match(line.bytes) {
        return Vec::new();
    }
    let window = Window { start: 0, width: end.saturating_add(LOOKAHEAD) };
    let text: String = spans(line.bytes, window).into_iter().map(|span| span.text).collect();
    let matches = pattern.matches_in(&text).into_iter();
    columns_of(&text, matches).take_while(|found| found.start < end).collect()
}

/// The columns of byte ranges of a text, ascending.
pub(super) fn columns_of(text: &str, ranges: impl Iterator<Item = Range<usize>>) -> impl Iterator<Item = Range<usize>> {
    let (mut byte, mut column) = (0, 0);
    let mut column_of = move |at: usize| {
        column += text.get(byte..at).map_or(0, UnicodeWidthStr::width);
        byte = at;
        column
    };
    ranges.map(move |found| column_of(found.start)..column_of(found.end))
}

fn within(matches: &[Range<usize>], columns: &Range<usize>) -> Vec<Range<usize>> {
    matches.iter().filter_map(|found| cut(found, columns)).collect()
}

fn styled_within(found: &[(Range<usize>, StyleSpec)], columns: &Range<usize>) -> Vec<(Range<usize>, StyleSpec)> {
    found.iter().filter_map(|(found, style)| Some((cut(found, columns)?, *style))).collect()
}

fn cut(found: &Range<usize>, columns: &Range<usize>) -> Option<Range<usize>> {
    let (from, to) = (found.start.max(columns.start), found.end.min(columns.end));
    (from < to).then(|| from - columns.start..to - columns.start)
}
