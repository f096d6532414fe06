//! What a confirmation says before a request: the question, and what will have happened, undoable or not.

use super::Request;
use crate::domain::spec::{print_cpus, print_memory};

impl Request {
    /// `Stop web?`
    pub fn question(&self) -> String {
        let object = self.object();
        match self {
            Self::Rename { name, .. } => format!("Rename {object} to {name}?"),
            Self::TagImage { new, .. } => format!("Tag {object} as {new}?"),
            Self::Wait(_) => format!("Wait for {object} to end?"),
            Self::SaveLog(_) => format!("Save the log of {object}?"),
            Self::Start(_)
            | Self::Stop { .. }
            | Self::Restart { .. }
            | Self::Kill { .. }
            | Self::Pause(_)
            | Self::Unpause(_)
            | Self::Remove { .. }
            | Self::Update { .. }
            | Self::Create(_)
            | Self::Pull { .. }
            | Self::RemoveImage { .. }
            | Self::RemoveVolume(_)
            | Self::RemoveNetwork { .. } => format!("{} {object}?", self.verb()),
        }
    }

    /// What several of its objects are called.
    pub fn nouns(&self) -> &'static str {
        match self {
            Self::Pull { .. } | Self::RemoveImage { .. } | Self::TagImage { .. } => "images",
            Self::RemoveVolume(_) => "volumes",
            Self::RemoveNetwork { .. } => "networks",
            Self::Start(_)
            | Self::Stop { .. }
            | Self::Restart { .. }
            | Self::Kill { .. }
            | Self::Pause(_)
            | Self::Unpause(_)
            | Self::Remove { .. }
            | Self::Rename { .. }
            | Self::Update { .. }
            | Self::Wait(_)
            | Self::Create(_) => "containers",
            Self::SaveLog(_) => "logs",
        }
    }

    /// What will happen, in full sentences, with what cannot be undone.
    pub fn consequence(&self) -> String {
        match self {
            Self::Start(_) => "Runs its command again, in the same container with the same files.".to_owned(),
            Self::Stop { timeout, .. } => {
                format!("Sends its stop signal (SIGTERM unless set otherwise), and SIGKILL {}. It can be started again.", after(*timeout))
            }
            Self::Restart { timeout, .. } => format!(
                "Stops it as Stop does, with SIGKILL {}, and starts it again. It cannot be reached meanwhile.",
                after(*timeout)
            ),
            Self::Kill { signal, .. } => kill(signal),
            Self::Pause(_) => "Freezes all its processes: it keeps its memory and answers nothing until unpaused.".to_owned(),
            Self::Unpause(_) => "Lets its processes go on where they were frozen.".to_owned(),
            Self::Remove { force, volumes, .. } => remove(*force, *volumes),
            Self::Rename { name, .. } => {
                format!("Other containers on its networks find it as {name} from then on. It keeps running.")
            }
            Self::Update { limits, .. } => {
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
            Self::Wait(_) => "Changes nothing: tells its exit code when it ends.".to_owned(),
            Self::SaveLog(_) => "Writes its log to a file here; the file appears when all of it is written.".to_owned(),
            Self::Create(spec) => create(spec.start, spec.auto_remove),
            Self::Pull { .. } => {
                "Downloads what is missing of it from its registry. An older image of that name stays, without the name.".to_owned()
            }
            Self::RemoveImage { force, prune_parents, .. } => remove_image(*force, *prune_parents),
            Self::RemoveVolume(_) => "Deletes the volume with everything that is in it; this cannot be undone.".to_owned(),
            Self::RemoveNetwork { .. } => {
                "Deletes the network. Nothing that containers hold is lost; it can be created again.".to_owned()
            }
            Self::TagImage { new, .. } => format!("The same image gets one more name. An image that is called {new} now loses that name."),
        }
    }
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

fn remove_image(force: bool, prune_parents: bool) -> String {
    let mut sentences = vec![
        "Takes the name off the image, and deletes the image if that was its last one; it must be pulled or built again then.",
    ];
    if force {
        sentences.push("Goes ahead even if stopped containers use it: they keep their files.");
    }
    sentences.push(match prune_parents {
        true => "Parent images without a name are deleted as well.",
        false => "Parent images without a name stay.",
    });
    sentences.join(" ")
}
