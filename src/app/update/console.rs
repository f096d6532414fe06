//! The console pane: what is typed goes to its session, what the session writes comes to its screen.

pub mod mouse;

use super::{Effects, input};
use crate::app::command::copy::copied;
use crate::app::console::keys::{KeyModes, encode, paste as pasted};
use crate::app::console::{ConsoleSession, Emulator, SessionEnd, SessionId, SessionState};
use crate::app::effect::{Fetch, Session, SessionOrder};
use crate::app::key::Key;
use crate::app::layout::{Pane, inside};
use crate::app::msg::SessionPart;
use crate::app::scope::Scope;
use crate::app::{App, Effect};
use crate::domain::text::clean;
use crate::domain::{ContainerId, HostId};
use crossterm::event::{KeyCode, KeyEvent};

/// Opens a session on the host on screen, as the last tab of the pane, and gives it the keyboard.
pub fn open(app: &mut App, container: ContainerId, what: Session, effects: &mut Effects) {
    let (id, now) = (SessionId(app.next_job), app.now);
    app.next_job += 1;
    let scrollback = usize::try_from(app.settings.console.scrollback).unwrap_or(usize::MAX);
    let host = app.host_mut();
    let name = host.container(&container).map_or_else(|| container.short().to_owned(), |row| row.name.to_string());
    let emulator = Emulator::new(80, 24, scrollback);
    host.consoles.add(ConsoleSession::new(id, now, container.clone(), name, what.clone(), emulator));
    let host = host.id.clone();
    app.focus = Pane::Console;
    let room = inside(app.layout().console);
    let size = (room.width.max(1), room.height.max(1));
    if let Some(session) = app.host_mut().consoles.active_mut() {
        session.emulator.resize(size.0, size.1);
    }
    effects.push(Effect::OpenSession { host, container, id, session: what, size });
}

/// Whether keys go to a session before anybody else.
pub fn takes_keys(app: &App) -> bool {
    app.focus == Pane::Console && app.host().consoles.is_typing && app.shows_console()
}

/// A key while a session has the keyboard: all but the one that leaves it is for the session.
pub fn key(app: &mut App, event: KeyEvent, effects: &mut Effects) {
    if let Some(command) = app.keymap.command(&[Scope::Session], Key::from_event(event)) {
        return input::run(app, command, effects);
    }
    let Some(session) = app.host().consoles.active() else { return };
    if session.is_open() {
        let modes = KeyModes { application_cursor: session.emulator.screen().application_cursor() };
        send(app, encode(event, modes), effects);
    } else if session.lacks_shell() && is_helper_key(app, event) {
        crate::app::command::helper::open_for_session(app, effects);
    } else if event.code == KeyCode::Enter {
        // What was typed ahead of the end must not run commands; this one puts the ended session away.
        crate::app::command::console::close_at_once(app, effects);
    }
}

/// Whether a key is the one that the words on a missing shell name.
fn is_helper_key(app: &App, event: KeyEvent) -> bool {
    let meant = app.keymap.command(&[Scope::Console], Key::from_event(event));
    meant.is_some_and(|command| command.name == "console.helper-shell" && command.readiness(app).is_ok())
}

/// Sends bytes as if they were typed into the session on top.
pub fn send(app: &mut App, bytes: Vec<u8>, effects: &mut Effects) {
    let Some(session) = app.host_mut().consoles.active_mut().filter(|session| session.is_open()) else { return };
    session.emulator.to_end();
    session.marking = None;
    if !bytes.is_empty() {
        effects.push(Effect::ToSession { id: session.id, order: SessionOrder::Type(bytes) });
    }
}

/// Pasted text for the session that has the keyboard.
pub fn paste(app: &mut App, text: &str, effects: &mut Effects) {
    let Some(session) = app.host().consoles.active() else { return };
    let bytes = pasted(text, session.emulator.screen().bracketed_paste());
    send(app, bytes, effects);
}

/// Puts text on the clipboard and says so.
pub fn copy(app: &mut App, text: String, effects: &mut Effects) {
    let now = app.now;
    if text.trim().is_empty() {
        return app.notices.warn(now, "There is no text to copy");
    }
    app.notices.say(now, copied(&text));
    effects.push(Effect::Copy(text));
}

/// Takes what came from or about a session.
pub fn part(app: &mut App, host: &HostId, id: SessionId, part: SessionPart, effects: &mut Effects) {
    let in_sight = is_in_sight(app, host, id);
    let Some(known) = app.hosts.get_mut(host) else { return };
    let Some(session) = known.consoles.get_mut(id) else { return };
    match part {
        SessionPart::Opened { shell } => {
            if session.is_open() {
                session.state = SessionState::Running;
            }
            if matches!(session.what, Session::Helper { .. }) {
                let name = clean(&session.name).into_owned();
                let words =
                    format!("The processes and the network here are those of {name}; its files are in /proc/1/root.");
                session.emulator.take(format!("{words}\r\n").as_bytes());
            }
            if let Some(shell) = shell {
                session.shell = Some(shell.clone());
                let container = session.container.clone();
                let image = known.container(&container).map(|row| row.image_id.clone());
                known.shells.extend(image.map(|image| (image, shell)));
            }
        }
        SessionPart::Output(bytes) => {
            let answers = session.emulator.take(&bytes);
            if !answers.is_empty() && session.is_open() {
                effects.push(Effect::ToSession { id, order: SessionOrder::Type(answers) });
            }
        }
        SessionPart::Ended(end) => {
            let closed = session.state == SessionState::Closing;
            let (program, name) = (session.program(), session.name.clone());
            session.state = SessionState::Ended(end.clone());
            // The next thing that is looked for is an image that has a shell.
            if session.lacks_shell() && known.images.fresh.at.is_none() && known.images.fresh.refresh.ask() {
                effects.push(Effect::Fetch { host: host.clone(), fetch: Fetch::Images });
            }
            if closed {
                known.consoles.remove(id);
            }
            tell_end(app, &end, &format!("{program} in {name}"), closed, in_sight);
        }
    }
}

/// Says how a session ended where that is not seen.
fn tell_end(app: &mut App, end: &SessionEnd, what: &str, closed: bool, in_sight: bool) {
    let now = app.now;
    match end {
        SessionEnd::Left { goes_on: true } => {
            app.notices.warn(now, format!("Left {what}; it did not end and goes on there"));
        }
        SessionEnd::Lost(failure) if !closed && !in_sight => app.notices.fail(now, what, failure),
        SessionEnd::Exited { code, with } if *code != Some(0) && !closed && !in_sight => {
            let code = code.map(|code| format!(" with exit code {code}")).unwrap_or_default();
            let reason = with.map(|end| format!(". {}", end.sentence())).unwrap_or_default();
            app.notices.warn(now, format!("{what} ended{code}{reason}"));
        }
        SessionEnd::Exited { .. } | SessionEnd::Left { goes_on: false } if closed || !in_sight => {
            app.notices.say(now, format!("{what} ended"));
        }
        SessionEnd::Exited { .. } | SessionEnd::Left { goes_on: false } | SessionEnd::Lost(_) => {}
    }
}

fn is_in_sight(app: &App, host: &HostId, id: SessionId) -> bool {
    let shown = app.host();
    shown.id == *host
        && !app.layout().console.is_empty()
        && shown.consoles.active().is_some_and(|session| session.id == id)
}

/// What follows from the state: an empty pane has no focus, the screen on top is as large as the pane.
pub fn settle(app: &mut App, effects: &mut Effects) {
    if app.focus == Pane::Console && !app.shows_console() {
        app.focus = app.beneath;
    }
    if app.focus != Pane::Console {
        app.beneath = app.focus;
        app.host_mut().consoles.is_typing = false;
    }
    let room = inside(app.layout().console);
    let Some(session) = app.host_mut().consoles.active_mut().filter(|_| !room.is_empty()) else { return };
    if session.emulator.size() != (room.width, room.height) {
        session.emulator.resize(room.width, room.height);
        session.marking = None;
        if session.is_open() {
            let order = SessionOrder::Resize { columns: room.width, rows: room.height };
            effects.push(Effect::ToSession { id: session.id, order });
        }
    }
}
