//! Lays tokens out in columns and keeps what falls into a window.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::{Part, Span, SpanStyle, Token, Window, caret};

/// A terminal's tab stops.
const TAB: usize = 8;
/// Text is cut into graphemes when this many bytes have come together.
const GATHERED: usize = 512;
/// Bytes shown of one grapheme: enough for any real one, not for hundreds of marks on one letter.
const LARGEST_GRAPHEME: usize = 64;

#[derive(Debug)]
pub struct Painter {
    window: Window,
    /// Where the text gathered begins.
    column: usize,
    style: SpanStyle,
    /// Text of the current style not yet cut into graphemes: more may belong to its last one.
    gathered: String,
    spans: Vec<Span>,
    /// Whether the next text must not join the span before it.
    apart: bool,
    /// A carriage return was read and nothing behind it yet.
    returned: bool,
}

impl Painter {
    pub fn new(window: Window) -> Self {
        Self {
            window,
            column: 0,
            style: SpanStyle::default(),
            gathered: String::new(),
            spans: Vec::new(),
            apart: false,
            returned: false,
        }
    }

    pub fn take(&mut self, token: &Token<'_>) {
        match *token {
            Token::Ascii(text) => {
                self.start_over_if_returned();
                self.ascii(text);
            }
            Token::Char(character) => {
                self.start_over_if_returned();
                self.gather(character);
            }
            Token::Control(byte) => {
                self.start_over_if_returned();
                caret(byte).into_iter().for_each(|character| self.gather(character));
            }
            Token::Tab => {
                self.start_over_if_returned();
                self.flush();
                // In a span of its own, so that whoever cuts the text into graphemes again finds the same ones.
                self.apart = true;
                self.gathered.extend(std::iter::repeat_n(' ', TAB - self.column % TAB));
            }
            Token::Return => self.returned = true,
            Token::Sgr(parameters) => {
                let mut style = self.style;
                style.apply(parameters);
                if style != self.style {
                    self.flush();
                    self.style = style;
                }
            }
        }
    }

    /// Adds words of the program's own behind what there is.
    pub fn tell(&mut self, words: &str) {
        self.flush();
        (self.style, self.returned) = (SpanStyle { part: Part::Sign, ..SpanStyle::default() }, false);
        words.chars().for_each(|character| self.gather(character));
    }

    /// Whether no further text can change what is in the window (a carriage return still can).
    pub fn is_full(&self) -> bool {
        self.column >= self.window.end() && !self.returned
    }

    pub fn finish(mut self) -> Vec<Span> {
        self.flush();
        self.spans
    }

    /// What follows a carriage return replaces the line. A terminal would leave the tail of a longer text standing, which
    /// is never what was meant.
    fn start_over_if_returned(&mut self) {
        if std::mem::take(&mut self.returned) {
            self.spans.clear();
            self.gathered.clear();
            self.column = 0;
        }
    }

    /// Between two ASCII characters there is always a border of graphemes: only the first and the last need care.
    fn ascii(&mut self, text: &str) {
        let mut rest = text.chars();
        if !self.gathered.is_empty()
            && let Some(first) = rest.next()
        {
            self.gather(first);
        }
        let Some(last) = rest.next_back() else { return };
        self.flush();
        let middle = rest.as_str();
        self.emit_ascii(middle);
        self.gathered.push(last);
    }

    fn gather(&mut self, character: char) {
        self.gathered.push(character);
        if self.gathered.len() > GATHERED {
            let gathered = std::mem::take(&mut self.gathered);
            let mut graphemes = gathered.graphemes(true);
            let last = graphemes.next_back().unwrap_or_default();
            graphemes.for_each(|grapheme| self.emit(grapheme));
            self.gathered.push_str(bounded(last));
        }
    }

    fn flush(&mut self) {
        let mut gathered = std::mem::take(&mut self.gathered);
        gathered.graphemes(true).for_each(|grapheme| self.emit(grapheme));
        gathered.clear();
        self.gathered = gathered;
    }

    fn emit(&mut self, grapheme: &str) {
        let grapheme = bounded(grapheme);
        let width = grapheme.width();
        let (from, to) = (self.column, self.column + width);
        self.column = to;
        let (start, end) = (self.window.start, self.window.end());
        // Nothing to see: marks without a letter, byte order marks, zero-width spaces. What they kept apart stays so.
        if width == 0 {
            self.apart = true;
            return;
        }
        if from >= start && to <= end {
            self.show(grapheme);
        } else {
            for _ in from.max(start)..to.min(end) {
                self.show(" ");
            }
        }
    }

    fn emit_ascii(&mut self, text: &str) {
        let from = self.window.start.saturating_sub(self.column).min(text.len());
        let to = self.window.end().saturating_sub(self.column).min(text.len());
        self.column += text.len();
        if let Some(shown) = text.get(from..to).filter(|shown| !shown.is_empty()) {
            self.show(shown);
        }
    }

    fn show(&mut self, text: &str) {
        let apart = std::mem::take(&mut self.apart);
        match self.spans.last_mut() {
            Some(span) if span.style == self.style && !apart => span.text.push_str(text),
            Some(_) | None => self.spans.push(Span { text: text.to_owned(), style: self.style }),
        }
    }
}

fn bounded(grapheme: &str) -> &str {
    let mut end = LARGEST_GRAPHEME.min(grapheme.len());
    while !grapheme.is_char_boundary(end) {
        end -= 1;
    }
    grapheme.get(..end).unwrap_or(grapheme)
}
