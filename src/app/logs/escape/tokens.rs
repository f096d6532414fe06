//! Raw bytes to text and the few controls that mean something on a log line; other sequences are swallowed whole.

use std::char::REPLACEMENT_CHARACTER;

/// A piece of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// Printable ASCII, at least one character.
    Ascii(&'a str),
    /// Any other character that may be shown.
    Char(char),
    /// A C0 control or DEL that does nothing here.
    Control(u8),
    Tab,
    /// Carriage return.
    Return,
    /// The parameters of `ESC [ … m`.
    Sgr(&'a [u8]),
}

#[derive(Clone, Debug)]
pub struct Tokens<'a> {
    rest: &'a [u8],
    length: usize,
}

impl<'a> Tokens<'a> {
    pub fn new(line: &'a [u8]) -> Self {
        Self { rest: line, length: line.len() }
    }

    /// Bytes read so far.
    pub fn offset(&self) -> usize {
        self.length - self.rest.len()
    }

    fn split(&mut self, at: usize) -> &'a [u8] {
        let (taken, rest) = self.rest.split_at(at.min(self.rest.len()));
        self.rest = rest;
        taken
    }

    fn split_while(&mut self, wanted: impl Fn(u8) -> bool) -> &'a [u8] {
        let at = self.rest.iter().position(|byte| !wanted(*byte)).unwrap_or(self.rest.len());
        self.split(at)
    }

    /// Reads what follows an ESC; `Some` when it was a change of style.
    fn sequence(&mut self) -> Option<Token<'a>> {
        match self.rest.first()? {
            b'[' => {
                self.split(1);
                return self.control_sequence();
            }
            b']' | b'P' | b'X' | b'^' | b'_' => self.string(),
            b' '..=b'/' => {
                self.split_while(|byte| matches!(byte, b' '..=b'/'));
                if let Some(b'0'..=b'~') = self.rest.first() {
                    self.split(1);
                }
            }
            b'0'..=b'~' => {
                self.split(1);
            }
            // Not a sequence: what stands here is read for itself.
            _ => {}
        }
        None
    }

    fn control_sequence(&mut self) -> Option<Token<'a>> {
        let parameters = self.split_while(|byte| matches!(byte, b'0'..=b'?'));
        let intermediates = self.split_while(|byte| matches!(byte, b' '..=b'/'));
        let last = *self.rest.first()?;
        if !matches!(last, b'@'..=b'~') {
            return None;
        }
        self.split(1);
        let private = parameters.iter().any(|byte| matches!(byte, b'<'..=b'?'));
        (last == b'm' && intermediates.is_empty() && !private).then_some(Token::Sgr(parameters))
    }

    /// Operating system commands, device control strings and their like: up to BEL, ST, CAN, SUB or another sequence.
    fn string(&mut self) {
        self.split_while(|byte| !matches!(byte, 0x07 | 0x18 | 0x1a | 0x1b));
        match self.rest {
            [0x1b, b'\\', ..] => {
                self.split(2);
            }
            [0x07 | 0x18 | 0x1a, ..] => {
                self.split(1);
            }
            _ => {}
        }
    }

    fn character(&mut self, first: u8) -> char {
        let length = match first {
            0xc2..=0xdf => 2,
            0xe0..=0xef => 3,
            0xf0..=0xf4 => 4,
            _ => 1,
        };
        let decoded = self.rest.get(..length).and_then(|bytes| str::from_utf8(bytes).ok());
        let Some(character) = decoded.and_then(|text| text.chars().next()) else {
            self.split(1);
            return REPLACEMENT_CHARACTER;
        };
        self.split(length);
        if is_deceiving(character) { REPLACEMENT_CHARACTER } else { character }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let first = *self.rest.first()?;
            return Some(match first {
                b' '..=b'~' => {
                    let ascii = self.split_while(|byte| matches!(byte, b' '..=b'~'));
                    Token::Ascii(str::from_utf8(ascii).unwrap_or_default())
                }
                b'\t' => {
                    self.split(1);
                    Token::Tab
                }
                b'\r' => {
                    self.split(1);
                    Token::Return
                }
                0x1b => {
                    self.split(1);
                    match self.sequence() {
                        Some(style) => style,
                        None => continue,
                    }
                }
                0..=0x1f | 0x7f => {
                    self.split(1);
                    Token::Control(first)
                }
                0x80..=0xff => Token::Char(self.character(first)),
            });
        }
    }
}

/// C1 controls, marks that turn the direction of text, and separators that some terminals take for line ends.
fn is_deceiving(character: char) -> bool {
    matches!(character,
        '\u{80}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200e}' | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{fff9}'..='\u{fffb}')
}
