//! A menu: a few things to choose from, by cursor, by letter or by typing some of it.

use super::Answer;
use super::picker::{Picked, Picker};
use crate::app::columns::Tone;
use crate::app::effect::Effect;
use crossterm::event::KeyEvent;

#[derive(Debug)]
pub struct Menu {
    pub title: String,
    pub entries: Vec<Entry>,
    pub picker: Picker,
}

/// One thing to choose.
#[derive(Clone, Debug)]
pub struct Entry {
    pub label: String,
    /// What it leads to: the text that would be copied.
    pub detail: String,
    /// Chooses it at once.
    pub key: Option<char>,
    pub tone: Tone,
    /// What choosing it does, and the notice that says so.
    pub effect: Effect,
    pub notice: Option<String>,
}

impl Menu {
    pub fn new(title: impl Into<String>, entries: Vec<Entry>) -> Self {
        Self { title: title.into(), entries, picker: Picker::default() }
    }

    /// The entries that pass the filter.
    pub fn shown(&self) -> Vec<&Entry> {
        self.entries.iter().filter(|entry| self.picker.keeps(&[&entry.label, &entry.detail])).collect()
    }

    pub fn key(&mut self, event: KeyEvent) -> Answer {
        if let Some(letter) = self.picker.letter(event)
            && let Some(entry) = self.entries.iter().find(|entry| entry.key == Some(letter))
        {
            return entry.answer();
        }
        let count = self.shown().len();
        match self.picker.key(event, count) {
            Picked::Close => Answer::Close,
            Picked::Choose(place) => self.shown().get(place).map_or(Answer::Stay, |entry| entry.answer()),
            Picked::Taken | Picked::Other => Answer::Stay,
        }
    }
}

impl Entry {
    /// Copies a text, of which the menu shows the beginning.
    pub fn copy(key: char, label: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        Self {
            label: label.into(),
            detail: text.replace('\n', ", "),
            key: (!matches!(key, '\0' | '/' | 'j' | 'k' | 'q' | 'g' | 'G')).then_some(key),
            tone: Tone::Plain,
            notice: Some(crate::app::command::copy::copied(&text)),
            effect: Effect::Copy(text),
        }
    }

    fn answer(&self) -> Answer {
        Answer::Done(self.effect.clone(), self.notice.clone())
    }
}
