//! The switcher: every host, found by a few of its letters.

use super::Answer;
use super::cursor::Cursor;
use super::finder::{Finder, Found};
use crate::app::App;
use crate::app::fuzzy::Fuzzy;
use crate::domain::order;
use crossterm::event::KeyEvent;

#[derive(Debug)]
pub struct HostPicker {
    pub finder: Finder,
}

impl HostPicker {
    /// The cursor stands on the host that was on screen before, so that Enter alone goes back and forth.
    pub fn new() -> Self {
        Self { finder: Finder { cursor: Cursor::at(1), ..Finder::default() } }
    }

    /// Places in the roster: the host on screen, those that were on screen before, the others in their order; once
    /// something is typed, those that match, the best first.
    pub fn rows(&self, app: &App) -> Vec<usize> {
        let mut places: Vec<usize> = (0..app.roster.len()).collect();
        let recent = |place: &usize| {
            let name = app.roster.get(*place).map(|known| &known.name);
            app.hosts.by_last_use().position(|host| Some(&host.id) == name).unwrap_or(usize::MAX)
        };
        order::sort_by_key(&mut places, recent);
        matching(app, self.finder.input.text(), places)
    }

    pub fn key(&mut self, event: KeyEvent, app: &App) -> Answer {
        let rows = self.rows(app);
        let known = |place: usize| app.roster.get(*rows.get(place)?);
        match self.finder.key(event, rows.len()) {
            Found::Stay => {}
            Found::Close => return Answer::Close,
            Found::Chosen(place) => match place.and_then(known).map(|known| (&known.name, &known.endpoint)) {
                Some((name, Ok(_))) => return Answer::Host(name.clone()),
                Some((_, Err(failure))) => self.finder.refusal = Some(failure.sentence.clone()),
                None => {
                    let text = self.finder.input.text().trim();
                    self.finder.refusal = Some(format!("No host is called “{text}”."));
                }
            },
            Found::Completed(place) => {
                if let Some(known) = known(place) {
                    self.finder.input.set_text(known.name.as_str());
                }
            }
        }
        Answer::Stay
    }

    pub fn paste(&mut self, text: &str) {
        self.finder.paste(text);
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
    order::sort_by_key(&mut scored, |(score, _)| std::cmp::Reverse(*score));
    scored.into_iter().map(|(_, place)| place).collect()
}
