//! Makes lines with times out of what a log stream carries: messages cut at 16 KiB, each with a time in front.

use super::time::leading_time;
use crate::domain::{LONGEST_LINE, LogChunk, LogStream};
use std::borrow::Cow;

/// A message of Docker's is no longer than this; longer lines come in several, each with the line's time in front.
const MESSAGE: usize = 16 * 1024;

/// Collects lines into chunks. stdout and stderr are put together apart from each other.
#[derive(Debug, Default)]
pub struct LogLines {
    chunk: LogChunk,
    stdout: OpenLine,
    stderr: OpenLine,
    /// Bytes of a terminal since its last line end, time included.
    terminal: Vec<u8>,
}

/// A line whose end has not come.
#[derive(Debug, Default)]
struct OpenLine {
    is_open: bool,
    /// A piece of it was given out already.
    is_split: bool,
    time: i64,
    /// Its time as the engine wrote it: a message that begins with the same goes on with this line.
    stamp: Vec<u8>,
    text: Vec<u8>,
}

impl LogLines {
    /// Takes the payload of one frame.
    pub fn message(&mut self, stream: LogStream, payload: &[u8]) {
        let open = match stream {
            LogStream::Stdout => &mut self.stdout,
            LogStream::Stderr => &mut self.stderr,
            LogStream::Terminal => return self.terminal(payload),
        };
        for piece in payload.split_inclusive(|byte| *byte == b'\n') {
            match piece.strip_suffix(b"\n") {
                Some(piece) => open.add(&mut self.chunk, stream, piece, true),
                None => open.add(&mut self.chunk, stream, piece, false),
            }
        }
    }

    /// Takes bytes of a container with a terminal: lines, without frames.
    pub fn terminal(&mut self, bytes: &[u8]) {
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            let ended = piece.ends_with(b"\n");
            if ended && self.terminal.is_empty() {
                push_terminal(&mut self.chunk, piece);
                continue;
            }
            self.terminal.extend_from_slice(piece);
            if ended {
                push_terminal(&mut self.chunk, &self.terminal);
                self.terminal.clear();
            } else if self.terminal.len() >= LONGEST_LINE + 4 * MESSAGE {
                let (piece, rest) = cut_terminal(&self.terminal);
                push_terminal(&mut self.chunk, piece);
                self.terminal = rest;
            }
        }
    }

    /// Gives out lines without an end: the stream is over.
    pub fn finish(&mut self) {
        self.stdout.close(&mut self.chunk, LogStream::Stdout);
        self.stderr.close(&mut self.chunk, LogStream::Stderr);
        if !self.terminal.is_empty() {
            push_terminal(&mut self.chunk, &self.terminal);
            self.terminal.clear();
        }
    }

    /// Bytes of whole lines that wait to be taken; an empty line counts as well.
    pub fn waiting(&self) -> usize {
        self.chunk.bytes.len() + self.chunk.lines.len()
    }

    /// The whole lines so far, if there are any.
    pub fn take(&mut self) -> Option<LogChunk> {
        if self.chunk.is_empty() {
            return None;
        }
        let mut chunk = std::mem::take(&mut self.chunk);
        // It may be kept for hours.
        chunk.bytes.shrink_to_fit();
        chunk.lines.shrink_to_fit();
        Some(chunk)
    }
}

impl OpenLine {
    fn add(&mut self, chunk: &mut LogChunk, stream: LogStream, piece: &[u8], ended: bool) {
        let (stamp, text) = split_stamp(piece);
        match stamp {
            Some((_, stamp)) if self.is_open && stamp == self.stamp => self.text.extend_from_slice(text),
            None if self.is_open => self.text.extend_from_slice(piece),
            _ => {
                // A process ended without a line end; this is the next one's line.
                self.close(chunk, stream);
                let time = stamp.map_or(0, |(time, _)| time);
                if ended {
                    return chunk.push(stream, time, text);
                }
                self.is_open = true;
                self.time = time;
                self.stamp.clear();
                self.stamp.extend_from_slice(stamp.map_or(&[][..], |(_, stamp)| stamp));
                self.text.extend_from_slice(text);
            }
        }
        if ended {
            self.close(chunk, stream);
        } else if self.text.len() >= LONGEST_LINE {
            chunk.push(stream, self.time, &self.text);
            self.text.clear();
            self.is_split = true;
        }
    }

    fn close(&mut self, chunk: &mut LogChunk, stream: LogStream) {
        if self.is_open && !(self.is_split && self.text.is_empty()) {
            chunk.push(stream, self.time, &self.text);
        }
        self.is_open = false;
        self.is_split = false;
        self.text.clear();
        if self.text.capacity() > 4 * MESSAGE {
            self.text = Vec::new();
        }
    }
}

/// Time and its text, and what stands behind the blank after it.
fn split_stamp(piece: &[u8]) -> (Option<(i64, &[u8])>, &[u8]) {
    let Some((time, length)) = leading_time(piece) else { return (None, piece) };
    let Some((stamp, rest)) = piece.split_at_checked(length) else { return (None, piece) };
    match rest.split_first() {
        Some((b' ', text)) => (Some((time, stamp)), text),
        // An empty line, its blank trimmed on the way.
        None => (Some((time, stamp)), rest),
        Some(_) => (None, piece),
    }
}

/// A line of a terminal, its end included. Where messages meet, the time stands in the middle of the line.
fn push_terminal(chunk: &mut LogChunk, line: &[u8]) {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let (stamp, text) = split_stamp(line);
    let Some((time, stamp)) = stamp else { return chunk.push(LogStream::Terminal, 0, text) };
    if !stamp.contains(&b'.') {
        return chunk.push(LogStream::Terminal, time, &without_stamps(text, stamp));
    }
    if text.len() <= MESSAGE {
        return chunk.push(LogStream::Terminal, time, text);
    }
    let mut joined = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((message, tail)) = rest.split_at_checked(MESSAGE) {
        joined.extend_from_slice(message);
        rest = tail.strip_prefix(stamp).and_then(|tail| tail.strip_prefix(b" ")).unwrap_or(tail);
    }
    joined.extend_from_slice(rest);
    chunk.push(LogStream::Terminal, time, &joined);
}

/// A piece of a terminal's line without an end, and what is left for the next one: a message at least, with the line's time.
fn cut_terminal(line: &[u8]) -> (&[u8], Vec<u8>) {
    let cut_at = |at: usize| line.split_at_checked(at).unwrap_or((line, &[]));
    let cut = line.len().saturating_sub(MESSAGE);
    let Some((_, stamp)) = split_stamp(line).0 else {
        let (piece, rest) = cut_at(cut);
        return (piece, rest.to_vec());
    };
    let stamp = [stamp, b" "].concat();
    if stamp.contains(&b'.') {
        let message = stamp.len() + MESSAGE;
        let (piece, rest) = cut_at(cut / message * message);
        return (piece, rest.to_vec());
    }
    // Podman's times may be anywhere; none of them is cut in two.
    let from = cut.saturating_sub(stamp.len());
    let near = line.get(from..cut + stamp.len()).unwrap_or_default();
    let within = near.windows(stamp.len()).position(|part| part == stamp);
    let (piece, rest) = cut_at(within.map_or(cut, |at| from + at));
    (piece, if rest.starts_with(&stamp) { rest.to_vec() } else { [&stamp, rest].concat() })
}

/// Podman, known by its times in whole seconds, cuts a terminal's lines wherever its reads happened to end.
fn without_stamps<'a>(text: &'a [u8], stamp: &[u8]) -> Cow<'a, [u8]> {
    let mut joined = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.windows(stamp.len() + 1).position(|part| part.strip_prefix(stamp) == Some(b" ")) {
        let (before, behind) = rest.split_at(at);
        joined.extend_from_slice(before);
        rest = behind.get(stamp.len() + 1..).unwrap_or_default();
    }
    if joined.is_empty() && rest.len() == text.len() {
        return Cow::Borrowed(text);
    }
    joined.extend_from_slice(rest);
    Cow::Owned(joined)
}

#[cfg(test)]
mod tests {
    use super::*;

    const T1: &str = "1970-01-01T00:00:01.000000000Z";
    const T2: &str = "1970-01-01T00:00:02.000000000Z";

    fn texts(lines: &mut LogLines) -> Vec<(LogStream, i64, String)> {
        let chunk = lines.take().unwrap_or_default();
        let text = |index: usize| String::from_utf8_lossy(chunk.text(index)).into_owned();
        chunk.lines.iter().enumerate().map(|(i, line)| (line.stream, line.time / 1_000_000_000, text(i))).collect()
    }

    #[test]
    fn messages_of_one_line_are_joined_per_stream() {
        let mut lines = LogLines::default();
        let (a, b) = ("a".repeat(MESSAGE), "b".repeat(10));
        lines.message(LogStream::Stdout, format!("{T1} {a}").as_bytes());
        lines.message(LogStream::Stderr, format!("{T1} err\n").as_bytes());
        lines.message(LogStream::Stdout, format!("{T1} {b}\n").as_bytes());
        lines.message(LogStream::Stdout, format!("{T2} \n").as_bytes());
        assert_eq!(
            texts(&mut lines),
            [
                (LogStream::Stderr, 1, "err".to_owned()),
                (LogStream::Stdout, 1, a + &b),
                (LogStream::Stdout, 2, String::new()),
            ]
        );
    }

    #[test]
    fn a_line_without_end_is_closed_by_the_next_time_or_the_end() {
        let mut lines = LogLines::default();
        lines.message(LogStream::Stdout, format!("{T1} no end").as_bytes());
        assert_eq!(lines.take(), None);
        lines.message(LogStream::Stdout, format!("{T2} next").as_bytes());
        assert_eq!(texts(&mut lines), [(LogStream::Stdout, 1, "no end".to_owned())]);
        lines.finish();
        assert_eq!(texts(&mut lines), [(LogStream::Stdout, 2, "next".to_owned())]);
    }

    #[test]
    fn an_endless_line_comes_in_pieces() {
        let mut lines = LogLines::default();
        let part = format!("{T1} {}", "x".repeat(MESSAGE));
        for _ in 0..LONGEST_LINE / MESSAGE * 2 {
            lines.message(LogStream::Stdout, part.as_bytes());
        }
        lines.message(LogStream::Stdout, format!("{T1} \n").as_bytes());
        let lengths: Vec<usize> = texts(&mut lines).into_iter().map(|(_, _, text)| text.len()).collect();
        assert_eq!(lengths, [LONGEST_LINE, LONGEST_LINE]);
    }

    #[test]
    fn an_endless_line_of_a_terminal_comes_in_pieces_without_times() {
        let podman = "1970-01-01T00:00:01Z";
        for (stamp, message, cut) in [(T1, MESSAGE, 1000), (T1, MESSAGE, 1 << 16), (podman, 8191, 777)] {
            let mut lines = LogLines::default();
            let text = "0123456789".repeat(LONGEST_LINE / 4);
            let told: String = text
                .as_bytes()
                .chunks(message)
                .map(|part| format!("{stamp} {}", String::from_utf8_lossy(part)))
                .collect();
            (told + "\r\n").as_bytes().chunks(cut).for_each(|part| lines.terminal(part));
            let pieces = texts(&mut lines);
            assert!(pieces.len() == 3 && pieces.iter().all(|(_, time, _)| *time == 1), "{}", pieces.len());
            assert!(pieces.iter().take(2).all(|(.., text)| text.len() >= LONGEST_LINE));
            let told: String = pieces.into_iter().map(|(.., text)| text).collect();
            assert!(told == text, "{stamp} {cut}");
        }
    }

    #[test]
    fn podmans_cuts_in_a_terminals_line_are_mended() {
        let mut lines = LogLines::default();
        let time = "1970-01-01T00:00:01Z";
        lines.terminal(format!("{time} {time} a{time} b\r\n{time} c\r\n").as_bytes());
        assert_eq!(texts(&mut lines), ["ab", "c"].map(|text| (LogStream::Terminal, 1, text.to_owned())));
    }

    #[test]
    fn terminal_lines_are_the_same_wherever_chunks_end() {
        let (a, b) = ("a".repeat(MESSAGE), "b".repeat(MESSAGE));
        let stream = format!("{T1} {a}{T1} {b}{T1} c\r\n{T2} \x01\0\0\0 two\r\nno time\n{T2} last");
        for cut in [1, 7, 8191, stream.len()] {
            let mut lines = LogLines::default();
            stream.as_bytes().chunks(cut).for_each(|chunk| lines.terminal(chunk));
            lines.finish();
            let expected =
                [(1, format!("{a}{b}c")), (2, "\x01\0\0\0 two".into()), (0, "no time".into()), (2, "last".into())];
            assert_eq!(texts(&mut lines), expected.map(|(time, text)| (LogStream::Terminal, time, text)), "{cut}");
        }
    }
}
