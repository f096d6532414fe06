//! Everything in a volume as an archive: read from it, put into a new one, through helper containers.

use super::Engine;
use super::body::ByteStream;
use super::call::{Call, Wait};
use super::direct::DirectBody;
use super::image_files::TAR;
use super::volume_helper::{Access, VolumeHelper};
use crate::domain::text::compact_bytes;
use crate::domain::{Failure, FailureKind, Progress, VolumeName, VolumeSpec};
use futures_util::{StreamExt, stream};
use hyper::Method;
use std::io;
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::mpsc;
use tokio::time::Instant;

/// How far it is is told this often at most.
const TOLD: Duration = Duration::from_millis(100);
/// Steps that wait to be told.
const STEPS: usize = 16;

/// What is in a volume as it comes; the helper lives as long as it is read.
#[derive(Debug)]
pub struct VolumeArchive {
    pub body: DirectBody,
    _helper: VolumeHelper,
}

/// A volume that is being filled. Dropped before it is whole, it goes, and its helper before it.
#[derive(Debug)]
struct Unfinished {
    engine: Engine,
    name: VolumeName,
    helper: Option<VolumeHelper>,
    is_whole: bool,
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if self.is_whole {
            return;
        }
        let (engine, name, helper) = (self.engine.clone(), self.name.clone(), self.helper.take());
        let Ok(runtime) = Handle::try_current() else { return };
        runtime.spawn(async move {
            if let Some(helper) = helper {
                let _ = helper.remove().await;
            }
            // What cannot be removed is seen in the list.
            let _ = engine.ask(Call::new(Method::DELETE, &["volumes", name.as_str()])).await;
        });
    }
}

impl Engine {
    /// `GET /containers/{helper}/archive`: paths in it are relative to the volume's root.
    ///
    /// # Errors
    /// `NotFound` where there is no such volume, or no image for the helper.
    pub async fn volume_archive(&self, name: &VolumeName) -> Result<VolumeArchive, Failure> {
        let helper = self.volume_helper(name, Access::Read).await?;
        let path = format!("{}/.", VolumeHelper::ROOT);
        let call = Call::get(&["containers", helper.id().as_str(), "archive"]).query("path", &path);
        let (_, body) = self.direct_body(call.wait(Wait::Forever)).await?;
        Ok(VolumeArchive { body, _helper: helper })
    }

    /// `POST /volumes/create`, `PUT /containers/{helper}/archive`: a new volume with what is in the archive, or none at all.
    ///
    /// # Errors
    /// `Conflict` where there is a volume of that name.
    pub async fn fill_volume(&self, spec: &VolumeSpec, archive: ByteStream) -> Result<VolumeName, Failure> {
        let name = self.create_volume(spec).await?;
        let mut made = Unfinished { engine: self.clone(), name: name.clone(), helper: None, is_whole: false };
        let helper = self.volume_helper(&name, Access::Write).await?;
        let call = Call::new(Method::PUT, &["containers", helper.id().as_str(), "archive"]);
        made.helper = Some(helper);
        self.ask(call.query("path", VolumeHelper::ROOT).body_stream(TAR, archive)).await?;
        made.is_whole = true;
        if let Some(helper) = made.helper.take() {
            helper.remove().await?;
        }
        Ok(name)
    }

    /// Everything in a volume into a new one.
    pub(super) async fn clone_volume(
        &self,
        from: &VolumeName,
        to: &VolumeSpec,
        mut progress: impl FnMut(Progress) + Send,
    ) -> Result<VolumeName, Failure> {
        let archive = self.volume_archive(from).await?;
        let (sender, mut steps) = mpsc::channel(STEPS);
        let filling = self.fill_volume(to, counted(archive, sender));
        tokio::pin!(filling);
        loop {
            tokio::select! {
                done = &mut filling => return done,
                Some(step) = steps.recv() => progress(step),
            }
        }
    }
}

/// The archive as bytes to send; how much has gone is told now and then. An archive that has no end is a failure.
fn counted(archive: VolumeArchive, steps: mpsc::Sender<Progress>) -> ByteStream {
    let state = (archive, ArchiveEnd::default(), 0_u64, Instant::now());
    let pieces = stream::unfold(Some(state), move |state| {
        let steps = steps.clone();
        async move {
            let (mut archive, mut end, mut bytes, mut told) = state?;
            match archive.body.piece().await {
                Some(Ok(piece)) => {
                    end.see(&piece);
                    bytes += piece.len() as u64;
                    if told.elapsed() >= TOLD {
                        told = Instant::now();
                        drop(steps.try_send(copied(bytes)));
                    }
                    Some((Ok(piece), Some((archive, end, bytes, told))))
                }
                Some(Err(failure)) => Some((Err(io::Error::other(failure)), None)),
                None => end.check().err().map(|failure| (Err(io::Error::other(failure)), None)),
            }
        }
    });
    pieces.boxed()
}

fn copied(bytes: u64) -> Progress {
    Progress { part: "volume".into(), status: format!("{} copied", compact_bytes(bytes)).into(), done: 0, total: 0 }
}

/// Whether an archive came to its end: engines that fail in the middle simply stop, or add words of their own.
#[derive(Debug, Default)]
pub struct ArchiveEnd {
    tail: Vec<u8>,
}

/// What an archive ends with: so many bytes of nothing.
const END: usize = 1024;

impl ArchiveEnd {
    pub fn see(&mut self, piece: &[u8]) {
        self.tail.extend_from_slice(piece.get(piece.len().saturating_sub(END)..).unwrap_or_default());
        self.tail.drain(..self.tail.len().saturating_sub(END));
    }

    /// # Errors
    /// `Lost` where it did not.
    pub fn check(&self) -> Result<(), Failure> {
        match self.tail.len() == END && self.tail.iter().all(|byte| *byte == 0) {
            true => Ok(()),
            false => {
                let sentence = "The archive has no end: the engine stopped in the middle.";
                Err(Failure::new(FailureKind::Lost, sentence).with_hint("Nothing was kept of it. Try again."))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_archive_ends_with_nothing_however_it_is_cut() {
        let mut end = ArchiveEnd::default();
        end.see(b"data");
        assert!(end.check().is_err());
        (0..4).for_each(|_| end.see(&[0; 256]));
        assert!(end.check().is_ok());
        end.see(b"{\"message\":\"read error\"}");
        assert!(end.check().is_err());
        let mut short = ArchiveEnd::default();
        short.see(&[0; 512]);
        assert!(short.check().is_err());
    }
}
