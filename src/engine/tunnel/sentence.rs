//! Says in words why ssh, or what it runs over there, could not do it.

use super::SshTarget;
use crate::domain::{Failure, FailureKind};
use std::io;
use std::path::Path;
use std::time::Duration;

/// The failure that the lines ssh has said tell of.
pub fn failure(target: &SshTarget, told: &[String]) -> Failure {
    let host = &target.host;
    let text = told.join("\n");
    let line = |sign: &str| told.iter().rev().find(|line| line.contains(sign)).map(String::as_str);
    let by_hand = format!("Log in once in a terminal: `{}`.", by_hand(target));
    if text.contains("IDENTIFICATION HAS CHANGED") {
        return Failure::new(FailureKind::Untrusted, format!("The host key of {host} is not the one known so far."))
            .with_hint(format!(
                "If the machine was set up anew, forget the old key with `ssh-keygen -R {host}` and log in once in a \
                 terminal; if not, somebody may be listening in."
            ));
    }
    if text.contains("Host key verification failed") || text.contains("host key is known for") {
        return Failure::new(FailureKind::NeedsLogin, format!("The host key of {host} is not known yet."))
            .with_hint(format!("{by_hand} It shows the key's fingerprint to compare."));
    }
    if let Some(words) = line("Permission denied (").or(line("Too many authentication failures")) {
        return Failure::new(FailureKind::NeedsLogin, format!("{host} did not let us in: {}.", end_of(words)))
            .with_hint(format!("Is the key in the agent (`ssh-add`), and is the user right? {by_hand}"));
    }
    if text.contains("Could not resolve hostname") {
        return Failure::new(FailureKind::Missing, format!("There is no host called {host} in the network."))
            .with_hint("Is the name right, and the network or VPN up? ssh's aliases are in ~/.ssh/config.");
    }
    if text.contains("Connection refused") {
        return Failure::new(FailureKind::Refused, format!("Connection refused: no ssh server listens on {host}."))
            .with_hint("Is the port right? It is written ssh://host:2222.");
    }
    if text.contains("timed out") || text.contains("Timeout, server") {
        return Failure::new(FailureKind::TimedOut, format!("{host} did not answer ssh in time."))
            .with_hint("Is the machine up, and the network or VPN?");
    }
    if let Some(words) = line("No route to host").or(line("Network is unreachable")) {
        return Failure::new(FailureKind::Missing, format!("{host} cannot be reached: {}.", end_of(words)));
    }
    if let Some(words) = line("Bad configuration option").or(line("Bad owner or permissions")) {
        return Failure::new(FailureKind::LocalFile, format!("ssh does not accept its configuration: {words}."));
    }
    if let Some(words) = line("orwarding").or(line("already in use")) {
        return Failure::new(FailureKind::Lost, format!("ssh could not set up its forwardings: {words}."))
            .with_hint("A LocalForward or RemoteForward for this host in ~/.ssh/config may be in use already.");
    }
    if let Some(words) = line("Connection closed by").or(line("kex_exchange")).or(line("Connection reset by")) {
        return Failure::new(FailureKind::Lost, format!("{host} closed the ssh connection before the login: {words}."))
            .with_hint("Too many logins at once (MaxStartups), or this machine is not let in.");
    }
    let words = told.iter().rev().find(|line| !line.is_empty()).map_or("it gave no reason", String::as_str);
    Failure::new(FailureKind::Lost, format!("ssh to {host} ended: {}.", words.trim_end_matches('.')))
}

/// The failure of a `docker system dial-stdio` over there.
pub fn stdio(target: &SshTarget, engine: Option<&Path>, told: &[String]) -> Failure {
    let host = &target.host;
    let text = told.join("\n");
    let socket = engine.map_or("/var/run/docker.sock".into(), Path::to_string_lossy);
    if text.contains("not found") || text.contains("unknown command") {
        return Failure::new(
            FailureKind::Missing,
            format!("Nobody can be reached at {socket} on {host}, and there is no `docker` command to go another way."),
        )
        .with_hint(
            "Is the engine running there? Where sshd_config says AllowStreamLocalForwarding no, the docker client must \
             be installed.",
        );
    }
    if text.contains("ermission denied while trying to connect") {
        return closed_socket(target, &socket);
    }
    if text.contains("Cannot connect to the Docker daemon") || text.contains("connection refused") {
        return Failure::new(
            FailureKind::Refused,
            format!("Connection refused: nobody listens at {socket} on {host}."),
        )
        .with_hint("Is the engine running there? Try `systemctl start docker` on that machine.");
    }
    failure(target, told)
}

/// The engine is there, and this user may not speak to it.
pub fn closed_socket(target: &SshTarget, socket: &str) -> Failure {
    let who = target.user.as_deref().unwrap_or("the user");
    Failure::new(
        FailureKind::PermissionDenied,
        format!("Permission denied: {who} may not open {socket} on {}.", target.host),
    )
    .with_hint("Add the user to the `docker` group there (`sudo usermod -aG docker NAME`), or use a rootless engine.")
}

pub fn slow(target: &SshTarget, waited: Duration) -> Failure {
    Failure::new(
        FailureKind::TimedOut,
        format!("ssh did not get through to {} within {} s.", target.host, waited.as_secs()),
    )
    .with_hint(format!("Try it in a terminal: `{}`.", by_hand(target)))
}

pub fn not_started(target: &SshTarget, error: &io::Error) -> Failure {
    let program = target.program.display();
    Failure::new(FailureKind::Missing, format!("The program `{program}` cannot be started: {error}."))
        .with_hint("Install the OpenSSH client.")
}

fn by_hand(target: &SshTarget) -> String {
    let words = super::arguments::by_hand(target);
    let words = words.iter().map(|word| word.to_string_lossy());
    shell_words::join(std::iter::once(target.program.to_string_lossy()).chain(words))
}

/// `me@far: Permission denied (publickey).` without who and the stop.
fn end_of(line: &str) -> &str {
    line.rsplit(": ").next().unwrap_or(line).trim_end_matches('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Failure {
        let target = SshTarget::of(&"ssh://me@far".parse().unwrap()).unwrap();
        failure(&target, &text.lines().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn each_failure_of_ssh_has_a_sentence_of_its_own() {
        for (text, kind, sentence) in [
            (
                "No ED25519 host key is known for far and you have requested strict checking.\n\
                 Host key verification failed.",
                FailureKind::NeedsLogin,
                "The host key of far is not known yet.",
            ),
            (
                "@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\nHost key verification failed.",
                FailureKind::Untrusted,
                "The host key of far is not the one known so far.",
            ),
            (
                "me@far: Permission denied (publickey,password).",
                FailureKind::NeedsLogin,
                "far did not let us in: Permission denied (publickey,password).",
            ),
            (
                "ssh: Could not resolve hostname far: Name or service not known",
                FailureKind::Missing,
                "There is no host called far in the network.",
            ),
            (
                "ssh: connect to host far port 22: Connection refused",
                FailureKind::Refused,
                "Connection refused: no ssh server listens on far.",
            ),
            (
                "ssh: connect to host far port 22: Connection timed out",
                FailureKind::TimedOut,
                "far did not answer ssh in time.",
            ),
            ("", FailureKind::Lost, "ssh to far ended: it gave no reason."),
            ("a banner\nodd end.\n", FailureKind::Lost, "ssh to far ended: odd end."),
        ] {
            let failure = told(text);
            assert_eq!((failure.kind, failure.sentence.as_str()), (kind, sentence));
        }
        assert!(told("me@far: Permission denied (publickey).").hint.unwrap().ends_with("`ssh -l me -- far true`."));
    }
}
