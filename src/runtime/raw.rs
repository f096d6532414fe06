//! Sends what was typed in the API console, and tells what comes back as it comes.

use super::spawn::Outbox;
use crate::app::HostMsg;
use crate::domain::{Failure, HostId, RawRequest};
use crate::engine::Engine;
use tokio::sync::mpsc;

/// Pieces of an answer that wait to be told; who brings more waits in turn.
const WAITING: usize = 8;

/// Sends it, and tells its answer and how that ended.
pub(super) async fn send(host: &HostId, engine: &Engine, raw: &RawRequest, out: &Outbox) -> Result<(), Failure> {
    let (sender, mut parts) = mpsc::channel(WAITING);
    let sending = async {
        let sender = sender;
        engine.raw(raw, &sender).await
    };
    let telling = async {
        while let Some(part) = parts.recv().await {
            out.host(host, HostMsg::Raw(raw.serial, part)).await;
        }
    };
    let (ended, ()) = tokio::join!(sending, telling);
    out.host(host, HostMsg::RawEnded(raw.serial, ended.clone())).await;
    ended
}
