//! The pane as the runtime sees it: what it asks for, what it does with the answers.

mod beyond;
mod paging;
mod several;

use super::*;
use crate::config::Settings;
use crate::domain::{FailureKind, LogChunk, LogQuery, LogStream};

const NOW: Time = Time(1_000_000_000_000);

fn pane() -> LogPane {
    let settings = Settings::default().logs;
    LogPane::new(NOW, ContainerId::new("web"), true, &settings, LogLook::of(&settings))
}

fn lines(lines: &[(i64, &str)]) -> LogPart {
    let mut chunk = LogChunk::default();
    lines.iter().for_each(|(time, text)| chunk.push(LogStream::Stdout, *time, text.as_bytes()));
    LogPart::Lines(chunk)
}

fn query(pane: &LogPane) -> (LogQuery, u32) {
    match pane.subscriptions(&HostId::new("local")).next() {
        Some(Subscription::Logs { query, attempt, .. }) => (query, attempt),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_stopped_stream_goes_on_where_it_stopped_and_repeats_nothing() {
    let mut pane = pane();
    let web = ContainerId::new("web");
    pane.show(NOW);
    assert_eq!(query(&pane).1, 0);
    pane.take(&web, 0, lines(&[(1, "a"), (2, "b")]));
    pane.take(&web, 0, LogPart::CaughtUp);
    pane.hide();
    pane.show(NOW);
    assert_eq!(query(&pane), (LogQuery { tail: None, since: Some(2), until: None, follow: true }, 1));
    pane.take(&web, 0, lines(&[(3, "late")]));
    // A slow engine: what it sends again comes when the log seems to be read to its end.
    pane.take(&web, 1, LogPart::CaughtUp);
    pane.take(&web, 1, lines(&[(2, "b"), (3, "c")]));
    assert_eq!(pane.view.store().len(), 3);
}

#[test]
fn a_range_starts_anew_and_bounds_what_follows() {
    let mut pane = pane();
    let web = ContainerId::new("web");
    pane.show(NOW);
    pane.take(&web, 0, lines(&[(1, "a")]));
    pane.read(NOW, LogRange::Last(Duration::from_secs(60)));
    assert!(pane.view.store().is_empty());
    let since = Some(NOW.0 - 60_000_000_000);
    assert_eq!(query(&pane).0, LogQuery { tail: None, since, until: None, follow: true });
    // Nothing came yet: a break asks for the same again.
    pane.resume(NOW);
    assert_eq!(query(&pane).0, LogQuery { tail: None, since, until: None, follow: true });
    pane.read(NOW, LogRange::All);
    assert_eq!(query(&pane).0, LogQuery { tail: None, since: None, until: None, follow: true });
}

#[test]
fn what_does_not_run_is_read_and_followed_once_it_runs() {
    let mut pane = pane();
    let web = ContainerId::new("web");
    pane.see(NOW, false);
    pane.read(NOW, LogRange::All);
    assert_eq!(query(&pane), (LogQuery { tail: None, since: None, until: None, follow: false }, 1));
    pane.take(&web, 1, lines(&[(1, "a"), (2, "b")]));
    pane.take(&web, 1, LogPart::Ended(None));
    // The event comes before the list; neither opens a second stream.
    pane.started(NOW);
    assert_eq!(query(&pane), (LogQuery { tail: None, since: Some(2), until: None, follow: true }, 2));
    pane.see(NOW, false);
    pane.see(NOW, true);
    assert_eq!(query(&pane).1, 2);
}

#[test]
fn the_end_is_told_from_failures() {
    let mut pane = pane();
    let web = ContainerId::new("web");
    pane.take(&web, 0, LogPart::Ended(None));
    assert_eq!(*pane.view.source(), Source::Ended);
    assert!(pane.subscriptions(&HostId::new("local")).next().is_none());
    pane.resume(NOW);
    let words = "configured logging driver does not support reading";
    pane.take(&web, 1, LogPart::Ended(Some(Failure::new(FailureKind::Engine, words))));
    assert_eq!(*pane.view.source(), Source::Unreadable(words.to_owned()));
    pane.retry(NOW);
    pane.take(&web, 2, LogPart::Ended(Some(Failure::new(FailureKind::Lost, "It broke."))));
    assert!(matches!(pane.view.source(), Source::Failed(_)));
}

/// A slow engine stops within the last lines: that there are older ones is known all the same.
#[test]
fn lines_that_were_there_before_count_also_after_a_pause() {
    let settings = LogSettings { tail: 4, ..Settings::default().logs };
    let web = ContainerId::new("web");
    let mut pane = LogPane::new(NOW, web.clone(), true, &settings, LogLook::of(&settings));
    pane.show(NOW);
    pane.take(&web, 0, lines(&[(1, "a"), (2, "b")]));
    pane.take(&web, 0, LogPart::CaughtUp);
    assert!(!pane.view.store().has_more_above());
    pane.take(&web, 0, lines(&[(3, "c"), (4, "d")]));
    assert!(pane.view.store().has_more_above());
    let mut pane = LogPane::new(NOW, web.clone(), true, &settings, LogLook::of(&settings));
    pane.show(NOW);
    pane.take(&web, 0, lines(&[(1, "a"), (2, "b")]));
    pane.take(&web, 0, LogPart::CaughtUp);
    pane.take(&web, 0, lines(&[(NOW.0 + 1, "c"), (NOW.0 + 2, "d")]));
    assert!(!pane.view.store().has_more_above(), "these are new");
}
