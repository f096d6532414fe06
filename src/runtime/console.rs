//! A session in a container that has the whole terminal: what is typed goes there byte by byte, what it writes comes here.

mod keyboard;

use super::Runtime;
use super::screen::Synchronize;
use super::spawn::Spawner;
use crate::app::effect::Session;
use crate::app::{HostMsg, Msg};
use crate::domain::{ContainerId, ExecSpec, Failure, FailureKind, HostId};
use crate::engine::{Console, ConsoleControl, Engine};
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use keyboard::Keyboard;
pub(super) use keyboard::{WindowChanges, typed};
use ratatui::backend::Backend;
use std::io::{self, Write};
use std::pin::pin;
use std::time::Duration;

/// `Ctrl-]`: leaves an attached container at once, and a shell that hangs when struck three times in a row.
const LEAVE: u8 = 0x1d;
const STRIKES: usize = 3;

/// How often a process is told its window's size until it takes it.
const RESIZES: usize = 5;
const RESIZE_AGAIN: Duration = Duration::from_millis(100);

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
    ) -> Option<Msg> {
        let engine = self.engine(&host)?;
        let mut shell = None;
        let result = open_and_run(&self.spawner, engine, &container, session, typed, &mut shell).await;
        // The terminal is not ours if these fail, and the next frame will say so.
        let _ = disable_raw_mode();
        let _ = io::stdout().write_all(RESET).and_then(|()| io::stdout().flush());
        Some(Msg::Host(host, HostMsg::ConsoleEnded { container, shell, result }))
    }
}

async fn open_and_run(
    spawner: &Spawner,
    engine: Engine,
    container: &ContainerId,
    session: Session,
    mut typed: Vec<u8>,
    shell: &mut Option<String>,
) -> Result<Option<i64>, Failure> {
    let leave = match session {
        Session::Shell { .. } | Session::Exec(_) => Leave::WhenStruckOften,
        Session::Attach { .. } => Leave::AtOnce,
    };
    greet(container, leave);
    // Raw from here on: a Ctrl-c while it opens is typed ahead, and must not end the program.
    enable_raw_mode().map_err(|error| terminal_failure(&error))?;
    let mut keyboard = Keyboard::open().map_err(|error| terminal_failure(&error))?;
    let mut strikes = 0;
    let mut opening = pin!(open(spawner, engine, container.clone(), session, shell));
    let console = loop {
        tokio::select! {
            opened = &mut opening => break opened?,
            bytes = keyboard.read() => {
                let Some(bytes) = bytes else { return Ok(None) };
                if is_leaving(leave, &bytes, &mut strikes) {
                    return Ok(None);
                }
                typed.extend(bytes);
            }
        }
    };
    run(spawner, console, keyboard, leave, typed).await
}

async fn open(
    spawner: &Spawner,
    engine: Engine,
    id: ContainerId,
    session: Session,
    shell: &mut Option<String>,
) -> Result<Console, Failure> {
    let spec = match session {
        Session::Shell { remembered } => {
            let found = match remembered {
                Some(known) => known,
                None => spawner.run(find_shell(engine.clone(), id.clone())).await??,
            };
            *shell = Some(found.clone());
            ExecSpec { command: vec![found], environment: terminal_environment(), tty: true, ..ExecSpec::default() }
        }
        Session::Exec(mut spec) => {
            if spec.tty {
                spec.environment.extend(terminal_environment());
            }
            spec
        }
        Session::Attach { tty } => return spawner.run(async move { engine.attach(&id, tty).await }).await?,
    };
    spawner.run(async move { engine.exec(&id, &spec).await }).await?
}

/// The process should know what kind of terminal it writes to.
fn terminal_environment() -> Vec<String> {
    vec![format!("TERM={}", std::env::var("TERM").unwrap_or_else(|_| "xterm".to_owned()))]
}

fn greet(container: &ContainerId, leave: Leave) {
    let how = match leave {
        Leave::AtOnce => "Ctrl-] leaves it running.",
        Leave::WhenStruckOften => "It ends with its process (exit, Ctrl-d); Ctrl-] three times leaves one that hangs.",
    };
    let mut out = io::stdout();
    let _ = write!(out, "\r\n── {} ── {how}\r\n", container.short()).and_then(|()| out.flush());
}

/// bash where the image has it, else sh.
async fn find_shell(engine: Engine, container: ContainerId) -> Result<String, Failure> {
    let probe = ["sh", "-c", "command -v bash || command -v sh"];
    let spec = ExecSpec { command: probe.map(str::to_owned).to_vec(), ..ExecSpec::default() };
    let mut console = engine.exec(&container, &spec).await?;
    let mut output = Vec::new();
    while let Some(bytes) = console.output.next().await {
        output.extend_from_slice(&bytes?);
    }
    let shell = String::from_utf8_lossy(&output).trim().to_owned();
    match console.control.exit_code().await? {
        // A static busybox has its shell built in and says its bare name.
        Some(0) | None if !shell.is_empty() && !shell.contains(char::is_whitespace) => Ok(shell),
        _ => Err(Failure::new(FailureKind::Unsupported, "There is no shell in this container.")
            .with_hint("Run a program that it has: the exec form asks for the command.")),
    }
}

/// Carries bytes both ways until one side ends.
async fn run(
    spawner: &Spawner,
    console: Console,
    mut keyboard: Keyboard,
    leave: Leave,
    typed: Vec<u8>,
) -> Result<Option<i64>, Failure> {
    let Console { mut output, mut input, control, .. } = console;
    let mut window = WindowChanges::new().map_err(|error| terminal_failure(&error))?;
    let resize = || {
        let control = control.clone();
        if let Ok((columns, rows)) = crossterm::terminal::size() {
            spawner.start(tell_size(control, columns, rows));
        }
    };
    resize();
    let mut strikes = 0;
    if !typed.is_empty() {
        input.send(&typed).await?;
    }
    loop {
        tokio::select! {
            bytes = output.next() => match bytes {
                Some(bytes) => show(&bytes?)?,
                None => break,
            },
            bytes = keyboard.read() => {
                let Some(bytes) = bytes else { break };
                if is_leaving(leave, &bytes, &mut strikes) {
                    return Ok(None);
                }
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

/// Podman refuses it until the process runs. One that ended meanwhile has no size; nothing is lost by it.
async fn tell_size(control: ConsoleControl, columns: u16, rows: u16) {
    for _ in 0..RESIZES {
        if control.resize(columns, rows).await.is_ok() {
            return;
        }
        tokio::time::sleep(RESIZE_AGAIN).await;
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
