//! A question about the program's own things, before something of them ends: Cancel has the focus.

use super::Answer;
use crate::app::commands;
use crossterm::event::{KeyCode, KeyEvent};

/// A question that is answered by a command or not at all.
#[derive(Debug)]
pub struct Question {
    pub title: String,
    /// What will happen.
    pub text: String,
    /// The word on the button.
    pub verb: &'static str,
    /// The name of the command that does it.
    pub command: &'static str,
    /// The button that does it has the focus.
    pub accept: bool,
}

impl Question {
    pub fn key(&mut self, event: KeyEvent) -> Answer {
        match event.code {
            KeyCode::Esc | KeyCode::Char('q') => Answer::Close,
            KeyCode::Enter if self.accept => commands::find(self.command).map_or(Answer::Close, Answer::Run),
            KeyCode::Enter => Answer::Close,
            KeyCode::Tab | KeyCode::BackTab | KeyCode::Left | KeyCode::Right => {
                self.accept = !self.accept;
                Answer::Stay
            }
            _ => Answer::Stay,
        }
    }
}
