//! Follows a host's events for as long as its engine is there, whatever a proxy on the way does to their stream.

use super::backoff::Backoff;
use super::guard::is_there;
use super::{Outbox, STEADY};
use crate::app::HostMsg;
use crate::domain::{Failure, FailureKind, HostId};
use crate::engine::Engine;
use futures_util::{StreamExt, pin_mut};
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// So many streams that end at once, of an engine that is there, and polling has to do.
const CUTS: u32 = 3;
/// Who refuses the events is not asked for them again before.
const AGAIN: Duration = Duration::from_secs(180);

/// What is kept of a host's events from one connection to the next.
#[derive(Debug, Default)]
pub struct Place {
    /// The time of the last event seen, by the engine's clock.
    pub last: Option<i64>,
    /// It was said that there are none.
    is_told: bool,
}

/// Hands on events until the engine itself is gone; gives the reason.
pub async fn follow(host: &HostId, engine: &Engine, since: Option<i64>, place: &mut Place, out: &Outbox) -> Failure {
    let mut backoff = Backoff::new();
    let mut cuts = 0;
    loop {
        let opened = Instant::now();
        let failure = read(host, engine, place.last.or(since), place, out).await;
        if opened.elapsed() >= STEADY {
            (cuts, backoff, place.is_told) = (0, Backoff::new(), false);
        }
        let is_refused = !failure.is_connection();
        // A stream that ends is how an engine says that it goes, and what a proxy does to one that is silent for long.
        if !is_refused && !is_there(engine).await {
            return failure;
        }
        cuts += 1;
        if is_refused || cuts > CUTS {
            if !place.is_told {
                place.is_told = true;
                out.host(host, HostMsg::EventsRefused(failure)).await;
            }
            sleep(AGAIN).await;
        } else {
            sleep(backoff.wait()).await;
        }
        out.host(host, HostMsg::EventsResumed).await;
    }
}

/// One stream, to its end.
async fn read(host: &HostId, engine: &Engine, since: Option<i64>, place: &mut Place, out: &Outbox) -> Failure {
    let events = engine.events(since);
    pin_mut!(events);
    loop {
        match events.next().await {
            Some(Ok(event)) => {
                place.last = Some(event.time.max(place.last.unwrap_or(0)));
                out.host(host, HostMsg::Event(event)).await;
            }
            Some(Err(failure)) => return failure,
            None => return Failure::new(FailureKind::Lost, "The engine closed the connection."),
        }
    }
}
