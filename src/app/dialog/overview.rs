//! What all containers of a host use together, and which use most.

use super::Answer;
use super::picker::{Picked, Picker};
use crate::app::App;
use crate::app::charts::measure::Measure;
use crate::app::charts::stack::consumers;
use crate::app::charts::window::Zoom;
use crate::app::dialog::cursor::Cursor;
use crate::domain::{Container, ContainerId, HostId};
use crossterm::event::{KeyCode, KeyEvent};

#[derive(Debug)]
pub struct Overview {
    pub host: HostId,
    /// What the containers are sorted by.
    pub by: Measure,
    pub zoom: Zoom,
    picker: Picker,
    /// The container under the cursor, once the cursor was moved: others pass it by.
    chosen: Option<ContainerId>,
}

impl Overview {
    pub fn new(host: HostId) -> Self {
        Self { host, by: Measure::Cpu, zoom: Zoom::All, picker: Picker::default(), chosen: None }
    }

    /// The containers that run, those that use most first.
    fn rows<'a>(&self, app: &'a App) -> Vec<&'a Container> {
        let host = app.hosts.get(&self.host);
        host.map(|host| consumers(host, self.by).into_iter().map(|(row, _)| row).collect()).unwrap_or_default()
    }

    pub fn cursor(&self, rows: &[&Container]) -> Cursor {
        let found = self.chosen.as_ref().and_then(|chosen| rows.iter().position(|row| row.id == *chosen));
        found.map_or(self.picker.cursor, Cursor::at)
    }

    /// Puts the cursor on a row; false when it is there already.
    pub fn choose(&mut self, row: usize, app: &App) -> bool {
        let rows = self.rows(app);
        let moved = self.cursor(&rows).place(rows.len()) != row;
        self.chosen = rows.get(row).map(|row| row.id.clone());
        moved
    }

    pub fn key(&mut self, event: KeyEvent, app: &App) -> Answer {
        let rows = self.rows(app);
        let kept = app.settings.stats.history.get();
        match event.code {
            KeyCode::Tab | KeyCode::Char('s') => {
                self.by = match self.by {
                    Measure::Cpu => Measure::Memory,
                    Measure::Memory => Measure::Network,
                    Measure::Network | Measure::Block | Measure::Processes => Measure::Cpu,
                };
                (self.chosen, self.picker.cursor) = (None, Cursor::default());
                return Answer::Stay;
            }
            KeyCode::Char('+' | '=') => {
                self.zoom = self.zoom.closer(kept);
                return Answer::Stay;
            }
            KeyCode::Char('-') => {
                self.zoom = self.zoom.wider(kept);
                return Answer::Stay;
            }
            KeyCode::Char('o') => return Answer::Close,
            _ => {}
        }
        self.picker.cursor = self.cursor(&rows);
        let picked = self.picker.key(event, rows.len());
        // A filter is not for this list.
        self.picker.filter = None;
        match picked {
            Picked::Close => Answer::Close,
            Picked::Choose(place) => match rows.get(place) {
                Some(row) => Answer::Look(self.host.clone(), row.id.clone()),
                None => Answer::Stay,
            },
            Picked::Taken => {
                self.chosen = rows.get(self.picker.cursor.place(rows.len())).map(|row| row.id.clone());
                Answer::Stay
            }
            Picked::Other => Answer::Stay,
        }
    }
}
