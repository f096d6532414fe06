//! The canvas: text is put on it piece by piece, cleaned and cut to the room there is.

use super::Theme;
use crate::app::columns::Tone;
use crate::app::dialog::click::Spot;
use crate::config::Role;
use crate::domain::text::{clean, truncate, width};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// A picture being made.
#[derive(Debug)]
pub struct Canvas<'a> {
    pub buffer: &'a mut Buffer,
    pub theme: &'a Theme,
    /// Where the text cursor is, if anywhere.
    pub cursor: Option<Position>,
    /// What can be clicked, and where.
    pub spots: Vec<(Rect, Spot)>,
}

/// A piece of text in one style.
#[derive(Clone, Debug)]
pub struct Piece {
    pub text: String,
    pub style: Style,
}

impl Canvas<'_> {
    /// Blanks an area in a style.
    pub fn fill(&mut self, area: Rect, style: Style) {
        let area = area.intersection(self.buffer.area);
        for y in area.top()..area.bottom() {
            for x in area.left()..area.right() {
                if let Some(cell) = self.buffer.cell_mut((x, y)) {
                    cell.reset();
                    cell.set_style(style);
                }
            }
        }
    }

    /// Styles an area without touching its text.
    pub fn tint(&mut self, area: Rect, style: Style) {
        self.buffer.set_style(area.intersection(self.buffer.area), style);
    }

    /// Draws an area as the selected one.
    pub fn select(&mut self, area: Rect) {
        let area = area.intersection(self.buffer.area);
        for y in area.top()..area.bottom() {
            for x in area.left()..area.right() {
                if let Some(cell) = self.buffer.cell_mut((x, y)) {
                    let style = self.theme.chosen(cell.style());
                    cell.modifier = ratatui::style::Modifier::empty();
                    cell.set_style(style);
                }
            }
        }
    }

    /// Writes one line of text at the left of `area`'s first row; gives the columns used.
    pub fn text(&mut self, area: Rect, text: &str, style: Style) -> u16 {
        let area = area.intersection(self.buffer.area);
        if area.is_empty() {
            return 0;
        }
        let cleaned = clean(text);
        let shown = truncate(&cleaned, usize::from(area.width));
        let (end, _) = self.buffer.set_stringn(area.x, area.y, &*shown, usize::from(area.width), style);
        end - area.x
    }

    /// Writes pieces one behind the other; gives the columns used.
    pub fn pieces(&mut self, area: Rect, pieces: &[Piece]) -> u16 {
        let mut used = 0;
        for piece in pieces {
            used += self.text(shift(area, used), &piece.text, piece.style);
        }
        used
    }

    /// Writes pieces one behind the other, of which some can be clicked.
    pub fn buttons(&mut self, area: Rect, pieces: &[Piece], spots: &[(usize, Spot)]) {
        let mut rest = area;
        for (index, piece) in pieces.iter().enumerate() {
            let used = self.text(rest, &piece.text, piece.style);
            if let Some((_, spot)) = spots.iter().find(|(at, _)| *at == index) {
                self.spot(Rect { width: used, ..rest }, *spot);
            }
            rest = shift(rest, used);
        }
    }

    /// Writes pieces so that they end at the right of `area`; the first ones are left out where there is no room.
    pub fn pieces_right(&mut self, area: Rect, pieces: &[Piece]) -> u16 {
        let mut kept = pieces;
        while total(kept) > usize::from(area.width) {
            let [_, rest @ ..] = kept else { return 0 };
            kept = rest;
        }
        let used = u16::try_from(total(kept)).unwrap_or(0);
        self.pieces(shift(area, area.width - used), kept)
    }

    /// Puts the text cursor `column` columns into a line; nowhere when the line has no room.
    pub fn place_cursor(&mut self, line: Rect, column: usize) {
        let line = line.intersection(self.buffer.area);
        if !line.is_empty() {
            let column = u16::try_from(column).unwrap_or(u16::MAX).min(line.width - 1);
            self.cursor = Some(Position { x: line.x + column, y: line.y });
        }
    }

    /// Notes that something that can be clicked stands there.
    pub fn spot(&mut self, area: Rect, spot: Spot) {
        if !area.is_empty() {
            self.spots.push((area, spot));
        }
    }

    pub fn style(&self, role: Role) -> Style {
        self.theme.style(role)
    }
}

/// `area` without its first `columns`.
pub fn shift(area: Rect, columns: u16) -> Rect {
    let columns = columns.min(area.width);
    Rect { x: area.x + columns, width: area.width - columns, ..area }
}

/// Row `index` of an area, empty where there is none.
pub fn row(area: Rect, index: usize) -> Rect {
    let index = u16::try_from(index).unwrap_or(u16::MAX);
    if index >= area.height {
        return Rect { height: 0, ..area };
    }
    Rect { y: area.y + index, height: 1, ..area }
}

/// The columns that pieces take together.
pub fn total(pieces: &[Piece]) -> usize {
    pieces.iter().map(|piece| width(&clean(&piece.text))).sum()
}

impl Piece {
    pub fn new(text: impl Into<String>, style: Style) -> Self {
        Self { text: text.into(), style }
    }

    pub fn tone(theme: &Theme, text: impl Into<String>, tone: Tone) -> Self {
        Self::new(text, theme.tone(tone))
    }

    pub fn role(theme: &Theme, text: impl Into<String>, role: Role) -> Self {
        Self::new(text, theme.style(role))
    }
}
