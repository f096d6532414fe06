//! The line to one host: connect, list, follow the events; after a loss, wait and begin again.
//!
//! A task of its own, so that no key press ever drops a backoff.

use super::Inward;
use super::act::SIDE_BY_SIDE;
use super::spawn::Outbox;
use crate::app::msg::Listed;
use crate::app::{HostMsg, Msg};
use crate::domain::{Endpoint, Failure, FailureKind, HostId};
use crate::engine::{Dialer, Engine};
use futures_util::{StreamExt, pin_mut};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, Semaphore};
use tokio::task::AbortHandle;
use tokio::time::Instant;

/// What the loop keeps of a host's line.
#[derive(Debug)]
pub(super) struct Link {
    /// Which of the host's addresses it leads to.
    pub revision: u32,
    /// The engine that answered last.
    pub engine: Option<Engine>,
    /// Wakes the task: try now, or look whether the line still holds.
    pub nudge: Arc<Notify>,
    /// What is being asked over the line.
    pub fetches: Vec<AbortHandle>,
    /// Requests take turns.
    pub turns: Arc<Semaphore>,
}

impl Link {
    /// A line that nobody has answered on.
    pub fn new(revision: u32, nudge: Arc<Notify>) -> Self {
        Self { revision, engine: None, nudge, fetches: Vec::new(), turns: turns() }
    }

    /// The engine answers on a new line: what was asked over the old one is not waited for, its answers are old.
    pub fn renew(&mut self, engine: Engine) {
        self.engine = Some(engine);
        self.fetches.drain(..).for_each(|task| task.abort());
    }
}

/// So many requests at a time.
pub(super) fn turns() -> Arc<Semaphore> {
    Arc::new(Semaphore::new(SIDE_BY_SIDE))
}

/// Waits between tries: doubling from 0.2 s to 10 s, a fifth more or less by chance so that many do not come at once.
#[derive(Debug)]
struct Backoff {
    next: Duration,
}

impl Backoff {
    const FIRST: Duration = Duration::from_millis(200);
    const LONGEST: Duration = Duration::from_secs(10);

    fn new() -> Self {
        Self { next: Self::FIRST }
    }

    fn wait(&mut self) -> Duration {
        let wait = self.next;
        self.next = (wait * 2).min(Self::LONGEST);
        let chance = RandomState::new().build_hasher().finish() % 401;
        wait * (800 + u32::try_from(chance).unwrap_or(0)) / 1000
    }
}

/// A line that held for so long was good: after its loss, tries begin anew with the shortest wait.
const STEADY: Duration = Duration::from_secs(10);
/// How long an engine that gave no answer to a nudge is trusted.
const STILL_THERE: Duration = Duration::from_secs(5);

/// Keeps the line to one revision of a host until it is aborted.
pub(super) async fn keep(
    (host, revision): (HostId, u32),
    dialers: Vec<(Endpoint, Dialer)>,
    nudge: Arc<Notify>,
    out: Outbox,
) {
    let mut backoff = Backoff::new();
    let mut last_event = None;
    loop {
        out.host(&host, HostMsg::Connecting).await;
        let tried = match connect(&dialers).await {
            Ok((endpoint, engine, listed)) => {
                let connected_at = Instant::now();
                let since = last_event.or_else(|| listing_began(&listed));
                let listed = Listed { containers: listed.containers, round_trip: listed.elapsed };
                let connected = HostMsg::Connected { endpoint: endpoint.clone(), listed };
                let line = (host.clone(), revision);
                out.inward(Inward::Live(line, Box::new(engine.clone()), Msg::Host(host.clone(), connected))).await;
                let failure = follow(&host, &engine, since, &mut last_event, &nudge, &out).await;
                // A proxy that lists but cuts the events at once would otherwise be asked five times a second.
                if connected_at.elapsed() >= STEADY {
                    backoff = Backoff::new();
                }
                vec![(endpoint, failure)]
            }
            Err(tried) => tried,
        };
        let retry_in = backoff.wait();
        out.host(&host, HostMsg::Disconnected { tried, retry_in }).await;
        tokio::select! {
            () = tokio::time::sleep(retry_in) => {}
            () = nudge.notified() => {}
        }
    }
}

type Answered = (Endpoint, Engine, crate::engine::Listed);

/// The first endpoint that answers with its containers, else why each did not.
async fn connect(dialers: &[(Endpoint, Dialer)]) -> Result<Answered, Vec<(Endpoint, Failure)>> {
    let mut tried = Vec::new();
    for (endpoint, dialer) in dialers {
        let engine = Engine::new(dialer.clone());
        match engine.containers(true).await {
            Ok(listed) => return Ok((endpoint.clone(), engine, listed)),
            Err(failure) => tried.push((endpoint.clone(), failure)),
        }
    }
    Err(tried)
}

/// When the list began to be made, by the engine's clock (nanoseconds since the Unix epoch): events since then may not
/// be in it. The clock is told in whole seconds, and was read when the list was done.
fn listing_began(listed: &crate::engine::Listed) -> Option<i64> {
    const SECOND: i64 = 1_000_000_000;
    let elapsed = i64::try_from(listed.elapsed.as_nanos()).unwrap_or(i64::MAX);
    Some(listed.engine_time?.saturating_mul(SECOND).saturating_sub(elapsed).saturating_sub(1))
}

/// Hands on events until the line breaks; gives the reason.
async fn follow(
    host: &HostId,
    engine: &Engine,
    since: Option<i64>,
    last_event: &mut Option<i64>,
    nudge: &Notify,
    out: &Outbox,
) -> Failure {
    let events = engine.events(since);
    pin_mut!(events);
    loop {
        tokio::select! {
            event = events.next() => match event {
                Some(Ok(event)) => {
                    *last_event = Some(event.time.max(last_event.unwrap_or(0)));
                    out.host(host, HostMsg::Event(event)).await;
                }
                Some(Err(failure)) if failure.is_connection() => return failure,
                Some(Err(failure)) => {
                    out.host(host, HostMsg::EventsRefused(failure)).await;
                    return without_events(engine, nudge).await;
                }
                None => return ended(),
            },
            () = nudge.notified() => {
                if let Err(failure) = still_there(engine).await {
                    return failure;
                }
            }
        }
    }
}

/// A proxy may refuse the events and let the rest through: the poll keeps the rows fresh, and tells of a loss.
async fn without_events(engine: &Engine, nudge: &Notify) -> Failure {
    loop {
        nudge.notified().await;
        if let Err(failure) = still_there(engine).await {
            return failure;
        }
    }
}

async fn still_there(engine: &Engine) -> Result<(), Failure> {
    match tokio::time::timeout(STILL_THERE, engine.ping()).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(failure)) if failure.is_connection() => Err(failure),
        // It answers, if only with a refusal.
        Ok(Err(_)) => Ok(()),
        Err(_) => Err(Failure::new(
            FailureKind::TimedOut,
            format!("The engine did not answer within {} s.", STILL_THERE.as_secs()),
        )),
    }
}

fn ended() -> Failure {
    Failure::new(FailureKind::Lost, "The engine closed the connection.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_followed_from_before_the_list_was_made() {
        let api = crate::domain::ApiVersion::OLDEST;
        let elapsed = Duration::from_millis(2);
        let listed = |engine_time| crate::engine::Listed { containers: Vec::new(), api, engine_time, elapsed };
        assert_eq!(listing_began(&listed(Some(1_700_000_000))), Some(1_699_999_999_997_999_999));
        assert_eq!(listing_began(&listed(None)), None);
    }

    #[test]
    fn waits_double_up_to_ten_seconds() {
        let mut backoff = Backoff::new();
        let mut expected = 0.2_f64;
        for _ in 0..10 {
            let wait = backoff.wait().as_secs_f64();
            assert!((expected * 0.79..=expected * 1.21).contains(&wait), "{wait} for {expected}");
            expected = (expected * 2.0).min(10.0);
        }
    }
}
