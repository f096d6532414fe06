//! A text to read: wrapped, scrolled, copied.

use super::Answer;
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
}

/// Columns of the page with its frame.
const WIDTH: u16 = 90;
/// Columns and rows that the frame and the keys below the text take.
const AROUND: (u16, u16) = (4, 3);

impl TextPage {
    pub fn new(title: impl Into<String>, text: impl Into<String>) -> Self {
        Self { title: title.into(), text: text.into(), top: 0 }
    }

    /// The text in lines of the page's width.
    pub fn lines(&self, screen: Rect) -> Vec<String> {
        let columns = usize::from(WIDTH.min(screen.width).saturating_sub(AROUND.0));
        self.text.lines().flat_map(|line| wrapped(line, columns)).collect()
    }

    /// Columns and rows of the page with its frame: as high as its text, if that fits.
    pub fn size(&self, screen: Rect) -> (u16, u16) {
        let lines = u16::try_from(self.lines(screen).len()).unwrap_or(u16::MAX);
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
        self.lines(screen).len().saturating_sub(self.page(screen))
    }

    pub fn key(&mut self, event: KeyEvent, screen: Rect) -> Answer {
        let page = isize::try_from(self.page(screen)).unwrap_or(1);
        let step = match event.code {
            KeyCode::Esc | KeyCode::Enter | KeyCode::Char('q') => return Answer::Close,
            KeyCode::Char('y') => {
                let notice = copied(&self.text);
                return Answer::Meanwhile(Effect::Copy(self.text.clone()), Some(notice));
            }
            KeyCode::Down | KeyCode::Char('j') => 1,
            KeyCode::Up | KeyCode::Char('k') => -1,
            KeyCode::PageDown | KeyCode::Char(' ') => page,
            KeyCode::PageUp => -page,
            KeyCode::Home | KeyCode::Char('g') => isize::MIN,
            KeyCode::End | KeyCode::Char('G') => isize::MAX,
            _ => 0,
        };
        self.top = self.top(screen).saturating_add_signed(step).min(self.last_top(screen));
        Answer::Stay
    }
}
