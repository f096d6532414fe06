//! What a request carries: JSON, or bytes that are read while they are sent.

use bytes::Bytes;
use futures_util::Stream;
use std::fmt;
use std::io;
use std::pin::Pin;

/// Bytes to send, in pieces. Its failure ends the request; one that is a [`Failure`](crate::domain::Failure) within
/// an `io::Error` is the request's own.
pub type ByteStream = Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>;

/// The body of a request.
pub enum Content {
    /// Empty for none.
    Json(Bytes),
    /// Sent as it comes, in chunks: nobody knows its length before.
    Stream { kind: &'static str, bytes: ByteStream },
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json(bytes) => f.debug_tuple("Json").field(bytes).finish(),
            Self::Stream { kind, .. } => f.debug_struct("Stream").field("kind", kind).finish_non_exhaustive(),
        }
    }
}
