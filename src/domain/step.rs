//! The steps of connecting to an engine, as they are told one after the other.

use super::Failure;

/// One step that was tried, or a word about those that follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The address that is tried now, with its notes in brackets.
    Address(String),
    /// It went well.
    Passed(String),
    /// It did not, and everything else goes on.
    Warned(String),
    /// It did not; no further step of this address is tried.
    Failed(Failure),
}
