//! Short words about what happened: shown at the foot, kept in a list.

use crate::domain::text::{clean, width};
use crate::domain::{Failure, Time};
use ratatui::layout::Rect;
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
    /// How many older ones were dropped.
    forgotten: u64,
    newest: Newest,
}

/// What the user did about the newest notice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Newest {
    #[default]
    New,
    /// It has the keyboard.
    Focused,
    PutAway,
}

/// Notices kept for `:messages`.
const KEPT: usize = 500;
/// How long good news stays on screen. Failures stay until put away.
const SHOWN: Duration = Duration::from_secs(6);

impl Notices {
    pub fn tell(&mut self, notice: Notice) {
        if self.told.len() == KEPT {
            self.told.pop_front();
            self.forgotten += 1;
        }
        self.told.push_back(notice);
        self.newest = Newest::New;
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
        let newest = self.told.back().filter(|_| self.newest != Newest::PutAway)?;
        (newest.weight == Weight::Failure || now.since(newest.at) < SHOWN).then_some(newest)
    }

    /// Whether the one on screen will go by itself, so that the clock is needed.
    pub fn is_fading(&self, now: Time) -> bool {
        self.current(now).is_some_and(|notice| notice.weight != Weight::Failure)
    }

    pub fn dismiss(&mut self) {
        self.newest = Newest::PutAway;
    }

    /// Gives the keyboard to the failure on screen; false when there is none.
    pub fn focus(&mut self, now: Time) -> bool {
        let is_failure = self.current(now).is_some_and(|notice| notice.weight == Weight::Failure);
        if is_failure {
            self.newest = Newest::Focused;
        }
        is_failure
    }

    /// Takes the keyboard away again; false when it had none.
    pub fn blur(&mut self) -> bool {
        let had = self.is_focused();
        if had {
            self.newest = Newest::New;
        }
        had
    }

    pub fn is_focused(&self) -> bool {
        self.newest == Newest::Focused
    }

    /// The number of the notice at a place, the newest being 0: it stays its own while others come.
    pub fn serial(&self, place: usize) -> u64 {
        self.forgotten + (self.told.len() as u64).saturating_sub(place as u64 + 1)
    }

    /// Where the notice with this number is, the newest being 0; the oldest when it was dropped.
    pub fn place(&self, serial: u64) -> usize {
        let newest = self.forgotten + self.told.len() as u64;
        let place = usize::try_from(newest.saturating_sub(serial + 1)).unwrap_or(usize::MAX);
        place.min(self.told.len().saturating_sub(1))
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

impl Weight {
    /// What stands before the text, so that its meaning is not by colour alone.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Done => "✓",
            Self::Warning => "!",
            Self::Failure => "✗",
        }
    }
}

impl Notice {
    /// Sign and text: the line at the foot.
    pub fn line(&self) -> String {
        format!("{} {} ", self.weight.sign(), self.text)
    }

    /// Everything there is to say, a paragraph a line.
    pub fn full(&self) -> String {
        std::iter::once(&self.text).chain(&self.details).map(String::as_str).collect::<Vec<_>>().join("\n")
    }

    /// Where it is on the last line of the screen. It may take all of it where it is a failure: keys are known,
    /// failures are not.
    pub fn area(&self, footer: Rect) -> Rect {
        let room = usize::from(footer.width.saturating_sub(1));
        let for_keys = if self.weight == Weight::Failure { 0 } else { room / 3 };
        let wanted = u16::try_from(width(&clean(&self.line())).min(room - for_keys)).unwrap_or(footer.width);
        Rect { x: footer.right() - wanted, width: wanted, ..footer }
    }
}
