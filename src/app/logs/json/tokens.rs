//! A JSON text that is known to be right, cut into its tokens as they were written.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// `{` or `[`
    Open(&'a str),
    /// `}` or `]`
    Close(&'a str),
    Comma,
    Colon,
    /// With its quotes and escapes.
    String(&'a str),
    /// A number, `true`, `false` or `null`.
    Scalar(&'a str),
}

impl<'a> Token<'a> {
    pub fn written(self) -> &'a str {
        match self {
            Self::Open(text) | Self::Close(text) | Self::String(text) | Self::Scalar(text) => text,
            Self::Comma => ",",
            Self::Colon => ":",
        }
    }
}

#[derive(Debug)]
pub struct Tokens<'a> {
    rest: &'a str,
}

impl<'a> Tokens<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { rest: text }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let text = self.rest.trim_start();
        let first = *text.as_bytes().first()?;
        let length = match first {
            b'{' | b'}' | b'[' | b']' | b',' | b':' => 1,
            b'"' => string_length(text),
            _ => text.find([',', ':', '}', ']', ' ', '\t', '\n', '\r']).unwrap_or(text.len()),
        };
        let (token, rest) = text.split_at_checked(length)?;
        self.rest = rest;
        Some(match first {
            b'{' | b'[' => Token::Open(token),
            b'}' | b']' => Token::Close(token),
            b',' => Token::Comma,
            b':' => Token::Colon,
            b'"' => Token::String(token),
            _ => Token::Scalar(token),
        })
    }
}

/// Bytes up to the quote that ends a string.
fn string_length(text: &str) -> usize {
    let mut is_escaped = false;
    let end = text.bytes().skip(1).position(|byte| {
        let ends = byte == b'"' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        ends
    });
    end.map_or(text.len(), |end| end + 2)
}
