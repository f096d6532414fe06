//! The requests of a line and what came of them, gathered for the request log.

use crate::app::HostMsg;
use crate::domain::{Exchange, HostId};
use crate::runtime::clock::Clock;
use crate::runtime::spawn::Outbox;
use std::time::Duration;
use tokio::sync::mpsc::Receiver;
use tokio::time::Instant;

/// They are told together this often at most: nobody is to pay for a log that is not looked at.
const GATHERED: Duration = Duration::from_millis(500);
/// Requests that wait to be gathered; what is more is left out.
pub const QUEUED: usize = 256;

/// Tells them until the line is given up.
pub async fn tell(host: HostId, mut exchanges: Receiver<Exchange>, clock: Clock, out: Outbox) {
    let mut gathered = Vec::new();
    let mut due = Instant::now();
    loop {
        tokio::select! {
            exchange = exchanges.recv() => {
                let Some(exchange) = exchange else { return };
                if gathered.is_empty() {
                    due = Instant::now() + GATHERED;
                }
                gathered.push((clock.now().minus(exchange.elapsed), exchange));
            }
            () = tokio::time::sleep_until(due), if !gathered.is_empty() => {
                out.host(&host, HostMsg::Exchanged(std::mem::take(&mut gathered))).await;
            }
        }
    }
}
