//! The words that `ssh` is called with.

use super::SshTarget;
use std::ffi::OsString;
use std::path::Path;

/// Forwards `local` to the engine's socket `remote`.
pub fn forward(target: &SshTarget, local: &Path, remote: &Path) -> Vec<OsString> {
    forwarding(target, local, remote, Asking::Never)
}

/// Whether ssh may ask the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asking {
    Never,
    InTheTerminal,
}

fn forwarding(target: &SshTarget, local: &Path, remote: &Path, asking: Asking) -> Vec<OsString> {
    let mut ends = OsString::from(local);
    ends.push(":");
    ends.push(remote);
    let mut words: Vec<OsString> = ["-N", "-o", "ExitOnForwardFailure=yes", "-o", "StreamLocalBindUnlink=yes"]
        .map(OsString::from)
        .into_iter()
        .chain(common(asking))
        .collect();
    words.extend(["-L".into(), ends]);
    words.extend(place(target));
    words
}

/// As [`forward`], where the user may be asked: the process goes to the background once it is logged in, out of reach of
/// what is typed from then on, and listens at `control` for what more is wanted of its login.
pub fn forward_by_hand(target: &SshTarget, local: &Path, remote: &Path, control: &Path) -> Vec<OsString> {
    let mut words: Vec<OsString> =
        ["-f", "-o", "ControlMaster=yes", "-o", "ControlPersist=no"].map(OsString::from).into();
    words.extend(over(control));
    words.extend(forwarding(target, local, remote, Asking::InTheTerminal));
    words
}

/// Tells or asks the process that listens at `control`.
pub fn command(target: &SshTarget, control: &Path, words: &[OsString]) -> Vec<OsString> {
    let mut all: Vec<OsString> = over(control).into();
    all.push("-O".into());
    all.extend_from_slice(words);
    all.extend(place(target));
    all
}

fn over(control: &Path) -> [OsString; 2] {
    let mut option = OsString::from("ControlPath=");
    option.push(control);
    ["-o".into(), option]
}

/// Runs `command` over there, by the login that listens at `control` if there is one.
pub fn remote(target: &SshTarget, command: &str, control: Option<&Path>) -> Vec<OsString> {
    // Of an option that is given twice the first one counts.
    let mut words: Vec<OsString> = control.map(over).into_iter().flatten().collect();
    words.extend(common(Asking::Never));
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
fn common(asking: Asking) -> Vec<OsString> {
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
    let batch = (asking == Asking::Never).then_some("BatchMode=yes");
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
        let words = forward(&target("ssh://me@far:2222"), Path::new("/l"), Path::new("/r"));
        let line = words.join(std::ffi::OsStr::new(" ")).into_string().unwrap();
        for part in ["-N", "-T", "ControlMaster=no", "ControlPath=none", "ExitOnForwardFailure=yes", "BatchMode=yes"] {
            assert!(line.contains(part), "{part}: {line}");
        }
        assert!(line.ends_with("-L /l:/r -p 2222 -l me -- far"), "{line}");
        assert!(!line.contains("StrictHostKeyChecking"), "the check of host keys is the user's");
    }

    #[test]
    fn who_may_be_asked_is_asked() {
        let words = forward_by_hand(&target("ssh://far"), Path::new("/l"), Path::new("/r"), Path::new("/c"));
        assert!(!words.contains(&"BatchMode=yes".into()));
        let first = |option: &str| words.iter().find(|word| word.to_string_lossy().starts_with(option)).cloned();
        assert_eq!(first("ControlPath="), Some("ControlPath=/c".into()), "of two the first one counts");
        assert_eq!(first("ControlMaster="), Some("ControlMaster=yes".into()));
        let words = remote(&target("ssh://far"), "true", Some(Path::new("/c")));
        assert_eq!(words[1], "ControlPath=/c");
        let (program, words) = interactive_command(&"ssh://me@far:1".parse().unwrap()).unwrap();
        assert_eq!(program, "ssh");
        assert_eq!(words, ["-p", "1", "-l", "me", "--", "far", "true"]);
        assert_eq!(interactive_command(&Endpoint::Demo), None);
    }
}
