//! Subscriptions as tasks: logs, detail tabs, the clock's beats.

mod caught_up;
mod silence;

use super::clock::Clock;
use super::fetch::detail;
use super::registries::Counter;
use super::spawn::Outbox;
use crate::app::detail::log_pages::{Gathering, Page, PageAsk};
use crate::app::detail::log_sieve::{Sieve, Sifting};
use crate::app::detail::log_survey::{SurveyAsk, Surveying};
use crate::app::logs::SurveyPart;
use crate::app::msg::{DetailData, DetailKey, LogPart};
use crate::app::{Beat, HostMsg, Msg};
use crate::domain::{ContainerId, Failure, FailureKind, FileLook, HostId, LogChunk, LogQuery, Time};
use crate::engine::Engine;
use caught_up::CatchingUp;
use futures_util::{StreamExt, pin_mut};
use silence::{CAUGHT_UP, Silence};
use std::time::Duration;
use tokio::sync::mpsc;

/// The selection may be on its way to another row: nothing is asked for a row that the cursor only passes.
const RESTED: Duration = Duration::from_millis(60);
/// Lines are handed over together, at the pace at which frames are drawn; only the first ones are in a hurry.
const GATHERED: Duration = Duration::from_millis(30);
/// Gathered lines are handed over at this size at the latest.
const GATHERED_BYTES: usize = 1 << 20;

/// How far a search through a whole log is, is told this often.
const TOLD: Duration = Duration::from_millis(100);

/// Beats until it is aborted. A beat that was missed is not made up for.
pub(super) async fn beat(beat: Beat, period: Duration, out: Outbox) {
    let mut interval = tokio::time::interval(period);
    interval.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
    interval.tick().await;
    loop {
        interval.tick().await;
        out.msg(Msg::Beat(beat.clone())).await;
    }
}

/// So many times as long as an answer takes, the engine is left alone.
const SPARED: u32 = 4;

/// Asks for what a detail tab shows, once or at each period.
pub(super) async fn follow_detail(
    host: HostId,
    (engine, counter): (Engine, Counter),
    key: DetailKey,
    period: Option<Duration>,
    out: Outbox,
) {
    tokio::time::sleep(RESTED).await;
    if let DetailKey::Folder(look) = &key {
        return follow_folder(host, engine, look.clone(), out).await;
    }
    loop {
        let asked = tokio::time::Instant::now();
        let answer = detail(&engine, &counter, &key).await;
        let took = asked.elapsed();
        out.host(&host, HostMsg::Detail(key.clone(), answer)).await;
        let Some(period) = period else { return };
        // A slow engine or a long line is asked more rarely.
        tokio::time::sleep(period.max(took * SPARED)).await;
    }
}

/// What was read of a folder and waits to be shown.
const FOLDERS: usize = 1;

/// Lists a folder, and what is there of it while that takes long.
async fn follow_folder(host: HostId, engine: Engine, look: FileLook, out: Outbox) {
    let (sender, mut folders) = mpsc::channel(FOLDERS);
    let tell = |answer| out.host(&host, HostMsg::Detail(DetailKey::Folder(look.clone()), answer));
    let listing = async {
        // What is not shown in time is shown with what comes next.
        let sender = sender;
        engine.list_folder(&look, |folder| drop(sender.try_send(folder))).await
    };
    let telling = async {
        while let Some(folder) = folders.recv().await {
            tell(Ok(DetailData::Folder(folder))).await;
        }
    };
    let (listed, ()) = tokio::join!(listing, telling);
    tell(listed.map(DetailData::Folder)).await;
}

/// What came of a log, and what of it passes.
struct Sifted {
    chunk: LogChunk,
    read: usize,
    /// When the last line was written that was read.
    last: Option<Time>,
}

impl Sifted {
    fn new(chunk: LogChunk, sifting: Option<&mut Sifting>) -> Self {
        let (read, last) = (chunk.lines.len(), chunk.lines.last().map(|line| Time(line.time)));
        let chunk = match sifting {
            None => chunk,
            Some(sifting) => sifting.take(&chunk),
        };
        Self { chunk, read, last }
    }

    fn append(&mut self, more: Self) {
        self.chunk.append(&more.chunk);
        self.read += more.read;
        self.last = more.last.or(self.last);
    }
}

/// Reads a log in batches until it ends.
pub(super) async fn follow_log(
    host: HostId,
    engine: Engine,
    container: ContainerId,
    (query, sieve): (LogQuery, Option<Sieve>),
    attempt: u32,
    (clock, out): (Clock, Outbox),
) {
    tokio::time::sleep(RESTED).await;
    let send = |part| {
        let msg = HostMsg::Log { container: container.clone(), attempt, part };
        let (host, out) = (host.clone(), out.clone());
        async move { out.host(&host, msg).await }
    };
    let mut sifting = match sieve.as_ref().map(Sifting::new).transpose() {
        Ok(sifting) => sifting,
        Err(sentence) => {
            return send(LogPart::Ended(Some(Failure::new(FailureKind::Malformed, sentence)))).await;
        }
    };
    let chunks = engine.logs(&container, &query, None);
    pin_mut!(chunks);
    let mut caught_up = false;
    let mut catching_up = CatchingUp::new(clock.now());
    let mut hurries = true;
    let mut silence = Silence::of(engine.clone(), container.clone(), query.since);
    loop {
        // What is not followed says itself when it has ended.
        let next = if caught_up || !query.follow {
            chunks.next().await
        } else {
            let next = match tokio::time::timeout(CAUGHT_UP, chunks.next()).await {
                Ok(next) => Some(next),
                // What an engine under load holds back for a moment would be missing among those that match, and nothing
                // would look like a log without lines.
                Err(_) if sifting.is_some() || !silence.has_read_any() => silence.end(chunks.next()).await,
                Err(_) => None,
            };
            let Some(next) = next else {
                caught_up = true;
                send(LogPart::CaughtUp).await;
                continue;
            };
            next
        };
        if let (false, Some(Ok(chunk))) = (caught_up, &next) {
            silence.note(chunk);
        }
        let mut sifted = match next {
            Some(Ok(chunk)) => Sifted::new(chunk, sifting.as_mut()),
            Some(Err(failure)) => return send(LogPart::Ended(Some(failure))).await,
            None => return send(LogPart::Ended(None)).await,
        };
        let mut ended = None;
        if !std::mem::take(&mut hurries) {
            let until = tokio::time::Instant::now() + GATHERED;
            // What does not pass takes its time as well.
            while sifted.chunk.bytes.len() < GATHERED_BYTES && tokio::time::Instant::now() < until {
                match tokio::time::timeout_at(until, chunks.next()).await {
                    Err(_) => break,
                    Ok(Some(Ok(more))) => {
                        silence.note(&more);
                        sifted.append(Sifted::new(more, sifting.as_mut()));
                    }
                    Ok(Some(Err(failure))) => {
                        ended = Some(Some(failure));
                        break;
                    }
                    Ok(None) => {
                        ended = Some(None);
                        break;
                    }
                }
            }
        }
        if sifting.is_some() {
            send(LogPart::LookedThrough(sifted.read)).await;
        }
        if sifting.is_none() || !sifted.chunk.is_empty() {
            send(LogPart::Lines(sifted.chunk)).await;
        }
        if !caught_up
            && let Some(last) = sifted.last
            && catching_up.take(clock.now(), last)
            && (sifting.is_none() || silence.has_passed(last.0).await)
        {
            caught_up = true;
            send(LogPart::CaughtUp).await;
        }
        if let Some(failure) = ended {
            return send(LogPart::Ended(failure)).await;
        }
    }
}

/// Reads a page of a log: what comes last of it, as much as is to be kept.
pub(super) async fn read_page(host: HostId, engine: Engine, container: ContainerId, ask: PageAsk, out: Outbox) {
    let page = page(&engine, &container, &ask).await;
    out.host(&host, HostMsg::LogPage { container, ask, page }).await;
}

async fn page(engine: &Engine, container: &ContainerId, ask: &PageAsk) -> Result<Page, Failure> {
    let chunks = engine.logs(container, &ask.query, None);
    pin_mut!(chunks);
    let mut gathering = Gathering::new(ask);
    while let Some(chunk) = chunks.next().await {
        if gathering.take(&chunk?) {
            break;
        }
    }
    Ok(gathering.finish())
}

/// Looks through a whole log, and tells what it found at a pace.
pub(super) async fn survey_log(host: HostId, engine: Engine, container: ContainerId, ask: SurveyAsk, out: Outbox) {
    let send = |part| {
        let msg = HostMsg::LogSurvey { container: container.clone(), ask: ask.clone(), part };
        let (host, out) = (host.clone(), out.clone());
        async move { out.host(&host, msg).await }
    };
    let mut surveying = match Surveying::new(&ask) {
        Ok(surveying) => surveying,
        Err(sentence) => {
            let failure = Failure::new(FailureKind::Malformed, sentence);
            return send(SurveyPart::Ended(Some(failure))).await;
        }
    };
    let chunks = engine.logs(&container, &ask.query, None);
    pin_mut!(chunks);
    let mut told = tokio::time::Instant::now();
    let mut ended = None;
    while let Some(chunk) = chunks.next().await {
        let taken = chunk.and_then(|chunk| surveying.take(&chunk));
        if let Err(failure) = taken {
            ended = Some(failure);
            break;
        }
        if told.elapsed() >= TOLD {
            told = tokio::time::Instant::now();
            send(surveying.found(false)).await;
        }
        // Other streams of this thread come in between.
        tokio::task::yield_now().await;
    }
    send(surveying.found(true)).await;
    send(SurveyPart::Ended(ended)).await;
}
