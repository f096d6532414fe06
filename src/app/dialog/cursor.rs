//! The cursor of a list in a dialog.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// Rows that a page key moves by: dialogs are of many heights, and this is less than any of a usual screen.
const PAGE: isize = 8;

/// A place in a list whose length may change at any time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    place: usize,
}

impl Cursor {
    pub fn at(place: usize) -> Self {
        Self { place }
    }

    /// The row it is on, in a list of `count` rows.
    pub fn place(self, count: usize) -> usize {
        self.place.min(count.saturating_sub(1))
    }

    /// Moves by arrows, `Ctrl-n`, `Ctrl-p` and pages; false when the key is none of these.
    pub fn key(&mut self, event: KeyEvent, count: usize) -> bool {
        let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
        let step = match event.code {
            KeyCode::Down => 1,
            KeyCode::Up => -1,
            KeyCode::Char('n') if ctrl => 1,
            KeyCode::Char('p') if ctrl => -1,
            KeyCode::PageDown => PAGE,
            KeyCode::PageUp => -PAGE,
            _ => return false,
        };
        self.step(step, count);
        true
    }

    pub fn step(&mut self, step: isize, count: usize) {
        self.place = self.place(count).saturating_add_signed(step).min(count.saturating_sub(1));
    }

    /// The first row to show of `count` in `height` rows, so that the cursor is in the middle where it can be.
    pub fn top(self, count: usize, height: usize) -> usize {
        self.place(count).saturating_sub(height / 2).min(count.saturating_sub(height))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_cursor_is_always_in_sight(place in 0_usize..50, count in 1_usize..50, height in 1_usize..30) {
            let cursor = Cursor::at(place);
            let (top, at) = (cursor.top(count, height), cursor.place(count));
            prop_assert!((top..top + height).contains(&at));
            prop_assert!(top + height <= count || top == 0);
        }
    }
}
