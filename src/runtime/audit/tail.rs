//! Reads the end of the audit log, however long the file is, and of the file before where there is room left.

use crate::domain::{AuditEntry, AuditTail, Failure, FailureKind, HostId, Time};
use serde::Deserialize;
use serde_json::Value;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

/// Bytes that are read from the end: some ten thousand lines.
const MOST: u64 = 2 << 20;

/// The last lines of the file and of the one before, the newest first.
///
/// # Errors
/// `LocalFile` where it cannot be read.
pub fn read(path: &Path) -> Result<AuditTail, Failure> {
    let shown = path.display().to_string();
    let (text, is_cut) = end_of(path, MOST).map_err(|error| {
        Failure::new(FailureKind::LocalFile, format!("The audit log {shown} cannot be read: {error}."))
            .with_hint("It is written by this program, one line of JSON for each changing call.")
    })?;
    let left = MOST.saturating_sub(u64::try_from(text.len()).unwrap_or(MOST));
    let (before, is_cut) = match is_cut {
        true => (String::new(), true),
        false => match end_of(&super::older(path), left) {
            Ok(before) => before,
            Err(error) => (String::new(), error.kind() != io::ErrorKind::NotFound),
        },
    };
    let mut tail = AuditTail { path: shown, is_cut, ..AuditTail::default() };
    for line in text.lines().rev().chain(before.lines().rev()).filter(|line| !line.trim().is_empty()) {
        match entry(line) {
            Some(entry) => tail.entries.push(entry),
            None => tail.unread += 1,
        }
    }
    Ok(tail)
}

/// The whole lines among the last bytes of a file, and whether there are others before them.
fn end_of(path: &Path, most: u64) -> io::Result<(String, bool)> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let start = length.saturating_sub(most);
    file.seek(SeekFrom::Start(start))?;
    let mut bytes = Vec::new();
    file.take(most).read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    match text.split_once('\n') {
        // The first one has lost its beginning.
        Some((_, whole)) if start > 0 => Ok((whole.to_owned(), true)),
        _ => Ok((text, start > 0)),
    }
}

#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    time: String,
    host: String,
    command: String,
    #[serde(default)]
    api: String,
    #[serde(default)]
    result: Value,
}

fn entry(line: &str) -> Option<AuditEntry> {
    let line: Line = serde_json::from_str(line).ok()?;
    let at = line.time.parse::<jiff::Timestamp>().ok();
    let failure = line.result.get("failed").and_then(Value::as_str);
    Some(AuditEntry {
        at: at.and_then(|at| i64::try_from(at.as_nanosecond()).ok()).map(Time),
        host: HostId::new(&line.host),
        command: line.command.into(),
        api: line.api.into(),
        failure: failure.map(Into::into),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, text: &str) -> std::path::PathBuf {
        let path = std::env::temp_dir().join(format!("dockerui-tail-{}-{name}", std::process::id()));
        std::fs::write(&path, text).unwrap();
        path
    }

    #[test]
    fn the_newest_comes_first_and_what_is_no_line_of_ours_is_counted() {
        let old = r#"{"time":"2024-12-24T00:26:40Z","host":"a","command":"docker stop web","result":"ok"}"#;
        let new = r#"{"time":"x","host":"b","command":"docker rm web","api":"DELETE /containers/web","result":{"failed":"No."}}"#;
        let path = file("order", &format!("{old}\nhello\n\n{new}\n"));
        let tail = read(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        assert_eq!((tail.entries.len(), tail.unread, tail.is_cut), (2, 1, false));
        assert_eq!((&*tail.entries[0].command, tail.entries[0].at), ("docker rm web", None));
        assert_eq!(tail.entries[0].failure.as_deref(), Some("No."));
        assert_eq!(tail.entries[1].at, Some(Time(1_735_000_000_000_000_000)));
        assert_eq!(tail.entries[0].line(), "b: docker rm web (DELETE /containers/web): No.");
    }

    #[test]
    fn of_a_long_file_only_whole_lines_of_its_end_are_read() {
        let path = file("long", "aaaa\nbbbb\ncccc\n");
        assert_eq!(end_of(&path, 7).unwrap(), ("cccc\n".to_owned(), true));
        assert_eq!(end_of(&path, 99).unwrap(), ("aaaa\nbbbb\ncccc\n".to_owned(), false));
        std::fs::remove_file(&path).unwrap();
        assert_eq!(read(&path).unwrap_err().kind, FailureKind::LocalFile);
    }
}
