//! What is wrong with something a person typed: a sentence to stand beside the field.

use std::fmt;

/// Why an input cannot be taken, as a sentence that says what would be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid(Box<str>);

impl Invalid {
    pub fn new(sentence: impl Into<Box<str>>) -> Self {
        Self(sentence.into())
    }

    pub fn sentence(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Invalid {}
