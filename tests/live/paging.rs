//! Scrolling through long logs: the pane with a real engine behind it, in little memory, line numbers as the proof.

use crate::support::engines::{Live, PATIENCE, on_engines};
use dockerui_tui::app::Subscription;
use dockerui_tui::app::detail::log_pages::Gathering;
use dockerui_tui::app::detail::log_pane::{LogLook, LogPane};
use dockerui_tui::app::logs::{Lines, Source, Viewport};
use dockerui_tui::app::msg::LogPart;
use dockerui_tui::config::{LogSettings, Settings};
use dockerui_tui::domain::{ContainerId, HostId, LogChunk, LogQuery, Time};
use futures_util::stream::BoxStream;
use futures_util::{FutureExt, StreamExt};
use std::time::Duration;

on_engines!(up_to_the_first_line_and_down_again, a_restart_while_reading, the_same_moment);

const PANE: Viewport = Viewport { width: 100, height: 40 };
const NOW: Time = Time(1_800_000_000_000_000_000);
/// As the runtime has it: what brings nothing for so long has been read to its end.
const CAUGHT_UP: Duration = Duration::from_millis(300);

type Chunks = BoxStream<'static, Result<LogChunk, dockerui_tui::domain::Failure>>;

/// A pane, and what the runtime would do for it.
struct Reader<'a> {
    live: &'a Live,
    container: ContainerId,
    pane: LogPane,
    stream: Option<(u32, Chunks)>,
    memory: usize,
}

impl<'a> Reader<'a> {
    fn new(live: &'a Live, container: ContainerId, memory: &str, tail: u32) -> Self {
        let settings = LogSettings { tail, memory: memory.parse().expect("a size"), ..Settings::default().logs };
        let pane = LogPane::new(NOW, container.clone(), true, &settings, LogLook::of(&settings));
        let memory = usize::try_from(settings.memory.get()).expect("a size");
        Self { live, container, pane, stream: None, memory }
    }

    /// Does what the pane wants until it wants no more and the log is read to its end.
    async fn settle(&mut self) {
        tokio::time::timeout(PATIENCE, self.until_quiet()).await.expect("the log to come to rest");
    }

    async fn until_quiet(&mut self) {
        loop {
            self.pane.show(NOW);
            let wanted: Vec<Subscription> = self.pane.subscriptions(&HostId::new("local")).collect();
            let is_quiet = match self.pane.view.source() {
                Source::Following | Source::Paused | Source::Ended => true,
                Source::Waiting | Source::Reading => false,
                other => panic!("{other:?}"),
            };
            let mut acted = false;
            for wanted in wanted {
                match wanted {
                    Subscription::Logs { query, attempt, .. } if !is_quiet => {
                        acted = true;
                        self.stream(&query, attempt).await;
                    }
                    Subscription::LogPage { ask, .. } => {
                        acted = true;
                        let mut chunks = self.chunks(&ask.query);
                        let mut gathering = Gathering::new(&ask);
                        while let Some(chunk) = chunks.next().await {
                            if gathering.take(&chunk.expect("the log")) {
                                break;
                            }
                        }
                        self.pane.take_page(&self.container, &ask, Ok(gathering.finish()));
                    }
                    _ => {}
                }
            }
            self.check();
            if !acted {
                return;
            }
        }
    }

    fn chunks(&self, query: &LogQuery) -> Chunks {
        self.live.engine.logs(&self.container, query, Some(false)).boxed()
    }

    async fn stream(&mut self, query: &LogQuery, attempt: u32) {
        if self.stream.as_ref().is_none_or(|(number, _)| *number != attempt) {
            self.stream = Some((attempt, self.chunks(query)));
        }
        let Some((_, chunks)) = &mut self.stream else { return };
        let part = match tokio::time::timeout(CAUGHT_UP, chunks.next()).await {
            Err(_) => LogPart::CaughtUp,
            Ok(Some(Ok(chunk))) => LogPart::Lines(chunk),
            Ok(Some(Err(failure))) => LogPart::Ended(Some(failure)),
            Ok(None) => LogPart::Ended(None),
        };
        self.pane.take(&self.container, attempt, part);
    }

    /// Takes what the stream has brought meanwhile.
    fn take_waiting(&mut self) {
        let Some((attempt, chunks)) = &mut self.stream else { return };
        while let Some(Some(Ok(chunk))) = chunks.next().now_or_never() {
            self.pane.take(&self.container, *attempt, LogPart::Lines(chunk));
        }
    }

    fn held(&self) -> Vec<usize> {
        let number = |bytes: &[u8]| String::from_utf8_lossy(bytes).parse().expect("a numbered line");
        self.pane.view.store().lines(i64::MIN..i64::MAX).map(|line| number(line.bytes)).collect()
    }

    fn check(&self) {
        let held = self.held();
        let wrong: Vec<&[usize]> = held.windows(2).filter(|pair| pair[1] != pair[0] + 1).collect();
        assert!(wrong.is_empty(), "{wrong:?} in {:?}..{:?}", held.first(), held.last());
        assert!(self.pane.view.store().cost() <= self.memory);
    }

    /// Scrolls by pages until the first or the last line is held.
    async fn scroll(&mut self, pages: isize, to: usize) {
        for _ in 0..5_000 {
            self.pane.view.page(pages, PANE);
            self.settle().await;
            let held = self.held();
            let end = if pages < 0 { held.first() } else { held.last() };
            if end == Some(&to) {
                return;
            }
        }
        panic!("{to} is never reached: {:?}", self.held().first());
    }
}

async fn up_to_the_first_line_and_down_again(live: Live) {
    let script = "i=1; while [ $i -lt 8000 ]; do seq $i $((i + 99)); i=$((i + 100)); usleep 2000; done; sleep 1000";
    let target = live.script("paged", script).await;
    live.logs_until(&target.id, "8000").await;
    let mut reader = Reader::new(&live, target.id, "128KiB", 100);
    reader.settle().await;
    assert_eq!(reader.held().last(), Some(&8000));
    reader.scroll(-1, 1).await;
    assert!(reader.pane.view.store().has_more_below(), "the far end went");
    reader.scroll(1, 8000).await;
    assert!(reader.pane.view.store().has_more_above(), "the far end went");
    reader.pane.view.to_top();
    reader.settle().await;
    assert_eq!(reader.held().first(), Some(&1));
    assert!(!reader.pane.view.store().has_more_above());
    reader.pane.view.to_end();
    reader.settle().await;
    assert_eq!(reader.held().last(), Some(&8000));
    assert!(reader.pane.view.is_following());
}

/// The numbers go on where they were when it starts again.
async fn a_restart_while_reading(live: Live) {
    let script = "n=$(cat /n 2>/dev/null || echo 1); seq $n $((n + 999)); echo $((n + 1000)) > /n; sleep 1000";
    let target = live.script("again", script).await;
    live.logs_until(&target.id, "1000").await;
    let mut reader = Reader::new(&live, target.id.clone(), "128KiB", 100);
    reader.settle().await;
    live.docker(&["restart", "-t", "0", &target.name]);
    live.logs_until(&target.id, "2000").await;
    reader.take_waiting();
    reader.pane.resume(NOW);
    reader.settle().await;
    assert_eq!(reader.held().last(), Some(&2000));
    reader.scroll(-1, 1).await;
    reader.scroll(1, 2000).await;
}

/// More lines at one moment than memory holds: Podman tells times in whole seconds.
async fn the_same_moment(live: Live) {
    let script = "i=1; while [ $i -lt 12000 ]; do seq $i $((i + 99)); i=$((i + 100)); usleep 1000; done; sleep 1000";
    let target = live.script("moment", script).await;
    live.logs_until(&target.id, "12000").await;
    if live.is_podman() && !is_counted(&live, &target.id).await {
        return;
    }
    let mut reader = Reader::new(&live, target.id, "96KiB", 50);
    reader.settle().await;
    for _ in 0..40 {
        reader.pane.view.page(-5, PANE);
        reader.settle().await;
    }
    let top = reader.held()[0];
    assert!(top < 11_000, "{top}");
    for _ in 0..20 {
        reader.pane.view.page(5, PANE);
        reader.settle().await;
    }
}

/// Whether the engine has kept each line whole: Podman breaks some in two under load.
async fn is_counted(live: &Live, id: &ContainerId) -> bool {
    let all = LogQuery { tail: None, since: None, until: None, follow: false };
    let mut chunks = live.engine.logs(id, &all, Some(false)).boxed();
    let mut log = LogChunk::default();
    while let Some(chunk) = chunks.next().await {
        log.append(&chunk.expect("the log"));
    }
    log.lines.len() == 12_000
}
