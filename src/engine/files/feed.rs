//! Between connections and the tar crate: bytes that come in pieces, for a reader that waits for them.

use crate::domain::{Failure, FailureKind};
use crate::engine::direct::DirectBody;
use bytes::{Buf, Bytes};
use std::io::{self, Read};
use tokio::sync::mpsc::{self, Receiver, Sender};

/// Pieces that wait between both sides.
const DEPTH: usize = 16;

/// An archive that comes, for a thread that may wait. It ends at a limit, if one is given.
#[derive(Debug)]
pub struct TarReader {
    pieces: Receiver<Result<Bytes, Failure>>,
    piece: Bytes,
    given: u64,
    limit: u64,
    failure: Option<Failure>,
}

/// Reads a body in another thread: the reader, and what must be waited for meanwhile. `told` hears each piece's length.
pub fn reader(
    body: DirectBody,
    limit: u64,
    told: impl FnMut(usize) + Send,
) -> (TarReader, impl Future<Output = ()> + Send) {
    let (sender, pieces) = mpsc::channel(DEPTH);
    let reader = TarReader { pieces, piece: Bytes::new(), given: 0, limit, failure: None };
    (reader, pump(body, sender, told))
}

/// Carries a body on until it ends or nobody reads any more.
async fn pump(mut body: DirectBody, sender: Sender<Result<Bytes, Failure>>, mut told: impl FnMut(usize)) {
    loop {
        let piece = tokio::select! {
            piece = body.piece() => piece,
            () = sender.closed() => return,
        };
        let Some(piece) = piece else { return };
        told(piece.as_ref().map_or(0, Bytes::len));
        let is_last = piece.is_err();
        if sender.send(piece).await.is_err() || is_last {
            return;
        }
    }
}

impl TarReader {
    /// Bytes that were read of it.
    pub fn given(&self) -> u64 {
        self.given
    }

    /// Whether it ended because the limit was reached.
    pub fn is_cut(&self) -> bool {
        self.given >= self.limit
    }

    /// What an error while it was read means: the connection's own failure, or that the archive cannot be read.
    pub fn failure(self, error: &io::Error) -> Failure {
        self.failure.unwrap_or_else(|| {
            Failure::new(FailureKind::Malformed, format!("The engine's archive cannot be read: {error}."))
        })
    }
}

impl Read for TarReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.is_cut() {
            return Ok(0);
        }
        while self.piece.is_empty() {
            match self.pieces.blocking_recv() {
                Some(Ok(piece)) => self.piece = piece,
                Some(Err(failure)) => {
                    let error = io::Error::other(failure.sentence.clone());
                    self.failure = Some(failure);
                    return Err(error);
                }
                None => return Ok(0),
            }
        }
        let count = buffer.len().min(self.piece.len());
        if let Some(part) = buffer.get_mut(..count) {
            self.piece.copy_to_slice(part);
        }
        self.given += count as u64;
        Ok(count)
    }
}
