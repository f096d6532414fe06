//! Sends a request as it was typed, and gives back whatever comes.

use super::Engine;
use super::body::Content;
use super::call::{Call, Wait};
use super::demultiplex::Demultiplexer;
use super::failure::{broken, refused, unanswered};
use crate::domain::{Failure, RawHead, RawPart, RawRequest};
use futures_util::FutureExt;
use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::header::{CONTENT_LENGTH, HeaderMap};
use hyper::{Method, StatusCode};
use std::time::Duration;
use tokio::sync::mpsc::Sender;
use tokio::time::Instant;

/// An answer is read as one value up to here; what is longer is shown as lines.
const LONGEST_VALUE: usize = 8 << 20;
/// A line that is longer is cut into several.
const LONGEST_LINE: usize = 64 << 10;
/// Bytes that are no text are counted up to here, and then given up.
const MOST_COUNTED: u64 = 64 << 20;
/// Text is handed over this often at most, while there is more of it.
const PAUSE: Duration = Duration::from_millis(30);
/// The same by the number of lines.
const BATCH: usize = 1_000;

impl Engine {
    /// Sends it and tells what comes, until the answer or the receiver ends. There is no deadline: who asks can stop.
    ///
    /// # Errors
    /// Where no answer came, it broke off, or it was a refusal; what came of it was told by then.
    pub async fn raw(&self, raw: &RawRequest, out: &Sender<RawPart>) -> Result<(), Failure> {
        let started = Instant::now();
        let method = raw.method.parse().unwrap_or(Method::GET);
        let body = Content::Json(raw.body.clone().into());
        let call = Call { method, path: raw.path.clone(), headers: Vec::new(), body, wait: Wait::Forever };
        let (request, _) = self.request(call)?;
        let mut log = self.log_entry(&request);
        let response = match self.pool.request(request).await {
            Ok(response) => response,
            Err(error) => {
                let failure = unanswered(&error);
                self.tell(log, started, Some(&failure), 0);
                return Err(failure);
            }
        };
        let status = response.status();
        if let Some(exchange) = &mut log {
            exchange.status = Some(status.as_u16());
        }
        // One that is too old for this program may still answer this.
        drop(self.negotiate(response.headers()));
        let (head, body) = response.into_parts();
        let told = RawHead {
            status: status.as_u16(),
            reason: status.canonical_reason().unwrap_or_default(),
            headers: shown(&head.headers),
            elapsed: started.elapsed(),
        };
        drop(out.send(RawPart::Head(told)).await);
        let announced = head.headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
        let mut reading = Reading { announced, ..Reading::default() };
        let read = reading.read(body, out).await;
        let is_good = status.is_success() || status == StatusCode::NOT_MODIFIED;
        let ended = match read {
            Ok(()) if !is_good => Err(refused(status, &reading.whole)),
            read => read,
        };
        self.tell(log, started, ended.as_ref().err(), usize::try_from(reading.count).unwrap_or(usize::MAX));
        ended
    }
}

fn shown(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |value: &hyper::header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect()
}

/// What kind of body it turned out to be.
#[derive(Debug, Default)]
enum Kind {
    /// Nothing has come.
    #[default]
    Unknown,
    Text,
    /// The output of a container without a terminal, in frames.
    Framed(Demultiplexer),
    Binary,
}

#[derive(Debug, Default)]
struct Reading {
    /// The length that the head tells.
    announced: Option<u64>,
    kind: Kind,
    count: u64,
    /// All of it, while it may be one value.
    whole: Vec<u8>,
    /// The beginning of a line.
    started: Vec<u8>,
    lines: Vec<String>,
}

impl Reading {
    async fn read(&mut self, mut body: Incoming, out: &Sender<RawPart>) -> Result<(), Failure> {
        let mut told = Instant::now();
        loop {
            // A line that is there does not wait for the next one.
            let next = match body.frame().now_or_never() {
                Some(next) => next,
                None => {
                    self.hand_over(out).await;
                    told = Instant::now();
                    body.frame().await
                }
            };
            let Some(frame) = next else { break };
            let Ok(data) = frame.map_err(|error| broken(&error))?.into_data() else { continue };
            self.take(&data)?;
            if matches!(self.kind, Kind::Binary) && (self.announced.is_some() || self.count >= MOST_COUNTED) {
                drop(out.send(RawPart::Bytes(self.announced.unwrap_or(self.count))).await);
                return Ok(());
            }
            if told.elapsed() >= PAUSE || self.lines.len() >= BATCH {
                self.hand_over(out).await;
                told = Instant::now();
            }
        }
        self.finish(out).await;
        Ok(())
    }

    fn take(&mut self, data: &[u8]) -> Result<(), Failure> {
        self.count += data.len() as u64;
        if matches!(self.kind, Kind::Unknown) && !data.is_empty() {
            self.kind = kind_of(data);
        }
        let mut text = Vec::new();
        match &mut self.kind {
            Kind::Unknown | Kind::Binary => return Ok(()),
            Kind::Text => text.extend_from_slice(data),
            Kind::Framed(frames) => frames.push(data, |_, payload| text.extend_from_slice(payload))?,
        }
        if self.whole.len() <= LONGEST_VALUE {
            self.whole.extend_from_slice(&text);
        }
        for part in text.split_inclusive(|byte| *byte == b'\n') {
            self.started.extend_from_slice(part);
            // A long line may still turn out to be one value, which is not shown as lines. A piece of it that ends where
            // a frame of the engine's ends is no line.
            let is_long = self.whole.len() > LONGEST_VALUE && self.started.len() >= LONGEST_LINE;
            if part.ends_with(b"\n") || is_long {
                self.end_line();
            }
        }
        Ok(())
    }

    fn end_line(&mut self) {
        for piece in self.started.chunks(LONGEST_LINE) {
            let text = String::from_utf8_lossy(piece);
            self.lines.push(text.trim_end_matches(['\r', '\n']).to_owned());
        }
        self.started.clear();
    }

    async fn hand_over(&mut self, out: &Sender<RawPart>) {
        let part = match self.kind {
            Kind::Binary => RawPart::Bytes(self.count),
            Kind::Unknown | Kind::Text | Kind::Framed(_) if self.lines.is_empty() => return,
            Kind::Unknown | Kind::Text | Kind::Framed(_) => RawPart::Lines(std::mem::take(&mut self.lines)),
        };
        drop(out.send(part).await);
    }

    async fn finish(&mut self, out: &Sender<RawPart>) {
        if matches!(self.kind, Kind::Text)
            && self.whole.len() <= LONGEST_VALUE
            && let Ok(value) = serde_json::from_slice(&self.whole)
        {
            drop(out.send(RawPart::Json(Box::new(value))).await);
            return;
        }
        if !self.started.is_empty() {
            self.end_line();
        }
        self.hand_over(out).await;
    }
}

/// What the first bytes tell: no text has zeros in it, and frames begin with a kind and three of them.
fn kind_of(data: &[u8]) -> Kind {
    match data {
        [1 | 2, 0, 0, 0, ..] => Kind::Framed(Demultiplexer::default()),
        // Compressed by gzip or zstd.
        [0x1f, 0x8b, ..] | [0x28, 0xb5, 0x2f, 0xfd, ..] => Kind::Binary,
        data if data.contains(&0) => Kind::Binary,
        _ => Kind::Text,
    }
}
