//! The stage: the real loop on the embedded engine, on a terminal made of nothing, with tokio's clock paused.
//!
//! Time passes only when nothing is left to do, so a story waits for what it names and for nothing else.

use super::glass::Glass;
use super::keyboard::{input, typing};
use super::screen::Screen;
use super::{client, keyboard};
use crossterm::event::{Event, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use dockerui_tui::app::App;
use dockerui_tui::app::host::Host;
use dockerui_tui::app::keymap::Keymap;
use dockerui_tui::config::{Column, Confirm, Environment, HostProfile, KnownHost, Settings, Source, Theme};
use dockerui_tui::demo::{DemoEngine, DemoOptions, Fault, Line};
use dockerui_tui::domain::{Endpoint, HostId, Time};
use dockerui_tui::runtime::audit::AuditLog;
use dockerui_tui::runtime::clock::Clock;
use dockerui_tui::runtime::profiles::{Profiles, Store};
use dockerui_tui::runtime::terminal::Seat;
use dockerui_tui::runtime::{Parts, run};
use dockerui_tui::ui;
use ratatui::layout::Rect;
use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::sync::{broadcast, watch};
use tokio::task::JoinHandle;
use tokio::time::Instant;

/// When every story begins: 2024-12-24 00:26:40 UTC.
pub const NOW: i64 = 1_735_000_000_000_000_000;
/// How long a story waits for something, in time that passes only when nothing else happens.
const PATIENCE: Duration = Duration::from_secs(45);

/// What a story begins with.
#[derive(Debug)]
pub struct Stage {
    size: (u16, u16),
    pub demo: DemoOptions,
    theme: &'static str,
    settings: Settings,
    faults: Vec<Fault>,
    line: Line,
    down: bool,
    nowhere: bool,
    read_only: bool,
    confirm_by_name: bool,
    audit: Option<PathBuf>,
    socket: Option<PathBuf>,
    others: Vec<(KnownHost, DemoOptions)>,
    saved_in: Option<PathBuf>,
    /// Of the environment: no real pager or editor, a paused clock would run away while it is waited for.
    pub variables: BTreeMap<String, String>,
}

/// A story under way.
#[derive(Debug)]
pub struct Play {
    engine: DemoEngine,
    demos: HashMap<HostId, DemoEngine>,
    keyboard: broadcast::Sender<Option<Event>>,
    size: watch::Sender<(u16, u16)>,
    frames: watch::Receiver<Screen>,
    program: JoinHandle<io::Result<()>>,
}

impl Stage {
    /// A dozen containers that do nothing by themselves, on a terminal of that size.
    pub fn new(width: u16, height: u16) -> Self {
        Self {
            size: (width, height),
            demo: DemoOptions { containers: 0, images: 0, seed: 1, now: NOW, living: false },
            theme: "dark",
            settings: Settings { default_sort: Column::Name, ..Settings::default() },
            faults: Vec::new(),
            line: Line::default(),
            down: false,
            nowhere: false,
            read_only: false,
            confirm_by_name: false,
            audit: None,
            socket: None,
            others: Vec::new(),
            saved_in: None,
            variables: ["PAGER", "EDITOR"].map(|name| (name.into(), "/nowhere/program".into())).into(),
        }
    }

    /// As many made up containers instead.
    pub fn containers(mut self, count: usize) -> Self {
        self.demo.containers = count;
        self
    }

    /// They live: they print, use, fail.
    pub fn living(mut self) -> Self {
        self.demo.living = true;
        self
    }

    pub fn theme(mut self, name: &'static str) -> Self {
        self.theme = name;
        self
    }

    pub fn settings(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        change(&mut self.settings);
        self
    }

    /// Something that goes wrong from the beginning.
    pub fn fault(mut self, fault: Fault) -> Self {
        self.faults.push(fault);
        self
    }

    /// What lies between the program and the engine.
    pub fn line(mut self, line: Line) -> Self {
        self.line = line;
        self
    }

    /// The engine does not run at first.
    pub fn down(mut self) -> Self {
        self.down = true;
        self
    }

    /// The engine is not where the program looks for one.
    pub fn nowhere(mut self) -> Self {
        self.nowhere = true;
        self
    }

    pub fn read_only(mut self) -> Self {
        self.read_only = true;
        self
    }

    /// Destructive acts are confirmed by the host's name.
    pub fn confirm_by_name(mut self) -> Self {
        self.confirm_by_name = true;
        self
    }

    /// Changing calls are written to this file.
    pub fn audited(mut self, file: PathBuf) -> Self {
        self.audit = Some(file);
        self
    }

    /// The engine is behind this socket, not the embedded one.
    pub fn socket(mut self, path: PathBuf) -> Self {
        self.socket = Some(path);
        self
    }

    /// Another host with an engine of its own, as many containers on it (0 for the dozen).
    pub fn also(mut self, name: &str, containers: usize) -> Self {
        let endpoint = Ok(Endpoint::Demo);
        let name = HostId::new(name);
        let known = KnownHost { name, source: Source::Profile, endpoint, profile: None, is_default: false };
        self.others.push((known, DemoOptions { containers, images: 0, seed: 2, now: NOW, living: false }));
        self
    }

    /// What the profile of the last of those hosts says.
    pub fn profile(mut self, change: impl FnOnce(&mut HostProfile)) -> Self {
        let (known, _) = self.others.last_mut().unwrap();
        let mut profile = HostProfile {
            name: known.name.to_string(),
            url: "demo://".to_owned(),
            color: None,
            read_only: false,
            confirm: Confirm::Button,
            tls: None,
        };
        change(&mut profile);
        known.profile = Some(profile);
        self
    }

    /// A host that can be chosen, wherever it is.
    pub fn known(mut self, name: &str, address: &str, source: Source) -> Self {
        let endpoint = address.parse();
        let known = KnownHost { name: HostId::new(name), source, endpoint, profile: None, is_default: false };
        self.others.push((known, self.demo));
        self
    }

    /// Hosts are saved in this file, which may be there; the user's home is its folder, where the program is started as well.
    pub fn saved_in(mut self, file: PathBuf) -> Self {
        self.settings = self.settings.with(dockerui_tui::config::read_file(&file, true).unwrap());
        self.saved_in = Some(file);
        self
    }

    /// Starts the program.
    pub fn open(self) -> Play {
        let engine = DemoEngine::start(self.demo);
        self.faults.iter().for_each(|fault| engine.inject(fault.clone()));
        engine.lay_line(self.line);
        if self.down {
            engine.go_down();
        }
        let mut host = if let Some(socket) = self.socket {
            Host::new(HostId::new("local"), vec![Endpoint::Unix(socket)], Time(NOW))
        } else if self.nowhere {
            let sockets = ["docker", "podman"].map(|name| Endpoint::Unix(format!("/nowhere/{name}.sock").into()));
            Host::new(HostId::new("local"), sockets.into(), Time(NOW))
        } else {
            Host::new(HostId::new("demo"), vec![Endpoint::Demo], Time(NOW))
        };
        host.read_only = self.read_only.then(|| "this host is read-only".to_owned());
        host.confirm_by_name = self.confirm_by_name;
        let clock = Clock::at(Time(NOW));
        let mut demos = HashMap::from([(HostId::new("demo"), engine.clone())]);
        for (known, options) in &self.others {
            demos.insert(known.name.clone(), DemoEngine::start(*options));
        }
        let home = self.saved_in.as_deref().and_then(Path::parent).unwrap_or(Path::new("/nowhere"));
        let (home, folder) = (Some(home.to_owned()), Some(home.to_owned()));
        let environment = Environment { home, folder, variables: self.variables, ..Environment::default() };
        let mut roster = dockerui_tui::config::roster(&self.settings, &environment);
        roster.extend(self.others.into_iter().map(|(known, _)| known));
        let store = self.saved_in.map_or_else(|| Store::Memory(String::new()), Store::File);
        let profiles = Profiles { store, environment };
        let mut app = App::new(self.settings, Keymap::new(&[]).unwrap(), host, Time(NOW));
        app.area = Rect::new(0, 0, self.size.0, self.size.1);
        app.set_roster(roster);
        app.profiles_file = profiles.shown_file();
        let (size, sizes) = watch::channel(self.size);
        let (glass, frames) = Glass::new(sizes);
        let (keyboard, mut first) = typing();
        let typist = keyboard.clone();
        let parts = Parts {
            app,
            clock,
            backend: glass,
            // What was typed before the program asked is waiting for it, as in a terminal.
            open_input: move || input(first.take().unwrap_or_else(|| typist.subscribe())),
            close_input: |_| {},
            seat: Seat::Nowhere,
            engines: tokio::runtime::Handle::current(),
            demos: demos.clone(),
            audit: self.audit.map(|file| AuditLog::open(&file, clock).unwrap()),
            profiles,
            theme: theme(self.theme),
        };
        Play { engine, demos, keyboard, size, frames, program: tokio::spawn(run(parts)) }
    }

    /// Starts the program and waits for its first list.
    pub async fn listed(self) -> Play {
        let mut play = self.open();
        play.until("the first list", |screen| screen.contains("Containers") && !screen.selected().is_empty()).await;
        play
    }
}

/// A theme that comes with the program.
pub fn theme(name: &str) -> ui::Theme {
    ui::Theme::new(&Theme::load(name, Path::new("/nowhere"), &Environment::default()).unwrap())
}

impl Play {
    pub fn engine(&self) -> &DemoEngine {
        &self.engine
    }

    /// The engine of another host.
    pub fn engine_of(&self, host: &str) -> &DemoEngine {
        &self.demos[&HostId::new(host)]
    }

    /// Types; see [`keyboard`].
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        keyboard::events(keys).into_iter().for_each(|event| self.send(Some(event)));
        self
    }

    pub fn paste(&mut self, text: &str) -> &mut Self {
        self.send(Some(Event::Paste(text.to_owned())));
        self
    }

    /// Presses the left mouse button on the first letter of a text on screen.
    pub fn click(&mut self, text: &str) -> &mut Self {
        let (column, row) = self.screen().place_of(text);
        self.mouse(MouseEventKind::Down(MouseButton::Left), column, row)
    }

    pub fn mouse(&mut self, kind: MouseEventKind, column: u16, row: u16) -> &mut Self {
        self.send(Some(Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE })));
        self
    }

    /// Another size of the terminal.
    pub fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        self.size.send_replace((width, height));
        self.send(Some(Event::Resize(width, height)));
        self
    }

    /// The terminal is gone.
    pub fn hang_up(&mut self) -> &mut Self {
        self.send(None);
        self
    }

    fn send(&self, event: Option<Event>) {
        // A program that has ended reads nothing; whoever waits for it will say so.
        drop(self.keyboard.send(event));
    }

    /// Waits until a frame shows this text.
    pub async fn wait_for(&mut self, text: &str) -> &mut Self {
        self.until(&format!("“{text}”"), |screen| screen.contains(text)).await
    }

    /// Waits until no frame shows this text any more.
    pub async fn gone(&mut self, text: &str) -> &mut Self {
        self.until(&format!("no “{text}”"), |screen| !screen.contains(text)).await
    }

    /// Waits until a frame fits; fails with the screen when none comes.
    pub async fn until(&mut self, what: &str, fits: impl Fn(&Screen) -> bool) -> &mut Self {
        let waited = tokio::time::timeout(PATIENCE, self.frames.wait_for(|screen| fits(screen)))
            .await
            .map(|found| found.is_ok());
        let told = match waited {
            Ok(true) => return self,
            Ok(false) => match (&mut self.program).await {
                Ok(outcome) => format!("the program ended ({outcome:?})"),
                Err(panic) => format!("the program panicked ({panic})"),
            },
            Err(_) => format!("{} s passed", PATIENCE.as_secs()),
        };
        panic!("waiting for {what}: {told}; the screen was\n{}", self.screen());
    }

    /// What the terminal shows.
    pub fn screen(&self) -> Screen {
        self.frames.borrow().clone()
    }

    /// Frames written so far.
    pub fn frames(&self) -> u64 {
        self.frames.borrow().frames
    }

    /// Cells written so far.
    pub fn cells(&self) -> usize {
        self.frames.borrow().cells
    }

    /// Lets that time pass, with everything that falls due in it.
    pub async fn advance(&mut self, span: Duration) -> &mut Self {
        tokio::time::sleep(span).await;
        self
    }

    /// Lets everything happen that needs no time, and the frame that is due for it be drawn.
    pub async fn settle(&mut self) -> &mut Self {
        self.advance(Duration::from_millis(40)).await
    }

    /// How long something takes on the clock that stands still while there is work.
    pub async fn timed<T>(&mut self, what: impl AsyncFnOnce(&mut Self) -> T) -> Duration {
        let before = Instant::now();
        what(self).await;
        before.elapsed()
    }

    /// The requests served so far whose method and path contain this, oldest first.
    pub async fn served(&self, part: &str) -> Vec<String> {
        let served = self.engine.served().await.into_iter();
        served
            .map(|request| format!("{} {}", request.method, request.path))
            .filter(|line| line.contains(part))
            .collect()
    }

    /// What `docker inspect` says of a container.
    pub async fn inspect(&self, container: &str) -> serde_json::Value {
        client::get(&self.engine, &format!("/containers/{container}/json")).await
    }

    /// Waits for the program's own end.
    pub async fn ended(&mut self) {
        let ended = tokio::time::timeout(PATIENCE, &mut self.program).await;
        let ended = ended.unwrap_or_else(|_| panic!("it goes on; the screen was\n{}", self.frames.borrow().clone()));
        ended.expect("no panic").expect("no failure of the terminal");
    }

    pub async fn quit(&mut self) {
        self.keys("<C-c>").ended().await;
    }
}
