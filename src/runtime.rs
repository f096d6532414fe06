//! The one loop that merges keyboard, clock and engine, and turns what `update` wants into tasks.
//!
//! It runs on the main thread and never waits for anything but the next thing to happen; all work on engines runs on the
//! engine thread's runtime.

mod act;
mod ahead;
mod ask;
pub mod audit;
pub mod clock;
mod console;
pub mod context;
mod desk;
mod dial;
mod editing;
mod fetch;
mod handover;
mod input;
mod link;
mod login;
mod pace;
mod parts;
mod perform;
pub mod profiles;
mod raw;
mod reading;
mod registries;
pub mod screen;
mod signals;
mod spawn;
mod start;
mod steps;
mod streams;
pub mod terminal;

pub use ask::ask;
pub use parts::Parts;
pub use start::start;

use crate::app::dialog::click::Spot;
use crate::app::listing::Place;
use crate::app::msg::TrialId;
use crate::app::{App, Effect, HostMsg, Msg, Subscription, subscriptions, update};
use crate::config::Environment;
use crate::demo::DemoEngine;
use crate::domain::HostId;
use crate::engine::Engine;
use crate::ui;
use ahead::{next_event, typed_ahead, waiting_event};
use audit::AuditLog;
use clock::Clock;
use console::{Panes, WindowChanges};
use crossterm::event::{Event, MouseButton, MouseEvent, MouseEventKind};
use futures_util::Stream;
use link::Link;
use pace::{News, Pace};
use profiles::Clerk;
use ratatui::backend::Backend;
use ratatui::layout::{Position, Rect};
use screen::{Screen, Synchronize};
use signals::{Resumptions, Signals};
use spawn::Spawner;
use std::collections::HashMap;
use std::io;
use std::sync::Arc;
use terminal::Seat;
use tokio::sync::mpsc;
use tokio::task::AbortHandle;
use tokio::time::Instant;

/// How many waiting messages are taken before the keyboard is asked again.
const DRAINED: usize = 64;
/// Messages that wait at most; who brings more waits in turn, so that memory stays bounded.
const INBOX: usize = 256;

/// What a terminal sends for Ctrl-c.
const INTERRUPT: u8 = 3;

/// What reaches the loop from its tasks.
#[derive(Debug)]
enum Inward {
    Msg(Msg),
    /// A host's engine answered; tasks for the host use it from now on.
    Live((HostId, u32), Box<Engine>, Msg),
}

impl Inward {
    fn news(&self, app: &App) -> News {
        match self {
            Self::Msg(msg) => News::of(msg, app),
            Self::Live(..) => News::Answer,
        }
    }
}

/// Runs until the user, a signal or the end of input stops it.
///
/// # Errors
/// When the terminal cannot be read or written.
pub async fn run<B, F, I>(parts: Parts<B, F, I>) -> io::Result<()>
where
    B: Backend<Error = io::Error> + Synchronize,
    F: FnMut() -> I,
    I: Stream<Item = io::Result<Event>> + Unpin,
{
    let Parts { app, clock, backend, mut open_input, close_input, seat, engines, demos, audit, profiles, theme } =
        parts;
    let (outbox, inbox) = mpsc::channel(INBOX);
    let screen = Screen::new(backend, app.area);
    let spawner = Spawner::new(engines, outbox);
    let environment = Arc::new(profiles.environment.clone());
    let clerk = Clerk::start(profiles, &spawner);
    let mut runtime = Runtime {
        app,
        clock,
        screen,
        inbox,
        spawner,
        seat,
        demos,
        audit,
        clerk,
        environment,
        theme,
        links: HashMap::new(),
        running: HashMap::new(),
        jobs: HashMap::new(),
        sampling: HashMap::new(),
        trials: HashMap::new(),
        panes: Panes::default(),
        pace: Pace::default(),
        over: false,
        handover: None,
        spots: Vec::new(),
    };
    runtime.subscribe();
    let mut terminate = Signals::new()?;
    let mut resumptions = Resumptions::new()?;
    let mut window = WindowChanges::new()?;
    let mut input = Some(open_input());
    // It may have changed before anybody listened for that.
    runtime.fit();
    runtime.draw()?;
    while !runtime.over {
        let due = runtime.pace.due();
        // Frame, keyboard, inbox: a storm of messages must neither keep a frame nor a key waiting.
        tokio::select! {
            biased;
            () = tokio::time::sleep_until(due.unwrap_or_else(Instant::now)), if due.is_some() => runtime.draw_news()?,
            event = next_event(&mut input) => runtime.take_input(event, &mut input).await?,
            () = terminate.next() => runtime.take(Msg::Terminate),
            () = resumptions.next() => runtime.take_back()?,
            // The stream of terminal events loses a change of size that comes together with a key.
            () = window.next() => {
                runtime.fit();
                runtime.draw()?;
            }
            Some(inward) = runtime.inbox.recv() => runtime.take_inbox(inward)?,
        }
        if let Some(handover) = runtime.handover.take() {
            if let Some(input) = &mut input {
                close_input(input);
            }
            let ahead = typed_ahead(&mut input).await;
            // Only a session is given what was typed ahead; else it was meant for this program.
            if ahead.contains(&INTERRUPT) && !matches!(handover, Effect::Console { .. }) {
                break;
            }
            drop(input.take());
            tokio::select! {
                told = runtime.hand_over(handover, ahead) => told?,
                () = terminate.but_interrupts() => runtime.over = true,
            }
            terminate.forget_interrupts();
            input = Some(open_input());
        }
    }
    runtime.panes.hang_up().await;
    Ok(())
}

struct Runtime<B> {
    app: App,
    clock: Clock,
    screen: Screen<B>,
    inbox: mpsc::Receiver<Inward>,
    spawner: Spawner,
    seat: Seat,
    demos: HashMap<HostId, DemoEngine>,
    audit: Option<AuditLog>,
    clerk: Clerk,
    environment: Arc<Environment>,
    theme: ui::Theme,
    links: HashMap<HostId, Link>,
    running: HashMap<Subscription, AbortHandle>,
    jobs: HashMap<crate::app::msg::JobId, AbortHandle>,
    sampling: HashMap<HostId, AbortHandle>,
    trials: HashMap<TrialId, AbortHandle>,
    /// The sessions in console panes.
    panes: Panes,
    pace: Pace,
    over: bool,
    /// The terminal is to be given away before the next event is read.
    handover: Option<Effect>,
    /// What of a dialog can be clicked in the last frame, and where.
    spots: Vec<(Rect, Spot)>,
}

impl<B: Backend<Error = io::Error> + Synchronize> Runtime<B> {
    /// Takes what the terminal sent, all that waits of it, and draws at once: streams start and stop after the frame.
    async fn take_input<I>(&mut self, event: Option<io::Result<Event>>, input: &mut Option<I>) -> io::Result<()>
    where
        I: Stream<Item = io::Result<Event>> + Unpin,
    {
        let mut next = Some(event);
        while let Some(event) = next {
            match event {
                Some(Ok(event)) => self.take_event(event),
                Some(Err(error)) => return Err(error),
                // The terminal is gone.
                None => self.take(Msg::Terminate),
            }
            if self.over || self.handover.is_some() {
                break;
            }
            next = waiting_event(input).await;
        }
        let drawn = self.draw();
        self.subscribe();
        drawn
    }

    fn take_event(&mut self, event: Event) {
        match event {
            Event::Key(key) => self.apply(Msg::Key(key)),
            Event::Mouse(mouse) => {
                let clicked = self.clicked(mouse);
                self.apply(clicked.map_or(Msg::Mouse(mouse), |(spot, column)| Msg::Click(spot, column)));
            }
            Event::Paste(text) => self.apply(Msg::Paste(text)),
            Event::Resize(width, height) => self.apply(Msg::Resize { width, height }),
            Event::FocusGained | Event::FocusLost => {}
        }
    }

    /// Takes a message and those that wait behind it, then draws, or notes when to.
    fn take_inbox(&mut self, first: Inward) -> io::Result<()> {
        let mut news = first.news(&self.app);
        self.take_inward(first);
        for _ in 1..DRAINED {
            let Ok(inward) = self.inbox.try_recv() else { break };
            news = news.max(inward.news(&self.app));
            if self.take_inward(inward) {
                break;
            }
        }
        let now = Instant::now();
        if !self.pace.may_draw(now, news) {
            return Ok(());
        }
        if self.inbox.is_empty() {
            return self.draw_news();
        }
        self.pace.note(now);
        Ok(())
    }

    /// Whether that took long: the screen of a session was worked out from what it wrote.
    fn take_inward(&mut self, inward: Inward) -> bool {
        match inward {
            Inward::Msg(msg) => {
                if let Msg::Host(_, HostMsg::Outcome { job, .. }) = &msg {
                    self.jobs.remove(job);
                }
                let output_of = Panes::output_of(&msg);
                self.take(msg);
                output_of.is_some_and(|id| self.panes.taken(id))
            }
            Inward::Live((host, revision), engine, msg) => {
                // What an older address says late is not said by this host.
                let Some(link) = self.links.get_mut(&host).filter(|link| link.revision == revision) else {
                    return false;
                };
                let witness = self.audit.as_ref().map(|audit| audit.witness(host.clone()));
                link.renew(engine.witnessed(witness.unwrap_or_default()));
                self.sampling.remove(&host).iter().for_each(AbortHandle::abort);
                // The first list does not wait for the pace of what streams bring.
                self.pace.clear();
                self.take(msg);
                false
            }
        }
    }

    fn take(&mut self, msg: Msg) {
        self.apply(msg);
        self.subscribe();
    }

    /// Changes the state and does what that asks for; what should run is looked at by the caller.
    fn apply(&mut self, msg: Msg) {
        let effects = update(&mut self.app, self.clock.now(), msg);
        for effect in effects {
            self.perform(effect);
        }
    }

    /// Starts what should run and does not, stops what runs and should not.
    fn subscribe(&mut self) {
        let active = &self.app.host().id;
        let shows_all = self.app.place != Place::Host;
        self.links.iter().for_each(|(host, link)| link.show(shows_all || host == active));
        let wanted = subscriptions(&self.app);
        self.running.retain(|subscription, task| {
            let keep = wanted.contains(subscription);
            if !keep {
                task.abort();
                if let Subscription::Link { host, .. } = subscription {
                    forget(&mut self.links, host);
                }
            }
            keep
        });
        for subscription in wanted {
            if !self.running.contains_key(&subscription)
                && let Some(task) = self.start(&subscription)
            {
                self.running.insert(subscription, task);
            }
        }
    }

    /// Takes the terminal's size as it is.
    fn fit(&mut self) {
        if let Some((width, height)) = self.seat.size() {
            self.take(Msg::Resize { width, height });
        }
    }

    fn draw_news(&mut self) -> io::Result<()> {
        let drawn = self.draw();
        self.pace.drawn_for_news(Instant::now());
        drawn
    }

    fn draw(&mut self) -> io::Result<()> {
        self.pace.drawn(Instant::now());
        let (app, theme) = (&self.app, &self.theme);
        let spots = &mut self.spots;
        self.screen.draw(app.area, |picture| *spots = ui::draw(app, theme, picture.buffer, &mut picture.cursor))
    }

    /// What was clicked, as the last frame showed it, and how far behind its left border.
    fn clicked(&self, event: MouseEvent) -> Option<(Spot, u16)> {
        let at = Position { x: event.column, y: event.row };
        let is_click = event.kind == MouseEventKind::Down(MouseButton::Left);
        let (area, spot) = self.spots.iter().rev().find(|(area, _)| is_click && area.contains(at))?;
        Some((*spot, at.x - area.x))
    }
}

impl<B> Drop for Runtime<B> {
    /// Tasks on the engine thread end with the loop.
    fn drop(&mut self) {
        let tasks =
            self.running.values().chain(self.jobs.values()).chain(self.sampling.values()).chain(self.trials.values());
        tasks.for_each(AbortHandle::abort);
    }
}

/// What is asked of a host that was let go, or that is somewhere else now, has no meaning any more.
fn forget(links: &mut HashMap<HostId, Link>, host: &HostId) {
    if let Some(link) = links.remove(host) {
        link.fetches.iter().for_each(AbortHandle::abort);
    }
}
