//! The list of all notices.

use super::dialog::{hints, large_frame, list, split_foot};
use super::footer::tone;
use super::paint::{Canvas, shift};
use crate::app::App;
use crate::app::dialog::messages::Messages;
use crate::app::notice::Notice;
use crate::config::Role;
use crate::domain::text::age;
use ratatui::layout::Rect;

const WIDTH: u16 = 110;
/// Columns for the age.
const AGE: u16 = 5;

pub fn draw(app: &App, messages: &Messages, canvas: &mut Canvas<'_>) {
    let title = format!("Messages {}", app.notices.len());
    let room = large_frame(app, canvas, WIDTH, &title);
    let (body, foot) = split_foot(room);
    if app.notices.is_empty() {
        canvas.text(body, "Nothing has happened yet.", canvas.style(Role::Dim));
    }
    let notices: Vec<&Notice> = app.notices.all().collect();
    list(canvas, body, notices.len(), messages.cursor(app), |canvas, area, index| {
        let Some(notice) = notices.get(index) else { return };
        let seconds = i64::try_from(app.now.since(notice.at).as_secs()).unwrap_or(i64::MAX);
        canvas.text(Rect { width: area.width.min(AGE), ..area }, &age(seconds), canvas.style(Role::Dim));
        let more = if notice.details.is_empty() { "" } else { "…" };
        canvas.text(shift(area, AGE), &format!("{}{more}", notice.line()), canvas.theme.tone(tone(notice.weight)));
    });
    hints(canvas, foot, &[("Enter", "read in full"), ("y", "copy"), ("Esc", "close")]);
}
