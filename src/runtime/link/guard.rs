//! Notices that a line is dead on which nothing is ever sent: asks the engine when nothing was heard for a while.
//!
//! A stalled proxy, a frozen engine and a laptop that slept leave connections that look as good as new.

use super::Outbox;
use crate::app::HostMsg;
use crate::domain::{Failure, FailureKind, HostId};
use crate::engine::Engine;
use crate::runtime::clock::Naps;
use std::pin::pin;
use std::time::Duration;
use tokio::sync::{Notify, watch};
use tokio::time::{Instant, sleep_until, timeout};

/// How long an engine that was asked may say nothing at all before it is given up.
const PATIENCE: Duration = Duration::from_secs(5);
/// And before it is said that it says nothing.
const WORTH_TELLING: Duration = Duration::from_secs(2);
/// The first measure of the line comes once the first picture is there.
const SOON: Duration = Duration::from_secs(1);

/// Nothing was heard for so long: an engine is asked, whether somebody looks at it or not.
const SILENCE: Duration = Duration::from_secs(4);
/// However much is heard: how long an answer takes is known anew at this pace.
const MEASURED: Duration = Duration::from_secs(30);
/// The same of a host that nobody looks at.
const MEASURED_BESIDE: Duration = Duration::from_secs(120);

/// Watches the line to an engine until it is lost; gives the reason. A nudge makes it look at once.
pub async fn guard(
    host: &HostId,
    engine: &Engine,
    nudge: &Notify,
    mut on_screen: watch::Receiver<bool>,
    out: &Outbox,
) -> Failure {
    let mut naps = Naps::new();
    let mut measured = Instant::now();
    let mut first = true;
    loop {
        let is_on_screen = *on_screen.borrow_and_update();
        let pace = if is_on_screen { MEASURED } else { MEASURED_BESIDE };
        let measure = if first { SOON } else { pace };
        let due = (engine.heard_at() + SILENCE).min(measured + measure);
        tokio::select! {
            () = sleep_until(due) => {
                // Something may have been heard meanwhile.
                if Instant::now() < (engine.heard_at() + SILENCE).min(measured + measure) {
                    continue;
                }
            }
            () = nudge.notified() => {}
            () = naps.next(), if is_on_screen => {}
            Ok(()) = on_screen.changed() => continue,
        }
        (measured, first) = (Instant::now(), false);
        if let Some(failure) = check(host, engine, out).await {
            return failure;
        }
    }
}

/// Asks, and waits for as long as anything is heard at all; gives the reason when nothing is.
async fn check(host: &HostId, engine: &Engine, out: &Outbox) -> Option<Failure> {
    let asked = Instant::now();
    let mut ping = pin!(engine.ping());
    let mut is_told = false;
    let answer = loop {
        let last = engine.heard_at().max(asked);
        tokio::select! {
            answer = &mut ping => break answer,
            () = sleep_until(last + WORTH_TELLING), if !is_told => {
                let silence = engine.heard_at().elapsed();
                if engine.heard_at() <= last && silence >= WORTH_TELLING {
                    is_told = true;
                    out.host(host, HostMsg::Silent(silence)).await;
                }
            }
            () = sleep_until(last + PATIENCE) => {
                if engine.heard_at() <= last {
                    break Err(silent());
                }
            }
        }
    };
    match answer {
        Ok(round_trip) => out.host(host, HostMsg::Heard(Some(round_trip))).await,
        Err(failure) if failure.is_connection() && engine.heard_at() <= asked => return Some(failure),
        // It answers, if only with a refusal.
        Err(_) if is_told => out.host(host, HostMsg::Heard(None)).await,
        Err(_) => {}
    }
    None
}

/// Whether the engine answers, be it with a refusal.
pub async fn is_there(engine: &Engine) -> bool {
    let answer = timeout(PATIENCE, engine.ping()).await;
    answer.is_ok_and(|answer| !answer.is_err_and(|failure| failure.is_connection()))
}

fn silent() -> Failure {
    Failure::new(FailureKind::TimedOut, format!("The engine did not answer within {} s.", PATIENCE.as_secs()))
}
