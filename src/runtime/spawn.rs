//! Starts tasks on the engine thread; one that panics becomes a notice.

use super::Inward;
use crate::app::{HostMsg, Msg};
use crate::domain::{Failure, FailureKind, HostId};
use futures_util::FutureExt;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use tokio::runtime::Handle;
use tokio::sync::mpsc::Sender;
use tokio::task::{AbortHandle, JoinHandle};

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
        Self { engines, outbox: Outbox::new(sender) }
    }

    /// Runs a function that starts tasks of its own on the engine thread.
    pub fn enter<T>(&self, start: impl FnOnce() -> T) -> T {
        let _entered = self.engines.enter();
        start()
    }

    /// Starts something whose outcome nobody waits for.
    pub fn start(&self, task: impl Future<Output = ()> + Send + 'static) {
        drop(self.detach(Box::pin(task)));
    }

    /// Runs something on the engine thread and waits for it here; it ends when nobody waits any more.
    pub async fn run<T: Send + 'static>(&self, task: impl Future<Output = T> + Send + 'static) -> Result<T, Failure> {
        let panicked =
            |_| Failure::new(FailureKind::Malformed, "A part of the program failed; the log file has the details.");
        let mut task = Abandoned(self.engines.spawn(task));
        (&mut task.0).await.map_err(panicked)
    }

    /// Runs a task that is given the way to send its findings. One that nobody waits for.
    pub fn spawn<F>(&self, task: impl FnOnce(Outbox) -> F) -> AbortHandle
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.spawn_awaited(Msg::Trouble, task)
    }

    /// Runs a task whose answer is waited for: should it panic, `answer` is sent in its place.
    pub fn spawn_awaited<F>(
        &self,
        answer: impl FnOnce(Failure) -> Msg + Send + 'static,
        task: impl FnOnce(Outbox) -> F,
    ) -> AbortHandle
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let task = Box::pin(task(self.outbox.clone()));
        self.detach(Box::pin(guarded(task, Box::new(answer), self.outbox.clone())))
    }

    /// All tasks that send what they find are one type to the scheduler, or its machinery would be built into the program
    /// for each of them.
    fn detach(&self, task: Task) -> AbortHandle {
        self.engines.spawn(task).abort_handle()
    }
}

type Task = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Runs `task`; should it panic, `answer` is sent.
async fn guarded(task: Task, answer: Box<dyn FnOnce(Failure) -> Msg + Send>, outbox: Outbox) {
    if let Err(panic) = AssertUnwindSafe(task).catch_unwind().await {
        let words = panic_words(&*panic);
        tracing::error!("a task panicked: {words}");
        let failure = Failure::new(FailureKind::Malformed, format!("A part of the program failed: {words}."))
            .with_hint("The rest goes on. The log file has the details; please report it.");
        outbox.msg(answer(failure)).await;
    }
}

/// Ends with who waits for it.
struct Abandoned<T>(JoinHandle<T>);

impl<T> Drop for Abandoned<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Outbox {
    pub fn new(sender: Sender<Inward>) -> Self {
        Self(sender)
    }

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

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::sync::mpsc;

    #[tokio::test]
    async fn whoever_waits_for_a_task_that_panics_gets_an_answer() {
        let (sender, mut told) = mpsc::channel(1);
        let spawner = Spawner::new(Handle::current(), sender);
        let host = HostId::new("local");
        let answer = move |failure| Msg::Host(host, HostMsg::Images(Err(failure)));
        spawner.spawn_awaited(answer, |_| async { panic!("on purpose") });
        let Some(Inward::Msg(Msg::Host(_, HostMsg::Images(Err(failure))))) = told.recv().await else { panic!() };
        assert!(failure.sentence.contains("on purpose"));
    }
}
