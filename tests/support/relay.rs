//! A socket that leads to an engine and holds back what goes beyond so many bytes: what is under way there stays so.

use super::lines::Folder;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::watch;

/// For as long as it is there.
pub struct Relay {
    folder: Folder,
    sent: Arc<AtomicU64>,
    cut: watch::Sender<bool>,
}

impl Relay {
    /// Of each connection, this many bytes reach the engine and this many come back.
    pub fn new(engine: PathBuf, to: u64, back: u64) -> Self {
        let folder = Folder::new();
        let listener = UnixListener::bind(folder.0.join("relay.sock")).expect("a socket");
        let (sent, (cut, is_cut)) = (Arc::new(AtomicU64::new(0)), watch::channel(false));
        let counted = sent.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let Ok(engine) = UnixStream::connect(&engine).await else { continue };
                let (counted, mut is_cut) = (counted.clone(), is_cut.clone());
                tokio::spawn(async move {
                    tokio::select! {
                        () = relayed((client, engine), (to, back), &counted) => {}
                        _ = is_cut.wait_for(|is_cut| *is_cut) => {}
                    }
                });
            }
        });
        Self { folder, sent, cut }
    }

    pub fn socket(&self) -> PathBuf {
        self.folder.0.join("relay.sock")
    }

    /// A folder that goes with it.
    pub fn folder(&self) -> &Path {
        &self.folder.0
    }

    /// Bytes that reached the engine over all connections.
    pub fn sent(&self) -> u64 {
        self.sent.load(Ordering::Relaxed)
    }

    /// Breaks every connection.
    pub fn cut(&self) {
        self.cut.send_replace(true);
    }
}

/// Until either side ends the connection.
async fn relayed((client, engine): (UnixStream, UnixStream), (to, back): (u64, u64), sent: &AtomicU64) {
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_engine, mut to_engine) = engine.into_split();
    let returned = AtomicU64::new(0);
    let there = async {
        copy(&mut from_client, &mut to_engine, to, sent).await;
        // The rest comes from the client and goes nowhere: that it leaves is to be seen.
        let _ = tokio::io::copy(&mut from_client, &mut tokio::io::sink()).await;
    };
    let back = async {
        if copy(&mut from_engine, &mut to_client, back, &returned).await {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        () = there => {}
        () = back => {}
    }
}

/// Copies up to so many bytes; whether there were as many.
async fn copy(
    from: &mut (impl AsyncRead + Unpin),
    to: &mut (impl AsyncWrite + Unpin),
    most: u64,
    count: &AtomicU64,
) -> bool {
    let mut left = most;
    let mut buffer = vec![0; 64 * 1024];
    while left > 0 {
        match from.read(&mut buffer).await {
            Ok(read) if read > 0 && to.write_all(&buffer[..read]).await.is_ok() => {
                left = left.saturating_sub(read as u64);
                count.fetch_add(read as u64, Ordering::Relaxed);
            }
            _ => return false,
        }
    }
    true
}
