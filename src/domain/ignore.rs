//! `.dockerignore`: which files of a folder are not sent to a builder, as Docker documents it.
//!
//! It is not `.gitignore`: a pattern begins at the root of the folder, the last line that matches decides, and an
//! exception (`!`) brings back what lies in a folder that is left out.

mod pattern;

use super::Invalid;
use pattern::Pattern;

/// The lines of such a file, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ignore(Vec<Rule>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Rule {
    pattern: Pattern,
    /// It began with `!`: what it matches is not left out.
    is_exception: bool,
}

impl Ignore {
    /// Reads the text of a `.dockerignore`.
    ///
    /// # Errors
    /// Says which line is no pattern and why.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let mut rules = Vec::new();
        for (line, number) in text.strip_prefix('\u{feff}').unwrap_or(text).lines().zip(1..) {
            if line.starts_with('#') || line.trim().is_empty() {
                continue;
            }
            let (is_exception, words) = match line.trim().strip_prefix('!') {
                Some(rest) => (true, rest.trim()),
                None => (false, line.trim()),
            };
            let wrong = |why: &str| Invalid::new(format!("Line {number}, “{}”: {why}.", line.trim().escape_debug()));
            if words.is_empty() {
                return Err(wrong("after the ! comes what is not to be left out"));
            }
            let pattern = Pattern::parse(&cleaned(words)).map_err(wrong)?;
            rules.push(Rule { pattern, is_exception });
        }
        Ok(Self(rules))
    }

    /// What the builder itself has to read is sent, whatever the lines say.
    #[must_use]
    pub fn but_for(mut self, path: &str) -> Self {
        if self.leaves_out(path) {
            self.0.push(Rule { pattern: Pattern::literal(path), is_exception: true });
        }
        self
    }

    /// Whether a file or folder is not sent: by its own name, or by that of a folder that it lies in. `path` is relative
    /// to the root, its parts joined by `/`.
    pub fn leaves_out(&self, path: &str) -> bool {
        let mut left_out = false;
        for rule in &self.0 {
            // One that would say what is so already need not be asked.
            if rule.is_exception == left_out && and_above(path).any(|part| rule.pattern.matches(part)) {
                left_out = !rule.is_exception;
            }
        }
        left_out
    }

    /// Whether a folder that is left out may hold what is not.
    pub fn may_keep_within(&self, folder: &str) -> bool {
        self.0.iter().any(|rule| rule.is_exception && rule.pattern.may_match_within(folder))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// `a`, `a/b`, `a/b/c` of `a/b/c`.
fn and_above(path: &str) -> impl Iterator<Item = &str> {
    let above = path.match_indices('/').filter_map(|(at, _)| path.get(..at));
    above.chain([path])
}

/// The pattern without `.`, `..`, doubled slashes, and a slash at its begin or end.
fn cleaned(pattern: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in pattern.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            // Nothing lies above the root.
            ".." if pattern.starts_with('/') => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests;
