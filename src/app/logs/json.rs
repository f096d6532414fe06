//! Lines that are JSON objects, as they are shown: formatted, or as chosen fields. Numbers and strings stay as they were
//! written; what is no JSON object stays as it is.

mod tokens;

use super::escape::{Part, Span, SpanStyle, Window, plain, spans};
use std::borrow::Cow;
use tokens::{Token, Tokens};

#[cfg(test)]
mod tests;

/// A longer line stays as it is: it would be read anew for each frame.
const LONGEST: usize = 64 * 1024;
/// One that is nested deeper stays as it is: its indents would be most of it.
const DEEPEST: usize = 100;
/// Bytes of a field's name at most.
const LONGEST_NAME: usize = 256;
/// A level further in takes so many columns more.
const INDENT: usize = 2;
/// All fields that are not named.
pub const OTHERS: &str = "*";

/// How lines that are JSON objects are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum JsonLook {
    /// As they were written.
    #[default]
    Off,
    /// A field a row, indented.
    Formatted,
    /// The fields that the settings name, in one row.
    Fields,
}

impl JsonLook {
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Off => Self::Formatted,
            Self::Formatted => Self::Fields,
            Self::Fields => Self::Off,
        }
    }
}

/// What stands for the same in the logs of many programs, the usual name first: its value is shown without its name.
const SAME: [&[&str]; 3] = [
    &["time", "ts", "timestamp", "@timestamp", "t"],
    &["level", "lvl", "severity", "levelname", "log.level"],
    &["msg", "message", "@message", "event"],
];

/// Whether two names usually stand for the same.
pub fn are_same(one: &str, other: &str) -> bool {
    SAME.iter().any(|names| names.contains(&one) && names.contains(&other))
}

/// The rows of a line, formatted.
pub fn formatted(line: &[u8]) -> Option<Vec<Vec<Span>>> {
    let text = object(line)?;
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let mut depth: usize = 0;
    let mut tokens = Tokens::new(&text).peekable();
    while let Some(token) = tokens.next() {
        match token {
            Token::Open(sign) => {
                push(&mut row, sign, Part::Sign);
                match tokens.next_if(|next| matches!(next, Token::Close(_))) {
                    Some(Token::Close(sign)) => push(&mut row, sign, Part::Sign),
                    _ => {
                        depth += 1;
                        end(&mut rows, &mut row, depth);
                    }
                }
            }
            Token::Close(sign) => {
                depth = depth.saturating_sub(1);
                end(&mut rows, &mut row, depth);
                push(&mut row, sign, Part::Sign);
            }
            Token::Comma => {
                push(&mut row, ",", Part::Sign);
                end(&mut rows, &mut row, depth);
            }
            Token::Colon => push(&mut row, ": ", Part::Sign),
            Token::String(written) => {
                let is_key = matches!(tokens.peek(), Some(Token::Colon));
                push(&mut row, written, if is_key { Part::Key } else { Part::Text });
            }
            Token::Scalar(written) => push(&mut row, written, Part::Number),
        }
    }
    rows.push(row);
    Some(rows)
}

/// The chosen fields of a line in one row: `TIME LEVEL MESSAGE key=value …`. A line that has none of them stays as it is.
pub fn fields(line: &[u8], chosen: &[String]) -> Option<Vec<Span>> {
    let text = object(line)?;
    let all = members(&text);
    let mut left: Vec<bool> = vec![true; all.len()];
    let mut row = Vec::new();
    for name in chosen.iter().filter(|name| *name != OTHERS) {
        if let Some(place) = place_of(name, &all) {
            left.iter_mut().skip(place).take(1).for_each(|left| *left = false);
        }
    }
    for name in chosen {
        if name == OTHERS {
            let others = all.iter().zip(&left).filter(|(_, left)| **left);
            others.for_each(|((key, value), _)| add(&mut row, Some(key), value));
        } else if let Some((key, value)) = place_of(name, &all).and_then(|place| all.get(place)) {
            let is_usual = are_same(key, name);
            add(&mut row, Some(&**key).filter(|_| !is_usual), value);
        }
    }
    (!row.is_empty()).then_some(row)
}

/// The names of a line's fields: those within others as `outer.inner`.
pub fn names(line: &[u8]) -> Vec<String> {
    let Some(text) = object(line) else { return Vec::new() };
    members(&text).into_iter().map(|(name, _)| name).collect()
}

/// The text of a line that is a JSON object, colours around it left out.
fn object(line: &[u8]) -> Option<Cow<'_, str>> {
    if line.len() > LONGEST {
        return None;
    }
    let text = match line.contains(&0x1b) {
        true => Cow::Owned(plain(line).trim().to_owned()),
        false => Cow::Borrowed(str::from_utf8(line).ok()?.trim()),
    };
    let is_object = text.starts_with('{') && serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok();
    (is_object && !is_deeper(&text, DEEPEST)).then_some(text)
}

fn is_deeper(text: &str, most: usize) -> bool {
    let mut depth: usize = 0;
    Tokens::new(text).any(|token| {
        match token {
            Token::Open(_) => depth += 1,
            Token::Close(_) => depth = depth.saturating_sub(1),
            Token::Comma | Token::Colon | Token::String(_) | Token::Scalar(_) => {}
        }
        depth > most
    })
}

/// The place of the field of that name, or of one that stands for the same.
fn place_of(name: &str, all: &[(String, String)]) -> Option<usize> {
    let place = |wanted: &str| all.iter().position(|(key, _)| key == wanted);
    let same = || SAME.iter().find(|names| names.contains(&name))?.iter().find_map(|name| place(name));
    place(name).or_else(same)
}

/// Every field with its value as it is shown; what lists hold stays together.
fn members(text: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut path: Vec<String> = Vec::new();
    let mut key = None;
    let mut list = 0;
    let mut tokens = Tokens::new(text).peekable();
    while let Some(token) = tokens.next() {
        let written = token.written();
        match token {
            _ if list > 0 => {
                if let Some((_, value)) = found.last_mut() {
                    value.push_str(written);
                }
                list = match token {
                    Token::Open(_) => list + 1,
                    Token::Close(_) => list - 1,
                    Token::Comma | Token::Colon | Token::String(_) | Token::Scalar(_) => list,
                };
            }
            Token::String(_) if matches!(tokens.peek(), Some(Token::Colon)) => key = Some(unquoted(written)),
            Token::Open("{") => match tokens.next_if(|next| matches!(next, Token::Close(_))) {
                Some(_) => found.extend(key.take().map(|key| (joined(&path, &key), "{}".to_owned()))),
                None => path.extend(key.take()),
            },
            Token::Open(_) => {
                list = 1;
                found.push((joined(&path, &key.take().unwrap_or_default()), written.to_owned()));
            }
            Token::Close(_) => drop(path.pop()),
            Token::String(_) => found.extend(key.take().map(|key| (joined(&path, &key), unquoted(written)))),
            Token::Scalar(_) => found.extend(key.take().map(|key| (joined(&path, &key), written.to_owned()))),
            Token::Comma | Token::Colon => {}
        }
    }
    found
}

/// `outer.inner`, cut where it is longer than any name: fields of one line may all lie within a huge one.
fn joined(path: &[String], key: &str) -> String {
    let mut name = String::new();
    for (depth, part) in path.iter().map(String::as_str).chain([key]).enumerate() {
        if depth > 0 {
            name.push('.');
        }
        let room = LONGEST_NAME.saturating_sub(name.len()).min(part.len());
        let end = (0..=room).rev().find(|at| part.is_char_boundary(*at)).unwrap_or(0);
        name.push_str(part.get(..end).unwrap_or_default());
        if end < part.len() {
            name.push('…');
            break;
        }
    }
    name
}

fn unquoted(written: &str) -> String {
    serde_json::from_str(written).unwrap_or_else(|_| written.to_owned())
}

/// Adds a field, its name before it where it has one.
fn add(row: &mut Vec<Span>, name: Option<&str>, value: &str) {
    if !row.is_empty() {
        push(row, " ", Part::Plain);
    }
    let Some(name) = name else { return push(row, value, Part::Plain) };
    push(row, name, Part::Key);
    push(row, "=", Part::Sign);
    let needs_quotes = value.is_empty() || (value.contains([' ', '"', '=']) && !value.starts_with(['[', '{']));
    match needs_quotes {
        true => push(row, &serde_json::Value::from(value).to_string(), Part::Text),
        false => push(row, value, Part::Text),
    }
}

/// Adds text made harmless: what a container writes into its JSON is no safer than elsewhere.
fn push(row: &mut Vec<Span>, text: &str, part: Part) {
    // A line end would replace what stands before it.
    let text = text.replace('\r', "\u{240d}");
    let text: String = spans(text.as_bytes(), Window::ALL).into_iter().map(|span| span.text).collect();
    if !text.is_empty() {
        row.push(Span { text, style: SpanStyle { part, ..SpanStyle::default() } });
    }
}

fn end(rows: &mut Vec<Vec<Span>>, row: &mut Vec<Span>, depth: usize) {
    rows.push(std::mem::take(row));
    push(row, &" ".repeat(depth * INDENT), Part::Plain);
}
