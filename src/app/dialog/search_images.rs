//! Images that the engine finds in its registry: a line to type in, and what was found.

use super::Answer;
use super::cursor::Cursor;
use super::finder::{Finder, Found};
use crate::app::App;
use crate::app::command::typed;
use crate::app::effect::{Effect, Fetch};
use crate::app::image_asks::ImageAsk;
use crate::domain::{Failure, FoundImage, HostId, ImageRequest, Time};
use crossterm::event::KeyEvent;

#[derive(Debug)]
pub struct SearchImages {
    pub host: HostId,
    pub finder: Finder,
    /// What was asked for last.
    asked: Option<String>,
    found: Option<Result<Vec<FoundImage>, Failure>>,
    /// When that was.
    since: Time,
}

impl SearchImages {
    pub fn new(host: HostId) -> Self {
        Self { host, finder: Finder::default(), asked: None, found: None, since: Time::default() }
    }

    /// What was found, unless something else is being typed or waited for.
    pub fn rows(&self) -> &[FoundImage] {
        match &self.found {
            Some(Ok(rows)) if self.is_answered() => rows,
            _ => &[],
        }
    }

    /// What is said where there are no rows.
    pub fn words(&self, now: Time) -> String {
        match &self.found {
            _ if !self.is_answered() => "Enter searches for what is typed.".to_owned(),
            // A registry that does not answer is given up by the engine, and that takes its time.
            None => match now.since(self.since).as_secs() {
                0 => "Searching…".to_owned(),
                waited => format!("Searching… {waited} s"),
            },
            Some(Ok(_)) => "Nothing was found. Other words may find more.".to_owned(),
            Some(Err(failure)) => failure.to_string(),
        }
    }

    /// Whether an answer is waited for, for so long as the clock is shown.
    pub fn is_searching(&self) -> bool {
        self.asked.is_some() && self.found.is_none()
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
            Found::Chosen(None) => self.search(app.now),
            Found::Completed(place) => match (typed::find("pull"), self.rows().get(place)) {
                (Some(pull), Some(row)) => Answer::Typed(pull, row.name.to_string()),
                _ => Answer::Stay,
            },
        }
    }

    fn search(&mut self, now: Time) -> Answer {
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
        self.since = now;
        let fetch = Fetch::About(ImageAsk::Search(term));
        Answer::Meanwhile(Effect::Fetch { host: self.host.clone(), fetch }, None)
    }
}
