//! Rules of the user's for what is set apart in every log.

use super::StyleSpec;
use regex::bytes::Regex;

/// Matches of a pattern, drawn in a style of their own.
#[derive(Clone, Debug)]
pub struct HighlightRule {
    pub pattern: Regex,
    pub style: StyleSpec,
    /// The whole of a line that matches.
    pub whole_line: bool,
}

impl PartialEq for HighlightRule {
    fn eq(&self, other: &Self) -> bool {
        (self.pattern.as_str(), self.style, self.whole_line) == (other.pattern.as_str(), other.style, other.whole_line)
    }
}

impl Eq for HighlightRule {}
