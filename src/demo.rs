//! An embedded engine that speaks the Docker API in memory: `--demo`, tests and benches run against it.
//!
//! One actor task owns the world of containers, images, volumes and networks. Each connection is a
//! [`DuplexStream`] with a hyper server of its own that passes every request to the actor and writes its answer.
//! Time is tokio's: under a paused clock an hour of life passes as fast as it can be computed.
//!
//! Labels of a created container steer its life: `demo.profile` (a key of `assets/demo/profiles.json`: what it prints
//! and uses), `demo.lines-per-second`, `demo.numbered-lines` (printed at each start), `demo.crash-after` (mean seconds, in living engines), `demo.runs-for` (seconds),
//! `demo.exit-code` and `demo.fails` (percent of its health checks).
//!
//! Reading order: `actor` (what wakes it), `routes` (which request goes where), `world` (what there is), then one file
//! per matter: `lifecycle`, `life`, `create`, `logs`, `stats`, `shell`, `images`, `resources`.

mod actor;
mod build;
mod call;
mod clock;
mod container;
mod create;
mod events;
mod exec;
mod faults;
mod files;
mod image_files;
mod images;
mod inspect;
mod life;
mod lifecycle;
mod line;
mod lists;
mod logs;
mod networks;
mod plugins;
mod pull;
mod random;
mod refer;
mod registries;
mod registry;
mod resources;
mod routes;
mod seed;
mod server;
mod shell;
mod stats;
mod streams;
mod system;
mod top;
mod volumes;
mod world;

#[cfg(test)]
mod tests;

pub use faults::{Fault, What};
pub use line::Line;

use actor::Message;
use faults::Door;
use std::io;
use tokio::io::DuplexStream;
use tokio::sync::{mpsc, oneshot, watch};

/// Bytes that fit into one direction of a connection before the writer waits, as in a socket's buffer.
const PIPE: usize = 256 * 1024;

/// A handle of the engine. The engine ends when the last handle and the last connection are gone.
#[derive(Clone, Debug)]
pub struct DemoEngine {
    inbox: mpsc::UnboundedSender<Message>,
    door: watch::Sender<Door>,
    line: watch::Sender<Line>,
    /// Each connection over a line of that kind holds a receiver.
    carried: watch::Sender<()>,
}

/// What the engine starts with.
#[derive(Clone, Copy, Debug)]
pub struct DemoOptions {
    /// 0 for the standard dozen, else as many generated ones.
    pub containers: usize,
    /// So many generated ones beside the standard ones.
    pub images: usize,
    /// The same seed lives the same life.
    pub seed: u64,
    /// The engine's clock at start: nanoseconds since the Unix epoch.
    pub now: i64,
    /// Whether life goes on by itself: log lines, health changes, crashes.
    pub living: bool,
}

/// A request as the engine served it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Served {
    pub method: String,
    /// Path and query, with the version prefix, as sent.
    pub path: String,
}

impl DemoEngine {
    /// Spawns the engine on the current tokio runtime (any kind, with time enabled).
    pub fn start(options: DemoOptions) -> Self {
        let (inbox, messages) = mpsc::unbounded_channel();
        let (door, _) = watch::channel(Door::default());
        let (line, _) = watch::channel(Line::default());
        tokio::spawn(actor::run(options, messages));
        Self { inbox, door, line, carried: watch::channel(()).0 }
    }

    /// Opens a connection, served by a task on the current runtime. While the engine is down or refuses, the other end
    /// is closed already.
    pub fn connect(&self) -> DuplexStream {
        let (client, server) = tokio::io::duplex(PIPE);
        if self.door.send_if_modified(Door::turn_away) || !self.door.borrow().up {
            return client;
        }
        tokio::spawn(server::serve(server, self.inbox.clone(), self.door.subscribe()));
        client
    }

    /// How many connections over a laid line are open.
    pub fn connections(&self) -> usize {
        self.carried.receiver_count()
    }

    /// Connections dialed from now on go over such a line; lines that were laid before become like it.
    pub fn lay_line(&self, line: Line) {
        self.line.send_replace(line);
    }

    /// As [`connect`](Self::connect), but an engine that is down or refuses is an error, as with a socket.
    pub fn dial(&self) -> io::Result<DuplexStream> {
        if self.door.send_if_modified(Door::turn_away) || !self.door.borrow().up {
            return Err(io::ErrorKind::ConnectionRefused.into());
        }
        let client = self.connect();
        if *self.line.borrow() == Line::default() {
            return Ok(client);
        }
        let (near, far) = tokio::io::duplex(PIPE);
        let (line, held) = (self.line.subscribe(), self.carried.subscribe());
        tokio::spawn(async move {
            line::carry(far, client, line).await;
            drop(held);
        });
        Ok(near)
    }

    /// Makes requests that match go wrong from now on.
    pub fn inject(&self, fault: Fault) {
        if fault.what == What::RefuseConnections {
            self.door.send_modify(|door| door.refuse(fault.times));
        } else {
            self.tell(Message::Inject(fault));
        }
    }

    /// Forgets all injected faults that are left.
    pub fn heal(&self) {
        self.door.send_modify(|door| door.refuse(Some(0)));
        self.tell(Message::Heal);
    }

    /// Cuts all connections and refuses new ones until [`come_up`](Self::come_up). The containers live on.
    pub fn go_down(&self) {
        self.door.send_modify(|door| door.up = false);
    }

    pub fn come_up(&self) {
        self.door.send_modify(|door| door.up = true);
    }

    /// The requests since start (the last 4,096), oldest first.
    pub async fn served(&self) -> Vec<Served> {
        let (reply, answer) = oneshot::channel();
        self.tell(Message::Served(reply));
        answer.await.unwrap_or_default()
    }

    fn tell(&self, message: Message) {
        // The actor outlives every handle unless its runtime was shut down: then nobody is left to be told.
        drop(self.inbox.send(message));
    }
}
