//! Lines chosen of logs, by reference: millions of them are handed over without copying one.

use super::LogChunk;
use std::ops::Range;
use std::sync::Arc;

/// Chunks, and which of their lines are meant, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogExcerpt {
    pieces: Vec<(Arc<LogChunk>, Range<usize>)>,
}

impl LogExcerpt {
    /// Adds these lines of a chunk; those that follow the last ones are one piece with them.
    pub fn push(&mut self, chunk: &Arc<LogChunk>, lines: Range<usize>) {
        if lines.is_empty() {
            return;
        }
        match self.pieces.last_mut() {
            Some((last, range)) if Arc::ptr_eq(last, chunk) && range.end == lines.start => range.end = lines.end,
            Some(_) | None => self.pieces.push((chunk.clone(), lines)),
        }
    }

    /// Stretches of lines of one chunk each.
    pub fn pieces(&self) -> impl ExactSizeIterator<Item = (&LogChunk, Range<usize>)> {
        self.pieces.iter().map(|(chunk, lines)| (chunk.as_ref(), lines.clone()))
    }

    /// Lines.
    pub fn len(&self) -> usize {
        self.pieces.iter().map(|(_, lines)| lines.len()).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }
}

impl From<LogChunk> for LogExcerpt {
    /// All lines of a chunk.
    fn from(chunk: LogChunk) -> Self {
        let mut excerpt = Self::default();
        let lines = 0..chunk.lines.len();
        excerpt.push(&Arc::new(chunk), lines);
        excerpt
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::LogStream;

    #[test]
    fn lines_that_follow_each_other_are_one_piece() {
        let mut chunk = LogChunk::default();
        (0..9).for_each(|_| chunk.push(LogStream::Stdout, 0, b"line"));
        let (one, two) = (Arc::new(chunk.clone()), Arc::new(chunk));
        let mut excerpt = LogExcerpt::default();
        for (chunk, line) in [(&one, 0), (&one, 1), (&two, 2), (&one, 2), (&one, 4)] {
            excerpt.push(chunk, line..line + 1);
        }
        excerpt.push(&two, 3..3);
        let pieces: Vec<_> = excerpt.pieces().map(|(_, lines)| lines).collect();
        assert_eq!(pieces, [0..2, 2..3, 2..3, 4..5]);
        assert_eq!((excerpt.len(), excerpt.is_empty()), (5, false));
    }
}
