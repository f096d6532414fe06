//! Dialogs: what lies over the panes and takes every key until it is closed.

pub mod confirm;

use super::commands::Command;
use super::effect::Effect;
use super::form::{Form, FormAnswer};
use super::host::Host;
use crate::domain::Request;
use confirm::Confirm;
use crossterm::event::KeyEvent;

#[derive(Debug)]
pub enum Dialog {
    Confirm(Box<Confirm>),
    Form(Box<Form>),
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
    /// What only forms want.
    Form(FormAnswer),
}

impl Dialog {
    /// Takes a key. `host` is the one on screen.
    pub fn key(&mut self, event: KeyEvent, host: &Host) -> Answer {
        match self {
            Self::Confirm(confirm) => confirm.key(event),
            Self::Form(form) => form.key(event, host),
        }
    }

    /// Text pasted by the terminal.
    pub fn paste(&mut self, text: &str) {
        match self {
            Self::Confirm(confirm) => confirm.paste(text),
            Self::Form(form) => form.paste(text),
        }
    }
}
