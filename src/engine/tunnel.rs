//! Reaches an engine over ssh: one process of the system's `ssh` for each host carries all of its connections.
//!
//! The process forwards a socket in a private folder to the engine's socket over there. It is looked after by a task of
//! its own: a dial asks that task for the way, and a process that has ended is started anew by the next dial.

mod actor;
mod arguments;
mod by_hand;
mod find;
mod folder;
mod line;
mod sentence;
mod stdio;

pub use stdio::StdioSocket;

use super::socket::{Socket, Stream};
use crate::domain::{Endpoint, Failure, FailureKind};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use tokio::net::UnixStream;
use tokio::sync::{Semaphore, mpsc, oneshot};

/// What to call, and where it shall lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SshTarget {
    /// `ssh`, looked for in PATH.
    pub program: PathBuf,
    pub user: Option<String>,
    pub host: String,
    pub port: Option<u16>,
    /// The engine's socket over there; `None`: the first of the usual ones that is there.
    pub socket: Option<PathBuf>,
}

/// The way to one host. Clones share its process.
#[derive(Clone, Debug)]
pub struct Tunnel(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    target: SshTarget,
    /// The task that looks after the process, started by the first dial. It ends with the last clone.
    asks: OnceLock<mpsc::UnboundedSender<Ask>>,
    budget: stdio::Budget,
}

/// What a dial asks of the task.
#[derive(Debug)]
enum Ask {
    /// The way, by a login if need be; the user may be asked things when it is `interactive`.
    Way { interactive: bool, reply: oneshot::Sender<Result<Way, Failure>> },
    /// This way does not lead there any more.
    Forget(Way),
}

/// How a connection gets to the engine.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Way {
    /// By this socket of ours.
    Forwarded(PathBuf),
    /// The host allows no forwarding: by a `docker system dial-stdio` of its own, to this socket where it is known, over
    /// the login that listens at `control` if there is one.
    Stdio { engine: Option<PathBuf>, control: Option<PathBuf> },
}

impl SshTarget {
    /// The target of an `ssh://` endpoint; `None` for all others.
    pub fn of(endpoint: &Endpoint) -> Option<Self> {
        match endpoint {
            Endpoint::Ssh { user, host, port, socket } => Some(Self {
                program: "ssh".into(),
                user: user.clone(),
                host: host.clone(),
                port: *port,
                socket: socket.clone(),
            }),
            Endpoint::Unix(_) | Endpoint::Tcp { .. } | Endpoint::Tls { .. } | Endpoint::Demo => None,
        }
    }
}

/// What to run in a terminal to log in by hand once, program first: it asks whatever ssh has to ask (unknown host keys,
/// passphrases for the agent, passwords) and ends at once. `None` where no ssh is needed.
pub fn interactive_command(endpoint: &Endpoint) -> Option<(String, Vec<String>)> {
    let target = SshTarget::of(endpoint)?;
    let words = arguments::by_hand(&target).into_iter().map(|word| word.to_string_lossy().into_owned());
    Some((target.program.to_string_lossy().into_owned(), words.collect()))
}

impl Tunnel {
    /// Nothing is started yet.
    pub fn new(target: SshTarget) -> Self {
        let budget = stdio::Budget { sessions: Arc::new(Semaphore::new(stdio::SESSIONS)), logins: Semaphore::new(1) };
        Self(Arc::new(Shared { target, asks: OnceLock::new(), budget }))
    }

    pub fn host(&self) -> &str {
        &self.0.target.host
    }

    /// Opens one more connection to the engine.
    pub(super) async fn open(&self) -> Result<Socket, Failure> {
        let way = self.way(false).await?;
        match self.go(&way).await {
            Ok(socket) => Ok(socket),
            // The process has ended, and the task has not heard of it yet.
            Err(failure) if matches!(way, Way::Forwarded(_)) && failure.kind == FailureKind::Lost => {
                self.ask(Ask::Forget(way));
                self.go(&self.way(false).await?).await
            }
            Err(failure) => {
                self.ask(Ask::Forget(way));
                Err(failure)
            }
        }
    }

    async fn go(&self, way: &Way) -> Result<Socket, Failure> {
        match way {
            Way::Forwarded(socket) => {
                UnixStream::connect(socket).await.map(Stream::Unix).map(Socket::from).map_err(|error| {
                    Failure::new(FailureKind::Lost, format!("The ssh connection to {} ended: {error}.", self.host()))
                })
            }
            Way::Stdio { engine, control } => {
                let (engine, control) = (engine.as_deref(), control.as_deref());
                let opened = stdio::open(&self.0.target, engine, control, &self.0.budget).await;
                opened.map(|socket| Stream::Stdio(Box::new(socket)).into())
            }
        }
    }

    /// Logs in while the terminal is ssh's: the caller has left the screen, and ssh asks there whatever it has to ask.
    /// The login then carries the connections like any other. Dropping the wait ends that ssh.
    pub async fn login(&self) -> Result<(), Failure> {
        self.way(true).await.map(drop)
    }

    async fn way(&self, interactive: bool) -> Result<Way, Failure> {
        let (reply, answer) = oneshot::channel();
        self.ask(Ask::Way { interactive, reply });
        let ended = |_| Failure::new(FailureKind::Lost, "The part of the program that runs ssh has ended.");
        answer.await.map_err(ended)?
    }

    fn ask(&self, ask: Ask) {
        let asks = self.0.asks.get_or_init(|| actor::start(self.0.target.clone()));
        // When the task has ended its runtime has too, and nobody waits for the answer any more.
        let _ = asks.send(ask);
    }
}
