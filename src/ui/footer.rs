//! The last line: what can be done now, and what just happened.

use super::paint::{Canvas, Piece, shift};
use crate::app::App;
use crate::app::columns::Tone;
use crate::app::commands::{COMMANDS, Command};
use crate::app::notice::Weight;
use crate::config::Role;
use ratatui::layout::Rect;

pub fn draw(app: &App, area: Rect, canvas: &mut Canvas<'_>) {
    if area.is_empty() {
        return;
    }
    let room = shift(area, 1);
    let words = news(app, canvas);
    // News may take the whole line where it is a failure: keys are known, failures are not.
    let share = if app.notices.current(app.now).is_some_and(|notice| notice.weight == Weight::Failure) { 1 } else { 2 };
    let least = usize::from(room.width) * (share - 1) / 3;
    let wanted: usize = words.iter().map(|piece| crate::domain::text::width(&piece.text)).sum();
    let width = wanted.min(usize::from(room.width) - least.min(usize::from(room.width)));
    let width = u16::try_from(width).unwrap_or(room.width);
    let right = shift(room, room.width - width);
    canvas.pieces(right, &words);
    keys(app, Rect { width: room.width - width, ..room }, canvas);
}

/// The keys that mean something here, the most wanted first, as many as there is room for.
fn keys(app: &App, area: Rect, canvas: &mut Canvas<'_>) {
    let scopes = app.scopes();
    let mut commands: Vec<&Command> =
        COMMANDS.iter().filter(|command| command.footer > 0 && scopes.contains(&command.scope)).collect();
    commands.sort_by_key(|command| std::cmp::Reverse(command.footer));
    let mut rest = area;
    for command in commands {
        let key = app.keymap.key_text(command.name);
        let text = format!(" {}  ", command.title.to_lowercase());
        let width = crate::domain::text::width(&key) + crate::domain::text::width(&text);
        if key.is_empty() || width > usize::from(rest.width) {
            continue;
        }
        let role = if command.readiness(app).is_ok() { Role::Text } else { Role::Dim };
        let used =
            canvas.pieces(rest, &[Piece::role(canvas.theme, key, Role::Key), Piece::role(canvas.theme, text, role)]);
        rest = shift(rest, used);
    }
}

/// The notice, else what is under way.
fn news(app: &App, canvas: &Canvas<'_>) -> Vec<Piece> {
    if let Some(notice) = app.notices.current(app.now) {
        let (sign, tone) = match notice.weight {
            Weight::Done => ("✓", Tone::Good),
            Weight::Warning => ("!", Tone::Warn),
            Weight::Failure => ("✗", Tone::Bad),
        };
        return vec![Piece::tone(canvas.theme, format!("{sign} {} ", notice.text), tone)];
    }
    let Some(job) = app.host().jobs.running().first() else { return Vec::new() };
    let more = app.host().jobs.running().len() - 1;
    let (done, total) = job.bytes();
    let share = (done * 100).checked_div(total).map(|percent| format!(" {percent}%")).unwrap_or_default();
    let seconds = app.now.since(job.since).as_secs();
    let others = if more > 0 { format!(" and {more} more") } else { String::new() };
    let text = format!("{} {}{others}…{share} {seconds} s ", job.request.doing(), job.request.object());
    vec![Piece::tone(canvas.theme, text, Tone::Info)]
}
