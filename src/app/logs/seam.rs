//! Where a log was cut off: tells the lines that the engine sends again from new ones.

use std::collections::HashMap;

use super::store::LogStore;
use crate::domain::LogChunk;

/// stdout and stderr are not in order against each other: so many older lines in a row end the way back.
const OUT_OF_ORDER: usize = 1_000;

/// The lines kept that an engine asked for everything since the newest one sends again, and how often each.
#[derive(Debug)]
pub struct Seam {
    left: HashMap<(i64, Vec<u8>), u32>,
}

impl Seam {
    pub fn of(store: &LogStore) -> Self {
        let mut left = HashMap::new();
        let Some(since) = resume_from(store) else { return Self { left } };
        let mut older = 0;
        for line in store.lines(0..u64::MAX).rev() {
            if line.time >= since {
                *left.entry((line.time, line.bytes.to_vec())).or_insert(0) += 1;
                older = 0;
            } else {
                older += 1;
                if older > OUT_OF_ORDER {
                    break;
                }
            }
        }
        Self { left }
    }

    /// The chunk without the lines that are there already. Each is left out as often as it is there: engines that tell
    /// times in whole seconds can have the same line twice at the same time.
    pub fn without_repeated(&mut self, chunk: LogChunk) -> LogChunk {
        if self.left.is_empty() {
            return chunk;
        }
        let mut kept = LogChunk::default();
        for (index, line) in chunk.lines.iter().enumerate() {
            let text = chunk.text(index);
            let key = (line.time, text.to_vec());
            match self.left.get_mut(&key) {
                Some(1) => {
                    self.left.remove(&key);
                }
                Some(times) => *times -= 1,
                None => kept.push(line.stream, line.time, text),
            }
        }
        kept
    }
}

/// Nanoseconds since the Unix epoch from which to ask for the rest of the log; `None` when the engine told no times.
pub fn resume_from(store: &LogStore) -> Option<i64> {
    store.last().map(|line| line.time).filter(|time| *time != 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::LogStream;

    fn chunk(lines: &[(i64, &str)]) -> LogChunk {
        let mut chunk = LogChunk::default();
        lines.iter().for_each(|(time, text)| chunk.push(LogStream::Stdout, *time, text.as_bytes()));
        chunk
    }

    #[test]
    fn what_is_there_is_left_out_as_often_as_it_is_there() {
        let mut store = LogStore::new(1 << 20);
        store.append(chunk(&[(1, "a"), (2, "tick"), (2, "tick"), (2, "tock")]));
        assert_eq!(resume_from(&store), Some(2));
        let mut seam = Seam::of(&store);
        let first = seam.without_repeated(chunk(&[(2, "tick"), (2, "tick"), (2, "tick")]));
        assert_eq!(first, chunk(&[(2, "tick")]));
        let second = seam.without_repeated(chunk(&[(2, "tock"), (2, "new"), (3, "tick")]));
        assert_eq!(second, chunk(&[(2, "new"), (3, "tick")]));
    }

    #[test]
    fn a_later_line_before_the_last_one_is_known_too() {
        let mut store = LogStore::new(1 << 20);
        store.append(chunk(&[(1, "a"), (5, "from stdout"), (4, "from stderr")]));
        let mut seam = Seam::of(&store);
        assert!(seam.without_repeated(chunk(&[(4, "from stderr"), (5, "from stdout")])).is_empty());
    }

    #[test]
    fn without_times_nothing_is_left_out() {
        let mut store = LogStore::new(1 << 20);
        store.append(chunk(&[(0, "a")]));
        assert_eq!(resume_from(&store), None);
        assert_eq!(Seam::of(&store).without_repeated(chunk(&[(0, "a")])), chunk(&[(0, "a")]));
    }
}
