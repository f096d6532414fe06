//! What programs for an xterm write and vt100 does not know, said in what it knows: drawn lines, tabs back, saved cursors.

use vt100::{Callbacks, Parser};

/// A sequence longer than this is passed on as it is.
const LONGEST: usize = 64;
const ESCAPE: u8 = 0x1b;
const SHIFT_OUT: u8 = 0x0e;
const SHIFT_IN: u8 = 0x0f;
/// Columns from one tab stop to the next.
const TAB: u16 = 8;
/// What the letters from `` ` `` to `~` are in the set of drawn lines.
const LINES: [char; 31] = [
    '◆', '▒', '␉', '␌', '␍', '␊', '°', '±', '␤', '␋', '┘', '┐', '┌', '└', '┼', '⎺', '⎻', '─', '⎼', '⎽', '├', '┤', '┴',
    '┬', '│', '≤', '≥', 'π', '≠', '£', '·',
];

/// Reads along with the terminal; sequences may be cut anywhere.
#[derive(Debug, Default)]
pub struct Dialect {
    state: State,
    /// The sequence that is being read.
    held: Vec<u8>,
    /// What is ready for the terminal.
    out: Vec<u8>,
    /// Whether the two sets of characters are drawn lines, and whether the second one is in use.
    lines: [bool; 2],
    shifted: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    Ground,
    Escape,
    /// After a sign between the escape and its last letter.
    Between,
    Control,
    /// A title, a clipboard, a picture: up to its end. Some end with a bell as well.
    Text {
        bell: bool,
    },
}

impl Dialect {
    /// Hands bytes to the terminal.
    pub fn process<C: Callbacks>(&mut self, parser: &mut Parser<C>, mut bytes: &[u8]) {
        while let Some((&byte, after)) = bytes.split_first() {
            match self.state {
                State::Ground => {
                    let plain = self.plain(bytes);
                    if plain > 0 {
                        let (now, later) = bytes.split_at(plain);
                        self.out.extend_from_slice(now);
                        bytes = later;
                        continue;
                    }
                    self.ground(byte);
                }
                State::Escape => self.escape(byte),
                State::Between => self.between(byte),
                State::Control => self.control(byte, parser),
                State::Text { bell } => {
                    self.out.push(byte);
                    let ends = matches!(byte, 0x18 | 0x1a) || (bell && byte == 0x07);
                    if byte == ESCAPE {
                        self.out.pop();
                        self.begin();
                    } else if ends {
                        self.state = State::Ground;
                    }
                }
            }
            bytes = after;
        }
        // The parser beneath loses what follows a character that it gets in two pieces.
        let rest = self.out.split_off(self.out.len() - begun(&self.out));
        self.hand_over(parser);
        self.out = rest;
    }

    /// How many bytes mean what they are.
    fn plain(&self, bytes: &[u8]) -> usize {
        let draws = self.draws();
        let special = |byte: &u8| match *byte {
            ESCAPE | SHIFT_OUT | SHIFT_IN => true,
            b'`'..=b'~' => draws,
            _ => false,
        };
        bytes.iter().position(special).unwrap_or(bytes.len())
    }

    fn draws(&self) -> bool {
        let [first, second] = self.lines;
        if self.shifted { second } else { first }
    }

    fn ground(&mut self, byte: u8) {
        match byte {
            ESCAPE => self.begin(),
            SHIFT_OUT => self.shifted = true,
            SHIFT_IN => self.shifted = false,
            letter => {
                let line = LINES.get(usize::from(letter.wrapping_sub(b'`'))).copied().unwrap_or(' ');
                self.out.extend_from_slice(line.encode_utf8(&mut [0; 4]).as_bytes());
            }
        }
    }

    /// A sequence begins; one that was not finished is forgotten, as terminals do.
    fn begin(&mut self) {
        self.held.clear();
        self.held.push(ESCAPE);
        self.state = State::Escape;
    }

    fn escape(&mut self, byte: u8) {
        self.held.push(byte);
        match byte {
            ESCAPE => self.begin(),
            b'[' => self.state = State::Control,
            b']' => self.pass(State::Text { bell: true }),
            b'P' | b'X' | b'^' | b'_' => self.pass(State::Text { bell: false }),
            b' '..=b'/' => self.state = State::Between,
            // A line on, and a line on to its beginning.
            b'D' => self.say(b"\n"),
            b'E' => self.say(b"\r\n"),
            b'c' => {
                (self.lines, self.shifted) = ([false; 2], false);
                self.pass(State::Ground);
            }
            0x00..=0x17 | 0x19 | 0x1c..=0x1f => {
                self.held.pop();
                self.out.push(byte);
            }
            _ => self.pass(State::Ground),
        }
    }

    fn between(&mut self, byte: u8) {
        self.held.push(byte);
        match (self.held.as_slice(), byte) {
            (_, ESCAPE) => self.begin(),
            (&[_, set @ (b'(' | b')'), last], b'0'..=b'~') => {
                let [first, second] = &mut self.lines;
                *(if set == b'(' { first } else { second }) = last == b'0';
                self.say(b"");
            }
            (_, b' '..=b'/') if self.held.len() < LONGEST => {}
            _ => self.pass(State::Ground),
        }
    }

    fn control<C: Callbacks>(&mut self, byte: u8, parser: &mut Parser<C>) {
        match byte {
            ESCAPE => self.begin(),
            0x18 | 0x1a => self.say(b""),
            0x00..=0x1f => self.out.push(byte),
            b'@'..=b'~' => {
                self.hand_over(parser);
                let (rows, columns) = parser.screen().size();
                let sequence = std::mem::take(&mut self.held);
                let body = sequence.get(2..).unwrap_or_default();
                let place =
                    Place { column: parser.screen().cursor_position().1, columns: columns.get(), rows: rows.get() };
                match said(body, byte, place) {
                    Some(words) => self.out.extend_from_slice(&words),
                    None => {
                        self.out.extend_from_slice(&sequence);
                        self.out.push(byte);
                    }
                }
                self.state = State::Ground;
            }
            _ if self.held.len() >= LONGEST => {
                // The terminal reads it to its end by itself; nothing that is known here is so long.
                self.held.push(byte);
                self.pass(State::Ground);
            }
            _ => self.held.push(byte),
        }
    }

    /// The sequence goes to the terminal as it is.
    fn pass(&mut self, next: State) {
        self.out.append(&mut self.held);
        self.state = next;
    }

    /// The terminal gets something else instead.
    fn say(&mut self, instead: &[u8]) {
        self.held.clear();
        self.out.extend_from_slice(instead);
        self.state = State::Ground;
    }

    fn hand_over<C: Callbacks>(&mut self, parser: &mut Parser<C>) {
        parser.process(&self.out);
        self.out.clear();
    }
}

/// The bytes at the end that begin a character which is not whole yet.
fn begun(bytes: &[u8]) -> usize {
    let lead = |back: &usize| bytes.len().checked_sub(*back).and_then(|place| bytes.get(place));
    let is_begun = |back: &usize| match lead(back) {
        Some(0xc2..=0xdf) => *back < 2,
        Some(0xe0..=0xef) => *back < 3,
        Some(0xf0..=0xf4) => *back < 4,
        _ => false,
    };
    (1..=3).find(is_begun).unwrap_or(0)
}

/// Where the cursor is, on how large a screen.
#[derive(Clone, Copy, Debug)]
struct Place {
    column: u16,
    columns: u16,
    rows: u16,
}

/// A control sequence in other words; `None` where the terminal knows it.
fn said(body: &[u8], last: u8, place: Place) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(body).ok()?;
    let count =
        || text.split(';').next().and_then(|count| count.parse::<u16>().ok()).filter(|count| *count > 0).unwrap_or(1);
    let counted = |most: u16, letter: char| {
        let count = count();
        (count > most).then(|| format!("\x1b[{most}{letter}").into_bytes())
    };
    match (text, last) {
        ("", b's') | ("?1048", b'h') => Some(b"\x1b7".to_vec()),
        ("", b'u') | ("?1048", b'l') => Some(b"\x1b8".to_vec()),
        ("?1047", b'h') => Some(b"\x1b[?47h".to_vec()),
        ("?1047", b'l') => Some(b"\x1b[2J\x1b[?47l".to_vec()),
        // A soft reset: modes, colours and the scroll region, and the cursor stays.
        ("!", b'p') => Some(b"\x1b7\x1b[?6l\x1b[r\x1b8\x1b[?1l\x1b>\x1b[?25h\x1b[m".to_vec()),
        (_, b'm') => colours(text),
        (text, _) if !text.bytes().all(|byte| byte.is_ascii_digit() || byte == b';') => None,
        (_, b'a') => Some(format!("\x1b[{}C", count()).into_bytes()),
        (_, b'e') => Some(format!("\x1b[{}B", count()).into_bytes()),
        (_, b'I') => Some(vec![b'\t'; usize::from(count().min(place.columns / TAB + 1))]),
        (_, b'Z') => {
            let stop = (place.column.div_ceil(TAB)).saturating_sub(count());
            Some(format!("\x1b[{}G", stop * TAB + 1).into_bytes())
        }
        // More than there is room for would only take time.
        (_, b'b' | b'@' | b'P' | b'X') => counted(place.columns, char::from(last)),
        (_, b'S' | b'T' | b'L' | b'M') => counted(place.rows, char::from(last)),
        _ => None,
    }
}

/// Colours written with colons, and of underlines, which vt100 would take for something else.
fn colours(text: &str) -> Option<Vec<u8>> {
    let is_known = !text.contains(':') && !text.split(';').any(|part| part == "58");
    if is_known {
        return None;
    }
    let mut said: Vec<String> = Vec::new();
    let mut parts = text.split(';');
    while let Some(part) = parts.next() {
        let fields: Vec<&str> = part.split(':').collect();
        match fields.as_slice() {
            // With a colour space between, which nobody uses, or without.
            [kind @ ("38" | "48"), "2", red, green, blue] | [kind @ ("38" | "48"), "2", _, red, green, blue, ..] => {
                said.push(format!("{kind};2;{red};{green};{blue}"));
            }
            [kind @ ("38" | "48"), "5", number] => said.push(format!("{kind};5;{number}")),
            ["4", "0"] => said.push("24".to_owned()),
            ["4", _] => said.push("4".to_owned()),
            ["58"] => {
                // The colour itself is in the parts that follow.
                let skipped = if parts.next() == Some("2") { 3 } else { 1 };
                parts.by_ref().take(skipped).for_each(drop);
            }
            [_] => said.push(part.to_owned()),
            _ => {}
        }
    }
    // No words at all would take all colours back.
    Some(if said.is_empty() { Vec::new() } else { format!("\x1b[{}m", said.join(";")).into_bytes() })
}

#[cfg(test)]
mod tests;
