//! A program with a host, three containers and two images, for tests of forms.

use crate::app::keymap::Keymap;
use crate::app::msg::{HostMsg, Listed, Msg};
use crate::app::{App, Effect, update};
use crate::config::Settings;
use crate::domain::{
    Container, ContainerId, Endpoint, Health, HostId, Image, ImageId, Labels, Network, NetworkId, State, Time, Volume,
};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use std::time::Duration;

pub const NOW: Time = Time(1_700_000_000_000_000_000);

/// A live host with `web` and `db` running and `old` stopped, and all lists known.
pub fn app() -> App {
    let host = crate::app::host::Host::new(HostId::new("local"), vec![Endpoint::Demo], NOW);
    let mut app = App::new(Settings::default(), Keymap::new(&[]).unwrap(), host, NOW);
    let rows = vec![container("web", State::Running), container("db", State::Running), container("old", State::Exited)];
    let listed = Listed { containers: rows, round_trip: Duration::from_millis(1) };
    tell(&mut app, HostMsg::Connected { endpoint: Endpoint::Demo, listed });
    tell(&mut app, HostMsg::Images(Ok(vec![image("nginx:1.27"), image("docker.io/library/busybox:latest")])));
    tell(&mut app, HostMsg::Networks(Ok(vec![network("bridge"), network("front")])));
    tell(&mut app, HostMsg::Volumes(Ok(vec![volume("data"), volume("cache")])));
    app
}

pub fn tell(app: &mut App, msg: HostMsg) -> Vec<Effect> {
    update(app, NOW, Msg::Host(HostId::new("local"), msg))
}

/// Presses keys by their text; one that is none is typed letter by letter.
pub fn press(app: &mut App, keys: &[&str]) -> Vec<Effect> {
    let mut effects = Vec::new();
    for text in keys {
        let (held, bare) = match text.split_once('-') {
            Some(("Ctrl", bare)) => (KeyModifiers::CONTROL, bare),
            _ => (KeyModifiers::NONE, *text),
        };
        let named = match bare {
            "Enter" => Some(KeyCode::Enter),
            "Esc" => Some(KeyCode::Esc),
            "Tab" => Some(KeyCode::Tab),
            "Back" => Some(KeyCode::BackTab),
            "Up" => Some(KeyCode::Up),
            "Down" => Some(KeyCode::Down),
            "Right" => Some(KeyCode::Right),
            "PgDn" => Some(KeyCode::PageDown),
            "PgUp" => Some(KeyCode::PageUp),
            "F2" => Some(KeyCode::F(2)),
            _ => None,
        };
        let codes: Vec<KeyCode> = named.map_or_else(|| bare.chars().map(KeyCode::Char).collect(), |code| vec![code]);
        for code in codes {
            effects.extend(update(app, NOW, Msg::Key(KeyEvent::new(code, held))));
        }
    }
    effects
}

pub fn container(name: &str, state: State) -> Container {
    Container {
        id: ContainerId::new(format!("{name:0<64}")),
        name: name.into(),
        image: "nginx:1.27".into(),
        image_id: ImageId::new("sha256:nginx:1.27"),
        command: "nginx".into(),
        created: 0,
        status: if state == State::Running { "Up 2 hours".into() } else { "Exited (0) 2 hours ago".into() },
        state,
        health: Health::None,
        ports: Vec::new(),
        labels: Labels::default(),
        networks: Vec::new(),
        mounts: Vec::new(),
    }
}

pub fn image(tag: &str) -> Image {
    let id = ImageId::new(format!("sha256:{tag}"));
    Image { id, tags: vec![tag.into()], digests: Vec::new(), created: 0, size: 42_000_000, parent: None }
}

fn network(name: &str) -> Network {
    Network {
        id: NetworkId::new(name),
        name: name.into(),
        driver: "bridge".into(),
        scope: "local".into(),
        created: None,
        internal: false,
        subnets: Vec::new(),
        labels: Labels::default(),
    }
}

fn volume(name: &str) -> Volume {
    Volume {
        name: name.into(),
        driver: "local".into(),
        mountpoint: "/".into(),
        created: None,
        scope: "local".into(),
        labels: Labels::default(),
    }
}
