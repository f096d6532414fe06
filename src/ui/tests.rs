//! Pictures of the detail tabs at many sizes: what they say, and that no size breaks them.

use crate::app::detail::Tab;
use crate::app::effect::Subscription;
use crate::app::fixture::bare_container as container;
use crate::app::host::Host;
use crate::app::keymap::Keymap;
use crate::app::layout::Pane;
use crate::app::msg::{DetailData, DetailKey, Listed, LogPart};
use crate::app::view::View;
use crate::app::{App, HostMsg, Msg, subscriptions, update};
use crate::config::Settings;
use crate::domain::{
    ChangeKind, ContainerId, Endpoint, Failure, FailureKind, FileChange, Flow, HostId, Image, ImageId, Layer, LogChunk,
    LogStream, Processes, State, StatsSample, Time,
};
use crate::ui::{Theme, draw};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use serde_json::json;
use std::time::Duration;

const START: Time = Time(1_763_000_000_000_000_000);
const SIZES: [(u16, u16); 5] = [(80, 24), (120, 40), (200, 50), (20, 5), (1, 1)];

fn local() -> HostId {
    HostId::new("local")
}

fn app(size: (u16, u16), state: State) -> App {
    let host = Host::new(local(), vec![Endpoint::Demo], START);
    let mut app = App::new(Settings::default(), Keymap::new(&[]).unwrap(), host, START);
    update(&mut app, START, Msg::Resize { width: size.0, height: size.1 });
    let listed = Listed { containers: vec![container("web", state)], round_trip: Duration::from_millis(1) };
    tell(&mut app, HostMsg::Connected { endpoint: Endpoint::Demo, listed });
    app
}

fn tell(app: &mut App, msg: HostMsg) {
    let now = app.now;
    update(app, now, Msg::Host(local(), msg));
}

fn key(app: &mut App, code: KeyCode) {
    let now = app.now;
    update(app, now, Msg::Key(KeyEvent::new(code, KeyModifiers::NONE)));
}

fn keys(app: &mut App, text: &str) {
    text.chars().for_each(|letter| key(app, KeyCode::Char(letter)));
}

fn open(app: &mut App, tab: Tab) {
    let view = app.host().view;
    app.host_mut().detail.set_tab(view, tab);
    app.focus = Pane::Detail;
    let now = app.now;
    update(app, now, Msg::Beat(crate::app::Beat::Clock));
}

fn picture(app: &App) -> String {
    let theme = Theme::new(&crate::config::Theme::default());
    let mut buffer = Buffer::empty(app.area);
    draw(app, &theme, &mut buffer, &mut None);
    let rows = buffer.content.chunks(usize::from(app.area.width.max(1)));
    rows.map(|row| row.iter().map(ratatui::buffer::Cell::symbol).collect::<String>() + "\n").collect()
}

/// Fills every tab with something that is hard to draw.
fn fill(app: &mut App) {
    let web = ContainerId::new("web");
    let mut chunk = LogChunk::default();
    for line in ["GET / 200", "ERROR it \x1b[31mbroke\x1b[0m", "日本語 \u{202e}x", &"long ".repeat(100)] {
        chunk.push(LogStream::Stderr, START.0, line.as_bytes());
    }
    tell(app, HostMsg::Log { container: web.clone(), attempt: 0, part: LogPart::Lines(chunk) });
    tell(app, HostMsg::Log { container: web.clone(), attempt: 0, part: LogPart::CaughtUp });
    for second in 0..120_u64 {
        let sample = StatsSample {
            read_at: second as i64 * 1_000_000_000,
            cpu_ns: second * second * 4_000_000,
            online_cpus: 4,
            memory: (200 + second) << 20,
            memory_limit: 512 << 20,
            network: Flow { inward: second * 1_000, outward: second * second },
            pids: 3,
            pids_limit: 100,
            ..StatsSample::default()
        };
        tell(app, HostMsg::Stats { samples: vec![(web.clone(), Ok(Some(sample)))], took: None });
    }
    let boxed = |row: &[&str]| row.iter().map(|cell| (*cell).into()).collect::<Vec<Box<str>>>();
    let processes = Processes {
        titles: boxed(&["UID", "PID", "TIME", "CMD"]),
        rows: vec![boxed(&["root", "1", "00:00:01", "nginx:\x1b master"]), boxed(&["www", "7"])],
    };
    let key = DetailKey::Top { container: web.clone(), ps_args: String::new() };
    tell(app, HostMsg::Detail(key, Ok(DetailData::Processes(processes))));
    let value = json!({"Id": "web", "Config": {"Env": ["PATH=/bin", "DB_PASSWORD=hunter2"]}, "State": {"Pid": 7}});
    tell(app, HostMsg::Detail(DetailKey::InspectContainer(web.clone()), Ok(DetailData::Json(Box::new(value)))));
    let changes = vec![
        FileChange { kind: ChangeKind::Added, path: "/tmp/new\u{9b}".into() },
        FileChange { kind: ChangeKind::Deleted, path: "/etc/motd".into() },
    ];
    tell(app, HostMsg::Detail(DetailKey::Changes(web), Ok(DetailData::Changes(changes))));
}

#[test]
fn every_tab_can_be_drawn_at_every_size_full_and_empty() {
    for size in SIZES {
        for state in [State::Running, State::Exited] {
            for filled in [false, true] {
                let mut app = app(size, state.clone());
                if filled {
                    fill(&mut app);
                }
                for tab in View::Containers.tabs() {
                    open(&mut app, *tab);
                    keys(&mut app, "gGjk");
                    key(&mut app, KeyCode::Right);
                    let picture = picture(&app);
                    assert!(!picture.contains('\x1b') && !picture.contains('\u{202e}'), "{size:?} {tab:?}");
                }
                for (width, height) in [(0, 0), (3, 3), (40, 7), (300, 4)] {
                    let now = app.now;
                    update(&mut app, now, Msg::Resize { width, height });
                    picture(&app);
                }
            }
        }
    }
}

#[test]
fn tabs_say_what_they_show() {
    for size in [(80, 24), (120, 40), (200, 50)] {
        let mut app = app(size, State::Running);
        fill(&mut app);
        for (tab, words) in [
            (Tab::Logs, ["GET / 200", "following · 4 lines"].as_slice()),
            (Tab::Stats, &["CPU", "Memory", "of 512 MiB", "Network", "Block I/O", "Processes 3 of 100", "now"]),
            (Tab::Top, &["UID", "CMD", "nginx:\u{fffd} master", "2 processes"]),
            (Tab::Inspect, &["Config", "DB_PASSWORD=••••"]),
            (Tab::Env, &["PATH", "/bin", "1 secret hidden (v shows)"]),
            (Tab::Changes, &["A /tmp/new\u{fffd}", "D /etc/motd", "1 added · 1 deleted"]),
        ] {
            open(&mut app, tab);
            let picture = picture(&app);
            for word in words {
                assert!(picture.contains(word), "{size:?} {tab:?} {word}\n{picture}");
            }
            assert!(!picture.contains("hunter2"), "{picture}");
        }
        keys(&mut app, "v");
        open(&mut app, Tab::Env);
        keys(&mut app, "v");
        assert!(app.host().detail.is_revealed());
        assert!(picture(&app).contains("hunter2"));
    }
}

#[test]
fn times_and_hits_are_drawn_where_they_are() {
    let mut app = app((80, 24), State::Running);
    fill(&mut app);
    app.focus = Pane::Detail;
    keys(&mut app, "t/GET");
    assert!(picture(&app).contains(" / GET"), "{}", picture(&app));
    key(&mut app, KeyCode::Enter);
    let drawn = picture(&app);
    assert!(drawn.contains("02:13:20 GET / 200"), "{drawn}");
    assert!(drawn.contains("1 hit"), "{drawn}");
    keys(&mut app, "n");
    assert!(picture(&app).contains("No further hit below"));
}

#[test]
fn what_cannot_be_read_is_said_with_a_remedy() {
    let mut app = app((120, 40), State::Running);
    open(&mut app, Tab::Top);
    assert!(subscriptions(&app).iter().any(|wanted| matches!(wanted, Subscription::Detail { period: Some(_), .. })));
    let now = app.now.plus(Duration::from_secs(3));
    update(&mut app, now, Msg::Beat(crate::app::Beat::Clock));
    assert!(picture(&app).contains("Waiting for the engine … 3 s"));
    let key = DetailKey::Top { container: ContainerId::new("web"), ps_args: String::new() };
    let failure = Failure::new(FailureKind::Engine, "exec: \"ps\": executable file not found in $PATH");
    tell(&mut app, HostMsg::Detail(key, Err(failure)));
    let drawn = picture(&app);
    assert!(drawn.contains("executable file not found") && drawn.contains("install procps"), "{drawn}");
}

#[test]
fn the_layers_of_an_image_are_told() {
    let mut app = app((120, 40), State::Running);
    let id = ImageId::new("sha256:1");
    let image =
        Image { id: id.clone(), tags: vec!["nginx:1".into()], digests: Vec::new(), created: 0, size: 5, parent: None };
    keys(&mut app, "2");
    tell(&mut app, HostMsg::Images(Ok(vec![image])));
    let layer = Layer {
        id: None,
        created: START.seconds() - 7_200,
        created_by: "/bin/sh -c #(nop)  CMD [\"nginx\"]".into(),
        size: 142_000_000,
        tags: Vec::new(),
        comment: "".into(),
    };
    tell(&mut app, HostMsg::Detail(DetailKey::History(id), Ok(DetailData::History(vec![layer]))));
    let drawn = picture(&app);
    assert!(drawn.contains("142M   2h CMD [\"nginx\"]") && drawn.contains("1 layer · 142M"), "{drawn}");
    assert_eq!(app.area, Rect::new(0, 0, 120, 40));
}
