//! What a real terminal would show: the bytes of every frame, read back by an emulator.

use super::screen::Screen;
use dockerui_tui::runtime::screen::Synchronize;
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::Cell;
use ratatui::layout::Position;
use std::collections::BTreeSet;
use std::io;
use std::num::NonZeroU16;

/// Stands for U+FFFD.
const LOST: &str = "¿";

/// An emulator behind the same code that writes to terminals.
pub struct Emulator {
    parser: vt100::Parser,
    /// Lines with characters of which terminals disagree how wide they are: what is right of those may lie elsewhere.
    disputed: BTreeSet<u16>,
}

impl Emulator {
    pub fn new(width: u16, height: u16) -> Self {
        let (rows, columns) = size(width, height);
        Self { parser: vt100::Parser::new(rows, columns, 0), disputed: BTreeSet::new() }
    }

    /// The user changes the size of the terminal.
    pub fn resize(&mut self, width: u16, height: u16) {
        let (rows, columns) = size(width, height);
        self.parser.screen_mut().set_size(rows, columns);
    }

    pub fn clear(&mut self) -> io::Result<()> {
        self.disputed.clear();
        self.write(|backend| backend.clear())
    }

    pub fn begin(&mut self) -> io::Result<()> {
        self.write(|backend| backend.begin())
    }

    pub fn draw(&mut self, cells: &[(u16, u16, &Cell)]) -> io::Result<()> {
        self.disputed
            .extend(cells.iter().filter(|(_, _, cell)| cell.symbol().chars().any(is_disputed)).map(|(_, y, _)| y));
        self.write(|backend| backend.draw(cells.iter().copied()))
    }

    pub fn place_cursor(&mut self, at: Position) -> io::Result<()> {
        self.write(|backend| backend.set_cursor_position(at))
    }

    pub fn end(&mut self) -> io::Result<()> {
        self.write(|backend| backend.end())
    }

    fn write(&mut self, order: impl FnOnce(&mut CrosstermBackend<&mut Vec<u8>>) -> io::Result<()>) -> io::Result<()> {
        let mut bytes = Vec::new();
        order(&mut CrosstermBackend::new(&mut bytes))?;
        // This emulator leaves U+FFFD out, which terminals show in one column.
        self.parser.process(String::from_utf8_lossy(&bytes).replace('\u{fffd}', LOST).as_bytes());
        Ok(())
    }

    /// Fails where it does not show this screen.
    pub fn assert_shows(&self, screen: &Screen) {
        let shown = self.parser.screen();
        for y in 0..screen.buffer.area.height {
            if self.disputed.contains(&y) {
                continue;
            }
            for (x, cell) in screen.cells(y) {
                let found = shown.cell(y, x).map_or("", vt100::Cell::contents);
                let found = if found.is_empty() { " " } else { found };
                assert_eq!(
                    found,
                    cell.symbol().replace('\u{fffd}', LOST),
                    "a terminal shows something else at {x},{y} of\n{screen}"
                );
            }
        }
        if let Some(cursor) = screen.cursor {
            assert_eq!(shown.cursor_position(), (cursor.y, cursor.x), "the cursor is elsewhere in\n{screen}");
        }
    }
}

fn is_disputed(character: char) -> bool {
    matches!(character, '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f1e6}'..='\u{1f1ff}' | '\u{1f3fb}'..='\u{1f3ff}')
}

fn size(width: u16, height: u16) -> (NonZeroU16, NonZeroU16) {
    (NonZeroU16::new(height).unwrap_or(NonZeroU16::MIN), NonZeroU16::new(width).unwrap_or(NonZeroU16::MIN))
}

impl std::fmt::Debug for Emulator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Emulator")
    }
}
