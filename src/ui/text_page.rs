//! A text to read.

use super::dialog::{frame, hints, split_foot};
use super::paint::{Canvas, row};
use crate::app::App;
use crate::app::dialog::text_page::TextPage;

pub fn draw(app: &App, page: &TextPage, canvas: &mut Canvas<'_>) {
    let (width, height) = page.size(app.area);
    let lines = page.lines();
    let top = page.top(app.area);
    let room = frame(app, canvas, width, height, &page.title);
    let (body, foot) = split_foot(room);
    for (index, line) in lines.iter().skip(top).take(usize::from(body.height)).enumerate() {
        canvas.text(row(body, index), line, canvas.theme.text());
    }
    let shown = (top + usize::from(body.height)).min(lines.len());
    let place = if lines.len() > usize::from(body.height) {
        format!("scroll ({shown} of {} lines)", lines.len())
    } else {
        "scroll".to_owned()
    };
    hints(canvas, foot, &[("y", "copy all"), ("↑ ↓", &place), ("Esc", "close")]);
}
