//! A session in a container that has the whole terminal: what is typed goes there byte by byte, what it writes comes here.

mod keyboard;
mod open;
mod pane;
mod plain;

use super::Runtime;
use super::fetch::no_line;
use super::screen::Synchronize;
use super::spawn::Spawner;
use crate::app::effect::Session;
use crate::app::{HostMsg, Msg};
use crate::domain::text::clean;
use crate::domain::{ContainerId, Failure, FailureKind, HostId};
use crate::engine::{Console, ConsoleControl, Engine, HangUp};
use keyboard::Keyboard;
pub(super) use keyboard::{WindowChanges, typed};
use open::{Opened, Record, tell_sizes};
pub(super) use pane::{Panes, ended};
use plain::PlainLine;
use ratatui::backend::Backend;
use std::io::{self, Write};
use std::pin::pin;
use tokio::io::AsyncWriteExt;
use tokio::sync::{mpsc, watch};

/// `Ctrl-]`: leaves an attached container at once, and a shell that hangs when struck three times in a row.
const LEAVE: u8 = 0x1d;
const STRIKES: usize = 3;

/// Modes that a program may have left on: colours, other keypad, mouse, paste, second screen, scroll region.
const RESET: &[u8] =
    b"\x1b[0m\x1b[?1l\x1b>\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?2004l\x1b[?1049l\x1b[r\x1b[?25h";

/// How a session is left without ending its process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Leave {
    /// The key is ours alone.
    AtOnce,
    /// The key goes to the process as well; only struck several times it is meant for us.
    WhenStruckOften,
}

impl<B: Backend<Error = io::Error> + Synchronize> Runtime<B> {
    /// Runs a session until it ends or is left; gives the message that says how. `typed` was typed before it began.
    pub(super) async fn console(
        &mut self,
        host: HostId,
        container: ContainerId,
        session: Session,
        typed: Vec<u8>,
    ) -> Msg {
        let mut shell = None;
        let result = match self.engine(&host) {
            Some(engine) => {
                let record = self.record(&host, &container);
                let farewell = self.panes.farewell();
                open_and_run((&self.spawner, farewell), engine, (&container, record), session, typed, &mut shell).await
            }
            None => Err(no_line()),
        };
        Msg::Host(host, HostMsg::ConsoleEnded { container, shell, result })
    }

    /// Where a session with a container is written down.
    pub(super) fn record(&self, host: &HostId, container: &ContainerId) -> Record {
        let row = self.app.hosts.get(host).and_then(|host| host.container(container));
        let name = row.map_or_else(|| container.short().to_owned(), |row| row.name.to_string());
        Record { audit: self.audit.clone(), host: host.clone(), name }
    }
}

/// Lent to a session. Its end takes back the modes that programs leave on, also when a signal ends the session.
struct LentTerminal;

impl Drop for LentTerminal {
    fn drop(&mut self) {
        // The terminal is not ours if this fails, and the next frame will say so.
        let _ = io::stdout().write_all(RESET).and_then(|()| io::stdout().flush());
    }
}

/// Hangs up on the processes of a session that is left before they have ended, also when a signal ends the session.
struct Farewell<'a> {
    spawner: &'a Spawner,
    /// The program waits at its end while this is there.
    until: mpsc::Sender<()>,
    control: ConsoleControl,
    hang_up: Option<HangUp>,
}

impl Drop for Farewell<'_> {
    fn drop(&mut self) {
        let Some(hang_up) = self.hang_up.take() else { return };
        let (control, until) = (self.control.clone(), self.until.clone());
        self.spawner.start(async move {
            if let Err(failure) = hang_up.send(control.engine()).await {
                tracing::warn!("a session is not hung up on: {}", failure.sentence);
            }
            drop(until);
        });
    }
}

async fn open_and_run(
    (spawner, until): (&Spawner, mpsc::Sender<()>),
    engine: Engine,
    (container, record): (&ContainerId, Record),
    session: Session,
    mut typed: Vec<u8>,
    shell: &mut Option<String>,
) -> Result<Option<i64>, Failure> {
    let _lent = LentTerminal;
    let mut keyboard = Keyboard::open().map_err(|error| terminal_failure(&error))?;
    let leave = match session {
        Session::Attach { .. } => Leave::AtOnce,
        Session::Shell { .. } | Session::Exec(_) | Session::Helper { .. } => Leave::WhenStruckOften,
    };
    let term = std::env::var("TERM").unwrap_or_else(|_| "xterm".to_owned());
    let name = record.name.clone();
    let mut opening = pin!(spawner.run(open::open(engine, container.clone(), session, term, record)));
    let mut strikes = 0;
    let opened = loop {
        tokio::select! {
            opened = &mut opening => break opened,
            bytes = keyboard.read() => match bytes {
                Some(bytes) if is_leaving(Leave::WhenStruckOften, &bytes, &mut strikes) => return Ok(None),
                Some(bytes) => typed.extend(bytes),
                None => return Ok(None),
            }
        }
    };
    let Opened { console, shell: found, helper, hang_up } = opened??;
    *shell = found;
    greet(&name, console.tty, leave);
    let control = console.control.clone();
    let mut farewell = Farewell { spawner, until, control: control.clone(), hang_up };
    let ended = run(spawner, console, keyboard, leave, typed).await;
    if let Ok(Some(_)) = ended {
        farewell.hang_up = None;
    }
    if let Some(helper) = helper {
        spawner.start(open::put_away(control, helper));
    }
    ended
}

fn greet(name: &str, tty: bool, leave: Leave) {
    let how = match (leave, tty) {
        (Leave::AtOnce, true) => "Ctrl-] leaves it running.",
        (Leave::AtOnce, false) => "It has no terminal: whole lines are sent. Ctrl-] leaves it running.",
        (Leave::WhenStruckOften, true) => {
            "It ends with its process (exit, Ctrl-d); Ctrl-] three times hangs up on one that does not."
        }
        (Leave::WhenStruckOften, false) => {
            "It has no terminal: whole lines are sent, Ctrl-d ends them. Ctrl-] three times hangs up on it."
        }
    };
    let mut out = io::stdout();
    let _ = write!(out, "\r\n── {} ── {how}\r\n", clean(name)).and_then(|()| out.flush());
}

/// Carries bytes both ways until one side ends.
async fn run(
    spawner: &Spawner,
    console: Console,
    mut keyboard: Keyboard,
    leave: Leave,
    typed: Vec<u8>,
) -> Result<Option<i64>, Failure> {
    let Console { mut output, mut input, control, tty } = console;
    let mut line = PlainLine::default();
    let mut window = WindowChanges::new().map_err(|error| terminal_failure(&error))?;
    let (size, sizes) = watch::channel((0, 0));
    spawner.start(tell_sizes(control.clone(), sizes));
    let resize = || {
        if let Ok(now) = crossterm::terminal::size() {
            size.send_replace(now);
        }
    };
    resize();
    let mut strikes = 0;
    let mut ahead = Some(typed).filter(|typed| !typed.is_empty());
    loop {
        tokio::select! {
            bytes = output.next() => match bytes {
                Some(bytes) if tty => show(&bytes?)?,
                Some(bytes) => show(&plain::returned(&bytes?))?,
                None => break,
            },
            bytes = next_typed(&mut ahead, &mut keyboard) => {
                let Some(bytes) = bytes else { break };
                if is_leaving(leave, &bytes, &mut strikes) {
                    return Ok(None);
                }
                let bytes = if tty {
                    bytes
                } else {
                    let typed = line.take(&bytes);
                    show(&typed.echo)?;
                    if typed.is_end {
                        // Whether it was heard is seen by what the process does.
                        let _ = input.send(&typed.whole).await;
                        let _ = input.shutdown().await;
                        continue;
                    }
                    typed.whole
                };
                // The process may have ended while somebody typed: its last words and its exit code still come.
                if input.send(&bytes).await.is_err() {
                    continue;
                }
            }
            () = window.next() => resize(),
        }
    }
    let asked = control.clone();
    spawner.run(async move { asked.exit_code().await }).await?
}

/// What was typed ahead, then what is typed.
async fn next_typed(ahead: &mut Option<Vec<u8>>, keyboard: &mut Keyboard) -> Option<Vec<u8>> {
    match ahead.take() {
        Some(bytes) => Some(bytes),
        None => keyboard.read().await,
    }
}

fn is_leaving(leave: Leave, bytes: &[u8], strikes: &mut usize) -> bool {
    match leave {
        Leave::AtOnce => bytes.contains(&LEAVE),
        Leave::WhenStruckOften => {
            for byte in bytes {
                *strikes = if *byte == LEAVE { *strikes + 1 } else { 0 };
                if *strikes >= STRIKES {
                    return true;
                }
            }
            false
        }
    }
}

fn show(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = io::stdout();
    out.write_all(bytes).and_then(|()| out.flush()).map_err(|error| terminal_failure(&error))
}

fn terminal_failure(error: &io::Error) -> Failure {
    Failure::new(FailureKind::LocalFile, format!("The terminal failed: {error}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_is_left_by_three_strikes_in_a_row_alone() {
        let mut strikes = 0;
        assert!(!is_leaving(Leave::WhenStruckOften, b"\x1d\x1da\x1d", &mut strikes));
        assert!(!is_leaving(Leave::WhenStruckOften, b"\x1d", &mut strikes));
        assert!(is_leaving(Leave::WhenStruckOften, b"\x1d", &mut strikes));
        assert!(is_leaving(Leave::AtOnce, b"\x1d", &mut 0));
    }
}
