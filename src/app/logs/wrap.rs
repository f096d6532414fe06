//! One log line as rows of a given width, no grapheme split between two.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::escape::{Span, Window, spans};

/// No grapheme is wider; needed for what is too wide for its row.
const WIDEST_GRAPHEME: usize = 8;

/// One row of a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    pub spans: Vec<Span>,
    /// The columns of the unwrapped line that it shows.
    pub columns: Range<usize>,
}

/// The rows of a raw line from row `skipped` on, at most `wanted`; of a line that is not empty at least one of both.
pub fn rows(line: &[u8], width: usize, skipped: usize, wanted: usize) -> Vec<Row> {
    let last = skipped.saturating_add(wanted);
    let columns = width.max(WIDEST_GRAPHEME).saturating_mul(last).saturating_add(1);
    fold(&spans(line, Window { start: 0, width: columns }), width.max(1), skipped, wanted).0
}

/// How many rows the line takes.
pub fn count(line: &[u8], width: usize) -> usize {
    let width = width.max(1);
    if line.len() <= width && line.iter().all(|byte| matches!(byte, b' '..=b'~')) {
        return 1;
    }
    match spans(line, Window::ALL).as_slice() {
        [] => 1,
        [only] if only.text.is_ascii() => only.text.len().div_ceil(width),
        several => fold(several, width, usize::MAX, 0).1,
    }
}

/// Spans as rows, the first of them at column 0.
pub fn wrap(spans: &[Span], width: usize) -> Vec<Row> {
    fold(spans, width, 0, usize::MAX).0
}

/// The rows from `skipped` on, `wanted` of them at most, and how many there are up to where it came. Those that are
/// skipped are only counted.
fn fold(spans: &[Span], width: usize, skipped: usize, wanted: usize) -> (Vec<Row>, usize) {
    let mut rows = vec![];
    let mut row = Row::default();
    let (mut above, mut used) = (0, 0);
    for span in spans {
        let mut open = false;
        for grapheme in span.text.graphemes(true) {
            let natural = grapheme.width();
            let (shown, wide) = if natural > width { ("\u{fffd}", 1) } else { (grapheme, natural) };
            if used + wide > width {
                let at = row.columns.end;
                let full = std::mem::replace(&mut row, Row { spans: Vec::new(), columns: at..at });
                if above >= skipped {
                    rows.push(full);
                    if rows.len() >= wanted {
                        return (rows, above + 1);
                    }
                }
                above += 1;
                (used, open) = (0, false);
            }
            used += wide;
            row.columns.end += natural;
            if above < skipped {
                continue;
            }
            match row.spans.last_mut() {
                Some(last) if open => last.text.push_str(shown),
                Some(_) | None => row.spans.push(Span { text: shown.to_owned(), style: span.style }),
            }
            open = true;
        }
    }
    if above >= skipped && rows.len() < wanted {
        rows.push(row);
    }
    (rows, above + 1)
}

/// What of spans falls into a window. A wide character cut by an edge leaves a space.
pub fn cut(spans: &[Span], window: Window) -> Vec<Span> {
    let mut column = 0;
    let mut shown = Vec::new();
    for span in spans {
        let mut text = String::new();
        for grapheme in span.text.graphemes(true) {
            let (from, to) = (column, column + grapheme.width());
            column = to;
            if from >= window.start && to <= window.end() {
                text.push_str(grapheme);
            } else if from < window.end() && to > window.start {
                text.extend(std::iter::repeat_n(' ', to.min(window.end()) - from.max(window.start)));
            }
        }
        if !text.is_empty() {
            shown.push(Span { text, style: span.style });
        }
        if column >= window.end() {
            break;
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(line: &str, width: usize) -> Vec<String> {
        let text = |row: Row| row.spans.into_iter().map(|span| span.text).collect();
        rows(line.as_bytes(), width, 0, 100).into_iter().map(text).collect()
    }

    #[test]
    fn rows_break_between_graphemes() {
        assert_eq!(texts("abcdef", 4), ["abcd", "ef"]);
        assert_eq!(texts("abcd", 4), ["abcd"]);
        assert_eq!(texts("", 4), [""]);
        assert_eq!(texts("日本語", 5), ["日本", "語"]);
        assert_eq!(texts("日a", 1), ["\u{fffd}", "a"]);
        assert_eq!(texts("ab\x1b[31mcd", 3), ["abc", "d"]);
        assert_eq!(texts("a\tb", 4), ["a   ", "    ", "b"]);
    }

    #[test]
    fn a_window_cuts_between_columns() {
        let line = spans("ab日本cd".as_bytes(), Window::ALL);
        let text =
            |start, width| cut(&line, Window { start, width }).into_iter().map(|span| span.text).collect::<String>();
        assert_eq!(
            (text(0, 4), text(3, 4), text(0, 3), text(6, 9), text(9, 2)),
            ("ab日".into(), " 本c".into(), "ab ".into(), "cd".into(), String::new())
        );
    }

    proptest! {
        #[test]
        fn rows_hold_the_whole_line(line in "([ -~]{0,9}|日|e\u{301}|\t|\x1b\\[3[0-7]m|\\PC){0,30}", width in super::WIDEST_GRAPHEME..24) {
            let all = rows(line.as_bytes(), width, 0, usize::MAX);
            prop_assert_eq!(all.len(), count(line.as_bytes(), width));
            let whole: String = spans(line.as_bytes(), Window::ALL).into_iter().map(|span| span.text).collect();
            let joined: String = all.iter().flat_map(|row| &row.spans).map(|span| span.text.as_str()).collect();
            prop_assert_eq!(joined, whole);
            let mut at = 0;
            for row in &all {
                prop_assert_eq!(row.columns.start, at);
                at = row.columns.end;
                prop_assert!(row.columns.len() <= width);
            }
            for skipped in 0..all.len() {
                let few = rows(line.as_bytes(), width, skipped, 2);
                prop_assert_eq!(&all[skipped..all.len().min(skipped + 2)], few.as_slice());
            }
            prop_assert!(rows(line.as_bytes(), width, all.len(), 2).is_empty());
        }
    }
}
