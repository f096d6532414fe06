//! The program in a terminal on real engines: a day's work with one container; the docker client says what came of it.

use super::stage::{Stage, is_back, on_engines};

on_engines!(look_stop_start_remove, a_shell_and_back, killed_in_a_shell, attach_and_leave, the_engines_own_words);

fn look_stop_start_remove(stage: &Stage) {
    let container = stage.idle("web");
    let mut terminal = stage.open(&container);
    terminal.wait_for("● up");
    terminal.wait("the log", |screen| screen.contents().lines().any(|line| line.starts_with("│up")));
    terminal.keys("s");
    terminal.wait("the command", |screen| {
        let shown = screen.contents();
        shown.contains("docker stop ") && shown.contains(&*container.name)
    });
    terminal.wait_for("[ Cancel ]");
    // Cancel has the focus.
    terminal.keys("\r");
    terminal.wait_without("[ Cancel ]");
    assert_eq!(stage.live.state(&container.name), "running");
    terminal.keys("s");
    terminal.wait_for("[ Cancel ]");
    terminal.keys("\t\r");
    terminal.wait_for(&format!("Stopped {}", container.name));
    stage.until(&container, "exited");
    terminal.wait_for("○ exited");
    terminal.keys("S");
    terminal.wait_for(&format!("Started {}", container.name));
    terminal.wait_for("● up");
    assert_eq!(stage.live.state(&container.name), "running");
    // What others do is seen without a key.
    stage.live.docker(&["pause", &container.name]);
    terminal.wait_for("paused");
    stage.live.docker(&["unpause", &container.name]);
    terminal.wait_for("● up");
    terminal.keys("D");
    terminal.wait_for("docker rm --force");
    terminal.keys("\t\r");
    terminal.wait_for(&format!("Removed {}", container.name));
    assert!(!stage.live.exists(&container.name));
    terminal.keys("\x03");
    assert_eq!(terminal.ended(), 0);
}

fn a_shell_and_back(stage: &Stage) {
    let container = stage.idle("shell");
    let mut terminal = stage.open(&container);
    terminal.keys("x");
    terminal.wait_for("# ");
    terminal.keys("echo hello-$((40+2))\r");
    terminal.wait_for("hello-42");
    terminal.keys("while [ \"$(stty size)\" != '40 120' ]; do sleep 0.1; done; echo sized-$((40+2))\r");
    terminal.wait_for("sized-42");
    terminal.resize(83, 27);
    terminal.keys("while [ \"$(stty size)\" != '27 83' ]; do sleep 0.1; done; echo resized-$((40+2))\r");
    terminal.wait_for("resized-42");
    terminal.keys("exit\r");
    is_back(&mut terminal, &container);
    // What is typed while the session is being opened is the shell's.
    terminal.keys("xecho ahead-$((40+2))\rexit 4\r");
    terminal.wait_for("exit code 4");
    is_back(&mut terminal, &container);
    assert_eq!(stage.live.state(&container.name), "running");
    terminal.keys("\x03");
    assert_eq!(terminal.ended(), 0);
    assert!(terminal.contents().contains("ahead-42"), "{}", terminal.contents());
}

fn killed_in_a_shell(stage: &Stage) {
    let container = stage.idle("killed");
    let mut terminal = stage.open(&container);
    terminal.keys("x");
    terminal.wait_for("# ");
    terminal.keys("echo here-$((40+2))\r");
    terminal.wait_for("here-42");
    stage.live.docker(&["kill", &container.name]);
    is_back(&mut terminal, &container);
    terminal.wait_for("○ exited (137)");
    terminal.keys("\x03");
    assert_eq!(terminal.ended(), 0);
}

fn attach_and_leave(stage: &Stage) {
    let mut spec = stage.live.spec("attached", &["sh"]);
    (spec.tty, spec.interactive) = (true, true);
    let container = stage.runtime.block_on(stage.live.create(spec));
    let mut terminal = stage.open(&container);
    terminal.keys("A");
    terminal.wait_for("Ctrl-]");
    terminal.keys("echo attached-$((40+2))\r");
    terminal.wait_for("attached-42");
    terminal.keys("\x1d");
    is_back(&mut terminal, &container);
    assert_eq!(stage.live.state(&container.name), "running");
    // And once more, to the end of it.
    terminal.keys("A");
    terminal.wait("the session's screen", |screen| !screen.alternate_screen());
    terminal.keys("exit 5\r");
    is_back(&mut terminal, &container);
    stage.until(&container, "exited");
    terminal.wait_for("○ exited (5)");
    terminal.keys("\x03");
    assert_eq!(terminal.ended(), 0);
}

/// A refusal is told in the engine's own words, and the list goes on.
fn the_engines_own_words(stage: &Stage) {
    let container = stage.idle("gone");
    let mut terminal = stage.open(&container);
    terminal.keys("D");
    terminal.wait_for("[ Cancel ]");
    // It vanishes under the dialog.
    stage.live.docker(&["rm", "-f", &container.name]);
    terminal.keys("\t\r");
    let words = if stage.live.is_podman() { "no container with name or ID" } else { "No such container" };
    terminal.wait_for(words);
    // It was the only one of this name, and may have been the only one at all.
    terminal
        .wait("an empty list", |screen| ["match", "There are no"].iter().any(|sign| screen.contents().contains(sign)));
    terminal.keys("\x03");
    assert_eq!(terminal.ended(), 0);
}
