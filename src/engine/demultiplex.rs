//! Takes apart the stream of a container without a terminal: stdout and stderr in frames on one connection.

use crate::domain::{Failure, FailureKind, LogStream};

/// Kind, three zeros, length (big endian).
const HEADER: usize = 8;
/// Engines write frames of a log message or of a read, 16 to 64 KiB. What claims to be more than this is no frame.
const LONGEST_FRAME: usize = 16 * 1024 * 1024;

/// Gives out whole frames, wherever the chunks end.
#[derive(Debug, Default)]
pub struct Demultiplexer {
    /// The beginning of a frame that has not come whole.
    started: Vec<u8>,
}

impl Demultiplexer {
    /// Takes the next bytes of the connection and calls `on_frame` for each frame that ends in them.
    pub fn push(&mut self, bytes: &[u8], mut on_frame: impl FnMut(LogStream, &[u8])) -> Result<(), Failure> {
        let mut rest = bytes;
        while !self.started.is_empty() {
            let wanted = frame_length(&self.started)?.unwrap_or(HEADER);
            let (part, tail) = rest.split_at(rest.len().min(wanted - self.started.len()));
            self.started.extend_from_slice(part);
            rest = tail;
            if self.started.len() < wanted {
                return Ok(());
            }
            if frame_length(&self.started)? == Some(self.started.len()) {
                deliver(&self.started, &mut on_frame)?;
                self.started.clear();
            }
        }
        while let Some(length) = frame_length(rest)?
            && let Some((frame, tail)) = rest.split_at_checked(length)
        {
            deliver(frame, &mut on_frame)?;
            rest = tail;
        }
        self.started.extend_from_slice(rest);
        Ok(())
    }
}

/// Length of the frame at the start of `bytes`, header included; `None` while the header is not whole.
fn frame_length(bytes: &[u8]) -> Result<Option<usize>, Failure> {
    let [kind, zero1, zero2, zero3, l1, l2, l3, l4, ..] = bytes else { return Ok(None) };
    let length = u32::from_be_bytes([*l1, *l2, *l3, *l4]) as usize;
    if *kind > 3 || [*zero1, *zero2, *zero3] != [0; 3] || length > LONGEST_FRAME {
        return Err(Failure::new(
            FailureKind::Malformed,
            "The engine's stream is not made of frames: it seems to be a terminal's.",
        ));
    }
    Ok(Some(HEADER + length))
}

fn deliver(frame: &[u8], on_frame: &mut impl FnMut(LogStream, &[u8])) -> Result<(), Failure> {
    let Some((header, payload)) = frame.split_at_checked(HEADER) else { return Ok(()) };
    match header.first() {
        Some(2) => on_frame(LogStream::Stderr, payload),
        // The engine itself speaks: reading the log failed in the middle.
        Some(3) => {
            let words = String::from_utf8_lossy(payload).trim().to_owned();
            return Err(Failure::new(FailureKind::Engine, words));
        }
        _ => on_frame(LogStream::Stdout, payload),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn frame(kind: u8, payload: &[u8]) -> Vec<u8> {
        let mut frame = vec![kind, 0, 0, 0];
        frame.extend_from_slice(&u32::try_from(payload.len()).unwrap().to_be_bytes());
        frame.extend_from_slice(payload);
        frame
    }

    fn read(chunks: &[&[u8]]) -> Vec<(LogStream, Vec<u8>)> {
        let mut frames = Vec::new();
        let mut demultiplexer = Demultiplexer::default();
        for chunk in chunks {
            demultiplexer.push(chunk, |stream, payload| frames.push((stream, payload.to_vec()))).unwrap();
        }
        frames
    }

    #[test]
    fn frames_are_the_same_cut_at_every_offset() {
        let stream = [frame(1, b"out\n"), frame(2, b"err\n"), frame(1, b""), frame(1, b"\x01\0\0\0")].concat();
        let whole = read(&[&stream]);
        assert_eq!(whole.len(), 4);
        assert_eq!(whole[1], (LogStream::Stderr, b"err\n".to_vec()));
        for at in 0..stream.len() {
            let (head, tail) = stream.split_at(at);
            assert_eq!(read(&[head, tail]), whole, "cut at {at}");
        }
    }

    #[test]
    fn what_is_not_framed_is_told_and_not_buffered() {
        let push = |bytes: &[u8]| Demultiplexer::default().push(bytes, |_, _| {}).unwrap_err();
        assert_eq!(push(b"plain text of a terminal").kind, FailureKind::Malformed);
        assert_eq!(push(&[1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]).kind, FailureKind::Malformed);
        assert_eq!(push(&frame(3, b"Error grabbing logs: gone\n")).sentence, "Error grabbing logs: gone");
    }

    proptest! {
        #[test]
        fn any_frames_in_any_chunks(
            frames in prop::collection::vec((1_u8..=2, prop::collection::vec(any::<u8>(), 0..40)), 0..8),
            cut in 1_usize..30,
        ) {
            let stream: Vec<u8> = frames.iter().flat_map(|(kind, payload)| frame(*kind, payload)).collect();
            let chunks: Vec<&[u8]> = stream.chunks(cut).collect();
            let expected: Vec<(LogStream, Vec<u8>)> = frames
                .into_iter()
                .map(|(kind, payload)| (if kind == 2 { LogStream::Stderr } else { LogStream::Stdout }, payload))
                .collect();
            prop_assert_eq!(read(&chunks), expected);
        }
    }
}
