//! The saved hosts: the config file changed and read again, files of certificates looked at, hosts tried.

use super::spawn::{Outbox, Spawner};
use super::steps;
use crate::app::Msg;
use crate::app::effect::Tried;
use crate::app::msg::{Saved, TrialId, TrialNews};
use crate::config::edit::{self, ProfileEdit};
use crate::config::{ConfigError, Environment, Layer, Settings, profile_endpoint, roster};
use crate::demo::DemoEngine;
use crate::domain::{ApiVersion, Failure, FailureKind, Step, TlsPart};
use crate::engine::Tls;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::mpsc;

/// Where hosts are saved, and what else there are of them.
#[derive(Clone, Debug)]
pub struct Profiles {
    pub store: Store,
    pub environment: Environment,
}

/// What holds the saved hosts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Store {
    /// The config file; none is there before the first host is saved.
    File(PathBuf),
    /// The text that a file would have, for as long as the program runs.
    Memory(String),
}

/// Edits that wait for the one before: nobody presses that many buttons.
const WAITING: usize = 16;
/// Steps of a trial that wait to be told; there are fewer of them.
const STEPS: usize = 64;

/// Changes the saved hosts, one edit after the other: each reads what the one before wrote.
#[derive(Debug)]
pub(super) struct Clerk(mpsc::Sender<ProfileEdit>);

impl Clerk {
    pub fn start(profiles: Profiles, spawner: &Spawner) -> Self {
        let (sender, mut edits) = mpsc::channel::<ProfileEdit>(WAITING);
        let mut profiles = profiles;
        spawner.spawn(|out| async move {
            while let Some(edit) = edits.recv().await {
                let (mut at_work, asked) = (profiles.clone(), edit.clone());
                let work = tokio::task::spawn_blocking(move || {
                    let result = at_work.perform(&asked);
                    (at_work, result)
                });
                let result = match work.await {
                    Ok((after, result)) => {
                        profiles = after;
                        result
                    }
                    Err(_) => Err(Failure::new(FailureKind::LocalFile, "Writing the config file was stopped.")),
                };
                out.msg(Msg::ProfilesEdited { edit, result }).await;
            }
        });
        Self(sender)
    }

    /// Asks for an edit; the same edit back where it cannot be taken.
    pub fn ask(&self, edit: ProfileEdit) -> Result<(), ProfileEdit> {
        self.0.try_send(edit).map_err(|error| match error {
            mpsc::error::TrySendError::Full(edit) | mpsc::error::TrySendError::Closed(edit) => edit,
        })
    }
}

impl Profiles {
    /// The file as it is shown, the user's home as `~`.
    pub fn shown_file(&self) -> Option<String> {
        let Store::File(path) = &self.store else { return None };
        let home = self.environment.home.as_deref();
        let below = home.and_then(|home| path.strip_prefix(home).ok());
        Some(below.map_or_else(|| path.display().to_string(), |below| format!("~/{}", below.display())))
    }

    /// Reads what is saved now, changes it, and reads it again.
    fn perform(&mut self, edit: &ProfileEdit) -> Result<Saved, Failure> {
        let (path, text) = match &self.store {
            Store::File(path) => (path.clone(), read(path)?),
            Store::Memory(text) => (PathBuf::from("the demo"), text.clone()),
        };
        // A file with mistakes is the user's to mend: half of it would be lost otherwise.
        Layer::parse(&path, &text).map_err(|mistakes| mistaken(&mistakes))?;
        let edited = edit::apply(&path, &text, edit).map_err(|mistake| mistaken(&[mistake]))?;
        let layer = Layer::parse(&path, &edited).map_err(|mistakes| mistaken(&mistakes))?;
        match &mut self.store {
            Store::File(path) => write(path, &edited)?,
            Store::Memory(text) => *text = edited,
        }
        let settings = Settings::default().with(layer);
        let roster = roster(&settings, &self.environment);
        Ok(Saved { hosts: settings.hosts, default_host: settings.default_host, roster })
    }
}

fn read(path: &Path) -> Result<String, Failure> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(text),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(String::new()),
        Err(error) => Err(Failure::new(FailureKind::LocalFile, format!("{} cannot be read: {error}.", path.display()))
            .with_hint("Nothing was written.")),
    }
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    edit::write_file(path, text).map_err(|error| {
        Failure::new(FailureKind::LocalFile, format!("{} cannot be written: {error}.", path.display()))
            .with_hint(remedy(&error))
    })
}

fn remedy(error: &io::Error) -> &'static str {
    match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            "Make it writable, or start with --config and the path of another file."
        }
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "Make room on the disk and save again.",
        _ => "What was typed is kept: save again when that is mended.",
    }
}

/// The first mistake with its line, and how many more there are.
fn mistaken(mistakes: &[ConfigError]) -> Failure {
    let first = mistakes.first().map(ToString::to_string).unwrap_or_default();
    let more = match mistakes.len() {
        0 | 1 => String::new(),
        count => format!(" There are {} more.", count - 1),
    };
    Failure::new(FailureKind::LocalFile, format!("{first}{more}"))
        .with_hint("Nothing was written. Mend the file by hand, then save again.")
}

/// Whether a file of certificates can be used.
pub(super) async fn look(part: TlsPart, path: String, environment: Arc<Environment>, out: Outbox) {
    let place = environment.expand(&path);
    let found = tokio::task::spawn_blocking(move || Tls::look(part, &place)).await;
    let found = found.unwrap_or_else(|_| Err(Failure::new(FailureKind::LocalFile, "Reading it was stopped.")));
    out.msg(Msg::FileLooked { part, path, found }).await;
}

/// Connects to a host step by step and tells each step.
pub(super) async fn attempt(
    trial: TrialId,
    tried: Tried,
    environment: Arc<Environment>,
    (demo, api): (Option<DemoEngine>, Option<ApiVersion>),
    out: Outbox,
) {
    let (sender, mut told) = mpsc::channel(STEPS);
    let trying = async {
        let endpoint = match tried {
            Tried::Typed(profile) => profile_endpoint(&profile, &environment),
            Tried::Known(_, endpoint) => Ok(endpoint),
        };
        let tell = |step: Step| sender.try_send(step);
        match endpoint {
            Ok(endpoint) => {
                let address = tell(Step::Address(steps::address(&endpoint)));
                if address.is_ok() {
                    // Nobody listens any more: there is nobody to tell that.
                    let _ = steps::steps(&endpoint, demo.as_ref(), api, tell).await;
                }
            }
            Err(failure) => drop(tell(Step::Failed(failure))),
        }
        drop(sender);
    };
    let telling = async {
        while let Some(step) = told.recv().await {
            out.msg(Msg::Trial(trial, TrialNews::Step(step))).await;
        }
    };
    tokio::join!(trying, telling);
    out.msg(Msg::Trial(trial, TrialNews::Ended(None))).await;
}

#[cfg(test)]
mod tests;
