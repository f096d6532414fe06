//! Start, stop, restart, kill, pause, wait: what they do to a container, and dockerd's sentences where they cannot.

use super::call::{Call, JSON, Refusal, Reply};
use super::clock::SECOND;
use super::container::{Phase, Waiter};
use super::routes::Answer;
use super::streams;
use super::world::{Due, Key, Then, World};
use serde_json::{Value, json};
use tokio::sync::{mpsc, oneshot};

/// The exit code of a process that ignored its signal until it was killed.
const KILLED: i64 = 137;

pub fn start(world: &mut World, given: &str) -> Result<Answer, Refusal> {
    let key = world.find(given)?;
    match world.container_mut(key)?.run.phase {
        Phase::Running | Phase::Restarting => Ok(Answer::Now(Reply::empty(304))),
        Phase::Paused => Refusal::new(409, "cannot start a paused container, try unpause instead"),
        Phase::Created | Phase::Exited => {
            bring_up(world, key)?;
            Ok(Answer::Now(Reply::empty(204)))
        }
    }
}

/// Starts its process: ports, addresses, events, first words, and what life has in store for it.
pub fn bring_up(world: &mut World, key: Key) -> Result<(), Refusal> {
    if let Err(refusal) = check_ports(world, key) {
        world.container_mut(key)?.run.error.clone_from(&refusal.message);
        return Err(refusal);
    }
    world.assign_addresses(key);
    let (now, living) = (world.now, world.living);
    let horizon = world.horizon();
    let pid = u32::try_from(1000 + world.next_serial() % 60_000).unwrap_or(1000);
    let container = world.container_mut(key)?;
    container.catch_up(horizon);
    container.run.phase = Phase::Running;
    container.run.pid = pid;
    container.run.started = Some(now);
    container.run.exit_code = 0;
    container.run.error.clear();
    container.run.stopped_by_hand = false;
    container.load.frozen = None;
    if let Some(health) = &mut container.run.health {
        health.status = "starting";
        health.failing_streak = 0;
    }
    container.log_start(now, living);
    world.tell_networks(key, "connect");
    world.tell(key, "start", &[]);
    streams::resume(world, key);
    super::life::begin(world, key);
    Ok(())
}

fn check_ports(world: &World, key: Key) -> Result<(), Refusal> {
    let Some(container) = world.containers.get(&key) else { return Ok(()) };
    let wanted = container.bindings();
    if wanted.is_empty() {
        return Ok(());
    }
    for other in world.containers.values().filter(|other| other.is_alive() && other.id != container.id) {
        for (private, address, port) in other.bindings() {
            let clash = wanted.iter().find(|(mine, at, number)| {
                *number == port
                    && mine.rsplit('/').next() == private.rsplit('/').next()
                    && (*at == address || at == "0.0.0.0" || address == "0.0.0.0")
            });
            if let Some((_, at, _)) = clash {
                let endpoint = container.networks.first().map_or("", |place| place.id.as_str());
                let message = format!(
                    "driver failed programming external connectivity on endpoint {} ({endpoint}): Bind for {at}:{port} \
                     failed: port is already allocated",
                    container.name
                );
                return Refusal::new(500, message);
            }
        }
    }
    Ok(())
}

/// `POST /containers/{id}/stop` and `/restart`; `t` is the grace in seconds, -1 for ever.
pub fn stop(
    world: &mut World,
    given: &str,
    call: &Call,
    then: Then,
    reply: &mut Option<oneshot::Sender<Reply>>,
) -> Result<Answer, Refusal> {
    let key = world.find(given)?;
    let now = world.now;
    let container = world.container_mut(key)?;
    if container.run.phase == Phase::Restarting && then == Then::Rest {
        // Nothing runs between two tries: it is enough not to try again.
        container.run.phase = Phase::Exited;
        container.run.stopped_by_hand = true;
        world.tell(key, "stop", &[]);
        return Ok(Answer::Now(Reply::empty(204)));
    }
    if !container.is_alive() {
        return match then {
            Then::Rest => Ok(Answer::Now(Reply::empty(304))),
            Then::StartAgain => {
                bring_up(world, key)?;
                world.tell(key, "restart", &[]);
                Ok(Answer::Now(Reply::empty(204)))
            }
        };
    }
    let configured = container.spec.config.get("StopTimeout").and_then(Value::as_i64).unwrap_or(10);
    let grace = call.number::<i64>("t").unwrap_or(configured);
    let needed = i64::from(container.profile().map_or(150, |profile| profile.stop_ms)) * 1_000_000;
    let grace = if grace < 0 { i64::MAX } else { grace.saturating_mul(SECOND) };
    let signal = call.text("signal").map_or("15".to_owned(), signal_number);
    let exit = container.profile().map_or(0, |profile| if profile.stop.is_empty() { 143 } else { 0 });
    let (wait, code) = if needed > grace { (grace, KILLED) } else { (needed, exit) };
    container.run.stopped_by_hand = true;
    world.tell(key, "kill", &[("signal", signal)]);
    if let Some(reply) = reply.take() {
        world.schedule(now + wait, Due::Stopped { container: key, code, reply, then });
    }
    Ok(Answer::Later)
}

/// The end of a stop: it may have been removed or killed meanwhile.
pub fn stopped(world: &mut World, key: Key, code: i64, then: Then) -> Reply {
    if world.containers.get(&key).is_some_and(|container| container.is_alive()) {
        if code == KILLED {
            world.tell(key, "kill", &[("signal", "9".into())]);
        }
        bring_down(world, key, code);
        world.tell(key, "stop", &[]);
    }
    if then == Then::Rest || !world.containers.contains_key(&key) {
        return Reply::empty(204);
    }
    match bring_up(world, key) {
        Ok(()) => {
            world.tell(key, "restart", &[]);
            Reply::empty(204)
        }
        Err(refusal) => refusal.into(),
    }
}

/// Its process has ended with that code.
pub fn bring_down(world: &mut World, key: Key, code: i64) {
    let (now, horizon) = (world.now, world.horizon());
    let Some(container) = world.containers.get_mut(&key) else { return };
    container.catch_up(horizon);
    let lasted = container.run_seconds(now);
    container.run.phase = Phase::Exited;
    container.run.pid = 0;
    container.run.exit_code = code;
    container.run.finished = Some(now);
    container.load.frozen = None;
    container.log_end(now);
    let id = container.id.clone();
    answer_waiters(container.waiters.extract_if(.., |waiter| !waiter.removed).collect(), code);
    super::exec::container_ended(world, &id);
    streams::printed(world, key);
    world.tell_networks(key, "disconnect");
    world.release_addresses(key);
    world.tell(key, "die", &[("execDuration", lasted.to_string()), ("exitCode", code.to_string())]);
}

/// Answers pending `/wait` calls.
pub fn answer_waiters(waiters: Vec<Waiter>, code: i64) {
    for waiter in waiters {
        // One that left does not wait any more.
        drop(waiter.sender.try_send(format!("{}\n", json!({ "StatusCode": code })).into()));
    }
}

pub fn kill(world: &mut World, given: &str, call: &Call) -> Result<Answer, Refusal> {
    let key = world.find(given)?;
    let signal = call.text("signal").filter(|text| !text.is_empty()).unwrap_or("KILL");
    let number = signal_number(signal);
    if number.is_empty() {
        return Refusal::new(400, format!("Invalid signal: {signal}"));
    }
    let container = world.container_mut(key)?;
    if !container.is_alive() {
        return Refusal::new(409, format!("cannot kill container: {given}: container {} is not running", container.id));
    }
    // Signals that processes heed by ending; HUP, USR1 and their like are taken as a wish to reload.
    let code = match number.as_str() {
        "9" => Some(KILLED),
        "15" => Some(143),
        "2" => Some(130),
        "3" => Some(131),
        "6" => Some(134),
        _ => None,
    };
    container.run.stopped_by_hand |= code.is_some();
    world.tell(key, "kill", &[("signal", number)]);
    if let Some(code) = code {
        bring_down(world, key, code);
        super::life::after_end(world, key);
    }
    Ok(Answer::Now(Reply::empty(204)))
}

/// The number of a signal given as number or name; empty when there is none such.
fn signal_number(signal: &str) -> String {
    let name = signal.to_ascii_uppercase();
    match name.strip_prefix("SIG").unwrap_or(&name) {
        "HUP" => "1",
        "INT" => "2",
        "QUIT" => "3",
        "ABRT" => "6",
        "KILL" => "9",
        "USR1" => "10",
        "USR2" => "12",
        "TERM" => "15",
        "CONT" => "18",
        "STOP" => "19",
        "WINCH" => "28",
        number if number.parse::<u8>().is_ok_and(|number| (1..=64).contains(&number)) => number,
        _ => "",
    }
    .to_owned()
}

pub fn pause(world: &mut World, given: &str) -> Result<Answer, Refusal> {
    let key = world.find(given)?;
    let (now, horizon) = (world.now, world.horizon());
    let container = world.container_mut(key)?;
    let id = &container.id;
    match container.run.phase {
        Phase::Running => {}
        Phase::Paused => return Refusal::new(409, format!("container {id} is already paused")),
        Phase::Restarting => {
            return Refusal::new(409, format!("container {id} is restarting, wait until the container is running"));
        }
        Phase::Created | Phase::Exited => return Refusal::new(409, format!("container {id} is not running")),
    }
    container.catch_up(horizon);
    container.run.phase = Phase::Paused;
    container.freeze(now);
    world.tell(key, "pause", &[]);
    Ok(Answer::Now(Reply::empty(204)))
}

pub fn unpause(world: &mut World, given: &str) -> Result<Answer, Refusal> {
    let key = world.find(given)?;
    let now = world.now;
    let container = world.container_mut(key)?;
    if container.run.phase != Phase::Paused {
        return Refusal::new(500, format!("Container {} is not paused", container.id));
    }
    container.run.phase = Phase::Running;
    container.freeze(now);
    container.log_resume(now);
    world.tell(key, "unpause", &[]);
    streams::resume(world, key);
    Ok(Answer::Now(Reply::empty(204)))
}

/// `POST /containers/{id}/wait`: the answer begins at once and ends with the container.
pub fn wait(world: &mut World, given: &str, call: &Call) -> Result<Answer, Refusal> {
    let key = world.find(given)?;
    let condition = call.text("condition").unwrap_or("not-running");
    let container = world.container_mut(key)?;
    let over = match condition {
        "" | "not-running" => !container.is_alive() && container.run.phase != Phase::Restarting,
        "next-exit" | "removed" => false,
        other => return Refusal::new(400, format!("invalid condition: {other:?}")),
    };
    let (sender, chunks) = mpsc::channel(1);
    let waiter = Waiter { removed: condition == "removed", sender };
    if over {
        answer_waiters(vec![waiter], container.run.exit_code);
    } else {
        container.waiters.retain(|waiter| !waiter.sender.is_closed());
        container.waiters.push(waiter);
    }
    Ok(Answer::Now(Reply::stream(JSON, chunks)))
}
