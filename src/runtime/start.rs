//! From what the command line asked for to the running loop, and back to an exit code.

use super::audit::AuditLog;
use super::clock::Clock;
use super::input::Input;
use super::profiles::{Profiles, Store};
use super::terminal::{Seat, TerminalGuard, backend, restore};
use super::{Parts, run};
use crate::app::host::Host;
use crate::app::keymap::Keymap;
use crate::app::{App, fleet};
use crate::cli::Startup;
use crate::config::{Environment, Files, HostChoice};
use crate::demo::{DemoEngine, DemoOptions};
use crate::domain::{Endpoint, HostId, Time};
use crate::engine::EngineThread;
use crate::ui;
use std::fs::OpenOptions;
use std::io;
use std::path::Path;

/// What the first host of the demo is called.
const DEMO: &str = "demo";
/// The one seed that the demo lives by.
pub(super) const DEMO_SEED: u64 = 1;

/// Runs the terminal UI until it ends.
///
/// # Errors
/// A sentence for whoever reads standard error: the terminal cannot be used, the log cannot be written.
pub fn start(startup: Startup, keymap: Keymap) -> io::Result<()> {
    log_to(&startup)?;
    let engines = EngineThread::start()?;
    let main = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let _entered = main.enter();
    let clock = Clock::start();
    let demos = startup.demo.map(|containers| {
        let host = HostId::new(DEMO);
        let options = DemoOptions { containers, ..demo_options(&host, clock.now()) };
        let _on_engines = engines.handle().enter();
        (host, DemoEngine::start(options))
    });
    let demos = demos.into_iter().collect();
    let audit = AuditLog::open(&startup.files.audit, clock)
        .inspect_err(|error| tracing::warn!("no audit log at {}: {error}", startup.files.audit.display()))
        .ok();
    let zone = jiff::tz::TimeZone::system();
    let theme = ui::Theme::new(&startup.theme).in_zone(zone.clone());
    let mut app = App::new(startup.settings.clone(), keymap, host(&startup, clock.now()), clock.now());
    (app.read_only, app.api, app.zone) = (startup.read_only, startup.api, zone);
    app.set_roster(startup.roster);
    let profiles = profiles(&startup.files, startup.environment, startup.demo.is_some());
    app.profiles_file = profiles.shown_file();
    let (width, height) = crossterm::terminal::size()?;
    app.area = ratatui::layout::Rect::new(0, 0, width, height);
    restore_on_panic();
    let guard = TerminalGuard::enter(startup.settings.mouse)?;
    let parts = Parts {
        app,
        clock,
        backend: backend(),
        open_input: Input::open,
        close_input: Input::close,
        seat: Seat::Terminal(guard),
        engines: engines.handle().clone(),
        demos,
        audit,
        profiles,
        theme,
    };
    #[cfg(debug_assertions)]
    panic_if_asked();
    main.block_on(run(parts))
}

/// How the embedded engine of a host begins. Every other host than the first has more to look at, and something else.
pub(super) fn demo_options(host: &HostId, now: Time) -> DemoOptions {
    let is_first = host.as_str() == DEMO;
    let (containers, seed) = if is_first { (0, DEMO_SEED) } else { (24, DEMO_SEED + 1) };
    DemoOptions { containers, images: 0, seed, now: now.0, living: true }
}

/// For the test that a panic gives the terminal back: nothing that can be typed leads to one.
#[cfg(debug_assertions)]
fn panic_if_asked() {
    let asked = std::env::var_os("DOCKERUI_TEST_PANIC").is_some();
    assert!(!asked, "DOCKERUI_TEST_PANIC asks for a panic");
}

/// Where hosts are saved. In the demo nothing is written: what is changed there is gone with it.
fn profiles(files: &Files, environment: Environment, is_demo: bool) -> Profiles {
    let store = match is_demo {
        // A file that cannot be read has been told of by now.
        true => Store::Memory(std::fs::read_to_string(&files.config).unwrap_or_default()),
        false => Store::File(files.config.clone()),
    };
    Profiles { store, environment }
}

/// The host that the choice names, with what its profile says.
fn host(startup: &Startup, now: Time) -> Host {
    let (name, endpoints) = if startup.demo.is_some() {
        (HostId::new(DEMO), vec![Endpoint::Demo])
    } else {
        let candidates = startup.host.candidates();
        let name = match &startup.host {
            HostChoice::Discover(_) => HostId::new("local"),
            HostChoice::Profile { .. } | HostChoice::Given(_) => {
                candidates.first().map_or_else(|| HostId::new("local"), |candidate| candidate.name.clone())
            }
        };
        (name, candidates.into_iter().map(|candidate| candidate.endpoint).collect())
    };
    let mut host = Host::new(name, endpoints, now);
    fleet::dress(&mut host, startup.host.profile(), startup.read_only);
    host
}

/// Logs go to the file, never to the screen.
fn log_to(startup: &Startup) -> io::Result<()> {
    let file = open_log(&startup.log_file).map_err(|error| {
        io::Error::new(error.kind(), format!("the log file {} cannot be written: {error}", startup.log_file.display()))
    })?;
    let level = level_filter(startup.log_level);
    // A second start in one process (tests) keeps the first one's log.
    let _ = tracing_subscriber::fmt().with_ansi(false).with_max_level(level).with_writer(file).try_init();
    Ok(())
}

fn open_log(path: &Path) -> io::Result<std::fs::File> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    OpenOptions::new().create(true).append(true).open(path)
}

/// A panic on the main thread ends the program: the terminal is given back first. One of a task becomes a notice.
fn restore_on_panic() {
    let main = std::thread::current().id();
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        tracing::error!("{panic}");
        if std::thread::current().id() == main {
            let _ = restore();
            before(panic);
        }
    }));
}

fn level_filter(level: crate::cli::LogLevel) -> tracing_subscriber::filter::LevelFilter {
    use crate::cli::LogLevel;
    use tracing_subscriber::filter::LevelFilter;
    match level {
        LogLevel::Off => LevelFilter::OFF,
        LogLevel::Error => LevelFilter::ERROR,
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
        LogLevel::Trace => LevelFilter::TRACE,
    }
}
