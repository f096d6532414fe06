//! The Hosts view's own state: the cursor in the list of hosts, and how far its page is scrolled.

use super::list::{ListState, Sort};

#[derive(Debug)]
pub struct Board {
    pub list: ListState,
    /// Lines of the page about the host under the cursor that are scrolled out of sight.
    pub scrolled: usize,
}

impl Board {
    /// In the order of the roster.
    pub fn new() -> Self {
        let column = super::columns::hosts::COLUMNS.iter().position(|column| column.name == "source").unwrap_or(0);
        let mut list = ListState::default();
        list.sort = Sort { column, descending: false };
        Self { list, scrolled: 0 }
    }
}

impl Default for Board {
    fn default() -> Self {
        Self::new()
    }
}
