//! A connection through `docker system dial-stdio` on the host: for hosts that refuse to forward sockets.
//!
//! Each is a login of its own, so there are few of them at once, one login after the other, and the pool keeps one open.

use super::{SshTarget, arguments, sentence};
use crate::domain::{Failure, FailureKind};
use std::io;
use std::path::Path;
use std::pin::Pin;
use std::process::Stdio;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// How many connections there may be at once: the events, an open log, and a few questions.
pub const SESSIONS: usize = 5;
/// How long to wait for one of them to become free.
const TURN: Duration = Duration::from_secs(10);
const LOGIN: Duration = Duration::from_secs(20);
/// The head of a `/_ping` is smaller by far.
const LONGEST_HEAD: usize = 16 << 10;

/// What the host is spared.
#[derive(Debug)]
pub struct Budget {
    pub sessions: Arc<Semaphore>,
    /// One at a time: sshd drops those who come together (MaxStartups).
    pub logins: Semaphore,
}

/// One such connection; dropping it ends its process.
#[derive(Debug)]
pub struct StdioSocket {
    /// `None` once nothing more will be written: the other side is told by the end of its input.
    input: Option<ChildStdin>,
    output: ChildStdout,
    _child: Child,
    _session: OwnedSemaphorePermit,
}

/// Logs in and waits until the engine over there has said something.
///
/// `control`: where a login listens that carries it, so that no other is needed.
pub async fn open(
    target: &SshTarget,
    engine: Option<&Path>,
    control: Option<&Path>,
    budget: &Budget,
) -> Result<StdioSocket, Failure> {
    let busy = || {
        let sentence = format!("All {SESSIONS} connections that {} is asked to carry are in use.", target.host);
        Failure::new(FailureKind::TimedOut, sentence).with_hint(
            "It refuses to forward sockets; AllowStreamLocalForwarding yes in its sshd_config lifts the limit.",
        )
    };
    let session = timeout(TURN, budget.sessions.clone().acquire_owned()).await;
    let session = session.map_err(|_| busy())?.map_err(|_| busy())?;
    let _login = timeout(LOGIN, budget.logins.acquire()).await.map_err(|_| busy())?.map_err(|_| busy())?;
    let mut child = start(target, engine, control).map_err(|error| sentence::not_started(target, &error))?;
    let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(sentence::stdio(target, engine, &[]));
    };
    let mut errors = child.stderr.take();
    let mut socket = StdioSocket { input: Some(input), output, _child: child, _session: session };
    match timeout(LOGIN, greet(&mut socket)).await {
        Ok(Ok(())) => {
            if let Some(errors) = errors {
                tokio::spawn(drain(errors));
            }
            Ok(socket)
        }
        Ok(Err(_)) => {
            let mut told = Vec::new();
            if let Some(errors) = &mut errors {
                let _ = timeout(Duration::from_secs(1), errors.read_to_end(&mut told)).await;
            }
            let told: Vec<String> = String::from_utf8_lossy(&told).lines().map(str::to_owned).collect();
            Err(sentence::stdio(target, engine, &told))
        }
        Err(_) => Err(sentence::slow(target, LOGIN)),
    }
}

fn start(target: &SshTarget, engine: Option<&Path>, control: Option<&Path>) -> io::Result<Child> {
    let command = match engine {
        Some(socket) => {
            let address = format!("unix://{}", socket.display());
            format!("docker --host {} system dial-stdio", shell_words::quote(&address))
        }
        None => "docker system dial-stdio".to_owned(),
    };
    let mut ssh = Command::new(&target.program);
    ssh.args(arguments::remote(target, &command, control)).process_group(0).kill_on_drop(true);
    ssh.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    ssh.spawn()
}

/// Asks something that has no body, and reads to the end of the answer: what comes next is for the caller.
async fn greet(socket: &mut StdioSocket) -> io::Result<()> {
    socket.write_all(b"HEAD /_ping HTTP/1.1\r\nHost: docker\r\n\r\n").await?;
    socket.flush().await?;
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        if head.len() > LONGEST_HEAD {
            return Err(io::ErrorKind::InvalidData.into());
        }
        head.push(socket.read_u8().await?);
    }
    Ok(())
}

/// Takes what is said so that nobody waits for it to be read.
async fn drain(mut errors: tokio::process::ChildStderr) {
    let _ = tokio::io::copy(&mut errors, &mut tokio::io::sink()).await;
}

impl AsyncRead for StdioSocket {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.output).poll_read(cx, buffer)
    }
}

impl AsyncWrite for StdioSocket {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        match &mut self.input {
            Some(input) => Pin::new(input).poll_write(cx, bytes),
            None => Poll::Ready(Err(io::ErrorKind::BrokenPipe.into())),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.input.as_mut().map_or(Poll::Ready(Ok(())), |input| Pin::new(input).poll_flush(cx))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.input = None;
        Poll::Ready(Ok(()))
    }
}
