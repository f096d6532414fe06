//! Commands that talk to containers: sessions that get the whole terminal, and those in the console pane.

use crate::app::App;
use crate::app::commands::Readiness;
use crate::app::console::{ConsoleSession, SessionState};
use crate::app::dialog::Dialog;
use crate::app::dialog::question::{Consent, Question};
use crate::app::effect::{Effect, Session, SessionOrder};
use crate::app::layout::{Pane, inside};
use crate::app::update::{Effects, console};

/// A shell: the one that was found in the image before, else whichever is there.
pub fn shell(app: &mut App, effects: &mut Effects) {
    let host = app.host();
    let Some(row) = host.selected_container() else { return };
    let remembered = host.shells.get(&row.image_id).cloned();
    effects.push(Effect::Console {
        host: host.id.clone(),
        container: row.id.clone(),
        session: Session::Shell { remembered },
    });
}

/// The container's own first process.
pub fn attach(app: &mut App, effects: &mut Effects) {
    let host = app.host();
    let Some(row) = host.selected_container() else { return };
    // A list does not tell whether it has a terminal: the runtime asks.
    let session = Session::Attach { tty: None };
    effects.push(Effect::Console { host: host.id.clone(), container: row.id.clone(), session });
}

/// A shell in the console pane.
pub fn shell_in_pane(app: &mut App, effects: &mut Effects) {
    let host = app.host();
    let Some(row) = host.selected_container() else { return };
    let remembered = host.shells.get(&row.image_id).cloned();
    let container = row.id.clone();
    console::open(app, container, Session::Shell { remembered }, effects);
}

/// The container's own first process in the console pane.
pub fn attach_in_pane(app: &mut App, effects: &mut Effects) {
    let Some(container) = app.host().selected_container().map(|row| row.id.clone()) else { return };
    console::open(app, container, Session::Attach { tty: None }, effects);
}

pub fn has_session(app: &App) -> Readiness {
    if app.host().consoles.sessions().is_empty() { Err("no session is open on this host".into()) } else { Ok(()) }
}

/// Whether the session on top can be typed to.
pub fn can_type(app: &App) -> Readiness {
    has_session(app)?;
    match app.host().consoles.active().is_some_and(ConsoleSession::is_open) {
        true => Ok(()),
        false => Err("the session has ended".into()),
    }
}

/// Goes to the console pane; from there, hides it.
pub fn toggle(app: &mut App, _: &mut Effects) {
    let focused = app.focus == Pane::Console;
    app.host_mut().consoles.is_shown = !focused;
    if !focused {
        app.focus = Pane::Console;
        let consoles = &mut app.host_mut().consoles;
        consoles.is_typing = consoles.active().is_some_and(ConsoleSession::is_open);
    }
}

/// From now on what is typed goes to the session.
pub fn enter(app: &mut App, _: &mut Effects) {
    let consoles = &mut app.host_mut().consoles;
    consoles.is_typing = true;
    if let Some(session) = consoles.active_mut() {
        session.marking = None;
        session.emulator.to_end();
    }
}

/// From now on what is typed means commands of the pane.
pub fn leave(app: &mut App, _: &mut Effects) {
    app.host_mut().consoles.is_typing = false;
}

/// Types the key that leaves a session into the session.
pub fn type_leaving_key(app: &mut App, effects: &mut Effects) {
    console::send(app, vec![0x1d], effects);
    enter(app, effects);
}

/// Out of the pane, which stays in sight.
pub fn leave_pane(app: &mut App) {
    app.focus = app.beneath;
    app.zoomed = false;
}

pub fn step(app: &mut App, step: isize) {
    app.host_mut().consoles.step(step);
}

/// Another shell in the container of the session on top.
pub fn another(app: &mut App, effects: &mut Effects) {
    let host = app.host();
    let Some(session) = host.consoles.active() else { return };
    let container = session.container.clone();
    let image = host.container(&container).map(|row| &row.image_id);
    let remembered = image.and_then(|image| host.shells.get(image)).cloned();
    console::open(app, container, Session::Shell { remembered }, effects);
}

/// Whether a session can be opened where the one on top is.
pub fn can_open_another(app: &App) -> Readiness {
    has_session(app)?;
    let host = app.host();
    let row = host.consoles.active().and_then(|session| host.container(&session.container));
    if row.is_some_and(|row| row.state.is_up()) { Ok(()) } else { Err("its container does not run".into()) }
}

/// Closes the session on top; one that runs is asked about first.
pub fn close(app: &mut App, effects: &mut Effects) {
    let Some(session) = app.host().consoles.active() else { return };
    let attached = matches!(session.what, Session::Attach { .. });
    if !session.is_running() || attached {
        return close_at_once(app, effects);
    }
    let text = match session.what {
        Session::Helper { .. } => "Its shell ends and the helper container is removed. The container itself goes on.",
        Session::Shell { .. } | Session::Exec(_) | Session::Attach { .. } => {
            "It is sent Ctrl-C and the end of its input. What does not end by that is hung up on, where the container has sh and cat; \
             what ignores even that goes on without a terminal."
        }
    };
    let title = format!("Close {} in {} on {}?", session.program(), session.name, app.host().id);
    let consent = Consent::Run("console.close-at-once");
    app.dialogs.push(Dialog::Question(Question::new(title, vec![text.to_owned()], "Close", consent)));
}

/// Closes the session on top without a question.
pub fn close_at_once(app: &mut App, effects: &mut Effects) {
    let consoles = &mut app.host_mut().consoles;
    let Some(session) = consoles.active_mut() else { return };
    let id = session.id;
    match session.state {
        SessionState::Ended(_) => {
            consoles.remove(id);
        }
        SessionState::Opening { .. } | SessionState::Running => {
            session.state = SessionState::Closing;
            effects.push(Effect::ToSession { id, order: SessionOrder::Close });
        }
        SessionState::Closing => {}
    }
}

/// Scrolls by rows, back in time where negative.
pub fn scroll(app: &mut App, rows: isize) {
    if let Some(session) = app.host_mut().consoles.active_mut() {
        session.scroll_by(rows);
    }
}

/// Scrolls by half pages.
pub fn page(app: &mut App, halves: isize) {
    let height = inside(app.layout().console).height.saturating_sub(1).max(2);
    scroll(app, height as isize * halves / 2);
}

/// Copies what the session shows.
pub fn copy(app: &mut App, effects: &mut Effects) {
    let Some(session) = app.host().consoles.active() else { return };
    let text = session.emulator.shown_text();
    console::copy(app, text, effects);
}

/// Copies all that is known of what the session wrote.
pub fn copy_all(app: &mut App, effects: &mut Effects) {
    let Some(session) = app.host_mut().consoles.active_mut() else { return };
    let text = session.emulator.whole_text();
    console::copy(app, text, effects);
}
