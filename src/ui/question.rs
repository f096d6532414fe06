//! A question about the program's own things.

use super::dialog::frame;
use super::paint::{Canvas, Piece, row, shift, total};
use crate::app::App;
use crate::app::dialog::click::Spot;
use crate::app::dialog::question::Question;
use crate::config::Role;
use crate::domain::text::wrapped;
use ratatui::style::Style;

const WIDTH: u16 = 64;

pub fn draw(app: &App, question: &Question, canvas: &mut Canvas<'_>) {
    let columns = usize::from(WIDTH.min(app.area.width)).saturating_sub(4);
    let lines = wrapped(&question.text, columns);
    let height = u16::try_from(lines.len() + 4).unwrap_or(u16::MAX);
    let room = frame(app, canvas, WIDTH, height, &question.title);
    for (index, line) in lines.iter().enumerate() {
        canvas.text(row(room, index), line, canvas.theme.text());
    }
    let focused = |style: Style, on: bool| if on { style.patch(canvas.style(Role::Selection)) } else { style };
    let pieces = [
        Piece::new("[ Cancel ]", focused(canvas.theme.text(), !question.accept)),
        Piece::new("  ", canvas.theme.text()),
        Piece::new(format!("[ {} ]", question.verb), focused(canvas.style(Role::Bad), question.accept)),
    ];
    let used = u16::try_from(total(&pieces)).unwrap_or(0);
    // The buttons stay in sight, however low the terminal is.
    let last = row(room, usize::from(room.height).saturating_sub(1));
    let place = shift(last, last.width.saturating_sub(used));
    canvas.buttons(place, &pieces, &[(0, Spot::Cancel), (2, Spot::Accept)]);
}
