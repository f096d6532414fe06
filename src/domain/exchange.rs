//! One request to an engine and what came of it, for the request log.

use std::time::Duration;

/// A request as it was sent, told when its answer (of a stream: the answer's head) is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// `GET`, `POST`, `DELETE`, …
    pub method: Box<str>,
    /// Path and query, with the version prefix.
    pub path: Box<str>,
    /// The HTTP status; `None` where no answer came.
    pub status: Option<u16>,
    /// The sentence of the failure: a refusal's, or why there is no whole answer.
    pub failure: Option<Box<str>>,
    /// From sending to the end of the answer (of a stream: to its head).
    pub elapsed: Duration,
    /// Bytes of the answer's body that were read; 0 for streams.
    pub bytes: u64,
}
