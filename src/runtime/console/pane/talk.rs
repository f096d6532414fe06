//! The side of a session that types: what is typed on its way to the process, and the process asked to end.

use super::super::open::tell_sizes;
use super::super::plain::PlainLine;
use super::{ASK_AGAIN, GRACE, HANGING_UP, Way};
use crate::app::console::SessionEnd;
use crate::app::effect::SessionOrder;
use crate::engine::{ConsoleControl, ConsoleInput, HangUp};
use tokio::io::AsyncWriteExt;
use tokio::sync::{mpsc, watch};

/// Bytes that wait for a process that does not read; a terminal drops what comes after that as well.
const MOST_WAITING: usize = 1 << 20;
/// Ctrl-C for what runs, then the end of input for its shell.
const PLEASE_END: &[u8] = b"\x03\x04";

/// The side of a session that types. What a process does not read yet waits; orders do not wait for it.
pub struct Talk<'a> {
    way: &'a Way,
    input: ConsoleInput,
    control: &'a ConsoleControl,
    tty: bool,
    attached: bool,
    hang_up: Option<HangUp>,
    /// What is typed before it is a whole line, where there is no terminal that would keep it.
    line: PlainLine,
    /// Typed, and not sent yet.
    waiting: Vec<u8>,
    is_flushed: bool,
    /// The end of the input is to be sent after what waits.
    is_ending: bool,
    /// The size of its screen; told to the engine one after the other, so that the last one holds.
    size: watch::Sender<(u16, u16)>,
}

impl<'a> Talk<'a> {
    pub fn new(
        way: &'a Way,
        input: ConsoleInput,
        control: &'a ConsoleControl,
        tty: bool,
        attached: bool,
        hang_up: Option<HangUp>,
    ) -> Self {
        let (size, sizes) = watch::channel((0, 0));
        tokio::spawn(tell_sizes(control.clone(), sizes));
        let (line, waiting) = (PlainLine::default(), Vec::new());
        Self { way, input, control, tty, attached, hang_up, line, waiting, is_flushed: true, is_ending: false, size }
    }

    /// Carries out orders until the session is closed; then tells what became of its process.
    pub async fn listen(mut self, ahead: Vec<SessionOrder>, mut orders: mpsc::Receiver<SessionOrder>) -> SessionEnd {
        let mut ahead = ahead.into_iter();
        loop {
            let next = match ahead.next() {
                Some(order) => Some(order),
                None => tokio::select! {
                    order = orders.recv() => order,
                    () = self.get_on() => continue,
                },
            };
            match next {
                Some(SessionOrder::Type(bytes)) => self.take(&bytes).await,
                Some(SessionOrder::Resize { columns, rows }) => {
                    self.size.send_replace((columns, rows));
                }
                Some(SessionOrder::Close) | None => return self.close().await,
            }
        }
    }

    async fn take(&mut self, bytes: &[u8]) {
        if self.waiting.len() > MOST_WAITING {
            return tracing::warn!("a session does not read what is typed");
        }
        if self.tty {
            return self.waiting.extend_from_slice(bytes);
        }
        let typed = self.line.take(bytes);
        self.way.write(&typed.echo).await;
        self.waiting.extend_from_slice(&typed.whole);
        self.is_ending |= typed.is_end;
    }

    /// Gets on with what is to be sent, if anything is. May be dropped and asked again. The process may have ended while
    /// somebody typed: its last words and its exit code still come.
    async fn get_on(&mut self) {
        if !self.waiting.is_empty() {
            let sent = self.input.write(&self.waiting).await;
            self.waiting.drain(..sent.unwrap_or(self.waiting.len()));
            self.is_flushed = false;
        } else if !self.is_flushed {
            let _ = self.input.flush().await;
            self.is_flushed = true;
        } else if self.is_ending {
            let _ = self.input.shutdown().await;
            self.is_ending = false;
        } else {
            std::future::pending().await
        }
    }

    /// Asks the process to end, and hangs up on one that does not, such as an editor: dropping the connection alone would leave
    /// it running.
    async fn close(mut self) -> SessionEnd {
        if self.attached {
            return SessionEnd::Left { goes_on: false };
        }
        let asking = async {
            if self.tty {
                let _ = self.input.send(PLEASE_END).await;
            } else {
                let _ = self.input.shutdown().await;
            }
            until_ended(self.control).await;
        };
        if tokio::time::timeout(GRACE, asking).await.is_ok() {
            return SessionEnd::Left { goes_on: false };
        }
        let hanging_up = async {
            if let Some(hang_up) = &self.hang_up
                && let Err(failure) = hang_up.send(self.control.engine()).await
            {
                tracing::warn!("a session is not hung up on: {}", failure.sentence);
            }
            until_ended(self.control).await;
        };
        let in_time = tokio::time::timeout(HANGING_UP, hanging_up).await.is_ok();
        SessionEnd::Left { goes_on: !in_time }
    }
}

async fn until_ended(control: &ConsoleControl) {
    while let Ok(None) = control.exit_code().await {
        tokio::time::sleep(ASK_AGAIN).await;
    }
}
