//! A login that the user made: ssh asked in the terminal, then went to the background.
//!
//! It must be in the foreground to ask, where Ctrl-c is for it; once it is logged in it must not be, or the next Ctrl-c
//! would be for it as well. `ssh -f` does both. What it is called from then on it tells over its control socket.

use super::{SshTarget, arguments};
use crate::domain::{Failure, FailureKind};
use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;
use tokio::process::{Child, ChildStdin, Command};
use tokio::time::timeout;

/// The process is on this machine.
const ANSWER: Duration = Duration::from_secs(5);

/// Ends the process of that id when our end of its input closes, also when this program is killed.
const WATCH: &str = r#"read -r _; kill "$1""#;

/// A process in the background; dropping this ends it.
#[derive(Debug)]
pub struct Background {
    id: i32,
    _leash: Option<ChildStdin>,
}

impl Background {
    /// Takes charge of the process that listens at `control`.
    pub async fn find(target: &SshTarget, control: &Path) -> Result<Self, Failure> {
        let told = ask(target, control, &["check".into()]).await?;
        let id = told.split("pid=").nth(1).and_then(|rest| rest.split(')').next()).and_then(|id| id.parse().ok());
        let id = id.ok_or_else(|| lost(target, "it does not tell its process"))?;
        let watcher = watch(id).map_err(|error| lost(target, &error.to_string()))?;
        Ok(Self { id, _leash: watcher })
    }

    pub fn is_alive(&self) -> bool {
        use rustix::process::{Pid, test_kill_process};
        Pid::from_raw(self.id).is_some_and(|id| test_kill_process(id).is_ok())
    }
}

/// Has the process forward one more socket.
pub async fn forward(target: &SshTarget, control: &Path, local: &Path, remote: &Path) -> Result<(), Failure> {
    let mut forwarding = OsString::from(local);
    forwarding.push(":");
    forwarding.push(remote);
    ask(target, control, &["forward".into(), "-L".into(), forwarding]).await.map(drop)
}

/// What the process answers, which ssh says on its error output.
async fn ask(target: &SshTarget, control: &Path, words: &[OsString]) -> Result<String, Failure> {
    let mut command = Command::new(&target.program);
    command.args(arguments::command(target, control, words)).stdin(Stdio::null()).kill_on_drop(true);
    let output = timeout(ANSWER, command.output()).await.map_err(|_| lost(target, "it does not answer"))?;
    let output = output.map_err(|error| lost(target, &error.to_string()))?;
    let told = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    if output.status.success() { Ok(told) } else { Err(lost(target, &told)) }
}

fn lost(target: &SshTarget, why: &str) -> Failure {
    Failure::new(
        FailureKind::Lost,
        format!("The ssh connection to {} ended: {}.", target.host, why.trim_end_matches('.')),
    )
}

/// Outlives this program by a moment; nobody waits for it.
fn watch(id: i32) -> io::Result<Option<ChildStdin>> {
    let mut command = Command::new("sh");
    command.args(["-c", WATCH, "sh"]).arg(id.to_string());
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
    let mut watcher: Child = command.spawn()?;
    Ok(watcher.stdin.take())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_process_ends_with_its_leash() {
        let mut sleeper = Command::new("sleep").arg("1000").kill_on_drop(true).spawn().unwrap();
        let id = i32::try_from(sleeper.id().unwrap()).unwrap();
        let background = Background { id, _leash: watch(id).unwrap() };
        assert!(background.is_alive());
        drop(background);
        assert!(!sleeper.wait().await.unwrap().success());
    }
}
