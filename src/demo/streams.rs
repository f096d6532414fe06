//! `/logs`, followed logs and `/stats` streams: who reads what, and handing them what is new.

use super::call::{Body, Call, MULTIPLEXED, RAW, Refusal, Reply, STREAM_DEPTH};
use super::clock::{SECOND, parse_time};
use super::container::{Container, Phase};
use super::logs::{Line, frame};
use super::stats;
use super::world::{Due, Key, World};
use bytes::Bytes;
use tokio::sync::mpsc;

/// How often a log is looked at that prints faster than that.
const FOLLOW_EVERY: i64 = SECOND / 50;
/// A chunk is closed when it has grown beyond that many bytes.
const CHUNK: usize = 64 * 1024;

/// A reader of a container's output.
#[derive(Debug)]
pub struct Follower {
    container: Key,
    /// The number of the next line to send.
    next: u64,
    choice: Choice,
    /// Whether the container has ended: when all is sent, so does the stream.
    ending: bool,
    /// When the next look is planned: one at a time.
    planned: Option<i64>,
    sender: mpsc::Sender<Bytes>,
}

#[derive(Clone, Copy, Debug)]
struct Choice {
    output: bool,
    error: bool,
    timestamps: bool,
    tty: bool,
    since: i64,
    until: i64,
}

#[derive(Debug)]
pub struct StatsStream {
    container: Key,
    /// When the sample before was taken, 0 for never.
    last: i64,
    sender: mpsc::Sender<Bytes>,
}

impl Choice {
    fn wants(&self, line: &Line) -> bool {
        self.reads(line) && line.at >= self.since && line.at <= self.until
    }

    fn reads(&self, line: &Line) -> bool {
        if line.error { self.error } else { self.output }
    }
}

impl World {
    /// The time up to which containers have printed: now, or the start where no life goes on.
    pub fn horizon(&self) -> i64 {
        if self.living { self.now } else { self.now.min(self.clock.origin()) }
    }

    pub fn container_mut(&mut self, key: Key) -> Result<&mut Container, Refusal> {
        self.containers.get_mut(&key).ok_or_else(|| Refusal { status: 404, message: "No such container".into() })
    }
}

/// `GET /containers/{id}/logs`.
pub fn logs(world: &mut World, given: &str, call: &Call) -> Result<Reply, Refusal> {
    let (output, error) = (call.flag("stdout"), call.flag("stderr"));
    if !output && !error {
        return Refusal::new(400, "Bad parameters: you must choose at least one stream");
    }
    let tail = match call.text("tail") {
        None | Some("" | "all") => usize::MAX,
        Some(text) => text.parse().unwrap_or(usize::MAX),
    };
    let key = world.find(given)?;
    let horizon = world.horizon();
    let container = world.container_mut(key)?;
    container.catch_up(horizon);
    let choice = Choice {
        output,
        error,
        timestamps: call.flag("timestamps"),
        tty: container.is_tty(),
        since: call.text("since").and_then(parse_time).unwrap_or(0),
        until: call.text("until").and_then(parse_time).filter(|until| *until > 0).unwrap_or(i64::MAX),
    };
    let content_type = if choice.tty { RAW } else { MULTIPLEXED };
    let mut bytes = Vec::new();
    // As engines do: the last lines are counted from the end, then those at other times are left out.
    let read: Vec<&Line> = container.logs.from(0).filter(|line| choice.reads(line)).collect();
    let last = read.get(read.len().saturating_sub(tail)..).unwrap_or_default();
    for line in last.iter().filter(|line| choice.wants(line)) {
        frame(line, choice.timestamps, choice.tty, &mut bytes);
    }
    let next = container.logs.end();
    if !call.flag("follow") || !container.is_alive() {
        return Ok(Reply { status: 200, content_type, body: Body::Whole(bytes.into()) });
    }
    let (sender, chunks) = mpsc::channel(STREAM_DEPTH);
    if !bytes.is_empty() {
        // The channel is new: there is room.
        drop(sender.try_send(bytes.into()));
    }
    follow(world, key, next, choice, sender);
    Ok(Reply::stream(content_type, chunks))
}

/// Sends a container's output from now on, as attaching does.
pub fn attach(world: &mut World, key: Key, with_backlog: bool, sender: mpsc::Sender<Bytes>) {
    let horizon = world.horizon();
    let Ok(container) = world.container_mut(key) else { return };
    container.catch_up(horizon);
    let next = if with_backlog { 0 } else { container.logs.end() };
    let tty = container.is_tty();
    let choice = Choice { output: true, error: true, timestamps: false, tty, since: 0, until: i64::MAX };
    follow(world, key, next, choice, sender);
}

fn follow(world: &mut World, container: Key, next: u64, choice: Choice, sender: mpsc::Sender<Bytes>) {
    world.followers.retain(|_, follower| !follower.sender.is_closed());
    let id = world.next_serial();
    world.followers.insert(id, Follower { container, next, choice, ending: false, planned: None, sender });
    followed(world, id);
}

/// Sends a follower what is new and plans the next look.
fn followed(world: &mut World, id: u64) {
    let (now, horizon) = (world.now, world.horizon());
    let Some(follower) = world.followers.get_mut(&id) else { return };
    let Some(container) = world.containers.get_mut(&follower.container) else {
        world.followers.remove(&id);
        return;
    };
    container.catch_up(horizon);
    let drained = flush(follower, container);
    let over = (follower.ending && drained) || follower.sender.is_closed() || now > follower.choice.until;
    // Nothing comes from a frozen process: `resume` looks again.
    let next = container.logs.next_at().filter(|_| container.run.phase == Phase::Running);
    let again = if drained { next.map(|at| at.max(now + FOLLOW_EVERY)) } else { Some(now + FOLLOW_EVERY) };
    match again {
        _ if over => drop(world.followers.remove(&id)),
        Some(at) => plan(world, id, at),
        None => {}
    }
}

fn plan(world: &mut World, id: u64, at: i64) {
    let Some(follower) = world.followers.get_mut(&id) else { return };
    if follower.planned.is_none_or(|planned| at < planned) {
        follower.planned = Some(at);
        world.schedule(at, Due::Follow(id));
    }
}

/// A planned look has come, unless a nearer one was planned since.
pub fn look(world: &mut World, id: u64) {
    let now = world.now;
    if let Some(follower) = world.followers.get_mut(&id)
        && follower.planned.is_some_and(|planned| planned <= now)
    {
        follower.planned = None;
        followed(world, id);
    }
}

/// Sends what there is room for; false when something is left.
fn flush(follower: &mut Follower, container: &Container) -> bool {
    let end = container.logs.end();
    while follower.next < end {
        let Ok(room) = follower.sender.try_reserve() else { return false };
        let mut bytes = Vec::new();
        // Lines that fell out of the ring while the reader slept are lost to it, as with a rotated file.
        follower.next = follower.next.max(container.logs.tail(usize::MAX));
        for line in container.logs.from(follower.next) {
            follower.next += 1;
            if follower.choice.wants(line) {
                frame(line, follower.choice.timestamps, follower.choice.tty, &mut bytes);
            }
            if bytes.len() > CHUNK {
                break;
            }
        }
        if !bytes.is_empty() {
            room.send(bytes.into());
        }
    }
    true
}

/// Lets the readers of a container see what was printed just now; when it has ended, so do they.
pub fn printed(world: &mut World, key: Key) {
    let mut over = Vec::new();
    let Some(container) = world.containers.get(&key) else { return };
    let ending = !container.is_alive();
    let mut again = Vec::new();
    for (id, follower) in world.followers.iter_mut().filter(|(_, follower)| follower.container == key) {
        follower.ending |= ending;
        match flush(follower, container) {
            true if follower.ending => over.push(*id),
            true => {}
            false => again.push(*id),
        }
    }
    for id in over {
        world.followers.remove(&id);
    }
    for id in again {
        plan(world, id, world.now + FOLLOW_EVERY);
    }
}

/// Plans a look for the readers of a container that prints again.
pub fn resume(world: &mut World, key: Key) {
    let readers: Vec<u64> =
        world.followers.iter().filter(|(_, follower)| follower.container == key).map(|(id, _)| *id).collect();
    for id in readers {
        followed(world, id);
    }
}

/// `GET /containers/{id}/stats`: one answer, or one a second.
pub fn stats(world: &mut World, given: &str, call: &Call) -> Result<Reply, Refusal> {
    let key = world.find(given)?;
    let now = world.now;
    let container = world.container_mut(key)?;
    let streaming = call.text("stream").is_none() || call.flag("stream");
    if !streaming {
        // Without `one-shot` an engine waits a second for a second sample; here the one before is computed.
        let before = if call.flag("one-shot") { 0 } else { now - SECOND };
        return Ok(Reply::ok(&stats::sample(container, now, before)));
    }
    let (sender, chunks) = mpsc::channel(STREAM_DEPTH / 16);
    let id = world.next_serial();
    world.stats_streams.insert(id, StatsStream { container: key, last: 0, sender });
    sampled(world, id);
    Ok(Reply::stream(super::call::JSON, chunks))
}

/// Sends one sample and plans the next; the stream ends with its reader or its container.
pub fn sampled(world: &mut World, id: u64) {
    let now = world.now;
    let Some(stream) = world.stats_streams.get_mut(&id) else { return };
    match world.containers.get(&stream.container) {
        Some(container) if !stream.sender.is_closed() => {
            let line = format!("{}\n", stats::sample(container, now, stream.last));
            stream.last = now;
            // A reader that is behind misses a sample.
            drop(stream.sender.try_send(line.into()));
            world.schedule(now + SECOND, Due::Stats(id));
        }
        Some(_) | None => drop(world.stats_streams.remove(&id)),
    }
}
