//! The line to one host: connect, list, follow the events; after a loss, wait and begin again.
//!
//! A task of its own, so that no key press ever drops a backoff.

mod backoff;
mod events;
mod guard;
mod requests;

use super::Inward;
use super::act::SIDE_BY_SIDE;
use super::clock::Clock;
use super::spawn::Outbox;
use crate::app::msg::Listed;
use crate::app::{HostMsg, Msg};
use crate::domain::{ApiVersion, Endpoint, Exchange, Failure, FailureKind, HostId};
use crate::engine::{Credentials, Dialer, Engine};
use backoff::Backoff;
use events::{Place, follow};
use guard::guard;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, Semaphore, mpsc, watch};
use tokio::task::AbortHandle;
use tokio::time::Instant;

/// What the loop keeps of a host's line.
#[derive(Debug)]
pub(super) struct Link {
    /// Which of the host's addresses it leads to.
    pub revision: u32,
    /// The engine that answered last.
    pub engine: Option<Engine>,
    /// The ways to it.
    pub dialers: Vec<Dialer>,
    /// Wakes the task: try now, or look whether the line still holds.
    pub nudge: Arc<Notify>,
    /// Whether the user looks at the host: its line is watched more closely.
    pub on_screen: watch::Sender<bool>,
    /// What is being asked over the line.
    pub fetches: Vec<AbortHandle>,
    pub turns: Turns,
}

impl Link {
    /// A line that nobody has answered on.
    pub fn new(revision: u32, dialers: Vec<Dialer>, nudge: Arc<Notify>, on_screen: watch::Sender<bool>) -> Self {
        Self { revision, engine: None, dialers, nudge, on_screen, fetches: Vec::new(), turns: Turns::default() }
    }

    /// Tells the task whether the user looks at the host.
    pub fn show(&self, is_on_screen: bool) {
        self.on_screen.send_if_modified(|known| std::mem::replace(known, is_on_screen) != is_on_screen);
    }

    /// The engine answers on a new line: what was asked over the old one is not waited for, its answers are old.
    pub fn renew(&mut self, engine: Engine) {
        self.engine = Some(engine);
        self.fetches.drain(..).for_each(|task| task.abort());
    }
}

/// Requests to one host take turns.
#[derive(Clone, Debug)]
pub(super) struct Turns {
    /// So many at a time.
    pub acts: Arc<Semaphore>,
    /// One after the other, in the order in which they were asked for: what one frees the next may take.
    pub prunes: Arc<Semaphore>,
}

impl Default for Turns {
    fn default() -> Self {
        Self { acts: Arc::new(Semaphore::new(SIDE_BY_SIDE)), prunes: Arc::new(Semaphore::new(1)) }
    }
}

/// A line that held for so long was good: after its loss, tries begin anew with the shortest wait.
const STEADY: Duration = Duration::from_secs(10);

/// What a line is kept with.
#[derive(Debug)]
pub(super) struct Task {
    pub host: HostId,
    /// Which of the host's addresses.
    pub revision: u32,
    pub dialers: Vec<(Endpoint, Dialer)>,
    /// The version that `DOCKER_API_VERSION` asks for.
    pub api: Option<ApiVersion>,
    /// Who pulls and pushes.
    pub credentials: Credentials,
    pub nudge: Arc<Notify>,
    pub on_screen: watch::Receiver<bool>,
}

/// Keeps the line to one revision of a host until it is aborted.
pub(super) async fn keep(task: Task, clock: Clock, out: Outbox) {
    let (observer, exchanges) = mpsc::channel(requests::QUEUED);
    let told = requests::tell(task.host.clone(), exchanges, clock, out.clone());
    tokio::join!(hold(task, &observer, out), told);
}

/// Connects again and again.
async fn hold(task: Task, observer: &mpsc::Sender<Exchange>, out: Outbox) {
    let Task { host, revision, dialers, api, credentials, nudge, on_screen } = task;
    let mut backoff = Backoff::new();
    let mut place = Place::default();
    loop {
        out.host(&host, HostMsg::Connecting).await;
        let tried = match connect(&dialers, api, &credentials, observer).await {
            Ok((endpoint, engine, listed)) => {
                let connected_at = Instant::now();
                let is_first = place.last.is_none();
                let since = place.last.or_else(|| listing_began(&listed));
                // What happens before the first event comes is not missed by the next line either.
                place.last = since;
                let listed = Listed { containers: listed.containers, round_trip: listed.elapsed };
                let connected = HostMsg::Connected { endpoint: endpoint.clone(), listed };
                let line = (host.clone(), revision);
                out.inward(Inward::Live(line, Box::new(engine.clone()), Msg::Host(host.clone(), connected))).await;
                if let Some(since) = since.filter(|_| is_first) {
                    out.host(&host, HostMsg::EventsFrom(since)).await;
                }
                let failure = tokio::select! {
                    failure = follow(&host, &engine, since, &mut place, &out) => failure,
                    failure = guard(&host, &engine, &nudge, on_screen.clone(), &out) => failure,
                };
                // A proxy that lists but cuts all else at once would otherwise be asked five times a second.
                if connected_at.elapsed() >= STEADY {
                    backoff = Backoff::new();
                }
                vec![(endpoint, failure)]
            }
            Err(tried) => tried,
        };
        let retry_in = (!needs_the_user(&tried)).then(|| backoff.wait());
        out.host(&host, HostMsg::Disconnected { tried, retry_in }).await;
        tokio::select! {
            () = tokio::time::sleep(retry_in.unwrap_or_default()), if retry_in.is_some() => {}
            () = nudge.notified() => {}
        }
    }
}

/// Logins that fail again and again get this machine banned, and a host key that is not right will not become so.
fn needs_the_user(tried: &[(Endpoint, Failure)]) -> bool {
    tried.iter().any(|(endpoint, failure)| match failure.kind {
        FailureKind::NeedsLogin => true,
        FailureKind::Untrusted => matches!(endpoint, Endpoint::Ssh { .. }),
        _ => false,
    })
}

type Answered = (Endpoint, Engine, crate::engine::Listed);

/// The first endpoint that answers with its containers, else why each did not.
async fn connect(
    dialers: &[(Endpoint, Dialer)],
    api: Option<ApiVersion>,
    credentials: &Credentials,
    observer: &mpsc::Sender<Exchange>,
) -> Result<Answered, Vec<(Endpoint, Failure)>> {
    let mut tried = Vec::new();
    for (endpoint, dialer) in dialers {
        let engine = Engine::new(dialer.clone()).pinned(api).observe(observer.clone());
        let engine = engine.with_credentials(credentials.clone());
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
    fn who_has_to_log_in_is_not_tried_again_by_itself() {
        let ssh: Endpoint = "ssh://far".parse().unwrap();
        let tls: Endpoint = "https://far".parse().unwrap();
        let failed = |endpoint: &Endpoint, kind| vec![(endpoint.clone(), Failure::new(kind, "No."))];
        assert!(needs_the_user(&failed(&ssh, FailureKind::NeedsLogin)));
        assert!(needs_the_user(&failed(&ssh, FailureKind::Untrusted)));
        assert!(!needs_the_user(&failed(&tls, FailureKind::Untrusted)));
        assert!(!needs_the_user(&failed(&ssh, FailureKind::Refused)));
    }
}
