//! A server for tests that answers each connection with prepared bytes, over an in-memory stream.

use super::{Deadlines, Dialer, Engine};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// What one connection does after the head of a request has come.
#[derive(Clone)]
pub enum Script {
    /// Writes the pieces, one after the other, and closes.
    Pieces(Vec<Vec<u8>>),
    /// Writes the bytes, then gives back what it reads.
    Echo(Vec<u8>),
    /// Never answers.
    Silence,
}

/// An engine whose connections follow `scripts` in order (the last one again and again), and the heads it was sent.
pub fn engine(scripts: Vec<Script>) -> (Engine, UnboundedReceiver<String>) {
    let (heads, received) = unbounded_channel();
    let count = Arc::new(AtomicUsize::new(0));
    let dialer = Dialer::Memory(Arc::new(move || {
        let (client, server) = tokio::io::duplex(64 * 1024);
        let index = count.fetch_add(1, Ordering::Relaxed).min(scripts.len() - 1);
        tokio::spawn(serve(server, scripts[index].clone(), heads.clone()));
        Ok(client)
    }));
    let deadlines = Deadlines { answer: Duration::from_secs(7), ..Deadlines::default() };
    (Engine::with_deadlines(dialer, deadlines), received)
}

/// An answer with a length, which closes the connection.
pub fn answer(status: &str, headers: &str, body: &str) -> Script {
    let length = body.len();
    Script::Pieces(vec![
        format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n{body}")
            .into_bytes(),
    ])
}

async fn serve(mut stream: DuplexStream, script: Script, heads: UnboundedSender<String>) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => return,
        }
    }
    // A test that has seen enough does not listen any more.
    let _ = heads.send(String::from_utf8(head).unwrap());
    match script {
        Script::Pieces(pieces) => {
            for piece in pieces {
                if stream.write_all(&piece).await.is_err() {
                    return;
                }
                tokio::task::yield_now().await;
            }
        }
        Script::Echo(bytes) => {
            stream.write_all(&bytes).await.unwrap();
            let (mut reader, mut writer) = tokio::io::split(stream);
            let _ = tokio::io::copy(&mut reader, &mut writer).await;
        }
        Script::Silence => std::future::pending().await,
    }
}
