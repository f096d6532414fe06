//! A container's log as a stream of chunks (`GET /containers/{id}/logs`).

mod repeated;

use super::Engine;
use super::call::Call;
use super::demultiplex::Demultiplexer;
use super::direct::DirectBody;
use super::log_lines::LogLines;
use super::time::unix_text;
use crate::domain::{ApiVersion, ContainerId, Failure, LogChunk, LogQuery};
use futures_util::stream::{self, Stream};
use hyper::header::{CONTENT_TYPE, HeaderMap, SERVER};
use repeated::Repeated;

/// A chunk is given out when it holds this many bytes, or when there is nothing more to read at once.
const CHUNK: usize = 256 * 1024;

/// Of so few there is a whole one, where an engine counts a line as several and the last one has no end yet.
const LAST_LINES: u32 = 4;

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
        let opening =
            Opening { engine: self.clone(), id: id.clone(), query: query.clone(), tty, repeated: Repeated::default() };
        stream::unfold(Reading::Closed(Box::new(opening)), |mut reading| async move {
            loop {
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
                let chunk = log.take();
                reading = match end {
                    None => Reading::Open(log),
                    Some(Ok(())) => log.rest.map_or(Reading::Ended, Reading::Closed),
                    Some(Err(failure)) => Reading::Failed(failure),
                };
                if let Some(chunk) = chunk {
                    return Some((Ok(chunk), reading));
                }
            }
        })
    }

    /// The last whole lines since that moment, nanoseconds since the Unix epoch, as the engine has them now.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub async fn last_lines(&self, id: &ContainerId, since: Option<i64>) -> Result<LogChunk, Failure> {
        let query = LogQuery { tail: Some(LAST_LINES), since, until: None, follow: false };
        let opening = Opening { engine: self.clone(), id: id.clone(), query, tty: None, repeated: Repeated::default() };
        let mut log = opening.open().await?;
        log.leaves_open = true;
        let mut last = LogChunk::default();
        loop {
            let end = log.fill().await;
            if let Some(chunk) = log.take() {
                last = chunk;
            }
            if let Some(end) = end {
                return end.map(|()| last);
            }
        }
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
    query: LogQuery,
    tty: Option<bool>,
    /// What a part before this one has brought already.
    repeated: Repeated,
}

struct OpenLog {
    body: DirectBody,
    /// `None` for a terminal's bytes.
    demultiplexer: Option<Demultiplexer>,
    lines: LogLines,
    repeated: Repeated,
    /// What is to be read when this has ended.
    rest: Option<Box<Opening>>,
    /// A line without an end is not given out.
    leaves_open: bool,
}

impl Opening {
    async fn open(mut self) -> Result<OpenLog, Failure> {
        let (headers, body) = self.engine.direct_body(logs_call(&self.id, &self.query)).await?;
        let is_terminal = self.engine.is_terminal(&self.id, &headers, self.tty).await?;
        self.tty = Some(is_terminal);
        if !leaves_lines_out(&headers, &self.query) {
            return Ok(OpenLog::new(body, is_terminal, self.repeated, None));
        }
        drop(body);
        let last_lines = LogQuery { follow: false, ..self.query.clone() };
        let (_, body) = self.engine.direct_body(logs_call(&self.id, &last_lines)).await?;
        self.query.tail = None;
        Ok(OpenLog::new(body, is_terminal, Repeated::default(), Some(Box::new(self))))
    }
}

/// Podman reads the last lines first and then goes to the end of the file: lines written meanwhile never come. Instead
/// the last lines are read by themselves, and what follows from the time of the newest one on.
fn leaves_lines_out(headers: &HeaderMap, query: &LogQuery) -> bool {
    let is_podman = headers.get(SERVER).is_some_and(|server| server.as_bytes().starts_with(b"Libpod/"));
    is_podman && query.follow && query.tail.is_some_and(|lines| lines > 0)
}

impl OpenLog {
    fn new(body: DirectBody, is_terminal: bool, repeated: Repeated, rest: Option<Box<Opening>>) -> Self {
        let demultiplexer = (!is_terminal).then(Demultiplexer::default);
        // It comes whole with the rest.
        let leaves_open = rest.is_some();
        Self { body, demultiplexer, lines: LogLines::default(), repeated, rest, leaves_open }
    }

    /// The whole lines so far that did not come before.
    fn take(&mut self) -> Option<LogChunk> {
        let chunk = self.repeated.without(self.lines.take()?);
        if let Some(rest) = &mut self.rest {
            rest.repeated.note(&chunk);
            rest.query.since = rest.repeated.since().or(rest.query.since);
        }
        Some(chunk)
    }

    /// Reads until there are lines and nothing more to read at once. The end, if it has come, and how.
    async fn fill(&mut self) -> Option<Result<(), Failure>> {
        loop {
            let mut piece = self.body.piece().await;
            loop {
                let taken = match piece {
                    Some(Ok(bytes)) => self.take_in(&bytes),
                    Some(Err(failure)) => Err(failure),
                    None => {
                        if !self.leaves_open {
                            self.lines.finish();
                        }
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
