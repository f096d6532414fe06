//! What the budgets hang on: a frame, a list applied, a key to its frame.
//!
//! `cargo bench` runs all; the README's performance section says what they showed.

#![expect(clippy::expect_used, reason = "a bench that cannot be set up has nothing to measure")]

use criterion::{BatchSize, BenchmarkId, Criterion, criterion_group, criterion_main};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use dockerui_tui::app::host::Host;
use dockerui_tui::app::keymap::Keymap;
use dockerui_tui::app::msg::{HostMsg, Listed};
use dockerui_tui::app::{App, Msg, update};
use dockerui_tui::config::{Environment, Settings, Theme};
use dockerui_tui::domain::{Container, ContainerId, Endpoint, Health, HostId, ImageId, Labels, Port, State, Time};
use dockerui_tui::ui;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::hint::black_box;
use std::time::Duration;

const AREA: Rect = Rect { x: 0, y: 0, width: 120, height: 40 };
const NOW: Time = Time(1_780_000_000_000_000_000);

fn containers(count: usize) -> Vec<Container> {
    let container = |number: usize| {
        let up = !number.is_multiple_of(7);
        Container {
            id: ContainerId::new(format!("{number:064x}")),
            name: format!("service-{number:05}").into(),
            image: format!("registry.example.com/team/app-{}:1.{}", number % 40, number % 9).into(),
            image_id: ImageId::new(format!("sha256:{:064x}", number % 40)),
            command: "/usr/local/bin/serve --port 8080".into(),
            created: NOW.seconds() - (number as i64 * 977) % 9_000_000,
            state: if up { State::Running } else { State::Exited },
            health: if number.is_multiple_of(3) { Health::Healthy } else { Health::None },
            status: if up { "Up 2 hours (healthy)" } else { "Exited (1) 3 days ago" }.into(),
            ports: vec![Port { ip: Some("0.0.0.0".into()), private: 80, public: Some(8080), protocol: "tcp".into() }],
            labels: Labels(vec![("com.docker.compose.project".into(), format!("project-{}", number % 25).into())]),
            networks: Vec::new(),
            mounts: Vec::new(),
        }
    };
    // In an order that is none of the list's.
    (0..count).map(|number| container(number * 7919 % count.max(1))).collect()
}

fn host_id() -> HostId {
    HostId::new("bench")
}

fn listed(containers: Vec<Container>) -> Msg {
    let listed = Listed { containers, round_trip: Duration::from_millis(1) };
    Msg::Host(host_id(), HostMsg::Connected { endpoint: Endpoint::Demo, listed })
}

fn app(count: usize) -> App {
    let host = Host::new(host_id(), vec![Endpoint::Demo], NOW);
    let keymap = Keymap::new(&[]).expect("the default keys are valid");
    let mut app = App::new(Settings::default(), keymap, host, NOW);
    app.area = AREA;
    update(&mut app, NOW, listed(containers(count)));
    app
}

fn theme() -> ui::Theme {
    let environment = Environment::capture();
    ui::Theme::new(&Theme::load("ansi", std::path::Path::new("themes"), &environment).expect("a built-in theme"))
}

fn paint(app: &App, theme: &ui::Theme, buffer: &mut Buffer) {
    buffer.reset();
    let mut cursor = None;
    ui::draw(app, theme, buffer, &mut cursor);
}

/// A frame must not grow with the list.
fn frame(criterion: &mut Criterion) {
    let theme = theme();
    let mut group = criterion.benchmark_group("frame at 120x40");
    for count in [10, 1_000, 10_000] {
        let app = app(count);
        let mut buffer = Buffer::empty(AREA);
        group.bench_function(BenchmarkId::from_parameter(count), |bench| {
            bench.iter(|| paint(black_box(&app), &theme, &mut buffer));
        });
    }
    group.finish();
}

/// A key press, the update and the frame it leads to.
fn key(criterion: &mut Criterion) {
    let theme = theme();
    let mut group = criterion.benchmark_group("key to frame");
    for count in [10, 10_000] {
        let mut app = app(count);
        let mut buffer = Buffer::empty(AREA);
        let mut down = true;
        group.bench_function(BenchmarkId::from_parameter(count), |bench| {
            bench.iter(|| {
                down = !down;
                let code = if down { KeyCode::Down } else { KeyCode::Up };
                update(&mut app, NOW, Msg::Key(KeyEvent::new(code, KeyModifiers::NONE)));
                paint(&app, &theme, &mut buffer);
            });
        });
    }
    group.finish();
}

/// The answer to a poll: rows replaced, filtered, sorted, the cursor kept.
fn apply(criterion: &mut Criterion) {
    let mut app = app(10_000);
    criterion.bench_function("apply a list of 10,000", |bench| {
        bench.iter_batched(|| listed(containers(10_000)), |msg| update(&mut app, NOW, msg), BatchSize::LargeInput);
    });
}

criterion_group!(benches, frame, key, apply);
criterion_main!(benches);
