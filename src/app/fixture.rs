//! A program state for tests: one live host with a few things, and keys typed into it.

use super::effect::Effect;
use super::host::{Host, Link};
use super::keymap::Keymap;
use super::msg::{HostMsg, Listed, Msg};
use super::{App, update};
use crate::config::Settings;
use crate::domain::{
    Attachment, Container, ContainerId, Endpoint, Health, HostId, Image, ImageId, Labels, Network, NetworkId, Port,
    State, Time, Volume, VolumeName,
};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use std::time::Duration;

pub const NOW: Time = Time(1_700_000_000_000_000_000);

pub fn container(name: &str, state: State) -> Container {
    Container {
        id: ContainerId::new(format!("{name}{}", "0".repeat(64 - name.len()))),
        name: name.into(),
        image: "nginx:1.27".into(),
        image_id: ImageId::new("sha256:00112233445566778899"),
        command: "nginx".into(),
        created: NOW.seconds() - 3_600,
        status: if state.is_up() { "Up 2 hours".into() } else { "Exited (1) 3 hours ago".into() },
        state,
        health: Health::None,
        ports: Vec::new(),
        labels: Labels::default(),
        networks: vec![Attachment { network: "bridge".into(), address: "172.17.0.2".into() }],
        mounts: Vec::new(),
    }
}

/// A container that has no more than an id, which is its name, and a state.
pub fn bare_container(id: &str, state: State) -> Container {
    Container {
        id: ContainerId::new(id),
        name: id.into(),
        image: "nginx".into(),
        image_id: ImageId::new("sha256:1"),
        command: "".into(),
        created: 0,
        state,
        health: Health::None,
        status: "".into(),
        ports: Vec::new(),
        labels: Labels::default(),
        networks: Vec::new(),
        mounts: Vec::new(),
    }
}

pub fn port(ip: &str, private: u16, public: Option<u16>) -> Port {
    Port { ip: Some(ip.into()), private, public, protocol: "tcp".into() }
}

/// A live host with the containers `old` (exited) and `web` (running, on top).
pub fn app() -> App {
    let mut app = unconnected();
    let web = Container {
        ports: vec![port("0.0.0.0", 80, Some(8080)), port("::", 80, Some(8080))],
        ..container("web", State::Running)
    };
    let listed =
        Listed { containers: vec![web, container("old", State::Exited)], round_trip: Duration::from_millis(1) };
    let endpoint = Endpoint::Unix("/run/docker.sock".into());
    answer(&mut app, HostMsg::Connected { endpoint, listed });
    let image = Image {
        id: ImageId::new("sha256:00112233445566778899"),
        tags: vec!["nginx:1.27".into()],
        digests: vec!["nginx@sha256:abc".into()],
        created: NOW.seconds() - 86_400,
        size: 192_000_000,
        parent: None,
    };
    answer(&mut app, HostMsg::Images(Ok(vec![image])));
    let volume = Volume {
        name: VolumeName::new("data"),
        driver: "local".into(),
        mountpoint: "/var/lib/docker/volumes/data".into(),
        created: None,
        scope: "local".into(),
        labels: Labels::default(),
    };
    answer(&mut app, HostMsg::Volumes(Ok(vec![volume])));
    let network = Network {
        id: NetworkId::new("0123456789abcdef"),
        name: "front".into(),
        driver: "bridge".into(),
        scope: "local".into(),
        created: None,
        internal: false,
        subnets: vec!["10.0.0.0/24".into()],
        labels: Labels::default(),
    };
    answer(&mut app, HostMsg::Networks(Ok(vec![network])));
    keys(&mut app, "G");
    app
}

/// A host that has not answered yet.
pub fn unconnected() -> App {
    let endpoints = vec![Endpoint::Unix("/run/docker.sock".into())];
    let host = Host::new(HostId::new("local"), endpoints, NOW);
    let app = App::new(by_name(), Keymap::new(&[]).unwrap(), host, NOW);
    assert!(matches!(app.host().link, Link::Connecting { .. }));
    app
}

pub fn answer(app: &mut App, msg: HostMsg) -> Vec<Effect> {
    update(app, NOW, Msg::Host(HostId::new("local"), msg))
}

pub fn press(app: &mut App, code: KeyCode) -> Vec<Effect> {
    update(app, NOW, Msg::Key(KeyEvent::new(code, KeyModifiers::NONE)))
}

/// Types one key for each character; `⏎` is Enter, `⎋` Esc, `⇥` Tab, `↓` Down, `↑` Up. Gives what was to be done.
pub fn keys(app: &mut App, text: &str) -> Vec<Effect> {
    let code = |letter| match letter {
        '⏎' => KeyCode::Enter,
        '⎋' => KeyCode::Esc,
        '⇥' => KeyCode::Tab,
        '↓' => KeyCode::Down,
        '↑' => KeyCode::Up,
        '←' => KeyCode::Left,
        '→' => KeyCode::Right,
        letter => KeyCode::Char(letter),
    };
    text.chars().flat_map(|letter| press(app, code(letter))).collect()
}

/// What the newest notice says.
pub fn told(app: &App) -> String {
    app.notices.all().next().map(|notice| notice.text.clone()).unwrap_or_default()
}

/// The defaults, but in an order that does not change with the states.
fn by_name() -> Settings {
    Settings { default_sort: crate::config::Column::Name, ..Settings::default() }
}
