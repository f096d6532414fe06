//! Turns a request into a bare two-way byte stream, as exec and attach need it.

use super::Engine;
use super::Socket;
use super::call::Call;
use crate::domain::{Failure, FailureKind};
use bytes::Bytes;
use hyper::header::{CONNECTION, HeaderMap, TRANSFER_ENCODING, UPGRADE};

/// The socket after the head of the answer.
#[derive(Debug)]
pub struct Hijacked {
    pub socket: Socket,
    /// What came glued to the head.
    pub early: Bytes,
    pub headers: HeaderMap,
}

impl Engine {
    /// 101 is the rule; 200 without a length is the older way, and what some proxies make of the first.
    pub(super) async fn hijack(&self, call: Call) -> Result<Hijacked, Failure> {
        let (response, direct) = self.direct(call, &[(CONNECTION, "Upgrade"), (UPGRADE, "tcp")]).await?;
        let (head, body) = response.into_parts();
        if head.headers.contains_key(TRANSFER_ENCODING) {
            return Err(Failure::new(FailureKind::Unsupported, "The answer is no two-way stream.")
                .with_hint("A proxy in front of the engine does not let connections be upgraded."));
        }
        let (socket, early) = direct.into_socket(body);
        Ok(Hijacked { socket, early, headers: head.headers })
    }
}
