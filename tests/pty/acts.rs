//! Acts in a terminal on real engines, several containers at once too; the docker client says what came of them.

use super::stage::{Stage, is_back, on_engines};

on_engines!(restart_pause_kill, waited_for, a_command_as_another_user, copied, several_at_once);

fn restart_pause_kill(stage: &Stage) {
    let container = stage.idle("acted");
    let name = &*container.name;
    let mut terminal = stage.open(&container);
    let before = stage.live.truth(name)["State"]["StartedAt"].clone();
    terminal.keys("r");
    // Podman would give a container made over this API no time at all.
    let patience = if stage.live.is_podman() { "--time 10 " } else { "" };
    terminal.wait_for(&format!("docker restart {patience}{name}"));
    terminal.keys("\t\r");
    terminal.wait_for(&format!("Restarted {name}"));
    assert_ne!(stage.live.truth(name)["State"]["StartedAt"], before);
    terminal.wait_for("● up");
    terminal.keys("p");
    terminal.wait_for(&format!("Paused {name}"));
    assert_eq!(stage.live.state(name), "paused");
    terminal.wait_for("‖ paused");
    terminal.keys("p");
    terminal.wait_for(&format!("Unpaused {name}"));
    terminal.wait_for("● up");
    // Its shell has to be as far again as to hear it.
    stage.runtime.block_on(stage.live.logs_until_again(&container.id, "up", 2));
    terminal.keys("K");
    terminal.wait_for(&format!("Send a signal to {name}"));
    terminal.keys("\x15TERM\x13");
    terminal.wait_for(&format!("docker kill --signal SIGTERM {name}"));
    terminal.keys("\t\r");
    terminal.wait_for("○ exited (7)");
    stage.until(&container, "exited");
    terminal.keys("\x03");
    assert_eq!(terminal.ended(), 0);
}

fn waited_for(stage: &Stage) {
    let container = stage.idle("awaited");
    let mut terminal = stage.open(&container);
    terminal.keys(":wait\r");
    terminal.wait_for("Waiting");
    stage.live.docker(&["kill", &container.name]);
    terminal.wait_for(&format!("{} ended with exit code 137", container.name));
    terminal.keys("\x03");
    assert_eq!(terminal.ended(), 0);
}

fn a_command_as_another_user(stage: &Stage) {
    let container = stage.idle("exec");
    let mut terminal = stage.open(&container);
    terminal.keys("X");
    terminal.wait_for(&format!("Run a command in {}", container.name));
    terminal.keys("\x15sh -c 'id -u; pwd; echo is-$WORD; read -r line'\t65534\t/tmp\tWORD=seen\x13");
    terminal.wait_for("is-seen");
    let shown = terminal.contents();
    assert!(shown.contains("\n65534\n/tmp\nis-seen") || shown.starts_with("65534\n/tmp\nis-seen"), "{shown}");
    terminal.keys("\r");
    is_back(&mut terminal, &container);
    // A folder that is not there: the engine's own words.
    terminal.keys("X");
    terminal.wait_for("Run a command in");
    // The form is as it was left, with the last field in focus.
    terminal.wait_for("WORD=seen");
    terminal.keys("\x1b[Z\x1b[Z\x1b[Z\x15true\t\t\x15/nowhere\x13");
    terminal.wait("how it ended", |screen| {
        let shown = screen.contents();
        screen.alternate_screen() && ["exit code 12", "no such file"].iter().any(|words| shown.contains(words))
    });
    terminal.keys("\x03");
    assert_eq!(terminal.ended(), 0);
}

fn copied(stage: &Stage) {
    let container = stage.idle("copied");
    let mut terminal = stage.open(&container);
    for (key, wanted) in [("i", container.id.to_string()), ("n", container.name.to_string())] {
        terminal.keys("y");
        terminal.wait_for(&format!("Copy of {}", container.name));
        terminal.keys(key);
        terminal.wait_for_copy(|text| text == wanted);
    }
    terminal.keys("y");
    terminal.wait_for("Copy of");
    terminal.keys("r");
    let line = terminal.wait_for_copy(|text| text.starts_with("docker run "));
    assert!(line.contains(&format!("--name {}", container.name)), "{line}");
    // The line makes another container like it.
    let line = line.replace(&*container.name, &stage.live.name("again"));
    let words = shell_words::split(&line).expect("a shell line");
    let words: Vec<&str> = words.iter().skip(1).map(String::as_str).collect();
    stage.live.docker(&words);
    assert_eq!(stage.live.state(&stage.live.name("again")), "running");
    terminal.keys("\x03");
    assert_eq!(terminal.ended(), 0);
}

fn several_at_once(stage: &Stage) {
    let containers = ["one", "two", "three"].map(|suffix| stage.idle(suffix));
    let mut terminal = stage.open_all();
    terminal.wait_for("Containers 3");
    terminal.keys("*s");
    terminal.wait_for("Stop 3 containers");
    terminal.keys("\t\r");
    terminal.wait_for("Stopped 3 containers");
    containers.iter().for_each(|container| stage.until(container, "exited"));
    // One of them is gone by then: its own outcome, and the others'.
    terminal.keys("*D");
    terminal.wait_for("[ Cancel ]");
    stage.live.docker(&["rm", "-f", &containers[1].name]);
    terminal.keys("\t\r");
    containers.iter().for_each(|container| stage.until_gone(container));
    terminal.wait("no row", |screen| !screen.contents().contains("○ exited"));
    terminal.keys("\x03");
    assert_eq!(terminal.ended(), 0);
}
