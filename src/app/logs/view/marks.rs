//! Marked lines of a log: by what they are, not where they stand, so that they survive whatever is read anew.

use std::collections::BTreeMap;

use super::rows::Top;
use super::{LogView, Position, Viewport, Wanted};
use crate::app::logs::kept::Lines;
use crate::app::logs::store::LineRef;
use crate::domain::{LogChunk, LogStream, order};

/// Bytes of marked lines at most: each is kept, whatever becomes of the log.
const MOST_BYTES: usize = 4 << 20;
/// Lines marked at most.
const MOST_LINES: usize = 50_000;

/// What is marked, and the line that the next mark is about.
#[derive(Debug, Default)]
pub(super) struct Marks {
    lines: BTreeMap<i64, Marked>,
    /// Those of a log that is being read anew, by their times and former numbers, until they come again.
    adrift: BTreeMap<(i64, i64), Marked>,
    bytes: usize,
    cursor: Option<i64>,
    /// The last line marked: where a range begins.
    anchor: Option<i64>,
    /// The range from there to the cursor grows with it.
    is_open: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Marked {
    stream: LogStream,
    time: i64,
    bytes: Vec<u8>,
}

/// More cannot be marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooMany;

impl TooMany {
    pub const SENTENCE: &str = "No more lines can be marked: what is shown, or all of it, can be saved.";
}

impl Marks {
    fn insert(&mut self, line: LineRef<'_>) -> Result<(), TooMany> {
        if self.lines.contains_key(&line.number) {
            return Ok(());
        }
        if self.bytes + line.bytes.len() > MOST_BYTES || self.lines.len() >= MOST_LINES {
            return Err(TooMany);
        }
        self.bytes += line.bytes.len();
        let marked = Marked { stream: line.stream, time: line.time, bytes: line.bytes.to_vec() };
        self.lines.insert(line.number, marked);
        Ok(())
    }

    fn remove(&mut self, number: i64) -> bool {
        let removed = self.lines.remove(&number);
        self.bytes -= removed.as_ref().map_or(0, |line| line.bytes.len());
        removed.is_some()
    }

    /// The lines from this one on get other numbers now. `number_now`: that of the cursor's line, or the anchor's, if it is
    /// still there.
    pub fn cut_loose(&mut self, from: i64, number_now: impl Fn(i64) -> Option<i64>) {
        let lines = self.lines.split_off(&from);
        self.adrift.extend(lines.into_iter().map(|(number, line)| ((line.time, number), line)));
        let moved = |line: &i64| if *line < from { Some(*line) } else { number_now(*line) };
        (self.cursor, self.anchor) = (self.cursor.as_ref().and_then(moved), self.anchor.as_ref().and_then(moved));
        self.is_open &= self.range().is_some();
    }

    /// Where the next mark and the next range begin.
    pub fn ends(&self) -> [Option<i64>; 2] {
        [self.cursor, self.anchor]
    }

    /// Finds marked lines again among those that came.
    pub fn meet(&mut self, line: LineRef<'_>) {
        let mut near = self.adrift.range((line.time, i64::MIN)..=(line.time, i64::MAX));
        let found = near.find(|(_, marked)| marked.bytes == line.bytes && marked.stream == line.stream);
        if let Some(marked) = found.map(|(key, _)| *key).and_then(|key| self.adrift.remove(&key)) {
            self.lines.insert(line.number, marked);
        }
    }

    pub fn has_adrift(&self) -> bool {
        !self.adrift.is_empty()
    }

    fn range(&self) -> Option<(i64, i64)> {
        let (from, to) = (self.anchor.filter(|_| self.is_open)?, self.cursor?);
        Some((from.min(to), from.max(to)))
    }
}

impl LogView {
    /// Whether lines are marked or chosen to be: keys move from line to line then.
    pub fn is_marking(&self) -> bool {
        let marks = &self.marks;
        marks.cursor.is_some() || !marks.lines.is_empty() || marks.has_adrift()
    }

    /// The line that the next mark is about.
    pub fn cursor(&self) -> Option<i64> {
        self.marks.cursor
    }

    /// Lines marked, those of the open range included.
    pub fn marked(&self) -> usize {
        let open = self.marks.range().map_or(0, |(from, to)| match self.is_filtered() {
            true => self.shown_between(from, to).take(MOST_LINES).count(),
            false => usize::try_from(to - from + 1).unwrap_or(usize::MAX),
        });
        let twice = self.marks.range().map_or(0, |(from, to)| self.marks.lines.range(from..=to).count());
        self.marks.lines.len() + self.marks.adrift.len() + open.saturating_sub(twice)
    }

    pub fn is_marked(&self, line: i64) -> bool {
        self.marks.lines.contains_key(&line) || self.marks.range().is_some_and(|(from, to)| (from..=to).contains(&line))
    }

    /// Takes all marks back; false when there were none.
    pub fn clear_marks(&mut self) -> bool {
        let was_marking = self.is_marking();
        self.marks = Marks::default();
        was_marking
    }

    /// Marks or unmarks the line of the cursor, and goes on to the next. The first time it only brings up the cursor's
    /// line as marked.
    ///
    /// # Errors
    /// Where no more can be marked.
    pub fn toggle_mark(&mut self, viewport: Viewport) -> Result<(), TooMany> {
        self.close_range()?;
        let Some(line) = self.bring_up_cursor(viewport) else { return Ok(()) };
        if !self.marks.remove(line)
            && let Some(line) = self.store.line(line)
        {
            self.marks.insert(line)?;
        }
        self.marks.anchor = Some(line);
        self.move_cursor(1, viewport);
        Ok(())
    }

    /// Marks all lines from the last one marked to the cursor. Where none was marked, a range begins here that grows with
    /// the cursor; the next call ends it.
    ///
    /// # Errors
    /// Where no more can be marked.
    pub fn mark_range(&mut self, viewport: Viewport) -> Result<(), TooMany> {
        let Some(cursor) = self.bring_up_cursor(viewport) else { return Ok(()) };
        if self.marks.anchor.is_none() {
            (self.marks.anchor, self.marks.is_open) = (Some(cursor), true);
            return Ok(());
        }
        self.marks.is_open = true;
        self.close_range()
    }

    fn close_range(&mut self) -> Result<(), TooMany> {
        let Some((from, to)) = self.marks.range() else { return Ok(()) };
        self.marks.is_open = false;
        self.marks.anchor = self.marks.cursor;
        let numbers: Vec<i64> = self.shown_between(from, to).take(MOST_LINES + 1).collect();
        for line in numbers.into_iter().filter_map(|number| self.store.line(number)) {
            self.marks.insert(line)?;
        }
        Ok(())
    }

    /// The lines that are marked, in their order; without any, that of the cursor.
    ///
    /// # Errors
    /// Where no more can be marked.
    pub fn marked_lines(&mut self) -> Result<LogChunk, TooMany> {
        self.close_range()?;
        let marks = &self.marks;
        let mut chunk = LogChunk::default();
        let mut push = |line: &Marked| chunk.push(line.stream, line.time, &line.bytes);
        if marks.adrift.is_empty() {
            marks.lines.values().for_each(&mut push);
        } else {
            let here = marks.lines.iter().map(|(number, line)| ((line.time, *number), line));
            let mut all: Vec<_> = here.chain(marks.adrift.iter().map(|(key, line)| (*key, line))).collect();
            order::sort_by_key(&mut all, |(key, _)| *key);
            all.into_iter().for_each(|(_, line)| push(line));
        }
        if chunk.is_empty()
            && let Some(line) = marks.cursor.and_then(|line| self.store.line(line))
        {
            chunk.push(line.stream, line.time, line.bytes);
        }
        Ok(chunk)
    }

    /// Moves the cursor by lines, down where positive, and keeps it in sight; without one the pane scrolls.
    pub fn move_by(&mut self, rows: isize, viewport: Viewport) {
        if self.is_marking() && self.bring_up_cursor(viewport).is_some() {
            self.move_cursor(rows, viewport);
        } else {
            self.scroll_by(rows, viewport);
        }
    }

    /// Puts the cursor on the first line that is loaded, or on the last one; false where there is no cursor. What was
    /// marked on the way must stay, so nothing is read anew for it.
    pub(super) fn cursor_to_end(&mut self, is_last: bool) -> bool {
        let (first, end) = (self.store.first_line(), self.store.end_line());
        let found = if is_last { self.shown_before(end) } else { self.shown_from(first) };
        let (Some(_), Some(line)) = (self.marks.cursor, found) else { return false };
        self.marks.cursor = Some(line);
        self.position = Position::At { line, row: 0 };
        if !is_last && self.store.has_more_above() {
            self.wanted = Some(Wanted::Above);
        } else if is_last && self.store.has_more_below() {
            self.wanted = Some(Wanted::Below);
        } else if is_last {
            self.position = Position::Following;
        }
        true
    }

    /// Puts the cursor, where there is one, on this line.
    pub(super) fn carry_cursor(&mut self, line: i64) {
        if self.marks.cursor.is_some() {
            self.marks.cursor = Some(line);
        }
    }

    /// The line of the cursor; where there is none, that of the last jump if it is in sight, else the last one in sight
    /// of a log that is followed and the first one of any other. What comes now does not move it away.
    fn bring_up_cursor(&mut self, viewport: Viewport) -> Option<i64> {
        if let Some(line) = self.marks.cursor.filter(|line| self.store.line(*line).is_some()) {
            return Some(line);
        }
        let rows = self.visible(viewport);
        let jumped = rows.iter().find(|row| row.is_current).map(|row| row.line);
        let line = match self.is_following() {
            true => jumped.or(rows.last().map(|row| row.line)),
            false => jumped.or(rows.first().map(|row| row.line)),
        };
        self.marks.cursor = line;
        if line.is_some() {
            self.position = self.top(viewport).into();
        }
        line
    }

    fn move_cursor(&mut self, rows: isize, viewport: Viewport) {
        let Some(mut line) = self.marks.cursor else { return };
        for _ in 0..rows.unsigned_abs() {
            let next = if rows < 0 { self.shown_before(line) } else { self.shown_from(line + 1) };
            let Some(next) = next else { break };
            line = next;
        }
        self.marks.cursor = Some(line);
        let top = self.top(viewport);
        let last = self.visible(viewport).last().map_or(line, |row| row.line);
        if line < top.line || (line == top.line && top.row > 0) {
            self.position = Position::At { line, row: 0 };
        } else if line >= last {
            // Its last row stands at the foot.
            let foot = self.up(Top { line: line + 1, row: 0 }, viewport.height.max(1), viewport);
            self.position = foot.max(top).into();
        } else {
            self.position = top.into();
        }
        self.look_ahead(rows < 0, viewport);
    }

    fn shown_between(&self, from: i64, to: i64) -> impl Iterator<Item = i64> {
        let numbers = std::iter::successors(self.shown_from(from), |line| self.shown_from(line + 1));
        numbers.take_while(move |line| *line <= to)
    }

    /// Finds marked lines again among those with these numbers.
    pub(super) fn meet_marked(&mut self, numbers: std::ops::Range<i64>) {
        if self.marks.has_adrift() {
            self.store.lines(numbers).for_each(|line| self.marks.meet(line));
        }
    }
}

#[cfg(test)]
mod tests;
