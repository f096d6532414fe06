//! Tests of builds as they are kept.

use super::*;
use crate::domain::{FailureKind, ImageId, StepState};
use proptest::prelude::*;

const JOB: JobId = JobId(1);

fn step(key: &str, state: StepState) -> BuildNews {
    BuildNews::Step { key: key.into(), name: format!("[{key}/9] RUN x").into(), state }
}

fn output(key: &str, text: &str) -> BuildNews {
    BuildNews::Output { key: key.into(), text: text.into() }
}

fn builds() -> Builds {
    let mut builds = Builds::default();
    builds.begin(Time(0), &HostId::new("local"), JOB, &BuildSpec::default());
    builds
}

fn text(builds: &Builds) -> String {
    builds.find(JOB).unwrap().text()
}

#[test]
fn steps_stand_in_the_order_in_which_they_begin_with_their_own_output() {
    let mut builds = builds();
    let begun = builds.take(
        Time(0),
        JOB,
        vec![
            BuildNews::Note("Sends 2 files".into()),
            step("1", StepState::Waiting),
            step("2", StepState::Running),
            step("1", StepState::Running),
            output("2", "one\ntw"),
            output("1", "\u{1b}[91mred\u{1b}[0m\n"),
            output("2", "o\n10%\r20%\r\n"),
            step("1", StepState::Cached),
        ],
    );
    assert_eq!(begun.as_deref(), Some("[1/9] RUN x"));
    builds.take(Time(1_500_000_000), JOB, vec![step("2", StepState::Failed)]);
    let failure = Failure::new(FailureKind::Engine, "exit code: 3");
    builds.end(Time(2_000_000_000), JOB, &Err(failure));
    assert_eq!(
        text(&builds),
        "Sends 2 files\n[2/9] RUN x  failed  1.5 s\none\ntwo\n20%\n[1/9] RUN x  cached\nred\nexit code: 3\n"
    );
    let log = builds.find(JOB).unwrap();
    assert_eq!(log.heads().collect::<Vec<_>>(), [1, 5]);
    assert_eq!(log.edge(), 5, "what failed is what is to be seen");
}

#[test]
fn an_open_line_is_not_lost_at_the_end() {
    let mut builds = builds();
    builds.take(Time(0), JOB, vec![step("1", StepState::Running), output("1", "no end")]);
    builds.end(Time(0), JOB, &Ok(Done::Built { image: ImageId::new("sha256:1") }));
    assert!(text(&builds).ends_with("no end\n"));
    let log = builds.find(JOB).unwrap();
    assert_eq!(log.ended.as_ref().unwrap().result, Ok("sha256:1".to_owned()));
    assert_eq!(log.steps[0].state, StepState::Done(None));
}

#[test]
fn output_without_end_fills_no_memory() {
    let mut builds = builds();
    builds.take(Time(0), JOB, vec![step("1", StepState::Running)]);
    let line = format!("{}\n", "x".repeat(1023));
    for _ in 0..6000 {
        builds.take(Time(0), JOB, vec![output("1", &line)]);
    }
    let log = builds.find(JOB).unwrap();
    assert!(log.steps[0].lines.len() <= 4096 && log.steps[0].dropped >= 1900);
    builds.take(Time(0), JOB, vec![output("1", &"y".repeat(1 << 20))]);
    assert!(text(&builds).len() < 5 << 20);
}

#[test]
fn the_oldest_build_that_ended_goes_first() {
    let mut builds = builds();
    for job in 2..12 {
        builds.begin(Time(0), &HostId::new("local"), JobId(job), &BuildSpec::default());
        builds.end(Time(0), JobId(job), &Ok(Done::Changed));
    }
    assert!(builds.find(JOB).is_some() && builds.find(JobId(2)).is_none());
    assert_eq!(builds.all().next().unwrap().job, JobId(11));
}

proptest! {
    /// Rows are the same wherever one begins to read.
    #[test]
    fn rows_are_counted_as_they_are_shown(texts in prop::collection::vec(("[1-4]", "[ab\n]{0,5}"), 0..20), first in 0..40_usize) {
        let mut builds = builds();
        builds.take(Time(0), JOB, vec![BuildNews::Note("note".into())]);
        for (key, text) in texts {
            builds.take(Time(0), JOB, vec![output(&key, &text)]);
        }
        let log = builds.find(JOB).unwrap();
        let all: Vec<String> = log.rows_from(0).map(|row| format!("{row:?}")).collect();
        let some: Vec<String> = log.rows_from(first).map(|row| format!("{row:?}")).collect();
        prop_assert_eq!(all.len(), log.rows());
        prop_assert_eq!(&all[first.min(all.len())..], &some[..]);
    }
}
