//! How many rows the very long lines near to where the reader looks take: measured once, not at each key and frame.

use std::collections::VecDeque;

use super::{LogView, Position, Viewport};
use crate::app::logs::kept::Lines;
use crate::app::logs::store::signed;

/// Bytes of a line that is worth it.
const LONG: usize = 4 * 1024;
const KEPT: usize = 256;

/// The rows of some lines in so many columns.
#[derive(Debug, Default)]
pub(super) struct Heights {
    width: usize,
    lines: VecDeque<(i64, usize)>,
}

impl Heights {
    pub fn of(&self, line: i64, width: usize) -> Option<usize> {
        let known = self.lines.iter().filter(|_| self.width == width).find(|(number, _)| *number == line);
        known.map(|(_, rows)| *rows)
    }

    /// Lines look otherwise now.
    pub fn forget(&mut self) {
        self.lines.clear();
    }
}

impl LogView {
    /// Measures the long lines that the next steps may come to.
    pub(super) fn measure(&mut self, viewport: Viewport) {
        if self.is_uniform() {
            return;
        }
        let width = self.text_width(viewport);
        if self.heights.width != width {
            self.heights = Heights { width, lines: VecDeque::new() };
        }
        let (end, near) = (self.store.end_line(), signed(viewport.height));
        let at = match self.position {
            Position::Following => end,
            Position::At { line, .. } => line.min(end),
        };
        let lines = self.store.lines(at - near..at + near).chain(self.store.lines((end - near).max(at + near)..end));
        let is_new = |number: i64| self.heights.of(number, width).is_none();
        let long = lines.filter(|line| line.bytes.len() > LONG && is_new(line.number));
        let measured: Vec<(i64, usize)> = long.map(|line| (line.number, self.row_count(line, width))).collect();
        self.heights.lines.extend(measured);
        let spare = self.heights.lines.len().saturating_sub(KEPT);
        self.heights.lines.drain(..spare);
    }
}
