//! The one task that owns the world: it takes messages from connections and does what falls due.

use super::call::{Call, Reply};
use super::faults::{self, Fault, What};
use super::world::World;
use super::{DemoOptions, Served, exec, life, registry, routes, seed};
use bytes::Bytes;
use std::collections::VecDeque;
use tokio::sync::{mpsc, oneshot};

/// Requests remembered for [`DemoEngine::served`](super::DemoEngine::served).
const REMEMBERED: usize = 4096;

/// Everything that can wake the actor, beside time.
#[derive(Debug)]
pub enum Message {
    /// A request has arrived: what shall go wrong with it, and what time is it?
    Admit {
        method: String,
        target: String,
        reply: oneshot::Sender<(Option<What>, i64)>,
    },
    Call {
        call: Call,
        reply: oneshot::Sender<Reply>,
    },
    /// Typed into a hijacked connection; no bytes is the end of input.
    Input {
        session: u64,
        bytes: Bytes,
    },
    /// A hijacked connection has ended.
    Gone {
        session: u64,
    },
    Registry(registry::Ask),
    Inject(Fault),
    Heal,
    Served(oneshot::Sender<Vec<Served>>),
}

/// Runs until every handle and connection is gone.
pub async fn run(options: DemoOptions, mut messages: mpsc::UnboundedReceiver<Message>) {
    let mut world = World::new(options);
    seed::settle(&mut world, &options);
    let mut shelf = registry::Shelf::default();
    let mut faults = Vec::new();
    let mut served = VecDeque::new();
    loop {
        let due = world.next_due().map(|at| world.clock.instant(at));
        let message = tokio::select! {
            // Time first: what fell due before a request came is visible to that request.
            biased;
            () = tokio::time::sleep_until(due.unwrap_or_else(tokio::time::Instant::now)), if due.is_some() => None,
            message = messages.recv() => match message {
                Some(message) => Some(message),
                None => return,
            },
        };
        match message {
            None => {
                while let Some(due) = world.take_due() {
                    life::happen(&mut world, due);
                }
            }
            Some(Message::Admit { method, target, reply }) => {
                let fault = faults::take(&mut faults, &method, &target);
                if served.len() == REMEMBERED {
                    served.pop_front();
                }
                served.push_back(Served { method, path: target });
                // A client that left before its answer wants none; so in all the answers below.
                drop(reply.send((fault, world.clock.now())));
            }
            Some(Message::Call { call, reply }) => routes::answer(&mut world, &call, reply),
            Some(Message::Input { session, bytes }) => exec::input(&mut world, session, &bytes),
            Some(Message::Gone { session }) => exec::gone(&mut world, session),
            Some(Message::Registry(ask)) => ask.answer(&mut shelf),
            Some(Message::Inject(fault)) => faults.push(fault),
            Some(Message::Heal) => faults.clear(),
            Some(Message::Served(reply)) => drop(reply.send(served.iter().cloned().collect())),
        }
    }
}
