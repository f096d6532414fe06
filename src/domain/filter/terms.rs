//! Splits a filter into its terms: words between blanks, and regular expressions between slashes.

use crate::domain::Invalid;
use regex::{Regex, RegexBuilder};

/// A compiled expression stays small, so that a pasted `.{9999}{9999}` is refused instead of compiled.
const REGEX_BYTES: usize = 1 << 20;

pub(super) enum Term<'a> {
    Word(&'a str),
    Regex(Regex),
}

/// The terms, each with whether a `!` stood before it. A `!` alone is not complete and left out.
pub(super) fn split_terms(text: &str) -> Result<Vec<(bool, Term<'_>)>, Invalid> {
    let mut terms = Vec::new();
    let mut left = text.trim_start();
    while !left.is_empty() {
        let (negated, body) = match left.strip_prefix('!') {
            Some(body) => (true, body),
            None => (false, left),
        };
        let rest = match body.strip_prefix('/') {
            Some(inside) => {
                let (expression, rest) = split_regex(inside)?;
                // `//` is the beginning of typing one.
                if !expression.is_empty() {
                    terms.push((negated, Term::Regex(compile(expression)?)));
                }
                rest
            }
            None => {
                let (word, rest) = body.split_at(body.find(char::is_whitespace).unwrap_or(body.len()));
                if !word.is_empty() {
                    terms.push((negated, Term::Word(word)));
                }
                rest
            }
        };
        left = rest.trim_start();
    }
    Ok(terms)
}

/// The closing slash is the first one that ends a word, so `/docker.io/library/` needs no backslashes.
fn split_regex(inside: &str) -> Result<(&str, &str), Invalid> {
    for (position, _) in inside.match_indices('/') {
        let (expression, rest) = inside.split_at(position);
        let rest = rest.strip_prefix('/').unwrap_or(rest);
        if rest.is_empty() || rest.starts_with(char::is_whitespace) {
            return Ok((expression, rest));
        }
    }
    Err(Invalid::new("The regular expression is not closed: end it with /."))
}

fn compile(expression: &str) -> Result<Regex, Invalid> {
    RegexBuilder::new(expression).case_insensitive(true).size_limit(REGEX_BYTES).build().map_err(|error| {
        // The library draws a picture over several lines; its last one says what is wrong.
        let words = error.to_string();
        let last = words.lines().last().unwrap_or_default().trim().trim_start_matches("error: ").trim_end_matches('.');
        Invalid::new(format!("/{expression}/ is not a regular expression: {last}."))
    })
}
