//! The lines of a log within a byte limit: chunks kept as they came, oldest dropped first, line numbers never reused.

use std::collections::VecDeque;
use std::ops::Range;

use crate::domain::{LogChunk, LogLine, LogStream};

#[cfg(test)]
mod tests;

/// Below this a limit would hold less than the parts that the store is made of.
const SMALLEST_LIMIT: usize = 16 * 1024;
/// Followed lines arrive one by one and are gathered in segments of at most this many bytes.
const LARGEST_GATHERED: usize = 64 * 1024;

/// The newest lines of a log that fit into a byte limit.
#[derive(Debug)]
pub struct LogStore {
    segments: VecDeque<Segment>,
    limit: usize,
    cost: usize,
    /// The number that the next line gets.
    end: u64,
}

/// A chunk and the number of its first line.
#[derive(Debug)]
struct Segment {
    first: u64,
    chunk: LogChunk,
}

/// One line of the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineRef<'a> {
    /// Counted from 0 since the store was made; the same line has the same number for ever.
    pub number: u64,
    /// The container's own bytes, unsanitised.
    pub bytes: &'a [u8],
    /// Nanoseconds since the Unix epoch; 0 where the engine told none.
    pub time: i64,
    pub stream: LogStream,
}

impl LogStore {
    /// `limit_bytes` counts text and index; limits below 16 KiB are taken as 16 KiB.
    pub fn new(limit_bytes: usize) -> Self {
        Self { segments: VecDeque::new(), limit: limit_bytes.max(SMALLEST_LIMIT), cost: 0, end: 0 }
    }

    /// Adds the chunk behind what is there. A large one is moved in, a small one is copied into the newest segment.
    /// Afterwards the store is within its limit, or holds this one chunk alone.
    pub fn append(&mut self, mut chunk: LogChunk) {
        if chunk.is_empty() {
            return;
        }
        let lines = chunk.lines.len() as u64;
        let content = content_of(&chunk);
        if content <= self.gathered_limit() / 4 {
            self.gather(&chunk, content);
        } else {
            // A reader's buffer can be much larger than what it read, and capacity is what counts.
            if chunk.cost() > content.saturating_mul(2) {
                chunk.bytes.shrink_to_fit();
                chunk.lines.shrink_to_fit();
            }
            self.push(chunk);
        }
        self.end += lines;
        self.evict();
    }

    /// Forgets every line; numbers go on where they were.
    pub fn clear(&mut self) {
        self.segments.clear();
        self.cost = 0;
    }

    /// The number of the oldest line kept; [`Self::end_line`] when there is none.
    pub fn first_line(&self) -> u64 {
        self.segments.front().map_or(self.end, |segment| segment.first)
    }

    /// One more than the number of the newest line: how many lines there have been.
    pub fn end_line(&self) -> u64 {
        self.end
    }

    /// Lines kept.
    pub fn len(&self) -> usize {
        usize::try_from(self.end - self.first_line()).unwrap_or(usize::MAX)
    }

    pub fn is_empty(&self) -> bool {
        self.segments.is_empty()
    }

    /// Bytes of memory held, text and index.
    pub fn cost(&self) -> usize {
        self.cost
    }

    /// The line of that number, if it is (still) there.
    pub fn line(&self, number: u64) -> Option<LineRef<'_>> {
        let segment = self.segments.get(self.segment_of(number)?)?;
        segment.line(usize::try_from(number - segment.first).ok()?)
    }

    /// The newest line.
    pub fn last(&self) -> Option<LineRef<'_>> {
        self.line(self.end.checked_sub(1)?)
    }

    /// The lines with numbers in the range that are there, oldest first; `rev()` for newest first.
    pub fn lines(&self, numbers: Range<u64>) -> impl DoubleEndedIterator<Item = LineRef<'_>> {
        let start = numbers.start.max(self.first_line());
        let end = numbers.end.min(self.end).max(start);
        let from = self.segments.partition_point(|segment| segment.end() <= start);
        let to = self.segments.partition_point(|segment| segment.first < end);
        self.segments.range(from..to.max(from)).flat_map(move |segment| {
            let first = start.saturating_sub(segment.first);
            let last = (end - segment.first).min(segment.chunk.lines.len() as u64);
            // Both are at most the chunk's number of lines, which is a usize.
            (first as usize..last as usize).filter_map(|index| segment.line(index))
        })
    }

    fn segment_of(&self, number: u64) -> Option<usize> {
        if number >= self.end {
            return None;
        }
        self.segments.partition_point(|segment| segment.first <= number).checked_sub(1)
    }

    fn gathered_limit(&self) -> usize {
        (self.limit / 16).min(LARGEST_GATHERED)
    }

    fn gather(&mut self, chunk: &LogChunk, content: usize) {
        let limit = self.gathered_limit();
        match self.segments.back_mut() {
            Some(last) if content_of(&last.chunk) + content <= limit => {
                let before = last.chunk.cost();
                extend(&mut last.chunk, chunk);
                self.cost = self.cost + last.chunk.cost() - before;
            }
            Some(_) | None => {
                let mut copy = LogChunk::default();
                extend(&mut copy, chunk);
                self.push(copy);
            }
        }
    }

    fn push(&mut self, chunk: LogChunk) {
        let segment = Segment { first: self.end, chunk };
        self.cost += segment.cost();
        self.segments.push_back(segment);
    }

    fn evict(&mut self) {
        while self.cost > self.limit && self.segments.len() > 1 {
            let Some(oldest) = self.segments.pop_front() else { break };
            self.cost -= oldest.cost();
        }
    }
}

impl Segment {
    fn end(&self) -> u64 {
        self.first + self.chunk.lines.len() as u64
    }

    fn cost(&self) -> usize {
        self.chunk.cost() + size_of::<Self>()
    }

    fn line(&self, index: usize) -> Option<LineRef<'_>> {
        let line = self.chunk.lines.get(index)?;
        Some(LineRef {
            number: self.first + index as u64,
            bytes: self.chunk.text(index),
            time: line.time,
            stream: line.stream,
        })
    }
}

/// Bytes in use, as against [`LogChunk::cost`], the bytes taken.
fn content_of(chunk: &LogChunk) -> usize {
    chunk.bytes.len() + chunk.lines.len() * size_of::<LogLine>()
}

fn extend(chunk: &mut LogChunk, with: &LogChunk) {
    for (index, line) in with.lines.iter().enumerate() {
        chunk.push(line.stream, line.time, with.text(index));
    }
}
