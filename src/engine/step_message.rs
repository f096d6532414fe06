//! One message of a stream of steps, as pulls, pushes, loads, imports and builds send it.

use super::lenient::{Text, or_default};
use crate::domain::{Failure, FailureKind, Progress};
use serde::Deserialize;
use serde_json::Value;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct StepMessage<'a> {
    #[serde(borrow)]
    pub(super) status: Text<'a>,
    /// Podman's words for the whole, Docker's when it loads, and what the steps of a build write.
    #[serde(borrow)]
    pub(super) stream: Text<'a>,
    #[serde(borrow)]
    pub(super) id: Text<'a>,
    /// Errors come within an answer of status 200.
    #[serde(borrow)]
    pub(super) error: Text<'a>,
    #[serde(rename = "progressDetail", deserialize_with = "or_default")]
    detail: Detail,
    /// What is for programs: the id of an image, the messages of BuildKit.
    pub(super) aux: Value,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Detail {
    #[serde(deserialize_with = "or_default")]
    current: u64,
    #[serde(deserialize_with = "or_default")]
    total: u64,
}

impl StepMessage<'_> {
    /// How far a part is, with these words.
    pub(super) fn progress(&self, part: Box<str>, words: &str) -> Progress {
        Progress { part, status: words.trim().into(), done: self.detail.current, total: self.detail.total }
    }
}

/// What an engine or a registry says when it goes wrong in the middle; `denials` are further words that ask for a login.
pub(super) fn step_failure(words: &str, denials: &[&str]) -> Failure {
    let sentence = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let known = ["no basic auth", "unauthorized", "authentication required", "access denied"];
    let is_denial = known.iter().chain(denials).any(|sign| sentence.contains(sign));
    Failure::new(if is_denial { FailureKind::Unauthorized } else { FailureKind::Engine }, sentence)
}
