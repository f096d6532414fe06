//! The columns menu: which columns a list shows, or which fields of JSON a log does, and in which order. Every change is
//! seen at once.

use super::Answer;
use super::cursor::Cursor;
use crate::app::App;
use crate::app::listing::Listing;
use crate::app::logs::json::{OTHERS, are_same};
use crate::app::rows;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use std::borrow::Cow;

#[derive(Debug)]
pub struct ChooseColumns {
    pub about: About,
    /// All columns there are: those that are shown in their order, then the others.
    pub columns: Vec<Choice>,
    pub cursor: Cursor,
    pub refusal: Option<&'static str>,
}

/// What is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    Columns(Listing),
    Fields,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub name: Cow<'static, str>,
    pub shown: bool,
}

impl ChooseColumns {
    pub fn new(app: &App) -> Self {
        let listing = app.listing();
        let shown = app.columns.of(listing);
        let known = (0..rows::column_count(listing)).map(|index| rows::column_name(listing, index).0);
        let hidden = known.filter(|name| !shown.contains(name)).map(|name| (name, false));
        let all = shown.iter().map(|name| (*name, true)).chain(hidden);
        let columns = all.map(|(name, shown)| Choice { name: Cow::Borrowed(name), shown }).collect();
        Self { about: About::Columns(listing), columns, cursor: Cursor::default(), refusal: None }
    }

    /// The fields of a log's JSON lines: those that are shown, and others that were seen.
    pub fn of_fields(shown: &[String], seen: Vec<String>) -> Self {
        // What is shown under its usual name is not to be chosen once more.
        let is_new = |name: &String| !shown.iter().any(|known| known == name || are_same(known, name));
        let others = (!shown.iter().any(|name| name == OTHERS)).then(|| OTHERS.to_owned());
        let hidden = others.into_iter().chain(seen).filter(is_new).map(|name| (name, false));
        let all = shown.iter().map(|name| (name.clone(), true)).chain(hidden);
        let columns = all.map(|(name, shown)| Choice { name: Cow::Owned(name), shown }).collect();
        Self { about: About::Fields, columns, cursor: Cursor::default(), refusal: None }
    }

    pub fn key(&mut self, event: KeyEvent) -> Answer {
        self.refusal = None;
        let count = self.columns.len();
        let shift = event.modifiers.contains(KeyModifiers::SHIFT);
        match event.code {
            KeyCode::Char('J') => return self.carry(1),
            KeyCode::Char('K') => return self.carry(-1),
            KeyCode::Down if shift => return self.carry(1),
            KeyCode::Up if shift => return self.carry(-1),
            KeyCode::Char(' ') => return self.toggle(),
            KeyCode::Char('j') => self.cursor.step(1, count),
            KeyCode::Char('k') => self.cursor.step(-1, count),
            KeyCode::Esc | KeyCode::Enter | KeyCode::Char('q' | ',') => return Answer::Close,
            _ => {
                self.cursor.key(event, count);
            }
        }
        Answer::Stay
    }

    fn toggle(&mut self) -> Answer {
        let shown = self.columns.iter().filter(|column| column.shown).count();
        let place = self.cursor.place(self.columns.len());
        let Some(column) = self.columns.get_mut(place) else { return Answer::Stay };
        if column.shown && shown == 1 {
            self.refusal = Some(match self.about {
                About::Columns(_) => "One column stays.",
                About::Fields => "One field stays.",
            });
            return Answer::Stay;
        }
        column.shown = !column.shown;
        self.answer()
    }

    /// Moves the column under the cursor, and the cursor with it.
    fn carry(&mut self, step: isize) -> Answer {
        let count = self.columns.len();
        let from = self.cursor.place(count);
        self.cursor.step(step, count);
        let to = self.cursor.place(count);
        if from != to {
            self.columns.swap(from, to);
        }
        self.answer()
    }

    fn answer(&self) -> Answer {
        let shown = self.columns.iter().filter(|column| column.shown).map(|column| &column.name);
        match self.about {
            About::Fields => Answer::Fields(shown.map(|name| name.to_string()).collect()),
            About::Columns(listing) => {
                let known = shown.filter_map(|name| match name {
                    Cow::Borrowed(name) => Some(*name),
                    Cow::Owned(_) => None,
                });
                Answer::Columns(listing, known.collect())
            }
        }
    }
}
