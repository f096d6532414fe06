//! A cursor and a scroll position in rows that come anew with every answer.

use std::ops::Range;

/// Which row the cursor is on, and which is at the top. Valid for any number of rows and any height when read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowCursor {
    row: usize,
    top: usize,
}

impl RowCursor {
    /// The row that the cursor is on; 0 when there is none.
    pub fn row(self, count: usize) -> usize {
        self.row.min(count.saturating_sub(1))
    }

    /// Moves by rows, down where positive, in a pane of that height.
    pub fn move_by(&mut self, rows: isize, count: usize, height: usize) {
        self.select(self.row(count).saturating_add_signed(rows), count, height);
    }

    /// Puts the cursor on a row, wherever that is in the pane.
    pub fn place(&mut self, row: usize) {
        self.row = row;
    }

    /// Puts the cursor on a row, or on the last one.
    pub fn select(&mut self, row: usize, count: usize, height: usize) {
        self.row = row.min(count.saturating_sub(1));
        self.top = self.window(count, height).start;
    }

    /// The rows in sight; moves no more than needed to have the cursor among them.
    pub fn window(self, count: usize, height: usize) -> Range<usize> {
        let row = self.row(count);
        let top = self.top.clamp((row + 1).saturating_sub(height.max(1)), row).min(count.saturating_sub(height));
        top..(top + height).min(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_cursor_is_always_in_sight(
            moves in proptest::collection::vec(-30isize..30, 0..20),
            count in 1usize..50,
            height in 1usize..20,
            later in 1usize..50,
        ) {
            let mut cursor = RowCursor::default();
            for rows in moves {
                cursor.move_by(rows, count, height);
                prop_assert!(cursor.window(count, height).contains(&cursor.row(count)));
            }
            prop_assert!(cursor.window(later, height).contains(&cursor.row(later)));
            prop_assert_eq!(cursor.window(later, height).len(), later.min(height));
        }
    }

    #[test]
    fn no_rows_and_no_height_are_no_trouble() {
        let mut cursor = RowCursor::default();
        cursor.move_by(isize::MAX, 0, 0);
        assert_eq!(cursor.window(0, 0), 0..0);
        assert_eq!(cursor.window(5, 0).len(), 0);
    }
}
