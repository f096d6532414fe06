//! Sends requests: version prefix and negotiation, deadlines, error answers, and the request log.

use super::Engine;
use super::body::Content;
use super::call::{Call, Wait};
use super::failure::{into_bollard, malformed, names_what_is_gone, refused, silent, unanswered};
use super::pool::{Body, Peek};
use crate::domain::raw::without_version;
use crate::domain::{ApiVersion, Exchange, Failure, FailureKind, hide_secrets};
use bollard::errors::Error;
use bollard::{BollardRequest, Docker};
use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use hyper::body::{Body as _, Incoming};
use hyper::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use hyper::{Method, Request, Response, StatusCode};
use serde::de::DeserializeOwned;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::time::Instant;

/// What is longer by far than any answer is none, and would fill the memory.
const LONGEST_ANSWER: usize = 256 * 1024 * 1024;
/// Error bodies are read up to here.
const LONGEST_REFUSAL: usize = 64 * 1024;
/// How often a list is asked for again of which something went while the engine made it.
const TRIES_OF_A_MOVING_LIST: usize = 3;
/// Bodies that are longer are left out of the request log.
const LONGEST_NOTED: usize = 64 * 1024;

impl Engine {
    /// The answer's head, for streams. 2xx and 304 are answers, everything else is a failure.
    pub(super) async fn open(&self, call: Call) -> Result<Response<Incoming>, Failure> {
        let started = Instant::now();
        let (request, wait) = self.request(call)?;
        let mut log = self.log_entry(&request);
        let response = self.answered(request, wait, &mut log).await;
        self.tell(log, started, response.as_ref().err(), 0);
        response
    }

    /// The whole body of the answer.
    pub(super) async fn ask(&self, call: Call) -> Result<Bytes, Failure> {
        let started = Instant::now();
        let (request, wait) = self.request(call)?;
        let mut log = self.log_entry(&request);
        let answer = match self.answered(request, wait, &mut log).await {
            Ok(response) => whole(response.into_body(), Some(self.deadlines.answer)).await,
            Err(failure) => Err(failure),
        };
        let bytes = answer.as_ref().map_or(0, Bytes::len);
        self.tell(log, started, answer.as_ref().err(), bytes);
        answer
    }

    /// As [`Engine::ask_json`], where the body comes long after the head: any pause is waited for.
    pub(super) async fn whole_json<T: DeserializeOwned>(&self, what: &str, call: Call) -> Result<T, Failure> {
        let body = self.open(call).await?.into_body();
        let body = whole(body, None).await?;
        serde_json::from_slice(&body).map_err(|error| malformed(what, &error))
    }

    /// The whole answer as JSON.
    pub(super) async fn ask_json<T: DeserializeOwned>(&self, what: &str, call: Call) -> Result<T, Failure> {
        let body = self.ask(call).await?;
        serde_json::from_slice(&body).map_err(|error| malformed(what, &error))
    }

    /// bollard over our pool, with this deadline. Made for each call, as the deadline is the call's own; it holds
    /// nothing but clones of handles.
    pub(super) fn bollard(&self, wait: Wait) -> Result<Docker, Failure> {
        let engine = self.clone();
        let transport = move |request: BollardRequest| {
            let engine = engine.clone();
            async move {
                let response = engine.carry(request, wait).await.map_err(into_bollard)?;
                if response.status() == StatusCode::NOT_MODIFIED {
                    // bollard takes it for done.
                    let status_code = StatusCode::NOT_MODIFIED.as_u16();
                    return Err(Error::DockerResponseServerError { status_code, message: String::new() });
                }
                Ok(response)
            }
        };
        // bollard's own deadline would report a timeout in whole seconds and without words: ours is the shorter.
        Docker::connect_with_custom_transport(
            transport,
            Some("http://localhost"),
            NO_DEADLINE,
            bollard::API_DEFAULT_VERSION,
        )
        .map_err(super::failure::from_bollard)
    }

    /// A request of bollard's: the same as ours from here on.
    async fn carry(&self, request: BollardRequest, wait: Wait) -> Result<Response<Incoming>, Failure> {
        let started = Instant::now();
        let (mut head, body) = request.into_parts();
        let path = head.uri.path_and_query().map_or("/", |path| path.as_str());
        head.uri = self.uri(path)?;
        let request = Request::from_parts(head, body);
        let mut log = self.log_entry(&request);
        let response = self.answered(request, wait, &mut log).await;
        let bytes = response.as_ref().ok().and_then(|response| response.body().size_hint().exact()).unwrap_or(0);
        self.tell(log, started, response.as_ref().err(), usize::try_from(bytes).unwrap_or(usize::MAX));
        response
    }

    pub(super) fn request(&self, call: Call) -> Result<(Request<Body>, Wait), Failure> {
        let (kind, body) = match call.body {
            Content::Json(json) => ((!json.is_empty()).then_some("application/json"), bollard::body_full(json)),
            Content::Stream { kind, bytes } => (Some(kind), bollard::body_try_stream(bytes)),
        };
        let mut request = Request::new(body);
        *request.method_mut() = call.method;
        *request.uri_mut() = self.uri(&call.path)?;
        if let Some(kind) = kind {
            request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
        }
        request.headers_mut().extend(call.headers);
        Ok((request, call.wait))
    }

    /// Before the version is negotiated requests go out without prefix, in the engine's own newest format.
    pub(super) fn versioned(&self, path: &str) -> String {
        match self.api() {
            // One that was typed with its version has it.
            Some(api) if without_version(path) == path => format!("/v{api}{path}"),
            Some(_) | None => path.to_owned(),
        }
    }

    fn uri(&self, path: &str) -> Result<hyper::Uri, Failure> {
        let text = format!("http://{}{}", self.dialer.authority(), self.versioned(path));
        text.parse().map_err(|error| {
            Failure::new(FailureKind::BadRequest, format!("“{path}” cannot be asked of an engine: {error}."))
        })
    }

    /// Podman puts its lists together one thing after the other, and answers 500 when one has gone meanwhile: what only reads
    /// is then asked once more.
    pub(super) async fn answered(
        &self,
        mut request: Request<Body>,
        wait: Wait,
        log: &mut Option<Exchange>,
    ) -> Result<Response<Incoming>, Failure> {
        for _ in 0..TRIES_OF_A_MOVING_LIST {
            let Some(again) = copy_of_reading(&request) else { break };
            let (started, entry) = (Instant::now(), log.clone());
            match self.answered_once(request, wait, log).await {
                Err(failure) if failure.kind == FailureKind::Engine && names_what_is_gone(&failure.sentence) => {
                    self.tell(std::mem::replace(log, entry), started, Some(&failure), 0);
                    request = again;
                }
                settled => return settled,
            }
        }
        self.answered_once(request, wait, log).await
    }

    async fn answered_once(
        &self,
        request: Request<Body>,
        wait: Wait,
        log: &mut Option<Exchange>,
    ) -> Result<Response<Incoming>, Failure> {
        let sent = self.pool.request(request);
        let answer = match self.deadlines.of(wait) {
            Some(deadline) => tokio::time::timeout(deadline, sent).await.map_err(|_| silent(deadline))?,
            None => sent.await,
        };
        self.settle(answer.map_err(|error| unanswered(&error))?, log).await
    }

    /// Negotiates, and reads the words of a refusal. 2xx and 304 are answers.
    pub(super) async fn settle(
        &self,
        response: Response<Incoming>,
        log: &mut Option<Exchange>,
    ) -> Result<Response<Incoming>, Failure> {
        let status = response.status();
        if let Some(exchange) = log {
            exchange.status = Some(status.as_u16());
        }
        self.negotiate(response.headers())?;
        if status.is_success() || status == StatusCode::NOT_MODIFIED {
            return Ok(response);
        }
        // A refusal stays one, even when its words are lost on the way.
        let words =
            collect(response.into_body(), LONGEST_REFUSAL, Some(self.deadlines.answer)).await.unwrap_or_default();
        let failure = refused(status, &words);
        match self.api().filter(|_| self.is_pinned && failure.sentence.contains("version")) {
            Some(api) => Err(Failure::new(FailureKind::Incompatible, failure.sentence).with_hint(format!(
                "DOCKER_API_VERSION asks for API {api}: unset it, or set it to a version that this engine speaks."
            ))),
            None => Err(failure),
        }
    }

    /// Engines tell their newest API with each answer, also with refusals: so an engine that was exchanged behind
    /// its socket is spoken to in its own version from the second request on.
    pub(super) fn negotiate(&self, headers: &HeaderMap) -> Result<(), Failure> {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let Some(newest) = text("api-version").and_then(ApiVersion::parse) else { return Ok(()) };
        if newest < ApiVersion::OLDEST {
            let server = text("server").unwrap_or("the engine");
            return Err(Failure::new(
                FailureKind::Incompatible,
                format!("This engine is too old: it speaks API {newest} ({server}), {} is needed.", ApiVersion::OLDEST),
            )
            .with_hint("Docker 20.10 and Podman 4 are the oldest that work."));
        }
        if !self.is_pinned {
            self.set_api(newest.min(ApiVersion::NEWEST));
        }
        Ok(())
    }

    pub(super) fn log_entry(&self, request: &Request<Body>) -> Option<Exchange> {
        self.observer.as_ref()?;
        let body = request.body().peek().filter(|body| !body.is_empty() && body.len() <= LONGEST_NOTED);
        let discreet = |body: Bytes| {
            let mut value = serde_json::from_slice(&body).ok()?;
            hide_secrets(&mut value);
            Some(value.to_string())
        };
        Some(Exchange {
            method: request.method().as_str().into(),
            path: request.uri().path_and_query().map_or("/", |path| path.as_str()).into(),
            body: body.and_then(discreet).unwrap_or_default().into(),
            status: None,
            failure: None,
            elapsed: Duration::ZERO,
            bytes: 0,
        })
    }

    pub(super) fn tell(&self, log: Option<Exchange>, started: Instant, failure: Option<&Failure>, bytes: usize) {
        let (Some(mut exchange), Some(observer)) = (log, &self.observer) else { return };
        exchange.failure = failure.map(|failure| failure.sentence.as_str().into());
        exchange.elapsed = started.elapsed();
        exchange.bytes = bytes as u64;
        // Nobody listening, or not fast enough, is no reason to fail or to delay a request.
        let _ = observer.try_send(exchange);
    }

    /// The version spoken, once an engine has told its own.
    pub fn api(&self) -> Option<ApiVersion> {
        match self.spoken.load(Ordering::Relaxed) {
            0 => None,
            packed => Some(ApiVersion { major: packed >> 16, minor: packed & 0xffff }),
        }
    }

    pub(super) fn set_api(&self, api: ApiVersion) {
        self.spoken.store(api.major << 16 | (api.minor & 0xffff), Ordering::Relaxed);
    }
}

/// The same request once more, where it only reads and has no body.
fn copy_of_reading(request: &Request<Body>) -> Option<Request<Body>> {
    if request.method() != Method::GET || !request.body().is_end_stream() {
        return None;
    }
    let mut copy = Request::new(bollard::body_full(Bytes::new()));
    *copy.uri_mut() = request.uri().clone();
    *copy.headers_mut() = request.headers().clone();
    Some(copy)
}

/// Reads a body to its end; one that is longer than any answer is given up.
async fn whole(body: Incoming, pause: Option<Duration>) -> Result<Bytes, Failure> {
    let body = collect(body, LONGEST_ANSWER, pause).await?;
    if body.len() < LONGEST_ANSWER {
        return Ok(body);
    }
    let most = LONGEST_ANSWER >> 20;
    Err(Failure::new(FailureKind::Malformed, format!("The answer is longer than {most} MiB: it was given up.")))
}

/// Reads a body to its end or to `most` bytes; no pause in it is longer than `pause`, if there is one.
async fn collect(mut body: Incoming, most: usize, pause: Option<Duration>) -> Result<Bytes, Failure> {
    let mut whole = BytesMut::new();
    loop {
        let frame = match pause {
            Some(pause) => tokio::time::timeout(pause, body.frame()).await.map_err(|_| silent(pause))?,
            None => body.frame().await,
        };
        let Some(frame) = frame else { return Ok(whole.freeze()) };
        let frame = frame.map_err(|error| super::failure::broken(&error))?;
        let Ok(data) = frame.into_data() else { continue };
        if whole.is_empty() && body.is_end_stream() {
            return Ok(data);
        }
        whole.extend_from_slice(&data);
        if whole.len() >= most {
            return Ok(whole.freeze());
        }
    }
}

/// A year, in seconds.
const NO_DEADLINE: u64 = 365 * 24 * 3600;

#[cfg(test)]
mod tests;
