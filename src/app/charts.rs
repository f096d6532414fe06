//! The charts of the Stats tab: what the user chose in them, and everything that is drawn.

pub mod graph;
pub mod measure;
pub mod overview;
pub mod places;
pub mod scene;
pub mod stack;
#[cfg(test)]
mod tests;
pub mod unit;
pub mod window;

use measure::Measure;
use std::time::Duration;
use window::Zoom;

/// What is chosen for all charts alike: another container or host is looked at in the same way.
#[derive(Debug, Default)]
pub struct Charts {
    /// The moment that is read, by the engine's clock; `None` for the newest.
    cursor: Option<i64>,
    /// The moment under the mouse, read while it is there.
    hover: Option<i64>,
    pub zoom: Zoom,
    pub chosen: Measure,
    pub shown: Shown,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    /// As many measures as there is room for.
    #[default]
    All,
    /// The chosen measure has the whole pane.
    Chosen,
}

impl Charts {
    /// The moment that is read, if not the newest.
    pub fn read(&self) -> Option<i64> {
        self.hover.or(self.cursor)
    }

    pub fn cursor(&self) -> Option<i64> {
        self.cursor
    }

    pub fn set_cursor(&mut self, cursor: Option<i64>) {
        (self.cursor, self.hover) = (cursor, None);
    }

    pub fn set_hover(&mut self, hover: Option<i64>) {
        self.hover = hover;
    }

    pub fn closer(&mut self, kept: Duration) {
        self.zoom = self.zoom.closer(kept);
    }

    pub fn wider(&mut self, kept: Duration) {
        self.zoom = self.zoom.wider(kept);
    }

    /// Chooses the measure `step` places on.
    pub fn step(&mut self, step: isize) {
        let place = Measure::ALL.iter().position(|measure| *measure == self.chosen).unwrap_or(0);
        let next = (place as isize + step).rem_euclid(Measure::ALL.len() as isize);
        self.chosen = Measure::ALL.get(next as usize).copied().unwrap_or_default();
    }

    pub fn toggle(&mut self) {
        self.shown = match self.shown {
            Shown::All => Shown::Chosen,
            Shown::Chosen => Shown::All,
        };
    }
}
