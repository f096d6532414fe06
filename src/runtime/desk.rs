//! The user's desk: browser and files.

use crate::domain::{Failure, FailureKind};
use std::process::{Command, Stdio};

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

/// Reads a small text file that a form names.
pub(super) fn read(path: &str) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|error| {
        Failure::new(FailureKind::LocalFile, format!("{path} cannot be read: {error}."))
            .with_hint("Give the path of a text file on this machine.")
    })
}
