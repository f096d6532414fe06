//! Mistakes in a file of the user, as data: where, what, and what is allowed.

use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// One mistake in the config file, a theme, or a variable of the environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// The file, or what else the setting came from (`the environment`).
    pub path: PathBuf,
    pub place: Option<Place>,
    pub sentence: String,
    /// The remedy, a sentence.
    pub hint: Option<String>,
}

/// A place in a file; both count from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub line: usize,
    pub column: usize,
}

impl Place {
    /// Where a byte offset lies in a text.
    pub fn of(offset: usize, text: &str) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        let column = before.get(line_start..).unwrap_or_default().chars().count() + 1;
        Self { line: before.matches('\n').count() + 1, column }
    }
}

impl ConfigError {
    pub fn new(path: impl Into<PathBuf>, sentence: impl Into<String>) -> Self {
        Self { path: path.into(), place: None, sentence: sentence.into(), hint: None }
    }

    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// A mistake against TOML itself.
    pub(super) fn syntax(path: &Path, text: &str, message: &str, span: Option<Range<usize>>) -> Self {
        let first_line = message.lines().next().unwrap_or_default();
        let error = Self::new(path, format!("This is not TOML: {first_line}."));
        match span {
            Some(span) => error.at(Place::of(span.start, text)),
            None => error,
        }
    }

    /// The command, key or value of that name does not exist; names the nearest that does.
    #[must_use]
    pub fn did_you_mean<'k>(self, wrong: &str, known: impl IntoIterator<Item = &'k str>) -> Self {
        let known: Vec<&str> = known.into_iter().collect();
        if let Some(nearest) = super::nearest::nearest(wrong, &known) {
            return self.with_hint(format!("Did you mean “{nearest}”?"));
        }
        if known.is_empty() { self } else { self.with_hint(format!("Known here: {}.", known.join(", "))) }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path.display())?;
        if let Some(Place { line, column }) = self.place {
            write!(f, ":{line}:{column}")?;
        }
        write!(f, ": {}", self.sentence)?;
        if let Some(hint) = &self.hint {
            write!(f, " {hint}")?;
        }
        Ok(())
    }
}

impl std::error::Error for ConfigError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_from_one_in_characters() {
        let text = "a\nä b\n";
        assert_eq!(Place::of(0, text), Place { line: 1, column: 1 });
        assert_eq!(Place::of(5, text), Place { line: 2, column: 3 });
        assert_eq!(Place::of(99, text), Place { line: 3, column: 1 });
    }

    #[test]
    fn an_error_prints_like_a_compilers() {
        let error = ConfigError::new("config.toml", "There is no setting “thme”.")
            .at(Place { line: 3, column: 1 })
            .did_you_mean("thme", ["mouse", "theme"]);
        assert_eq!(error.to_string(), "config.toml:3:1: There is no setting “thme”. Did you mean “theme”?");
    }
}
