//! What the charts tell, of one container and of several, at every size.

use super::graph::UNKNOWN;
use super::measure::Measure;
use super::places::places;
use super::scene::{Scene, marks_at, scene};
use super::*;
use crate::app::App;
use crate::app::fixture::{answer, app, container, keys};
use crate::app::msg::{HostMsg, Listed};
use crate::app::usage::Sampled;
use crate::domain::{ContainerId, EngineEvent, Failure, FailureKind, Labels, State, StatsSample};
use proptest::prelude::*;
use ratatui::layout::Rect;

const SECOND: i64 = 1_000_000_000;

fn list(app: &mut App, states: &[(&str, State)]) -> Vec<ContainerId> {
    let containers: Vec<_> = states.iter().map(|(name, state)| container(name, state.clone())).collect();
    let ids = containers.iter().map(|container| container.id.clone()).collect();
    answer(app, HostMsg::Containers(Ok(Listed { containers, round_trip: Duration::ZERO })));
    ids
}

fn tell(app: &mut App, id: &ContainerId, sampled: Sampled) {
    answer(app, HostMsg::Stats { samples: vec![(id.clone(), sampled)], took: None });
}

fn sample(second: i64) -> StatsSample {
    StatsSample {
        read_at: second * SECOND,
        cpu_ns: second as u64 * 500_000_000,
        online_cpus: 2,
        memory: 400 << 20,
        memory_limit: 512 << 20,
        pids: 3,
        ..StatsSample::default()
    }
}

fn watch(app: &mut App, id: &ContainerId, seconds: std::ops::RangeInclusive<i64>) {
    seconds.for_each(|second| tell(app, id, Ok(Some(sample(second)))));
}

fn happens(app: &mut App, id: &ContainerId, second: i64, action: &str) {
    let attributes = Labels(vec![("exitCode".into(), "1".into())]);
    let (kind, actor) = ("container".into(), id.as_str().into());
    answer(
        app,
        HostMsg::Event(EngineEvent {
            time: second * SECOND,
            kind,
            action: action.into(),
            actor,
            attributes,
            raw: "".into(),
        }),
    );
}

/// The Stats tab of `web`, which runs, with the focus.
fn on_stats() -> (App, ContainerId) {
    let mut app = app();
    app.area = Rect::new(0, 0, 120, 40);
    let ids = list(&mut app, &[("web", State::Running), ("db", State::Running)]);
    keys(&mut app, "/web⏎m");
    (app, ids[0].clone())
}

fn told(app: &App, measure: Measure) -> String {
    let scene = scene(app).unwrap();
    scene.graphs.iter().find(|graph| graph.measure == measure).unwrap().current.clone()
}

#[test]
fn figures_and_limits_are_told() {
    let (mut app, web) = on_stats();
    assert!(scene(&app).unwrap_err().contains("Two samples"));
    watch(&mut app, &web, 1..=4);
    let Scene { graphs, window, .. } = scene(&app).unwrap();
    let [cpu, memory, network, _, processes] = &graphs[..] else { panic!("five measures") };
    assert_eq!((cpu.current.as_str(), cpu.summary.as_str()), ("50% of 2 cores", "min 50% avg 50% max 50%"));
    assert_eq!((cpu.levels[0].value, cpu.ceiling), (200.0, 200.0));
    assert_eq!(memory.current, "400 MiB of 512 MiB (78%)");
    assert!(memory.ceiling >= memory.levels[0].value);
    assert_eq!((network.ceiling, network.lines.len()), (1000.0, 2));
    assert_eq!((processes.current.as_str(), processes.levels.len()), ("3", 0));
    assert_eq!((window.to, window.span()), (4 * SECOND, 60 * SECOND));
}

#[test]
fn the_cursor_reads_a_moment_and_goes_back_to_now() {
    let (mut app, web) = on_stats();
    watch(&mut app, &web, 1..=30);
    keys(&mut app, "←←←");
    let read = scene(&app).unwrap().read.unwrap();
    assert!((20 * SECOND..30 * SECOND).contains(&read), "{read}");
    // It stays where it is while time goes on.
    watch(&mut app, &web, 31..=40);
    assert_eq!(scene(&app).unwrap().read, Some(read));
    keys(&mut app, "→→→→→→→→→→→→→→→→→→→→→→→→");
    assert_eq!(scene(&app).unwrap().read, None);
    keys(&mut app, "g");
    assert_eq!(scene(&app).unwrap().read, Some(2 * SECOND));
    keys(&mut app, "←");
    assert_eq!(scene(&app).unwrap().read, Some(2 * SECOND));
    keys(&mut app, "⎋");
    assert_eq!((scene(&app).unwrap().read, app.focus), (None, crate::app::layout::Pane::Detail));
}

#[test]
fn what_was_not_watched_is_not_told() {
    let (mut app, web) = on_stats();
    watch(&mut app, &web, 1..=5);
    watch(&mut app, &web, 60..=62);
    app.charts.set_cursor(Some(30 * SECOND));
    assert_eq!(told(&app, Measure::Memory), UNKNOWN);
    let scene = scene(&app).unwrap();
    let joined = scene.graphs[0].lines[0].dots.windows(2).map(|two| two[1].since <= two[0].at);
    assert_eq!(joined.filter(|joined| !joined).count(), 1);
}

#[test]
fn what_happened_is_told_at_its_time_and_stays_after_the_end() {
    let (mut app, web) = on_stats();
    watch(&mut app, &web, 1..=20);
    happens(&mut app, &web, 21, "oom");
    happens(&mut app, &web, 21, "die");
    list(&mut app, &[("web", State::Exited)]);
    let ended = scene(&app).unwrap();
    assert_eq!((ended.edge, ended.is_live, ended.remark), (21 * SECOND, false, Some("it does not run any more")));
    let words: Vec<String> =
        marks_at(&ended.marks, ended.window, 21 * SECOND, 50).map(|mark| mark.mark.what.words()).collect();
    assert_eq!(words, ["out of memory, killed", "exited (1)"]);
    keys(&mut app, "←");
    assert!(told(&app, Measure::Cpu).starts_with("50%"));
    // It starts again: what was before stays, with a gap.
    list(&mut app, &[("web", State::Running)]);
    happens(&mut app, &web, 25, "start");
    watch(&mut app, &web, 26..=28);
    let again = scene(&app).unwrap();
    assert_eq!((again.graphs[0].lines[0].dots.len(), again.marks.len(), again.is_live), (21, 3, true));
}

#[test]
fn why_there_are_no_figures_is_told() {
    let (mut app, web) = on_stats();
    tell(&mut app, &web, Ok(None));
    assert!(scene(&app).unwrap_err().contains("tells nothing"));
    tell(&mut app, &web, Err(Failure::new(FailureKind::Forbidden, "The proxy allows no stats.")));
    assert!(scene(&app).unwrap_err().contains("The proxy allows no stats."));
    list(&mut app, &[("web", State::Exited)]);
    assert!(scene(&app).unwrap_err().contains("does not run"));
}

#[test]
fn marked_containers_are_compared() {
    let mut app = app();
    let ids = list(&mut app, &[("web", State::Running), ("db", State::Running), ("old", State::Exited)]);
    watch(&mut app, &ids[0], 1..=5);
    watch(&mut app, &ids[1], 1..=3);
    keys(&mut app, "*m");
    let scene = scene(&app).unwrap();
    assert_eq!((scene.compared, scene.graphs[0].lines.len()), (3, 3));
    let signs: Vec<&str> = scene.graphs[0].lines.iter().map(|line| line.sign.as_str()).collect();
    assert_ne!(signs[0], signs[1]);
    assert_eq!(told(&app, Measure::Cpu), "100% together");
    assert!(crate::app::sampling::of(&app, app.host()).len() == 2);
}

proptest! {
    #[test]
    fn charts_never_overlap_nor_leave_the_pane(
        width in 0u16..300, height in 0u16..100, lines in 0usize..9, steps in 0isize..5, alone: bool,
    ) {
        let mut charts = Charts::default();
        charts.step(steps);
        if alone {
            charts.toggle();
        }
        let room = Rect::new(1, 1, width, height);
        let places = places(room, &charts, lines);
        let mut areas: Vec<Rect> = places.told.iter().map(|(_, area)| *area).collect();
        for chart in &places.charts {
            areas.extend([chart.head, chart.levels, chart.plot, chart.axis, chart.times]);
        }
        for (index, area) in areas.iter().enumerate() {
            prop_assert!(area.is_empty() || area.intersection(room) == *area, "{area:?} in {room:?}");
            for other in areas.iter().skip(index + 1) {
                prop_assert!(area.intersection(*other).is_empty(), "{area:?} {other:?}");
            }
        }
        let is_drawn = places.charts.iter().any(|chart| chart.measure == charts.chosen);
        prop_assert!(is_drawn || places.charts.is_empty());
    }
}
