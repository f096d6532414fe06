//! The keyboard while the loop has it: the terminal's events, read by a thread that stops the moment it is told to.
//!
//! Not crossterm's own stream: its thread outlives the stream and takes keys that are meant for whoever got the
//! terminal, and where a key comes together with a change of size or a wake-up, one of them is lost.

use crossterm::event::{self, Event};
use futures_util::Stream;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::fs::File;
use std::io::{self, IsTerminal};
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// This only has to be more than nothing for crossterm to look. When all is read it looks again and again for as long
/// as this says, on a core that the frame may need.
const AT_ONCE: Duration = Duration::from_micros(50);
/// A look that took longer than that before it began, on a busy machine, misses what crossterm has read but not handed
/// out yet. So after input there are more looks, after these milliseconds, before the thread rests.
const AGAIN: [i64; 3] = [10, 30, 100];
/// Those, and the last one before others get the terminal, keep no frame waiting and may take their time.
const UNHURRIED: Duration = Duration::from_millis(2);

/// The terminal's events; ends when the terminal is gone, or has been closed and all that was read is taken.
#[derive(Debug)]
pub struct Input {
    events: UnboundedReceiver<io::Result<Event>>,
    /// Shutting it down ends the thread. `None` where there is no thread.
    stop: Option<(UnixStream, JoinHandle<()>)>,
}

impl Input {
    /// Begins to read. What hinders it is the first event.
    pub fn open() -> Self {
        let (sender, events) = unbounded_channel();
        let stop = start(sender.clone()).map_err(|error| sender.send(Err(error))).ok();
        Self { events, stop }
    }

    /// Reads no further: when this returns, what is typed is left to others. What was read already still comes.
    pub fn close(&mut self) {
        if let Some((stop, thread)) = self.stop.take() {
            let _ = stop.shutdown(std::net::Shutdown::Both);
            let _ = thread.join();
        }
    }
}

impl Drop for Input {
    fn drop(&mut self) {
        self.close();
    }
}

impl Stream for Input {
    type Item = io::Result<Event>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.events.poll_recv(cx)
    }
}

fn start(sender: UnboundedSender<io::Result<Event>>) -> io::Result<(UnixStream, JoinHandle<()>)> {
    let (ours, theirs) = UnixStream::pair()?;
    let terminal = terminal()?;
    let thread = std::thread::Builder::new().name("input".to_owned()).spawn(move || {
        if let Err(error) = read(&terminal, &theirs, &sender) {
            // Nobody may be listening any more.
            let _ = sender.send(Err(error));
        }
    })?;
    Ok((ours, thread))
}

/// What crossterm reads from.
fn terminal() -> io::Result<OwnedFd> {
    let stdin = io::stdin();
    if stdin.is_terminal() { stdin.as_fd().try_clone_to_owned() } else { File::open("/dev/tty").map(OwnedFd::from) }
}

fn read(terminal: &OwnedFd, stop: &UnixStream, sender: &UnboundedSender<io::Result<Event>>) -> io::Result<()> {
    let mut looks = AGAIN.iter();
    loop {
        let pause = looks.as_slice().first().map(|count| Timespec { tv_sec: 0, tv_nsec: count * 1_000_000 });
        let mut watched = [PollFd::new(terminal, PollFlags::IN), PollFd::new(stop, PollFlags::IN)];
        match poll(&mut watched, pause.as_ref()) {
            Ok(_) => {}
            Err(rustix::io::Errno::INTR) => continue,
            Err(error) => return Err(error.into()),
        }
        let [typed, stopped] = &watched;
        if typed.revents().intersects(PollFlags::HUP | PollFlags::ERR) {
            return Ok(());
        }
        if !stopped.revents().is_empty() {
            return hand_on(sender, UNHURRIED).map(drop);
        }
        let is_typed = !typed.revents().is_empty();
        if !is_typed {
            looks.next();
        }
        if hand_on(sender, if is_typed { AT_ONCE } else { UNHURRIED })? {
            looks = AGAIN.iter();
        }
        if sender.is_closed() {
            return Ok(());
        }
    }
}

/// Sends what crossterm has and what it gets within that time; whether it was anything.
fn hand_on(sender: &UnboundedSender<io::Result<Event>>, time: Duration) -> io::Result<bool> {
    let mut is_any = false;
    while event::poll(time)? {
        is_any = true;
        // Nobody may be listening any more, which the caller sees.
        let _ = sender.send(event::read().map(Ok)?);
    }
    Ok(is_any)
}
