//! What happens without being asked for: crashes, restarts, health checks; and the dispatch of all that falls due.

use super::clock::SECOND;
use super::container::Phase;
use super::world::{Due, Key, World};
use super::{build, lifecycle, pull, streams};
use serde_json::Value;

/// Seconds between two health checks.
const PROBE_EVERY: i64 = 30;
/// The time to the first check after a start.
const FIRST_PROBE: i64 = 5;

/// Does what fell due.
pub fn happen(world: &mut World, due: Due) {
    match due {
        Due::Stopped { container, code, reply, then } => {
            // A client that left wants no answer; the act is done all the same. So below.
            let answer = lifecycle::stopped(world, container, code, then);
            drop(reply.send(answer));
        }
        Due::Restart { container, finished } => start_again(world, container, finished),
        Due::Probe { container, started } => probe(world, container, started),
        Due::Crash { container, started } => crash(world, container, started),
        Due::Follow(id) => streams::look(world, id),
        Due::Stats(id) => streams::sampled(world, id),
        Due::Pull(id) => pull::step(world, id),
        Due::Build(id) => build::step(world, id),
        Due::EventsEnd => {
            let now = world.now;
            world.events.expire(now);
        }
        Due::Stir => stir(world),
    }
}

/// Plans the life of a process that has just been started (or was found running at the beginning).
pub fn begin(world: &mut World, key: Key) {
    let (now, living) = (world.now, world.living);
    let Some(container) = world.containers.get(&key) else { return };
    let Some(started) = container.run.started else { return };
    let probes = container.run.health.is_some();
    let number = |label: &str| container.label(label).and_then(|text| text.parse::<u64>().ok());
    let crash_after = number("demo.crash-after");
    // A process that ends by itself, such as a migration run again.
    let runs_for = number("demo.runs-for");
    if probes {
        world.schedule(now + FIRST_PROBE * SECOND, Due::Probe { container: key, started });
    }
    let after = match (crash_after, runs_for) {
        (Some(mean), _) if living => Some(world.random.between(mean / 2, mean * 3 / 2)),
        (_, Some(seconds)) => Some(seconds),
        _ => None,
    };
    if let Some(seconds) = after {
        world.schedule(now + seconds as i64 * SECOND, Due::Crash { container: key, started });
    }
}

/// Makes one of many containers end or start, and plans the next such moment.
pub fn stir(world: &mut World) {
    let (first, last) = match (world.containers.keys().next(), world.containers.keys().next_back()) {
        (Some(first), Some(last)) => (*first, *last),
        _ => return,
    };
    let chosen = world.random.between(first, last);
    let code = if world.random.unit() < 0.7 { 0 } else { 1 };
    let found = world.containers.range(chosen..).next().map(|(key, container)| (*key, container.run.phase));
    match found {
        Some((key, Phase::Running)) => lifecycle::bring_down(world, key, code),
        // Its port may be taken: then it stays down.
        Some((key, Phase::Exited | Phase::Created)) => drop(lifecycle::bring_up(world, key)),
        Some((_, Phase::Paused | Phase::Restarting)) | None => {}
    }
    let wait = world.random.between(2, 8) as i64;
    world.schedule(world.now + wait * SECOND, Due::Stir);
}

fn crash(world: &mut World, key: Key, started: i64) {
    let Some(container) = world.containers.get(&key) else { return };
    if container.run.started != Some(started) || !container.is_alive() {
        return;
    }
    if container.run.phase == Phase::Paused {
        // A frozen process cannot fail: later, perhaps.
        world.schedule(world.now + 60 * SECOND, Due::Crash { container: key, started });
        return;
    }
    let code = container.label("demo.exit-code").and_then(|text| text.parse().ok()).unwrap_or(1);
    lifecycle::bring_down(world, key, code);
    after_end(world, key);
}

/// Heeds the restart policy, or removes what asked to be removed at its end.
pub fn after_end(world: &mut World, key: Key) {
    let now = world.now;
    let Some(container) = world.containers.get_mut(&key) else { return };
    let text = |path: &str| container.spec.host.pointer(path).and_then(Value::as_str).unwrap_or_default();
    let most = container.spec.host.pointer("/RestartPolicy/MaximumRetryCount").and_then(Value::as_u64).unwrap_or(0);
    let again = !container.run.stopped_by_hand
        && match text("/RestartPolicy/Name") {
            "always" | "unless-stopped" => true,
            "on-failure" => container.run.exit_code != 0 && (most == 0 || u64::from(container.run.restarts) < most),
            _ => false,
        };
    if again {
        // 100 ms doubled for each try that came soon after the last, as dockerd does; a run of 10 s starts anew.
        let tries = if container.run_seconds(now) >= 10 { 0 } else { container.run.restarts.min(9) };
        container.run.phase = Phase::Restarting;
        container.run.restarts += 1;
        world.schedule(now + (SECOND / 10) * (1 << tries), Due::Restart { container: key, finished: now });
    } else if container.spec.host.get("AutoRemove").and_then(Value::as_bool) == Some(true) {
        super::create::destroy(world, key);
    }
}

fn start_again(world: &mut World, key: Key, finished: i64) {
    let waiting = world
        .containers
        .get(&key)
        .is_some_and(|container| container.run.phase == Phase::Restarting && container.run.finished == Some(finished));
    if !waiting {
        return;
    }
    if let Some(container) = world.containers.get_mut(&key) {
        container.run.phase = Phase::Exited;
    }
    if lifecycle::bring_up(world, key).is_err() {
        // Its port was taken meanwhile: dockerd leaves it exited with the error kept in its state.
        if let Some(container) = world.containers.get_mut(&key) {
            container.run.exit_code = 128;
        }
    }
}

/// One health check. The label `demo.fails` is the percentage of a minute's checks that fail.
fn probe(world: &mut World, key: Key, started: i64) {
    let (now, living) = (world.now, world.living);
    let spell = world.random.unit() * 100.0;
    let Some(container) = world.containers.get_mut(&key) else { return };
    if container.run.started != Some(started) || !container.is_alive() {
        return;
    }
    let fails = container.label("demo.fails").and_then(|text| text.parse::<f64>().ok()).unwrap_or(0.0);
    let paused = container.run.phase == Phase::Paused;
    let Some(health) = &mut container.run.health else { return };
    // Failing comes in spells: what failed before is likely to fail again.
    let failing = fails > 0.0 && (spell < fails || (health.failing_streak > 0 && spell < 75.0));
    let before = health.status;
    if failing {
        health.failing_streak += 1;
        if health.failing_streak >= 3 {
            health.status = "unhealthy";
        }
    } else {
        health.failing_streak = 0;
        health.status = "healthy";
    }
    let result = if failing {
        (now, 1, "curl: (28) Operation timed out after 3001 milliseconds with 0 bytes received\n".to_owned())
    } else {
        (now, 0, "ok\n".to_owned())
    };
    if health.log.len() == 5 {
        health.log.remove(0);
    }
    health.log.push(result);
    let status = health.status;
    if living || before == "starting" {
        world.schedule(now + PROBE_EVERY * SECOND, Due::Probe { container: key, started });
    }
    if before != status && !paused {
        world.tell(key, &format!("health_status: {status}"), &[]);
    }
}
