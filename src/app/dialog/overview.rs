//! What all containers of a host use together, and which use most.

use super::Answer;
use super::picker::{Picked, Picker};
use crate::app::App;
use crate::app::charts::measure::Measure;
use crate::app::charts::overview::{Places, places, room};
use crate::app::charts::stack::{Look, consumers, reach, window};
use crate::app::charts::window::Zoom;
use crate::app::dialog::cursor::Cursor;
use crate::app::host::Host;
use crate::app::sampling;
use crate::domain::{Container, ContainerId, HostId};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

/// Columns that an arrow goes with Shift.
const FAR: i64 = 10;

#[derive(Debug)]
pub struct Overview {
    pub host: HostId,
    /// What the containers are sorted by.
    pub by: Measure,
    pub zoom: Zoom,
    /// The moment that is read, by the engine's clock; `None` for now.
    at: Option<i64>,
    /// The moment under the mouse, read while it is there.
    hover: Option<i64>,
    picker: Picker,
    /// The container under the cursor, once the cursor was moved: others pass it by.
    chosen: Option<ContainerId>,
}

impl Overview {
    pub fn new(host: HostId) -> Self {
        Self { host, by: Measure::Cpu, zoom: Zoom::All, at: None, hover: None, picker: Picker::default(), chosen: None }
    }

    /// What of the host's past is looked at.
    pub fn look(&self, app: &App, host: &Host) -> Look {
        // The newest value holds until the next one is due.
        let hold = sampling::cycle_of_overview(app, host) * 2;
        let within = |at: i64| reach(host).map(|(oldest, newest)| at.clamp(oldest, newest));
        let read = self.hover.or(self.at).and_then(within);
        Look { zoom: self.zoom, read, hold: i64::try_from(hold.as_nanos()).unwrap_or(i64::MAX) }
    }

    /// The containers that run, or did at the moment that is read, those that use most first.
    fn rows<'a>(&self, app: &'a App) -> Vec<&'a Container> {
        let Some(host) = app.hosts.get(&self.host) else { return Vec::new() };
        consumers(host, self.by, &self.look(app, host)).into_iter().map(|(row, _)| row).collect()
    }

    fn places(&self, app: &App) -> Places {
        places(room(app.area), self.by)
    }

    /// Moves the moment that is read by columns of a chart; behind the newest one it is now again.
    fn step(&mut self, columns: i64, app: &App) {
        let Some(host) = app.hosts.get(&self.host) else { return };
        let look = self.look(app, host);
        let Some(((oldest, newest), window)) = reach(host).zip(window(host, &look)) else { return };
        let width = self.places(app).charts.first().map_or(1, |chart| i64::from(chart.plot.width.max(2)) - 1);
        let wanted = look.read.unwrap_or(newest).saturating_add(columns.saturating_mul(window.span() / width));
        self.hover = None;
        self.at = Some(wanted.max(oldest)).filter(|at| *at < newest);
    }

    /// The mouse: over a chart it reads the moment that it points to, and a click keeps that.
    pub fn point(&mut self, event: MouseEvent, app: &App) -> Answer {
        let moment = self.moment(Position { x: event.column, y: event.row }, app);
        match event.kind {
            MouseEventKind::Down(_) if moment.is_some() => (self.at, self.hover) = (moment, None),
            _ => self.hover = moment,
        }
        Answer::Stay
    }

    /// The moment that is drawn there.
    fn moment(&self, at: Position, app: &App) -> Option<i64> {
        let host = app.hosts.get(&self.host)?;
        let plot = self.places(app).plot_at(at)?;
        Some(window(host, &self.look(app, host))?.moment(at.x - plot.x, plot.width))
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
            KeyCode::Left | KeyCode::Right => {
                let columns = if event.modifiers.contains(KeyModifiers::SHIFT) { FAR } else { 1 };
                self.step(if event.code == KeyCode::Left { -columns } else { columns }, app);
                return Answer::Stay;
            }
            KeyCode::Esc if self.at.is_some() || self.hover.is_some() => {
                (self.at, self.hover) = (None, None);
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
