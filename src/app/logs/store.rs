//! The lines of a log within a byte limit: a window that grows at both ends and gives way at the end far from the reader.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::Arc;

use super::kept::Lines;
use crate::domain::{LogChunk, LogExcerpt, LogLine, LogStream};

#[cfg(test)]
mod tests;

/// Below this a limit would hold less than the parts that the store is made of.
const SMALLEST_LIMIT: usize = 16 * 1024;
/// Followed lines arrive one by one and are gathered in segments of at most this many bytes.
const LARGEST_GATHERED: usize = 64 * 1024;

/// Consecutive lines of a log that fit into a byte limit.
#[derive(Debug)]
pub struct LogStore {
    segments: VecDeque<Segment>,
    limit: usize,
    cost: usize,
    /// The number that the next line below gets.
    end: i64,
    /// One more than the largest number ever given.
    furthest: i64,
    /// The line that the reader looks at: what is far from it goes first.
    eye: i64,
    more_above: bool,
    more_below: bool,
}

/// A chunk and the number of its first line.
#[derive(Debug)]
struct Segment {
    first: i64,
    chunk: Arc<LogChunk>,
}

/// One line of the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineRef<'a> {
    /// Counted from 0 since the store was made, below 0 for lines added above; the same line has the same number for
    /// ever, also when it went and was read again.
    pub number: i64,
    /// The container's own bytes, unsanitised.
    pub bytes: &'a [u8],
    /// Nanoseconds since the Unix epoch; 0 where the engine told none.
    pub time: i64,
    pub stream: LogStream,
    /// Which of several logs it is of, where they are shown as one.
    pub part: u16,
}

impl LogStore {
    /// `limit_bytes` counts text and index; limits below 16 KiB are taken as 16 KiB.
    pub fn new(limit_bytes: usize) -> Self {
        Self {
            segments: VecDeque::new(),
            limit: limit_bytes.max(SMALLEST_LIMIT),
            cost: 0,
            end: 0,
            furthest: 0,
            eye: i64::MAX,
            more_above: false,
            more_below: false,
        }
    }

    /// Keeps no more than so many bytes from now on.
    pub fn limit(&mut self, limit_bytes: usize) {
        self.limit = limit_bytes.max(SMALLEST_LIMIT);
        self.evict();
    }

    /// The number of the first line that is not older than this, nanoseconds since the Unix epoch.
    pub fn first_from(&self, time: i64) -> i64 {
        let (mut from, mut to) = (self.first_line(), self.end);
        while from < to {
            let middle = from + (to - from) / 2;
            if self.line(middle).is_some_and(|line| line.time < time) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        from
    }

    /// From now on lines far from this one go first.
    pub fn keep_near(&mut self, line: i64) {
        self.eye = line;
    }

    /// Adds the chunk below what is there. A large one is moved in, a small one is copied into the newest segment.
    /// Afterwards the store is within its limit, or holds one chunk alone.
    pub fn append(&mut self, chunk: LogChunk) {
        for mut piece in self.pieces(chunk) {
            if self.more_below {
                // A gap would be between.
                return;
            }
            let content = content_of(&piece);
            let lines = count(&piece);
            if content <= self.gathered_limit() / 4 {
                self.gather(&piece, content);
            } else {
                fit(&mut piece, content);
                self.push(piece);
            }
            self.end += lines;
            self.furthest = self.furthest.max(self.end);
            self.evict();
        }
    }

    /// Adds the chunk above what is there. Afterwards the store is within its limit, or holds one chunk alone.
    pub fn prepend(&mut self, chunk: LogChunk) {
        let more_above = std::mem::take(&mut self.more_above);
        for mut piece in self.pieces(chunk).into_iter().rev() {
            let content = content_of(&piece);
            fit(&mut piece, content);
            let segment = Segment { first: self.first_line() - count(&piece), chunk: Arc::new(piece) };
            self.cost += segment.cost();
            self.segments.push_front(segment);
            self.evict();
            if self.more_above {
                // The reader went down meanwhile; what is further above would leave a gap.
                break;
            }
        }
        self.more_above |= more_above;
    }

    /// Forgets the first line: it comes again whole.
    pub fn drop_first(&mut self) {
        let Some(mut segment) = self.segments.pop_front() else { return };
        self.cost -= segment.cost();
        let rest = segment.chunk.part(1..segment.chunk.lines.len());
        if !rest.is_empty() {
            segment = Segment { first: segment.first + 1, chunk: Arc::new(rest) };
            self.cost += segment.cost();
            self.segments.push_front(segment);
        }
    }

    /// Whether the log has, or may have, lines above the first one here.
    pub fn has_more_above(&self) -> bool {
        self.more_above
    }

    pub fn set_more_above(&mut self, more: bool) {
        self.more_above = more;
    }

    /// Whether lines below the last one here had to go: what comes at the end of the log does not belong here.
    pub fn has_more_below(&self) -> bool {
        self.more_below
    }

    /// What comes next goes on behind the last line.
    pub fn go_on_below(&mut self) {
        self.more_below = false;
    }

    /// Lines from the first one here to the end of the log as far as it was ever read.
    pub fn known_to_the_end(&self) -> usize {
        usize::try_from(self.furthest - self.first_line()).unwrap_or(usize::MAX)
    }

    /// Forgets every line; numbers go on where they were.
    pub fn clear(&mut self) {
        self.segments.clear();
        self.cost = 0;
        self.end = self.furthest;
        (self.more_above, self.more_below) = (false, false);
        self.eye = i64::MAX;
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
    pub fn line(&self, number: i64) -> Option<LineRef<'_>> {
        let segment = self.segments.get(self.segment_of(number)?)?;
        segment.line(usize::try_from(number - segment.first).ok()?)
    }

    /// All lines, none of them copied.
    pub fn excerpt(&self) -> LogExcerpt {
        let mut excerpt = LogExcerpt::default();
        self.segments.iter().for_each(|segment| excerpt.push(&segment.chunk, 0..segment.chunk.lines.len()));
        excerpt
    }

    /// Adds the line of that number to what is chosen.
    pub(super) fn choose(&self, number: i64, excerpt: &mut LogExcerpt) {
        let segment = self.segment_of(number).and_then(|index| self.segments.get(index));
        let Some(segment) = segment else { return };
        if let Ok(index) = usize::try_from(number - segment.first) {
            excerpt.push(&segment.chunk, index..index + 1);
        }
    }

    /// The last line.
    pub fn last(&self) -> Option<LineRef<'_>> {
        self.line(self.end - 1)
    }

    fn segment_of(&self, number: i64) -> Option<usize> {
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
                extend(Arc::make_mut(&mut last.chunk), chunk);
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
        let segment = Segment { first: self.end, chunk: Arc::new(chunk) };
        self.cost += segment.cost();
        self.segments.push_back(segment);
    }

    /// Chunks that are small against the limit, so that what goes is never much more than what has to.
    fn pieces(&self, chunk: LogChunk) -> Vec<LogChunk> {
        if chunk.is_empty() {
            return Vec::new();
        }
        let most = self.limit / 8;
        if content_of(&chunk) <= most || chunk.lines.len() == 1 {
            return vec![chunk];
        }
        let mut pieces = vec![LogChunk::default()];
        for (index, line) in chunk.lines.iter().enumerate() {
            let text = chunk.text(index);
            if let Some(last) = pieces.last_mut()
                && (last.is_empty() || content_of(last) + text.len() <= most)
            {
                last.push(line.stream, line.time, text);
            } else {
                let mut piece = LogChunk::default();
                piece.push(line.stream, line.time, text);
                pieces.push(piece);
            }
        }
        pieces
    }

    fn evict(&mut self) {
        while self.cost > self.limit && self.segments.len() > 1 {
            if !self.evict_one() {
                break;
            }
        }
    }

    /// Drops the segment furthest from the eye; false when the eye is on all there is.
    fn evict_one(&mut self) -> bool {
        let (Some(front), Some(back)) = (self.segments.front(), self.segments.back()) else { return false };
        let eye = self.eye.clamp(front.first, self.end.max(front.first));
        let (above, below) = (eye - front.end(), back.first - eye);
        if above >= below && above >= 0 {
            let Some(front) = self.segments.pop_front() else { return false };
            self.cost -= front.cost();
            self.more_above = true;
        } else {
            let Some(back) = self.segments.pop_back() else { return false };
            self.cost -= back.cost();
            self.end = back.first;
            self.more_below = true;
        }
        true
    }
}

impl Lines for LogStore {
    fn first_line(&self) -> i64 {
        self.segments.front().map_or(self.end, |segment| segment.first)
    }

    fn end_line(&self) -> i64 {
        self.end
    }

    fn lines(&self, numbers: Range<i64>) -> impl DoubleEndedIterator<Item = LineRef<'_>> {
        let start = numbers.start.max(self.first_line());
        let end = numbers.end.min(self.end).max(start);
        let from = self.segments.partition_point(|segment| segment.end() <= start);
        let to = self.segments.partition_point(|segment| segment.first < end);
        self.segments.range(from..to.max(from)).flat_map(move |segment| {
            let within = |number: i64| usize::try_from(number - segment.first).unwrap_or(0);
            let last = within(end).min(segment.chunk.lines.len());
            (within(start)..last).filter_map(|index| segment.line(index))
        })
    }
}

impl Segment {
    fn end(&self) -> i64 {
        self.first + count(&self.chunk)
    }

    fn cost(&self) -> usize {
        self.chunk.cost() + size_of::<Self>()
    }

    fn line(&self, index: usize) -> Option<LineRef<'_>> {
        let line = self.chunk.lines.get(index)?;
        Some(LineRef {
            number: self.first + signed(index),
            bytes: self.chunk.text(index),
            time: line.time,
            stream: line.stream,
            part: 0,
        })
    }
}

/// A reader's buffer can be much larger than what it read, and capacity is what counts.
fn fit(chunk: &mut LogChunk, content: usize) {
    if chunk.cost() > content.saturating_mul(2) {
        chunk.bytes.shrink_to_fit();
        chunk.lines.shrink_to_fit();
    }
}

fn count(chunk: &LogChunk) -> i64 {
    signed(chunk.lines.len())
}

/// A number of lines or rows, to reckon line numbers with.
pub fn signed(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
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
