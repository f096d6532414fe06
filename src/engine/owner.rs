//! Which program made a thing on an engine, so that another one knows when nobody looks after it any more.

use std::fs;

/// This process, told from every other one of this machine and of others: `boot namespace user process start`.
///
/// The boot and the namespace say where the numbers hold. `None` where the system does not tell (it has no `/proc`).
pub fn this_process() -> Option<String> {
    let process = std::process::id();
    Some(format!("{} {} {process} {}", here()?, user()?, started(process)?))
}

/// Whether a process told by [`this_process`] has ended for sure. One of another machine, of another user (whose processes
/// may be hidden) or of a time before the machine was started anew may live.
pub fn has_ended(owner: &str) -> bool {
    let words: Vec<&str> = owner.split(' ').collect();
    let [boot, namespace, user, process, start] = words.as_slice() else { return false };
    let Some(known) = this_process() else { return false };
    let (Ok(process), Ok(start)) = (process.parse(), start.parse()) else { return false };
    known.starts_with(&format!("{boot} {namespace} {user} ")) && started(process) != Some(start)
}

fn here() -> Option<String> {
    let boot = fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
    let namespace = fs::read_link("/proc/self/ns/pid").ok()?;
    Some(format!("{} {}", boot.trim(), namespace.display()))
}

fn user() -> Option<u32> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("Uid:"))?.split_whitespace().next()?.parse().ok()
}

/// When a process began, in ticks since the machine did. `None`: there is none, or it has ended and is still listed.
fn started(process: u32) -> Option<u64> {
    let told = fs::read(format!("/proc/{process}/stat")).ok()?;
    // The name in front may hold anything, parentheses and spaces too.
    let (_, after) = std::str::from_utf8(&told).ok()?.rsplit_once(") ")?;
    let mut words = after.split(' ');
    let has_ended = words.next().is_some_and(|state| matches!(state, "Z" | "X"));
    words.nth(18)?.parse().ok().filter(|_| !has_ended)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::{Command, Stdio};

    #[test]
    #[cfg(target_os = "linux")]
    fn an_owner_has_ended_when_its_process_has() {
        let own = this_process().unwrap();
        assert!(!has_ended(&own));
        let place = own.split(' ').take(3).collect::<Vec<_>>().join(" ");
        let mut child = Command::new("cat").stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        let (id, start) = (child.id(), started(child.id()).unwrap());
        let other = format!("{place} {id} {start}");
        assert!(!has_ended(&other));
        assert!(has_ended(&format!("{place} {id} {}", start + 1)), "another process has its number now");
        drop(child.stdin.take());
        child.wait().unwrap();
        assert!(has_ended(&other));
        let far = other.replacen(|letter: char| letter.is_ascii_digit(), "x", 1);
        for unknown in ["", "1", &far, &format!("{place} x y")] {
            assert!(!has_ended(unknown), "{unknown}");
        }
    }
}
