//! A terminal made of nothing: it keeps the cells, publishes each finished frame, and refuses what would steer it.

use super::emulator::Emulator;
use super::screen::Screen;
use dockerui_tui::runtime::screen::Synchronize;
use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect, Size};
use std::io;
use tokio::sync::watch;

/// The backend that the loop draws on.
#[derive(Debug)]
pub struct Glass {
    screen: Screen,
    emulator: Emulator,
    /// The size the terminal has now: a user may change it at any moment.
    size: watch::Receiver<(u16, u16)>,
    published: watch::Sender<Screen>,
    shows_cursor: bool,
    at: Position,
}

impl Glass {
    pub fn new(size: watch::Receiver<(u16, u16)>) -> (Self, watch::Receiver<Screen>) {
        let (width, height) = *size.borrow();
        let screen = Screen::empty(width, height);
        let (published, frames) = watch::channel(screen.clone());
        let emulator = Emulator::new(width, height);
        (Self { screen, emulator, size, published, shows_cursor: false, at: Position::ORIGIN }, frames)
    }
}

/// Whether a character in a cell could steer the terminal or change the direction of text.
fn steers(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2028}' | '\u{2029}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

impl Backend for Glass {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        // The terminal may be smaller by now than what is drawn: the word of that is still on its way.
        let area = self.screen.buffer.area;
        let content: Vec<_> = content.filter(|(x, y, _)| area.contains(Position { x: *x, y: *y })).collect();
        self.emulator.draw(&content)?;
        self.screen.cells += content.len();
        for (x, y, cell) in content {
            assert!(!cell.symbol().chars().any(steers), "{:?} at {x},{y} would steer the terminal", cell.symbol());
            self.screen.buffer[(x, y)] = cell.clone();
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.shows_cursor = false;
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.shows_cursor = true;
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.at)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let (wanted, area) = (position.into(), self.screen.buffer.area);
        self.at =
            Position { x: wanted.x.min(area.width.saturating_sub(1)), y: wanted.y.min(area.height.saturating_sub(1)) };
        self.emulator.place_cursor(self.at)
    }

    fn clear(&mut self) -> io::Result<()> {
        let (width, height) = *self.size.borrow();
        self.screen.buffer = Buffer::empty(Rect::new(0, 0, width, height));
        self.emulator.resize(width, height);
        self.emulator.clear()
    }

    fn clear_region(&mut self, _: ClearType) -> io::Result<()> {
        self.clear()
    }

    fn size(&self) -> io::Result<Size> {
        let (width, height) = *self.size.borrow();
        Ok(Size { width, height })
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size()?, pixels: Size::ZERO })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Synchronize for Glass {
    fn begin(&mut self) -> io::Result<()> {
        self.emulator.begin()
    }

    fn end(&mut self) -> io::Result<()> {
        self.screen.frames += 1;
        self.screen.cursor = self.shows_cursor.then_some(self.at);
        self.emulator.end()?;
        self.emulator.assert_shows(&self.screen);
        self.published.send_replace(self.screen.clone());
        Ok(())
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        self.screen.copied = Some(text.to_owned());
        self.published.send_replace(self.screen.clone());
        Ok(())
    }
}
