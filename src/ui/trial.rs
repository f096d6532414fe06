//! A trial of a host: its steps, and what comes next.

use super::dialog::{frame, hints, split_foot};
use super::paint::{Canvas, row};
use crate::app::App;
use crate::app::columns::Tone;
use crate::app::dialog::trial::{Meaning, Trial};
use crate::config::Role;
use crate::domain::text::width;

const WIDTH: u16 = 84;

pub fn draw(app: &App, trial: &Trial, canvas: &mut Canvas<'_>) {
    let columns = usize::from(WIDTH.min(app.area.width)).saturating_sub(4);
    let mut lines = trial.lines(columns);
    if !trial.ended {
        let seconds = app.now.since(trial.since).as_secs();
        lines.push((format!("◌ connecting… {seconds} s"), Meaning::Remedy));
    }
    let most = app.area.height.saturating_sub(2);
    let height = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(4).clamp(5.min(most), most.max(1));
    let room = frame(app, canvas, WIDTH, height, &format!("Test of {}", trial.name));
    let (body, foot) = split_foot(room);
    let rows = usize::from(body.height);
    let top = trial.top(lines.len(), rows);
    for (index, (line, meaning)) in lines.iter().skip(top).take(rows).enumerate() {
        let style = match meaning {
            Meaning::Address => canvas.style(Role::Accent),
            Meaning::Passed => canvas.theme.tone(Tone::Good),
            Meaning::Warned => canvas.theme.tone(Tone::Warn),
            Meaning::Failed => canvas.theme.tone(Tone::Bad),
            Meaning::Remedy => canvas.theme.text(),
        };
        canvas.text(row(body, index), line, style);
    }
    let mut keys: Vec<(&str, &str)> = vec![("Esc", if trial.ended { "close" } else { "cancel" })];
    if lines.len() > rows {
        keys.push(("↑ ↓", "scroll"));
    }
    hints(canvas, foot, &keys);
    if trial.ended {
        let (words, tone) = match trial.went_well() {
            true => ("It works.", Tone::Good),
            false => ("It does not work yet.", Tone::Bad),
        };
        let used = u16::try_from(width(words)).unwrap_or(u16::MAX).min(foot.width);
        canvas.text(super::paint::shift(foot, foot.width - used), words, canvas.theme.tone(tone));
    }
}
