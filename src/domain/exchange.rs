//! One request to an engine and what came of it, for the request log.

use std::time::Duration;

/// A request as it was sent, told when its answer (of a stream: the answer's head) is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// `GET`, `POST`, `DELETE`, …
    pub method: Box<str>,
    /// Path and query, with the version prefix.
    pub path: Box<str>,
    pub outcome: ExchangeOutcome,
    /// From sending to the end of the answer (of a stream: to its head).
    pub elapsed: Duration,
    /// Bytes of the answer's body that were read; 0 for streams.
    pub bytes: u64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExchangeOutcome {
    /// The HTTP status.
    Status(u16),
    /// No whole answer came: the sentence of the failure.
    Failed(Box<str>),
}
