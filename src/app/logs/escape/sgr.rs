//! The parameters of `ESC [ … m` applied to a style.

use super::{Colour, SpanStyle};

impl SpanStyle {
    /// Applies the parameters; what is unknown is left out.
    pub(super) fn apply(&mut self, parameters: &[u8]) {
        let mut fields = parameters.split(|byte| *byte == b';');
        while let Some(field) = fields.next() {
            let mut parts = field.split(|byte| *byte == b':');
            let code = parts.next().and_then(number);
            let Some(code) = code else { continue };
            match code {
                0 => *self = Self::default(),
                1 => self.bold = true,
                2 => self.dim = true,
                3 => self.italic = true,
                4 => self.underline = parts.next().and_then(number) != Some(0),
                7 => self.reverse = true,
                21 => self.underline = true,
                22 => (self.bold, self.dim) = (false, false),
                23 => self.italic = false,
                24 => self.underline = false,
                27 => self.reverse = false,
                30..=37 => self.fg = Some(Colour::Ansi(code - 30)),
                39 => self.fg = None,
                40..=47 => self.bg = Some(Colour::Ansi(code - 40)),
                49 => self.bg = None,
                90..=97 => self.fg = Some(Colour::Ansi(code - 90 + 8)),
                100..=107 => self.bg = Some(Colour::Ansi(code - 100 + 8)),
                38 | 48 | 58 => {
                    let colour = if field.contains(&b':') {
                        colon_colour(parts.map(number))
                    } else {
                        colour(&mut fields.by_ref().map(number))
                    };
                    match code {
                        38 => self.fg = colour.or(self.fg),
                        48 => self.bg = colour.or(self.bg),
                        // The colour of the underline: read, not shown.
                        _ => {}
                    }
                }
                _ => {}
            }
        }
    }
}

/// An empty parameter is 0.
fn number(digits: &[u8]) -> Option<u8> {
    if digits.is_empty() { Some(0) } else { str::from_utf8(digits).ok()?.parse().ok() }
}

/// `5;N` or `2;R;G;B`; takes no more than it needs.
fn colour(numbers: &mut dyn Iterator<Item = Option<u8>>) -> Option<Colour> {
    match numbers.next()?? {
        5 => indexed(numbers.next()??),
        2 => {
            let (red, green, blue) = (numbers.next()?, numbers.next()?, numbers.next()?);
            Some(Colour::Rgb(red?, green?, blue?))
        }
        _ => None,
    }
}

/// `5:N`, `2:R:G:B` or `2:SPACE:R:G:B`.
fn colon_colour(numbers: impl Iterator<Item = Option<u8>>) -> Option<Colour> {
    let numbers: Vec<u8> = numbers.take(6).map(|number| number.unwrap_or_default()).collect();
    match *numbers.as_slice() {
        [5, index, ..] => indexed(index),
        [2, red, green, blue] | [2, _, red, green, blue, ..] => Some(Colour::Rgb(red, green, blue)),
        _ => None,
    }
}

#[expect(clippy::unnecessary_wraps, reason = "the arms of its callers are options")]
fn indexed(index: u8) -> Option<Colour> {
    Some(if index < 16 { Colour::Ansi(index) } else { Colour::Indexed(index) })
}
