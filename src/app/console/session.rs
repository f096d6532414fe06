//! One session: whose it is, what runs in it, how it stands.

use super::{Emulator, Marking, SessionId};
use crate::app::effect::Session;
use crate::domain::{ContainerId, ExecSpec, Failure, FailureKind, Time, print_command};

/// A session in a container, with its screen.
#[derive(Debug)]
pub struct ConsoleSession {
    pub id: SessionId,
    pub container: ContainerId,
    /// The container's name when the session began.
    pub name: String,
    /// What was asked for, so that it can be opened once more.
    pub what: Session,
    /// The shell that was found, once it is known.
    pub shell: Option<String>,
    pub state: SessionState,
    pub emulator: Emulator,
    /// What is being marked of it, to be copied.
    pub marking: Option<Marking>,
    /// The cell that the left button went down on, while it is held and nothing is marked.
    pub pressed: Option<(u16, u16)>,
}

/// How a session stands.
#[derive(Clone, Debug, PartialEq)]
pub enum SessionState {
    Opening {
        since: Time,
    },
    Running,
    /// Its process was asked to end, and is given a moment for it.
    Closing,
    Ended(SessionEnd),
}

/// How a session came to its end.
#[derive(Clone, Debug, PartialEq)]
pub enum SessionEnd {
    /// The process ended; with which exit code, where the engine knows, and by what end of its container, if by one.
    Exited { code: Option<i64>, with: Option<ContainerEnd> },
    /// It was closed here. Whether its process goes on.
    Left { goes_on: bool },
    /// It never came about, or broke off.
    Lost(Failure),
}

/// What became of a container, and of all sessions in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContainerEnd {
    Stopped,
    Restarted,
    Removed,
}

impl ConsoleSession {
    pub fn new(
        id: SessionId,
        now: Time,
        container: ContainerId,
        name: String,
        what: Session,
        emulator: Emulator,
    ) -> Self {
        let state = SessionState::Opening { since: now };
        Self { id, container, name, what, shell: None, state, emulator, marking: None, pressed: None }
    }

    /// What is to be seen of it: while something is marked, how it was then.
    pub fn shown(&self) -> &vt100::Screen {
        self.marking.as_ref().map_or_else(|| self.emulator.screen(), Marking::screen)
    }

    /// Scrolls by rows, back in time where negative.
    pub fn scroll_by(&mut self, rows: isize) {
        match &mut self.marking {
            Some(marking) => marking.scroll_by(rows),
            None => self.emulator.scroll_by(rows),
        }
    }

    /// What runs in it: `sh`, `attached`, the words of a command.
    pub fn program(&self) -> String {
        match &self.what {
            Session::Shell { remembered } => {
                let shell = self.shell.as_ref().or(remembered.as_ref()).map_or("shell", String::as_str);
                shell.rsplit('/').next().unwrap_or(shell).to_owned()
            }
            Session::Exec(ExecSpec { command, .. }) => print_command(command),
            Session::Attach { .. } => "attached".to_owned(),
            Session::Helper { image } => format!("sh of {image}"),
        }
    }

    /// Whether there is somebody to type to, or will be.
    pub fn is_open(&self) -> bool {
        match self.state {
            SessionState::Opening { .. } | SessionState::Running => true,
            SessionState::Closing | SessionState::Ended(_) => false,
        }
    }

    /// Whether closing it would end a process, or leave one behind.
    pub fn is_running(&self) -> bool {
        self.state == SessionState::Running
    }

    /// Why there is no session, or none any more.
    pub fn failure(&self) -> Option<&Failure> {
        match &self.state {
            SessionState::Ended(SessionEnd::Lost(failure)) => Some(failure),
            SessionState::Opening { .. }
            | SessionState::Running
            | SessionState::Closing
            | SessionState::Ended(SessionEnd::Exited { .. } | SessionEnd::Left { .. }) => None,
        }
    }

    /// Why it ended, where its process did not do so by itself.
    pub fn reason(&self) -> Option<&str> {
        match &self.state {
            SessionState::Ended(SessionEnd::Lost(failure)) => Some(&failure.sentence),
            SessionState::Ended(SessionEnd::Exited { with, .. }) => with.map(ContainerEnd::sentence),
            SessionState::Opening { .. }
            | SessionState::Running
            | SessionState::Closing
            | SessionState::Ended(SessionEnd::Left { .. }) => None,
        }
    }

    /// Whether it failed for want of something to run, so that a helper's shell is worth offering.
    pub fn lacks_shell(&self) -> bool {
        let wants_shell = matches!(self.what, Session::Shell { .. } | Session::Exec(_));
        wants_shell && self.failure().is_some_and(|failure| failure.kind == FailureKind::Unsupported)
    }

    /// A few words on how it stands; nothing while it simply runs.
    pub fn state_words(&self) -> String {
        match &self.state {
            SessionState::Opening { .. } => "opening…".to_owned(),
            SessionState::Running => String::new(),
            SessionState::Closing => "closing…".to_owned(),
            SessionState::Ended(SessionEnd::Exited { code: Some(code), .. }) => format!("ended, exit code {code}"),
            SessionState::Ended(SessionEnd::Exited { code: None, .. }) => "ended".to_owned(),
            SessionState::Ended(SessionEnd::Left { .. }) => "left".to_owned(),
            SessionState::Ended(SessionEnd::Lost(_)) if self.lacks_shell() => "no shell".to_owned(),
            SessionState::Ended(SessionEnd::Lost(_)) => "lost".to_owned(),
        }
    }
}

impl ContainerEnd {
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Stopped => "The container stopped, and the session with it.",
            Self::Restarted => "The container was restarted, and the session ended with its last run.",
            Self::Removed => "The container was removed, and the session with it.",
        }
    }
}
