//! A connection for one request alone, driven by whoever reads it.
//!
//! Through the pool each piece of a body is handed over between two tasks, and engines send every log line as a piece:
//! read directly, what lies in the socket's buffer comes in one go. A console needs the bare socket besides.

use super::Engine;
use super::Socket;
use super::call::Call;
use super::failure::{broken, refused, silent};
use super::pool::Body;
use crate::domain::{Exchange, Failure};
use bytes::Bytes;
use futures_util::FutureExt;
use hyper::body::{Body as _, Incoming};
use hyper::client::conn::http1::{self, Connection, SendRequest};
use hyper::header::{HOST, HeaderMap, HeaderName, HeaderValue};
use hyper::{Response, StatusCode};
use hyper_util::rt::TokioIo;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use tokio::time::Instant;

#[derive(Debug)]
pub struct Direct {
    connection: Connection<TokioIo<Socket>, Body>,
    /// Held until the end: without it hyper would close the writing side.
    sender: SendRequest<Body>,
    is_over: bool,
}

/// A body that is read directly.
#[derive(Debug)]
pub struct DirectBody {
    /// What is given before anything that comes.
    ahead: Option<Bytes>,
    direct: Direct,
    body: Incoming,
}

impl Engine {
    /// Opens a connection, sends the call and waits for the head of the answer. 1xx and 2xx are answers.
    pub(super) async fn direct(
        &self,
        call: Call,
        headers: &[(HeaderName, &'static str)],
    ) -> Result<(Response<Incoming>, Direct), Failure> {
        let started = Instant::now();
        let (mut request, wait) = self.request(call)?;
        let mut log = self.log_entry(&request);
        // Unlike the pool, a connection wants the bare path and the host apart.
        let path = request.uri().path_and_query().cloned();
        *request.uri_mut() = path.map_or_else(Default::default, Into::into);
        if let Ok(host) = HeaderValue::from_str(&self.dialer.authority()) {
            request.headers_mut().insert(HOST, host);
        }
        for (name, value) in headers {
            request.headers_mut().insert(name, HeaderValue::from_static(value));
        }
        let opening = async {
            let socket = self.dialer.dial(self.deadlines.connect).await?.heard_by(self.heard.clone());
            let (sender, connection) = http1::handshake(TokioIo::new(socket)).await.map_err(|error| broken(&error))?;
            let mut direct = Direct { connection, sender, is_over: false };
            let sent = direct.sender.send_request(request);
            let mut sent = pin!(sent);
            let answer = poll_fn(|cx| direct.poll_beside(cx, |cx| sent.as_mut().poll(cx))).await;
            answer.map(|response| (response, direct)).map_err(|error| broken(&error))
        };
        let opened = match self.deadlines.of(wait) {
            Some(deadline) => tokio::time::timeout(deadline, opening).await.unwrap_or_else(|_| Err(silent(deadline))),
            None => opening.await,
        };
        let settled = match opened {
            Ok((response, direct)) => self.settle_direct(response, direct, &mut log).await,
            Err(failure) => Err(failure),
        };
        self.tell(log, started, settled.as_ref().err(), 0);
        settled
    }

    async fn settle_direct(
        &self,
        response: Response<Incoming>,
        direct: Direct,
        log: &mut Option<Exchange>,
    ) -> Result<(Response<Incoming>, Direct), Failure> {
        let status = response.status();
        if status == StatusCode::SWITCHING_PROTOCOLS {
            if let Some(exchange) = log {
                exchange.status = Some(status.as_u16());
            }
            return self.negotiate(response.headers()).map(|()| (response, direct));
        }
        if status.is_success() {
            return self.settle(response, log).await.map(|response| (response, direct));
        }
        // Nobody else drives the connection while the words of the refusal are read.
        let driver = tokio::spawn(direct.connection);
        let refusal = self.settle(response, log).await;
        driver.abort();
        // What is left is 304, which answers no stream.
        Err(refusal.err().unwrap_or_else(|| refused(status, &[])))
    }

    /// As [`Engine::direct`], for a stream to read: its headers and body.
    pub(super) async fn direct_body(&self, call: Call) -> Result<(HeaderMap, DirectBody), Failure> {
        let (response, direct) = self.direct(call, &[]).await?;
        let (head, body) = response.into_parts();
        Ok((head.headers, DirectBody { ahead: None, direct, body }))
    }
}

impl Direct {
    /// Polls the connection until `wanted` is ready or the connection can do no more.
    fn poll_beside<T>(&mut self, cx: &mut Context<'_>, mut wanted: impl FnMut(&mut Context<'_>) -> Poll<T>) -> Poll<T> {
        if let Poll::Ready(value) = wanted(cx) {
            return Poll::Ready(value);
        }
        if !self.is_over {
            // How it ended is told by what is wanted, too.
            self.is_over = Pin::new(&mut self.connection).poll(cx).is_ready();
        }
        wanted(cx)
    }

    /// The bare socket, with what was read of it behind the head.
    pub fn into_socket(self, mut body: Incoming) -> (Socket, Bytes) {
        let mut early = Vec::new();
        while let Some(Some(Ok(frame))) = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).now_or_never() {
            if let Some(data) = frame.data_ref() {
                early.extend_from_slice(data);
            }
        }
        let parts = self.connection.into_parts();
        early.extend_from_slice(&parts.read_buf);
        (parts.io.into_inner(), early.into())
    }
}

impl DirectBody {
    /// The same with these bytes before it.
    pub(super) fn behind(self, ahead: Bytes) -> Self {
        Self { ahead: Some(ahead), ..self }
    }

    /// The next piece; `None` at a clean end.
    pub async fn piece(&mut self) -> Option<Result<Bytes, Failure>> {
        let Self { ahead, direct, body } = self;
        if let Some(ahead) = ahead.take() {
            return Some(Ok(ahead));
        }
        loop {
            let frame = poll_fn(|cx| direct.poll_beside(cx, |cx| Pin::new(&mut *body).poll_frame(cx))).await?;
            match frame.map(|frame| frame.into_data()) {
                Ok(Ok(data)) => return Some(Ok(data)),
                Ok(Err(_trailers)) => {}
                Err(error) => return Some(Err(broken(&error))),
            }
        }
    }

    /// The next piece if it has come already.
    pub fn piece_at_once(&mut self) -> Option<Option<Result<Bytes, Failure>>> {
        self.piece().now_or_never()
    }
}
