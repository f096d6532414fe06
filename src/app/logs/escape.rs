//! One raw log line to text that may be drawn: colours and attributes kept as data, everything else made harmless.

mod paint;
mod sgr;
mod tokens;

#[cfg(test)]
mod tests;

use crate::domain::text::long_bytes;
use paint::Painter;
use tokens::{Token, Tokens};

/// Bytes of a line that are ever drawn. Engines cut lines far below this; it keeps one hostile line cheap.
pub const DRAWN_BYTES: usize = 256 * 1024;

/// A colour as the container named it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Colour {
    /// One of the terminal's own 16.
    Ansi(u8),
    /// One of the 256, 16 and above.
    Indexed(u8),
    Rgb(u8, u8, u8),
}

/// What the container asked its text to look like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct SpanStyle {
    pub fg: Option<Colour>,
    pub bg: Option<Colour>,
    pub bold: bool,
    pub dim: bool,
    pub italic: bool,
    pub underline: bool,
    pub reverse: bool,
    /// What it is of a line that is not shown as the container wrote it.
    pub part: Part,
}

/// Parts of a JSON line, each drawn in its own way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Part {
    #[default]
    Plain,
    Key,
    Text,
    Number,
    /// Brackets, commas, colons.
    Sign,
}

/// Text of one style: no control characters, no escape sequences, tabs expanded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    pub text: String,
    pub style: SpanStyle,
}

/// A stretch of columns of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub start: usize,
    pub width: usize,
}

impl Window {
    /// The whole line (as far as lines are drawn).
    pub const ALL: Self = Self { start: 0, width: usize::MAX };

    /// Just behind the last column.
    pub fn end(self) -> usize {
        self.start.saturating_add(self.width)
    }
}

/// What a terminal would show of the line in these columns. A wide character cut by an edge leaves a space. The work is
/// bounded by [`DRAWN_BYTES`], and for lines without carriage returns by the end of the window. What is left out is told.
pub fn spans(line: &[u8], window: Window) -> Vec<Span> {
    let left_out = line.len().saturating_sub(DRAWN_BYTES);
    let line = without_line_end(line.get(..DRAWN_BYTES).unwrap_or(line));
    let last_return = last_return(line);
    if last_return.is_none()
        && (left_out == 0 || window.end() < DRAWN_BYTES)
        && let Some(spans) = ascii_spans(line, window)
    {
        return spans;
    }
    let mut painter = Painter::new(window);
    let mut tokens = Tokens::new(line);
    while let Some(token) = tokens.next() {
        painter.take(&token);
        if painter.is_full() && last_return.is_none_or(|at| tokens.offset() > at) {
            return painter.finish();
        }
    }
    if left_out > 0 {
        let size = long_bytes(left_out as u64);
        painter.tell(&format!(" … {size} more of this line are not drawn: a file that it is saved to has them"));
    }
    painter.finish()
}

/// The line as text without style, for searching and copying; tabs are kept.
pub fn plain(line: &[u8]) -> String {
    let line = without_line_end(line);
    let mut text = String::with_capacity(line.len());
    let mut returned = false;
    for token in Tokens::new(line) {
        if std::mem::take(&mut returned) {
            match token {
                Token::Return | Token::Sgr(_) => returned = true,
                Token::Ascii(_) | Token::Char(_) | Token::Control(_) | Token::Tab => text.clear(),
            }
        }
        match token {
            Token::Ascii(ascii) => text.push_str(ascii),
            Token::Char(character) => text.push(character),
            Token::Control(byte) => text.extend(caret(byte)),
            Token::Tab => text.push('\t'),
            Token::Return => returned = true,
            Token::Sgr(_) => {}
        }
    }
    text
}

/// `^G` and the like.
fn caret(control: u8) -> [char; 2] {
    ['^', char::from(control ^ 0x40)]
}

pub(super) fn without_line_end(mut line: &[u8]) -> &[u8] {
    while let Some((b'\r' | b'\n', rest)) = line.split_last() {
        line = rest;
    }
    line
}

/// `contains` is a vectorised search, so the common line without one costs next to nothing.
fn last_return(line: &[u8]) -> Option<usize> {
    if line.contains(&b'\r') { line.iter().rposition(|byte| *byte == b'\r') } else { None }
}

/// Printable ASCII up to the window's end: columns are bytes. One byte more is looked at: it may be combined with the
/// last one.
fn ascii_spans(line: &[u8], window: Window) -> Option<Vec<Span>> {
    let looked_at = line.get(..window.end().saturating_add(1)).unwrap_or(line);
    if !looked_at.iter().all(|byte| matches!(byte, b' '..=b'~')) {
        return None;
    }
    let shown = looked_at.get(window.start..window.end().min(looked_at.len())).unwrap_or(&[]);
    if shown.is_empty() {
        return Some(Vec::new());
    }
    let text = str::from_utf8(shown).ok()?.to_owned();
    Some(vec![Span { text, style: SpanStyle::default() }])
}
