//! The switcher: every host, found by a few of its letters.

use super::Answer;
use super::cursor::Cursor;
use crate::app::App;
use crate::app::fuzzy::Fuzzy;
use crate::app::line_input::{InputOutcome, LineInput};
use crossterm::event::{KeyCode, KeyEvent};

#[derive(Debug)]
pub struct HostPicker {
    pub input: LineInput,
    pub cursor: Cursor,
    /// Why the one that was chosen cannot be shown.
    pub refusal: Option<String>,
}

impl HostPicker {
    /// The cursor stands on the host that was on screen before, so that Enter alone goes back and forth.
    pub fn new() -> Self {
        Self { input: LineInput::default(), cursor: Cursor::at(1), refusal: None }
    }

    /// Places in the roster: the host on screen, those that were on screen before, the others in their order; once
    /// something is typed, those that match, the best first.
    pub fn rows(&self, app: &App) -> Vec<usize> {
        let mut places: Vec<usize> = (0..app.roster.len()).collect();
        let recent = |place: &usize| {
            let name = app.roster.get(*place).map(|known| &known.name);
            app.hosts.by_last_use().position(|host| Some(&host.id) == name).unwrap_or(usize::MAX)
        };
        places.sort_by_key(recent);
        matching(app, self.input.text(), places)
    }

    pub fn key(&mut self, event: KeyEvent, app: &App) -> Answer {
        let rows = self.rows(app);
        if self.cursor.key(event, rows.len()) {
            return Answer::Stay;
        }
        let chosen = rows.get(self.cursor.place(rows.len())).and_then(|place| app.roster.get(*place));
        match (event.code, chosen) {
            (KeyCode::Esc, _) => return Answer::Close,
            (KeyCode::Enter, Some(known)) => match &known.endpoint {
                Ok(_) => return Answer::Host(known.name.clone()),
                Err(failure) => self.refusal = Some(failure.sentence.clone()),
            },
            (KeyCode::Enter, None) => self.refusal = Some(format!("No host is called “{}”.", self.input.text().trim())),
            (KeyCode::Tab, Some(known)) => self.input.set_text(known.name.as_str()),
            (KeyCode::Backspace, _) if self.input.is_empty() => return Answer::Close,
            _ => {
                if self.input.key(event) == InputOutcome::Changed {
                    self.changed();
                }
            }
        }
        Answer::Stay
    }

    pub fn paste(&mut self, text: &str) {
        self.input.paste(text);
        self.changed();
    }

    fn changed(&mut self) {
        self.cursor = Cursor::default();
        self.refusal = None;
    }
}

impl Default for HostPicker {
    fn default() -> Self {
        Self::new()
    }
}

/// Those of the roster's places whose name or address fits a text, the best first.
pub fn matching(app: &App, text: &str, places: Vec<usize>) -> Vec<usize> {
    let mut fuzzy = Fuzzy::new(text);
    let mut scored: Vec<(u32, usize)> = places
        .into_iter()
        .filter_map(|place| {
            let known = app.roster.get(place)?;
            let address = known.endpoint.as_ref().map(ToString::to_string).unwrap_or_default();
            let by_name = fuzzy.score(known.name.as_str()).map(|score| score + 100);
            let exact = u32::from(known.name.as_str() == text.trim()) * 10_000;
            Some((by_name.map(|score| score + exact).or_else(|| fuzzy.contains(&address).then_some(0))?, place))
        })
        .collect();
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    scored.into_iter().map(|(_, place)| place).collect()
}
