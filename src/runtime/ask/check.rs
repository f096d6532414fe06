//! `check`: each step of connecting to a host, and at the one that fails what to do about it.

use super::{DEADLINE, dialer, slow};
use crate::cli::AskedHost;
use crate::domain::text::clean;
use crate::domain::{ApiVersion, Endpoint, Failure};
use crate::engine::{Dialer, Engine};
use futures_util::StreamExt;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::pin::pin;
use std::time::Duration;
use tokio::time::{Instant, timeout};

/// Opening a connection, a login apart.
const REACH: Duration = Duration::from_secs(5);
/// A refusal of the events comes at once; silence is what is hoped for.
const QUIET: Duration = Duration::from_millis(700);

/// Prints the steps; 0 when an engine can be worked with.
pub async fn check(host: &AskedHost, api: Option<ApiVersion>, out: &mut impl Write) -> io::Result<u8> {
    writeln!(out, "host     {}, {}", clean(host.name.as_str()), host.reason)?;
    let candidates = match &host.candidates {
        Ok(candidates) => candidates.as_slice(),
        Err(failure) => {
            out.write_all(failed(failure).as_bytes())?;
            &[]
        }
    };
    for candidate in candidates {
        let notes = if candidate.endpoint.is_plain_remote() {
            " (unencrypted: anybody on the way can read and change it)"
        } else if candidate.endpoint.is_unverified() {
            " (unverified: the context says that any certificate will do)"
        } else {
            ""
        };
        writeln!(out, "address  {}{notes}, {}", clean(&candidate.endpoint.to_string()), candidate.source.name())?;
        let outcome = steps(&candidate.endpoint, api, out).await?;
        out.flush()?;
        match outcome {
            Ok(()) => return Ok(0),
            Err(failure) => out.write_all(failed(&failure).as_bytes())?,
        }
    }
    out.flush()?;
    Ok(1)
}

/// The inner failure is a step's, the outer one the output's.
async fn steps(endpoint: &Endpoint, api: Option<ApiVersion>, out: &mut impl Write) -> io::Result<Result<(), Failure>> {
    let Some(dialer) = dialer(endpoint) else {
        return Ok(Err(Failure::new(
            crate::domain::FailureKind::Unsupported,
            format!("{endpoint} cannot be reached from this machine."),
        )));
    };
    if let Endpoint::Tls { host, port, .. } = endpoint {
        let plain = Dialer::Tcp { host: host.clone(), port: *port };
        match reach(&plain).await {
            Ok(took) => writeln!(out, "✓ {host}:{port} accepts connections, in {took}")?,
            Err(failure) => return Ok(Err(failure)),
        }
    }
    match reach(&dialer).await {
        Ok(took) => writeln!(out, "✓ {}, in {took}", reached(endpoint))?,
        Err(failure) => return Ok(Err(failure)),
    }
    let engine = Engine::new(dialer).pinned(api);
    match within(engine.facts()).await {
        Ok(facts) => writeln!(out, "✓ {} {}, API {}", clean(&facts.product), clean(&facts.version), facts.api)?,
        Err(failure) => return Ok(Err(failure)),
    }
    let listed = match within(engine.containers(true)).await {
        Ok(listed) => listed,
        Err(failure) => return Ok(Err(failure)),
    };
    writeln!(out, "✓ {} containers listed, in {}", listed.containers.len(), milliseconds(listed.elapsed))?;
    let mut events = pin!(engine.events(None));
    match timeout(QUIET, events.next()).await {
        Ok(Some(Err(failure))) => {
            writeln!(out, "! No events, so changes show up only with the next poll: {}", clean(&failure.to_string()))?;
        }
        Ok(Some(Ok(_)) | None) | Err(_) => writeln!(out, "✓ events are told")?,
    }
    Ok(Ok(()))
}

async fn within<T>(asking: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    timeout(DEADLINE, asking).await.unwrap_or_else(|_| Err(slow()))
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

fn failed(failure: &Failure) -> String {
    let mut text = format!("✗ {}\n", clean(&failure.sentence));
    if let Some(hint) = &failure.hint {
        let _ = writeln!(text, "  {}", clean(hint));
    }
    text
}

fn milliseconds(span: Duration) -> String {
    format!("{:.0} ms", (span.as_secs_f64() * 1000.0).max(1.0))
}
