//! A finished frame: its text, its cells, where the cursor is.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use std::fmt;
use unicode_width::UnicodeWidthStr;

/// What the terminal shows after a frame.
#[derive(Clone, Debug)]
pub struct Screen {
    pub buffer: Buffer,
    pub cursor: Option<Position>,
    /// How many frames were written by then.
    pub frames: u64,
    /// How many cells were written by then.
    pub cells: usize,
    /// What was put on the clipboard last.
    pub copied: Option<String>,
}

impl Screen {
    pub fn empty(width: u16, height: u16) -> Self {
        Self { buffer: Buffer::empty(Rect::new(0, 0, width, height)), cursor: None, frames: 0, cells: 0, copied: None }
    }

    /// Each line as it reads, without the blanks at its end.
    pub fn lines(&self) -> Vec<String> {
        (0..self.buffer.area.height).map(|y| self.line(y)).collect()
    }

    pub fn line(&self, y: u16) -> String {
        self.cells(y).map(|(_, cell)| cell.symbol()).collect::<String>().trim_end().to_owned()
    }

    /// The cells of a line with their columns; what a wide character covers is left out.
    pub fn cells(&self, y: u16) -> impl Iterator<Item = (u16, &Cell)> {
        let mut next = 0;
        (0..self.buffer.area.width).filter_map(move |x| {
            if x < next {
                return None;
            }
            let cell = &self.buffer[(x, y)];
            next = x + u16::try_from(cell.symbol().width()).unwrap_or(1).max(1);
            Some((x, cell))
        })
    }

    pub fn contains(&self, text: &str) -> bool {
        self.lines().iter().any(|line| line.contains(text))
    }

    /// The first line that contains this.
    pub fn line_with(&self, text: &str) -> String {
        self.lines().into_iter().find(|line| line.contains(text)).unwrap_or_else(|| panic!("no “{text}” in\n{self}"))
    }

    /// The style of the first letter of this text.
    pub fn style_of(&self, text: &str) -> Style {
        self.buffer[self.place_of(text)].style()
    }

    /// Column and row of the first letter of this text.
    pub fn place_of(&self, text: &str) -> (u16, u16) {
        for y in 0..self.buffer.area.height {
            let cells: Vec<(u16, &Cell)> = self.cells(y).collect();
            for start in 0..cells.len() {
                let rest: String = cells[start..].iter().map(|(_, cell)| cell.symbol()).collect();
                if rest.starts_with(text) {
                    return (cells[start].0, y);
                }
            }
        }
        panic!("no “{text}” in\n{self}");
    }

    /// What the dialog of that title says, as one line without its frame; empty where there is none.
    pub fn dialog(&self, title: &str) -> String {
        let lines = self.lines();
        let inside = |line: &str, left: usize| -> Option<String> {
            let rest: String = line.chars().skip(left).collect();
            Some(rest.strip_prefix('│')?.split('│').next()?.trim().to_owned())
        };
        let Some((row, left)) = lines.iter().enumerate().find_map(|(row, line)| {
            let place = line.find(&format!("╭ {title}"))?;
            Some((row, line.get(..place)?.chars().count()))
        }) else {
            return String::new();
        };
        lines.iter().skip(row + 1).map_while(|line| inside(line, left)).collect::<Vec<_>>().join(" ")
    }

    /// The row under the list's cursor.
    pub fn selected(&self) -> String {
        let line = self.lines().into_iter().find(|line| line.contains('▸') || line.contains('▹'));
        line.unwrap_or_default()
    }

    /// The name in the row under the list's cursor.
    pub fn selected_name(&self) -> String {
        let row = self.selected();
        let rest = row.split(['▸', '▹']).nth(1).unwrap_or_default().trim_start_matches('✓');
        rest.split_whitespace().next().unwrap_or_default().to_owned()
    }
}

impl fmt::Display for Screen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in self.lines() {
            writeln!(f, "{line}")?;
        }
        Ok(())
    }
}
