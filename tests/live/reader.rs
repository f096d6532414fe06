//! The log pane with real engines behind it: what the runtime would do for it, done step by step, and the numbers of the
//! lines looked over at each of them.

use crate::support::engines::{Live, PATIENCE};
use dockerui_tui::app::Subscription;
use dockerui_tui::app::detail::log_pages::Gathering;
use dockerui_tui::app::detail::log_pane::{LogLook, LogPane, Member};
use dockerui_tui::app::detail::log_survey::Surveying;
use dockerui_tui::app::logs::{Lines, Source, SurveyPart, Viewport};
use dockerui_tui::app::msg::LogPart;
use dockerui_tui::config::{LogSettings, Settings};
use dockerui_tui::domain::{ContainerId, Failure, HostId, LogChunk, LogQuery, Time};
use futures_util::stream::BoxStream;
use futures_util::{FutureExt, StreamExt};
use std::collections::HashMap;
use std::time::Duration;

pub const PANE: Viewport = Viewport { width: 100, height: 40 };
pub const NOW: Time = Time(1_800_000_000_000_000_000);
/// As the runtime has it: what brings nothing for so long has been read to its end.
const CAUGHT_UP: Duration = Duration::from_millis(300);
/// What the streams of several logs are counted from.
const COUNTED_FROM: u32 = 1 << 16;

type Chunks = BoxStream<'static, Result<LogChunk, Failure>>;

/// A log that is read, and where.
#[derive(Clone)]
pub struct Of<'a> {
    pub live: &'a Live,
    pub container: ContainerId,
}

impl Of<'_> {
    /// The numbers on the lines that the docker client shows, which is what the engine has kept.
    pub fn kept(&self) -> Vec<usize> {
        let shown = self.live.docker(&["logs", self.container.as_str()]);
        shown.lines().map(|line| line.trim().parse().expect("a number")).collect()
    }
}

/// A pane on one log or several, each of which holds the numbers from 1 on, one on each line.
pub struct Reader<'a> {
    logs: Vec<Of<'a>>,
    pub pane: LogPane,
    streams: HashMap<usize, Stream>,
    memory: usize,
    /// The engine loses lines by itself: then they are missing here as well, which [`Reader::check_kept`] looks over.
    pub engine_loses: bool,
}

struct Stream {
    attempt: u32,
    chunks: Chunks,
    is_caught_up: bool,
}

impl<'a> Reader<'a> {
    /// On the log of one container.
    pub fn new(live: &'a Live, container: ContainerId, memory: &str, tail: u32) -> Self {
        let settings = settings(memory, tail);
        let pane = LogPane::new(NOW, container.clone(), true, &settings, LogLook::of(&settings));
        Self::with(vec![Of { live, container }], pane, &settings)
    }

    /// On several as one.
    pub fn of_several(logs: Vec<Of<'a>>, memory: &str, tail: u32) -> Self {
        let settings = settings(memory, tail);
        let member = |(index, log): (usize, &Of)| {
            let label = index.to_string();
            Member { host: host(log.live), container: log.container.clone(), label, is_up: true }
        };
        let members: Vec<Member> = logs.iter().enumerate().map(member).collect();
        let pane = LogPane::of_several(NOW, &members, COUNTED_FROM, &settings, LogLook::of(&settings));
        Self::with(logs, pane, &settings)
    }

    fn with(logs: Vec<Of<'a>>, pane: LogPane, settings: &LogSettings) -> Self {
        let memory = usize::try_from(settings.memory.get()).expect("a size");
        Self { logs, pane, streams: HashMap::new(), memory, engine_loses: false }
    }

    fn is_one(&self) -> bool {
        self.pane.view.store().several().is_none()
    }

    /// Does what the pane wants until it wants no more and every log is read to its end.
    pub async fn settle(&mut self) {
        tokio::time::timeout(PATIENCE, self.until_quiet()).await.expect("the log to come to rest");
    }

    async fn until_quiet(&mut self) {
        while self.step().await {}
    }

    /// Does what is wanted now, of each stream what comes next. Whether anything was.
    async fn step(&mut self) -> bool {
        let wanted: Vec<Subscription> = if self.is_one() {
            self.pane.show(NOW);
            self.pane.subscriptions(&host(self.logs[0].live)).collect()
        } else {
            self.pane.follow_all(NOW, |_| true);
            self.pane.all_subscriptions().collect()
        };
        let mut acted = false;
        for wanted in wanted {
            acted |= self.do_it(wanted).await;
        }
        self.check();
        acted
    }

    /// Whether there was anything to do.
    async fn do_it(&mut self, wanted: Subscription) -> bool {
        match wanted {
            Subscription::Logs { host, container, query, attempt, sieve: _ } => {
                let index = self.index(&host, &container);
                if self.streams.get(&index).is_none_or(|stream| stream.attempt != attempt) {
                    let chunks = self.chunks(index, &query);
                    self.streams.insert(index, Stream { attempt, chunks, is_caught_up: false });
                }
                let Some(stream) = self.streams.get_mut(&index).filter(|stream| !stream.is_caught_up) else {
                    return false;
                };
                let part = match tokio::time::timeout(CAUGHT_UP, stream.chunks.next()).await {
                    Err(_) => {
                        stream.is_caught_up = true;
                        LogPart::CaughtUp
                    }
                    Ok(Some(Ok(chunk))) => LogPart::Lines(chunk),
                    Ok(Some(Err(failure))) => panic!("{failure:?}"),
                    Ok(None) => LogPart::Ended(None),
                };
                self.take(index, attempt, part);
            }
            Subscription::LogPage { host, container, ask } => {
                let index = self.index(&host, &container);
                let mut chunks = self.chunks(index, &ask.query);
                let mut gathering = Gathering::new(&ask);
                while let Some(chunk) = chunks.next().await {
                    if gathering.take(&chunk.expect("the log")) {
                        break;
                    }
                }
                let page = Ok(gathering.finish());
                if self.is_one() {
                    self.pane.take_page(&container, &ask, page);
                } else {
                    self.pane.take_page_of(&host, &container, &ask, page);
                }
            }
            Subscription::LogSurvey { host, container, ask } => {
                let index = self.index(&host, &container);
                let mut chunks = self.chunks(index, &ask.query);
                let mut surveying = Surveying::new(&ask).expect("an expression");
                while let Some(chunk) = chunks.next().await {
                    surveying.take(&chunk.expect("the log")).expect("room");
                }
                for part in [surveying.found(true), SurveyPart::Ended(None)] {
                    if self.is_one() {
                        self.pane.take_survey(&container, &ask, part);
                    } else {
                        self.pane.take_survey_of(&host, &container, &ask, part);
                    }
                }
            }
            other => panic!("{other:?}"),
        }
        true
    }

    /// The number of the line that a search has come to when it rests.
    pub async fn found(&mut self) -> Option<usize> {
        for _ in 0..1_000 {
            self.settle().await;
            let view = &mut self.pane.view;
            if !view.is_searching() && !view.is_surveying() && !view.is_on_its_way() {
                let line = view.store().line(view.current()?)?;
                return String::from_utf8_lossy(line.bytes).trim().parse().ok();
            }
            view.advance(1 << 20, PANE);
        }
        panic!("the search never rests");
    }

    fn index(&self, on: &HostId, container: &ContainerId) -> usize {
        let is_it = |log: &Of| host(log.live) == *on && log.container == *container;
        self.logs.iter().position(is_it).expect("one of the logs")
    }

    fn chunks(&self, index: usize, query: &LogQuery) -> Chunks {
        self.logs[index].live.engine.logs(&self.logs[index].container, query, None).boxed()
    }

    fn take(&mut self, index: usize, attempt: u32, part: LogPart) {
        let Of { live, container } = self.logs[index].clone();
        if self.is_one() {
            self.pane.take(&container, attempt, part);
        } else {
            self.pane.take_of(&host(live), &container, attempt, part);
        }
    }

    /// Takes what the streams have brought meanwhile.
    pub fn take_waiting(&mut self) {
        for index in 0..self.logs.len() {
            while let Some(stream) = self.streams.get_mut(&index)
                && let Some(Some(Ok(chunk))) = stream.chunks.next().now_or_never()
            {
                let attempt = stream.attempt;
                self.take(index, attempt, LogPart::Lines(chunk));
            }
        }
        self.check();
    }

    /// Reads on until every stream has ended, as they do with their engine.
    pub async fn until_lost(&mut self) {
        for index in 0..self.logs.len() {
            let Some(mut stream) = self.streams.remove(&index) else { continue };
            loop {
                let next = tokio::time::timeout(PATIENCE, stream.chunks.next()).await.expect("the end of a stream");
                let (part, is_over) = match next {
                    Some(Ok(chunk)) => (LogPart::Lines(chunk), false),
                    Some(Err(failure)) => (LogPart::Ended(Some(failure)), true),
                    None => (LogPart::Ended(None), true),
                };
                self.take(index, stream.attempt, part);
                if is_over {
                    break;
                }
            }
        }
        self.check();
    }

    /// The engine is there again.
    pub fn found_again(&mut self) {
        if self.is_one() {
            self.pane.resume(NOW);
        } else {
            self.pane.follow_all(NOW, |_| false);
            self.pane.follow_all(NOW, |_| true);
        }
    }

    /// Takes what comes until this number, or a later one, is held of each log.
    pub async fn until_held(&mut self, number: usize) {
        let reading = async {
            while !self.held().iter().all(|held| held.last().is_some_and(|last| *last >= number)) {
                for stream in self.streams.values_mut() {
                    stream.is_caught_up = false;
                }
                self.step().await;
            }
        };
        let in_time = tokio::time::timeout(PATIENCE, reading).await.is_ok();
        assert!(in_time, "{number} is never held: {:?}, {:?}", self.ends(), self.pane.view.source());
    }

    /// The numbers on the lines that are held, of each log by itself.
    pub fn held(&self) -> Vec<Vec<usize>> {
        let mut held = vec![Vec::new(); self.logs.len()];
        for line in self.pane.view.store().lines(i64::MIN..i64::MAX) {
            let index = if self.is_one() { 0 } else { usize::from(line.part) - 1 };
            let text = String::from_utf8_lossy(line.bytes);
            held[index].push(text.parse().unwrap_or_else(|_| panic!("{text:?} is no numbered line")));
        }
        held
    }

    /// The same of the one log.
    pub fn numbers(&self) -> Vec<usize> {
        self.held().remove(0)
    }

    /// Nothing is lost and nothing doubled, each log is in its order, all of them in that of time, and memory is kept to.
    pub fn check(&self) {
        for held in self.held() {
            let is_next = |pair: &[usize]| if self.engine_loses { pair[1] > pair[0] } else { pair[1] == pair[0] + 1 };
            let wrong: Vec<&[usize]> = held.windows(2).filter(|pair| !is_next(pair)).collect();
            assert!(wrong.is_empty(), "{wrong:?} in {:?}..{:?}", held.first(), held.last());
        }
        let times: Vec<i64> = self.pane.view.store().lines(i64::MIN..i64::MAX).map(|line| line.time).collect();
        assert!(times.is_sorted(), "{times:?}");
        assert!(self.pane.view.store().cost() <= self.memory, "{} bytes", self.pane.view.store().cost());
        if let Source::Failed(_) | Source::Unreadable(_) = self.pane.view.source() {
            assert!(self.streams.is_empty(), "{:?}", self.pane.view.source());
        }
    }

    /// What is held of each log is what its engine has kept between its first and its last line.
    pub fn check_kept(&self) {
        for (log, held) in self.logs.iter().zip(self.held()) {
            let ends = *held.first().expect("a line")..=*held.last().expect("a line");
            let kept: Vec<usize> = log.kept().into_iter().filter(|number| ends.contains(number)).collect();
            assert_eq!(held, kept, "what is held, and what the client shows");
        }
    }

    /// Scrolls by pages until the beginning or the end of all logs is there: a line with that number.
    pub async fn scroll(&mut self, pages: isize, to: usize) {
        for _ in 0..2_000 {
            self.pane.view.page(pages, PANE);
            self.settle().await;
            let held = self.held();
            let (is_there, has_more) = if pages < 0 {
                (held.iter().any(|held| held.first() == Some(&to)), self.pane.view.store().has_more_above())
            } else {
                (held.iter().any(|held| held.last() == Some(&to)), self.pane.view.store().has_more_below())
            };
            if is_there && !has_more {
                return;
            }
        }
        panic!("{to} is never reached: {:?}", self.ends());
    }

    /// The first and the last number held of each log.
    fn ends(&self) -> Vec<(Option<usize>, Option<usize>)> {
        self.held().iter().map(|held| (held.first().copied(), held.last().copied())).collect()
    }
}

/// A script whose terminal ends lines as it does: Podman breaks one where a read ends between the two bytes of a line end.
pub fn on_whole_lines(live: &Live, script: &str) -> String {
    if live.is_podman() { format!("stty -opost 2>/dev/null; {script}") } else { script.to_owned() }
}

fn settings(memory: &str, tail: u32) -> LogSettings {
    LogSettings { tail, memory: memory.parse().expect("a size"), ..Settings::default().logs }
}

fn host(live: &Live) -> HostId {
    HostId::new(live.product.name())
}
