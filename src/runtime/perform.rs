//! Effects and subscriptions become tasks.

use super::audit::tail;
use super::link::{self, Link};
use super::registries::Counter;
use super::screen::Synchronize;
use super::{Runtime, act, console, context, desk, dial, fetch, profiles, raw, registries, streams};
use crate::app::console::SessionEnd;
use crate::app::effect::Tried;
use crate::app::msg::{Order, TrialId, TrialNews};
use crate::app::sampling::Round;
use crate::app::{Effect, Fetch, HostMsg, Msg, Subscription};
use crate::domain::{AuditTail, Endpoint, Failure, FailureKind, HostId};
use crate::engine::{Credentials, Dialer, Engine};
use ratatui::backend::Backend;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::{Notify, watch};
use tokio::task::AbortHandle;

impl<B: Backend<Error = io::Error> + Synchronize> Runtime<B> {
    /// Starts what an effect asks for. What fails at once is told as a message.
    pub(super) fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::Quit => self.over = true,
            Effect::Redraw => self.screen.forget(),
            Effect::Console { host, container, .. } if self.read_only(&host).is_some() => {
                let reason = self.read_only(&host).unwrap_or_default();
                let result = Err(act::refusal(&reason));
                self.tell(Msg::Host(host, HostMsg::ConsoleEnded { container, shell: None, result }));
            }
            Effect::OpenSession { host, container, id, session, size } => {
                let refused = match (self.engine(&host), self.read_only(&host)) {
                    (_, Some(reason)) => act::refusal(&reason),
                    (None, None) => fetch::no_line(),
                    (Some(engine), None) => {
                        let record = self.record(&host, &container);
                        return self.panes.open(&self.spawner, engine, record, container, id, (session, size));
                    }
                };
                self.tell(console::ended(host, id, SessionEnd::Lost(refused)));
            }
            Effect::ToSession { id, order } => self.panes.send(id, order),
            Effect::Suspend
            | Effect::Console { .. }
            | Effect::Login(_)
            | Effect::Read { .. }
            | Effect::EditFile { .. } => {
                self.handover = Some(effect);
            }
            Effect::Fetch { host, fetch } => {
                self.fetch(host, fetch);
            }
            Effect::Sample { host, round } => self.sample(host, round),
            Effect::Perform { host, order } => {
                self.act(host, order);
            }
            Effect::Cancel(job) => {
                // Its outcome is known to whoever cancelled it.
                if let Some(task) = self.jobs.remove(&job) {
                    task.abort();
                }
            }
            Effect::Template { host, container, purpose } => match self.engine(&host) {
                Some(engine) => {
                    self.spawner.spawn(|out| fetch::template(host, engine, container, purpose, out));
                }
                None => {
                    let inspected = Err(fetch::no_line());
                    self.tell(Msg::Host(host, HostMsg::Template { container, inspected, purpose }));
                }
            },
            Effect::Copy(text) => {
                if let Err(error) = self.screen.copy(&text) {
                    self.trouble(Failure::new(FailureKind::LocalFile, format!("Copying failed: {error}.")));
                }
            }
            Effect::Browse(address) => {
                if let Err(failure) = desk::browse(&address) {
                    self.trouble(failure);
                }
            }
            Effect::ReadFile(path) => {
                self.spawner.spawn(|out| async move {
                    let text = read_file(path.clone()).await;
                    out.msg(Msg::FileRead { path, text }).await;
                });
            }
            Effect::ReadAudit => {
                let path = self.audit.as_ref().map(|audit| audit.path().to_owned());
                self.spawner.spawn(|out| async move { out.msg(Msg::Audit(read_audit(path).await)).await });
            }
            Effect::EditProfiles(edit) => {
                if let Err(edit) = self.clerk.ask(edit) {
                    let result = Err(Failure::new(FailureKind::LocalFile, "The config file is still being written.")
                        .with_hint("Save again in a moment."));
                    self.tell(Msg::ProfilesEdited { edit, result });
                }
            }
            Effect::LookAtFile { part, path } => {
                let environment = self.environment.clone();
                self.spawner.spawn(|out| profiles::look(part, path, environment, out));
            }
            Effect::LookAtContext { folder, dockerfile } => self.look_at_context(folder, dockerfile),
            Effect::Try { trial, tried } => self.try_host(trial, tried),
            Effect::EndTrial(trial) => {
                if let Some(task) = self.trials.remove(&trial) {
                    task.abort();
                }
            }
            Effect::ConnectNow(host) => {
                if let Some(link) = self.links.get(&host) {
                    link.nudge.notify_one();
                }
            }
        }
    }

    fn sample(&mut self, host: HostId, round: Round) {
        // A slow engine is not asked again before it answered.
        if self.sampling.get(&host).is_some_and(|task| !task.is_finished()) {
            return;
        }
        if let Some(engine) = self.engine(&host) {
            let task = self.spawner.spawn(|out| fetch::sample(host.clone(), engine, round, out));
            self.sampling.insert(host, task);
        }
    }

    fn look_at_context(&mut self, folder: String, dockerfile: String) {
        let environment = self.environment.clone();
        self.spawner.spawn(|out| async move {
            let (typed, file) = (folder.clone(), dockerfile.clone());
            let looking = move || context::look(&typed, &file, &environment);
            let seen = tokio::task::spawn_blocking(looking).await.unwrap_or_default();
            out.msg(Msg::ContextLooked { folder, dockerfile, seen }).await;
        });
    }

    fn try_host(&mut self, trial: TrialId, tried: Tried) {
        let name = match &tried {
            Tried::Typed(profile) => HostId::new(&profile.name),
            Tried::Known(name, _) => name.clone(),
        };
        let demo = self.demos.get(&name).or_else(|| self.demos.values().next()).cloned();
        let (environment, api) = (self.environment.clone(), self.app.api);
        let ended = move |failure| Msg::Trial(trial, TrialNews::Ended(Some(failure)));
        let task =
            self.spawner.spawn_awaited(ended, |out| profiles::attempt(trial, tried, environment, (demo, api), out));
        self.trials.retain(|_, task| !task.is_finished());
        self.trials.insert(trial, task);
    }

    /// Starts a subscription; `None` while there is no engine that could serve it.
    pub(super) fn start(&mut self, subscription: &Subscription) -> Option<AbortHandle> {
        match subscription.clone() {
            Subscription::Link { host, revision } => self.start_link(host, revision),
            Subscription::Every { beat, period } => Some(self.spawner.spawn(|out| streams::beat(beat, period, out))),
            Subscription::Logs { host, container, query, sieve, attempt } => {
                let engine = self.engine(&host)?;
                let clock = self.clock;
                let follow = |out| streams::follow_log(host, engine, container, (query, sieve), attempt, (clock, out));
                Some(self.spawner.spawn(follow))
            }
            Subscription::Raw { host, request } => {
                let engine = self.engine(&host)?;
                Some(self.spawner.spawn(|out| async move { drop(raw::send(&host, &engine, &request, &out).await) }))
            }
            Subscription::LogPage { host, container, ask } => {
                let engine = self.engine(&host)?;
                Some(self.spawner.spawn(|out| streams::read_page(host, engine, container, ask, out)))
            }
            Subscription::LogSurvey { host, container, ask } => {
                let engine = self.engine(&host)?;
                Some(self.spawner.spawn(|out| streams::survey_log(host, engine, container, ask, out)))
            }
            Subscription::Detail { host, key, period } => {
                let asked = (self.engine(&host)?, self.counter(&host));
                Some(self.spawner.spawn(|out| streams::follow_detail(host, asked, key, period, out)))
            }
        }
    }

    fn start_link(&mut self, host: HostId, revision: u32) -> Option<AbortHandle> {
        let known = self.app.hosts.iter().find(|known| known.id == host)?;
        let (endpoints, api) = (known.endpoints.clone(), self.app.api);
        let credentials =
            if known.is_demo() { Credentials::none() } else { registries::credentials(&self.environment) };
        // The engine of a host that was given another name is still its engine.
        if let Some(engine) = known.former_ids.iter().find_map(|former| self.demos.remove(former)) {
            self.demos.insert(host.clone(), engine);
        }
        if endpoints.contains(&Endpoint::Demo) {
            self.start_demo(&host);
        }
        let dialers: Vec<(Endpoint, Dialer)> = endpoints
            .into_iter()
            .filter_map(|endpoint| Some((endpoint.clone(), dial::dialer(&endpoint, self.demos.get(&host))?)))
            .collect();
        let nudge = Arc::new(Notify::new());
        let (shown, on_screen) = watch::channel(self.app.host().id == host);
        let ways = dialers.iter().map(|(_, dialer)| dialer.clone()).collect();
        self.links.insert(host.clone(), Link::new(revision, ways, nudge.clone(), shown));
        let task = link::Task { host, revision, dialers, api, credentials, nudge, on_screen };
        let clock = self.clock;
        Some(self.spawner.spawn(|out| link::keep(task, clock, out)))
    }

    /// The engine that answers for a host.
    pub(super) fn engine(&self, host: &HostId) -> Option<Engine> {
        self.links.get(host)?.engine.clone()
    }

    /// Who answers for the registries of a host.
    fn counter(&self, host: &HostId) -> Counter {
        match self.demos.get(host) {
            Some(demo) => Counter::Demo(demo.clone()),
            None => Counter::Real(registries::real(&self.environment, &self.app.settings.registries)),
        }
    }

    /// Asks once. An answer comes in any case: whoever asked waits for it.
    fn fetch(&mut self, host: HostId, fetch: Fetch) {
        let counter = self.counter(&host);
        let Some((link, engine)) = self.links.get_mut(&host).and_then(|link| link.engine.clone().map(|it| (link, it)))
        else {
            return self.tell(Msg::Host(host, fetch::unanswered(fetch, fetch::no_line())));
        };
        let (waiting, asked) = (host.clone(), fetch.clone());
        let answer = |failure| Msg::Host(waiting, fetch::unanswered(asked, failure));
        let task = self.spawner.spawn_awaited(answer, |out| fetch::fetch(host, engine, counter, fetch, out));
        link.fetches.retain(|task| !task.is_finished());
        link.fetches.push(task);
    }

    /// Sends a request; its outcome comes in any case.
    fn act(&mut self, host: HostId, order: Order) {
        let job = order.job;
        let waiting = host.clone();
        let answer = move |failure| Msg::Host(waiting, HostMsg::Outcome { job, result: Err(failure) });
        let way = act::Way {
            engine: self.engine(&host),
            read_only: self.read_only(&host),
            turns: self.links.get(&host).map(|link| link.turns.clone()).unwrap_or_default(),
            audit: self.audit.clone(),
            environment: Arc::clone(&self.environment),
            counter: self.counter(&host),
            host,
        };
        let task = self.spawner.spawn_awaited(answer, |out| act::perform(way, order, out));
        self.jobs.insert(job, task);
    }

    /// Why nothing may be changed on a host, if so. Commands ask that first; this is the last gate.
    fn read_only(&self, host: &HostId) -> Option<String> {
        self.app.hosts.iter().find(|known| known.id == *host)?.read_only.clone()
    }

    fn trouble(&self, failure: Failure) {
        self.tell(Msg::Trouble(failure));
    }

    /// Says something to the loop. Not from within an update: it is taken like any other answer.
    fn tell(&self, msg: Msg) {
        self.spawner.spawn(|out| async move { out.msg(msg).await });
    }

    /// The embedded engine, started when it is first wanted.
    fn start_demo(&mut self, host: &HostId) {
        if !self.demos.contains_key(host) {
            let options = super::start::demo_options(host, self.clock.now());
            let engine = self.spawner.enter(|| crate::demo::DemoEngine::start(options));
            self.demos.insert(host.clone(), engine);
        }
    }
}

async fn read_audit(path: Option<PathBuf>) -> Result<AuditTail, Failure> {
    let Some(path) = path else {
        return Err(Failure::new(FailureKind::LocalFile, "There is no audit log: its file cannot be written.")
            .with_hint("The log file of the program says why."));
    };
    let stopped = |_| Err(Failure::new(FailureKind::LocalFile, "Reading was stopped."));
    tokio::task::spawn_blocking(move || tail::read(&path)).await.unwrap_or_else(stopped)
}

async fn read_file(path: String) -> Result<String, Failure> {
    let stopped = |_| Err(Failure::new(FailureKind::LocalFile, "Reading was stopped."));
    tokio::task::spawn_blocking(move || desk::read(&path)).await.unwrap_or_else(stopped)
}
