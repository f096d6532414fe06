//! A trial of a host: each step of connecting to it, as it is told.

use super::Answer;
use crate::app::effect::Effect;
use crate::app::msg::{TrialId, TrialNews};
use crate::domain::text::wrapped;
use crate::domain::{Step, Time};
use crossterm::event::{KeyCode, KeyEvent};

#[derive(Debug)]
pub struct Trial {
    pub id: TrialId,
    /// The host's name, or its address where it has none yet.
    pub name: String,
    pub since: Time,
    pub steps: Vec<Step>,
    pub ended: bool,
    /// Lines that were scrolled away.
    top: usize,
}

/// How a line of a trial is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    Address,
    Passed,
    Warned,
    Failed,
    /// What to do about it.
    Remedy,
}

impl Trial {
    pub fn new(id: TrialId, name: String, since: Time) -> Self {
        Self { id, name, since, steps: Vec::new(), ended: false, top: 0 }
    }

    pub fn take(&mut self, news: TrialNews) {
        match news {
            TrialNews::Step(step) => self.steps.push(step),
            TrialNews::Ended(broken) => {
                self.steps.extend(broken.map(Step::Failed));
                self.ended = true;
            }
        }
    }

    /// Whether the last step says that an engine can be worked with.
    pub fn went_well(&self) -> bool {
        self.ended && matches!(self.steps.last(), Some(Step::Passed(_) | Step::Warned(_)))
    }

    /// The steps in lines of at most so many columns.
    pub fn lines(&self, columns: usize) -> Vec<(String, Meaning)> {
        let mut lines = Vec::new();
        let mut say = |sign: &str, words: &str, meaning: Meaning| {
            let room = columns.saturating_sub(2);
            for (index, line) in wrapped(words, room).into_iter().enumerate() {
                let sign = if index == 0 { sign } else { " " };
                lines.push((format!("{sign} {line}"), meaning));
            }
        };
        for step in &self.steps {
            match step {
                Step::Address(words) => say("→", words, Meaning::Address),
                Step::Passed(words) => say("✓", words, Meaning::Passed),
                Step::Warned(words) => say("!", words, Meaning::Warned),
                Step::Failed(failure) => {
                    say("✗", &failure.sentence, Meaning::Failed);
                    if let Some(hint) = &failure.hint {
                        say(" ", hint, Meaning::Remedy);
                    }
                }
            }
        }
        lines
    }

    /// The first line to show where so many fit: the last ones are the ones that count.
    pub fn top(&self, count: usize, height: usize) -> usize {
        count.saturating_sub(height).saturating_sub(self.top)
    }

    pub fn key(&mut self, event: KeyEvent) -> Answer {
        match event.code {
            KeyCode::Esc | KeyCode::Enter | KeyCode::Char('q') if self.ended => return Answer::Close,
            KeyCode::Esc | KeyCode::Char('q') => return Answer::Effect(Effect::EndTrial(self.id)),
            KeyCode::Up | KeyCode::Char('k') => self.top = (self.top + 1).min(self.steps.len() * 4),
            KeyCode::Down | KeyCode::Char('j') => self.top = self.top.saturating_sub(1),
            _ => {}
        }
        Answer::Stay
    }
}
