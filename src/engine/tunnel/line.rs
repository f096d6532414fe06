//! One running `ssh` that forwards our socket to the engine's.

use super::by_hand::{self, Background};
use super::folder::Folder;
use super::{SshTarget, arguments, sentence};
use crate::domain::text::clean;
use crate::domain::{Failure, FailureKind};
use std::ffi::OsString;
use std::io::{self, Write};
use std::os::unix::process::ExitStatusExt;
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
/// The signal of Ctrl-c.
const INTERRUPT: i32 = 2;
/// Between looking whether ssh has made its socket.
const LOOK: Duration = Duration::from_millis(20);
/// What ssh says beside closing a connection comes at about the same time.
const WORDS: Duration = Duration::from_millis(500);
/// Lines of ssh that are kept until somebody wants to know why it ended.
const KEPT_LINES: usize = 64;

/// What ssh says reaches the terminal by way of us, and so after the question that it asks next, which it writes there
/// itself: it goes to a new line above the one with the cursor, which then stands where it was. The vertical tab makes room
/// for that at the foot of the screen; it is a line feed that the terminal's driver leaves alone.
const ABOVE: &str = "\x0b\x1b[A\x1b7\r\x1b[L";
const BACK: &str = "\x1b8\x1b[B";

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
    process: Process,
    folder: Folder,
    /// Ours, in the folder.
    socket: PathBuf,
    told: mpsc::Receiver<String>,
}

#[derive(Debug)]
enum Process {
    /// Closing the leash ends ssh. It lies apart from the child, which would close it when it is waited for.
    Supervised {
        child: Child,
        _leash: Option<ChildStdin>,
    },
    ByHand(Background),
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
    pub async fn open(target: &SshTarget, remote: &Path) -> Result<(Self, Probe), Failure> {
        let folder = folder()?;
        let socket = folder.socket();
        let words = arguments::forward(target, &socket, remote);
        let mut child = supervised(target, words).map_err(|error| sentence::not_started(target, &error))?;
        let mut told = listened(&mut child, Echo::None);
        let leash = child.stdin.take();
        let stream = match timeout(LOGIN, up(&mut child, &socket)).await {
            Ok(Ok(stream)) => stream,
            Ok(Err(())) => return Err(sentence::failure(target, &last_words(&mut told).await)),
            Err(_) => return Err(sentence::slow(target, LOGIN)),
        };
        let process = Process::Supervised { child, _leash: leash };
        let mut line = Self { process, folder, socket, told };
        let probe = if answers(stream).await { Probe::Answered } else { line.why_closed().await };
        Ok((line, probe))
    }

    /// As [`Self::open`], while ssh has the terminal and asks there what it has to ask.
    pub async fn open_by_hand(target: &SshTarget, remote: &Path) -> Result<(Self, Probe), Failure> {
        let folder = folder()?;
        let (socket, control) = (folder.socket(), folder.control());
        let words = arguments::forward_by_hand(target, &socket, remote, &control);
        let mut command = Command::new(&target.program);
        command.args(words).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut asking = Asking(command.spawn().map_err(|error| sentence::not_started(target, &error))?);
        let mut told = listened(&mut asking.0, Echo::Terminal);
        match timeout(LOGIN_BY_HAND, asking.0.wait()).await {
            // It is logged in, listens, and has gone to the background.
            Ok(Ok(status)) if status.success() => {}
            Ok(Ok(status)) if status.signal() == Some(INTERRUPT) => {
                return Err(Failure::new(FailureKind::Cancelled, "The login was given up."));
            }
            Ok(_) => return Err(sentence::failure(target, &last_words(&mut told).await)),
            Err(_) => return Err(sentence::slow(target, LOGIN_BY_HAND)),
        }
        let process = Process::ByHand(Background::find(target, &control).await?);
        let mut line = Self { process, folder, socket, told };
        let probe = line.probe().await;
        Ok((line, probe))
    }

    /// Goes to another socket over there from now on, by the login that there is; for a line that was opened by hand.
    pub async fn redirect(&mut self, target: &SshTarget, remote: &Path) -> Result<Probe, Failure> {
        let other = self.folder.other_socket();
        by_hand::forward(target, &self.control(), &other, remote).await?;
        self.socket = other;
        Ok(self.probe().await)
    }

    pub fn socket(&self) -> PathBuf {
        self.socket.clone()
    }

    /// Where a line that was opened by hand is told what more is wanted of it.
    pub fn control(&self) -> PathBuf {
        self.folder.control()
    }

    /// Whether the process still runs.
    pub fn is_alive(&mut self) -> bool {
        match &mut self.process {
            Process::Supervised { child, .. } => matches!(child.try_wait(), Ok(None)),
            Process::ByHand(background) => background.is_alive(),
        }
    }

    async fn probe(&mut self) -> Probe {
        let Ok(stream) = UnixStream::connect(&self.socket).await else { return Probe::Closed };
        if answers(stream).await { Probe::Answered } else { Probe::Closed }
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

fn folder() -> Result<Folder, Failure> {
    Folder::new().map_err(|error| {
        Failure::new(FailureKind::LocalFile, format!("No private folder can be made for ssh: {error}."))
    })
}

/// An ssh that may have switched off the terminal's echo: given up, it is told to end, and switches it on again.
struct Asking(Child);

impl Drop for Asking {
    fn drop(&mut self) {
        use rustix::process::{Pid, Signal, kill_process};
        // One that has ended has no id any more.
        let id = self.0.id().and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw);
        if let Some(id) = id {
            let _ = kill_process(id, Signal::TERM);
        }
    }
}

/// The first connection, as soon as ssh accepts one: it makes its socket when the login is done.
async fn up(child: &mut Child, socket: &Path) -> Result<UnixStream, ()> {
    loop {
        if let Ok(stream) = UnixStream::connect(socket).await {
            return Ok(stream);
        }
        tokio::select! {
            _ = child.wait() => return Err(()),
            () = sleep(LOOK) => {}
        }
    }
}

/// All that an ended ssh has said.
async fn last_words(told: &mut mpsc::Receiver<String>) -> Vec<String> {
    let mut lines = Vec::new();
    let reading = async {
        while let Some(line) = told.recv().await {
            lines.push(line);
        }
    };
    let _ = timeout(WORDS, reading).await;
    lines
}

/// Starts `ssh` with somebody who ends it when this program ends in whatever way.
fn supervised(target: &SshTarget, words: Vec<OsString>) -> io::Result<Child> {
    let mut command = Command::new("sh");
    command.args(["-c", SUPERVISE, "sh"]).arg(&target.program).args(words);
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).kill_on_drop(true);
    // Ctrl-c of a shell that was given the terminal is none of its business.
    command.process_group(0).spawn()
}

/// Who besides us hears what ssh says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Echo {
    None,
    /// The user, who is being asked: `Permission denied, please try again.`
    Terminal,
}

fn listened(child: &mut Child, echo: Echo) -> mpsc::Receiver<String> {
    let (tell, told) = mpsc::channel(KEPT_LINES);
    if let Some(stderr) = child.stderr.take() {
        tokio::spawn(listen(stderr, echo, tell));
    }
    told
}

/// Takes what ssh says so that it never has to wait; hands on what there is room for.
async fn listen(stderr: ChildStderr, echo: Echo, tell: mpsc::Sender<String>) {
    let mut lines = BufReader::new(stderr).split(b'\n');
    while let Ok(Some(line)) = lines.next_segment().await {
        let line = String::from_utf8_lossy(&line).trim().to_owned();
        if echo == Echo::Terminal {
            // The host may have written it: no byte of it may do more to the terminal than be read.
            let _ = write!(io::stderr(), "{ABOVE}{}{BACK}", clean(&line));
        }
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
        let mut child = supervised(&target, vec!["1000".into()]).unwrap();
        assert!(matches!(child.try_wait(), Ok(None)));
        // As the kernel does it for a program that was killed.
        drop(child.stdin.take());
        assert!(!child.wait().await.unwrap().success());
    }

    #[tokio::test]
    async fn a_child_that_ends_is_told_of() {
        let mut target = SshTarget::of(&"ssh://far".parse().unwrap()).unwrap();
        target.program = "false".into();
        let failure = Line::open(&target, Path::new("/x")).await.unwrap_err();
        assert_eq!(failure.sentence, "ssh to far ended: it gave no reason.");
        target.program = "/nowhere/ssh".into();
        let failure = Line::open(&target, Path::new("/x")).await.unwrap_err();
        assert_eq!(failure.kind, FailureKind::Lost);
    }
}
