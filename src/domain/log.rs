//! Log lines, in the form in which they travel and are kept: raw bytes in chunks, with an index.

/// A line longer than this, in bytes, comes in pieces that are lines of their own, of one stream and one time.
pub const LONGEST_LINE: usize = 1024 * 1024;

/// Where a line came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LogStream {
    Stdout,
    Stderr,
    /// A container with a terminal has one stream.
    Terminal,
}

/// Whole lines read in one go. The bytes are the container's own, unsanitised, without line ends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogChunk {
    pub bytes: Vec<u8>,
    pub lines: Vec<LogLine>,
}

/// A line of a chunk: it starts where the line before ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// Offset just behind the line's last byte in the chunk.
    pub end: u32,
    /// The engine's time of the line, nanoseconds since the Unix epoch; 0 where it told none.
    pub time: i64,
    pub stream: LogStream,
}

impl LogChunk {
    pub fn push(&mut self, stream: LogStream, time: i64, text: &[u8]) {
        self.bytes.extend_from_slice(text);
        let end = u32::try_from(self.bytes.len()).unwrap_or(u32::MAX);
        self.lines.push(LogLine { end, time, stream });
    }

    /// Adds the lines of another chunk behind these.
    pub fn append(&mut self, other: &Self) {
        let base = u32::try_from(self.bytes.len()).unwrap_or(u32::MAX);
        self.bytes.extend_from_slice(&other.bytes);
        self.lines.extend(other.lines.iter().map(|line| LogLine { end: base.saturating_add(line.end), ..*line }));
    }

    /// The lines with these indices, in a chunk of their own.
    pub fn part(&self, indices: std::ops::Range<usize>) -> Self {
        let mut part = Self::default();
        for index in indices {
            let Some(line) = self.lines.get(index) else { break };
            part.push(line.stream, line.time, self.text(index));
        }
        part
    }

    /// The bytes of line `index`; empty when there is no such line.
    pub fn text(&self, index: usize) -> &[u8] {
        let Some(line) = self.lines.get(index) else { return &[] };
        let start = index.checked_sub(1).and_then(|before| self.lines.get(before)).map_or(0, |before| before.end);
        self.bytes.get(start as usize..line.end as usize).unwrap_or(&[])
    }

    /// Keeps the lines that fit.
    pub fn retain(&mut self, fits: impl Fn(&LogLine) -> bool) {
        if self.lines.iter().all(&fits) {
            return;
        }
        let mut kept = Self::default();
        for (index, line) in self.lines.iter().enumerate().filter(|(_, line)| fits(line)) {
            kept.push(line.stream, line.time, self.text(index));
        }
        *self = kept;
    }

    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Bytes of memory it holds, index included.
    pub fn cost(&self) -> usize {
        self.bytes.capacity() + self.lines.capacity() * size_of::<LogLine>()
    }
}

/// Which part of a container's log to read (`GET /containers/{id}/logs`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LogQuery {
    /// Lines from the end to start with; `None` for all there are.
    pub tail: Option<u32>,
    /// Nanoseconds since the Unix epoch, inclusive.
    pub since: Option<i64>,
    /// Nanoseconds since the Unix epoch. Docker includes it; Podman does not, and knows whole seconds only.
    pub until: Option<i64>,
    pub follow: bool,
}
