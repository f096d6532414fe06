//! Requests about containers.

use super::act::{Act, Verb, command_line};
use super::api::{ApiCall, encode, switch};
use super::{Request, Target};
use crate::domain::spec::{print_cpus, print_memory};
use crate::domain::{ContainerId, ContainerSpec, Limits};

/// One changing call (or one call with a lasting effect) on one container.
#[derive(Clone, Debug, PartialEq)]
pub enum ContainerRequest {
    /// `POST /containers/{id}/start`
    Start(Target),
    /// `POST /containers/{id}/stop`; seconds until it is killed, `None` for the container's own setting.
    Stop { target: Target, timeout: Option<u32> },
    /// `POST /containers/{id}/restart`
    Restart { target: Target, timeout: Option<u32> },
    /// `POST /containers/{id}/kill`; a signal's name or number.
    Kill { target: Target, signal: String },
    /// `POST /containers/{id}/pause`
    Pause(Target),
    /// `POST /containers/{id}/unpause`
    Unpause(Target),
    /// `DELETE /containers/{id}`
    Remove { target: Target, force: bool, volumes: bool },
    /// `POST /containers/{id}/rename`
    Rename { target: Target, name: String },
    /// `POST /containers/{id}/update`
    Update { target: Target, limits: Limits },
    /// `POST /containers/{id}/wait`: ends when the container does.
    Wait(Target),
    /// `POST /containers/create`, then `POST /containers/{id}/start` if the specification says so.
    Create(Box<ContainerSpec>),
}

impl From<ContainerRequest> for Request {
    fn from(request: ContainerRequest) -> Self {
        Self::Container(request)
    }
}

impl ContainerRequest {
    /// The container that it does something to, where there is one already.
    pub fn target(&self) -> Option<&ContainerId> {
        self.named().map(|target| &target.id)
    }

    fn named(&self) -> Option<&Target> {
        match self {
            Self::Start(target) | Self::Pause(target) | Self::Unpause(target) | Self::Wait(target) => Some(target),
            Self::Stop { target, .. }
            | Self::Restart { target, .. }
            | Self::Kill { target, .. }
            | Self::Remove { target, .. }
            | Self::Rename { target, .. }
            | Self::Update { target, .. } => Some(target),
            Self::Create(_) => None,
        }
    }
}

impl Act for ContainerRequest {
    fn verb(&self) -> Verb {
        match self {
            Self::Start(_) => Verb::new("Start", "Starting", "Started"),
            Self::Stop { .. } => Verb::new("Stop", "Stopping", "Stopped"),
            Self::Restart { .. } => Verb::new("Restart", "Restarting", "Restarted"),
            Self::Kill { .. } => Verb::new("Kill", "Killing", "Killed"),
            Self::Pause(_) => Verb::new("Pause", "Pausing", "Paused"),
            Self::Unpause(_) => Verb::new("Unpause", "Unpausing", "Unpaused"),
            Self::Remove { .. } => Verb::new("Remove", "Removing", "Removed"),
            Self::Rename { .. } => Verb::new("Rename", "Renaming", "Renamed"),
            Self::Update { .. } => Verb::new("Update", "Updating", "Updated"),
            Self::Wait(_) => Verb::new("Wait", "Waiting for", "Waited for"),
            Self::Create(_) => Verb::new("Create", "Creating", "Created"),
        }
    }

    fn object(&self) -> &str {
        match self {
            Self::Create(spec) => spec.title(),
            other => other.named().map_or("", |target| &target.name),
        }
    }

    fn nouns(&self) -> &'static str {
        "containers"
    }

    fn question(&self) -> String {
        match self {
            Self::Rename { target, name } => format!("Rename {} to {name}?", target.name),
            Self::Wait(target) => format!("Wait for {} to end?", target.name),
            other => format!("{} {}?", other.verb().button, other.object()),
        }
    }

    fn consequence(&self) -> String {
        match self {
            Self::Start(_) => "Runs its command again, in the same container with the same files.".to_owned(),
            Self::Stop { timeout, .. } => {
                format!(
                    "Sends its stop signal (SIGTERM unless set otherwise), and SIGKILL {}. It can be started again.",
                    after(*timeout)
                )
            }
            Self::Restart { timeout, .. } => format!(
                "Stops it as Stop does, with SIGKILL {}, and starts it again. It cannot be reached meanwhile.",
                after(*timeout)
            ),
            Self::Kill { signal, .. } => kill(signal),
            Self::Pause(_) => {
                "Freezes all its processes: it keeps its memory and answers nothing until unpaused.".to_owned()
            }
            Self::Unpause(_) => "Lets its processes go on where they were frozen.".to_owned(),
            Self::Remove { force, volumes, .. } => remove(*force, *volumes),
            Self::Rename { name, .. } => {
                format!("Other containers on its networks find it as {name} from then on. It keeps running.")
            }
            Self::Update { limits, .. } => update(limits),
            Self::Wait(_) => "Changes nothing: tells its exit code when it ends.".to_owned(),
            Self::Create(spec) => create(spec.start, spec.auto_remove),
        }
    }

    fn api(&self) -> ApiCall {
        let call = |action: &str, query: &[(&'static str, String)]| {
            ApiCall::new("POST", format!("/containers/{}{action}", encode(self.object())), query)
        };
        match self {
            Self::Start(_) => call("/start", &[]),
            Self::Stop { timeout, .. } => call("/stop", &[("t", seconds(*timeout))]),
            Self::Restart { timeout, .. } => call("/restart", &[("t", seconds(*timeout))]),
            Self::Kill { signal, .. } => call("/kill", &[("signal", signal.clone())]),
            Self::Pause(_) => call("/pause", &[]),
            Self::Unpause(_) => call("/unpause", &[]),
            Self::Remove { target, force, volumes } => ApiCall::new(
                "DELETE",
                format!("/containers/{}", encode(&target.name)),
                &[("force", switch(*force)), ("v", switch(*volumes))],
            ),
            Self::Rename { name, .. } => call("/rename", &[("name", name.clone())]),
            Self::Update { .. } => call("/update", &[]),
            Self::Wait(_) => call("/wait", &[]),
            Self::Create(spec) => ApiCall::new("POST", "/containers/create".to_owned(), &[("name", spec.name.clone())]),
        }
    }

    fn docker_words(&self) -> Vec<String> {
        match self {
            Self::Start(target) => command_line(&["start"], &[], &[&target.name]),
            Self::Stop { target, timeout } => with_timeout("stop", *timeout, &target.name),
            Self::Restart { target, timeout } => with_timeout("restart", *timeout, &target.name),
            Self::Kill { target, signal } => command_line(&["kill", "--signal", signal], &[], &[&target.name]),
            Self::Pause(target) => command_line(&["pause"], &[], &[&target.name]),
            Self::Unpause(target) => command_line(&["unpause"], &[], &[&target.name]),
            Self::Remove { target, force, volumes } => {
                command_line(&["rm"], &[(*force, "--force"), (*volumes, "--volumes")], &[&target.name])
            }
            Self::Rename { target, name } => command_line(&["rename"], &[], &[&target.name, name]),
            Self::Update { target, limits } => {
                let mut line = vec!["update".to_owned()];
                line.extend(limits.docker_flags());
                line.push(target.name.to_string());
                line
            }
            Self::Wait(target) => command_line(&["wait"], &[], &[&target.name]),
            Self::Create(spec) => spec.docker_words(),
        }
    }

    fn discreet_words(&self) -> Vec<String> {
        match self {
            Self::Create(spec) => spec.without_secrets().docker_words(),
            other => other.docker_words(),
        }
    }

    fn is_change(&self) -> bool {
        !matches!(self, Self::Wait(_))
    }

    fn is_destructive(&self) -> bool {
        match self {
            Self::Stop { .. } | Self::Restart { .. } | Self::Kill { .. } | Self::Remove { .. } => true,
            Self::Start(_)
            | Self::Pause(_)
            | Self::Unpause(_)
            | Self::Rename { .. }
            | Self::Update { .. }
            | Self::Wait(_)
            | Self::Create(_) => false,
        }
    }
}

fn with_timeout(verb: &str, timeout: Option<u32>, name: &str) -> Vec<String> {
    let seconds = seconds(timeout);
    match timeout {
        Some(_) => command_line(&[verb, "--time", &seconds], &[], &[name]),
        None => command_line(&[verb], &[], &[name]),
    }
}

fn seconds(timeout: Option<u32>) -> String {
    timeout.map(|seconds| seconds.to_string()).unwrap_or_default()
}

fn after(timeout: Option<u32>) -> String {
    match timeout {
        None => "after 10 s or the container's own timeout".to_owned(),
        Some(0) => "at once".to_owned(),
        Some(seconds) => format!("after {seconds} s"),
    }
}

fn kill(signal: &str) -> String {
    let name = signal.to_ascii_uppercase();
    match name.strip_prefix("SIG").unwrap_or(&name) {
        "KILL" | "9" | "" => "Ends it at once with SIGKILL: it cannot save anything, and what it had not written is lost. It can be started again.".to_owned(),
        _ => format!("Sends {signal} to its first process, which decides what to do with it: often to end."),
    }
}

fn remove(force: bool, volumes: bool) -> String {
    let mut sentences = Vec::new();
    if force {
        sentences.push("Kills it if it runs.");
    }
    sentences.push("Deletes the container with all files written in it outside of volumes; this cannot be undone.");
    sentences.push(match volumes {
        true => "Its anonymous volumes are deleted as well, with what is in them; named volumes stay.",
        false => "Its volumes stay.",
    });
    sentences.join(" ")
}

fn update(limits: &Limits) -> String {
    let mut changes = Vec::new();
    changes.extend(limits.memory.filter(|bytes| *bytes > 0).map(|bytes| {
        let (memory, both) = (print_memory(bytes), print_memory(bytes.saturating_mul(2)));
        format!("memory to {memory} ({both} with swap; beyond it, processes are killed)")
    }));
    changes.extend(limits.nano_cpus.filter(|nano| *nano > 0).map(|nano| format!("CPUs to {}", print_cpus(nano))));
    changes.extend(limits.restart.map(|policy| format!("the restart policy to {policy}")));
    match changes.is_empty() {
        true => "Changes nothing: no new limit is given.".to_owned(),
        false => format!("Sets {}, at once and without a restart.", changes.join(", ")),
    }
}

fn create(start: bool, auto_remove: bool) -> String {
    let mut sentences = vec![match start {
        true => "Makes the container and starts it.",
        false => "Makes the container without starting it.",
    }];
    if auto_remove {
        sentences.push("It is removed with its anonymous volumes as soon as it ends.");
    }
    sentences.join(" ")
}
