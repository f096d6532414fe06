//! A container's log as a stream of chunks (`GET /containers/{id}/logs`).

use super::Engine;
use super::call::Call;
use super::demultiplex::Demultiplexer;
use super::direct::DirectBody;
use super::log_lines::LogLines;
use super::time::unix_text;
use crate::domain::{ApiVersion, ContainerId, Failure, LogChunk, LogQuery};
use futures_util::stream::{self, Stream};
use hyper::header::{CONTENT_TYPE, HeaderMap};

/// A chunk is given out when it holds this many bytes, or when there is nothing more to read at once.
const CHUNK: usize = 256 * 1024;

/// From here on engines say in `Content-Type` whether a stream is framed.
const TELLS_FRAMING: ApiVersion = ApiVersion { major: 1, minor: 42 };

impl Engine {
    /// Lines with their times, in chunks: what has come is given out at once, up to 256 KiB together.
    ///
    /// `tty`: whether the container has a terminal, where the caller knows; else the engine is asked. The stream ends
    /// with the log, or, when it follows, with the container; with a failure where the connection broke.
    pub fn logs(
        &self,
        id: &ContainerId,
        query: &LogQuery,
        tty: Option<bool>,
    ) -> impl Stream<Item = Result<LogChunk, Failure>> + use<> {
        let opening = Opening { engine: self.clone(), id: id.clone(), call: logs_call(id, query), tty };
        stream::unfold(Reading::Closed(Box::new(opening)), |reading| async move {
            let mut log = match reading {
                Reading::Ended => return None,
                Reading::Failed(failure) => return Some((Err(failure), Reading::Ended)),
                Reading::Open(log) => log,
                Reading::Closed(opening) => match opening.open().await {
                    Ok(log) => Box::new(log),
                    Err(failure) => return Some((Err(failure), Reading::Ended)),
                },
            };
            let end = log.fill().await;
            match (log.lines.take(), end) {
                (Some(chunk), None) => Some((Ok(chunk), Reading::Open(log))),
                (Some(chunk), Some(Ok(()))) => Some((Ok(chunk), Reading::Ended)),
                (Some(chunk), Some(Err(failure))) => Some((Ok(chunk), Reading::Failed(failure))),
                (None, Some(Err(failure))) => Some((Err(failure), Reading::Ended)),
                (None, None | Some(Ok(()))) => None,
            }
        })
    }

    /// Whether a stream carries bare bytes of a terminal.
    pub(super) async fn is_terminal(
        &self,
        id: &ContainerId,
        headers: &HeaderMap,
        known: Option<bool>,
    ) -> Result<bool, Failure> {
        let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
        if kind.starts_with("application/vnd.docker.multiplexed-stream") {
            return Ok(false);
        }
        // Below 1.42 every stream is called raw.
        let is_told = self.api().is_some_and(|api| api >= TELLS_FRAMING);
        if is_told && kind.starts_with("application/vnd.docker.raw-stream") {
            return Ok(true);
        }
        match known {
            Some(tty) => Ok(tty),
            None => self.has_tty(id).await,
        }
    }

    async fn has_tty(&self, id: &ContainerId) -> Result<bool, Failure> {
        let answer = self.inspect_container(id).await?;
        Ok(answer.pointer("/Config/Tty").and_then(serde_json::Value::as_bool).unwrap_or(false))
    }
}

fn logs_call(id: &ContainerId, query: &LogQuery) -> Call {
    let tail = query.tail.map_or_else(|| "all".to_owned(), |lines| lines.to_string());
    let call = Call::get(&["containers", id.as_str(), "logs"])
        .query("stdout", "1")
        .query("stderr", "1")
        .query("timestamps", "1")
        .query("follow", if query.follow { "1" } else { "0" })
        .query("tail", &tail);
    let call = match query.since {
        Some(since) => call.query("since", &unix_text(since)),
        None => call,
    };
    match query.until {
        Some(until) => call.query("until", &unix_text(until)),
        None => call,
    }
}

enum Reading {
    Closed(Box<Opening>),
    Open(Box<OpenLog>),
    Failed(Failure),
    Ended,
}

struct Opening {
    engine: Engine,
    id: ContainerId,
    call: Call,
    tty: Option<bool>,
}

struct OpenLog {
    body: DirectBody,
    /// `None` for a terminal's bytes.
    demultiplexer: Option<Demultiplexer>,
    lines: LogLines,
}

impl Opening {
    async fn open(self) -> Result<OpenLog, Failure> {
        let (headers, body) = self.engine.direct_body(self.call).await?;
        let is_terminal = self.engine.is_terminal(&self.id, &headers, self.tty).await?;
        let demultiplexer = (!is_terminal).then(Demultiplexer::default);
        Ok(OpenLog { body, demultiplexer, lines: LogLines::default() })
    }
}

impl OpenLog {
    /// Reads until there are lines and nothing more to read at once. The end, if it has come, and how.
    async fn fill(&mut self) -> Option<Result<(), Failure>> {
        loop {
            let mut piece = self.body.piece().await;
            loop {
                let taken = match piece {
                    Some(Ok(bytes)) => self.take_in(&bytes),
                    Some(Err(failure)) => Err(failure),
                    None => {
                        self.lines.finish();
                        return Some(Ok(()));
                    }
                };
                if let Err(failure) = taken {
                    self.lines.finish();
                    return Some(Err(failure));
                }
                if self.lines.waiting() >= CHUNK {
                    return None;
                }
                match self.body.piece_at_once() {
                    Some(next) => piece = next,
                    None => break,
                }
            }
            if self.lines.waiting() > 0 {
                return None;
            }
        }
    }

    fn take_in(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let Self { demultiplexer, lines, .. } = self;
        match demultiplexer {
            Some(demultiplexer) => demultiplexer.push(bytes, |stream, payload| lines.message(stream, payload)),
            None => {
                lines.terminal(bytes);
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests;
