//! Forms in a terminal on real engines: created, pulled, limited, renamed, refused; the docker client says what came of it.

use super::stage::{Stage, filter, on_engines};
use crate::live::registry::pushed;
use crate::support::engines::registry;
use serde_json::json;

on_engines!(created_by_the_form, a_missing_image_is_pulled_first, pulled_by_the_form, renamed, limits);

fn created_by_the_form(stage: &Stage) {
    let (name, label) = (stage.live.name("made"), stage.live.label());
    let mut terminal = stage.open_all();
    terminal.keys("c");
    terminal.wait_for("Create container");
    // Image, name, command, ports, variables; then on to labels, host name, mounts, restart policy, memory.
    terminal.keys(&format!("busybox:latest\t{name}\tsh -c 'sleep 1000'\t18080:80/tcp\tWORDS=one two"));
    terminal.wait_for("18080:80");
    terminal.keys(&format!("\t\t\t{label}\t\tinside\t\t\t/tmp:/host:ro\ton-failure:3\t\t64m"));
    terminal.wait_for("--memory 64m");
    terminal.keys("\x13");
    terminal.wait_without("Create container");
    terminal.wait_for(&format!("╭ {name} ─ Logs"));
    terminal.wait_for("● up");
    let truth = stage.live.truth(&name);
    assert_eq!(truth["State"]["Running"], true);
    assert_eq!(truth["Config"]["Cmd"], json!(["sh", "-c", "sleep 1000"]));
    assert!(truth["Config"]["Env"].as_array().expect("variables").contains(&json!("WORDS=one two")), "{truth}");
    assert_eq!(truth["Config"]["Hostname"], "inside");
    assert_eq!(truth["HostConfig"]["PortBindings"]["80/tcp"][0]["HostPort"], "18080");
    assert_eq!(truth["HostConfig"]["RestartPolicy"], json!({ "Name": "on-failure", "MaximumRetryCount": 3 }));
    assert_eq!(truth["HostConfig"]["Memory"], 64 << 20);
    assert_eq!((&truth["Mounts"][0]["Destination"], &truth["Mounts"][0]["RW"]), (&json!("/host"), &json!(false)));

    // The name is taken now: the engine's words, and all that was typed.
    terminal.keys("c");
    terminal.wait_for("Create container");
    terminal.keys(&format!("busybox:latest\t{name}\tsleep 77\x13"));
    terminal.wait_for("is already in");
    terminal.wait_for("sleep 77");
    terminal.keys("\x03");
    assert_eq!(terminal.ended(), 0);
}

fn a_missing_image_is_pulled_first(stage: &Stage) {
    let (name, label) = (stage.live.name("first"), stage.live.label());
    let pushed = pushed(&stage.live, "offered");
    let reference = &*pushed.reference;
    let mut terminal = stage.open_all();
    terminal.keys("c");
    terminal.wait_for("Create container");
    terminal.keys(&format!("{reference}\t{name}\tsleep 1000\t\t\t\t\t{label}"));
    terminal.wait_for(&format!("--name {name}"));
    terminal.keys("\x13");
    terminal.wait_for("pull and create");
    terminal.keys("\r");
    terminal.wait_for(&format!("╭ {name} ─ Logs"));
    terminal.wait_for("● up");
    assert!(stage.live.truth(&name)["Config"]["Image"].as_str().expect("its image").ends_with(reference));
    terminal.keys("\x03");
    assert_eq!(terminal.ended(), 0);
}

fn pulled_by_the_form(stage: &Stage) {
    let pushed = pushed(&stage.live, "typed");
    let reference = &*pushed.reference;
    let mut terminal = stage.open_all();
    terminal.keys("2");
    terminal.wait_for("REPOSITORY");
    filter(&mut terminal, &stage.live.name("typed"));
    terminal.keys("p");
    terminal.wait_for("Pull image");
    // There is no such tag, and no such registry either.
    let other = format!("{}/{}:none", registry(), stage.live.name("typed"));
    terminal.keys(&format!("{other}\r"));
    terminal.wait_for("manifest");
    terminal.wait_for("Pull image");
    terminal.wait_for(&other);
    terminal.keys(&format!("\x15{reference}\r"));
    terminal.wait_for(&format!("Pulled {reference}"));
    terminal.wait("the image in the list", |screen| {
        screen.contents().lines().any(|line| line.contains("▸") && line.contains("typed") && line.contains(" 1 "))
    });
    stage.live.truth(reference);
    terminal.keys("\x03");
    assert_eq!(terminal.ended(), 0);
}

fn renamed(stage: &Stage) {
    let container = stage.idle("named");
    let mut terminal = stage.open(&container);
    terminal.keys("n");
    terminal.wait_for(&format!("Rename {}", container.name));
    terminal.keys("\x15bad/name");
    terminal.wait_for("✗ A name cannot hold “/”");
    terminal.keys(&format!("\x15{}-2\r", container.name));
    terminal.wait_for(&format!("╭ {}-2 ─ Logs", container.name));
    assert_eq!(
        stage.live.truth(container.id.as_str())["Name"].as_str().map(|name| name.trim_start_matches('/')),
        Some(format!("{}-2", container.name).as_str())
    );
    terminal.keys("\x03");
    assert_eq!(terminal.ended(), 0);
}

fn limits(stage: &Stage) {
    let container = stage.idle("limited");
    let mut terminal = stage.open(&container);
    terminal.keys("u");
    terminal.wait_for(&format!("Update limits of {}", container.name));
    terminal.keys("\x1596m\t\x150.5\t\x15always\x13");
    if stage.live.is_podman() {
        // 4.3 has no such call; the form stays with what was typed.
        terminal.wait_for("✗");
        terminal.wait_for("96m");
        terminal.wait_for("Update limits");
    } else {
        terminal.wait_for(&format!("Updated {}", container.name));
        let host = stage.live.truth(&container.name)["HostConfig"].take();
        assert_eq!((&host["Memory"], &host["NanoCpus"]), (&json!(96 << 20), &json!(500_000_000)), "{host}");
        assert_eq!(host["RestartPolicy"]["Name"], "always");
    }
    terminal.keys("\x03");
    assert_eq!(terminal.ended(), 0);
}
