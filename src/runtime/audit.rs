//! The local audit log: every changing call, one JSON object a line.

pub mod tail;

use crate::domain::{HostId, Request};
use crate::engine::Witness;
use serde_json::json;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// An append-only file. Clones write to the same file.
#[derive(Clone, Debug)]
pub struct AuditLog {
    file: Arc<File>,
    path: PathBuf,
    clock: super::clock::Clock,
}

impl AuditLog {
    /// Opens the file at its end, readable by its owner alone.
    ///
    /// # Errors
    /// When it cannot be created or opened.
    pub fn open(path: &Path, clock: super::clock::Clock) -> io::Result<Self> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let mut options = OpenOptions::new();
        options.create(true).append(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        Ok(Self { file: Arc::new(options.open(path)?), path: path.to_owned(), clock })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes a request, its secrets hidden; `Err` says why it failed.
    pub fn write(&self, host: &HostId, request: &Request, result: &Result<(), String>) {
        self.write_line(host, &request.discreet_command(), Some(&request.api().to_string()), result);
    }

    /// Writes what was done otherwise than by one request.
    pub fn write_command(&self, host: &HostId, command: &str, result: &Result<(), String>) {
        self.write_line(host, command, None, result);
    }

    /// Writes what an engine does beside what it is asked for.
    pub fn witness(&self, host: HostId) -> Witness {
        let log = self.clone();
        Witness::new(move |command, result| {
            log.write_command(&host, command, &result.map_err(|failure| failure.sentence.clone()));
        })
    }

    /// Writes time, host, command and result. A line is one write, so that two programs do not mix theirs.
    fn write_line(&self, host: &HostId, command: &str, api: Option<&str>, result: &Result<(), String>) {
        let time = jiff::Timestamp::from_nanosecond(i128::from(self.clock.now().0)).unwrap_or_default();
        let result = match result {
            Ok(()) => json!("ok"),
            Err(words) => json!({ "failed": words }),
        };
        let mut line = json!({ "time": time.to_string(), "host": host.as_str(), "command": command });
        if let Some(fields) = line.as_object_mut() {
            fields.extend(api.map(|api| ("api".to_owned(), json!(api))));
            fields.insert("result".to_owned(), result);
        }
        if let Err(error) = (&*self.file).write_all(format!("{line}\n").as_bytes()) {
            tracing::error!("the audit log cannot be written: {error}");
        }
    }
}
