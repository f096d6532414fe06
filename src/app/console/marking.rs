//! Marking a part of a session to copy it: by keys or by the mouse, on a picture of the session that stands still.

use super::selection::{Selection, Spot};
use vt100::Screen;

/// What is being marked. The session goes on meanwhile behind it.
#[derive(Clone, Debug)]
pub struct Marking {
    /// The session as it was when the marking began, scrolled as it is looked at now.
    screen: Screen,
    cursor: Spot,
    /// Where the marked part begins; without, the cursor only moves about.
    anchor: Option<Spot>,
    shape: Shape,
    /// The button is down.
    pub is_dragged: bool,
}

/// What is marked between the two ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    #[default]
    Text,
    Rows,
}

/// Where the cursor goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Left,
    Right,
    /// By rows, back in time where negative.
    Rows(isize),
    NextWord,
    PreviousWord,
    WordEnd,
    RowStart,
    RowEnd,
    Top,
    Bottom,
}

impl Marking {
    /// Begins with the cursor on a cell of what is shown.
    pub fn new(screen: &Screen, column: u16, row: u16) -> Self {
        let mut marking = Self {
            screen: screen.clone(),
            cursor: Spot::default(),
            anchor: None,
            shape: Shape::default(),
            is_dragged: false,
        };
        marking.cursor = marking.spot(column, row);
        marking
    }

    /// What is to be shown instead of the session.
    pub fn screen(&self) -> &Screen {
        &self.screen
    }

    /// The cursor as column and row of what is shown; `None` while it is scrolled out of sight.
    pub fn cursor(&self) -> Option<(u16, u16)> {
        let row = u16::try_from(self.cursor.row.checked_sub(self.top())?).ok()?;
        (row < self.screen.size().0.get()).then_some((self.cursor.column, row))
    }

    /// What is marked, if anything is.
    pub fn selection(&self) -> Option<Selection> {
        let anchor = self.anchor?;
        Some(match self.shape {
            Shape::Text => Selection::new(anchor, self.cursor),
            Shape::Rows => Selection::of_rows(anchor, self.cursor),
        })
    }

    /// The marked columns of a row of what is shown.
    pub fn columns(&self, row: u16, width: u16) -> Option<std::ops::Range<u16>> {
        self.selection()?.columns(self.top() + usize::from(row), width)
    }

    /// The marked text, without empty rows at its end; without a mark the row under the cursor.
    pub fn text(&mut self) -> String {
        let selection = self.selection().unwrap_or_else(|| Selection::of_rows(self.cursor, self.cursor));
        let text = selection.text(&mut self.screen);
        text.trim_end_matches('\n').to_owned()
    }

    /// Marks from the cursor on; in the shape that it has already, nothing is marked any more.
    pub fn begin(&mut self, shape: Shape) {
        match self.anchor {
            Some(_) if self.shape == shape => self.anchor = None,
            Some(_) => self.shape = shape,
            None => {
                self.anchor = Some(self.cursor);
                self.shape = shape;
            }
        }
    }

    /// Takes the mark back; false where there was none.
    pub fn clear(&mut self) -> bool {
        self.anchor.take().is_some()
    }

    /// Goes to the other end of what is marked, to move that.
    pub fn swap(&mut self) {
        if let Some(anchor) = &mut self.anchor {
            std::mem::swap(anchor, &mut self.cursor);
            self.follow();
        }
    }

    /// The mouse marks from the cursor to this cell of what is shown; rows beyond it scroll.
    pub fn drag(&mut self, column: u16, row: isize) {
        self.anchor.get_or_insert(self.cursor);
        let height = isize::try_from(self.screen.size().0.get()).unwrap_or(1);
        let within = row.clamp(0, height - 1);
        self.scroll_by(row - within);
        self.cursor = self.spot(column, u16::try_from(within).unwrap_or(0));
    }

    /// Scrolls by rows, back in time where negative; the cursor stays where it is in the text.
    pub fn scroll_by(&mut self, rows: isize) {
        let to = self.screen.scrollback().saturating_add_signed(rows.saturating_neg());
        self.screen.set_scrollback(to);
    }

    /// Moves the cursor and keeps it in sight.
    pub fn go(&mut self, step: Step) {
        match step {
            Step::Left => self.cursor.column = self.cursor.column.saturating_sub(1),
            Step::Right => self.cursor.column = self.after(self.cursor.column).min(self.last_column()),
            Step::Rows(rows) => self.cursor.row = self.cursor.row.saturating_add_signed(rows).min(self.last_row()),
            Step::NextWord => self.next_word(),
            Step::PreviousWord => self.previous_word(),
            Step::WordEnd => self.word_end(),
            Step::RowStart => self.cursor.column = 0,
            Step::RowEnd => self.cursor.column = self.end_of_row(),
            Step::Top => self.cursor = Spot::default(),
            Step::Bottom => self.cursor = Spot { row: self.last_row(), column: 0 },
        }
        self.follow();
        if self.cell().is_some_and(vt100::Cell::is_wide_continuation) {
            self.cursor.column = self.cursor.column.saturating_sub(1);
        }
    }

    /// The first row that is shown.
    fn top(&self) -> usize {
        self.screen.scrollback_len() - self.screen.scrollback()
    }

    fn last_row(&self) -> usize {
        self.screen.scrollback_len() + usize::from(self.screen.size().0.get() - 1)
    }

    fn last_column(&self) -> u16 {
        self.screen.size().1.get() - 1
    }

    fn spot(&self, column: u16, row: u16) -> Spot {
        let row = (self.top() + usize::from(row)).min(self.last_row());
        Spot { row, column: column.min(self.last_column()) }
    }

    /// Scrolls no more than it takes to see the cursor.
    fn follow(&mut self) {
        let height = usize::from(self.screen.size().0.get());
        let top = self.top().clamp((self.cursor.row + 1).saturating_sub(height), self.cursor.row);
        self.screen.set_scrollback(self.screen.scrollback_len().saturating_sub(top));
    }

    /// The cell under the cursor, which is in sight.
    fn cell(&self) -> Option<&vt100::Cell> {
        self.cell_at(self.cursor.column)
    }

    fn cell_at(&self, column: u16) -> Option<&vt100::Cell> {
        let row = u16::try_from(self.cursor.row.checked_sub(self.top())?).ok()?;
        self.screen.cell(row, column)
    }

    /// The column after a character, which may be wide.
    fn after(&self, column: u16) -> u16 {
        column.saturating_add(if self.cell_at(column).is_some_and(vt100::Cell::is_wide) { 2 } else { 1 })
    }

    fn is_blank(&self, column: u16) -> bool {
        self.cell_at(column).is_none_or(|cell| !cell.is_wide_continuation() && cell.contents().trim().is_empty())
    }

    /// The last column of the row under the cursor that is not blank.
    fn end_of_row(&self) -> u16 {
        (0..=self.last_column()).rev().find(|column| !self.is_blank(*column)).unwrap_or(0)
    }

    /// The cursor in the row after, or before; false at the end.
    fn turn(&mut self, forward: bool) -> bool {
        let row = if forward { self.cursor.row + 1 } else { self.cursor.row.wrapping_sub(1) };
        if row > self.last_row() {
            return false;
        }
        self.cursor.row = row;
        self.follow();
        self.cursor.column = if forward { 0 } else { self.last_column() };
        true
    }

    fn next_word(&mut self) {
        let columns = self.cursor.column..=self.last_column();
        let blank = columns.clone().find(|column| self.is_blank(*column));
        let word = blank.and_then(|blank| (blank..=self.last_column()).find(|column| !self.is_blank(*column)));
        match word {
            Some(column) => self.cursor.column = column,
            None => {
                while self.turn(true) {
                    if let Some(column) = (0..=self.last_column()).find(|column| !self.is_blank(*column)) {
                        self.cursor.column = column;
                        return;
                    }
                }
            }
        }
    }

    fn previous_word(&mut self) {
        loop {
            let end = (0..self.cursor.column).rev().find(|column| !self.is_blank(*column));
            if let Some(end) = end {
                let before = (0..end).rev().find(|column| self.is_blank(*column));
                self.cursor.column = before.map_or(0, |column| column + 1);
                return;
            }
            if !self.turn(false) {
                self.cursor.column = 0;
                return;
            }
            self.cursor.column += 1;
        }
    }

    fn word_end(&mut self) {
        loop {
            let first =
                (self.cursor.column.saturating_add(1)..=self.last_column()).find(|column| !self.is_blank(*column));
            if let Some(first) = first {
                let after = (first..=self.last_column()).find(|column| self.is_blank(*column));
                self.cursor.column = after.map_or(self.last_column(), |column| column - 1);
                return;
            }
            if !self.turn(true) {
                return;
            }
            // The row's first cell counts as well.
            if !self.is_blank(0) {
                let after = (0..=self.last_column()).find(|column| self.is_blank(*column));
                self.cursor.column = after.map_or(self.last_column(), |column| column - 1);
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests;
