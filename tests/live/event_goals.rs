//! Events of real engines as the list has them: what they are about, by which filters they are found, and that each leads
//! to the thing it happened to.

use crate::support::engines::{IMAGE, Live, PATIENCE, on_engines};
use crate::support::model::Model;
use dockerui_tui::app::events::EventRow;
use dockerui_tui::app::view::View;
use dockerui_tui::domain::{Done, EngineEvent, Failure, VolumeName, VolumeRequest, VolumeSpec};
use futures_util::{Stream, StreamExt};
use std::pin::{Pin, pin};

on_engines!(every_kind_of_thing_is_led_to, a_flood_is_read_without_a_gap);

/// Listens until the last of what is done here is told. Engines keep few events for who comes late, and other tests bring
/// theirs: it is listened to from before anything is done.
async fn heard(live: &Live, act: impl AsyncFnOnce(), is_last: impl Fn(&EngineEvent) -> bool) -> Vec<EngineEvent> {
    let listed = live.engine.containers(false).await.expect("the list");
    let since = listed.engine_time.expect("the engine's clock") * 1_000_000_000;
    let begin = VolumeSpec { name: live.name("begin"), ..VolumeSpec::default() };
    assert!(live.perform(VolumeRequest::Create(begin).into()).await.is_ok());
    let mut events = pin!(live.engine.events(Some(since)));
    let begin = live.name("begin");
    let mut heard = until(events.as_mut(), |event| event.name() == begin).await;
    let ((), rest) = tokio::join!(act(), until(events.as_mut(), is_last));
    heard.extend(rest);
    heard
}

async fn until(
    mut events: Pin<&mut (impl Stream<Item = Result<EngineEvent, Failure>> + ?Sized)>,
    is_last: impl Fn(&EngineEvent) -> bool,
) -> Vec<EngineEvent> {
    let mut heard = Vec::new();
    let reading = async {
        loop {
            let event = events.next().await.expect("another event").expect("an event");
            let ends = is_last(&event);
            heard.push(event);
            if ends {
                return;
            }
        }
    };
    tokio::time::timeout(PATIENCE, reading).await.expect("the last event");
    heard
}

/// What leads to a thing, and which that is.
fn goal(model: &mut Model, filter: &str) -> (View, String) {
    model.keys(&format!("8/<C-u>{filter}<Enter>"));
    let rows = model.host().lists.events.len();
    assert!(rows >= 1, "{filter} finds nothing among {:?}", lines(model));
    model.keys("<Enter>");
    let host = model.host();
    let name = match host.view {
        View::Containers => host.selected_container().map(|row| row.name.to_string()),
        View::Images => host.list_of(View::Images).selected().map(ToString::to_string),
        View::Volumes => host.selected_volume().map(|row| row.name.to_string()),
        View::Networks => host.list_of(View::Networks).selected().map(ToString::to_string),
        other => panic!("{filter} led to {other:?}: {}", model.told()),
    };
    let goal = (host.view, name.unwrap_or_default());
    model.keys("q");
    assert_eq!(model.host().view, View::Events, "the way back");
    goal
}

fn lines(model: &Model) -> Vec<String> {
    model.host().events.rows().iter().map(EventRow::line).collect()
}

async fn every_kind_of_thing_is_led_to(live: Live) {
    live.images_alone();
    let (name, volume, network) = (live.name("web"), live.name("data"), live.name("front"));
    let image = format!("{}:2", live.name("image"));
    let act = async || {
        live.docker(&["volume", "create", &volume]);
        live.docker(&["network", "create", &network]);
        let mount = format!("{volume}:/d");
        let label = live.label();
        live.docker(&["run", "-d", "--name", &name, "--label", &label, "-v", &mount, IMAGE, "sleep", "1000"]);
        live.docker(&["network", "connect", &network, &name]);
        live.docker(&["tag", IMAGE, &image]);
        live.docker(&["pause", &name]);
        live.docker(&["unpause", &name]);
        live.docker(&["kill", &name]);
    };
    let events = heard(&live, act, |event| event.name() == name && &*event.action == "die").await;
    let mut model = Model::of(&live).await;
    events.into_iter().for_each(|event| model.happened(event));
    let (is_podman, is_podman_4) = (live.is_podman(), live.is_podman_4());

    for action in ["create", "start", "pause", "unpause", "die"] {
        let filter = format!("type==container action=={action} name=={name}");
        assert_eq!(goal(&mut model, &filter), (View::Containers, name.clone()), "{action}");
    }
    assert_eq!(goal(&mut model, &format!("type==volume action==create name=={volume}")), (View::Volumes, volume));
    let tagged = goal(&mut model, &format!("type==image action==tag {image}"));
    let id = live.docker(&["image", "inspect", "--format", "{{.Id}}", IMAGE]);
    assert_eq!(tagged.0, View::Images);
    assert_eq!(tagged.1.trim_start_matches("sha256:"), id.trim().trim_start_matches("sha256:"));
    // Podman 4 tells of no networks, and who is connected instead of what to.
    let network_id = live.docker(&["network", "inspect", "--format", "{{.Id}}", &network]).trim().to_owned();
    let joined = if is_podman_4 { name.clone() } else { network.clone() };
    let connected = goal(&mut model, &format!("type==network action==connect name=={joined}"));
    let expected = if is_podman_4 { (View::Containers, name.clone()) } else { (View::Networks, network_id.clone()) };
    assert_eq!(connected, expected);
    if !is_podman_4 {
        let made = goal(&mut model, &format!("type==network action==create name=={network}"));
        assert_eq!(made, (View::Networks, network_id));
    }
    // Only what ended has an exit code.
    let rows = model.host().events.rows();
    let coded: Vec<&str> =
        rows.iter().filter(|row| *row.name == *name && !row.exit.is_empty()).map(|row| &*row.action).collect();
    assert_eq!(coded, ["die"], "{:?}", lines(&model));
    let died = rows.iter().find(|row| *row.name == *name && &*row.action == "die").expect("its end");
    assert_eq!(&*died.exit, "137");
    assert!(died.image.contains("busybox") && (is_podman || died.details.contains("busybox")), "{died:?}");
    live.docker(&["rmi", &image]);
    // What is gone is told.
    live.docker(&["rm", "-f", &name]);
    model.learn(&live).await;
    model.keys(&format!("8/<C-u>type==container action==start name=={name}<Enter><Enter>"));
    assert!(model.told().contains("is not there any more"), "{}", model.told());
}

async fn a_flood_is_read_without_a_gap(live: Live) {
    const TIMES: usize = 100;
    let last = live.name("last");
    let act = async || {
        for number in 0..TIMES {
            let name = live.name(&format!("flood-{number}"));
            let spec = VolumeSpec { name: name.clone(), ..VolumeSpec::default() };
            assert!(live.perform(VolumeRequest::Create(spec).into()).await.is_ok());
            let remove = VolumeRequest::Remove { name: VolumeName::new(name), force: false };
            assert_eq!(live.perform(remove.into()).await, Ok(Done::Changed));
        }
        live.docker(&["volume", "create", &last]);
    };
    let events = heard(&live, act, |event| event.name() == last && &*event.action == "create").await;
    let made = events.iter().filter(|event| &*event.kind == "volume" && &*event.action == "create");
    let made: Vec<&str> = made.map(|event| event.name()).filter(|name| name.contains(&live.name("flood"))).collect();
    let expected: Vec<String> = (0..TIMES).map(|number| live.name(&format!("flood-{number}"))).collect();
    assert_eq!(made, expected);
    let mut model = Model::of(&live).await;
    events.into_iter().for_each(|event| model.happened(event));
    let filter = format!("8/<C-u>name={} action==create<Enter>", live.name("flood"));
    assert_eq!(model.keys(&filter).host().lists.events.len(), TIMES);
}
