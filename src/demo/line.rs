//! The line between a client and the embedded engine, as tests want it: far away, held up now and then, or dead.

use bytes::{Bytes, BytesMut};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, DuplexStream, split};
use tokio::sync::{mpsc, watch};
use tokio::time::{Duration, Instant, sleep_until};

/// How a line carries what is given to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// There and back.
    pub round_trip: Duration,
    /// One piece in so many is held up for so long, and all behind it.
    pub stalls: Option<(u32, Duration)>,
    /// Nothing arrives any more, and nobody is told: what a vanished machine looks like.
    pub is_dead: bool,
}

const PIECES: usize = 256;
const PIECE: usize = 16 * 1024;

/// Carries bytes between both ends until one of them closes.
pub async fn carry(near: DuplexStream, far: DuplexStream, line: watch::Receiver<Line>) {
    let (near_reader, near_writer) = split(near);
    let (far_reader, far_writer) = split(far);
    tokio::join!(one_way(near_reader, far_writer, line.clone()), one_way(far_reader, near_writer, line));
}

async fn one_way(mut from: impl AsyncRead + Unpin, mut to: impl AsyncWrite + Unpin, mut line: watch::Receiver<Line>) {
    let (sender, mut pieces) = mpsc::channel::<(Instant, Bytes)>(PIECES);
    let seen = line.clone();
    let reading = async move {
        let (mut due, mut count) = (Instant::now(), 0_u32);
        let mut buffer = BytesMut::new();
        loop {
            buffer.reserve(PIECE);
            let Ok(1..) = from.read_buf(&mut buffer).await else { return };
            let Line { round_trip, stalls, .. } = *seen.borrow();
            count = count.wrapping_add(1);
            let held =
                stalls.filter(|(one_in, _)| count.is_multiple_of(*one_in)).map_or(Duration::ZERO, |(_, held)| held);
            due = due.max(Instant::now() + round_trip / 2 + held);
            if sender.send((due, buffer.split().freeze())).await.is_err() {
                return;
            }
        }
    };
    let writing = async move {
        while let Some((due, piece)) = pieces.recv().await {
            sleep_until(due).await;
            if line.wait_for(|line| !line.is_dead).await.is_err() || to.write_all(&piece).await.is_err() {
                return;
            }
        }
        // The other end may be gone already.
        let _ = to.shutdown().await;
    };
    tokio::join!(reading, writing);
}
