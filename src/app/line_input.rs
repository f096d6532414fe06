//! One line of text being typed: prompts and form fields.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

#[cfg(test)]
mod tests;

/// Bytes that a line holds at most: a pasted file must not make every key slow.
const LIMIT: usize = 64 * 1024;

/// What a key did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputOutcome {
    /// The text is another one now.
    Changed,
    /// The key belongs to the line, and the text stayed the same (the cursor may have moved).
    Moved,
    /// The key means nothing here.
    Ignored,
}

/// Text and a cursor between two of its graphemes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineInput {
    text: String,
    /// A byte offset, always a border of graphemes.
    cursor: usize,
}

impl LineInput {
    /// Starts with this text, the cursor behind it.
    pub fn new(text: &str) -> Self {
        let mut input = Self::default();
        input.paste(text);
        input
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Byte offset of the cursor in [`Self::text`].
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Replaces the text, the cursor goes behind it.
    pub fn set_text(&mut self, text: &str) {
        *self = Self::new(text);
    }

    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Inserts at the cursor what one line can hold: line ends and other control characters are left out, tabs become
    /// spaces.
    pub fn paste(&mut self, text: &str) -> InputOutcome {
        let mut room = LIMIT.saturating_sub(self.text.len());
        let kept = text.chars().map(|character| if character == '\t' { ' ' } else { character });
        let kept: String = kept
            .filter(|character| !character.is_control() && !is_direction_mark(*character))
            .take_while(|character| {
                let fits = character.len_utf8() <= room;
                room = room.saturating_sub(character.len_utf8());
                fits
            })
            .collect();
        if kept.is_empty() {
            return InputOutcome::Moved;
        }
        self.text.insert_str(self.cursor, &kept);
        self.place(self.cursor + kept.len());
        InputOutcome::Changed
    }

    /// Applies a key.
    pub fn key(&mut self, key: KeyEvent) -> InputOutcome {
        if key.kind == KeyEventKind::Release {
            return InputOutcome::Ignored;
        }
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        let alt = key.modifiers.contains(KeyModifiers::ALT);
        let word = control || alt;
        match key.code {
            // Windows reports AltGr as both.
            KeyCode::Char(character) if control == alt => self.paste(character.encode_utf8(&mut [0; 4])),
            KeyCode::Char('a') if control => self.go(0),
            KeyCode::Char('e') if control => self.go(self.text.len()),
            KeyCode::Char('w') if control => self.delete(self.blank_left(), self.cursor),
            KeyCode::Char('u') if control => self.delete(0, self.cursor),
            KeyCode::Char('k') if control => self.delete(self.cursor, self.text.len()),
            KeyCode::Char('h') if control => self.delete(self.left(), self.cursor),
            KeyCode::Char('b') if alt => self.go(self.word_left()),
            KeyCode::Char('f') if alt => self.go(self.word_right()),
            KeyCode::Char('d') if alt => self.delete(self.cursor, self.word_right()),
            KeyCode::Backspace if word => self.delete(self.word_left(), self.cursor),
            KeyCode::Backspace => self.delete(self.left(), self.cursor),
            KeyCode::Delete if word => self.delete(self.cursor, self.word_right()),
            KeyCode::Delete => self.delete(self.cursor, self.right()),
            KeyCode::Left if word => self.go(self.word_left()),
            KeyCode::Left => self.go(self.left()),
            KeyCode::Right if word => self.go(self.word_right()),
            KeyCode::Right => self.go(self.right()),
            KeyCode::Home => self.go(0),
            KeyCode::End => self.go(self.text.len()),
            _ => InputOutcome::Ignored,
        }
    }

    /// The part to draw in `width` columns and the column of the cursor in it. A long text is shown so that the cursor,
    /// which needs a column of its own behind the last character, is in sight.
    pub fn visible(&self, width: usize) -> (&str, usize) {
        let (shown, column) = self.window(width);
        (self.text.get(shown).unwrap_or_default(), column)
    }

    /// The same as a range of [`Self::text`].
    pub fn window(&self, width: usize) -> (Range<usize>, usize) {
        let (before, behind) = self.parts();
        if width == 0 {
            return (0..0, 0);
        }
        let mut start = self.cursor;
        let mut column = 0;
        for (at, grapheme) in before.grapheme_indices(true).rev() {
            if column + grapheme.width() >= width {
                break;
            }
            column += grapheme.width();
            start = at;
        }
        let mut end = self.cursor;
        let mut used = column;
        for grapheme in behind.graphemes(true) {
            used += grapheme.width();
            if used > width {
                break;
            }
            end += grapheme.len();
        }
        (start..end, column)
    }

    /// Puts the cursor `column` columns behind the byte offset `from`, which begins what is shown.
    pub fn place_cursor(&mut self, from: usize, column: usize) {
        let mut used = 0;
        let fits = |grapheme: &&str| {
            used += grapheme.width();
            used <= column
        };
        let shown = self.text.get(from..).unwrap_or_default();
        let passed: usize = shown.graphemes(true).take_while(fits).map(str::len).sum();
        self.place(from + passed);
    }

    fn parts(&self) -> (&str, &str) {
        self.text.split_at_checked(self.cursor).unwrap_or((&self.text, ""))
    }

    fn go(&mut self, to: usize) -> InputOutcome {
        self.place(to);
        InputOutcome::Moved
    }

    fn delete(&mut self, from: usize, to: usize) -> InputOutcome {
        if from >= to {
            return InputOutcome::Moved;
        }
        self.text.replace_range(from..to, "");
        self.place(from);
        InputOutcome::Changed
    }

    /// Puts the cursor there, or behind the grapheme that what was typed or removed has joined there.
    fn place(&mut self, at: usize) {
        let borders = self.text.grapheme_indices(true).map(|(border, _)| border);
        self.cursor = borders.into_iter().find(|border| *border >= at).unwrap_or(self.text.len());
    }

    fn left(&self) -> usize {
        self.parts().0.grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    fn right(&self) -> usize {
        self.cursor + self.parts().1.graphemes(true).next().map_or(0, str::len)
    }

    fn word_left(&self) -> usize {
        self.left_of(|grapheme| grapheme.chars().any(char::is_alphanumeric))
    }

    /// As shells do for Ctrl-w: words are what stands between blanks.
    fn blank_left(&self) -> usize {
        self.left_of(|grapheme| !grapheme.chars().all(char::is_whitespace))
    }

    fn left_of(&self, in_word: impl Fn(&str) -> bool) -> usize {
        let mut to = self.cursor;
        let mut entered = false;
        for (at, grapheme) in self.parts().0.grapheme_indices(true).rev() {
            let inside = in_word(grapheme);
            if entered && !inside {
                break;
            }
            entered |= inside;
            to = at;
        }
        to
    }

    fn word_right(&self) -> usize {
        let mut to = self.cursor;
        let mut entered = false;
        for grapheme in self.parts().1.graphemes(true) {
            let inside = grapheme.chars().any(char::is_alphanumeric);
            if entered && !inside {
                break;
            }
            entered |= inside;
            to += grapheme.len();
        }
        to
    }
}

/// Marks that turn the direction of text can make a line look like another one.
fn is_direction_mark(character: char) -> bool {
    matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
