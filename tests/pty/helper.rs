//! A container without a shell on real engines: it is said so, and the shell of another image stands beside it.

use super::stage::{Stage, filter, on_engines, until};
use crate::support::terminal::{Home, Terminal};
use rustix::process::Signal;
use std::io::Write;
use std::process::{Command, Stdio};

on_engines!(a_helper_shell_beside_it, a_helper_goes_with_the_program_that_is_killed, read_only_has_no_helper);

/// A container whose image is one static program, which is no shell.
fn without_shell(stage: &Stage, suffix: &str) -> String {
    let name = format!("{}{suffix}", stage.live.prefix);
    let packed = Command::new("tar").args(["-C", "/bin", "--transform", "s/busybox/sleep/", "-c", "busybox"]).output();
    let bytes = packed.expect("tar").stdout;
    let mut import = Command::new("docker");
    import.args(["import", "-", &format!("{name}:latest")]).env("DOCKER_HOST", &stage.live.address);
    let mut child = import.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().expect("docker");
    child.stdin.take().expect("its input").write_all(&bytes).expect("the archive");
    assert!(child.wait().expect("docker import").success());
    let label = stage.live.label();
    stage.live.docker(&["run", "--detach", "--label", &label, "--name", &name, &name, "/sleep", "100000"]);
    name
}

/// The ids of the helpers beside a container that are in that state.
fn helpers(stage: &Stage, name: &str, state: &str) -> String {
    let id = stage.live.docker(&["inspect", "--format", "{{.Id}}", name]);
    let label = format!("label=dockerui.helper-of={}", id.trim());
    let status = format!("status={state}");
    stage.live.docker(&["ps", "--all", "--quiet", "--filter", &label, "--filter", &status])
}

fn open(stage: &Stage, name: &str, more: &[&str]) -> Terminal {
    let mut terminal = Terminal::start_with(Home::new(), &[&["-H", &stage.live.address], more].concat(), &[]);
    stage.is_on(&mut terminal);
    filter(&mut terminal, name);
    terminal.wait_for(&format!("╭ {name} ─ Logs"));
    terminal
}

/// A helper's shell, of the busybox image.
fn helper(stage: &Stage, name: &str) -> Terminal {
    let mut terminal = open(stage, name, &[]);
    terminal.keys("e");
    terminal.wait_for("There is no shell in this container.");
    terminal.keys("h");
    terminal.wait_for("Helper shell of which image?");
    terminal.wait_for("busybox");
    terminal.keys("\r");
    terminal.wait_for("its files are in /proc/1/root");
    terminal.wait_for("│/ # ");
    terminal
}

fn a_helper_shell_beside_it(stage: &Stage) {
    let name = without_shell(stage, "bare");
    let mut terminal = helper(stage, &name);
    terminal.keys("ps; ls /proc/1/root/sleep && echo seen-$((40+2))\r");
    terminal.wait_for("/sleep 100000");
    terminal.wait_for("seen-42");
    assert!(!helpers(stage, &name, "running").is_empty());
    // Its end takes it away.
    terminal.keys("exit 3\r");
    terminal.wait_for("ended, exit code 3");
    until("the helper to go", || {
        helpers(stage, &name, "running").is_empty() && helpers(stage, &name, "exited").is_empty()
    });
    assert_eq!(stage.live.state(&name), "running");
    // What is left is the session that found no shell.
    terminal.keys("\r");
    terminal.wait_without("exit code 3");
    terminal.keys("\r");
    terminal.wait_without("There is no shell");
    terminal.keys("\x03");
    assert_eq!(terminal.ended(), 0);
}

fn a_helper_goes_with_the_program_that_is_killed(stage: &Stage) {
    let name = without_shell(stage, "orphan");
    let terminal = helper(stage, &name);
    assert!(!helpers(stage, &name, "running").is_empty());
    terminal.signal(Signal::KILL);
    until("the end of the helper", || helpers(stage, &name, "running").is_empty());
    // A busy Podman does not always remove what has ended; the next helper does.
    if stage.live.is_podman() {
        for left in helpers(stage, &name, "exited").lines() {
            stage.live.docker(&["rm", "--force", left]);
        }
    } else {
        until("the helper to go", || helpers(stage, &name, "exited").is_empty());
    }
    assert_eq!(stage.live.state(&name), "running");
}

fn read_only_has_no_helper(stage: &Stage) {
    let container = stage.idle("kept");
    let mut terminal = open(stage, &container.name, &["--read-only"]);
    terminal.keys(":helper shell");
    terminal.wait_for("read-only");
    terminal.keys("\r");
    terminal.keys("\x1b");
    assert_eq!(helpers(stage, &container.name, "running"), "");
    terminal.keys("\x03");
    assert_eq!(terminal.ended(), 0);
}
