//! The words that `ssh` is called with.

use super::SshTarget;
use std::ffi::OsString;
use std::path::Path;

/// Forwards `local` to the engine's socket `remote`.
pub fn forward(target: &SshTarget, local: &Path, remote: &Path, interactive: bool) -> Vec<OsString> {
    let mut forwarding = OsString::from(local);
    forwarding.push(":");
    forwarding.push(remote);
    let mut words: Vec<OsString> = ["-N", "-o", "ExitOnForwardFailure=yes", "-o", "StreamLocalBindUnlink=yes"]
        .map(OsString::from)
        .into_iter()
        .chain(common(interactive))
        .collect();
    words.extend(["-L".into(), forwarding]);
    words.extend(place(target));
    words
}

/// Runs `command` over there.
pub fn remote(target: &SshTarget, command: &str, interactive: bool) -> Vec<OsString> {
    let mut words = common(interactive);
    words.extend(place(target));
    words.push(command.into());
    words
}

/// What a user runs to be asked what ssh wants to ask.
pub fn by_hand(target: &SshTarget) -> Vec<OsString> {
    let mut words = place(target);
    words.push("true".into());
    words
}

/// What every call has: no terminal over there, nobody else's connection, nothing forwarded but what we ask for, and an
/// end within seconds when the line is dead. Everything else is for the user's own configuration to say; checks of host
/// keys are never touched.
fn common(interactive: bool) -> Vec<OsString> {
    // INFO: at a lower level ssh keeps to itself why it could not forward.
    const OPTIONS: [&str; 8] = [
        "ControlMaster=no",
        "ControlPath=none",
        "RemoteCommand=none",
        "PermitLocalCommand=no",
        "LogLevel=INFO",
        "ConnectTimeout=10",
        "ServerAliveInterval=3",
        "ServerAliveCountMax=2",
    ];
    let batch = (!interactive).then_some("BatchMode=yes");
    let mut words: Vec<OsString> = ["-T", "-a", "-x"].map(OsString::from).to_vec();
    for option in OPTIONS.into_iter().chain(batch) {
        words.extend(["-o".into(), option.into()]);
    }
    words
}

fn place(target: &SshTarget) -> Vec<OsString> {
    let mut words = Vec::new();
    if let Some(port) = target.port {
        words.extend(["-p".into(), port.to_string().into()]);
    }
    if let Some(user) = &target.user {
        words.extend(["-l".into(), user.into()]);
    }
    words.extend(["--".into(), OsString::from(&target.host)]);
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Endpoint;
    use crate::engine::tunnel::interactive_command;

    fn target(address: &str) -> SshTarget {
        SshTarget::of(&address.parse::<Endpoint>().unwrap()).unwrap()
    }

    #[test]
    fn one_forwarding_and_nothing_shared() {
        let words = forward(&target("ssh://me@far:2222"), Path::new("/l"), Path::new("/r"), false);
        let line = words.join(std::ffi::OsStr::new(" ")).into_string().unwrap();
        for part in ["-N", "-T", "ControlMaster=no", "ControlPath=none", "ExitOnForwardFailure=yes", "BatchMode=yes"] {
            assert!(line.contains(part), "{part}: {line}");
        }
        assert!(line.ends_with("-L /l:/r -p 2222 -l me -- far"), "{line}");
        assert!(!line.contains("StrictHostKeyChecking"), "the check of host keys is the user's");
    }

    #[test]
    fn who_may_be_asked_is_asked() {
        let words = forward(&target("ssh://far"), Path::new("/l"), Path::new("/r"), true);
        assert!(!words.contains(&"BatchMode=yes".into()));
        let (program, words) = interactive_command(&"ssh://me@far:1".parse().unwrap()).unwrap();
        assert_eq!(program, "ssh");
        assert_eq!(words, ["-p", "1", "-l", "me", "--", "far", "true"]);
        assert_eq!(interactive_command(&Endpoint::Demo), None);
    }
}
