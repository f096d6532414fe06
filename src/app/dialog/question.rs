//! A question about the program's own files: what will happen, Cancel and one button; Cancel has the focus.

use super::Answer;
use crate::app::effect::Effect;
use crossterm::event::{KeyCode, KeyEvent};

#[derive(Debug)]
pub struct Question {
    /// `Remove host prod?`
    pub title: String,
    /// Sentences, a paragraph each.
    pub words: Vec<String>,
    /// The word on the button.
    pub verb: &'static str,
    pub effect: Effect,
    /// The button has the focus, and not Cancel.
    pub accepts: bool,
}

impl Question {
    pub fn key(&mut self, event: KeyEvent) -> Answer {
        match event.code {
            KeyCode::Esc => return Answer::Close,
            KeyCode::Tab | KeyCode::BackTab | KeyCode::Left | KeyCode::Right | KeyCode::Up | KeyCode::Down => {
                self.accepts = !self.accepts;
            }
            KeyCode::Enter if self.accepts => return Answer::Effect(self.effect.clone()),
            KeyCode::Enter => return Answer::Close,
            _ => {}
        }
        Answer::Stay
    }
}
