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
    /// The host refuses to forward to the socket, which is this one where it is known. A login that the user made carries
    /// what goes another way.
    Unforwarded {
        engine: Option<PathBuf>,
        login: Option<Box<Line>>,
    },
}

impl Actor {
    async fn run(mut self, mut asked: mpsc::UnboundedReceiver<Ask>) {
        while let Some(ask) = asked.recv().await {
            let (interactive, mut reply) = match ask {
                Ask::Way { interactive, reply } => (interactive, reply),
                Ask::Forget(way) => {
                    self.forget(&way);
                    continue;
                }
            };
            let way = tokio::select! {
                way = self.way(interactive) => way,
                // Who asked to log in has given it up: ssh must not go on asking.
                () = reply.closed(), if interactive => continue,
            };
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

    /// Unless there is another one already, or a login that nobody but the user can make again.
    fn forget(&mut self, way: &Way) {
        let carries = match &mut self.state {
            State::Unforwarded { login: Some(login), .. } => login.is_alive(),
            State::Down | State::Up(_) | State::Unforwarded { login: None, .. } => false,
        };
        if !carries && self.known().as_ref() == Some(way) {
            self.state = State::Down;
        }
    }

    fn known(&self) -> Option<Way> {
        match &self.state {
            State::Up(line) => Some(Way::Forwarded(line.socket())),
            State::Unforwarded { engine, login } => {
                Some(Way::Stdio { engine: engine.clone(), control: login.as_ref().map(|login| login.control()) })
            }
            State::Down => None,
        }
    }

    async fn way(&mut self, interactive: bool) -> Result<Way, Failure> {
        let line = match &mut self.state {
            State::Up(line) => Some(line),
            State::Unforwarded { login, .. } => login.as_mut(),
            State::Down => None,
        };
        if line.is_some_and(|line| !line.is_alive()) {
            self.state = State::Down;
        }
        match self.known() {
            Some(way) => Ok(way),
            None => {
                self.state = match interactive {
                    true => connect_by_hand(&self.target).await?,
                    false => connect(&self.target).await?,
                };
                self.known().ok_or_else(|| Failure::new(FailureKind::Lost, "ssh ended at once."))
            }
        }
    }
}

/// One login as a rule: only where the engine is not at the usual place, another one looks for it first.
async fn connect(target: &SshTarget) -> Result<State, Failure> {
    let first = target.socket.clone().unwrap_or_else(|| PathBuf::from(USUAL));
    match Line::open(target, &first).await? {
        (line, Probe::Answered) => Ok(State::Up(Box::new(line))),
        (_, Probe::Prohibited) => Ok(State::Unforwarded { engine: target.socket.clone(), login: None }),
        (line, Probe::Closed) => {
            drop(line);
            elsewhere(target, &first).await
        }
    }
}

/// The host did not say why it closed the connection: for OpenSSH a socket that is not there and a forwarding that it does
/// not allow (`AllowStreamLocalForwarding no`) are the same.
async fn elsewhere(target: &SshTarget, tried: &Path) -> Result<State, Failure> {
    let socket = find::socket(target, tried, None).await?;
    if socket != tried
        && let (line, Probe::Answered) = Line::open(target, &socket).await?
    {
        return Ok(State::Up(Box::new(line)));
    }
    // It is there, and this user may open it. If it is the engine that is missing, the other way will tell.
    Ok(State::Unforwarded { engine: Some(socket), login: None })
}

/// The same with one login, whatever it takes: the user is asked once.
async fn connect_by_hand(target: &SshTarget) -> Result<State, Failure> {
    let first = target.socket.clone().unwrap_or_else(|| PathBuf::from(USUAL));
    let (mut line, probe) = Line::open_by_hand(target, &first).await?;
    if probe == Probe::Answered {
        return Ok(State::Up(Box::new(line)));
    }
    let socket = find::socket(target, &first, Some(&line.control())).await?;
    if socket != first && line.redirect(target, &socket).await? == Probe::Answered {
        return Ok(State::Up(Box::new(line)));
    }
    Ok(State::Unforwarded { engine: Some(socket), login: Some(Box::new(line)) })
}
