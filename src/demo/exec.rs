//! Exec and attach: sessions over hijacked connections, and the shells behind them.

use super::call::{Body, Call, MULTIPLEXED, RAW, Refusal, Reply, STREAM_DEPTH};
use super::logs;
use super::random::Random;
use super::routes::{Answer, page_not_found};
use super::shell::{Place, Shell, Step};
use super::world::{Key, World};
use super::{life, lifecycle, streams};
use bytes::Bytes;
use serde_json::{Value, json};
use tokio::sync::mpsc;

/// Commands remembered; beyond that the ended ones are forgotten.
const KEPT: usize = 512;

/// A command to run in a container, `POST /containers/{id}/exec`.
#[derive(Debug)]
pub struct Exec {
    /// Full id.
    pub container: String,
    command: Vec<String>,
    tty: bool,
    stdin: bool,
    user: String,
    environment: Vec<String>,
    directory: String,
    pub running: bool,
    started: bool,
    exit_code: Option<i64>,
    pid: u32,
}

/// A hijacked connection.
#[derive(Debug)]
pub struct Session {
    container: Key,
    behind: Behind,
    tty: bool,
    stdin: bool,
    output: mpsc::Sender<Bytes>,
}

/// What answers what is typed.
#[derive(Debug)]
enum Behind {
    /// The command of an exec, by its id.
    Exec(String, Shell),
    /// The container's own process, which is a shell on a terminal.
    Own(Shell),
    /// The container's own process, which only prints.
    Output,
}

/// `POST /containers/{id}/exec`.
pub fn create(world: &mut World, given: &str, call: &Call) -> Result<Reply, Refusal> {
    let key = world.find(given)?;
    let body = call.json()?;
    let serial = world.next_serial();
    let seed = world.seed ^ serial;
    let container = world.container_mut(key)?;
    let texts = |key: &str| -> Vec<String> {
        let values = body.get(key).and_then(Value::as_array).into_iter().flatten();
        values.filter_map(|value| value.as_str().map(str::to_owned)).collect()
    };
    let command = texts("Cmd");
    if command.is_empty() {
        return Refusal::new(400, "No exec command specified");
    }
    check_running(container)?;
    let flag = |key: &str| body.get(key).and_then(Value::as_bool).unwrap_or(false);
    let text = |key: &str| body.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    let configured = |key: &str| container.spec.config.get(key).and_then(Value::as_str).unwrap_or_default();
    let id = Random::for_text(seed, &container.id).hex(64);
    let exec = Exec {
        container: container.id.clone(),
        command: command.clone(),
        tty: flag("Tty"),
        stdin: flag("AttachStdin"),
        user: text("User").unwrap_or(configured("User")).to_owned(),
        environment: texts("Env"),
        directory: text("WorkingDir").unwrap_or(configured("WorkingDir")).to_owned(),
        running: false,
        started: false,
        exit_code: None,
        pid: 0,
    };
    if world.execs.len() >= KEPT {
        // As dockerd does after a while; those not started yet are awaited.
        world.execs.retain(|_, exec| exec.running || !exec.started);
    }
    world.tell(key, &format!("exec_create: {}", command.join(" ")), &[("execID", id.clone())]);
    world.execs.insert(id.clone(), exec);
    Ok(Reply::json(201, &json!({ "Id": id })))
}

fn check_running(container: &super::container::Container) -> Result<(), Refusal> {
    use super::container::Phase;
    let id = &container.id;
    match container.run.phase {
        Phase::Running => Ok(()),
        Phase::Paused => Refusal::new(409, format!("container {id} is paused, unpause the container before exec")),
        Phase::Restarting => {
            Refusal::new(409, format!("container {id} is restarting, wait until the container is running"))
        }
        Phase::Created | Phase::Exited => Refusal::new(409, format!("container {id} is not running")),
    }
}

/// `/exec/{id}/start|resize|json`.
pub fn route(world: &mut World, method: &str, id: &str, act: &str, call: &Call) -> Result<Answer, Refusal> {
    let Some(exec) = world.execs.get(id) else {
        return Refusal::new(404, format!("No such exec instance: {id}"));
    };
    match (method, act) {
        ("GET", "json") => Ok(Reply::ok(&inspect(id, exec)).into()),
        ("POST", "resize") => {
            if !exec.running {
                return Refusal::new(409, format!("cannot resize a stopped container: process {id} is not running"));
            }
            resized(world, id, call)?;
            Ok(Reply::empty(200).into())
        }
        ("POST", "start") => start(world, id, call).map(Answer::Now),
        _ => page_not_found(),
    }
}

fn inspect(id: &str, exec: &Exec) -> Value {
    let (entry, arguments) = exec.command.split_first().map_or(("", [].as_slice()), |(entry, rest)| (entry, rest));
    json!({
        "ID": id, "Running": exec.running, "ExitCode": exec.exit_code,
        "ProcessConfig": { "tty": exec.tty, "entrypoint": entry, "arguments": arguments, "privileged": false, "user": exec.user },
        "OpenStdin": exec.stdin, "OpenStderr": true, "OpenStdout": true, "CanRemove": false,
        "ContainerID": exec.container, "DetachKeys": "", "Pid": exec.pid,
    })
}

fn start(world: &mut World, id: &str, call: &Call) -> Result<Reply, Refusal> {
    let body = call.json()?;
    let detach = body.get("Detach").and_then(Value::as_bool).unwrap_or(false);
    let Some(exec) = world.execs.get(id) else { return page_not_found() };
    let (owner, tty, command) = (exec.container.clone(), exec.tty, exec.command.join(" "));
    if exec.started {
        return Refusal::new(409, format!("exec command {id} is already running"));
    }
    let key = world.find(&owner)?;
    check_running(world.container_mut(key)?)?;
    let place = place(world, key, world.execs.get(id));
    let pid = u32::try_from(2000 + world.next_serial() % 60_000).unwrap_or(2000);
    if let Some(exec) = world.execs.get_mut(id) {
        exec.started = true;
        exec.running = true;
        exec.pid = pid;
    }
    world.tell(key, &format!("exec_start: {command}"), &[("execID", id.to_owned())]);
    let command = world.execs.get(id).map(|exec| exec.command.clone()).unwrap_or_default();
    let (shell, first) = Shell::run(&command, place, tty);
    let (sender, output) = mpsc::channel(STREAM_DEPTH);
    let session = world.next_serial();
    let stdin = world.execs.get(id).is_some_and(|exec| exec.stdin) && !detach;
    let behind = Behind::Exec(id.to_owned(), shell);
    world.sessions.insert(session, Session { container: key, behind, tty, stdin, output: sender });
    apply(world, session, first);
    // Without input and terminal, what reads sees the end at once.
    if !stdin && !tty {
        typed(world, session, &[]);
    }
    if detach {
        return Ok(Reply::empty(200));
    }
    let content_type = if tty { RAW } else { MULTIPLEXED };
    Ok(hijack(call, content_type, session, output))
}

/// The connection itself where the client asked for it, else the output alone.
fn hijack(call: &Call, content_type: &'static str, session: u64, output: mpsc::Receiver<Bytes>) -> Reply {
    let body = if call.upgrade { Body::Hijack { session, output } } else { Body::Stream(output) };
    Reply { status: if call.upgrade { 101 } else { 200 }, content_type, body }
}

/// What a shell in that container sees around it.
fn place(world: &World, key: Key, exec: Option<&Exec>) -> Place {
    let Some(container) = world.containers.get(&key) else { return Place::default() };
    let text = |key: &str| container.spec.config.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let image = world.images.iter().find(|image| image.id == container.spec.image_id);
    let variables = container.spec.config.get("Env").and_then(Value::as_array).into_iter().flatten();
    let mut environment: Vec<String> = variables.filter_map(|value| value.as_str().map(str::to_owned)).collect();
    environment.push(format!("HOSTNAME={}", text("Hostname")));
    environment.extend(exec.into_iter().flat_map(|exec| exec.environment.iter().cloned()));
    let or = |given: Option<&String>, configured: String, default: &str| match given.cloned().unwrap_or(configured) {
        empty if empty.is_empty() => default.to_owned(),
        text => text,
    };
    Place {
        hostname: text("Hostname"),
        user: or(exec.map(|exec| &exec.user), text("User"), "root"),
        directory: or(exec.map(|exec| &exec.directory), text("WorkingDir"), "/"),
        environment,
        programs: image.map(|image| image.programs.clone()).unwrap_or_default(),
        processes: container.processes(),
        size: (24, 80),
    }
}

/// Sends what a step of the shell printed, and ends the session where it ended.
fn apply(world: &mut World, session: u64, step: Step) {
    let Some(open) = world.sessions.get(&session) else { return };
    let mut bytes = Vec::new();
    for (error, text) in &step.printed {
        if open.tty {
            bytes.extend_from_slice(text);
        } else {
            bytes.extend_from_slice(&logs::header(*error, text.len()));
            bytes.extend_from_slice(text);
        }
    }
    if !bytes.is_empty() {
        // A terminal that does not read loses output; a real one would block its process.
        drop(open.output.try_send(bytes.into()));
    }
    if let Some(code) = step.exit {
        end(world, session, code);
    }
}

fn end(world: &mut World, session: u64, code: i64) {
    let Some(open) = world.sessions.remove(&session) else { return };
    match open.behind {
        Behind::Exec(id, _) => {
            if let Some(exec) = world.execs.get_mut(&id) {
                exec.running = false;
                exec.exit_code = Some(code);
            }
            world.tell(open.container, "exec_die", &[("execID", id), ("exitCode", code.to_string())]);
        }
        Behind::Own(_) if world.containers.get(&open.container).is_some_and(|container| container.is_alive()) => {
            lifecycle::bring_down(world, open.container, code);
            life::after_end(world, open.container);
        }
        Behind::Own(_) | Behind::Output => {}
    }
}

/// What was typed (nothing: the end of input).
pub fn input(world: &mut World, session: u64, bytes: &[u8]) {
    let Some(open) = world.sessions.get(&session) else { return };
    // As on real engines, a client that drops its connection does not end what runs on a terminal.
    if !open.stdin || (open.tty && bytes.is_empty()) {
        return;
    }
    typed(world, session, bytes);
}

fn typed(world: &mut World, session: u64, bytes: &[u8]) {
    let Some(open) = world.sessions.get_mut(&session) else { return };
    match &mut open.behind {
        Behind::Exec(_, shell) | Behind::Own(shell) => {
            let step = shell.typed(bytes);
            apply(world, session, step);
        }
        // The line discipline of the container's terminal echoes; its process does not answer.
        Behind::Output if open.tty => {
            let echo = String::from_utf8_lossy(bytes).replace('\r', "\r\n");
            drop(open.output.try_send(echo.into()));
        }
        Behind::Output => {}
    }
}

/// The client has gone: an exec goes on (as on real engines), an attached client was only watching.
pub fn gone(world: &mut World, session: u64) {
    if world.sessions.get(&session).is_some_and(|open| !matches!(open.behind, Behind::Exec(..))) {
        world.sessions.remove(&session);
    }
}

/// All that ran in a container ends with it.
pub fn container_ended(world: &mut World, id: &str) {
    let key = world.find(id).ok();
    let sessions: Vec<u64> =
        world.sessions.iter().filter(|(_, open)| Some(open.container) == key).map(|(session, _)| *session).collect();
    for session in sessions {
        end(world, session, 137);
    }
}

/// `POST /containers/{id}/attach`: `stream`, `stdin`, `logs`.
pub fn attach(world: &mut World, given: &str, call: &Call) -> Result<Reply, Refusal> {
    let key = world.find(given)?;
    let container = world.container_mut(key)?;
    if container.run.phase == super::container::Phase::Paused {
        let message = format!("container {} is paused, unpause the container before attach", container.id);
        return Refusal::new(409, message);
    }
    let tty = container.is_tty();
    let shell_inside = tty && container.spec.profile == "terminal";
    let argv = container.spec.argv.clone();
    let opened = container.spec.config.get("OpenStdin").and_then(Value::as_bool).unwrap_or(false);
    let content_type = if tty { RAW } else { MULTIPLEXED };
    let (sender, output) = mpsc::channel(STREAM_DEPTH);
    let session = world.next_serial();
    if call.flag("stream") {
        let stdin = call.flag("stdin") && opened;
        let (behind, first) = if stdin && shell_inside {
            let (shell, first) = Shell::run(&argv, place(world, key, None), tty);
            (Behind::Own(shell), first)
        } else {
            (Behind::Output, Step::default())
        };
        let open = Session { container: key, behind, tty, stdin, output: sender.clone() };
        world.sessions.insert(session, open);
        apply(world, session, first);
    }
    streams::attach(world, key, call.flag("logs"), sender);
    world.tell(key, "attach", &[]);
    Ok(hijack(call, content_type, session, output))
}

/// `POST /containers/{id}/resize?h=…&w=…`.
pub fn resize_container(world: &mut World, given: &str, call: &Call) -> Result<Reply, Refusal> {
    let key = world.find(given)?;
    let (rows, columns) = size(call)?;
    let container = world.container_mut(key)?;
    if !container.is_alive() {
        return Refusal::new(409, format!("container {} is not running", container.id));
    }
    world.tell(key, "resize", &[("height", rows.to_string()), ("width", columns.to_string())]);
    Ok(Reply::empty(200))
}

fn resized(world: &mut World, id: &str, call: &Call) -> Result<(), Refusal> {
    let size = size(call)?;
    for open in world.sessions.values_mut() {
        if let Behind::Exec(own, shell) = &mut open.behind
            && own == id
        {
            shell.resize(size);
        }
    }
    Ok(())
}

fn size(call: &Call) -> Result<(u16, u16), Refusal> {
    let number = |key: &str| {
        let given = call.text(key).unwrap_or_default();
        let message = format!("strconv.Atoi: parsing {given:?}: invalid syntax");
        call.number(key).ok_or(Refusal { status: 400, message })
    };
    Ok((number("h")?, number("w")?))
}
