//! What the tables of the detail pane have in common: a cursor that moves, and a search that it jumps by.

use super::row_cursor::RowCursor;
use crate::app::logs::Pattern;
use std::ops::Range;

/// Where the user is in a table, and what is searched for there.
#[derive(Debug, Default)]
pub struct RowLook {
    cursor: RowCursor,
    search: Option<Pattern>,
    /// Places of the rows that match, ascending.
    hits: Vec<usize>,
}

impl RowLook {
    pub fn search(&self) -> Option<&Pattern> {
        self.search.as_ref()
    }

    pub fn hit_count(&self) -> usize {
        self.hits.len()
    }

    /// Puts the cursor on a row, wherever that is in the pane.
    pub fn place(&mut self, row: usize) {
        self.cursor.place(row);
    }
}

/// Rows that are looked through.
pub trait Rows {
    fn look(&self) -> &RowLook;
    fn look_mut(&mut self) -> &mut RowLook;
    fn row_count(&self) -> usize;

    /// Row `place` as it can be read on screen; empty where there is none.
    fn row_text(&self, place: usize) -> String;

    /// The row that the cursor is on; 0 when there is none.
    fn cursor_row(&self) -> usize {
        self.look().cursor.row(self.row_count())
    }

    /// The rows in sight in a pane of that height.
    fn window(&self, height: usize) -> Range<usize> {
        self.look().cursor.window(self.row_count(), height)
    }

    /// Moves the cursor by rows, down where positive.
    fn move_by(&mut self, rows: isize, height: usize) {
        let count = self.row_count();
        self.look_mut().cursor.move_by(rows, count, height);
    }

    /// Puts the cursor on a row, or on the last one.
    fn select(&mut self, row: usize, height: usize) {
        let count = self.row_count();
        self.look_mut().cursor.select(row, count, height);
    }

    /// Searches, and goes to the first hit from the cursor on. Says whether there is one.
    fn start_search(&mut self, pattern: Pattern, height: usize) -> bool {
        self.look_mut().search = Some(pattern);
        self.renew_hits();
        let row = self.cursor_row();
        let hits = &self.look().hits;
        let hit = hits.iter().find(|hit| **hit >= row).or(hits.first()).copied();
        self.jump(hit, height)
    }

    fn clear_search(&mut self) {
        let look = self.look_mut();
        look.search = None;
        look.hits.clear();
    }

    /// Goes to the next hit, after the last one to the first.
    fn search_next(&mut self, height: usize) -> bool {
        let row = self.cursor_row();
        let hits = &self.look().hits;
        let hit = hits.iter().find(|hit| **hit > row).or(hits.first()).copied();
        self.jump(hit, height)
    }

    /// Goes to the hit before, from the first one to the last.
    fn search_previous(&mut self, height: usize) -> bool {
        let row = self.cursor_row();
        let hits = &self.look().hits;
        let hit = hits.iter().rev().find(|hit| **hit < row).or(hits.last()).copied();
        self.jump(hit, height)
    }

    /// Looks again which rows match: they came anew, or stand in another order.
    fn renew_hits(&mut self) {
        let Some(pattern) = &self.look().search else { return };
        let matches = |place: &usize| pattern.is_match(self.row_text(*place).as_bytes());
        let hits = (0..self.row_count()).filter(matches).collect();
        self.look_mut().hits = hits;
    }

    /// Goes to a hit, if there is one.
    fn jump(&mut self, hit: Option<usize>, height: usize) -> bool {
        if let Some(row) = hit {
            self.select(row, height);
        }
        hit.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Words(Vec<&'static str>, RowLook);

    impl Rows for Words {
        fn look(&self) -> &RowLook {
            &self.1
        }

        fn look_mut(&mut self) -> &mut RowLook {
            &mut self.1
        }

        fn row_count(&self) -> usize {
            self.0.len()
        }

        fn row_text(&self, place: usize) -> String {
            self.0[place].to_owned()
        }
    }

    #[test]
    fn a_search_goes_round_and_follows_what_comes_anew() {
        let mut words = Words(vec!["one", "two", "three", "Two"], RowLook::default());
        words.select(2, 2);
        assert!(words.start_search(Pattern::parse("two").unwrap(), 2));
        assert_eq!((words.cursor_row(), words.look().hit_count()), (3, 2));
        assert!(words.search_next(2));
        assert_eq!((words.cursor_row(), words.window(2)), (1, 1..3));
        assert!(words.search_previous(2));
        assert_eq!(words.cursor_row(), 3);
        words.0 = vec!["one"];
        words.renew_hits();
        assert!(!words.search_next(2));
        assert_eq!((words.cursor_row(), words.look().hit_count()), (0, 0));
        words.clear_search();
        assert!(words.look().search().is_none());
    }
}
