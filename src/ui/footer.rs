//! The last line: what can be done now, and what just happened.

use super::header;
use super::paint::{Canvas, Piece, shift};
use crate::app::App;
use crate::app::columns::Tone;
use crate::app::commands::{self, Command};
use crate::app::dialog::click::Spot;
use crate::app::layout::Pane;
use crate::app::notice::Weight;
use crate::app::scope::Scope;
use crate::config::Role;
use crate::domain::order;
use ratatui::layout::Rect;

pub fn draw(app: &App, area: Rect, canvas: &mut Canvas<'_>) {
    if area.is_empty() {
        return;
    }
    let room = tell_trouble(app, shift(area, 1), canvas);
    let right = match app.notices.current(app.now) {
        Some(notice) => {
            let place = notice.area(area);
            let style = canvas.theme.tone(tone(notice.weight));
            if app.notices.is_focused() {
                // Nothing else has the keyboard: it may take the whole line.
                let text = format!("{} reads it  {}", app.keymap.key_text("notice.open"), notice.line());
                canvas.text(room, &text, canvas.theme.chosen(style));
                return;
            }
            canvas.text(place, &notice.line(), style);
            place
        }
        None => under_way(app, room, canvas),
    };
    let width = right.width;
    keys(app, Rect { width: room.width.saturating_sub(width), ..room }, canvas);
}

/// What is wrong with the line to the host, where there is no header to say it; gives the room behind it.
fn tell_trouble(app: &App, room: Rect, canvas: &mut Canvas<'_>) -> Rect {
    if !app.layout().header.is_empty() {
        return room;
    }
    let Some(told) = header::trouble(app, canvas) else { return room };
    let used = canvas.pieces(room, &[told]);
    shift(room, used + 1)
}

/// The keys that mean something here, the most wanted first, as many as there is room for.
fn keys(app: &App, area: Rect, canvas: &mut Canvas<'_>) {
    let scopes = app.scopes();
    let mut commands: Vec<&'static Command> = commands::all()
        .filter(|command| command.footer > 0 && scopes.contains(&command.scope) && works(app, &scopes, command))
        .collect();
    order::sort_by_key(&mut commands, |command| {
        // What the pane with the focus does comes before what its container can have done to it.
        let outer = app.focus == Pane::Detail && !is_of_detail(command.scope);
        (outer, std::cmp::Reverse(command.footer))
    });
    let mut rest = area;
    for command in commands {
        let key = app.keymap.key_text(command.name);
        let text = format!(" {}  ", command.title.to_lowercase());
        let width = crate::domain::text::width(&key) + crate::domain::text::width(&text);
        if key.is_empty() || width > usize::from(rest.width) {
            continue;
        }
        let used = canvas
            .pieces(rest, &[Piece::role(canvas.theme, key, Role::Key), Piece::role(canvas.theme, text, Role::Text)]);
        canvas.spot(Rect { width: used, ..rest }, Spot::Command(command));
        rest = shift(rest, used);
    }
}

/// Whether its key would do it now: the room is too dear for what cannot be done, which help tells with its reason.
fn works(app: &App, scopes: &[Scope], command: &Command) -> bool {
    let key = app.keymap.keys(command).first();
    let meant = key.and_then(|key| app.keymap.command(scopes, *key));
    meant.is_some_and(|meant| meant.name == command.name) && command.readiness(app).is_ok()
}

fn is_of_detail(scope: Scope) -> bool {
    match scope {
        Scope::Detail
        | Scope::Logs
        | Scope::Stats
        | Scope::Tables
        | Scope::Top
        | Scope::Links
        | Scope::Inspect
        | Scope::Env
        | Scope::Plugins
        | Scope::Files
        | Scope::Console
        | Scope::Marking
        | Scope::Session
        | Scope::Notice => true,
        Scope::Anywhere
        | Scope::Lists
        | Scope::Containers
        | Scope::Images
        | Scope::Volumes
        | Scope::Networks
        | Scope::Registries
        | Scope::Events
        | Scope::System
        | Scope::Hosts => false,
    }
}

/// How a notice of this weight is coloured; its sign says the same.
pub fn tone(weight: Weight) -> Tone {
    match weight {
        Weight::Done => Tone::Good,
        Weight::Warning => Tone::Warn,
        Weight::Failure => Tone::Bad,
    }
}

/// The oldest request on its way, at the right; gives the room it takes.
fn under_way(app: &App, room: Rect, canvas: &mut Canvas<'_>) -> Rect {
    let nothing = shift(room, room.width);
    let Some((host, job)) = app.running_jobs().next() else { return nothing };
    let more = app.running_jobs().count() - 1;
    let others = if more > 0 { format!(" and {more} more") } else { String::new() };
    let place = if host.id == app.host().id { String::new() } else { format!("{}: ", host.id) };
    let share = job.percent().map(|share| format!(" {share}%")).unwrap_or_default();
    let (request, time) = (&job.request, job.time_words(app.now));
    let text = format!("{place}{} {}{others}…{share} {time} ", request.doing(), request.object());
    let wanted = crate::domain::text::width(&text).min(usize::from(room.width) * 2 / 3);
    let place = shift(room, room.width - u16::try_from(wanted).unwrap_or(0));
    canvas.text(place, &text, canvas.theme.tone(Tone::Info));
    place
}
