//! A question about the program's own things: what will happen, Cancel and one button; Cancel has the focus.

use super::Answer;
use crate::app::commands;
use crate::app::effect::Effect;
use crate::domain::{HostId, Request};
use crossterm::event::{KeyCode, KeyEvent};

#[derive(Debug)]
pub struct Question {
    /// `Remove host prod?`
    pub title: String,
    /// Sentences, a paragraph each.
    pub words: Vec<String>,
    /// The word on the button.
    pub verb: &'static str,
    pub consent: Consent,
    /// The button has the focus, and not Cancel.
    pub accepts: bool,
}

/// What the button does.
#[derive(Debug)]
pub enum Consent {
    /// The command of that name runs.
    Run(&'static str),
    Effect(Effect),
    /// The host is sent this.
    Request(HostId, Box<Request>),
}

impl Question {
    pub fn new(title: String, words: Vec<String>, verb: &'static str, consent: Consent) -> Self {
        Self { title, words, verb, consent, accepts: false }
    }

    pub fn key(&mut self, event: KeyEvent) -> Answer {
        match event.code {
            KeyCode::Esc | KeyCode::Char('q') => return Answer::Close,
            KeyCode::Tab | KeyCode::BackTab | KeyCode::Left | KeyCode::Right | KeyCode::Up | KeyCode::Down => {
                self.accepts = !self.accepts;
            }
            KeyCode::Enter if self.accepts => {
                return match &self.consent {
                    Consent::Run(command) => commands::find(command).map_or(Answer::Close, Answer::Run),
                    Consent::Effect(effect) => Answer::Effect(effect.clone()),
                    Consent::Request(host, request) => Answer::Send(host.clone(), request.clone()),
                };
            }
            KeyCode::Enter => return Answer::Close,
            _ => {}
        }
        Answer::Stay
    }
}
