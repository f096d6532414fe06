//! Finds one of many things by a few of its letters: a line to type in, a cursor among what matches.

use super::cursor::Cursor;
use crate::app::line_input::{InputOutcome, LineInput};
use crossterm::event::{KeyCode, KeyEvent};

#[derive(Debug, Default)]
pub struct Finder {
    pub input: LineInput,
    pub cursor: Cursor,
    /// Why what was chosen cannot be done.
    pub refusal: Option<String>,
}

/// What a key asked for. Places are among what matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nothing that is not done already.
    Stay,
    Close,
    /// `None` where nothing matches.
    Chosen(Option<usize>),
    /// What is at the place is to be written out in the line.
    Completed(usize),
}

impl Finder {
    /// Takes a key while so many things match.
    pub fn key(&mut self, event: KeyEvent, count: usize) -> Found {
        if self.cursor.key(event, count) {
            return Found::Stay;
        }
        let chosen = (count > 0).then(|| self.cursor.place(count));
        match (event.code, chosen) {
            (KeyCode::Esc, _) => return Found::Close,
            (KeyCode::Enter, chosen) => return Found::Chosen(chosen),
            (KeyCode::Tab, Some(place)) => return Found::Completed(place),
            (KeyCode::Backspace, _) if self.input.is_empty() => return Found::Close,
            _ => {
                if self.input.key(event) == InputOutcome::Changed {
                    self.changed();
                }
            }
        }
        Found::Stay
    }

    pub fn paste(&mut self, text: &str) {
        self.input.paste(text);
        self.changed();
    }

    /// Something else is looked for now.
    pub fn changed(&mut self) {
        self.cursor = Cursor::default();
        self.refusal = None;
    }
}
