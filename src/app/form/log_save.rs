//! The form that saves a log: which lines, in which file, how.

use super::{Form, Name};
use crate::domain::{Invalid, LogContent, LogForm, LogSave, Target, print_places};
use std::str::FromStr;

/// Which lines of a log are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    /// Those that the pane can be scrolled over: only matching ones, or since when, as chosen there.
    Shown,
    Marked,
    /// All that the engine has.
    Whole,
}

impl Lines {
    pub const ALL: [Self; 3] = [Self::Shown, Self::Marked, Self::Whole];

    pub fn word(self) -> &'static str {
        match self {
            Self::Shown => "shown",
            Self::Marked => "marked",
            Self::Whole => "whole",
        }
    }

    pub fn meaning(self) -> &'static str {
        match self {
            Self::Shown => "the lines that are loaded and pass the search and the range",
            Self::Marked => "the lines that are marked",
            Self::Whole => "the whole log, read from the engine once more",
        }
    }
}

impl FromStr for Lines {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let word = text.trim();
        let found = Self::ALL.into_iter().find(|lines| lines.word() == word);
        found.ok_or_else(|| Invalid::new("This must be shown, marked or whole."))
    }
}

impl Form {
    /// Opens with this file and these lines; times as the pane shows them.
    pub fn start_saving(&mut self, path: &str, lines: Lines, times: bool) {
        self.start_with(Name::Path, path);
        self.start_with(Name::Lines, lines.word());
        if let Some(field) = self.field_mut(Name::Times) {
            field.start_with_toggle(times);
        }
    }

    /// Opens with this file, for events.
    pub fn start_saving_events(&mut self, path: &str) {
        self.start_with(Name::Path, path);
    }

    pub(super) fn lines_meant(&self) -> Lines {
        self.line(Name::Lines).parse().unwrap_or(Lines::Shown)
    }

    /// What is saved, with these lines.
    pub fn log_save(&self, target: &Target, content: LogContent) -> LogSave {
        LogSave {
            target: target.clone(),
            path: self.line(Name::Path).to_owned(),
            content,
            form: LogForm { times: self.is_on(Name::Times), raw: self.is_on(Name::Raw) },
            overwrite: false,
        }
    }

    /// The command line that does the same, where there is one.
    pub(super) fn save_line(&self) -> String {
        let requests = self.requests();
        match (self.lines_meant(), requests.first()) {
            (Lines::Whole, Some(request)) => {
                format!("{} > {}", request.docker_command(), print_places(&[self.line(Name::Path)]))
            }
            (Lines::Shown | Lines::Marked | Lines::Whole, _) => String::new(),
        }
    }
}
