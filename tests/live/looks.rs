//! What is looked at: processes, changed files, resource use, everything an engine knows of a container.

use crate::support::engines::{Live, PATIENCE, on_engines};
use dockerui_tui::domain::{ChangeKind, ContainerId, FailureKind, Processes, StatsSample, Usage};
use std::time::Duration;

on_engines!(top, top_with_arguments, changes, inspect, usage_of_a_busy_container, usage_of_one_that_does_not_run);

fn column(processes: &Processes, title: &str) -> Vec<String> {
    let at = processes.titles.iter().position(|one| &**one == title);
    let at = at.unwrap_or_else(|| panic!("no {title} in {:?}", processes.titles));
    processes.rows.iter().map(|row| row[at].to_string()).collect()
}

/// The title of the column that holds the command line.
fn command_title(live: &Live) -> &'static str {
    if live.is_podman_4() { "COMMAND" } else { "CMD" }
}

async fn top(live: Live) {
    let target = live.script("top", "sleep 1111 & sleep 2222 & echo up; wait").await;
    live.logs_until(&target.id, "up").await;
    let processes = live.engine.top(&target.id, "").await.expect("top");
    let commands = column(&processes, command_title(&live));
    assert_eq!(processes.rows.len(), 3, "{processes:?}");
    for command in ["sleep 1111", "sleep 2222"] {
        assert!(commands.iter().any(|one| one.contains(command)), "{command} in {processes:?}");
    }
    assert!(column(&processes, "PID").iter().all(|pid| pid.parse::<u32>().is_ok()), "{processes:?}");
    live.docker(&["stop", "-t", "0", &target.name]);
    let failure = live.engine.top(&target.id, "").await.expect_err("it does not run");
    // Podman 4.3 says 200 and nothing more.
    let kind = match (live.is_podman(), live.is_podman_4()) {
        (_, true) => FailureKind::Malformed,
        (true, false) => FailureKind::Engine,
        (false, _) => FailureKind::Conflict,
    };
    assert_eq!(failure.kind, kind, "{failure}");
}

async fn top_with_arguments(live: Live) {
    let target = live.script("ps", "sleep 1111 & echo up; wait").await;
    live.logs_until(&target.id, "up").await;
    let processes = live.engine.top(&target.id, "-eo pid,ppid,rss,args").await.expect("top");
    let titles: Vec<&str> = processes.titles.iter().map(|title| &**title).collect();
    assert_eq!(titles, ["PID", "PPID", "RSS", "COMMAND"]);
    assert!(processes.rows.iter().all(|row| row.len() == 4), "{processes:?}");
    // Docker picks this container's out of the host's processes, Podman 4.3 runs ps inside, which busybox's is.
    assert!(column(&processes, "COMMAND").contains(&"sleep 1111".to_owned()), "{processes:?}");
}

async fn changes(live: Live) {
    let target =
        live.script("changes", "echo x > /new; echo y >> /etc/passwd; rm /etc/group; echo up; sleep 1000").await;
    live.logs_until(&target.id, "up").await;
    let changes = live.engine.changes(&target.id).await.expect("changes");
    let mut told: Vec<String> = changes.iter().map(|one| format!("{} {}", one.kind.letter(), one.path)).collect();
    told.sort();
    for line in ["A /new", "C /etc/passwd", "D /etc/group"] {
        assert!(told.contains(&line.to_owned()), "{line} in {told:?}");
    }
    let truth = live.docker(&["diff", &target.name]);
    let mut truth: Vec<&str> = truth.lines().collect();
    truth.sort_unstable();
    assert_eq!(told, truth);

    let untouched = live.create(live.spec("untouched", &["sleep", "1000"])).await;
    let changes = live.engine.changes(&untouched.id).await.expect("changes");
    assert!(changes.iter().all(|one| one.kind != ChangeKind::Deleted), "{changes:?}");
}

async fn inspect(live: Live) {
    let target = live.idle("inspected").await;
    let told = live.engine.inspect_container(&target.id).await.expect("inspect");
    let truth = live.truth(&target.name);
    for key in ["/Id", "/Config/Cmd", "/State/Pid", "/HostConfig/RestartPolicy", "/Config/Labels"] {
        assert_eq!(told.pointer(key), truth.pointer(key), "{key}");
    }
    // By its name as well, as a person would.
    let by_name = live.engine.inspect_container(&ContainerId::new(&*target.name)).await.expect("inspect");
    assert_eq!(by_name["Id"], told["Id"]);
}

/// Two samples of which the later one was read later by the engine's clock.
async fn two_samples(live: &Live, id: &ContainerId) -> (StatsSample, StatsSample) {
    let sample = || async { live.engine.stats_once(id).await.expect("stats").expect("a sample") };
    let first = sample().await;
    let later = async {
        loop {
            tokio::time::sleep(Duration::from_millis(250)).await;
            let next = sample().await;
            if next.read_at - first.read_at > 500_000_000 {
                return next;
            }
        }
    };
    (first, tokio::time::timeout(PATIENCE, later).await.expect("a later sample"))
}

async fn usage_of_a_busy_container(live: Live) {
    let mut spec = live.spec("busy", &["sh", "-c", "echo up; while :; do :; done"]);
    spec.limits.memory = Some(128 << 20);
    spec.limits.nano_cpus = Some(500_000_000);
    let target = live.create(spec).await;
    live.logs_until(&target.id, "up").await;
    let (before, after) = two_samples(&live, &target.id).await;
    let usage = Usage::between(&before, &after).expect("time passed");
    // Half a core in the long run; the kernel hands out the quota in slices, so that a short while may see one whole core,
    // which is the most that a single loop can use. On a machine under load it is far less.
    assert!((1.0..=105.0).contains(&usage.cpu_percent), "{usage:?}");
    assert_eq!(usage.memory_limit, 128 << 20);
    assert!((10_000..64 << 20).contains(&usage.memory), "{usage:?}");
    assert!(usage.pids >= 1 && usage.online_cpus >= 1, "{usage:?}");
    let percent = usage.memory_percent().expect("a limit");
    assert!((0.0..50.0).contains(&percent), "{percent}");
}

async fn usage_of_one_that_does_not_run(live: Live) {
    let target = live.script("over", "exit 0").await;
    live.until(&target.id, |row| !row.state.is_up()).await;
    assert_eq!(live.engine.stats_once(&target.id).await, Ok(None));
}
