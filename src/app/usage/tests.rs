//! Histories over stops, gaps and floods of samples.

use super::*;
use crate::app::fixture::container;
use crate::domain::{FailureKind, Labels, State};
use proptest::prelude::*;

const SECOND: i64 = 1_000_000_000;
const KEEP: Keep = Keep { history: Duration::from_secs(10), gap: Duration::from_secs(5) };

fn sample(seconds: i64) -> StatsSample {
    StatsSample { read_at: seconds * SECOND, cpu_ns: seconds as u64 * 500_000_000, ..StatsSample::default() }
}

fn take(book: &mut UsageBook, id: &ContainerId, sample: StatsSample) {
    book.take(id, Time(sample.read_at), Ok(Some(sample)), KEEP);
}

fn event(id: &ContainerId, at: i64, action: &str) -> EngineEvent {
    let attributes = Labels(vec![("exitCode".into(), "137".into())]);
    EngineEvent {
        time: at,
        kind: "container".into(),
        action: action.into(),
        actor: id.as_str().into(),
        attributes,
        raw: "".into(),
    }
}

#[test]
fn history_is_bounded_in_time() {
    let mut book = UsageBook::default();
    let id = ContainerId::new("a");
    for second in 1..100 {
        take(&mut book, &id, sample(second));
    }
    let history = book.history(&id).unwrap();
    assert_eq!(history.points().len(), 11);
    assert!((book.latest(&id).unwrap().cpu_percent - 50.0).abs() < 0.1);
}

#[test]
fn a_stop_keeps_what_was_and_ends_what_is() {
    let mut book = UsageBook::default();
    let mut web = container("web", State::Running);
    for second in 10..14 {
        take(&mut book, &web.id, sample(second));
    }
    web.state = State::Exited;
    book.settle(std::slice::from_ref(&web), KEEP.history);
    assert!(book.latest(&web.id).is_none());
    assert_eq!(book.history(&web.id).unwrap().points().len(), 3);
    web.state = State::Running;
    // The counters began anew; the first sample makes no rate, the second one stands behind a gap.
    take(&mut book, &web.id, StatsSample { read_at: 16 * SECOND, ..sample(1) });
    assert!(book.latest(&web.id).is_none() && book.history(&web.id).unwrap().lacks_rate());
    take(&mut book, &web.id, StatsSample { read_at: 17 * SECOND, ..sample(2) });
    let points: Vec<Point> = book.history(&web.id).unwrap().points().copied().collect();
    assert_eq!((points.len(), points[3].since, points[2].usage.at), (4, 16 * SECOND, 13 * SECOND));
    book.settle(&[], KEEP.history);
    assert!(book.history(&web.id).is_none());
}

#[test]
fn what_was_not_watched_is_a_gap() {
    let mut book = UsageBook::default();
    let id = ContainerId::new("a");
    for second in [1, 2, 9, 10] {
        take(&mut book, &id, sample(second));
    }
    let history = book.history(&id).unwrap();
    let since: Vec<i64> = history.points().map(|point| point.since / SECOND).collect();
    assert_eq!(since, [1, 9, 9]);
    assert!(history.point_at(5 * SECOND, SECOND).is_none());
    assert_eq!(history.point_at(3 * SECOND, SECOND).unwrap().usage.at, 2 * SECOND);
    assert_eq!(history.point_at(9 * SECOND + 1, 0).unwrap().usage.at, 10 * SECOND);
    assert_eq!(history.points_in(3 * SECOND, 9 * SECOND).count(), 1);
    assert_eq!(history.points_in(9 * SECOND, 20 * SECOND).count(), 3);
}

#[test]
fn no_figures_have_a_reason_until_there_are_some() {
    let mut book = UsageBook::default();
    let id = ContainerId::new("a");
    book.take(&id, Time(1), Ok(None), KEEP);
    assert_eq!(book.history(&id).unwrap().trouble(), Some(&Trouble::Nothing));
    assert!(!book.history(&id).unwrap().lacks_rate());
    book.take(&id, Time(2), Err(Failure::new(FailureKind::Refused, "No.")), KEEP);
    assert!(matches!(book.history(&id).unwrap().trouble(), Some(Trouble::Failed(_))));
    take(&mut book, &id, sample(3));
    assert_eq!(book.history(&id).unwrap().trouble(), None);
}

#[test]
fn events_leave_marks_and_a_health_that_stays_leaves_one() {
    let mut book = UsageBook::default();
    let (a, b) = (ContainerId::new("a"), ContainerId::new("b"));
    let actions = ["start", "health_status: healthy", "health_status: healthy", "exec_start: sh", "oom", "die"];
    for (action, at) in actions.iter().zip(1..) {
        book.note(&event(&a, at, action));
    }
    book.note(&event(&b, 9, "health_status: healthy"));
    let words: Vec<String> = book.marks(&a).map(|mark| mark.what.words()).collect();
    assert_eq!(words, ["started", "healthy", "out of memory, killed", "exited (137), killed"]);
    assert_eq!(book.marks(&b).count(), 1);
    for at in 10..10_000 {
        book.note(&event(&b, at, "start"));
    }
    assert_eq!(book.marks(&b).count() + book.marks(&a).count(), 2048);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn points_stay_in_order_within_their_bounds(
        steps in prop::collection::vec((0usize..3, 0i64..20, 0u64..3_000_000_000), 1..200),
    ) {
        let mut book = UsageBook::default();
        let ids = ["a", "b", "c"].map(ContainerId::new);
        let (mut at, mut cpu) = (0, 0);
        for (place, step, used) in steps {
            (at, cpu) = (at + step * SECOND, if used % 7 == 0 { 0 } else { cpu + used });
            take(&mut book, &ids[place], StatsSample { read_at: at, cpu_ns: cpu, ..StatsSample::default() });
            let points: Vec<Point> = book.history(&ids[place]).unwrap().points().copied().collect();
            prop_assert!(points.iter().all(|point| point.since <= point.usage.at && point.usage.at >= at - 10 * SECOND));
            prop_assert!(points.windows(2).all(|two| two[0].usage.at <= two[1].since));
            prop_assert!(points.iter().all(|point| point.usage.at - point.since <= 5 * SECOND));
        }
    }
}
