//! What is marked on a session's screen with the mouse.

use vt100::Screen;

/// Cells from where the button went down to where it is now; both as column and row of what is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    from: (u16, u16),
    to: (u16, u16),
}

impl Selection {
    /// The button went down on this cell.
    pub fn new(column: u16, row: u16) -> Self {
        Self { from: (column, row), to: (column, row) }
    }

    /// The mouse is on this cell now.
    pub fn extend(&mut self, column: u16, row: u16) {
        self.to = (column, row);
    }

    /// Whether it is one cell: a click, no selection.
    pub fn is_click(&self) -> bool {
        self.from == self.to
    }

    /// First and last cell as row and column, in the order of reading.
    fn ends(&self) -> ((u16, u16), (u16, u16)) {
        let (from, to) = ((self.from.1, self.from.0), (self.to.1, self.to.0));
        if from <= to { (from, to) } else { (to, from) }
    }

    /// The columns of a row that are marked, where there are any.
    pub fn columns(&self, row: u16, width: u16) -> Option<std::ops::Range<u16>> {
        let ((first, left), (last, right)) = self.ends();
        if !(first..=last).contains(&row) {
            return None;
        }
        let begin = if row == first { left.min(width) } else { 0 };
        let end = if row == last { right.saturating_add(1).min(width) } else { width };
        Some(begin..end)
    }

    /// The marked text, without the blanks at the ends of rows.
    pub fn text(&self, screen: &Screen) -> String {
        let ((first, left), (last, right)) = self.ends();
        let (rows, columns) = screen.size();
        let mut text = String::new();
        for row in first..=last.min(rows.get().saturating_sub(1)) {
            let begin = if row == first { left } else { 0 };
            let end = if row == last { right.saturating_add(1).min(columns.get()) } else { columns.get() };
            let mut line = String::new();
            for cell in (begin..end).filter_map(|column| screen.cell(row, column)) {
                match (cell.is_wide_continuation(), cell.has_contents()) {
                    (true, _) => {}
                    (false, true) => line.push_str(cell.contents()),
                    (false, false) => line.push(' '),
                }
            }
            text.push_str(line.trim_end());
            if row < last && !screen.row_wrapped(row) {
                text.push('\n');
            }
        }
        text
    }
}
