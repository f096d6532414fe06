//! A text to read: wrapped, scrolled, copied.

use super::Answer;
use super::scroll::step_of;
use crate::app::command::copy::copied;
use crate::app::effect::Effect;
use crate::domain::text::wrapped;
use crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Rect;

#[derive(Debug)]
pub struct TextPage {
    pub title: String,
    pub text: String,
    /// The first line on screen, at most the last at which the page is full.
    top: usize,
    /// Those of the text, for a page of `columns`.
    lines: Vec<String>,
    /// 0 before the page was first fitted to a screen.
    columns: usize,
}

/// Columns of the page with its frame.
const WIDTH: u16 = 90;
/// Columns and rows that the frame and the keys below the text take.
const AROUND: (u16, u16) = (4, 3);

impl TextPage {
    pub fn new(title: impl Into<String>, text: impl Into<String>) -> Self {
        Self { title: title.into(), text: text.into(), top: 0, lines: Vec::new(), columns: 0 }
    }

    /// Wraps the text for a screen of that width: once, since a file may be long and each key and frame wants its lines.
    pub fn fit(&mut self, screen: Rect) {
        let columns = usize::from(WIDTH.min(screen.width).saturating_sub(AROUND.0)).max(1);
        if columns != self.columns {
            self.columns = columns;
            self.lines = self.text.lines().flat_map(|line| wrapped(line, columns)).collect();
        }
    }

    /// The text in lines of the page's width.
    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    /// Columns and rows of the page with its frame: as high as its text, if that fits.
    pub fn size(&self, screen: Rect) -> (u16, u16) {
        let lines = u16::try_from(self.lines.len()).unwrap_or(u16::MAX);
        (WIDTH, lines.saturating_add(AROUND.1).min(screen.height.saturating_sub(2).max(1)))
    }

    /// The first line to show.
    pub fn top(&self, screen: Rect) -> usize {
        self.top.min(self.last_top(screen))
    }

    fn page(&self, screen: Rect) -> usize {
        usize::from(self.size(screen).1.saturating_sub(AROUND.1)).max(1)
    }

    fn last_top(&self, screen: Rect) -> usize {
        self.lines.len().saturating_sub(self.page(screen))
    }

    pub fn key(&mut self, event: KeyEvent, screen: Rect) -> Answer {
        self.fit(screen);
        let step = match event.code {
            KeyCode::Esc | KeyCode::Enter | KeyCode::Char('q') => return Answer::Close,
            KeyCode::Char('y') => {
                let notice = copied(&self.text);
                return Answer::Meanwhile(Effect::Copy(self.text.clone()), Some(notice));
            }
            other => step_of(other, self.page(screen)),
        };
        self.top = self.top(screen).saturating_add_signed(step).min(self.last_top(screen));
        Answer::Stay
    }
}
