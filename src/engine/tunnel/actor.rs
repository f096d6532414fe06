//! The task that looks after the ssh process of one host.

use super::line::{Line, Probe};
use super::{Ask, SshTarget, Way, find};
use crate::domain::{Failure, FailureKind};
use std::path::{Path, PathBuf};
use tokio::sync::mpsc;

/// Where most engines listen.
const USUAL: &str = "/var/run/docker.sock";

/// Starts the task; it ends when the sender goes, and the process with it.
pub fn start(target: SshTarget) -> mpsc::UnboundedSender<Ask> {
    let (asks, asked) = mpsc::unbounded_channel();
    tokio::spawn(Actor { target, state: State::Down }.run(asked));
    asks
}

struct Actor {
    target: SshTarget,
    state: State,
}

enum State {
    Down,
    Up(Box<Line>),
    /// The host refuses to forward to the socket, which is this one where it is known.
    Unforwarded(Option<PathBuf>),
}

impl Actor {
    async fn run(mut self, mut asked: mpsc::UnboundedReceiver<Ask>) {
        while let Some(ask) = asked.recv().await {
            let (interactive, reply) = match ask {
                Ask::Way { interactive, reply } => (interactive, reply),
                Ask::Forget(way) => {
                    self.forget(&way);
                    continue;
                }
            };
            let way = self.way(interactive).await;
            // Those who asked meanwhile get the same answer: one login for all of them, one failure as well.
            let mut later = Vec::new();
            while let Ok(other) = asked.try_recv() {
                match other {
                    Ask::Way { interactive: other, reply } if interactive || !other || way.is_ok() => {
                        let _ = reply.send(way.clone());
                    }
                    other => later.push(other),
                }
            }
            let _ = reply.send(way);
            for ask in later {
                match ask {
                    Ask::Way { interactive, reply } => {
                        let _ = reply.send(self.way(interactive).await);
                    }
                    Ask::Forget(way) => self.forget(&way),
                }
            }
        }
    }

    /// Unless there is another one already.
    fn forget(&mut self, way: &Way) {
        if self.known().as_ref() == Some(way) {
            self.state = State::Down;
        }
    }

    fn known(&self) -> Option<Way> {
        match &self.state {
            State::Up(line) => Some(Way::Forwarded(line.socket())),
            State::Unforwarded(socket) => Some(Way::Stdio(socket.clone())),
            State::Down => None,
        }
    }

    async fn way(&mut self, interactive: bool) -> Result<Way, Failure> {
        if let State::Up(line) = &mut self.state
            && !line.is_alive()
        {
            self.state = State::Down;
        }
        match self.known() {
            Some(way) => Ok(way),
            None => {
                self.state = connect(&self.target, interactive).await?;
                self.known().ok_or_else(|| Failure::new(FailureKind::Lost, "ssh ended at once."))
            }
        }
    }
}

/// One login as a rule: only where the engine is not at the usual place, another one looks for it first.
async fn connect(target: &SshTarget, interactive: bool) -> Result<State, Failure> {
    let first = target.socket.clone().unwrap_or_else(|| PathBuf::from(USUAL));
    match Line::open(target, &first, interactive).await? {
        (line, Probe::Answered) => Ok(State::Up(Box::new(line))),
        (_, Probe::Prohibited) => Ok(State::Unforwarded(target.socket.clone())),
        (line, Probe::Closed) => {
            drop(line);
            elsewhere(target, &first, interactive).await
        }
    }
}

/// The host did not say why it closed the connection: for OpenSSH a socket that is not there and a forwarding that it does
/// not allow (`AllowStreamLocalForwarding no`) are the same.
async fn elsewhere(target: &SshTarget, tried: &Path, interactive: bool) -> Result<State, Failure> {
    let socket = find::socket(target, tried, interactive).await?;
    if socket != tried
        && let (line, Probe::Answered) = Line::open(target, &socket, interactive).await?
    {
        return Ok(State::Up(Box::new(line)));
    }
    // It is there, and this user may open it. If it is the engine that is missing, the other way will tell.
    Ok(State::Unforwarded(Some(socket)))
}
