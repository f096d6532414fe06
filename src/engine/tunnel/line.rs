//! One running `ssh` that forwards our socket to the engine's.

use super::folder::Folder;
use super::{SshTarget, arguments, sentence};
use crate::domain::{Failure, FailureKind};
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::UnixStream;
use tokio::process::{Child, ChildStderr, ChildStdin, Command};
use tokio::sync::mpsc;
use tokio::time::{sleep, timeout};

/// Several hosts may lie on the way, each with a login of its own.
const LOGIN: Duration = Duration::from_secs(20);
/// Passwords and fingerprints are read and typed by people.
const LOGIN_BY_HAND: Duration = Duration::from_secs(600);
/// How long an engine may take to say anything at all through a new line.
const PROBE: Duration = Duration::from_secs(10);
/// Between looking whether ssh has made its socket.
const LOOK: Duration = Duration::from_millis(20);
/// What ssh says beside closing a connection comes at about the same time.
const WORDS: Duration = Duration::from_millis(500);
/// Lines of ssh that are kept until somebody wants to know why it ended.
const KEPT_LINES: usize = 64;

/// Runs the words behind it as a child and ends that child when our end of its input closes: after a `kill -9` of this
/// program nobody else would. Its own input it hands to nobody.
const SUPERVISE: &str = r#"exec 3<&0
"$@" </dev/null 3<&- &
child=$!
{ read -r _ <&3; kill "$child"; } >/dev/null 2>&1 &
exec 3<&-
wait "$child""#;

#[derive(Debug)]
pub struct Line {
    child: Child,
    /// Closing it ends ssh. Apart from the child, which would close it when it is waited for.
    _leash: Option<ChildStdin>,
    folder: Folder,
    told: mpsc::Receiver<String>,
}

/// What became of the first connection through a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Probe {
    /// An engine (or a proxy before it) said something.
    Answered,
    /// The host does not allow this kind of forwarding.
    Prohibited,
    /// The host closed it: no socket there, no engine behind it, or no right to open it.
    Closed,
}

impl Line {
    /// Logs in, and sees whether an engine answers at `remote`.
    pub async fn open(target: &SshTarget, remote: &Path, interactive: bool) -> Result<(Self, Probe), Failure> {
        let folder = Folder::new().map_err(|error| {
            Failure::new(FailureKind::LocalFile, format!("No private folder can be made for ssh: {error}."))
        })?;
        let words = arguments::forward(target, &folder.socket(), remote, interactive);
        let mut child =
            supervised(target, words, interactive).map_err(|error| sentence::not_started(target, &error))?;
        let (tell, told) = mpsc::channel(KEPT_LINES);
        if let Some(stderr) = child.stderr.take() {
            tokio::spawn(listen(stderr, tell));
        }
        let mut line = Self { _leash: child.stdin.take(), child, folder, told };
        let deadline = if interactive { LOGIN_BY_HAND } else { LOGIN };
        let stream = match timeout(deadline, line.up()).await {
            Ok(Ok(stream)) => stream,
            Ok(Err(())) => return Err(sentence::failure(target, &line.last_words().await)),
            Err(_) => return Err(sentence::slow(target, deadline)),
        };
        let probe = if answers(stream).await { Probe::Answered } else { line.why_closed().await };
        Ok((line, probe))
    }

    pub fn socket(&self) -> PathBuf {
        self.folder.socket()
    }

    /// Whether the process still runs.
    pub fn is_alive(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// The first connection, as soon as ssh accepts one: it makes its socket when the login is done.
    async fn up(&mut self) -> Result<UnixStream, ()> {
        loop {
            if let Ok(stream) = UnixStream::connect(self.folder.socket()).await {
                return Ok(stream);
            }
            tokio::select! {
                _ = self.child.wait() => return Err(()),
                () = sleep(LOOK) => {}
            }
        }
    }

    /// All that an ended ssh has said.
    async fn last_words(&mut self) -> Vec<String> {
        let mut lines = Vec::new();
        let reading = async {
            while let Some(line) = self.told.recv().await {
                lines.push(line);
            }
        };
        let _ = timeout(WORDS, reading).await;
        lines
    }

    async fn why_closed(&mut self) -> Probe {
        let reading = async {
            while let Some(line) = self.told.recv().await {
                if line.contains("open failed: administratively prohibited") {
                    return Probe::Prohibited;
                }
                if line.contains("open failed:") {
                    break;
                }
            }
            Probe::Closed
        };
        timeout(WORDS, reading).await.unwrap_or(Probe::Closed)
    }
}

/// Starts `ssh` with somebody who ends it when this program ends in whatever way.
fn supervised(target: &SshTarget, words: Vec<OsString>, interactive: bool) -> io::Result<Child> {
    let mut command = Command::new("sh");
    command.args(["-c", SUPERVISE, "sh"]).arg(&target.program).args(words);
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).kill_on_drop(true);
    if !interactive {
        // Ctrl-c of a shell that was given the terminal is none of its business. Who asks must stay in the foreground.
        command.process_group(0);
    }
    command.spawn()
}

/// Takes what ssh says so that it never has to wait; hands on what there is room for.
async fn listen(stderr: ChildStderr, tell: mpsc::Sender<String>) {
    let mut lines = BufReader::new(stderr).split(b'\n');
    while let Ok(Some(line)) = lines.next_segment().await {
        let line = String::from_utf8_lossy(&line).trim().to_owned();
        tracing::debug!("ssh: {line}");
        let _ = tell.try_send(line);
    }
}

/// Whether anything comes back. `HEAD` has no body that would be left behind.
async fn answers(mut stream: UnixStream) -> bool {
    let asking = async {
        stream.write_all(b"HEAD /_ping HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n\r\n").await?;
        stream.read(&mut [0; 1]).await
    };
    matches!(timeout(PROBE, asking).await, Ok(Ok(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_child_ends_when_nobody_holds_its_supervisor() {
        let mut target = SshTarget::of(&"ssh://far".parse().unwrap()).unwrap();
        target.program = "sleep".into();
        let mut child = supervised(&target, vec!["1000".into()], false).unwrap();
        assert!(matches!(child.try_wait(), Ok(None)));
        // As the kernel does it for a program that was killed.
        drop(child.stdin.take());
        assert!(!child.wait().await.unwrap().success());
    }

    #[tokio::test]
    async fn a_child_that_ends_is_told_of() {
        let mut target = SshTarget::of(&"ssh://far".parse().unwrap()).unwrap();
        target.program = "false".into();
        let failure = Line::open(&target, Path::new("/x"), false).await.unwrap_err();
        assert_eq!(failure.sentence, "ssh to far ended: it gave no reason.");
        target.program = "/nowhere/ssh".into();
        let failure = Line::open(&target, Path::new("/x"), false).await.unwrap_err();
        assert_eq!(failure.kind, FailureKind::Lost);
    }
}
