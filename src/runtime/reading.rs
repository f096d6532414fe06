//! Lines of a log in the user's pager or editor: written to a private file, which goes when the program ends.

use super::Runtime;
use super::act::save;
use super::screen::Synchronize;
use super::terminal::Seat;
use crate::app::Msg;
use crate::app::effect::Tool;
use crate::config::Environment;
use crate::domain::text::clean;
use crate::domain::{Failure, FailureKind, HostId, LogSave, Progress};
use ratatui::backend::Backend;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::pin::pin;
use tokio::process::Command;
use tokio::sync::mpsc;

/// Folders of one process that are looked at for one that is free.
const TRIED: u32 = 100;

impl<B: Backend<Error = io::Error> + Synchronize> Runtime<B> {
    /// Writes the lines and runs the program until it ends; a message where something went wrong.
    pub(super) async fn read(&mut self, host: HostId, save: LogSave, tool: Tool) -> Option<Msg> {
        let engine = self.engine(&host);
        let has_terminal = matches!(self.seat, Seat::Terminal(_));
        let name = clean(&save.target.name).into_owned();
        let folder = match PrivateFolder::new(&self.environment) {
            Ok(folder) => folder,
            Err(error) => return Some(trouble(format!("No private folder can be made: {error}."))),
        };
        let file = folder.0.join(&save.path);
        let save = LogSave { path: file.to_string_lossy().into_owned(), ..save };
        let (sender, mut steps) = mpsc::channel(1);
        // A step that is not told in time is followed by a later one.
        let tell = move |step: Progress| drop(sender.try_send(step));
        let environment = self.environment.clone();
        let writing = self.spawner.run(async move { save::save(engine, &save, &environment, tell).await });
        let mut writing = pin!(writing);
        let written = loop {
            tokio::select! {
                written = &mut writing => break written.and_then(|done| done),
                _ = tokio::signal::ctrl_c() => return None,
                Some(step) = steps.recv() => {
                    if has_terminal {
                        // A terminal that cannot be written to is found out by the next frame.
                        let mut out = io::stdout();
                        let _ = write!(out, "\rReading the log of {name}: {} (Ctrl-c gives up) ", step.status)
                            .and_then(|()| out.flush());
                    }
                }
            }
        };
        match written {
            Ok(_) => show(tool, &file, &self.environment, has_terminal).await.err().map(Msg::Trouble),
            Err(failure) => Some(Msg::Trouble(failure)),
        }
    }
}

pub(super) async fn show(
    tool: Tool,
    file: &Path,
    environment: &Environment,
    has_terminal: bool,
) -> Result<(), Failure> {
    let (variables, usual): (&[&str], &str) = match tool {
        Tool::Pager => (&["PAGER"], "less"),
        Tool::Editor => (&["VISUAL", "EDITOR"], "vi"),
    };
    let named = variables.iter().find_map(|name| Some((*name, environment.variable(name)?)));
    if named.is_none() && !has_terminal {
        return Err(Failure::new(FailureKind::LocalFile, format!("There is no terminal for {usual}.")));
    }
    let (name, line) = named.unwrap_or((variables.last().copied().unwrap_or_default(), usual));
    let words = shell_words::split(line).unwrap_or_default();
    let Some((program, arguments)) = words.split_first() else {
        return Err(Failure::new(FailureKind::LocalFile, format!("${name} is no command: {line}"))
            .with_hint("Set it to a program and its arguments."));
    };
    let mut command = Command::new(program);
    command.args(arguments).arg(file).kill_on_drop(true);
    if Path::new(program).file_name().is_some_and(|name| name == "less") {
        // Set to end where all fits on one screen, it would be gone before anybody saw it.
        command.env("LESS", format!("{} -+F", environment.variable("LESS").unwrap_or_default()));
    }
    let unstarted = |error: io::Error| {
        Failure::new(FailureKind::LocalFile, format!("{program} cannot be started: {error}."))
            .with_hint(format!("Set {name} to a program that is installed."))
    };
    let status = command.status().await.map_err(unstarted)?;
    match status.code() {
        Some(code) if code != 0 => {
            Err(Failure::new(FailureKind::LocalFile, format!("{program} ended with exit code {code}.")))
        }
        _ => Ok(()),
    }
}

fn trouble(sentence: String) -> Msg {
    Msg::Trouble(Failure::new(FailureKind::LocalFile, sentence))
}

/// A folder that nobody else may look into; with it goes what is in it.
#[derive(Debug)]
pub(super) struct PrivateFolder(pub PathBuf);

impl PrivateFolder {
    pub fn new(environment: &Environment) -> io::Result<Self> {
        let own = environment.runtime_dir.clone().filter(|folder| folder.is_dir());
        let parents = own.into_iter().chain([std::env::temp_dir()]);
        let mut result = Err(io::ErrorKind::NotFound.into());
        for parent in parents {
            for number in 0..TRIED {
                let path = parent.join(format!("dockerui-{}-{number}", std::process::id()));
                result = make(&path).map(|()| Self(path));
                match &result {
                    Ok(_) => return result,
                    Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                    Err(_) => break,
                }
            }
        }
        result
    }
}

impl PrivateFolder {
    /// It stays with what is in it: somebody will look for that.
    pub fn keep(mut self) -> PathBuf {
        std::mem::take(&mut self.0)
    }
}

impl Drop for PrivateFolder {
    fn drop(&mut self) {
        if self.0.as_os_str().is_empty() {
            return;
        }
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            tracing::warn!("{} stays: {error}", self.0.display());
        }
    }
}

#[cfg(unix)]
fn make(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().mode(0o700).create(path)
}

#[cfg(not(unix))]
fn make(path: &Path) -> io::Result<()> {
    std::fs::create_dir(path)
}
