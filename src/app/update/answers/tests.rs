//! Late answers, storms and lost lines, told to a state that follows them.

use crate::app::fixture::{NOW, answer, app, container, keys};
use crate::app::msg::{HostMsg, Listed};
use crate::app::{App, Beat, Effect, Fetch, Msg, Subscription, subscriptions, update};
use crate::domain::{Endpoint, EngineEvent, Failure, FailureKind, State, StatsSample, Usage};
use std::time::Duration;

fn event(kind: &str) -> HostMsg {
    let event = EngineEvent {
        time: 1,
        kind: kind.into(),
        action: "delete".into(),
        actor: "sha256:1".into(),
        attributes: Default::default(),
        raw: "".into(),
    };
    HostMsg::Event(event)
}

fn asks(effects: &[Effect], wanted: &Fetch) -> usize {
    effects.iter().filter(|effect| matches!(effect, Effect::Fetch { fetch, .. } if fetch == wanted)).count()
}

fn reconnect(app: &mut App) -> Vec<Effect> {
    let listed = Listed { containers: vec![container("web", State::Running)], round_trip: Duration::from_millis(1) };
    answer(app, HostMsg::Connected { endpoint: Endpoint::Unix("/run/docker.sock".into()), listed })
}

#[test]
fn rows_on_their_way_when_they_change_are_asked_for_again_also_off_screen() {
    let mut app = app();
    assert_eq!(asks(&answer(&mut app, event("image")), &Fetch::Images), 0);
    // Asked for on entering the view, and left again before the answer came.
    assert_eq!(asks(&keys(&mut app, "2"), &Fetch::Images), 1);
    keys(&mut app, "1");
    assert_eq!(asks(&answer(&mut app, event("image")), &Fetch::Images), 0);
    assert_eq!(asks(&answer(&mut app, HostMsg::Images(Ok(Vec::new()))), &Fetch::Images), 1);
    assert_eq!(asks(&answer(&mut app, HostMsg::Images(Ok(Vec::new()))), &Fetch::Images), 0);
}

#[test]
fn a_new_line_waits_for_nothing_that_was_asked_over_the_old_one() {
    let mut app = app();
    assert_eq!(asks(&answer(&mut app, event("container")), &Fetch::Containers), 1);
    assert_eq!(asks(&answer(&mut app, event("container")), &Fetch::Containers), 0);
    let lost = (Endpoint::Unix("/run/docker.sock".into()), Failure::new(FailureKind::Lost, "It broke."));
    answer(&mut app, HostMsg::Disconnected { tried: vec![lost], retry_in: Some(Duration::from_secs(1)) });
    reconnect(&mut app);
    assert_eq!(asks(&answer(&mut app, event("container")), &Fetch::Containers), 1);
}

#[test]
fn figures_of_an_engine_may_be_any() {
    let mut app = app();
    let containers = vec![container("web", State::Running), container("db", State::Running)];
    answer(&mut app, HostMsg::Containers(Ok(Listed { containers: containers.clone(), round_trip: Duration::ZERO })));
    for read_at in [1_000_000_000, 2_000_000_000] {
        let sample = StatsSample { read_at, memory: u64::MAX, cpu_ns: read_at as u64, ..StatsSample::default() };
        let samples = containers.iter().map(|row| (row.id.clone(), Ok(Some(sample)))).collect();
        answer(&mut app, HostMsg::Stats { samples, took: None });
    }
    let known: Option<&Usage> = app.host().usage.latest(&containers[0].id);
    assert!(known.is_some());
    assert_eq!(app.host().tally.load.map(|load| load.memory), Some(u64::MAX));
}

#[test]
fn a_list_that_does_not_show_yet_what_an_event_said_is_asked_for_once_more() {
    let mut app = app();
    let poll = |app: &App| {
        let periods = subscriptions(app).into_iter().find_map(|subscription| match subscription {
            Subscription::Every { beat: Beat::Poll(_), period } => Some(period),
            _ => None,
        });
        periods.unwrap()
    };
    let usual = poll(&app);
    let actor = container("web", State::Running).id.as_str().into();
    let paused = EngineEvent {
        time: 1,
        kind: "container".into(),
        action: "pause".into(),
        actor,
        attributes: Default::default(),
        raw: "".into(),
    };
    let listed = |state| {
        HostMsg::Containers(Ok(Listed { containers: vec![container("web", state)], round_trip: Duration::ZERO }))
    };
    assert_eq!(asks(&answer(&mut app, HostMsg::Event(paused.clone())), &Fetch::Containers), 1);
    answer(&mut app, listed(State::Running));
    assert!(poll(&app) < usual);
    let beat = Msg::Beat(Beat::Poll(app.host().id.clone()));
    assert_eq!(asks(&update(&mut app, NOW, beat), &Fetch::Containers), 1);
    assert_eq!(poll(&app), usual, "once is enough");
    answer(&mut app, listed(State::Paused));
    answer(&mut app, HostMsg::Event(paused));
    answer(&mut app, listed(State::Paused));
    assert_eq!(poll(&app), usual);
}
