//! Connecting to an engine step by step: what `check` prints and what a test of a host shows.

use super::dial;
use crate::demo::DemoEngine;
use crate::domain::text::clean;
use crate::domain::{ApiVersion, Endpoint, Failure, FailureKind, Step};
use crate::engine::{Dialer, Engine};
use futures_util::StreamExt;
use std::pin::pin;
use std::time::Duration;
use tokio::time::{Instant, timeout};

/// Nobody waits longer for an answer than this, whatever the host is doing.
pub(super) const DEADLINE: Duration = Duration::from_secs(30);
/// Opening a connection, a login apart.
const REACH: Duration = Duration::from_secs(5);
/// A refusal of the events comes at once; silence is what is hoped for.
const QUIET: Duration = Duration::from_millis(700);

/// The address as it is told before its steps, with a word on what is not safe about it.
pub(super) fn address(endpoint: &Endpoint) -> String {
    let notes = if endpoint.is_plain_remote() {
        " (unencrypted: anybody on the way can read and change it)"
    } else if endpoint.is_unverified() {
        " (unverified: the context says that any certificate will do)"
    } else {
        ""
    };
    format!("{endpoint}{notes}")
}

/// Tries each step and tells it; true when an engine can be worked with.
///
/// # Errors
/// Those of telling, which end it.
pub(super) async fn steps<E>(
    endpoint: &Endpoint,
    demo: Option<&DemoEngine>,
    api: Option<ApiVersion>,
    mut tell: impl FnMut(Step) -> Result<(), E>,
) -> Result<bool, E> {
    match try_all(endpoint, demo, api, &mut tell).await {
        Ok(()) => Ok(true),
        Err(Broken::Step(failure)) => tell(Step::Failed(failure)).map(|()| false),
        Err(Broken::Telling(error)) => Err(error),
    }
}

/// Why the steps end early.
enum Broken<E> {
    Step(Failure),
    Telling(E),
}

impl<E> From<Failure> for Broken<E> {
    fn from(failure: Failure) -> Self {
        Self::Step(failure)
    }
}

async fn try_all<E>(
    endpoint: &Endpoint,
    demo: Option<&DemoEngine>,
    api: Option<ApiVersion>,
    tell: &mut impl FnMut(Step) -> Result<(), E>,
) -> Result<(), Broken<E>> {
    let mut passed = |words: String| tell(Step::Passed(words)).map_err(Broken::Telling);
    let dialer = dial::dialer(endpoint, demo).ok_or_else(|| {
        Failure::new(FailureKind::Unsupported, format!("{endpoint} cannot be reached from this machine."))
    })?;
    if let Endpoint::Tls { host, port, .. } = endpoint {
        let plain = Dialer::Tcp { host: host.clone(), port: *port };
        let took = reach(&plain).await?;
        passed(format!("{host}:{port} accepts connections, in {took}"))?;
    }
    let took = reach(&dialer).await?;
    passed(format!("{}, in {took}", reached(endpoint)))?;
    let engine = Engine::new(dialer).pinned(api);
    let facts = within(engine.facts()).await?;
    passed(format!("{} {}, API {}", clean(&facts.product), clean(&facts.version), facts.api))?;
    let listed = within(engine.containers(true)).await?;
    passed(format!("{} containers listed, in {}", listed.containers.len(), milliseconds(listed.elapsed)))?;
    let mut events = pin!(engine.events(None));
    let told = match timeout(QUIET, events.next()).await {
        Ok(Some(Err(failure))) => {
            Step::Warned(format!("No events, so changes show up only with the next poll: {failure}"))
        }
        Ok(Some(Ok(_)) | None) | Err(_) => Step::Passed("events are told".to_owned()),
    };
    tell(told).map_err(Broken::Telling)
}

async fn within<T>(asking: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    timeout(DEADLINE, asking).await.unwrap_or_else(|_| Err(slow()))
}

/// What is told of a host that does not answer in time.
pub(super) fn slow() -> Failure {
    Failure::new(FailureKind::TimedOut, format!("It did not answer within {} s.", DEADLINE.as_secs()))
}

async fn reach(dialer: &Dialer) -> Result<String, Failure> {
    let started = Instant::now();
    dialer.dial(REACH).await?;
    Ok(milliseconds(started.elapsed()))
}

fn reached(endpoint: &Endpoint) -> &'static str {
    match endpoint {
        Endpoint::Unix(_) => "the socket accepts connections",
        Endpoint::Tcp { .. } => "it accepts connections",
        Endpoint::Tls { skip_verify: false, .. } => "TLS: the certificate is right",
        Endpoint::Tls { skip_verify: true, .. } => "TLS: a certificate that nobody looked at",
        Endpoint::Ssh { .. } => "ssh: logged in, and the engine's socket found",
        Endpoint::Demo => "the embedded engine is there",
    }
}

fn milliseconds(span: Duration) -> String {
    format!("{:.0} ms", (span.as_secs_f64() * 1000.0).max(1.0))
}
