//! What a search looks for: words as typed, a regular expression between slashes, or lines at error level.

use std::ops::Range;

use regex::bytes::{Regex, RegexBuilder};

use crate::app::logs::escape::{plain, without_line_end};
use crate::app::logs::level::{Level, level_of};

/// A pattern ready for use.
#[derive(Clone, Debug)]
pub struct Pattern {
    text: String,
    matcher: Matcher,
}

#[derive(Clone, Debug)]
enum Matcher {
    Regex(Regex),
    Errors,
}

impl Pattern {
    /// `words` are looked for as they are, `/…/` is a regular expression. Without a capital letter both find either case.
    ///
    /// # Errors
    /// A sentence that says what is wrong with the expression.
    pub fn parse(text: &str) -> Result<Self, String> {
        let expression = text.strip_prefix('/').and_then(|rest| rest.strip_suffix('/')).filter(|rest| !rest.is_empty());
        let source = expression.map_or_else(|| regex::escape(text), str::to_owned);
        let capital = match expression {
            Some(expression) => has_capital(expression),
            None => text.chars().any(char::is_uppercase),
        };
        let regex = RegexBuilder::new(&source).case_insensitive(!capital).build();
        let regex = regex.map_err(|error| sentence(&error))?;
        Ok(Self { text: text.to_owned(), matcher: Matcher::Regex(regex) })
    }

    /// Lines at warning and error level, see [`level_of`].
    pub fn errors() -> Self {
        Self { text: "errors".to_owned(), matcher: Matcher::Errors }
    }

    /// As it was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether a raw line matches: what is seen of it counts, not its escape sequences.
    pub fn is_match(&self, line: &[u8]) -> bool {
        match &self.matcher {
            Matcher::Errors => level_of(line) >= Some(Level::Warn),
            Matcher::Regex(regex) => {
                let line = without_line_end(line);
                if line.contains(&0x1b) || line.contains(&b'\r') {
                    regex.is_match(plain(line).as_bytes())
                } else {
                    regex.is_match(line)
                }
            }
        }
    }

    /// Byte ranges of the matches in a text that is drawn, none of them empty.
    pub fn matches_in(&self, text: &str) -> Vec<Range<usize>> {
        match &self.matcher {
            Matcher::Errors => Vec::new(),
            Matcher::Regex(regex) => regex
                .find_iter(text.as_bytes())
                .map(|found| found.range())
                .filter(|range| text.get(range.clone()).is_some_and(|matched| !matched.is_empty()))
                .collect(),
        }
    }
}

/// The letter of an escape (`\S`) is none of the text looked for.
fn has_capital(expression: &str) -> bool {
    let mut escaped = false;
    expression.chars().any(|character| {
        let counts = !escaped && character.is_uppercase();
        escaped = character == '\\' && !escaped;
        counts
    })
}

/// The last line of the parser's drawing says what is wrong.
fn sentence(error: &regex::Error) -> String {
    let text = error.to_string();
    let reason = text.lines().last().unwrap_or_default().trim();
    let reason = reason.strip_prefix("error: ").unwrap_or(reason);
    format!("Not a regular expression: {reason}.")
}
