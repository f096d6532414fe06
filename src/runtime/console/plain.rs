//! What a terminal does for a process that has none, done here because ours is raw: new lines, the echo, the end of input.

use std::borrow::Cow;

/// `Ctrl-d`: the end of the input, where a process has no terminal that would make it so.
const END: u8 = 0x04;
const BACKSPACES: [u8; 2] = [0x08, 0x7f];

/// The line being typed, of which the process learns when it is whole.
#[derive(Debug, Default)]
pub struct PlainLine {
    line: Vec<u8>,
}

/// What came of some typed bytes.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// For the process.
    pub whole: Vec<u8>,
    /// For the screen.
    pub echo: Vec<u8>,
    /// Nothing more will be typed.
    pub is_end: bool,
}

impl PlainLine {
    /// Takes typed bytes.
    pub fn take(&mut self, bytes: &[u8]) -> Typed {
        let mut typed = Typed::default();
        for byte in bytes {
            match *byte {
                b'\r' | b'\n' => {
                    self.line.push(b'\n');
                    typed.whole.append(&mut self.line);
                    typed.echo.extend_from_slice(b"\r\n");
                }
                END => {
                    typed.whole.append(&mut self.line);
                    typed.is_end = true;
                    return typed;
                }
                byte if BACKSPACES.contains(&byte) => {
                    typed.echo.extend_from_slice(if self.rub_out() { b"\x08 \x08" } else { b"" });
                }
                byte if byte >= b' ' || byte == b'\t' => {
                    self.line.push(byte);
                    typed.echo.push(byte);
                }
                _ => {}
            }
        }
        typed
    }

    /// Takes the last character off the line.
    fn rub_out(&mut self) -> bool {
        while let Some(byte) = self.line.pop() {
            if !(0x80..0xc0).contains(&byte) {
                return true;
            }
        }
        false
    }
}

/// Output for a raw terminal: a line feed alone would not go back to the first column.
pub fn returned(bytes: &[u8]) -> Cow<'_, [u8]> {
    if !bytes.contains(&b'\n') {
        return Cow::Borrowed(bytes);
    }
    let mut out = Vec::with_capacity(bytes.len() + bytes.len() / 16);
    for byte in bytes {
        if *byte == b'\n' {
            out.push(b'\r');
        }
        out.push(*byte);
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_begin_in_the_first_column() {
        assert_eq!(&*returned(b"one\ntwo\n"), b"one\r\ntwo\r\n");
        assert_eq!(&*returned(b"no end"), b"no end");
    }

    #[test]
    fn a_line_is_sent_whole_and_can_be_mended_before() {
        let mut line = PlainLine::default();
        assert_eq!(line.take("lé".as_bytes()).whole, b"");
        assert_eq!(line.take(b"\x7fs").echo, b"\x08 \x08s");
        let typed = line.take(b" -l\r");
        assert_eq!((typed.whole.as_slice(), typed.echo.as_slice()), (&b"ls -l\n"[..], &b" -l\r\n"[..]));
        assert!(line.take(b"\x04").is_end);
    }
}
