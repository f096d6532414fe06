//! Short words about what happened: shown at the foot, kept in a list.

use crate::domain::{Failure, Time};
use std::collections::VecDeque;
use std::time::Duration;

/// How good the news is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    Done,
    Warning,
    Failure,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    pub at: Time,
    pub weight: Weight,
    /// One line.
    pub text: String,
    /// All there is to say, where the line is not all: one paragraph each.
    pub details: Vec<String>,
}

/// Everything that was told, the newest last; bounded.
#[derive(Debug, Default)]
pub struct Notices {
    told: VecDeque<Notice>,
    /// The newest was put away by the user.
    dismissed: bool,
}

/// Notices kept for `:messages`.
const KEPT: usize = 500;
/// How long good news stays on screen. Failures stay until put away.
const SHOWN: Duration = Duration::from_secs(6);

impl Notices {
    pub fn tell(&mut self, notice: Notice) {
        if self.told.len() == KEPT {
            self.told.pop_front();
        }
        self.told.push_back(notice);
        self.dismissed = false;
    }

    pub fn fail(&mut self, now: Time, doing: &str, failure: &Failure) {
        let text = if doing.is_empty() { failure.sentence.clone() } else { format!("{doing}: {}", failure.sentence) };
        let details = [failure.sentence.clone()].into_iter().chain(failure.hint.clone()).collect();
        self.tell(Notice { at: now, weight: Weight::Failure, text, details });
    }

    pub fn say(&mut self, now: Time, text: impl Into<String>) {
        self.tell(Notice { at: now, weight: Weight::Done, text: text.into(), details: Vec::new() });
    }

    pub fn warn(&mut self, now: Time, text: impl Into<String>) {
        self.tell(Notice { at: now, weight: Weight::Warning, text: text.into(), details: Vec::new() });
    }

    /// The notice to show now.
    pub fn current(&self, now: Time) -> Option<&Notice> {
        let newest = self.told.back().filter(|_| !self.dismissed)?;
        (newest.weight == Weight::Failure || now.since(newest.at) < SHOWN).then_some(newest)
    }

    /// Whether the one on screen will go by itself, so that the clock is needed.
    pub fn is_fading(&self, now: Time) -> bool {
        self.current(now).is_some_and(|notice| notice.weight != Weight::Failure)
    }

    pub fn dismiss(&mut self) {
        self.dismissed = true;
    }

    /// Newest first.
    pub fn all(&self) -> impl Iterator<Item = &Notice> {
        self.told.iter().rev()
    }

    pub fn len(&self) -> usize {
        self.told.len()
    }

    pub fn is_empty(&self) -> bool {
        self.told.is_empty()
    }
}
