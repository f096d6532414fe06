//! Whether a log that brings nothing has been read to its end for now: where silence alone cannot tell, the engine is
//! asked for its last line.

use crate::domain::{ContainerId, LogChunk, LogStream};
use crate::engine::Engine;
use std::pin::pin;
use std::time::Duration;

/// A log that brings nothing for so long may have been read to its end for now.
pub const CAUGHT_UP: Duration = Duration::from_millis(150);
/// After so long it has been, whatever the engine says: the line may have gone with a file that was turned over.
const GIVEN_UP: Duration = Duration::from_secs(30);
/// Bytes that count of a line: the last ones, as a read of the last lines may begin within a long one.
const END: usize = 1024;

type Line = (LogStream, i64, Vec<u8>);

/// The silence of one stream.
#[derive(Debug)]
pub struct Silence {
    engine: Engine,
    container: ContainerId,
    since: Option<i64>,
    /// The last line that was read.
    last: Option<Line>,
    /// When the last line was written that the engine had when it was first asked for what has to be read.
    mark: Option<i64>,
}

impl Silence {
    /// Of a stream of lines since that moment, nanoseconds since the Unix epoch.
    pub fn of(engine: Engine, container: ContainerId, since: Option<i64>) -> Self {
        Self { engine, container, since, last: None, mark: None }
    }

    /// Takes what was read.
    pub fn note(&mut self, chunk: &LogChunk) {
        self.last = last(chunk).or(self.last.take());
    }

    pub fn has_read_any(&self) -> bool {
        self.last.is_some()
    }

    /// Waits for what comes next; `None` as soon as it is clear that the log has nothing further for now.
    pub async fn end<T>(&self, next: impl Future<Output = T>) -> Option<T> {
        let mut next = pin!(next);
        let given_up = tokio::time::Instant::now() + GIVEN_UP;
        let mut pause = CAUGHT_UP;
        loop {
            let is_read = tokio::select! {
                biased;
                next = &mut next => return Some(next),
                is_read = self.has_read_all() => is_read,
                () = tokio::time::sleep_until(given_up) => true,
            };
            if is_read {
                return None;
            }
            if let Ok(next) = tokio::time::timeout(pause, &mut next).await {
                return Some(next);
            }
            pause *= 2;
        }
    }

    /// Whether all was read that the engine had when this was first asked: under load it may come no faster than it was
    /// written. `time`: of the last line, nanoseconds since the Unix epoch.
    pub async fn has_passed(&mut self, time: i64) -> bool {
        let mark = match self.mark {
            Some(mark) => mark,
            None => {
                let chunk = self.engine.last_lines(&self.container, self.since).await.unwrap_or_default();
                chunk.lines.last().map_or(i64::MIN, |line| line.time)
            }
        };
        self.mark = Some(mark);
        mark <= time
    }

    /// Whether the last line that the engine has was read. An engine that does not say is believed to be silent.
    async fn has_read_all(&self) -> bool {
        let Ok(chunk) = self.engine.last_lines(&self.container, self.since).await else { return true };
        match (last(&chunk), &self.last) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some((_, time, _)), Some(read)) if time != read.1 => time < read.1,
            (Some((stream, _, end)), Some(read)) => {
                stream == read.0 && (read.2.ends_with(&end) || end.ends_with(&read.2))
            }
        }
    }
}

/// The last line and its end.
fn last(chunk: &LogChunk) -> Option<Line> {
    let index = chunk.lines.len().checked_sub(1)?;
    let (line, text) = (chunk.lines.get(index)?, chunk.text(index));
    let end = text.get(text.len().saturating_sub(END)..).unwrap_or_default();
    Some((line.stream, line.time, end.to_vec()))
}
