//! What the audit log of this program says of one changing call.

use super::{HostId, Time};

/// One line of the audit log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// When it ended; `None` where the line does not tell.
    pub at: Option<Time>,
    pub host: HostId,
    /// The `docker` command line that does the same, or what else was done, secrets hidden.
    pub command: Box<str>,
    /// Method and path of the request; empty where the line tells none.
    pub api: Box<str>,
    /// The sentence of the failure.
    pub failure: Option<Box<str>>,
}

/// The end of the audit log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditTail {
    /// The file, as it is told.
    pub path: String,
    /// The newest first.
    pub entries: Vec<AuditEntry>,
    /// The file has older lines, which were not read.
    pub is_cut: bool,
    /// Lines that are none of this program's.
    pub unread: usize,
}

impl AuditEntry {
    /// All of it on a line, for the clipboard.
    pub fn line(&self) -> String {
        let result = self.failure.as_deref().unwrap_or("ok");
        let api = if self.api.is_empty() { String::new() } else { format!(" ({})", self.api) };
        format!("{}: {}{api}: {result}", self.host, self.command)
    }
}
