//! A list's state: what is selected, marked, filtered and sorted. Everything is by key, never by index, so that it
//! survives whatever happens to the rows.

use crate::domain::order;
use std::cmp::Ordering;
use std::collections::HashSet;
use std::sync::Arc;

/// What identifies a row: a container's id, a volume's name.
pub type RowKey = Arc<str>;

/// Selection, marks, order and scroll position of one list.
#[derive(Debug, Default)]
pub struct ListState {
    selected: Option<RowKey>,
    /// A row that is to be selected as soon as it appears.
    awaited: Option<RowKey>,
    marks: HashSet<RowKey>,
    /// Where a range of marks began.
    anchor: Option<RowKey>,
    /// The text of the filter as typed.
    pub filter: String,
    /// What is wrong with the filter, while it cannot be used.
    pub filter_error: Option<String>,
    pub sort: Sort,
    /// Index into `shown` of the first row on screen.
    top: usize,
    /// Index into `shown` of the selected row. Kept by `renew` and the cursor moves alone.
    position: usize,
    /// The rows that pass the filter, in order: indices into the rows given to `renew`, with their keys.
    shown: Vec<(usize, RowKey)>,
}

/// By which column a list is ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sort {
    /// Index into the view's columns.
    pub column: usize,
    pub descending: bool,
}

impl ListState {
    /// Filters and orders the rows anew; the selection stays on its row, or moves to the neighbour of one that is gone.
    pub fn renew<R>(
        &mut self,
        rows: &[R],
        key: impl Fn(&R) -> RowKey,
        keep: impl Fn(&R) -> bool,
        by: impl Fn(&R, &R) -> Ordering,
    ) {
        let mut kept: Vec<usize> = (0..).zip(rows).filter(|(_, row)| keep(row)).map(|(index, _)| index).collect();
        order::sort_places(&mut kept, &mut |left, right| match (rows.get(left), rows.get(right)) {
            (Some(left), Some(right)) if self.sort.descending => by(right, left),
            (Some(left), Some(right)) => by(left, right),
            _ => left.cmp(&right),
        });
        self.shown = kept.into_iter().filter_map(|index| Some((index, key(rows.get(index)?)))).collect();
        if !self.marks.is_empty() {
            let alive: HashSet<RowKey> = rows.iter().map(&key).collect();
            self.marks.retain(|mark| alive.contains(mark));
        }
        self.find_selected();
        if let Some(awaited) = self.awaited.take()
            && !self.select(&awaited)
        {
            self.awaited = Some(awaited);
        }
    }

    /// Adds a row that is shown in this place and stands at `index` of the rows, without looking at the others.
    pub fn insert(&mut self, place: usize, index: usize, key: RowKey) {
        let place = place.min(self.shown.len());
        self.shown.insert(place, (index, key));
        if self.shown.len() == 1 {
            self.move_to(0);
        } else if place <= self.position {
            // The cursor stays on its row, and that where it is on the screen.
            self.position += 1;
            self.top += 1;
        }
    }

    /// Where a row belongs, of which each row that is shown tells by its index whether it comes before.
    pub fn place_of(&self, is_before: impl Fn(usize) -> bool) -> usize {
        self.shown.partition_point(|(index, _)| is_before(*index))
    }

    fn find_selected(&mut self) {
        let found = match &self.selected {
            // Nearly always nothing moved: look there first.
            Some(wanted) if self.shown.get(self.position).is_some_and(|(_, key)| key == wanted) => Some(self.position),
            Some(wanted) => self.shown.iter().position(|(_, key)| key == wanted),
            None => None,
        };
        let before = self.position;
        self.move_to(found.unwrap_or(before));
        // The row keeps its place on the screen when rows above it come and go.
        if let Some(found) = found {
            self.top = (self.top + found).saturating_sub(before);
        }
    }

    /// Moves the cursor by `distance` rows, stopping at the ends.
    pub fn move_by(&mut self, distance: isize) {
        self.move_to(self.position.saturating_add_signed(distance));
    }

    /// Puts the cursor on row `position`, or the last one.
    pub fn move_to(&mut self, position: usize) {
        self.position = position.min(self.shown.len().saturating_sub(1));
        if let Some((_, key)) = self.shown.get(self.position) {
            self.selected = Some(key.clone());
        }
    }

    /// Puts the cursor on the row with this key; false when it is not shown.
    pub fn select(&mut self, key: &str) -> bool {
        let Some(position) = self.shown.iter().position(|(_, shown)| &**shown == key) else { return false };
        self.move_to(position);
        true
    }

    /// Wants this row selected as soon as it appears (a container just created).
    pub fn select_when_shown(&mut self, key: RowKey) {
        if !self.select(&key) {
            self.awaited = Some(key);
        }
    }

    /// The key of the row under the cursor, if any row is shown.
    pub fn selected(&self) -> Option<&RowKey> {
        self.shown.get(self.position).map(|(_, key)| key)
    }

    /// The index (into the rows) of the row under the cursor.
    pub fn selected_row(&self) -> Option<usize> {
        self.shown.get(self.position).map(|(index, _)| *index)
    }

    pub fn position(&self) -> usize {
        self.position
    }

    /// How many rows pass the filter.
    pub fn len(&self) -> usize {
        self.shown.len()
    }

    pub fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }

    /// The first row on a screen of `height` rows: the last scroll position, moved only as far as the cursor needs.
    pub fn top(&self, height: usize) -> usize {
        let lowest = (self.position + 1).saturating_sub(height.max(1));
        let last_full = self.shown.len().saturating_sub(height);
        self.top.clamp(lowest, self.position.max(lowest)).min(last_full.max(lowest))
    }

    /// Remembers the scroll position, so that the cursor moves within the screen before the screen moves.
    pub fn settle(&mut self, height: usize) {
        self.top = self.top(height);
    }

    /// The rows on a screen of `height` rows: their place in the list, index into the rows, and key.
    pub fn window(&self, height: usize) -> impl Iterator<Item = (usize, usize, &RowKey)> {
        let top = self.top(height);
        self.shown.iter().enumerate().skip(top).take(height).map(|(place, (index, key))| (place, *index, key))
    }

    /// The indices (into the rows) of all rows that pass the filter, in order.
    pub fn shown_rows(&self) -> impl Iterator<Item = usize> {
        self.shown.iter().map(|(index, _)| *index)
    }

    pub fn marks(&self) -> impl Iterator<Item = &RowKey> {
        self.marks.iter()
    }

    /// Marks these rows and no others.
    pub fn set_marks(&mut self, marks: impl Iterator<Item = RowKey>) {
        self.marks = marks.collect();
    }

    pub fn is_marked(&self, key: &str) -> bool {
        self.marks.contains(key)
    }

    pub fn marked(&self) -> usize {
        self.marks.len()
    }

    /// Marks or unmarks the row under the cursor and goes on to the next.
    pub fn toggle_mark(&mut self) {
        let Some(key) = self.selected().cloned() else { return };
        if !self.marks.remove(&key) {
            self.marks.insert(key.clone());
        }
        self.anchor = Some(key);
        self.move_by(1);
    }

    /// Marks all rows between the last row marked and the cursor; where none was marked, starts a range here.
    pub fn mark_range(&mut self) {
        let start = self.anchor.as_ref().and_then(|anchor| self.shown.iter().position(|(_, key)| key == anchor));
        let start = start.unwrap_or(self.position);
        let range = start.min(self.position)..=start.max(self.position);
        self.marks.extend(self.shown.get(range).unwrap_or(&[]).iter().map(|(_, key)| key.clone()));
        self.anchor = self.selected().cloned();
    }

    /// Marks every row shown, or none when all of them are marked.
    pub fn toggle_mark_all(&mut self) {
        if self.shown.iter().all(|(_, key)| self.marks.contains(key)) {
            self.clear_marks();
        } else {
            self.marks.extend(self.shown.iter().map(|(_, key)| key.clone()));
        }
    }

    pub fn clear_marks(&mut self) {
        self.marks.clear();
        self.anchor = None;
    }

    /// What an act is about: the marked rows where there are any (also those that the filter hides), else the row
    /// under the cursor.
    pub fn targets(&self) -> Vec<RowKey> {
        if self.marks.is_empty() {
            return self.selected().cloned().into_iter().collect();
        }
        let mut targets: Vec<RowKey> =
            self.shown.iter().map(|(_, key)| key).filter(|key| self.marks.contains(*key)).cloned().collect();
        if targets.len() < self.marks.len() {
            let shown: HashSet<&RowKey> = targets.iter().collect();
            let mut hidden: Vec<RowKey> = self.marks.iter().filter(|mark| !shown.contains(mark)).cloned().collect();
            hidden.sort();
            targets.extend(hidden);
        }
        targets
    }

    /// As [`Self::targets`], in no order: for questions that are asked at every frame.
    pub fn each_target(&self) -> impl Iterator<Item = &RowKey> {
        let selected = self.selected().filter(|_| self.marks.is_empty());
        self.marks.iter().chain(selected)
    }
}

#[cfg(test)]
mod tests;
