//! What help, menus and lists in dialogs share: a cursor, and a filter that `/` opens.

use super::cursor::Cursor;
use crate::app::line_input::{InputOutcome, LineInput};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

#[derive(Clone, Debug, Default)]
pub struct Picker {
    pub cursor: Cursor,
    /// While it is there, letters are typed into it.
    pub filter: Option<LineInput>,
}

/// What a key meant to a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picked {
    /// It moved the cursor or changed the filter.
    Taken,
    Close,
    /// This row was chosen.
    Choose(usize),
    /// It means something to the dialog, or nothing.
    Other,
}

impl Picker {
    /// Applies a key to a list of which `count` rows are shown.
    pub fn key(&mut self, event: KeyEvent, count: usize) -> Picked {
        if self.cursor.key(event, count) {
            return Picked::Taken;
        }
        match (event.code, &mut self.filter) {
            (KeyCode::Esc, Some(_)) => self.filter = None,
            (KeyCode::Esc, None) => return Picked::Close,
            (KeyCode::Enter, _) if count > 0 => return Picked::Choose(self.cursor.place(count)),
            (_, Some(filter)) => {
                if filter.key(event) == InputOutcome::Changed {
                    self.cursor = Cursor::default();
                }
            }
            (KeyCode::Char('/'), None) => self.filter = Some(LineInput::default()),
            (KeyCode::Char('q'), None) => return Picked::Close,
            (KeyCode::Char('j'), None) if event.modifiers.is_empty() => self.cursor.step(1, count),
            (KeyCode::Char('k'), None) if event.modifiers.is_empty() => self.cursor.step(-1, count),
            (KeyCode::Home | KeyCode::Char('g'), None) => self.cursor = Cursor::default(),
            (KeyCode::End | KeyCode::Char('G'), None) => self.cursor = Cursor::at(usize::MAX),
            _ => return Picked::Other,
        }
        Picked::Taken
    }

    pub fn paste(&mut self, text: &str) {
        if let Some(filter) = &mut self.filter {
            filter.paste(text);
            self.cursor = Cursor::default();
        }
    }

    /// Whether all words of the filter occur in one of these texts, whatever their case.
    pub fn keeps(&self, texts: &[&str]) -> bool {
        let Some(filter) = &self.filter else { return true };
        let texts: Vec<String> = texts.iter().map(|text| text.to_lowercase()).collect();
        let wanted = filter.text().to_lowercase();
        wanted.split_whitespace().all(|word| texts.iter().any(|text| text.contains(word)))
    }

    /// Whether a letter stands for itself: no filter is being typed, and neither Ctrl nor Alt is held.
    pub fn letter(&self, event: KeyEvent) -> Option<char> {
        let plain = !event.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT);
        match event.code {
            KeyCode::Char(letter) if plain && self.filter.is_none() => Some(letter),
            _ => None,
        }
    }
}
