//! Mode, owner and time of a volume's own folder, as the begin of an archive tells them.

use super::body::ByteStream;
use super::volume_helper::VolumeHelper;
use crate::domain::FileStat;
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;
use jiff::Timestamp;
use std::io;
use tar::{Archive, Builder, EntryType, Header};
use tokio::sync::oneshot;

/// Bytes of the begin that are looked at: the folder stands first.
const BEGIN: usize = 16 * 1024;

/// The archive as it is, and its first bytes once they have gone by.
pub fn watched(archive: ByteStream) -> (ByteStream, oneshot::Receiver<Bytes>) {
    let (sender, begun) = oneshot::channel();
    let (mut sender, mut begin) = (Some(sender), BytesMut::new());
    let pieces = archive.chain(futures_util::stream::once(async { Ok(Bytes::new()) }));
    let pieces = pieces.map(move |piece: io::Result<Bytes>| {
        let Some(waiting) = sender.take() else { return piece };
        let bytes = piece.as_ref().map(Bytes::clone).unwrap_or_default();
        begin.extend_from_slice(bytes.get(..bytes.len().min(BEGIN)).unwrap_or_default());
        if begin.len() >= BEGIN || bytes.is_empty() {
            // Nobody may want it any more.
            let _ = waiting.send(begin.split().freeze());
        } else {
            sender = Some(waiting);
        }
        piece
    });
    // What stands for the end is not sent.
    let is_sent = |piece: &io::Result<Bytes>| std::future::ready(!matches!(piece, Ok(bytes) if bytes.is_empty()));
    (pieces.filter(is_sent).boxed(), begun)
}

/// An archive of that folder alone, named as seen from the helper's root; nothing where the other one does not tell of it.
pub fn of(mut begun: oneshot::Receiver<Bytes>) -> Option<Vec<u8>> {
    folder(&begun.try_recv().ok()?)
}

/// The begin of an archive that has the folder in it, as a header of the engine tells of it: without its owner.
pub fn told(root: &FileStat) -> Option<Vec<u8>> {
    let mut header = Header::new_gnu();
    header.set_entry_type(EntryType::Directory);
    header.set_size(0);
    header.set_mode(root.mode);
    let time = root.modified.parse::<Timestamp>().ok();
    header.set_mtime(time.and_then(|time| u64::try_from(time.as_second()).ok()).unwrap_or(0));
    header.set_path("./").ok()?;
    header.set_cksum();
    Some(header.as_bytes().to_vec())
}

fn folder(begin: &[u8]) -> Option<Vec<u8>> {
    let mut archive = Archive::new(begin);
    let entry = archive.entries().ok()?.next()?.ok()?;
    let is_root = matches!(&*entry.path_bytes(), b"." | b"./");
    let mut header = entry.header().clone();
    if !is_root || header.entry_type() != EntryType::Directory {
        return None;
    }
    let mut alone = Builder::new(Vec::new());
    header.set_size(0);
    alone.append_data(&mut header, VolumeHelper::ROOT.trim_start_matches('/'), io::empty()).ok()?;
    alone.into_inner().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::stream;

    fn archive(first: &str, kind: EntryType) -> Vec<u8> {
        let mut builder = Builder::new(Vec::new());
        let mut header = Header::new_gnu();
        header.set_entry_type(kind);
        header.set_mode(0o1770);
        header.set_uid(56);
        header.set_gid(78);
        header.set_mtime(99);
        header.set_size(0);
        builder.append_data(&mut header, first, io::empty()).unwrap();
        builder.into_inner().unwrap()
    }

    #[tokio::test]
    async fn the_folder_is_told_as_one_in_the_helper_and_the_archive_stays_as_it_is() {
        let whole = archive("./", EntryType::Directory);
        let pieces: Vec<_> = whole.chunks(100).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
        let (mut stream, begun) = watched(Box::pin(stream::iter(pieces)));
        let mut sent = Vec::new();
        while let Some(piece) = stream.next().await {
            sent.extend_from_slice(&piece.unwrap());
        }
        assert_eq!(sent, whole);
        let alone = of(begun).unwrap();
        let mut alone = Archive::new(&*alone);
        let entry = alone.entries().unwrap().next().unwrap().unwrap();
        let header = entry.header();
        assert_eq!(&*entry.path_bytes(), b"volume");
        assert_eq!((header.mode().unwrap(), header.uid().unwrap(), header.gid().unwrap()), (0o1770, 56, 78));
        assert_eq!(header.mtime().unwrap(), 99);
    }

    #[test]
    fn what_tells_nothing_of_it_changes_nothing() {
        assert_eq!(folder(&archive("a", EntryType::Directory)), None);
        assert_eq!(folder(&archive("./", EntryType::Regular)), None);
        assert_eq!(folder(b"\x1f\x8b packed"), None);
        assert_eq!(folder(&[]), None);
    }
}
