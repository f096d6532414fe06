//! What a console pane costs: a flood of output through its terminal, and the frame that shows it.

#![expect(clippy::expect_used, reason = "a bench that cannot be set up has nothing to measure")]

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use dockerui_tui::app::App;
use dockerui_tui::app::console::{ConsoleSession, Emulator, Marking, SessionId, SessionState};
use dockerui_tui::app::effect::Session;
use dockerui_tui::app::host::Host;
use dockerui_tui::app::keymap::Keymap;
use dockerui_tui::app::layout::Pane;
use dockerui_tui::config::{Environment, Settings, Theme};
use dockerui_tui::domain::{ContainerId, Endpoint, HostId, Time};
use dockerui_tui::ui;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::hint::black_box;

const AREA: Rect = Rect { x: 0, y: 0, width: 200, height: 50 };
const NOW: Time = Time(1_780_000_000_000_000_000);
const FLOOD: usize = 1 << 20;

/// A million bytes of a line again and again.
fn flood(line: &str) -> Vec<u8> {
    line.bytes().cycle().take(FLOOD).collect()
}

/// Output goes through the terminal a piece at a time, as it comes.
fn output(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("console output, 1 MiB");
    group.throughput(Throughput::Bytes(FLOOD as u64)).sample_size(20);
    for (name, line) in [
        ("plain", "0123456789 the quick brown fox jumps over the lazy dog 0123456789\r\n"),
        ("colours", "\x1b[32mINFO\x1b[0m \x1b[1;38;5;208mrequest\x1b[0m GET /cart \x1b[7m200\x1b[27m in 12 ms\r\n"),
        ("drawn lines", "\x1b(0lqqqqqqqqqqqqqqqk\x1b(B text \x1b[5;10H\x1b[2K\x1b(0x\x1b(B\r\n"),
        ("repeated", "a\x1b[65535b"),
    ] {
        let bytes = flood(line);
        group.bench_function(name, |bencher| {
            bencher.iter_batched_ref(
                || Emulator::new(200, 24, 1000),
                |terminal| bytes.chunks(16 * 1024).for_each(|piece| drop(black_box(terminal.take(piece)))),
                BatchSize::LargeInput,
            );
        });
    }
    group.finish();
}

fn app() -> App {
    let host = Host::new(HostId::new("bench"), vec![Endpoint::Demo], NOW);
    let mut app = App::new(Settings::default(), Keymap::new(&[]).expect("the default keys are valid"), host, NOW);
    app.area = AREA;
    let what = Session::Shell { remembered: None };
    let mut terminal = Emulator::new(198, 45, 1000);
    terminal.take(&flood("\x1b[32mINFO\x1b[0m 漢字 request GET /cart \x1b[7m200\x1b[27m in 12 ms\r\n"));
    let container = ContainerId::new("c".repeat(64));
    let mut session = ConsoleSession::new(SessionId(1), NOW, container, "web".to_owned(), what, terminal);
    session.state = SessionState::Running;
    app.host_mut().consoles.add(session);
    app.focus = Pane::Console;
    app.zoomed = true;
    app
}

/// The frame of a pane that fills the screen; marked, and begun to be marked.
fn frame(criterion: &mut Criterion) {
    let environment = Environment::capture();
    let theme = Theme::load("ansi", std::path::Path::new("themes"), &environment).expect("a built-in theme");
    let theme = ui::Theme::new(&theme);
    let app = app();
    let mut buffer = Buffer::empty(AREA);
    criterion.bench_function("console frame, 200x50", |bencher| {
        bencher.iter(|| {
            buffer.reset();
            ui::draw(&app, &theme, &mut buffer, &mut None);
            black_box(&buffer);
        });
    });
    let session = app.host().consoles.active().expect("a session");
    criterion.bench_function("console marking begun, 1,000 rows back", |bencher| {
        bencher.iter(|| black_box(Marking::new(session.shown(), 3, 3)));
    });
}

criterion_group!(benches, output, frame);
criterion_main!(benches);
