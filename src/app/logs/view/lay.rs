//! A line laid out: its rows, and what of them is set apart. A line that is shown as JSON may be several texts, one below
//! the other; each is wrapped or cut by itself.

use std::ops::Range;
use std::sync::Arc;

use unicode_width::UnicodeWidthStr;

use super::LogView;
use super::rows::{columns_of, match_columns};
use crate::app::logs::escape::{Span, Window, spans};
use crate::app::logs::json::{self, JsonLook};
use crate::app::logs::kept::Lines;
use crate::app::logs::search::Pattern;
use crate::app::logs::store::LineRef;
use crate::app::logs::wrap::{self, Row};

/// So many of the newest lines are looked at for their fields.
const LOOKED_AT: i64 = 500;
/// Fields offered at most: a hostile log has any number.
const MOST_NAMES: usize = 200;

/// One text of a line, and those of its rows that are wanted.
#[derive(Debug)]
pub(super) struct Laid {
    pub rows: Vec<Row>,
    /// What is shown, where that is not the line itself.
    pub text: Option<String>,
}

impl Laid {
    /// The columns of the matches that begin before column `end`.
    pub fn matches(&self, pattern: &Pattern, line: LineRef<'_>, end: usize) -> Vec<Range<usize>> {
        match &self.text {
            None => match_columns(pattern, line, end),
            Some(text) => {
                let matches = columns_of(text, pattern.matches_in(text).into_iter());
                matches.take_while(|found| found.start < end).collect()
            }
        }
    }
}

impl LogView {
    /// How lines that are JSON objects are shown.
    pub fn json(&self) -> JsonLook {
        self.json
    }

    pub fn set_json(&mut self, look: JsonLook) {
        self.json = look;
        self.search_anew();
        // Rows of a line and columns are others now.
        self.set_wrap(self.wrap);
    }

    /// The fields that are shown of them.
    pub fn set_fields(&mut self, fields: Arc<[String]>) {
        self.fields = fields;
        self.heights.forget();
        if self.json == JsonLook::Fields {
            self.search_anew();
        }
    }

    /// The names of the fields of the newest JSON lines, in the order in which they are met.
    pub fn field_names(&self) -> Vec<String> {
        let mut seen: Vec<String> = Vec::new();
        let end = self.store.end_line();
        for line in self.store.lines(end.saturating_sub(LOOKED_AT)..end).rev() {
            for name in json::names(line.bytes) {
                if seen.len() < MOST_NAMES && !seen.contains(&name) {
                    seen.push(name);
                }
            }
        }
        seen
    }

    /// Whether every line takes one row.
    pub(super) fn is_uniform(&self) -> bool {
        !self.wrap && self.json != JsonLook::Formatted
    }

    /// How many rows the line takes in so many columns.
    pub(super) fn row_count(&self, line: LineRef<'_>, width: usize) -> usize {
        if self.is_uniform() {
            return 1;
        }
        match self.shaped(line) {
            Some(texts) if self.wrap => texts.iter().map(|spans| wrap::wrap(spans, width.max(1)).len()).sum(),
            Some(texts) => texts.len(),
            None if self.wrap => wrap::count(line.bytes, width),
            None => 1,
        }
    }

    /// The texts of a line with its rows from `skipped` on, `wanted` of them in all.
    pub(super) fn lay(&self, line: LineRef<'_>, width: usize, skipped: usize, wanted: usize) -> Vec<Laid> {
        let Some(texts) = self.shaped(line) else {
            return vec![Laid { rows: self.rows_of(line, width, skipped, wanted), text: None }];
        };
        let (mut skipped, mut wanted) = (skipped, wanted);
        let mut laid = Vec::new();
        for spans in texts {
            if wanted == 0 {
                break;
            }
            let mut rows = self.rows_of_text(&spans, width);
            let gone = skipped.min(rows.len());
            rows.drain(..gone);
            skipped -= gone;
            rows.truncate(wanted);
            wanted -= rows.len();
            if !rows.is_empty() {
                laid.push(Laid { rows, text: Some(spans.into_iter().map(|span| span.text).collect()) });
            }
        }
        laid
    }

    /// The row and the columns of the first match that is shown.
    pub(super) fn first_match(&self, line: LineRef<'_>, width: usize) -> Option<(usize, Range<usize>)> {
        let pattern = self.search.as_ref()?.pattern();
        let mut above = 0;
        for laid in self.lay(line, width, 0, usize::MAX) {
            if let Some(found) = laid.matches(pattern, line, usize::MAX).into_iter().next() {
                let row = if self.wrap { laid.rows.iter().position(|row| row.columns.end > found.start) } else { None };
                return Some((above + row.unwrap_or(0), found));
            }
            above += laid.rows.len();
        }
        None
    }

    /// Whether the line has something to show from this column on.
    pub(super) fn reaches(&self, line: LineRef<'_>, column: usize) -> bool {
        match self.shaped(line) {
            Some(texts) => texts.iter().any(|spans| spans.iter().map(|span| span.text.width()).sum::<usize>() > column),
            None => !spans(line.bytes, Window { start: column, width: 1 }).is_empty(),
        }
    }

    fn shaped(&self, line: LineRef<'_>) -> Option<Vec<Vec<Span>>> {
        match self.json {
            JsonLook::Off => None,
            JsonLook::Formatted => json::formatted(line.bytes),
            JsonLook::Fields => json::fields(line.bytes, &self.fields).map(|row| vec![row]),
        }
    }

    fn rows_of(&self, line: LineRef<'_>, width: usize, skipped: usize, wanted: usize) -> Vec<Row> {
        if self.wrap {
            return wrap::rows(line.bytes, width, skipped, wanted);
        }
        let window = Window { start: self.sideways, width };
        vec![Row { spans: spans(line.bytes, window), columns: window.start..window.end() }]
    }

    fn rows_of_text(&self, spans: &[Span], width: usize) -> Vec<Row> {
        if self.wrap {
            return wrap::wrap(spans, width.max(1));
        }
        let window = Window { start: self.sideways, width };
        vec![Row { spans: wrap::cut(spans, window), columns: window.start..window.end() }]
    }
}

#[cfg(test)]
mod tests {
    use super::super::*;
    use crate::app::logs::Pattern;
    use crate::app::logs::json::JsonLook;

    const PANE: Viewport = Viewport { width: 20, height: 6 };

    /// A plain line before and behind each JSON line, ten of them.
    fn view(look: JsonLook) -> LogView {
        let mut view = LogView::new(1 << 20);
        let mut chunk = LogChunk::default();
        for number in 0..10 {
            chunk.push(LogStream::Stdout, number * 2 + 1, format!("plain {number}").as_bytes());
            let line = format!("{{\"msg\":\"a long message, {number}\",\"in\":{{\"n\":{number}}}}}");
            chunk.push(LogStream::Stdout, number * 2 + 2, line.as_bytes());
        }
        view.append(chunk);
        view.set_fields(["msg".to_owned(), "*".to_owned()].into());
        view.set_json(look);
        view
    }

    fn shown(view: &LogView) -> Vec<String> {
        let text = |row: VisibleRow| row.spans.into_iter().map(|span| span.text).collect();
        view.visible(PANE).into_iter().map(text).collect()
    }

    fn places(view: &LogView) -> Vec<(i64, usize)> {
        view.visible(PANE).iter().map(|row| (row.line, row.row)).collect()
    }

    #[test]
    fn formatted_lines_take_their_rows_wherever_the_pane_goes() {
        let mut view = view(JsonLook::Formatted);
        assert_eq!(shown(&view), ["{", "  \"msg\": \"a long mes", "  \"in\": {", "    \"n\": 9", "  }", "}"]);
        view.to_top();
        let expected = [(0, 0), (1, 0), (1, 1), (1, 2), (1, 3), (1, 4)];
        assert_eq!(places(&view), expected);
        for wrap in [false, true] {
            view.set_wrap(wrap);
            view.to_top();
            let mut seen = places(&view);
            while !view.is_following() {
                view.scroll_by(1, PANE);
                let last = *places(&view).last().unwrap();
                if seen.last() != Some(&last) {
                    seen.push(last);
                }
            }
            assert_eq!(seen.len(), if wrap { 80 } else { 70 }, "each row once");
            assert!(seen.is_sorted());
            view.scroll_by(-1000, PANE);
            assert_eq!(places(&view), expected);
        }
    }

    #[test]
    fn a_hit_within_a_formatted_line_comes_into_sight() {
        for wrap in [false, true] {
            let mut view = view(JsonLook::Formatted);
            view.set_wrap(wrap);
            view.to_top();
            view.start_search(Pattern::parse("message, 5").unwrap(), PANE);
            let rows = view.visible(PANE);
            let hit = rows.iter().find(|row| !row.matches.is_empty()).unwrap();
            assert_eq!(hit.line, 11, "{:?}", shown(&view));
            view.start_search(Pattern::parse("\"n\":7").unwrap(), PANE);
            assert!(view.visible(PANE).iter().any(|row| row.line == 15), "found as it was written");
        }
    }

    #[test]
    fn fields_are_one_row_and_go_sideways() {
        let mut view = view(JsonLook::Fields);
        assert_eq!(shown(&view)[4..], ["plain 9", "a long message, 9 in"]);
        view.scroll_sideways(15, PANE);
        assert_eq!(shown(&view)[4..], ["", " 9 in.n=9"][..]);
        view.scroll_sideways(15, PANE);
        assert_eq!(view.sideways(), 15, "there is nothing further right");
        view.set_json(JsonLook::Off);
        assert!(shown(&view)[5].starts_with("{\"msg\":"));
    }
}
