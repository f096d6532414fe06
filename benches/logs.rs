//! A log of a million lines: made of what an engine sends, taken in, searched, sifted; a frame while it floods; a very long line wrapped.
//!
//! `cargo bench` runs all; the README's performance section says what they showed.

#![expect(clippy::expect_used, reason = "a bench that cannot be set up has nothing to measure")]

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use dockerui_tui::app::detail::log_sieve::{Sieve, Sifting};
use dockerui_tui::app::detail::log_survey::{SurveyAsk, Surveying};
use dockerui_tui::app::host::Host;
use dockerui_tui::app::keymap::Keymap;
use dockerui_tui::app::layout::Pane;
use dockerui_tui::app::logs::{Jump, Lens, LogStore, LogView, Pattern, Search, Viewport, Wants};
use dockerui_tui::app::msg::{HostMsg, Listed, LogPart};
use dockerui_tui::app::{App, Msg, Subscription, subscriptions, update};
use dockerui_tui::config::{Environment, Settings, Theme};
use dockerui_tui::domain::{
    Container, ContainerId, Endpoint, Health, HostId, ImageId, Labels, LogChunk, LogQuery, LogStream, State, Time,
};
use dockerui_tui::engine::{Demultiplexer, LogLines};
use dockerui_tui::ui;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::hint::black_box;
use std::time::Duration;

const AREA: Rect = Rect { x: 0, y: 0, width: 120, height: 40 };
const PANE: Viewport = Viewport { width: 118, height: 36 };
const NOW: Time = Time(1_780_000_000_000_000_000);
const LINES: usize = 1_000_000;
/// What a search looks at in one go at most.
const BEAT: usize = 2 << 20;

fn chunks(lines: usize) -> Vec<LogChunk> {
    let mut chunks = Vec::new();
    let mut chunk = LogChunk::default();
    for number in 0..lines {
        let line = format!(
            "{number:07} GET /orders/{} 200 {} ms agent=Mozilla/5.0 user={}",
            number % 977,
            number % 83,
            number % 7919
        );
        chunk.push(LogStream::Stdout, number as i64 + 1, line.as_bytes());
        if chunk.bytes.len() > 64 << 10 {
            chunks.push(std::mem::take(&mut chunk));
        }
    }
    chunks.push(chunk);
    chunks
}

fn taken_in(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("log of 1 M lines");
    group.sample_size(10);
    let chunks = chunks(LINES);
    group.bench_function("taken in within 64 MiB", |bench| {
        bench.iter_batched(
            || chunks.clone(),
            |chunks| {
                let mut store = LogStore::new(64 << 20);
                chunks.into_iter().for_each(|chunk| store.append(chunk));
                store
            },
            BatchSize::PerIteration,
        );
    });
    group.finish();
}

/// What an engine sends of them: frames of 16 KiB at most, each line with its time.
fn stream() -> Vec<u8> {
    let mut bytes = Vec::new();
    for chunk in chunks(LINES) {
        for index in 0..chunk.lines.len() {
            let text = chunk.text(index);
            let stamp = b"2026-11-21T03:09:41.123456789Z ";
            bytes.extend_from_slice(&[1, 0, 0, 0]);
            bytes.extend_from_slice(&((stamp.len() + text.len() + 1) as u32).to_be_bytes());
            [&stamp[..], text, b"\n"].into_iter().for_each(|part| bytes.extend_from_slice(part));
        }
    }
    bytes
}

/// From the bytes of the stream to the lines that are kept.
fn ingested(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("stream of 1 M lines");
    group.sample_size(10);
    let stream = stream();
    group.bench_function("made into lines and kept within 64 MiB", |bench| {
        bench.iter(|| {
            let mut store = LogStore::new(64 << 20);
            let (mut demultiplexer, mut lines) = (Demultiplexer::default(), LogLines::default());
            for bytes in stream.chunks(64 << 10) {
                demultiplexer.push(bytes, |stream, payload| lines.message(stream, payload)).expect("frames");
                lines.take().into_iter().for_each(|chunk| store.append(chunk));
            }
            store
        });
    });
    group.finish();
}

/// What is looked for, and the line that has it first from the end up.
const SOUGHT: [(&str, &str); 4] = [
    ("a word at the very first line", "0000000 GET"),
    ("a word", "user=7918"),
    ("an expression", "/user=79[01]\\d$/"),
    ("a slow expression", "/(\\w+\\W+){4}(\\d+ ){2}.*user=(79|78)18\\b/"),
];

/// Searches go on beat by beat; each must be short, whatever is looked for.
fn searched(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("search of 1 M lines");
    group.sample_size(10);
    let mut view = LogView::new(1 << 30);
    let mut store = LogStore::new(1 << 30);
    for chunk in chunks(LINES) {
        view.append(chunk.clone());
        store.append(chunk);
    }
    view.set_more_above(false);
    for (name, text) in SOUGHT {
        let pattern = Pattern::parse(text).expect("a valid pattern");
        group.bench_function(format!("{name}, to the first hit"), |bench| {
            bench.iter(|| {
                view.to_end();
                let mut jump = Some(view.start_search(pattern.clone(), PANE));
                while !matches!(jump, Some(Jump::Arrived(_))) {
                    jump = view.advance(BEAT, PANE);
                }
            });
        });
        group.bench_function(format!("{name}, to the end"), |bench| {
            bench.iter(|| {
                let mut search = Search::new(pattern.clone(), 0);
                while !search.advance(&store, BEAT).is_done() {}
                search.count()
            });
        });
        group.bench_function(format!("{name}, 256 KiB"), |bench| {
            bench.iter(|| Search::new(pattern.clone(), 0).advance(&store, 256 << 10));
        });
    }
    group.finish();
}

/// What looks through a whole log beside the lines that are loaded.
fn looked_through(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("1 M lines read for a search");
    group.sample_size(10);
    let chunks = chunks(LINES);
    let lens = Lens::from(Pattern::parse("user=7918").expect("a valid pattern"));
    let query = LogQuery { tail: None, since: None, until: None, follow: false };
    for (name, sieve, wants) in [("hits", Some(Sieve::of(&lens)), Wants::HitsAlone), ("errors", None, Wants::Errors)] {
        let ask = SurveyAsk { query: query.clone(), range_end: None, sieve, wants, most: usize::MAX, number: 1 };
        group.bench_function(format!("looked through for {name}"), |bench| {
            bench.iter(|| {
                let mut surveying = Surveying::new(&ask).expect("a valid pattern");
                chunks.iter().for_each(|chunk| surveying.take(chunk).expect("room"));
                surveying.found(true)
            });
        });
    }
    group.bench_function("sifted", |bench| {
        bench.iter(|| {
            let mut sifting = Sifting::new(&Sieve::of(&lens)).expect("a valid pattern");
            chunks.iter().map(|chunk| sifting.take(chunk).lines.len()).sum::<usize>()
        });
    });
    group.finish();
}

/// The pane of a container's log fills the screen.
fn app() -> (App, ContainerId, u32) {
    let id = HostId::new("bench");
    let host = Host::new(id.clone(), vec![Endpoint::Demo], NOW);
    let mut app = App::new(Settings::default(), Keymap::new(&[]).expect("the default keys are valid"), host, NOW);
    app.area = AREA;
    app.focus = Pane::Detail;
    app.zoomed = true;
    let container = Container {
        id: ContainerId::new("c".repeat(64)),
        name: "web".into(),
        image: "web:1".into(),
        image_id: ImageId::new("sha256:1"),
        command: "serve".into(),
        created: NOW.seconds(),
        state: State::Running,
        health: Health::None,
        status: "Up 2 hours".into(),
        ports: Vec::new(),
        labels: Labels(Vec::new()),
        networks: Vec::new(),
        mounts: Vec::new(),
    };
    let listed = Listed { containers: vec![container], round_trip: Duration::from_millis(1) };
    update(&mut app, NOW, Msg::Host(id, HostMsg::Connected { endpoint: Endpoint::Demo, listed }));
    let stream = |wanted| match wanted {
        Subscription::Logs { container, attempt, .. } => Some((container, attempt)),
        _ => None,
    };
    let (container, attempt) = subscriptions(&app).into_iter().find_map(stream).expect("its log is read");
    (app, container, attempt)
}

/// 100,000 lines a second are 3,333 for each of 30 frames: taken in and drawn.
fn flooded(criterion: &mut Criterion) {
    let environment = Environment::capture();
    let theme = Theme::load("ansi", std::path::Path::new("themes"), &environment).expect("a built-in theme");
    let theme = ui::Theme::new(&theme);
    let mut group = criterion.benchmark_group("frame with 3,333 new lines");
    for (name, keys) in [("plain", ""), ("wrapped", "w"), ("searched", "/user=79\n")] {
        let (mut app, container, attempt) = app();
        let mut news = chunks(3_333 * 20).into_iter().cycle();
        let lines = |chunk| {
            let msg = HostMsg::Log { container: container.clone(), attempt, part: LogPart::Lines(chunk) };
            Msg::Host(HostId::new("bench"), msg)
        };
        for key in keys.chars() {
            let code =
                if key == '\n' { crossterm::event::KeyCode::Enter } else { crossterm::event::KeyCode::Char(key) };
            update(&mut app, NOW, Msg::Key(code.into()));
        }
        let mut buffer = Buffer::empty(AREA);
        group.bench_function(name, |bench| {
            bench.iter_batched(
                || {
                    let mut chunk = LogChunk::default();
                    while chunk.lines.len() < 3_333 {
                        chunk.append(&news.next().expect("for ever"));
                    }
                    lines(chunk)
                },
                |msg| {
                    update(&mut app, NOW, msg);
                    buffer.reset();
                    ui::draw(&app, &theme, &mut buffer, &mut None);
                    black_box(&buffer);
                },
                BatchSize::SmallInput,
            );
        });
    }
    group.finish();
}

/// A page down in one line that is wrapped, and what is seen then.
fn long_line(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("a page in one wrapped line");
    for (name, text) in [("ASCII", "0123456789 "), ("coloured", "\x1b[32mok\x1b[0m "), ("wide", "日本語 é ")] {
        for (size, bytes) in [("64 KB", 64_000), ("1 MB", 1_000_000)] {
            let mut view = LogView::new(64 << 20);
            let mut chunk = LogChunk::default();
            chunk.push(LogStream::Stdout, 1, text.repeat(bytes / text.len()).as_bytes());
            view.append(chunk);
            view.set_wrap(true);
            view.to_top();
            let mut pages = 0;
            group.bench_function(format!("{name}, {size}"), |bench| {
                bench.iter(|| {
                    pages += 1;
                    if pages % 40 == 0 {
                        view.to_top();
                    }
                    view.page(1, PANE);
                    view.visible(PANE)
                });
            });
        }
    }
    group.finish();
}

criterion_group!(benches, ingested, taken_in, searched, looked_through, flooded, long_line);
criterion_main!(benches);
