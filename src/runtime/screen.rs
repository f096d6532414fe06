//! Draws frames: writes only cells that changed, inside a synchronized update, and nothing at all when none did.

use ratatui::backend::Backend;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::io;

/// Two buffers, what the terminal shows and what it is to show.
#[derive(Debug)]
pub struct Screen<B> {
    backend: B,
    shown: Buffer,
    next: Buffer,
    cursor: Option<Position>,
    /// What the terminal shows is not known: write all of it.
    stale: bool,
    frames: u64,
}

/// A frame being drawn: a picture, and where the text cursor is, if anywhere.
#[derive(Debug)]
pub struct Picture<'a> {
    pub buffer: &'a mut Buffer,
    pub cursor: Option<Position>,
}

/// What a terminal can do beside showing cells. A backend that is no terminal need not know how.
pub trait Synchronize {
    /// Begins an update that the terminal shows at once.
    fn begin(&mut self) -> io::Result<()> {
        Ok(())
    }

    /// Ends it.
    fn end(&mut self) -> io::Result<()> {
        Ok(())
    }

    /// Puts text on the clipboard of the terminal the user sits at.
    fn copy(&mut self, _text: &str) -> io::Result<()> {
        Ok(())
    }
}

impl<B: Backend<Error = io::Error> + Synchronize> Screen<B> {
    pub fn new(backend: B, area: Rect) -> Self {
        Self { backend, shown: Buffer::empty(area), next: Buffer::empty(area), cursor: None, stale: true, frames: 0 }
    }

    pub fn backend(&self) -> &B {
        &self.backend
    }

    /// How many frames had something to write.
    pub fn frames(&self) -> u64 {
        self.frames
    }

    /// Forgets what the terminal shows, so that the next frame writes everything.
    pub fn forget(&mut self) {
        self.stale = true;
    }

    /// Puts text on the clipboard of the terminal.
    ///
    /// # Errors
    /// When the terminal cannot be written to.
    pub fn copy(&mut self, text: &str) -> io::Result<()> {
        self.backend.copy(text)?;
        self.backend.flush()
    }

    /// Draws a picture of `area` and writes what changed.
    ///
    /// # Errors
    /// When the terminal cannot be written to.
    pub fn draw(&mut self, area: Rect, paint: impl FnOnce(&mut Picture<'_>)) -> io::Result<()> {
        if self.shown.area != area {
            self.shown = Buffer::empty(area);
            self.next = Buffer::empty(area);
            self.stale = true;
        }
        self.next.reset();
        let mut picture = Picture { buffer: &mut self.next, cursor: None };
        paint(&mut picture);
        let cursor = picture.cursor;
        if self.stale {
            self.shown.reset();
        }
        let changes = self.shown.diff(&self.next);
        if changes.is_empty() && cursor == self.cursor && !self.stale {
            return Ok(());
        }
        self.frames += 1;
        self.backend.begin()?;
        if self.stale {
            self.backend.clear()?;
        }
        if self.cursor.is_some() || self.stale {
            self.backend.hide_cursor()?;
        }
        self.backend.draw(changes.into_iter())?;
        if let Some(position) = cursor {
            self.backend.set_cursor_position(position)?;
            self.backend.show_cursor()?;
        }
        self.backend.end()?;
        self.backend.flush()?;
        self.cursor = cursor;
        self.stale = false;
        std::mem::swap(&mut self.shown, &mut self.next);
        Ok(())
    }
}

impl Synchronize for ratatui::backend::TestBackend {}
