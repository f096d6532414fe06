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
    /// The host refuses to forward.
    Unforwarded,
}

impl Actor {
    async fn run(mut self, mut asked: mpsc::UnboundedReceiver<Ask>) {
        while let Some(ask) = asked.recv().await {
            let Ask::Way { interactive, reply } = ask else {
                self.state = State::Down;
                continue;
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
                    Ask::Forget => self.state = State::Down,
                }
            }
        }
    }

    async fn way(&mut self, interactive: bool) -> Result<Way, Failure> {
        match &mut self.state {
            State::Up(line) => {
                if line.is_alive() {
                    return Ok(Way::Forwarded(line.socket()));
                }
            }
            State::Unforwarded => return Ok(Way::Stdio),
            State::Down => {}
        }
        // What is left of the old one ends before there is a new one.
        self.state = State::Down;
        self.state = connect(&self.target, interactive).await?;
        match &self.state {
            State::Up(line) => Ok(Way::Forwarded(line.socket())),
            State::Unforwarded | State::Down => Ok(Way::Stdio),
        }
    }
}

/// One login as a rule: only where the engine is not at the usual place, another one looks for it first.
async fn connect(target: &SshTarget, interactive: bool) -> Result<State, Failure> {
    let first = target.socket.clone().unwrap_or_else(|| PathBuf::from(USUAL));
    match Line::open(target, &first, interactive).await? {
        (line, Probe::Answered) => Ok(State::Up(Box::new(line))),
        (_, Probe::Prohibited) => Ok(State::Unforwarded),
        (line, Probe::Closed) => {
            drop(line);
            elsewhere(target, &first, interactive).await
        }
    }
}

async fn elsewhere(target: &SshTarget, tried: &Path, interactive: bool) -> Result<State, Failure> {
    let socket = find::socket(target, tried, interactive).await?;
    match Line::open(target, &socket, interactive).await? {
        (line, Probe::Answered) => Ok(State::Up(Box::new(line))),
        (_, Probe::Prohibited) => Ok(State::Unforwarded),
        (_, Probe::Closed) => Err(nobody_listens(target, &socket)),
    }
}

/// There is a socket, and this user may open it, but no engine is behind it.
pub fn nobody_listens(target: &SshTarget, socket: &Path) -> Failure {
    let sentence = format!("Connection refused: nobody listens at {} on {}.", socket.display(), target.host);
    Failure::new(FailureKind::Refused, sentence)
        .with_hint("Is the engine running there? Try `systemctl start docker` on that machine.")
}
