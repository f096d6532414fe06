//! Everything in a volume as an archive: read from it, put into a new one, through helper containers.

use super::Engine;
use super::body::ByteStream;
use super::call::{Call, Wait};
use super::direct::DirectBody;
use super::files::{stat, unwritten};
use super::image_files::TAR;
use super::volume_helper::{Access, VolumeHelper};
use super::volume_root;
use crate::domain::text::long_bytes;
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
    body: DirectBody,
    helper: VolumeHelper,
}

impl VolumeArchive {
    /// What comes, and the helper that it comes through: to be removed when all has come.
    pub fn apart(self) -> (DirectBody, VolumeHelper) {
        (self.body, self.helper)
    }
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
        let (headers, body) = self.direct_body(call.wait(Wait::Forever)).await?;
        // Podman tells of what is in the folder and not of the folder itself.
        let root = stat::read(&headers).ok().filter(|root| !root.tells_owner).and_then(|root| volume_root::told(&root));
        let body = match root {
            Some(root) => body.behind(root.into()),
            None => body,
        };
        Ok(VolumeArchive { body, helper })
    }

    /// `POST /volumes/create`, `PUT /containers/{helper}/archive`: a new volume with what is in the archive, or none at all.
    ///
    /// # Errors
    /// `Conflict` where there is a volume of that name.
    pub async fn fill_volume(&self, spec: &VolumeSpec, archive: ByteStream) -> Result<VolumeName, Failure> {
        let name = self.create_volume(spec).await?;
        let mut made = Unfinished { engine: self.clone(), name: name.clone(), helper: None, is_whole: false };
        let filled = self.fill(&mut made, archive).await;
        let helper = made.helper.take();
        let removed = match helper {
            Some(helper) => helper.remove().await,
            None => Ok(()),
        };
        made.is_whole = true;
        if let Err(failure) = filled {
            // What cannot be removed is seen in the list.
            let _ = self.ask(Call::new(Method::DELETE, &["volumes", name.as_str()])).await;
            return Err(failure);
        }
        removed.map(|()| name)
    }

    async fn fill(&self, made: &mut Unfinished, archive: ByteStream) -> Result<(), Failure> {
        let helper = made.helper.insert(self.volume_helper(&made.name, Access::Write).await?);
        let put = |path| Call::new(Method::PUT, &["containers", helper.id().as_str(), "archive"]).query("path", path);
        let (archive, begun) = volume_root::watched(archive);
        self.ask(put(VolumeHelper::ROOT).body_stream(TAR, archive)).await.map_err(unpacked)?;
        // Docker leaves the folder alone that it unpacks into; seen from above it is one like the others. Podman has taken it, and
        // to it what is seen from above is another folder, in the container.
        if let Some(root) = volume_root::of(begun) {
            let root: ByteStream = Box::pin(stream::once(async { Ok(root.into()) }));
            self.ask(put("/").body_stream(TAR, root)).await.map_err(unpacked)?;
        }
        Ok(())
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

/// Why an archive could not be unpacked, in plain words.
fn unpacked(failure: Failure) -> Failure {
    if failure.kind == FailureKind::LocalFile {
        return failure;
    }
    let failure = unwritten(failure);
    let words = failure.sentence.to_lowercase();
    let has = |signs: &[&str]| signs.iter().any(|sign| words.contains(sign));
    // Podman tells its own request before the reason.
    let reason = failure.sentence.rsplit("}: ").next().unwrap_or_default();
    if has(&["invalid symlink", "breakout"]) {
        let sentence = format!("Docker takes no link that leads out of a volume: {reason}.");
        return Failure::new(FailureKind::Engine, sentence)
            .with_hint("Remove or change that link. No volume stays of it.");
    }
    if has(&["invalid tar header", "unexpected eof", "no tar", "not a tar", "bulk transfer", "processing tar"]) {
        return Failure::new(FailureKind::Engine, format!("The engine cannot unpack the archive: {reason}."))
            .with_hint("It may be damaged, or be no tar file. No volume stays of it.");
    }
    failure
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
    Progress { part: "volume".into(), status: format!("{} copied", long_bytes(bytes)).into(), done: 0, total: 0 }
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
    /// Where it did not: what goes wrong in the middle stands where the archive should go on, in the engine's words.
    pub fn check(&self) -> Result<(), Failure> {
        if self.tail.len() == END && self.tail.iter().all(|byte| *byte == 0) {
            return Ok(());
        }
        let text = String::from_utf8_lossy(&self.tail);
        let told = text.rfind("{\"errorDetail\"").and_then(|at| text.get(at..));
        let told = told.and_then(|json| serde_json::from_str::<serde_json::Value>(json.trim()).ok());
        let failure = match told.as_ref().and_then(|value| value.get("error")?.as_str()) {
            Some(words) => Failure::new(FailureKind::Engine, words),
            None => Failure::new(FailureKind::Lost, "The archive has no end: the engine stopped in the middle."),
        };
        Err(failure.with_hint("Nothing was kept of it. Try again."))
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
        end.see(b"{\"errorDetail\":{},\"error\":\"read error\"}\r\n");
        assert_eq!(end.check().unwrap_err().sentence, "read error");
        let mut short = ArchiveEnd::default();
        short.see(&[0; 512]);
        assert!(short.check().is_err());
    }
}
