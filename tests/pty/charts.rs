//! The charts of the Stats tab on real engines: what happens to a container is marked, what is too much is told, and any moment
//! is read.

use super::stage::{Stage, on_engines};
use crate::support::engines::IMAGE;
use crate::support::terminal::Terminal;

on_engines!(
    running_out_of_memory_and_a_restart_are_marked,
    health_is_marked,
    too_much_is_told_and_the_overview_reads_it
);

/// A container of that script on the Stats tab, with its first figures.
fn charted(stage: &Stage, suffix: &str, options: &[&str], script: &str) -> (String, Terminal) {
    let (name, label) = (stage.live.name(suffix), stage.live.label());
    let run = ["run", "--detach", "--name", &name, "--label", &label];
    stage.live.docker(&[&run, options, &[IMAGE, "sh", "-c", script]].concat());
    let mut terminal = stage.open_all();
    terminal.wait_for(&format!("╭ {name} ─ Logs"));
    terminal.keys("m");
    terminal.wait_for("▸CPU");
    terminal.wait_for(" core");
    (name, terminal)
}

/// Points at the first such sign, a row above the axis on which it stands.
fn point_at(terminal: &mut Terminal, sign: &str) {
    terminal.wait(sign, |screen| place_of(screen, sign).is_some());
    let (column, row) = place_of(terminal.screen(), sign).expect("the sign");
    terminal.keys(&format!("\x1b[<35;{};{}M", column + 1, row));
}

/// Where a sign stands on an axis of time.
fn place_of(screen: &vt100::Screen, sign: &str) -> Option<(u16, u16)> {
    let (rows, columns) = screen.size();
    let cell = |row, column| screen.cell(row, column).map(vt100::Cell::contents).unwrap_or_default();
    let is_axis = |row| (0..columns.get()).any(|column| cell(row, column) == "└");
    let places =
        (0..rows.get()).filter(|row| is_axis(*row)).flat_map(|row| (0..columns.get()).map(move |column| (column, row)));
    let mut places = places.filter(|(column, row)| cell(*row, *column) == sign);
    places.next()
}

fn quit(mut terminal: Terminal) {
    terminal.keys("\x03");
    assert_eq!(terminal.ended(), 0);
}

fn running_out_of_memory_and_a_restart_are_marked(stage: &Stage) {
    let script = "while [ ! -e /eat ]; do sleep 0.2; done; rm /eat; x=a; while :; do x=$x$x; done";
    let (name, mut terminal) = charted(stage, "eater", &["--memory", "32m"], script);
    terminal.wait_for("of 32 MiB");
    stage.live.docker(&["exec", &name, "touch", "/eat"]);
    terminal.wait_for("it does not run any more");
    // Podman 4.3 does not know it itself.
    let (sign, words) =
        if stage.live.is_podman_4() { ("▼", "exited (137)") } else { ("✗", "out of memory, killed") };
    point_at(&mut terminal, sign);
    terminal.wait_for(words);
    // What was before stays beside what comes after the next start.
    stage.live.docker(&["start", &name]);
    point_at(&mut terminal, "▲");
    terminal.wait_for("▲ started");
    quit(terminal);
}

fn health_is_marked(stage: &Stage) {
    // Podman asks for the health by timers of systemd, which is not everywhere.
    if stage.live.is_podman() {
        return;
    }
    let check = ["--health-cmd", "test ! -e /sick", "--health-interval", "1s", "--health-retries", "1"];
    let (name, mut terminal) = charted(stage, "patient", &check, "sleep 1000");
    stage.live.docker(&["exec", &name, "touch", "/sick"]);
    point_at(&mut terminal, "!");
    terminal.wait_for("! unhealthy");
    stage.live.docker(&["exec", &name, "rm", "/sick"]);
    point_at(&mut terminal, "✓");
    terminal.wait_for("✓ healthy");
    quit(terminal);
}

fn too_much_is_told_and_the_overview_reads_it(stage: &Stage) {
    let options = ["--memory", "32m", "--shm-size", "64m"];
    let (name, mut terminal) = charted(stage, "full", &options, "sleep 1000");
    terminal.wait_for("of 32 MiB");
    stage.live.docker(&["exec", &name, "sh", "-c", "head -c 31000000 /dev/zero > /dev/shm/full"]);
    terminal.wait_for("of its limit");
    terminal.wait_for("warning");
    terminal.keys("o");
    terminal.wait_for("Overview of");
    terminal.keys(&"\x1b[D".repeat(3));
    terminal.wait_for(" · -");
    terminal.keys("\x1b");
    terminal.wait_without(" · -");
    terminal.keys("q");
    terminal.wait_without("Overview of");
    quit(terminal);
}
