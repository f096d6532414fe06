//! Failures as data: what went wrong in a sentence, and what can be done about it.

use std::fmt;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    pub kind: FailureKind,
    /// The engine's own words where it had any, cleaned of line ends.
    pub sentence: String,
    /// The remedy, a sentence.
    pub hint: Option<String>,
}

/// What sort of failure it is: decides where it is shown and whether trying again can help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FailureKind {
    /// There is no socket at that path, or no host of that name.
    Missing,
    /// The socket is there but this user may not open it.
    PermissionDenied,
    /// Nobody listens there.
    Refused,
    /// No answer within the deadline.
    TimedOut,
    /// The connection ended in the middle.
    Lost,
    /// Who answers cannot be proved to be the right one: a certificate, a host key.
    Untrusted,
    /// The host wants to know who we are, and only the user can tell it: a password, a passphrase, another key.
    NeedsLogin,
    /// The engine speaks a protocol that this program does not (or too old an API).
    Incompatible,
    /// 400.
    BadRequest,
    /// 401.
    Unauthorized,
    /// 403, by a socket proxy or an authorization plugin.
    Forbidden,
    /// 404.
    NotFound,
    /// 409.
    Conflict,
    /// 5xx.
    Engine,
    /// The answer could not be read.
    Malformed,
    /// This engine cannot do it.
    Unsupported,
    /// The user stopped it.
    Cancelled,
    /// The profile is read-only: nothing was sent.
    ReadOnly,
    /// Reading or writing a local file failed.
    LocalFile,
}

impl Failure {
    pub fn new(kind: FailureKind, sentence: impl Into<String>) -> Self {
        Self { kind, sentence: sentence.into(), hint: None }
    }

    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Whether the engine cannot be reached at all (as against: it refused this one request).
    pub fn is_connection(&self) -> bool {
        matches!(
            self.kind,
            FailureKind::Missing
                | FailureKind::PermissionDenied
                | FailureKind::Refused
                | FailureKind::TimedOut
                | FailureKind::Lost
                | FailureKind::Untrusted
                | FailureKind::NeedsLogin
        )
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence)?;
        if let Some(hint) = &self.hint {
            write!(f, " {hint}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Failure {}
