//! The requests on their way: how far they are, and the way to stop waiting for one.

use super::Answer;
use super::picker::{Picked, Picker};
use crate::app::App;
use crate::app::dialog::cursor::Cursor;
use crate::app::msg::JobId;
use crossterm::event::{KeyCode, KeyEvent};

#[derive(Debug, Default)]
pub struct JobsList {
    picker: Picker,
    /// The job under the cursor; jobs above it end.
    chosen: Option<JobId>,
}

impl JobsList {
    pub fn cursor(&self, app: &App) -> Cursor {
        let found = self.chosen.and_then(|chosen| app.running_jobs().position(|(_, job)| job.id == chosen));
        found.map_or(self.picker.cursor, Cursor::at)
    }

    /// Puts the cursor on a row; false when it is there already.
    pub fn choose(&mut self, row: usize, app: &App) -> bool {
        let jobs: Vec<JobId> = app.running_jobs().map(|(_, job)| job.id).collect();
        let moved = self.cursor(app).place(jobs.len()) != row;
        self.chosen = jobs.get(row).copied();
        moved
    }

    pub fn key(&mut self, event: KeyEvent, app: &App) -> Answer {
        let jobs: Vec<JobId> = app.running_jobs().map(|(_, job)| job.id).collect();
        self.picker.cursor = self.cursor(app);
        if matches!(event.code, KeyCode::Char('x') | KeyCode::Delete) {
            let place = self.picker.cursor.place(jobs.len());
            return jobs.get(place).map_or(Answer::Stay, |job| Answer::Cancel(*job));
        }
        if self.picker.key(event, jobs.len()) == Picked::Close {
            return Answer::Close;
        }
        // A filter is not for this list.
        self.picker.filter = None;
        self.chosen = jobs.get(self.picker.cursor.place(jobs.len())).copied();
        Answer::Stay
    }
}
