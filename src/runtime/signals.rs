//! The signals that end the program.

#[cfg(unix)]
use futures_util::FutureExt;
use std::io;
#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};

/// The signals that end the program.
pub(super) struct Signals {
    #[cfg(unix)]
    terminate: Signal,
    #[cfg(unix)]
    hangup: Signal,
    /// While the terminal is ours Ctrl-c is a key: this comes from somebody else.
    #[cfg(unix)]
    interrupt: Signal,
}

#[cfg(unix)]
impl Signals {
    pub fn new() -> io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            hangup: signal(SignalKind::hangup())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    pub async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.hangup.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }

    /// While somebody else has the terminal Ctrl-c is for them, and reaches us as well.
    pub async fn but_interrupts(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.hangup.recv() => {}
        }
    }

    /// Those that came meanwhile were not meant for us.
    pub fn forget_interrupts(&mut self) {
        while self.interrupt.recv().now_or_never().flatten().is_some() {}
    }
}

/// Notices that the program goes on after it was stopped, by whoever. The terminal was somebody else's meanwhile: a shell
/// that does not wait for us any more takes it without a word.
pub(super) struct Resumptions(#[cfg(unix)] Signal);

#[cfg(unix)]
impl Resumptions {
    pub fn new() -> io::Result<Self> {
        signal(SignalKind::from_raw(rustix::process::Signal::CONT.as_raw())).map(Self)
    }

    /// The next one.
    pub async fn next(&mut self) {
        self.0.recv().await;
    }
}

#[cfg(not(unix))]
impl Resumptions {
    pub fn new() -> io::Result<Self> {
        Ok(Self())
    }

    pub async fn next(&mut self) {
        std::future::pending().await
    }
}

#[cfg(not(unix))]
impl Signals {
    pub fn new() -> io::Result<Self> {
        Ok(Self {})
    }

    pub async fn next(&mut self) {
        std::future::pending().await
    }

    pub async fn but_interrupts(&mut self) {
        std::future::pending().await
    }

    pub fn forget_interrupts(&mut self) {}
}
