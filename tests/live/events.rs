//! The stream of events, and going on after a break without a gap.

use crate::support::engines::{Live, PATIENCE, on_engines};
use dockerui_tui::domain::{ContainerRequest, EngineEvent, Failure, Request};
use futures_util::{Stream, StreamExt};
use std::pin::{Pin, pin};

on_engines!(the_life_of_a_container, a_break_leaves_no_gap, of_networks_and_volumes);

/// Reads until the event is there; gives all that came of this container, as `action`.
async fn until(
    mut events: Pin<&mut (impl Stream<Item = Result<EngineEvent, Failure>> + ?Sized)>,
    name: &str,
    action: &str,
) -> Vec<EngineEvent> {
    let mut seen = Vec::new();
    let reading = async {
        loop {
            let event = events.next().await.expect("another event").expect("an event");
            if event.name() == name {
                let is_last = *event.action == *action;
                seen.push(event);
                if is_last {
                    return;
                }
            }
        }
    };
    if tokio::time::timeout(PATIENCE, reading).await.is_err() {
        panic!("no {action} of {name}, but {seen:?}");
    }
    seen
}

fn actions(events: &[EngineEvent]) -> Vec<&str> {
    events.iter().map(|event| &*event.action).filter(|action| !is_beside(action)).collect()
}

/// What one engine tells between the others.
fn is_beside(action: &str) -> bool {
    matches!(action, "attach" | "cleanup" | "init" | "sync" | "kill" | "stop" | "mount" | "unmount")
}

async fn now(live: &Live) -> i64 {
    let listed = live.engine.containers(false).await.expect("the list");
    listed.engine_time.expect("the engine's clock") * 1_000_000_000
}

async fn the_life_of_a_container(live: Live) {
    let mut events = pin!(live.engine.events(Some(now(&live).await)));
    let target = live.idle("life").await;
    let kill = Request::Container(ContainerRequest::Kill { target: target.clone(), signal: "TERM".into() });
    live.perform(kill).await.expect("a kill");
    let seen = until(events.as_mut(), &target.name, "die").await;
    assert_eq!(actions(&seen), ["create", "start", "die"]);
    let died = seen.last().expect("an event");
    assert_eq!((&*died.kind, &*died.actor), ("container", target.id.as_str()));
    let code = if live.is_podman() { "containerExitCode" } else { "exitCode" };
    assert_eq!(died.attributes.get(code), Some("7"), "{died:?}");
    live.perform(Request::Container(ContainerRequest::Remove { target: target.clone(), force: true, volumes: true }))
        .await
        .expect("a removal");
    until(events.as_mut(), &target.name, "destroy").await;
    assert!(seen.windows(2).all(|pair| pair[0].time <= pair[1].time));
}

async fn a_break_leaves_no_gap(live: Live) {
    let since = now(&live).await;
    let first = live.create(live.spec("before", &["sleep", "1000"])).await;
    let last = {
        let mut events = pin!(live.engine.events(Some(since)));
        until(events.as_mut(), &first.name, "start").await.last().expect("an event").time
    };
    // Nobody listens while these happen.
    let second = live.create(live.spec("meanwhile", &["sleep", "1000"])).await;
    let mut events = pin!(live.engine.events(Some(last)));
    let third = live.create(live.spec("after", &["sleep", "1000"])).await;
    let mut seen = Vec::new();
    let reading = async {
        while seen.last() != Some(&("after".to_owned(), "start".to_owned())) {
            let event = events.next().await.expect("another event").expect("an event");
            let short =
                |name: &str| name.strip_prefix(&live.prefix).map(|rest| rest.trim_start_matches('-').to_owned());
            if let Some(name) = short(event.name()).filter(|_| matches!(&*event.action, "create" | "start")) {
                seen.push((name, event.action.to_string()));
            }
        }
    };
    tokio::time::timeout(PATIENCE, reading).await.expect("all events");
    let of =
        |name: &str| -> Vec<&str> { seen.iter().filter(|(of, _)| of == name).map(|(_, action)| &**action).collect() };
    assert_eq!(of("meanwhile"), ["create", "start"], "{}", second.name);
    assert_eq!(of("after"), ["create", "start"], "{}", third.name);
    // Docker goes on behind the last one; Podman knows only whole seconds, and tells of that one again.
    if !live.is_podman() {
        assert_eq!(of("before"), [""; 0]);
    }
}

async fn of_networks_and_volumes(live: Live) {
    let mut events = pin!(live.engine.events(Some(now(&live).await)));
    let (label, volume, network) = (live.label(), live.name("volume"), live.name("network"));
    live.docker(&["volume", "create", "--label", &label, &volume]);
    let seen = until(events.as_mut(), &volume, "create").await;
    assert_eq!(&*seen[0].kind, "volume");
    if live.is_podman() {
        // 4.3 has none about networks.
        return;
    }
    live.docker(&["network", "create", "--label", &label, &network]);
    let seen = until(events.as_mut(), &network, "create").await;
    assert_eq!(&*seen[0].kind, "network");
}
