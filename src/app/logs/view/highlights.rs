//! What the user's rules set apart in a line.

use std::ops::Range;

use super::LogView;
use super::rows::{LOOKAHEAD, columns_of};
use crate::app::logs::escape::{Window, spans};
use crate::app::logs::store::LineRef;
use crate::config::StyleSpec;

/// Columns that a rule about whole lines looks at, at least: it may match where the pane does not look.
const LOOKED_AT: usize = 4096;

impl LogView {
    /// The columns that rules set apart and how, in what is shown of a line (`None`: the line itself), of those that begin before column `end`; later ones lie over earlier.
    pub(super) fn highlights(
        &self,
        line: LineRef<'_>,
        shown: Option<&str>,
        end: usize,
    ) -> Vec<(Range<usize>, StyleSpec)> {
        if self.rules.is_empty() {
            return Vec::new();
        }
        let text = match shown {
            Some(text) => text.to_owned(),
            None => {
                let window = Window { start: 0, width: end.max(LOOKED_AT).saturating_add(LOOKAHEAD) };
                spans(line.bytes, window).into_iter().map(|span| span.text).collect()
            }
        };
        let mut found = Vec::new();
        for rule in self.rules.iter() {
            if rule.whole_line {
                found.extend(rule.pattern.is_match(text.as_bytes()).then_some((0..usize::MAX, rule.style)));
                continue;
            }
            let matches = rule.pattern.find_iter(text.as_bytes()).map(|found| found.range());
            let matches = columns_of(&text, matches.filter(|found| !found.is_empty()));
            found.extend(matches.take_while(|found| found.start < end).map(|found| (found, rule.style)));
        }
        found
    }
}

#[cfg(test)]
#[expect(clippy::single_range_in_vec_init, reason = "lists of columns, not of numbers")]
mod tests {
    use std::sync::Arc;

    use super::super::*;
    use crate::config::{ColorSpec, HighlightRule};
    use crate::domain::LogStream;

    fn rule(pattern: &str, whole_line: bool) -> HighlightRule {
        let style = StyleSpec { fg: Some(ColorSpec::Name("red")), bold: whole_line, ..StyleSpec::default() };
        HighlightRule { pattern: regex::bytes::Regex::new(pattern).unwrap(), style, whole_line }
    }

    use crate::config::StyleSpec;

    #[test]
    fn rules_are_drawn_where_they_match_and_whole_lines_over_all() {
        let mut view = LogView::new(1 << 20);
        view.set_rules(Arc::from([rule("日.", false), rule("(?i)REFUSED$", true), rule("", false)]));
        let mut chunk = LogChunk::default();
        for line in ["\x1b[31ma 日本\x1b[0m日x", "nothing", &format!("{} refused", "x".repeat(100))] {
            chunk.push(LogStream::Stdout, 1, line.as_bytes());
        }
        view.append(chunk);
        let pane = Viewport { width: 20, height: 5 };
        let shown = |view: &LogView| -> Vec<Vec<Range<usize>>> {
            let rows = view.visible(pane).into_iter();
            rows.map(|row| row.highlights.into_iter().map(|(columns, _)| columns).collect()).collect()
        };
        assert_eq!(shown(&view), [vec![2..6, 6..9], vec![], vec![0..20]]);
        view.set_wrap(true);
        assert_eq!(shown(&view)[2..], [[0..20], [0..20], [0..8]], "each row of a line");
    }
}
