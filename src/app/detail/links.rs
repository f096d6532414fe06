//! The tabs that are about other things: what their rows are made from, and where their cursor goes back to.

use super::rows::Rows;
use super::{Detail, Subject, Tab};
use crate::app::links::{Grounds, Link};

impl Detail {
    /// What the links on screen are to be about, while they are.
    pub fn links_wanted(&self) -> Option<&Subject> {
        self.subject.as_ref().filter(|_| self.shown_tab() == Some(Tab::Links))
    }

    pub fn links_grounds(&self) -> Option<&Grounds> {
        self.grounds.as_ref()
    }

    pub fn set_links(&mut self, grounds: Grounds, links: Vec<Link>) {
        self.grounds = Some(grounds);
        self.links.take(Ok(links));
        self.resume_in(Tab::Links);
    }

    /// Puts the cursor back on a row of a tab that is about other things, as soon as its rows are there.
    pub fn resume_at(&mut self, row: usize) {
        self.resume = Some(row);
    }

    pub(super) fn resume_in(&mut self, tab: Tab) {
        if self.shown_tab() != Some(tab) {
            return;
        }
        let Some(row) = self.resume.take() else { return };
        match tab {
            Tab::Links => self.links.look_mut().place(row),
            _ => self.members.look_mut().place(row),
        }
    }
}
