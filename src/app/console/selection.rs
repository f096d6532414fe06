//! Which cells of a session are marked, and the text in them; rows are counted from the oldest that is kept.

use std::ops::Range;
use vt100::Screen;

/// A cell. Earlier ones are less.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// From the oldest row that is kept.
    pub row: usize,
    pub column: u16,
}

/// Cells from one to another, both among them, in the order of reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    from: Spot,
    to: Spot,
    /// Whole rows, whatever the columns.
    rows: bool,
}

impl Selection {
    /// What lies between two cells, in whichever order they are.
    pub fn new(one: Spot, other: Spot) -> Self {
        Self { from: one.min(other), to: one.max(other), rows: false }
    }

    /// The whole rows between two cells.
    pub fn of_rows(one: Spot, other: Spot) -> Self {
        Self { rows: true, ..Self::new(one, other) }
    }

    /// Everything.
    pub fn all() -> Self {
        Self::of_rows(Spot::default(), Spot { row: usize::MAX, column: 0 })
    }

    /// The columns of a row that are marked, where there are any.
    pub fn columns(&self, row: usize, width: u16) -> Option<Range<u16>> {
        if !(self.from.row..=self.to.row).contains(&row) {
            return None;
        }
        let begin = if row == self.from.row && !self.rows { self.from.column.min(width) } else { 0 };
        let end = if row == self.to.row && !self.rows { self.to.column.saturating_add(1).min(width) } else { width };
        Some(begin..end)
    }

    /// The marked text, without the blanks at the ends of rows; a row that was too long for the screen is one line. The
    /// screen is scrolled about for it and stands where it was afterwards.
    pub fn text(&self, screen: &mut Screen) -> String {
        let before = screen.scrollback();
        let above = screen.scrollback_len();
        let (height, width) = (usize::from(screen.size().0.get()), screen.size().1.get());
        let last = self.to.row.min((above + height).saturating_sub(1));
        let mut text = String::new();
        let mut row = self.from.row;
        while row <= last {
            screen.set_scrollback(above.saturating_sub(row));
            let top = above - screen.scrollback();
            let end = last.min(top + height - 1);
            for row in row..=end {
                let Ok(shown) = u16::try_from(row - top) else { continue };
                let columns = self.columns(row, width).unwrap_or_default();
                let wraps = screen.row_wrapped(shown) && columns.end == width;
                push_row(&mut text, screen, shown, columns, wraps);
                if row < last && !wraps {
                    text.push('\n');
                }
            }
            row = end + 1;
        }
        screen.set_scrollback(before);
        text
    }
}

/// A row's text; where it goes on in the next row, blanks that were written count.
fn push_row(text: &mut String, screen: &Screen, row: u16, columns: Range<u16>, wraps: bool) {
    let begin = text.len();
    let mut written = begin;
    // A wide character whose second half is marked is marked.
    let is_half = screen.cell(row, columns.start).is_some_and(vt100::Cell::is_wide_continuation);
    let first = if is_half { columns.start.saturating_sub(1) } else { columns.start };
    for cell in (first..columns.end).filter_map(|column| screen.cell(row, column)) {
        match (cell.is_wide_continuation(), cell.has_contents()) {
            (true, _) => {}
            (false, true) => {
                text.push_str(cell.contents());
                written = text.len();
            }
            (false, false) => text.push(' '),
        }
    }
    if !wraps {
        written = begin + text.get(begin..written).map_or(0, |line| line.trim_end().len());
    }
    text.truncate(written);
}
