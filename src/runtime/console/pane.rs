//! Sessions in a pane: their tasks on the engine thread, and what they are sent.
//!
//! What a session writes is handed over in pieces of bounded size, of which few wait at a time: whoever floods waits, and
//! keys are taken between two pieces.

mod ending;
mod talk;

use super::open::{self, Opened, Record};
use super::plain::returned;
use crate::app::console::{SessionEnd, SessionId};
use crate::app::effect::{Session, SessionOrder};
use crate::app::msg::SessionPart;
use crate::app::{HostMsg, Msg};
use crate::domain::{ContainerId, Failure, HostId};
use crate::engine::{Console, ConsoleOutput, Engine};
use crate::runtime::spawn::{Outbox, Spawner};
use bytes::Bytes;
use ending::Ending;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use talk::Talk;
use tokio::sync::{Semaphore, mpsc};
use tokio::task::AbortHandle;

/// What the emulator understands.
const TERM: &str = "xterm-256color";
/// Output handed over at once, in bytes.
const PIECE: usize = 16 * 1024;
/// Pieces of one session on their way at a time.
const PIECES: usize = 4;
/// Orders on their way to a session.
const ORDERS: usize = 1024;
/// How long a process that was asked to end may take for it before its terminal hangs up.
const GRACE: Duration = Duration::from_millis(300);
/// How long hanging up and the end that comes of it may take.
const HANGING_UP: Duration = Duration::from_millis(1700);
/// How soon an engine is asked again for what it does not know yet of an end.
const ASK_AGAIN: Duration = Duration::from_millis(100);

/// The sessions in panes, of all hosts.
#[derive(Debug)]
pub struct Panes {
    handles: HashMap<SessionId, Handle>,
    /// Each session with the whole terminal that is still being hung up on holds a sender.
    farewells: (mpsc::Sender<()>, mpsc::Receiver<()>),
}

impl Default for Panes {
    fn default() -> Self {
        Self { handles: HashMap::new(), farewells: mpsc::channel(1) }
    }
}

#[derive(Debug)]
struct Handle {
    orders: mpsc::Sender<SessionOrder>,
    pieces: Arc<Semaphore>,
    task: AbortHandle,
}

/// Which session, of which host.
#[derive(Clone, Debug)]
struct Way {
    host: HostId,
    id: SessionId,
    out: Outbox,
    pieces: Arc<Semaphore>,
}

impl Panes {
    /// Opens a session; what comes of it is told in messages.
    pub fn open(
        &mut self,
        spawner: &Spawner,
        engine: Engine,
        record: Record,
        container: ContainerId,
        id: SessionId,
        what: (Session, (u16, u16)),
    ) {
        self.handles.retain(|_, handle| !handle.task.is_finished());
        let (orders, given) = mpsc::channel(ORDERS);
        let pieces = Arc::new(Semaphore::new(PIECES));
        let host = record.host.clone();
        let waiting = host.clone();
        let answer = move |failure| ended(waiting, id, SessionEnd::Lost(failure));
        let credits = pieces.clone();
        let task = spawner.spawn_awaited(answer, |out| {
            let way = Way { host, id, out, pieces: credits };
            keep(way, engine, (container, record), what, given)
        });
        self.handles.insert(id, Handle { orders, pieces, task });
    }

    /// Hands an order to a session; one that has ended needs none.
    pub fn send(&self, id: SessionId, order: SessionOrder) {
        if let Some(handle) = self.handles.get(&id)
            && let Err(mpsc::error::TrySendError::Full(_)) = handle.orders.try_send(order)
        {
            tracing::warn!("a session does not read what is typed");
        }
    }

    /// Whose output a message is, if any.
    pub fn output_of(msg: &Msg) -> Option<SessionId> {
        match msg {
            Msg::Host(_, HostMsg::Session { id, part: SessionPart::Output(_) }) => Some(*id),
            _ => None,
        }
    }

    /// A piece of output was taken: the next one may come. False when nobody waits for that.
    pub fn taken(&self, id: SessionId) -> bool {
        let handle = self.handles.get(&id);
        handle.inspect(|handle| handle.pieces.add_permits(1)).is_some()
    }

    /// The program waits at its end until this is dropped, for as long as it waits for anything.
    pub fn farewell(&self) -> mpsc::Sender<()> {
        self.farewells.0.clone()
    }

    /// The program ends: every process is asked to end as well, and given a moment for it.
    pub async fn hang_up(&mut self) {
        let (ours, mut farewells) = std::mem::replace(&mut self.farewells, mpsc::channel(1));
        drop(ours);
        for handle in self.handles.values() {
            // Nobody shows any more what they write.
            handle.pieces.add_permits(Semaphore::MAX_PERMITS / 2);
            let _ = handle.orders.try_send(SessionOrder::Close);
        }
        let all = futures_util::future::join_all(self.handles.values().map(|handle| handle.orders.closed()));
        let _ = tokio::time::timeout(GRACE + HANGING_UP, futures_util::future::join(all, farewells.recv())).await;
        self.handles.drain().for_each(|(_, handle)| handle.task.abort());
    }
}

/// The message that a session has ended.
pub(in crate::runtime) fn ended(host: HostId, id: SessionId, end: SessionEnd) -> Msg {
    Msg::Host(host, HostMsg::Session { id, part: SessionPart::Ended(end) })
}

impl Way {
    async fn tell(&self, part: SessionPart) {
        self.out.host(&self.host, HostMsg::Session { id: self.id, part }).await;
    }

    /// Hands output over, piece by piece, as fast as it is taken.
    async fn write(&self, bytes: &[u8]) {
        for piece in bytes.chunks(PIECE) {
            match self.pieces.acquire().await {
                Ok(permit) => permit.forget(),
                Err(_) => return,
            }
            self.tell(SessionPart::Output(piece.to_vec())).await;
        }
    }
}

/// Opens a session and keeps it until it ends.
async fn keep(
    way: Way,
    engine: Engine,
    (container, record): (ContainerId, Record),
    (session, (columns, rows)): (Session, (u16, u16)),
    mut orders: mpsc::Receiver<SessionOrder>,
) {
    let attached = matches!(session, Session::Attach { .. });
    let opening = open::open(engine.clone(), container.clone(), session, TERM.to_owned(), record);
    // What is typed ahead waits; closing does not.
    let mut ahead = Vec::new();
    let opened = {
        tokio::pin!(opening);
        loop {
            tokio::select! {
                opened = &mut opening => break opened,
                order = orders.recv() => match order {
                    Some(SessionOrder::Close) | None => {
                        return way.tell(SessionPart::Ended(SessionEnd::Left { goes_on: false })).await;
                    }
                    Some(order) => ahead.push(order),
                }
            }
        }
    };
    let Opened { console, shell, helper, hang_up } = match opened {
        Ok(opened) => opened,
        Err(failure) => return way.tell(SessionPart::Ended(SessionEnd::Lost(failure))).await,
    };
    way.tell(SessionPart::Opened { shell }).await;
    let Console { output, input, control, tty } = console;
    ahead.insert(0, SessionOrder::Resize { columns, rows });
    let talk = Talk::new(&way, input, &control, tty, attached, hang_up);
    let ending = Ending::new(engine, container, attached);
    let end = tokio::select! {
        result = read(&way, output, tty) => ending.tell(result, &control).await,
        end = talk.listen(ahead, orders) => end,
    };
    if let Some(helper) = helper {
        open::put_away(control, helper).await;
    }
    way.tell(SessionPart::Ended(end)).await;
}

/// Hands over all that the process writes.
async fn read(way: &Way, mut output: ConsoleOutput, tty: bool) -> Result<(), Failure> {
    while let Some(bytes) = output.next().await {
        let bytes: Bytes = bytes?;
        if tty {
            way.write(&bytes).await;
        } else {
            way.write(&returned(&bytes)).await;
        }
    }
    Ok(())
}
