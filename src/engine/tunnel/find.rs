//! Looks for the engine's socket on a host, by one command over ssh.

use super::{SshTarget, arguments, sentence};
use crate::domain::{Failure, FailureKind};
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use tokio::process::Command;
use tokio::time::timeout;

const DEADLINE: Duration = Duration::from_secs(20);

/// Where engines listen, in the words of the shell over there; `+` before those that this user may open.
const USUAL: &str = r#""${DOCKER_HOST#unix://}" /var/run/docker.sock "${XDG_RUNTIME_DIR:-/none}/docker.sock" \
"/run/user/$(id -u)/docker.sock" /run/podman/podman.sock "${XDG_RUNTIME_DIR:-/none}/podman/podman.sock" \
"/run/user/$(id -u)/podman/podman.sock""#;

/// A socket that this user may open, other than `tried` if there is one; fails with what is wrong with those that there are.
pub async fn socket(target: &SshTarget, tried: &Path, control: Option<&Path>) -> Result<PathBuf, Failure> {
    let places = match &target.socket {
        Some(path) => shell_words::quote(&path.to_string_lossy()).into_owned(),
        None => USUAL.to_owned(),
    };
    let script = format!(
        "for socket in {places}; do\n[ -S \"$socket\" ] || continue\n\
         if [ -r \"$socket\" ] && [ -w \"$socket\" ]; then echo \"+$socket\"; else echo \"-$socket\"; fi\ndone\n"
    );
    let output = match timeout(DEADLINE, run(target, &script, control)).await {
        Ok(output) => output.map_err(|error| sentence::not_started(target, &error))?,
        Err(_) => return Err(sentence::slow(target, DEADLINE)),
    };
    if !output.status.success() {
        let told: Vec<String> = String::from_utf8_lossy(&output.stderr).lines().map(str::to_owned).collect();
        return Err(sentence::failure(target, &told));
    }
    choose(target, tried, &String::from_utf8_lossy(&output.stdout))
}

/// By way of the input, whatever shell the user has over there.
async fn run(target: &SshTarget, script: &str, control: Option<&Path>) -> std::io::Result<Output> {
    let mut command = Command::new(&target.program);
    command.args(arguments::remote(target, "sh -s", control));
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true).process_group(0);
    let mut child = command.spawn()?;
    if let Some(mut input) = child.stdin.take() {
        // One that has ended already says why on its error output.
        let _ = input.write_all(script.as_bytes()).await;
    }
    child.wait_with_output().await
}

fn choose(target: &SshTarget, tried: &Path, listed: &str) -> Result<PathBuf, Failure> {
    // The usual place is often a link to another name of the same: `/var/run` to `/run`.
    let open = |line: &str| line.strip_prefix('+').map(PathBuf::from);
    if let Some(found) = listed.lines().filter_map(open).find(|path| path != tried) {
        return Ok(found);
    }
    if listed.lines().filter_map(open).next().is_some() {
        return Ok(tried.to_owned());
    }
    match listed.lines().find_map(|line| line.strip_prefix('-')) {
        Some(closed) => Err(sentence::closed_socket(target, closed)),
        None => {
            let place = target.socket.as_ref().map_or_else(String::new, |path| format!(" at {}", path.display()));
            Err(Failure::new(FailureKind::Missing, format!("{} has no engine's socket{place}.", target.host))
                .with_hint("Is Docker or Podman running there? Another place is written ssh://host/path/to.sock."))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(listed: &str) -> Result<PathBuf, FailureKind> {
        let target = SshTarget::of(&"ssh://far".parse().unwrap()).unwrap();
        choose(&target, Path::new("/var/run/docker.sock"), listed).map_err(|failure| failure.kind)
    }

    #[test]
    fn the_first_open_one_that_was_not_tried_is_taken() {
        assert_eq!(chosen("+/var/run/docker.sock\n+/run/user/7/docker.sock\n"), Ok("/run/user/7/docker.sock".into()));
        assert_eq!(chosen("-/var/run/docker.sock\n+/p.sock\n"), Ok("/p.sock".into()));
        assert_eq!(chosen("+/var/run/docker.sock\n"), Ok("/var/run/docker.sock".into()));
        assert_eq!(chosen("-/var/run/docker.sock\n"), Err(FailureKind::PermissionDenied));
        assert_eq!(chosen(""), Err(FailureKind::Missing));
    }
}
