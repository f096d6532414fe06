//! What a search looks at in a line: what the container wrote, and what is shown of it.

use super::Pattern;
use crate::app::logs::json::{self, JsonLook};
use std::sync::Arc;

/// Reading a line's JSON costs so many times as much as looking through it.
const SHAPING: usize = 24;

/// A pattern, and the look of the lines that it is searched in.
#[derive(Clone, Debug)]
pub struct Lens {
    pattern: Pattern,
    json: JsonLook,
    fields: Arc<[String]>,
}

impl From<Pattern> for Lens {
    /// Lines as they were written.
    fn from(pattern: Pattern) -> Self {
        Self { pattern, json: JsonLook::Off, fields: Arc::from([]) }
    }
}

impl Lens {
    pub fn new(pattern: Pattern, json: JsonLook, fields: Arc<[String]>) -> Self {
        Self { pattern, json, fields }
    }

    pub fn pattern(&self) -> &Pattern {
        &self.pattern
    }

    pub fn json(&self) -> JsonLook {
        self.json
    }

    pub fn fields(&self) -> &Arc<[String]> {
        &self.fields
    }

    /// Whether a line matches, as it was written or as it is shown.
    pub fn is_match(&self, line: &[u8]) -> bool {
        self.pattern.is_match(line) || self.is_shown_match(line)
    }

    fn is_shown_match(&self, line: &[u8]) -> bool {
        let texts = match self.json {
            JsonLook::Off => None,
            JsonLook::Formatted => json::formatted(line),
            JsonLook::Fields => json::fields(line, &self.fields).map(|row| vec![row]),
        };
        texts.is_some_and(|texts| {
            texts.into_iter().any(|spans| {
                let text: String = spans.into_iter().map(|span| span.text).collect();
                !self.pattern.matches_in(&text).is_empty()
            })
        })
    }

    /// What looking at a line costs against others, in bytes looked through.
    pub fn cost(&self, line: &[u8]) -> usize {
        match self.json {
            JsonLook::Formatted | JsonLook::Fields if line.starts_with(b"{") => line.len().saturating_mul(SHAPING),
            JsonLook::Off | JsonLook::Formatted | JsonLook::Fields => line.len(),
        }
    }
}
