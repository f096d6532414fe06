//! Dialogs: what lies over the panes and takes every key until it is closed.

pub mod confirm;

use super::commands::Command;
use super::effect::Effect;
use crate::domain::Request;
use confirm::Confirm;
use crossterm::event::KeyEvent;

#[derive(Debug)]
pub enum Dialog {
    Confirm(Box<Confirm>),
}

/// What a dialog wants after a key.
#[derive(Debug)]
pub enum Answer {
    /// It goes on.
    Stay,
    Close,
    /// Close it and send these requests as one batch.
    Perform(Vec<Request>),
    /// Close it and do this.
    Effect(Effect),
    /// Close it and run a command.
    Run(&'static Command),
}

impl Dialog {
    pub fn key(&mut self, event: KeyEvent) -> Answer {
        match self {
            Self::Confirm(confirm) => confirm.key(event),
        }
    }

    /// Text pasted by the terminal.
    pub fn paste(&mut self, text: &str) {
        match self {
            Self::Confirm(confirm) => confirm.paste(text),
        }
    }
}
