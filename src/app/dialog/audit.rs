//! The audit log: what this program changed, the newest first.

use super::picker::{Picked, Picker};
use super::text_page::TextPage;
use super::{Answer, Dialog};
use crate::app::App;
use crate::app::command::copy::copied;
use crate::app::detail::loaded::Loaded;
use crate::app::dialog::cursor::Cursor;
use crate::app::effect::Effect;
use crate::domain::{AuditEntry, AuditTail, Failure};
use crossterm::event::KeyEvent;

#[derive(Debug, Default)]
pub struct Audit {
    pub picker: Picker,
    /// Only what failed.
    pub failures_only: bool,
    pub tail: Loaded<AuditTail>,
}

impl Audit {
    pub fn take(&mut self, read: Result<AuditTail, Failure>) {
        self.tail.take(read);
    }

    /// Those that pass the filter.
    pub fn rows(&self) -> Vec<&AuditEntry> {
        let shown = |entry: &&AuditEntry| {
            let failure = entry.failure.as_deref();
            (!self.failures_only || failure.is_some())
                && self.picker.keeps(&[entry.host.as_str(), &entry.command, &entry.api, failure.unwrap_or("ok")])
        };
        self.tail.value().into_iter().flat_map(|tail| &tail.entries).filter(shown).collect()
    }

    /// Puts the cursor on a row; false when it is there already.
    pub fn choose(&mut self, row: usize) -> bool {
        let moved = self.picker.cursor.place(self.rows().len()) != row;
        self.picker.cursor = Cursor::at(row);
        moved
    }

    pub fn key(&mut self, event: KeyEvent, app: &App) -> Answer {
        let rows = self.rows();
        let count = rows.len();
        let entry = rows.get(self.picker.cursor.place(count)).copied();
        match (self.picker.letter(event), entry) {
            (Some('y'), Some(entry)) => {
                let text = entry.command.to_string();
                let notice = copied(&text);
                return Answer::Meanwhile(Effect::Copy(text), Some(notice));
            }
            (Some('c'), Some(entry)) => {
                let text = entry.line();
                let notice = copied(&text);
                return Answer::Meanwhile(Effect::Copy(text), Some(notice));
            }
            (Some('f'), _) => {
                self.failures_only = !self.failures_only;
                self.picker.cursor = Cursor::default();
                return Answer::Stay;
            }
            (Some('R'), _) => return Answer::Meanwhile(Effect::ReadAudit, None),
            _ => {}
        }
        let page = entry.map(|entry| page(app, entry));
        match (self.picker.key(event, count), page) {
            (Picked::Close, _) => Answer::Close,
            (Picked::Choose(_), Some(page)) => Answer::Open(Box::new(page)),
            (Picked::Taken | Picked::Choose(_) | Picked::Other, _) => Answer::Stay,
        }
    }
}

/// An entry with everything there is to say.
fn page(app: &App, entry: &AuditEntry) -> Dialog {
    let mut text = format!("{}\n\n", entry.command);
    let mut say = |label: &str, value: &str| text.push_str(&format!("{label:<10}{value}\n"));
    say("Host", entry.host.as_str());
    say("Ended", &time(app, entry));
    if !entry.api.is_empty() {
        say("Request", &entry.api);
    }
    match &entry.failure {
        Some(failure) => say("Failed", failure),
        None => say("Result", "done"),
    }
    Dialog::Text(TextPage::new("Changing call", text))
}

/// `2026-11-21 14:51:07`, by the user's clock.
pub fn time(app: &App, entry: &AuditEntry) -> String {
    let stamp = entry.at.and_then(|at| jiff::Timestamp::from_nanosecond(i128::from(at.0)).ok());
    stamp.map_or_else(|| "–".to_owned(), |at| at.to_zoned(app.zone.clone()).strftime("%Y-%m-%d %H:%M:%S").to_string())
}
