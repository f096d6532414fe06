//! The request log: what was sent to engines, the newest first.

use super::cursor::Cursor;
use super::picker::{Picked, Picker};
use super::text_page::TextPage;
use super::{Answer, Dialog};
use crate::app::App;
use crate::app::command::copy::copied;
use crate::app::effect::Effect;
use crate::app::request_log::Entry;
use crate::domain::Endpoint;
use crate::domain::text::long_bytes;
use crossterm::event::KeyEvent;

#[derive(Debug, Default)]
pub struct Requests {
    pub picker: Picker,
    /// Only what may have changed something.
    pub changes_only: bool,
    /// The request under the cursor, once the cursor was moved: new ones come above it.
    chosen: Option<u64>,
}

impl Requests {
    /// Those that pass the filter.
    pub fn rows<'a>(&self, app: &'a App) -> Vec<&'a Entry> {
        let shown = |entry: &&Entry| {
            let Entry { host, exchange, .. } = entry;
            let status = exchange.status.map(|status| status.to_string()).unwrap_or_default();
            (!self.changes_only || exchange.is_change())
                && self.picker.keeps(&[host.as_str(), &exchange.method, &exchange.path, &status])
        };
        app.requests.all().filter(shown).collect()
    }

    pub fn cursor(&self, rows: &[&Entry]) -> Cursor {
        // The one that was chosen may be dropped by now: the cursor stays with the oldest.
        let place = self.chosen.map(|chosen| rows.iter().position(|entry| entry.serial <= chosen));
        Cursor::at(place.map_or(0, |place| place.unwrap_or(usize::MAX)))
    }

    /// Puts the cursor on a row; false when it is there already.
    pub fn choose(&mut self, row: usize, app: &App) -> bool {
        let rows = self.rows(app);
        let moved = self.cursor(&rows).place(rows.len()) != row;
        self.chosen = chosen(&rows, row);
        moved
    }

    pub fn key(&mut self, event: KeyEvent, app: &App) -> Answer {
        let rows = self.rows(app);
        self.picker.cursor = self.cursor(&rows);
        let entry = rows.get(self.picker.cursor.place(rows.len())).copied();
        match (self.picker.letter(event), entry) {
            (Some('y'), Some(entry)) => {
                let text = entry.exchange.curl(endpoint(app, entry));
                let notice = copied(&text);
                return Answer::Meanwhile(Effect::Copy(text), Some(notice));
            }
            (Some('c'), _) => {
                self.changes_only = !self.changes_only;
                self.chosen = None;
                return Answer::Stay;
            }
            _ => {}
        }
        match (self.picker.key(event, rows.len()), entry) {
            (Picked::Close, _) => return Answer::Close,
            (Picked::Choose(_), Some(entry)) => return Answer::Open(Box::new(page(app, entry))),
            (Picked::Taken | Picked::Choose(_) | Picked::Other, _) => {}
        }
        let rows = self.rows(app);
        self.chosen = chosen(&rows, self.picker.cursor.place(rows.len()));
        Answer::Stay
    }
}

/// On the newest the cursor stays with whatever is the newest.
fn chosen(rows: &[&Entry], place: usize) -> Option<u64> {
    rows.get(place).filter(|_| place > 0).map(|entry| entry.serial)
}

fn endpoint<'a>(app: &'a App, entry: &Entry) -> Option<&'a Endpoint> {
    let host = app.hosts.get(&entry.host)?;
    host.endpoint.as_ref().or(host.endpoints.first())
}

/// A request with everything there is to say.
fn page(app: &App, entry: &Entry) -> Dialog {
    let Entry { host, exchange, .. } = entry;
    let mut text = format!("{} {}\n\n", exchange.method, exchange.path);
    let mut say = |label: &str, value: &str| text.push_str(&format!("{label:<10}{value}\n"));
    say("Host", host.as_str());
    say("Sent", &time(app, entry));
    match exchange.status {
        Some(status) => say("Status", &status.to_string()),
        None => say("Status", "no answer"),
    }
    if let Some(failure) = &exchange.failure {
        say("Failure", failure);
    }
    say("Took", &milliseconds(entry));
    if exchange.bytes > 0 {
        say("Answer", &long_bytes(exchange.bytes));
    }
    if let Ok(body) = serde_json::from_str::<serde_json::Value>(&exchange.body) {
        text.push_str(&format!("\n{body:#}\n"));
    }
    text.push_str(&format!("\n{}", exchange.curl(endpoint(app, entry))));
    Dialog::Text(TextPage::new("Request", text))
}

/// `14:51:07.123`, by the user's clock.
pub fn time(app: &App, entry: &Entry) -> String {
    let stamp = jiff::Timestamp::from_nanosecond(i128::from(entry.at.0)).unwrap_or_default();
    stamp.to_zoned(app.zone.clone()).strftime("%H:%M:%S.%3f").to_string()
}

/// How long the answer took.
pub fn milliseconds(entry: &Entry) -> String {
    let ms = entry.exchange.elapsed.as_secs_f64() * 1000.0;
    if ms < 9.95 { format!("{ms:.1} ms") } else { format!("{ms:.0} ms") }
}
