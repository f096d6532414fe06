//! The thread in which engines are spoken to: a current-thread runtime of its own.

use std::io;
use std::thread::JoinHandle;
use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;

/// Owns the thread and its runtime; dropping it ends both, and every task spawned onto it.
#[derive(Debug)]
pub struct EngineThread {
    handle: Handle,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl EngineThread {
    /// Starts the thread. Fails where the system gives no thread or no event queue.
    pub fn start() -> io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let handle = runtime.handle().clone();
        let (stop, stopped) = oneshot::channel::<()>();
        let thread = std::thread::Builder::new().name("engine".into()).spawn(move || {
            // Also ends when the sender is dropped.
            let _ = runtime.block_on(stopped);
            // A name look-up that hangs must not hold up the end of the program.
            runtime.shutdown_background();
        })?;
        Ok(Self { handle, stop: Some(stop), thread: Some(thread) })
    }

    /// Where to spawn what talks to engines.
    pub fn handle(&self) -> &Handle {
        &self.handle
    }
}

impl Drop for EngineThread {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            // A panic in there has been reported by its task already.
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dropping_the_thread_ends_its_tasks() {
        let thread = EngineThread::start().unwrap();
        let (held, mut seen) = oneshot::channel::<()>();
        thread.handle().spawn(async move {
            std::future::pending::<()>().await;
            drop(held);
        });
        let name = thread.handle().spawn(async { std::thread::current().name().map(str::to_owned) });
        let name = Builder::new_current_thread().build().unwrap().block_on(name).unwrap();
        assert_eq!(name.as_deref(), Some("engine"));
        drop(thread);
        assert_eq!(seen.try_recv(), Err(oneshot::error::TryRecvError::Closed));
    }
}
