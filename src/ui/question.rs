//! A question with its buttons.

use super::confirm::buttons;
use super::dialog::frame;
use super::paint::{Canvas, row};
use crate::app::App;
use crate::app::dialog::confirm::Focus;
use crate::app::dialog::question::Question;
use crate::domain::text::wrapped;

const WIDTH: u16 = 72;

pub fn draw(app: &App, question: &Question, canvas: &mut Canvas<'_>) {
    let columns = usize::from(WIDTH.min(app.area.width)).saturating_sub(4);
    let lines: Vec<String> = question.words.iter().flat_map(|words| wrapped(words, columns)).collect();
    let height = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(4);
    let room = frame(app, canvas, WIDTH, height, &question.title);
    let last = usize::from(room.height).saturating_sub(1);
    for (index, line) in lines.iter().take(last).enumerate() {
        canvas.text(row(room, index), line, canvas.theme.text());
    }
    let focus = if question.accepts { Focus::Accept } else { Focus::Cancel };
    buttons(canvas, row(room, last), question.verb, focus, true);
}
