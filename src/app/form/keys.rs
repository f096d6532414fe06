//! Keys in a form.

use super::{Focus, Form, Input, Name, Preview, Section, Shape, Stage};
use crate::app::dialog::Answer;
use crate::app::host::Host;
use crate::app::line_input::InputOutcome;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// What a form wants after a key, beyond what every dialog can want.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormAnswer {
    /// Do what it describes.
    Submit,
    /// Close it and keep what was typed.
    Keep,
    /// Pull the image that is missing, then create.
    PullFirst,
    /// Stop waiting for the engine, and the work with it.
    Abandon,
    /// Read variables from this file.
    LoadFile(String),
    /// Connect to the host as it is typed.
    Try,
}

impl Form {
    /// Takes a key. `host` is the host on screen, which the form is about.
    pub fn key(&mut self, event: KeyEvent, host: &Host) -> Answer {
        match self.stage {
            Stage::Working { .. } => working_key(event),
            Stage::Offering { .. } => self.offering_key(event),
            Stage::Editing => {
                let answer = self.editing_key(event, host);
                self.renew();
                answer
            }
            Stage::Saving | Stage::Asking { .. } => match event.code {
                KeyCode::Esc => Answer::Form(FormAnswer::Keep),
                _ => Answer::Stay,
            },
        }
    }

    /// Text pasted by the terminal.
    pub fn paste(&mut self, text: &str) {
        if self.stage != Stage::Editing {
            return;
        }
        self.completion = None;
        if let Some(field) = self.focused_mut() {
            field.paste(text);
        }
        self.renew();
    }

    fn offering_key(&mut self, event: KeyEvent) -> Answer {
        match event.code {
            KeyCode::Enter | KeyCode::Char('y' | 'Y') => Answer::Form(FormAnswer::PullFirst),
            KeyCode::Char('s') if event.modifiers.contains(KeyModifiers::CONTROL) => {
                Answer::Form(FormAnswer::PullFirst)
            }
            KeyCode::Esc | KeyCode::Char('n' | 'N') => {
                self.stage = Stage::Editing;
                self.focus_on(Name::Image);
                Answer::Stay
            }
            _ => Answer::Stay,
        }
    }

    fn editing_key(&mut self, event: KeyEvent, host: &Host) -> Answer {
        let control = event.modifiers.contains(KeyModifiers::CONTROL);
        match event.code {
            KeyCode::Esc if self.completion.is_some() => self.uncomplete(),
            KeyCode::Esc => return Answer::Form(FormAnswer::Keep),
            KeyCode::Char('s') if control => return Answer::Form(FormAnswer::Submit),
            KeyCode::Char('t') if control && self.is_profile() => return Answer::Form(FormAnswer::Try),
            KeyCode::Char('j') if control => self.turn_preview(),
            KeyCode::F(2) => self.turn_preview(),
            KeyCode::Down if control => self.scroll_preview(1),
            KeyCode::Up if control => self.scroll_preview(-1),
            KeyCode::Char('r') if control => self.reset(),
            KeyCode::Char('n') if control => {
                self.complete(host, 1);
            }
            KeyCode::Char('p') if control => {
                self.complete(host, -1);
            }
            KeyCode::Tab => self.move_focus(1),
            KeyCode::BackTab => self.move_focus(-1),
            KeyCode::PageDown => self.move_section(true),
            KeyCode::PageUp => self.move_section(false),
            _ => match self.focus {
                Focus::Field(_) => return self.field_key(event, host),
                Focus::Cancel | Focus::Submit => return self.button_key(event),
            },
        }
        Answer::Stay
    }

    fn button_key(&mut self, event: KeyEvent) -> Answer {
        match event.code {
            KeyCode::Enter if self.focus == Focus::Submit => return Answer::Form(FormAnswer::Submit),
            KeyCode::Enter => return Answer::Form(FormAnswer::Keep),
            KeyCode::Left | KeyCode::Right => {
                self.focus = if self.focus == Focus::Submit { Focus::Cancel } else { Focus::Submit };
            }
            KeyCode::Up => self.move_focus(-1),
            KeyCode::Down => self.move_focus(1),
            _ => {}
        }
        Answer::Stay
    }

    fn field_key(&mut self, event: KeyEvent, host: &Host) -> Answer {
        let Some(field) = self.focused_mut() else { return Answer::Stay };
        let name = field.ask.name;
        let is_area = matches!(field.input, Input::Lines(_));
        match event.code {
            KeyCode::Enter if name == Name::EnvironmentFile && !field.current().trim().is_empty() => {
                return Answer::Form(FormAnswer::LoadFile(field.current().trim().to_owned()));
            }
            // A choice among what is offered ends; in several lines the next Enter begins a new one.
            KeyCode::Enter if is_area && self.completion.is_some() => self.completion = None,
            KeyCode::Enter if !is_area => {
                self.completion = None;
                if self.fields.len() == 1 || self.kind.wants_first_alone() {
                    return Answer::Form(FormAnswer::Submit);
                }
                self.move_focus(1);
            }
            KeyCode::Down if self.arrows_choose(host) => {
                self.complete(host, 1);
            }
            KeyCode::Up if !self.chooses() && self.completion.as_ref().is_some_and(|chosen| chosen.at == 0) => {
                self.uncomplete();
            }
            KeyCode::Up if self.chooses() || self.completion.is_some() => {
                self.complete(host, -1);
            }
            KeyCode::Right if self.can_take_offer() && self.take_offer(host) => {}
            _ => self.edit(event),
        }
        Answer::Stay
    }

    fn edit(&mut self, event: KeyEvent) {
        let Some(field) = self.focused_mut() else { return };
        let name = field.ask.name;
        match (field.key(event), event.code) {
            (InputOutcome::Changed, _) => {
                self.completion = None;
                if name == Name::EnvironmentFile {
                    self.forget_file_words();
                }
            }
            (InputOutcome::Moved, _) => {}
            (InputOutcome::Ignored, KeyCode::Down) => self.move_focus(1),
            (InputOutcome::Ignored, KeyCode::Up) => self.move_focus(-1),
            (InputOutcome::Ignored, _) => {}
        }
    }

    fn forget_file_words(&mut self) {
        if let Some(field) = self.field_mut(Name::EnvironmentFile) {
            field.note = None;
        }
    }

    fn turn_preview(&mut self) {
        if !self.has_preview() {
            return;
        }
        self.preview = match self.preview {
            Preview::Command => Preview::Body,
            Preview::Body => Preview::Command,
        };
        self.preview_top = 0;
    }

    /// The body of a large container is longer than any screen.
    fn scroll_preview(&mut self, lines: isize) {
        let last = self.preview_lines().len().saturating_sub(1);
        self.preview_top = self.preview_top.saturating_add_signed(lines).min(last);
    }

    fn move_focus(&mut self, step: isize) {
        self.completion = None;
        // The button that does what the form is for comes first: Enter after the last field must not cancel.
        let is_shown = |index: &usize| self.fields.get(*index).is_some_and(|field| !field.hidden);
        let fields = (0..self.fields.len()).filter(is_shown).map(Focus::Field);
        let stops: Vec<Focus> = fields.chain([Focus::Submit, Focus::Cancel]).collect();
        let place = stops.iter().position(|stop| *stop == self.focus).unwrap_or(0);
        let next = (place as isize + step).rem_euclid(stops.len() as isize) as usize;
        self.focus = stops.get(next).copied().unwrap_or(Focus::Submit);
    }

    /// To the first field of the next section (or the previous one); past the last, to the button.
    fn move_section(&mut self, forward: bool) {
        self.completion = None;
        let section = |index: usize| self.fields.get(index).map(|field| field.ask.section);
        let firsts: Vec<usize> =
            (0..self.fields.len()).filter(|index| *index == 0 || section(*index) != section(index - 1)).collect();
        let here = match self.focus {
            Focus::Field(index) => index,
            Focus::Cancel | Focus::Submit => self.fields.len(),
        };
        let next = if forward {
            firsts.iter().find(|first| **first > here)
        } else {
            firsts.iter().rev().find(|first| **first < here)
        };
        self.focus = match next {
            Some(first) => Focus::Field(*first),
            None if forward => Focus::Submit,
            None => Focus::Field(0),
        };
    }

    /// The section of the focused field.
    pub fn section(&self) -> Option<Section> {
        self.focused().map(|field| field.ask.section)
    }

    /// Whether the focused field takes line ends.
    pub fn is_in_area(&self) -> bool {
        self.focused().is_some_and(|field| field.ask.shape == Shape::Lines)
    }
}

fn working_key(event: KeyEvent) -> Answer {
    match event.code {
        KeyCode::Esc => Answer::Form(FormAnswer::Keep),
        KeyCode::Char('x') if event.modifiers.contains(KeyModifiers::CONTROL) => Answer::Form(FormAnswer::Abandon),
        _ => Answer::Stay,
    }
}
