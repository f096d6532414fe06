//! Starts tasks on the engine thread; one that panics becomes a notice.

use super::Inward;
use crate::app::{HostMsg, Msg};
use crate::domain::{Failure, FailureKind, HostId};
use futures_util::FutureExt;
use std::panic::AssertUnwindSafe;
use tokio::runtime::Handle;
use tokio::sync::mpsc::Sender;
use tokio::task::AbortHandle;

/// Where tasks run and where they send what they found.
#[derive(Clone, Debug)]
pub(super) struct Spawner {
    engines: Handle,
    outbox: Outbox,
}

/// The tasks' end of the loop's inbox. Sending waits while the loop is behind, which is what bounds memory.
#[derive(Clone, Debug)]
pub(super) struct Outbox(Sender<Inward>);

impl Spawner {
    pub fn new(engines: Handle, sender: Sender<Inward>) -> Self {
        Self { engines, outbox: Outbox(sender) }
    }

    /// Runs a function that starts tasks of its own on the engine thread.
    pub fn enter<T>(&self, start: impl FnOnce() -> T) -> T {
        let _entered = self.engines.enter();
        start()
    }

    /// Starts something whose outcome nobody waits for.
    pub fn start(&self, task: impl Future<Output = ()> + Send + 'static) {
        drop(self.engines.spawn(task));
    }

    /// Runs something on the engine thread and waits for it here.
    pub async fn run<T: Send + 'static>(&self, task: impl Future<Output = T> + Send + 'static) -> Result<T, Failure> {
        let panicked =
            |_| Failure::new(FailureKind::Malformed, "A part of the program failed; the log file has the details.");
        self.engines.spawn(task).await.map_err(panicked)
    }

    /// Runs a task that is given the way to send its findings.
    pub fn spawn<F>(&self, task: impl FnOnce(Outbox) -> F) -> AbortHandle
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let outbox = self.outbox.clone();
        let task = AssertUnwindSafe(task(outbox.clone())).catch_unwind();
        let guarded = async move {
            if let Err(panic) = task.await {
                let words = panic_words(&*panic);
                tracing::error!("a task panicked: {words}");
                let failure = Failure::new(FailureKind::Malformed, format!("A part of the program failed: {words}."))
                    .with_hint("The rest goes on. The log file has the details; please report it.");
                outbox.msg(Msg::Trouble(failure)).await;
            }
        };
        self.engines.spawn(guarded).abort_handle()
    }
}

impl Outbox {
    /// Sends a message; when the loop has ended, nobody needs it.
    pub async fn msg(&self, msg: Msg) {
        self.inward(Inward::Msg(msg)).await;
    }

    pub async fn host(&self, host: &HostId, msg: HostMsg) {
        self.msg(Msg::Host(host.clone(), msg)).await;
    }

    pub async fn inward(&self, inward: Inward) {
        let _ = self.0.send(inward).await;
    }
}

fn panic_words(panic: &(dyn std::any::Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("it panicked")
}
