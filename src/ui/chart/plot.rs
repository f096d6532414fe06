//! A field of dots, eight to a cell: lines are drawn into it and it is put on the canvas.

use crate::ui::paint::Canvas;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Dots of a cell, across and down.
pub const ACROSS: u16 = 2;
pub const DOWN: u16 = 4;
/// The bits of a braille character, by row and column.
const BITS: [[u8; 2]; 4] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];

pub struct Plot {
    area: Rect,
    /// Row by row: the dots, and which line drew there last.
    cells: Vec<(u8, usize)>,
}

impl Plot {
    pub fn new(area: Rect) -> Self {
        Self { area, cells: vec![(0, 0); usize::from(area.width) * usize::from(area.height)] }
    }

    /// Columns and rows of dots.
    pub fn size(&self) -> (u16, u16) {
        (self.area.width * ACROSS, self.area.height * DOWN)
    }

    /// Sets the dots between two, both included; rows are counted from the top.
    pub fn line(&mut self, from: (u16, u16), to: (u16, u16), owner: usize) {
        let (mut x, mut y) = (i32::from(from.0), i32::from(from.1));
        let (to_x, to_y) = (i32::from(to.0), i32::from(to.1));
        let (across, down) = ((to_x - x).abs(), -(to_y - y).abs());
        let (step_x, step_y) = ((to_x - x).signum(), (to_y - y).signum());
        let mut error = across + down;
        loop {
            self.dot(x, y, owner);
            if (x, y) == (to_x, to_y) {
                return;
            }
            let twice = error * 2;
            if twice >= down {
                error += down;
                x += step_x;
            }
            if twice <= across {
                error += across;
                y += step_y;
            }
        }
    }

    fn dot(&mut self, x: i32, y: i32, owner: usize) {
        let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else { return };
        let (column, row) = (x / usize::from(ACROSS), y / usize::from(DOWN));
        if column >= usize::from(self.area.width) {
            return;
        }
        let bits = BITS.get(y % usize::from(DOWN)).and_then(|bits| bits.get(x % usize::from(ACROSS)));
        let cell = self.cells.get_mut(row * usize::from(self.area.width) + column);
        if let (Some(cell), Some(bits)) = (cell, bits) {
            *cell = (cell.0 | bits, owner);
        }
    }

    /// Puts the dots on the canvas; `style` is told the line and the row of the cell.
    pub fn paint(&self, canvas: &mut Canvas<'_>, style: impl Fn(usize, u16) -> Style) {
        let places = (0..self.area.height).flat_map(|row| (0..self.area.width).map(move |column| (column, row)));
        for ((column, row), (bits, owner)) in places.zip(&self.cells) {
            let symbol = char::from_u32(0x2800 + u32::from(*bits)).filter(|_| *bits != 0);
            let cell = canvas.buffer.cell_mut((self.area.x + column, self.area.y + row));
            if let (Some(cell), Some(symbol)) = (cell, symbol) {
                cell.set_char(symbol).set_style(style(*owner, row));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_line_joins_its_ends_without_holes(a in (0u16..40, 0u16..40), b in (0u16..40, 0u16..40)) {
            let mut plot = Plot::new(Rect::new(0, 0, 20, 10));
            plot.line(a, b, 1);
            let is_set = |(x, y): (u16, u16)| {
                let cell = plot.cells[usize::from(y / DOWN) * 20 + usize::from(x / ACROSS)];
                cell.0 & BITS[usize::from(y % DOWN)][usize::from(x % ACROSS)] != 0
            };
            prop_assert!(is_set(a) && is_set(b));
            let dots: u32 = plot.cells.iter().map(|(bits, _)| bits.count_ones()).sum();
            prop_assert_eq!(dots, u32::from(a.0.abs_diff(b.0).max(a.1.abs_diff(b.1))) + 1);
        }
    }
}
