//! Who joins several logs on screen and what of them is read, as lists and events tell it.

use super::*;
use crate::app::effect::Subscription;
use crate::app::fixture::{answer, app, container, keys};
use crate::app::msg::Listed;
use crate::app::subscriptions;
use crate::domain::State;
use std::time::Duration;

fn list(app: &mut App, containers: Vec<Container>) {
    answer(app, HostMsg::Containers(Ok(Listed { containers, round_trip: Duration::ZERO })));
}

fn opened(containers: &[Container]) -> App {
    let mut app = app();
    list(&mut app, containers.to_vec());
    let host = app.host().id.clone();
    open(&mut app, What::Marked, containers.iter().map(|row| (host.clone(), row.clone())).collect());
    app
}

/// The containers whose logs are read, and whether what comes is read as well.
fn read(app: &App) -> Vec<(ContainerId, bool)> {
    let of = |wanted| match wanted {
        Subscription::Logs { container, query, .. } => Some((container, query.follow)),
        _ => None,
    };
    subscriptions(app).into_iter().filter_map(of).collect()
}

#[test]
fn a_container_that_is_made_anew_again_and_again_is_always_read() {
    let made =
        |number: usize| Container { id: ContainerId::new(format!("{number:064}")), ..container("web", State::Running) };
    let db = container("db", State::Running);
    let mut app = opened(&[made(0), db.clone()]);
    for number in 1..=MOST * 2 {
        list(&mut app, vec![made(number), db.clone()]);
    }
    let newest = (made(MOST * 2).id, true);
    assert!(read(&app).contains(&newest), "{:?}", read(&app));
}

#[test]
fn figures_do_not_take_back_what_an_event_told() {
    let pair = [container("one", State::Exited), container("two", State::Exited)];
    let mut app = opened(&pair);
    let event = EngineEvent {
        time: 1,
        kind: "container".into(),
        action: "start".into(),
        actor: pair[0].id.as_str().into(),
        attributes: Default::default(),
        raw: "".into(),
    };
    answer(&mut app, HostMsg::Event(event));
    // The list of before is not looked at again.
    answer(&mut app, HostMsg::Stats { samples: Vec::new(), took: None });
    keys(&mut app, "0");
    assert_eq!(read(&app), [(pair[0].id.clone(), true), (pair[1].id.clone(), false)]);
}
