//! Between connections and the tar crate: bytes that come or go in pieces, for a reader or a writer that waits for them.

use crate::domain::{Failure, FailureKind};
use crate::engine::body::ByteStream;
use crate::engine::direct::DirectBody;
use bytes::{Buf, Bytes, BytesMut};
use futures_util::stream;
use std::io::{self, Read, Write};
use tokio::sync::mpsc::{self, Receiver, Sender};

/// Pieces that wait between both sides.
const DEPTH: usize = 16;
/// Bytes that are gathered before they are sent.
const GATHERED: usize = 64 * 1024;

/// An archive that comes, for a thread that may wait. It ends at a limit, if one is given.
#[derive(Debug)]
pub struct TarReader {
    pieces: Receiver<Result<Bytes, Failure>>,
    piece: Bytes,
    given: u64,
    limit: u64,
    is_over: bool,
    failure: Option<Failure>,
}

/// An archive that goes, from a thread that may wait. Dropped before [`TarWriter::finish`] it breaks the request off.
#[derive(Debug)]
pub struct TarWriter {
    pieces: Sender<io::Result<Bytes>>,
    gathered: BytesMut,
    is_whole: bool,
}

/// Reads a body in another thread: the reader, and what must be waited for meanwhile. `told` hears each piece's length.
pub fn reader(
    body: DirectBody,
    limit: u64,
    told: impl FnMut(usize) + Send,
) -> (TarReader, impl Future<Output = ()> + Send) {
    let (sender, pieces) = mpsc::channel(DEPTH);
    let reader = TarReader { pieces, piece: Bytes::new(), given: 0, limit, is_over: false, failure: None };
    (reader, pump(body, sender, told))
}

/// Carries a body on until it ends or nobody reads any more.
async fn pump(mut body: DirectBody, sender: Sender<Result<Bytes, Failure>>, mut told: impl FnMut(usize)) {
    loop {
        let piece = tokio::select! {
            piece = body.piece() => piece,
            () = sender.closed() => return,
        };
        let is_last = !matches!(piece, Some(Ok(_)));
        // An empty piece is the end. Without it the reader was left alone: what it has is not whole.
        let piece = piece.unwrap_or_else(|| Ok(Bytes::new()));
        let count = piece.as_ref().map_or(0, Bytes::len);
        if count == 0 && !is_last {
            continue;
        }
        told(count);
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
        if self.is_cut() || self.is_over {
            return Ok(0);
        }
        while self.piece.is_empty() {
            match self.pieces.blocking_recv() {
                Some(Ok(piece)) if piece.is_empty() => {
                    self.is_over = true;
                    return Ok(0);
                }
                Some(Ok(piece)) => self.piece = piece,
                Some(Err(failure)) => {
                    let error = io::Error::other(failure.sentence.clone());
                    self.failure = Some(failure);
                    return Err(error);
                }
                None => return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "nobody reads it any more")),
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

/// The writer, and what is sent meanwhile.
pub fn writer() -> (TarWriter, ByteStream) {
    let (pieces, mut receiver) = mpsc::channel(DEPTH);
    let writer = TarWriter { pieces, gathered: BytesMut::new(), is_whole: false };
    (writer, Box::pin(stream::poll_fn(move |cx| receiver.poll_recv(cx))))
}

impl TarWriter {
    /// Sends what is left: the archive is whole.
    ///
    /// # Errors
    /// Where nobody takes it any more.
    pub fn finish(mut self) -> io::Result<()> {
        self.flush()?;
        self.is_whole = true;
        Ok(())
    }
}

impl Write for TarWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.gathered.extend_from_slice(bytes);
        if self.gathered.len() >= GATHERED {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.gathered.is_empty() {
            return Ok(());
        }
        let piece = self.gathered.split().freeze();
        self.pieces.blocking_send(Ok(piece)).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}

impl Drop for TarWriter {
    fn drop(&mut self) {
        if !self.is_whole {
            // Where nothing more is taken the request has ended already.
            let _ = self.pieces.try_send(Err(io::Error::other("the archive was given up")));
        }
    }
}
