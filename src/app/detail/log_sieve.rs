//! The matching lines of a whole log with those around them: what is asked for, and the sifting where the log is read.

use crate::app::logs::{AROUND, JsonLook, Lens, Pattern};
use crate::domain::{LogChunk, LogStream};
use std::collections::VecDeque;
use std::sync::Arc;

/// Bytes of lines before a match that are kept at most until one comes: of very long ones fewer are shown.
const KEPT: usize = 1 << 20;

/// What is searched for, as it was typed, and how lines are shown: that counts as well.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Sieve {
    text: String,
    json: JsonLook,
    fields: Arc<[String]>,
}

impl Sieve {
    pub fn of(lens: &Lens) -> Self {
        Self { text: lens.pattern().text().to_owned(), json: lens.json(), fields: lens.fields().clone() }
    }

    /// # Errors
    /// A sentence that says what is wrong with what is searched for.
    pub fn lens(&self) -> Result<Lens, String> {
        Ok(Lens::new(Pattern::parse(&self.text)?, self.json, self.fields.clone()))
    }
}

/// Sifts what comes of a log.
#[derive(Debug)]
pub struct Sifting {
    lens: Lens,
    /// The last lines that did not pass: they do as soon as one behind them matches.
    before: VecDeque<(LogStream, i64, Vec<u8>)>,
    kept: usize,
    /// So many lines pass as one before them matched.
    behind: usize,
}

impl Sifting {
    /// # Errors
    /// A sentence that says what is wrong with what is searched for.
    pub fn new(sieve: &Sieve) -> Result<Self, String> {
        Ok(Self { lens: sieve.lens()?, before: VecDeque::new(), kept: 0, behind: 0 })
    }

    /// Takes what comes next; gives what passes.
    pub fn take(&mut self, chunk: &LogChunk) -> LogChunk {
        let mut passed = LogChunk::default();
        for (index, line) in chunk.lines.iter().enumerate() {
            let text = chunk.text(index);
            if self.lens.is_match(text) {
                self.kept = 0;
                self.before.drain(..).for_each(|(stream, time, text)| passed.push(stream, time, &text));
                passed.push(line.stream, line.time, text);
                self.behind = AROUND;
            } else if let Some(left) = self.behind.checked_sub(1) {
                passed.push(line.stream, line.time, text);
                self.behind = left;
            } else {
                self.keep(line.stream, line.time, text);
            }
        }
        passed
    }

    fn keep(&mut self, stream: LogStream, time: i64, text: &[u8]) {
        self.kept += text.len();
        let mut room = Vec::new();
        while self.before.len() >= AROUND || self.kept > KEPT {
            let Some((_, _, gone)) = self.before.pop_front() else { break };
            self.kept -= gone.len();
            room = gone;
        }
        if self.kept > KEPT {
            // One line alone is too long.
            self.kept = 0;
            return;
        }
        // Most lines do not match: their room is used again.
        room.clear();
        room.extend_from_slice(text);
        self.before.push_back((stream, time, room));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sifting(text: &str) -> Sifting {
        Sifting::new(&Sieve { text: text.to_owned(), json: JsonLook::Off, fields: Arc::from([]) }).unwrap()
    }

    fn chunk(numbers: std::ops::Range<i64>) -> LogChunk {
        let mut chunk = LogChunk::default();
        numbers.for_each(|number| chunk.push(LogStream::Stderr, number, format!("line {number}").as_bytes()));
        chunk
    }

    #[test]
    fn matching_lines_pass_with_those_around_them_wherever_the_log_is_cut() {
        let expected: Vec<i64> = [3..=13, 15..=36].into_iter().flatten().collect();
        for piece in 1..50 {
            let mut sifting = sifting("/ (8|20|31|27)$/");
            let mut times = Vec::new();
            let mut from = 0;
            while from < 60 {
                let passed = sifting.take(&chunk(from..(from + piece).min(60)));
                for (index, line) in passed.lines.iter().enumerate() {
                    assert_eq!(passed.text(index), format!("line {}", line.time).as_bytes());
                    times.push(line.time);
                }
                from += piece;
            }
            assert_eq!(times, expected, "in pieces of {piece}");
        }
    }

    #[test]
    fn lines_that_are_very_long_do_not_pile_up() {
        let mut sifting = sifting("needle");
        let mut chunk = LogChunk::default();
        for _ in 0..9 {
            chunk.push(LogStream::Stdout, 1, &vec![b'x'; KEPT / 2]);
            chunk.push(LogStream::Stdout, 1, &vec![b'x'; KEPT * 2]);
        }
        assert!(sifting.take(&chunk).is_empty());
        let kept: usize = sifting.before.iter().map(|(_, _, text)| text.len()).sum();
        assert!(kept <= KEPT && kept == sifting.kept, "{kept}");
        let mut chunk = LogChunk::default();
        chunk.push(LogStream::Stdout, 2, b"needle");
        assert_eq!(sifting.take(&chunk).text(0), b"needle", "the line before is too long");
    }
}
