//! What has to do with what, and that the way back leads exactly to where it began.

use super::*;
use crate::app::App;
use crate::app::fixture::{answer, app, container, keys, press};
use crate::app::layout::Pane;
use crate::app::msg::{HostMsg, Listed};
use crate::domain::{Attachment, Labels, Mounted, Network, State, Volume};
use crossterm::event::KeyCode;
use pretty_assertions::assert_eq;

/// `web` mounts `data`, is on `front` and `lost`, and belongs to the project of `old` and of a third one.
fn linked() -> App {
    let mut app = app();
    let labels = |service: &str| {
        Labels(vec![
            ("com.docker.compose.project".into(), "shop".into()),
            ("com.docker.compose.service".into(), service.into()),
        ])
    };
    let place = |network: &str| Attachment { network: network.into(), address: "10.0.0.2".into() };
    let mount = Mounted {
        kind: "volume".into(),
        name: "data".into(),
        source: "".into(),
        destination: "/data".into(),
        writable: false,
    };
    let web = Container {
        networks: vec![place("front"), place("lost")],
        mounts: vec![mount],
        labels: labels("front"),
        ..container("web", State::Running)
    };
    let old = Container { labels: labels("back"), ..container("old", State::Exited) };
    let containers = vec![web, old, container("alone", State::Running)];
    let listed = Listed { containers, round_trip: std::time::Duration::from_millis(1) };
    answer(&mut app, HostMsg::Containers(Ok(listed)));
    keys(&mut app, "/web⏎");
    app
}

/// Each link in a line.
fn shown(app: &App) -> Vec<String> {
    let links = app.host().detail.links.rows().value().cloned().unwrap_or_default();
    links.iter().map(|link| format!("{} {}: {}", link.kind.word(), link.name, link.note)).collect()
}

fn open_links(app: &mut App) {
    keys(app, "⇥[");
    assert_eq!(app.host().detail.shown_tab(), Some(Tab::Links));
}

#[test]
fn a_container_tells_of_everything_it_uses() {
    let mut app = linked();
    open_links(&mut app);
    assert_eq!(
        shown(&app),
        [
            "image nginx:1.27: 001122334455",
            "volume data: at /data, read-only",
            "network front: 10.0.0.2",
            "network lost: 10.0.0.2",
            "project shop: 2 containers",
            "container old: back, exited",
        ]
    );
    keys(&mut app, "jjj⏎");
    assert_eq!(app.focus, Pane::Detail, "nobody knows where that network is");
}

#[test]
fn from_each_thing_of_a_project_all_others_can_be_reached() {
    let mut app = linked();
    let labels = Labels(vec![("com.docker.compose.project".into(), "shop".into())]);
    let host = app.host_mut();
    let (volume, network) = (host.volumes.rows[0].clone(), host.networks.rows[0].clone());
    let cache = Volume { name: VolumeName::new("cache"), labels: labels.clone(), ..volume };
    let back = Network { id: NetworkId::new("99"), name: "back".into(), labels, ..network };
    host.volumes.rows.push(cache);
    host.networks.rows.push(back);
    open_links(&mut app);
    let all = shown(&app);
    assert_eq!(
        all[4..],
        [
            "project shop: 2 containers",
            "container old: back, exited",
            "volume cache: 0 containers",
            "network back: 0 containers"
        ]
    );
    keys(&mut app, "Gk⏎");
    assert_eq!(app.host().selected_volume().unwrap().name.as_str(), "cache");
    open_links(&mut app);
    let of_volume = [
        "project shop: 2 containers",
        "container web: front, running",
        "container old: back, exited",
        "image nginx:1.27: 001122334455",
        "network back: 0 containers",
    ];
    assert_eq!(shown(&app), of_volume);
    keys(&mut app, "G⏎");
    assert_eq!(app.host().view, View::Networks);
    press(&mut app, KeyCode::Backspace);
    press(&mut app, KeyCode::Backspace);
    assert_eq!((app.host().view, &*app.host().list().filter), (View::Containers, "web"));
}

#[test]
fn a_link_is_followed_and_gone_back_to_the_very_row() {
    let mut app = linked();
    open_links(&mut app);
    keys(&mut app, "j⏎");
    assert_eq!((app.host().view, app.focus), (View::Volumes, Pane::List));
    assert_eq!(app.host().selected_volume().unwrap().name.as_str(), "data");
    open_links(&mut app);
    assert_eq!(shown(&app), ["container web: at /data, read-only, running"]);
    keys(&mut app, "⏎");
    assert_eq!((app.host().view, &*app.host().list().filter), (View::Containers, "web"));
    // Out of the container's row, out of the volume's Links: two steps back.
    assert!(keys(&mut app, "q").is_empty());
    assert_eq!((app.host().view, app.focus, app.detail().shown_tab()), (View::Volumes, Pane::Detail, Some(Tab::Links)));
    press(&mut app, KeyCode::Backspace);
    let detail = app.detail();
    assert_eq!((app.host().view, app.focus, detail.shown_tab()), (View::Containers, Pane::Detail, Some(Tab::Links)));
    assert_eq!(detail.links.selected().unwrap().kind, Kind::Volume);
    assert_eq!(&*app.host().list().filter, "web");
}

#[test]
fn what_hides_the_goal_is_taken_away_and_put_back() {
    let mut app = linked();
    open_links(&mut app);
    keys(&mut app, "G⏎");
    assert_eq!(&*app.host().selected_container().unwrap().name, "old");
    assert!(app.host().list().filter.is_empty());
    keys(&mut app, "q");
    assert_eq!((&*app.host().selected_container().unwrap().name, &*app.host().list().filter), ("web", "web"));
    keys(&mut app, "k⏎");
    assert_eq!((&*app.host().list().filter, app.host().list().len()), ("project==shop", 2));
    // Esc takes the filter back, which is a step of its own, and then the link.
    keys(&mut app, "⎋⎋");
    assert_eq!((app.focus, &*app.host().list().filter), (Pane::Detail, "web"));
}

#[test]
fn whoever_went_elsewhere_meanwhile_is_not_led_back() {
    let mut app = linked();
    open_links(&mut app);
    keys(&mut app, "j⏎2");
    assert!(matches!(keys(&mut app, "q").as_slice(), [crate::app::Effect::Quit]));
}

#[test]
fn images_volumes_and_networks_tell_who_uses_them() {
    let mut app = linked();
    keys(&mut app, "2");
    open_links(&mut app);
    let users = ["container web: running", "container old: exited", "container alone: running"];
    assert_eq!(shown(&app), [users.as_slice(), &["project shop: 2 containers"]].concat());
    keys(&mut app, "4");
    open_links(&mut app);
    assert_eq!(shown(&app), ["container web: 10.0.0.2, running"]);
}
