//! A socket before an engine's that keeps what the engine answers: what a client made of it is compared with that.

use super::lines::Folder;
use std::path::{Path, PathBuf};
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::mpsc;

/// Open as long as this is kept.
#[derive(Debug)]
pub struct Tap {
    folder: Folder,
    heard: mpsc::UnboundedReceiver<(usize, Vec<u8>)>,
}

impl Tap {
    pub fn before(socket: PathBuf) -> Self {
        let folder = Folder::new();
        let listener = UnixListener::bind(folder.0.join("tap.sock")).expect("a socket");
        let (told, heard) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            let mut connection = 0;
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(carry(client, socket.clone(), connection, told.clone()));
                connection += 1;
            }
        });
        Self { folder, heard }
    }

    pub fn socket(&self) -> PathBuf {
        self.folder.0.join("tap.sock")
    }

    /// The longest body that came so far, of any connection; without its chunks where it came in such.
    pub fn longest_body(&mut self) -> Vec<u8> {
        let mut answers: Vec<Vec<u8>> = Vec::new();
        while let Ok((connection, bytes)) = self.heard.try_recv() {
            answers.resize(answers.len().max(connection + 1), Vec::new());
            answers[connection].extend_from_slice(&bytes);
        }
        answers.iter().map(|answer| body(answer)).max_by_key(Vec::len).unwrap_or_default()
    }
}

async fn carry(
    client: UnixStream,
    to: impl AsRef<Path>,
    connection: usize,
    told: mpsc::UnboundedSender<(usize, Vec<u8>)>,
) {
    let Ok(engine) = UnixStream::connect(to).await else { return };
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_engine, mut to_engine) = engine.into_split();
    let asking = async {
        let _ = copy(&mut from_client, &mut to_engine).await;
        let _ = to_engine.shutdown().await;
    };
    let answering = async {
        let mut buffer = vec![0; 64 * 1024];
        while let Ok(read @ 1..) = from_engine.read(&mut buffer).await {
            // Told first: who reads it has all that the client can know.
            if told.send((connection, buffer[..read].to_vec())).is_err()
                || to_client.write_all(&buffer[..read]).await.is_err()
            {
                return;
            }
        }
        let _ = to_client.shutdown().await;
    };
    tokio::join!(asking, answering);
}

/// The body of the only answer of a connection.
fn body(answer: &[u8]) -> Vec<u8> {
    let Some(end) = answer.windows(4).position(|part| part == b"\r\n\r\n") else { return Vec::new() };
    let (head, mut rest) = answer.split_at(end + 4);
    if !String::from_utf8_lossy(head).to_lowercase().contains("transfer-encoding: chunked") {
        return rest.to_vec();
    }
    let mut body = Vec::new();
    while let Some(line) = rest.windows(2).position(|part| part == b"\r\n") {
        let size = usize::from_str_radix(&String::from_utf8_lossy(&rest[..line]), 16).unwrap_or(0);
        let data = &rest[line + 2..];
        body.extend_from_slice(&data[..size.min(data.len())]);
        if size == 0 || data.len() < size + 2 {
            break;
        }
        rest = &data[size + 2..];
    }
    body
}
