//! A file of this machine as bytes to send: read piece by piece, as fast as they are taken.

use crate::config::Environment;
use crate::domain::{Failure, FailureKind, Progress};
use crate::engine::ByteStream;
use bytes::Bytes;
use futures_util::stream;
use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::Instant;

/// Bytes read at once, and how many such pieces lie ready.
const PIECE: usize = 256 * 1024;
const READY: usize = 4;
/// How far it is is told this often at most.
const TOLD: Duration = Duration::from_millis(100);

/// Where the steps of a long request are told. What nobody takes in time is left out: the next one says more.
#[derive(Clone, Debug)]
pub struct Steps(pub mpsc::Sender<Progress>);

impl Steps {
    pub fn tell(&self, step: Progress) {
        drop(self.0.try_send(step));
    }
}

/// Opens a file, as typed, and reads it as long as somebody takes what is read.
///
/// # Errors
/// `LocalFile` where it cannot be opened; what goes wrong later is in the stream.
pub async fn upload(environment: &Environment, path: &str, steps: Steps) -> Result<ByteStream, Failure> {
    let (place, name) = (environment.expand(path), path.to_owned());
    let (file, size) = super::save::on_disk(move || open(&place, &name)).await?;
    let (sender, receiver) = mpsc::channel(READY);
    let name = path.to_owned();
    // Who gives up drops the receiver, and with it goes the reader.
    tokio::task::spawn_blocking(move || read(file, size, &name, &sender, &steps));
    Ok(Box::pin(stream::unfold(receiver, |mut receiver| async move {
        receiver.recv().await.map(|piece| (piece, receiver))
    })))
}

fn open(place: &std::path::Path, path: &str) -> Result<(File, u64), Failure> {
    let file = File::open(place).map_err(|error| unread(path, &error))?;
    let known = file.metadata().map_err(|error| unread(path, &error))?;
    if known.is_dir() {
        return Err(
            Failure::new(FailureKind::LocalFile, format!("{path} is a folder.")).with_hint("Name an archive in it.")
        );
    }
    Ok((file, known.len()))
}

fn read(mut file: File, size: u64, path: &str, sender: &mpsc::Sender<io::Result<Bytes>>, steps: &Steps) {
    let (mut done, mut told) = (0_u64, Instant::now());
    let mut buffer = vec![0; PIECE];
    loop {
        let piece = match file.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => Ok(Bytes::copy_from_slice(buffer.get(..count).unwrap_or_default())),
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => Err(io::Error::other(unread(path, &error))),
        };
        let is_over = piece.is_err();
        done += piece.as_ref().map_or(0, |piece| piece.len() as u64);
        if sender.blocking_send(piece).is_err() || is_over {
            return;
        }
        if told.elapsed() >= TOLD {
            told = Instant::now();
            steps.tell(sent(done, size));
        }
    }
    steps.tell(sent(done, size));
}

fn sent(done: u64, size: u64) -> Progress {
    Progress { part: "archive".into(), status: "Sending".into(), done, total: size }
}

fn unread(path: &str, error: &io::Error) -> Failure {
    let (sentence, hint) = match error.kind() {
        ErrorKind::NotFound => (format!("There is no file {path}."), "Write its path; ~/ is your home."),
        ErrorKind::PermissionDenied => (format!("{path} may not be read by you."), "Nothing was sent."),
        _ => (format!("{path} cannot be read: {error}."), "The engine has not taken it."),
    };
    Failure::new(FailureKind::LocalFile, sentence).with_hint(hint)
}
