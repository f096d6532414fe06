//! Two real engines at once: switched between while containers come and go on both.

use super::stage::{Stage, filter};
use crate::support::engines::{IMAGE, Live, Product, address, docker};
use crate::support::terminal::{Home, Terminal};

/// Containers made and removed by the docker client, and how many stay.
const ROUNDS: usize = 3;
const EACH: usize = 3;

/// Makes and removes containers; the last ones stay.
fn churn(stage: &Stage) -> std::thread::JoinHandle<()> {
    let (address, label, name) = (stage.live.address.clone(), stage.live.label(), stage.live.name("churn"));
    std::thread::spawn(move || {
        for round in 0..ROUNDS {
            let names: Vec<String> = (0..EACH).map(|number| format!("{name}-{round}-{number}")).collect();
            for name in &names {
                let words = ["run", "-d", "--name", name, "--label", &label, IMAGE, "sleep", "1000"];
                docker(&address, &words).expect("a container");
            }
            if round + 1 < ROUNDS {
                let mut words = vec!["rm", "-f"];
                words.extend(names.iter().map(String::as_str));
                docker(&address, &words).expect("its end");
            }
        }
    })
}

#[test]
fn switched_between_under_load() {
    let (Some(one), Some(other)) = (address(Product::Docker), address(Product::Podman)) else { return };
    let stages = [Stage::of(Live::new(Product::Docker, one)), Stage::of(Live::new(Product::Podman, other))];
    let [first, second] = &stages;
    let hosts = [("berth", first, first.idle("steady")), ("pod", second, second.idle("steady"))];
    let home = Home::new();
    let config = home.path().join("hosts.toml");
    let profile = |(name, stage, _): &(&str, &Stage, _)| {
        format!("[[hosts]]\nname = \"{name}\"\nurl = \"{}\"\n", stage.live.address)
    };
    std::fs::write(&config, hosts.iter().map(profile).collect::<String>()).expect("a config file");
    let mut terminal =
        Terminal::start_with(home, &["--config", config.to_str().expect("a plain path"), "-H", "berth"], &[]);
    first.is_on(&mut terminal);
    // Each has a filter and a selection of its own.
    for (name, stage, steady) in &hosts {
        terminal.keys(&format!(":host {name}\r"));
        stage.is_on(&mut terminal);
        filter(&mut terminal, &stage.live.prefix);
        terminal.wait_for(&format!("╭ {} ─ Logs", steady.name));
    }
    let loads = stages.each_ref().map(churn);
    let mut turns = 0;
    while turns < 8 || loads.iter().any(|load| !load.is_finished()) {
        let (name, stage, steady) = &hosts[turns % 2];
        terminal.keys(&format!(":host {name}\r"));
        terminal.wait_for(&format!("filter: {} ", stage.live.prefix));
        stage.is_on(&mut terminal);
        // The selection stays on its container, whatever comes and goes around it.
        terminal.wait_for(&format!("╭ {} ─ Logs", steady.name));
        assert!(!terminal.contents().contains("lost"), "{}", terminal.contents());
        turns += 1;
    }
    loads.into_iter().for_each(|load| load.join().expect("the load"));
    for (name, stage, steady) in &hosts {
        terminal.keys(&format!(":host {name}\r"));
        terminal.wait_for(&format!("filter: {} ", stage.live.prefix));
        terminal.wait_for(&format!("Containers {} ", EACH + 1));
        terminal.wait_for(&format!("╭ {} ─ Logs", steady.name));
    }
    // All of them in one view, and from there to one of them.
    terminal.keys("0");
    terminal.wait("both hosts", |screen| {
        let shown = screen.contents();
        ["berth ", "pod "].iter().all(|name| shown.lines().any(|line| line.starts_with('│') && line.contains(name)))
    });
    terminal.keys("/berth\r");
    terminal.wait_for("filter: berth");
    terminal.keys("\r");
    terminal.wait_for(&format!("filter: {} ", hosts[0].1.live.prefix));
    // What is done there is done there alone.
    let (_, stage, steady) = &hosts[0];
    terminal.keys("p");
    terminal.wait_for(&format!("Paused {}", steady.name));
    assert_eq!(stage.live.state(&steady.name), "paused");
    stage.live.docker(&["unpause", &steady.name]);
    terminal.keys("\x03");
    assert_eq!(terminal.ended(), 0);
}
