//! The terminal that a session writes to: bytes become a screen of cells and a bounded scrollback, and nothing else.
//!
//! What a container prints is hostile. It can change this screen and ask what any terminal is asked (where the cursor is,
//! what kind of terminal it is); titles, clipboards and sizes are not for it to change.

use super::dialect::Dialect;
use super::selection::Selection;
use std::num::NonZeroU16;
use vt100::{Callbacks, MouseProtocolMode, Parser, Screen};

/// A terminal in memory.
pub struct Emulator {
    parser: Parser<Answers>,
    dialect: Dialect,
}

/// What the program is answered, in the order it asked.
#[derive(Debug, Default)]
struct Answers {
    bytes: Vec<u8>,
}

/// Answers to one piece of output: who asks more often than this wants something else than an answer.
const MOST_ANSWERS: usize = 1024;

impl Emulator {
    /// A blank screen; `scrollback` is in rows.
    pub fn new(columns: u16, rows: u16, scrollback: usize) -> Self {
        let (rows, columns) = (at_least_one(rows), at_least_one(columns));
        let parser = Parser::new_with_callbacks(rows, columns, scrollback, Answers::default());
        Self { parser, dialect: Dialect::default() }
    }

    /// Takes what the program wrote; gives what it is to be answered.
    pub fn take(&mut self, bytes: &[u8]) -> Vec<u8> {
        self.dialect.process(&mut self.parser, bytes);
        std::mem::take(&mut self.parser.callbacks_mut().bytes)
    }

    pub fn screen(&self) -> &Screen {
        self.parser.screen()
    }

    /// Columns and rows.
    pub fn size(&self) -> (u16, u16) {
        let (rows, columns) = self.screen().size();
        (columns.get(), rows.get())
    }

    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.parser.set_size(at_least_one(rows), at_least_one(columns));
    }

    /// Rows above the screen that are shown.
    pub fn scrolled(&self) -> usize {
        self.screen().scrollback()
    }

    /// Scrolls by rows, back in time where negative.
    pub fn scroll_by(&mut self, rows: isize) {
        let to = self.scrolled().saturating_add_signed(rows.saturating_neg());
        self.parser.screen_mut().set_scrollback(to);
    }

    /// Shows the screen itself again.
    pub fn to_end(&mut self) {
        self.parser.screen_mut().set_scrollback(0);
    }

    /// Whether clicks and the wheel are for the program.
    pub fn wants_mouse(&self) -> bool {
        self.screen().mouse_protocol_mode() != MouseProtocolMode::None
    }

    /// The text of the rows on screen, without the blanks at their ends and the empty rows below.
    pub fn shown_text(&self) -> String {
        self.screen().contents().trim_end().to_owned()
    }

    /// The text of the scrollback and of the screen.
    pub fn whole_text(&mut self) -> String {
        Selection::all().text(self.parser.screen_mut()).trim_end().to_owned()
    }
}

impl std::fmt::Debug for Emulator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Emulator").field("size", &self.size()).finish_non_exhaustive()
    }
}

impl Answers {
    fn say(&mut self, answer: &str) {
        if self.bytes.len() < MOST_ANSWERS {
            self.bytes.extend_from_slice(answer.as_bytes());
        }
    }
}

impl Callbacks for Answers {
    fn unhandled_csi(
        &mut self,
        screen: &mut Screen,
        first: Option<u8>,
        second: Option<u8>,
        params: &[&[u16]],
        last: char,
    ) {
        let asked = params.first().and_then(|param| param.first()).copied().unwrap_or(0);
        match (first, last, asked) {
            (None, 'n', 5) => self.say("\x1b[0n"),
            (None | Some(b'?'), 'n', 6) => {
                let (row, column) = screen.cursor_position();
                let mark = if first.is_some() { "?" } else { "" };
                self.say(&format!("\x1b[{mark}{};{}R", row + 1, column + 1));
            }
            (None, 't', 18) => {
                let (rows, columns) = screen.size();
                self.say(&format!("\x1b[8;{rows};{columns}t"));
            }
            // Which modes there are: none of those that are asked about before use.
            (Some(b'?'), 'p', mode) if second == Some(b'$') => self.say(&format!("\x1b[?{mode};0$y")),
            // A VT220 that knows colours, and an old xterm.
            (None, 'c', 0) => self.say("\x1b[?62;22c"),
            (Some(b'>'), 'c', 0) => self.say("\x1b[>0;10;1c"),
            _ => {}
        }
    }
}

fn at_least_one(cells: u16) -> NonZeroU16 {
    NonZeroU16::new(cells).unwrap_or(NonZeroU16::MIN)
}
