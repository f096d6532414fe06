//! Images that the engine finds in its registry: a line to type in, and what was found.

use super::Answer;
use super::cursor::Cursor;
use super::finder::{Finder, Found};
use crate::app::App;
use crate::app::command::typed;
use crate::app::effect::{Effect, Fetch};
use crate::app::image_asks::ImageAsk;
use crate::domain::{Failure, FoundImage, HostId, ImageRequest};
use crossterm::event::KeyEvent;

#[derive(Debug)]
pub struct SearchImages {
    pub host: HostId,
    pub finder: Finder,
    /// What was asked for last.
    asked: Option<String>,
    found: Option<Result<Vec<FoundImage>, Failure>>,
}

impl SearchImages {
    pub fn new(host: HostId) -> Self {
        Self { host, finder: Finder::default(), asked: None, found: None }
    }

    /// What was found, unless something else is being typed or waited for.
    pub fn rows(&self) -> &[FoundImage] {
        match &self.found {
            Some(Ok(rows)) if self.is_answered() => rows,
            _ => &[],
        }
    }

    /// What is said where there are no rows.
    pub fn words(&self) -> String {
        match &self.found {
            _ if !self.is_answered() => "Enter searches for what is typed.".to_owned(),
            None => "Searching…".to_owned(),
            Some(Ok(_)) => "Nothing was found. Other words may find more.".to_owned(),
            Some(Err(failure)) => failure.to_string(),
        }
    }

    /// Whether what is typed is what was asked for.
    fn is_answered(&self) -> bool {
        self.asked.as_deref() == Some(self.finder.input.text().trim())
    }

    /// Takes an answer to a term; one to another is too late.
    pub fn take(&mut self, term: &str, found: &Result<Vec<FoundImage>, Failure>) {
        if self.asked.as_deref() == Some(term) {
            self.found = Some(found.clone());
            self.finder.cursor = Cursor::default();
        }
    }

    pub fn key(&mut self, event: KeyEvent, app: &App) -> Answer {
        let count = self.rows().len();
        match self.finder.key(event, count) {
            Found::Stay => Answer::Stay,
            Found::Close => Answer::Close,
            Found::Chosen(Some(place)) => {
                let refusal = app.hosts.get(&self.host).and_then(|host| host.refusal());
                match (refusal, self.rows().get(place)) {
                    (Some(reason), _) => self.finder.refusal = Some(format!("Nothing is pulled: {reason}.")),
                    (None, Some(row)) => {
                        let pull = ImageRequest::pull(row.name.as_ref()).into();
                        return Answer::Perform(vec![(self.host.clone(), vec![pull])]);
                    }
                    (None, None) => {}
                }
                Answer::Stay
            }
            Found::Chosen(None) => self.search(),
            Found::Completed(place) => match (typed::find("pull"), self.rows().get(place)) {
                (Some(pull), Some(row)) => Answer::Typed(pull, row.name.to_string()),
                _ => Answer::Stay,
            },
        }
    }

    fn search(&mut self) -> Answer {
        let term = self.finder.input.text().trim().to_owned();
        if term.is_empty() {
            self.finder.refusal = Some("Type what to look for, such as nginx.".to_owned());
            return Answer::Stay;
        }
        // What is waited for comes without asking again; what failed may go well now.
        if self.is_answered() && self.found.is_none() {
            return Answer::Stay;
        }
        self.asked = Some(term.clone());
        self.found = None;
        let fetch = Fetch::About(ImageAsk::Search(term));
        Answer::Meanwhile(Effect::Fetch { host: self.host.clone(), fetch }, None)
    }
}
