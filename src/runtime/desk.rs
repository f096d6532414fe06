//! The user's desk: browser and files.

use crate::config::Environment;
use crate::domain::{Failure, FailureKind};
use std::fs::File;
use std::io::Read;
use std::process::{Command, Stdio};

/// Bytes of a file that a form reads at most.
const LARGEST_FILE: u64 = 1 << 20;

/// Opens an address in the browser of this machine.
pub(super) fn browse(address: &str) -> Result<(), Failure> {
    let opener = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let started =
        Command::new(opener).arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    match started {
        Ok(mut child) => {
            // Somebody has to wait for it, or it stays as a zombie.
            std::thread::spawn(move || child.wait());
            Ok(())
        }
        Err(error) => Err(Failure::new(FailureKind::LocalFile, format!("{opener} cannot be started: {error}."))
            .with_hint(format!("Open {address} by hand."))),
    }
}

/// Reads a small text file that a form names; `~/` is the user's home.
pub(super) fn read(path: &str) -> Result<String, Failure> {
    let failure = |words: &dyn std::fmt::Display| {
        Failure::new(FailureKind::LocalFile, format!("{path} cannot be read: {words}."))
            .with_hint("Give the path of a text file on this machine.")
    };
    let place = Environment::capture().expand(path);
    // A pipe or a device may never give anything, or never stop.
    let known = std::fs::metadata(&place).map_err(|error| failure(&error))?;
    if !known.is_file() {
        return Err(failure(&"it is no regular file"));
    }
    if known.len() > LARGEST_FILE {
        return Err(failure(&"it is larger than 1 MiB"));
    }
    let mut text = String::new();
    let file = File::open(&place).map_err(|error| failure(&error))?;
    // It may have grown since.
    file.take(LARGEST_FILE).read_to_string(&mut text).map_err(|error| failure(&error))?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_small_files_are_read() {
        let path = std::env::temp_dir().join(format!("dockerui-desk-{}", std::process::id()));
        let name = path.to_str().unwrap();
        std::fs::write(&path, "A=1\n").unwrap();
        assert_eq!(read(name).unwrap(), "A=1\n");
        std::fs::write(&path, vec![b'a'; 2 << 20]).unwrap();
        assert!(read(name).unwrap_err().sentence.ends_with("it is larger than 1 MiB."));
        std::fs::remove_file(&path).unwrap();
        assert!(read("/dev/zero").unwrap_err().sentence.contains("no regular file"));
        assert!(read("~/no such file").unwrap_err().sentence.starts_with("~/no such file cannot be read"));
    }
}
