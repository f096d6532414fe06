//! The local audit log: every changing call, one JSON object a line; a full file is kept once more under another name.

pub mod tail;

use crate::domain::{HostId, Request};
use crate::engine::Witness;
use serde_json::json;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Bytes of a full file.
const FULL: u64 = 8 << 20;

/// An append-only file, opened for each line: another program may have put a new one in its place.
#[derive(Clone, Debug)]
pub struct AuditLog {
    path: PathBuf,
    /// Bytes of a full file.
    full: u64,
    clock: super::clock::Clock,
}

impl AuditLog {
    /// Makes sure of the file, readable by its owner alone.
    ///
    /// # Errors
    /// When it cannot be created or opened.
    pub fn open(path: &Path, clock: super::clock::Clock) -> io::Result<Self> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        at_end(path)?;
        Ok(Self { path: path.to_owned(), full: FULL, clock })
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
        let line = format!("{line}\n");
        if let Err(error) = self.append(line.as_bytes()) {
            tracing::error!("the audit log cannot be written: {error}");
        }
    }

    fn append(&self, line: &[u8]) -> io::Result<()> {
        let mut file = at_end(&self.path)?;
        if is_full(&file, line, self.full)? && self.put_aside(&file, line) {
            file = at_end(&self.path)?;
        }
        file.write_all(line)
    }

    /// Renames the full file, in the place of the one before; false where it has to take the line nevertheless. Of
    /// programs and tasks that find it full together one does this: it holds the file's lock, and the others find a
    /// file that is not full.
    fn put_aside(&self, file: &File, line: &[u8]) -> bool {
        let renamed = || -> io::Result<()> {
            // Where the file is somewhere else, the old one stays beside it.
            let path = self.path.canonicalize()?;
            if is_full(&File::open(&path)?, line, self.full)? {
                std::fs::rename(&path, older(&path))?;
            }
            Ok(())
        };
        if file.try_lock().is_err() {
            return false;
        }
        renamed().inspect_err(|error| tracing::warn!("the full audit log cannot be put aside: {error}")).is_ok()
    }
}

/// The file before this one: `audit.log.1`.
pub fn older(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".1");
    name.into()
}

fn at_end(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Whether a line more were too much. A file that is empty takes any.
fn is_full(file: &File, line: &[u8], full: u64) -> io::Result<bool> {
    let length = file.metadata()?.len();
    let more = u64::try_from(line.len()).unwrap_or(u64::MAX);
    Ok(length > 0 && length.saturating_add(more) > full)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Time;
    use crate::runtime::clock::Clock;

    fn names(path: &Path) -> Vec<String> {
        let entries = tail::read(path).unwrap().entries;
        entries.into_iter().map(|entry| entry.command.into()).collect()
    }

    #[test]
    fn a_full_file_is_kept_once_and_read_on_into() {
        let folder = std::env::temp_dir().join(format!("dockerui-audit-full-{}", std::process::id()));
        drop(std::fs::remove_dir_all(&folder));
        let path = folder.join("audit.log");
        let mut log = AuditLog::open(&path, Clock::at(Time(1_735_000_000_000_000_000))).unwrap();
        log.full = 200;
        let write = |log: &AuditLog, command: &str| log.write_command(&HostId::new("a"), command, &Ok(()));
        // Two of them fit.
        for command in ["one", "two", "three"] {
            write(&log, command);
        }
        assert_eq!(names(&path), ["three", "two", "one"]);
        write(&log.clone(), "four");
        write(&log, "five");
        assert_eq!(names(&path), ["five", "four", "three"]);
        for path in [&path, &older(&path)] {
            let about = std::fs::metadata(path).unwrap();
            assert!(about.len() <= 200, "{about:?}");
            #[cfg(unix)]
            assert_eq!(std::os::unix::fs::MetadataExt::mode(&about) & 0o777, 0o600);
        }
        // Whoever finds it full while another has it in hand writes on.
        write(&log, "six");
        let held = at_end(&path).unwrap();
        held.lock().unwrap();
        write(&log, "seven");
        drop(held);
        assert_eq!(names(&path)[..3], ["seven", "six", "five"]);
        write(&log, &"x".repeat(400));
        write(&log, "last");
        assert_eq!(names(&path).len(), 2);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
