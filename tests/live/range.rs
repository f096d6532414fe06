//! A part of a log, from then until then: as each engine understands it, the pane shows the lines of that time and no others.

use crate::support::engines::{Live, PATIENCE, on_engines};
use dockerui_tui::app::Subscription;
use dockerui_tui::app::detail::log_pane::{LogLook, LogPane, LogRange};
use dockerui_tui::app::logs::Source;
use dockerui_tui::app::msg::LogPart;
use dockerui_tui::config::Settings;
use dockerui_tui::domain::{ContainerId, HostId, LogChunk, LogQuery, Time};
use futures_util::StreamExt;
use std::pin::pin;

on_engines!(from_then_until_then);

const NOW: Time = Time(1_800_000_000_000_000_000);
const ALL: LogQuery = LogQuery { tail: None, since: None, until: None, follow: false };

/// Every line with its time.
async fn all(live: &Live, id: &ContainerId) -> Vec<(i64, String)> {
    let mut chunks = pin!(live.engine.logs(id, &ALL, Some(false)));
    let mut lines = Vec::new();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.expect("the log");
        let text = |index: usize| String::from_utf8_lossy(chunk.text(index)).into_owned();
        lines.extend(chunk.lines.iter().enumerate().map(|(index, line)| (line.time, text(index))));
    }
    lines
}

/// What the pane shows when it has read the range.
async fn shown(live: &Live, id: &ContainerId, range: LogRange) -> Vec<String> {
    let settings = Settings::default().logs;
    let mut pane = LogPane::new(NOW, id.clone(), true, &settings, LogLook::of(&settings));
    pane.read(NOW, range);
    pane.show(NOW);
    let wanted = pane.subscriptions(&HostId::new("local")).next();
    let Some(Subscription::Logs { query, attempt, .. }) = wanted else { panic!("{wanted:?}") };
    assert!(!query.follow, "what comes later is not asked for");
    let mut chunks = pin!(live.engine.logs(id, &query, Some(false)));
    while let Some(chunk) = chunks.next().await {
        pane.take(id, attempt, LogPart::Lines(chunk.expect("the log")));
    }
    pane.take(id, attempt, LogPart::Ended(None));
    assert_eq!(*pane.view.source(), Source::Ended);
    let shown = pane.view.shown_lines().expect("all lines are shown");
    let texts = |(chunk, lines): (&LogChunk, std::ops::Range<usize>)| {
        lines.map(|index| String::from_utf8_lossy(chunk.text(index)).into_owned()).collect::<Vec<_>>()
    };
    shown.pieces().flat_map(texts).collect()
}

async fn from_then_until_then(live: Live) {
    let target = live.script("range", "for i in $(seq 1 12); do echo $i; sleep 0.3; done; sleep 1000").await;
    tokio::time::timeout(PATIENCE, live.logs_until(&target.id, "12")).await.expect("the last line");
    let lines = all(&live, &target.id).await;
    assert_eq!(lines.len(), 12);
    let (from, to) = (lines[3].0, lines[8].0);
    for (since, until) in [(Some(from), Some(to)), (Some(from), Some(from)), (None, Some(to))] {
        let fits = |time: i64| since.is_none_or(|from| time >= from) && until.is_none_or(|to| time <= to);
        let expected: Vec<&str> = lines.iter().filter(|(time, _)| fits(*time)).map(|(_, text)| text.as_str()).collect();
        assert_eq!(shown(&live, &target.id, LogRange::Between { since, until }).await, expected, "{since:?} {until:?}");
    }
}
