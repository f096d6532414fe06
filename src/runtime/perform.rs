//! Effects and subscriptions become tasks.

use super::link::{self, Link};
use super::screen::Synchronize;
use super::{Runtime, desk, dial, fetch, streams};
use crate::app::{Effect, HostMsg, Msg, Subscription};
use crate::domain::{Failure, FailureKind, HostId};
use crate::engine::Engine;
use ratatui::backend::Backend;
use std::io;
use std::sync::Arc;
use tokio::sync::Notify;
use tokio::task::AbortHandle;

impl<B: Backend<Error = io::Error> + Synchronize> Runtime<B> {
    /// Starts what an effect asks for. What fails at once is told as a message.
    pub(super) fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::Quit => self.over = true,
            Effect::Redraw => self.screen.forget(),
            Effect::Suspend | Effect::Console { .. } => self.handover = Some(effect),
            Effect::Fetch { host, fetch } => {
                if let Some(engine) = self.engine(&host) {
                    self.spawner.spawn(|out| fetch::fetch(host, engine, fetch, out));
                }
            }
            Effect::Sample { host, containers, over } => {
                // A slow engine is not asked again before it answered.
                if self.sampling.get(&host).is_some_and(|task| !task.is_finished()) {
                    return;
                }
                if let Some(engine) = self.engine(&host) {
                    let task = self.spawner.spawn(|out| fetch::sample(host.clone(), engine, containers, over, out));
                    self.sampling.insert(host, task);
                }
            }
            Effect::Perform { host, order } => {
                let (engine, audit, job) = (self.engine(&host), self.audit.clone(), order.job);
                let task = self.spawner.spawn(|out| fetch::perform(host, engine, order, audit, out));
                self.jobs.retain(|_, task| !task.is_finished());
                self.jobs.insert(job, task);
            }
            Effect::Cancel(job) => {
                if let Some(task) = self.jobs.remove(&job) {
                    task.abort();
                    self.cancelled(job);
                }
            }
            Effect::Template { host, container, purpose } => {
                if let Some(engine) = self.engine(&host) {
                    self.spawner.spawn(|out| fetch::template(host, engine, container, purpose, out));
                }
            }
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
                    let read = path.clone();
                    let text = tokio::task::spawn_blocking(move || desk::read(&read)).await;
                    let text =
                        text.unwrap_or_else(|_| Err(Failure::new(FailureKind::LocalFile, "Reading was stopped.")));
                    out.msg(Msg::FileRead { path, text }).await;
                });
            }
            Effect::ConnectNow(host) => {
                if let Some(link) = self.links.get(&host) {
                    link.nudge.notify_one();
                }
            }
        }
    }

    /// Starts a subscription; `None` while there is no engine that could serve it.
    pub(super) fn start(&mut self, subscription: &Subscription) -> Option<AbortHandle> {
        match subscription.clone() {
            Subscription::Link(host) => self.start_link(host),
            Subscription::Every { beat, period } => Some(self.spawner.spawn(|out| streams::beat(beat, period, out))),
            Subscription::Logs { host, container, query, attempt } => {
                let engine = self.engine(&host)?;
                Some(self.spawner.spawn(|out| streams::follow_log(host, engine, container, query, attempt, out)))
            }
            Subscription::Detail { host, key, period } => {
                let engine = self.engine(&host)?;
                Some(self.spawner.spawn(|out| streams::follow_detail(host, engine, key, period, out)))
            }
        }
    }

    fn start_link(&mut self, host: HostId) -> Option<AbortHandle> {
        let known = self.app.hosts.iter().find(|known| known.id == host)?;
        let endpoints = known.endpoints.clone();
        if endpoints.contains(&crate::domain::Endpoint::Demo) {
            self.start_demo();
        }
        let dialers = endpoints
            .into_iter()
            .filter_map(|endpoint| Some((endpoint.clone(), dial::dialer(&endpoint, self.demo.as_ref())?)))
            .collect();
        let nudge = Arc::new(Notify::new());
        self.links.insert(host.clone(), Link { engine: None, nudge: nudge.clone() });
        Some(self.spawner.spawn(|out| link::keep(host, dialers, nudge, out)))
    }

    /// The engine that answers for a host.
    pub(super) fn engine(&self, host: &HostId) -> Option<Engine> {
        self.links.get(host)?.engine.clone()
    }

    fn cancelled(&mut self, job: crate::app::msg::JobId) {
        let owner = self.app.hosts.iter().find(|host| host.jobs.find(job).is_some()).map(|host| host.id.clone());
        let Some(host) = owner else { return };
        let failure = Failure::new(FailureKind::Cancelled, "You stopped waiting for it.")
            .with_hint("The engine may finish what it had begun.");
        // Not from within an update: the loop takes it like any other answer.
        self.spawner.spawn(|out| async move {
            out.host(&host, HostMsg::Outcome { job, result: Err(failure) }).await;
        });
    }

    fn trouble(&mut self, failure: Failure) {
        self.spawner.spawn(|out| async move { out.msg(Msg::Trouble(failure)).await });
    }

    /// The embedded engine, started when it is first wanted.
    fn start_demo(&mut self) {
        if self.demo.is_none() {
            let options = crate::demo::DemoOptions { containers: 0, seed: 1, now: self.clock.now().0, living: true };
            self.demo = Some(self.spawner.enter(|| crate::demo::DemoEngine::start(options)));
        }
    }
}
