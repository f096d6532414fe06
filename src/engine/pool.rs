//! The pooled HTTP client of one engine: hyper over our own way of opening connections.

use super::heard::Heard;
use super::{Dialer, Socket};
use crate::domain::Failure;
use bollard::BollardRequest;
use bytes::Bytes;
use futures_util::FutureExt;
use http_body_util::{BodyExt, Either, Full};
use hyper::Uri;
use hyper_util::client::legacy::connect::{Connected, Connection};
use hyper_util::client::legacy::{Client, Error};
use hyper_util::rt::{TokioExecutor, TokioIo};
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

/// What bollard hands to a transport, and what our own requests are made of as well.
pub type Body = <BollardRequest as IntoBody>::Body;

/// Names the body of a request type: bollard keeps its own body type to itself.
pub trait IntoBody {
    type Body;
}

impl<B> IntoBody for hyper::Request<B> {
    type Body = B;
}

/// A body of one piece can be read without sending it.
pub trait Peek {
    /// What will be sent, if it is not a stream.
    fn peek(&self) -> Option<Bytes>;
}

impl<S> Peek for Either<Full<Bytes>, S> {
    fn peek(&self) -> Option<Bytes> {
        match self {
            Self::Left(full) => Some(full.clone().collect().now_or_never()?.ok()?.to_bytes()),
            Self::Right(_) => None,
        }
    }
}

pub type Pool = Client<Connector, Body>;

/// Shorter than engines and proxies keep an idle connection, so that a request seldom meets a closed one.
const IDLE_TIME: Duration = Duration::from_secs(50);

/// Bytes read at once at most. By itself a connection would grow to hundreds of kilobytes with the first long list, and keep
/// them; what is long on purpose (logs) is read directly, not through the pool.
const BUFFER: usize = 32 << 10;

pub fn pool(dialer: Dialer, deadline: Duration, heard: Heard) -> Pool {
    Client::builder(TokioExecutor::new())
        .pool_max_idle_per_host(dialer.idle_connections())
        .pool_idle_timeout(IDLE_TIME)
        .http1_max_buf_size(BUFFER)
        .build(Connector { dialer, deadline, heard })
}

/// The failure that the connector gave, if connecting is what failed.
pub fn dial_failure(error: &Error) -> Option<&Failure> {
    let mut source: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(inner) = source {
        if let Some(failure) = inner.downcast_ref::<Failure>() {
            return Some(failure);
        }
        source = inner.source();
    }
    None
}

#[derive(Clone, Debug)]
pub struct Connector {
    dialer: Dialer,
    deadline: Duration,
    heard: Heard,
}

impl tower_service::Service<Uri> for Connector {
    type Response = TokioIo<Socket>;
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Failure>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Failure>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Uri) -> Self::Future {
        let Self { dialer, deadline, heard } = self.clone();
        Box::pin(async move { dialer.dial(deadline).await.map(|socket| TokioIo::new(socket.heard_by(heard))) })
    }
}

impl Connection for Socket {
    fn connected(&self) -> Connected {
        Connected::new()
    }
}
