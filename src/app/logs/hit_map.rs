//! Where in a whole log its hits and its errors are: a bit for each line, and what each block of lines is known again by.
//! A million lines take half a megabyte, and each that was found eight bytes for its time, as long as
//! those are not too many.

use super::store::LineRef;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

#[cfg(test)]
mod tests;

/// Lines of a block.
pub const BLOCK: usize = 64;
/// A block is known again by so many of its first lines.
const SIGN: usize = 4;
/// So many lines have to be looked at to meet the beginning of a block whatever line is the first.
pub const LOOKED_AT: usize = BLOCK + SIGN - 1;
/// The times of so many lines that were found are kept, two megabytes; of those behind them their blocks tell about when they were
/// written.
const TIMES: usize = 1 << 18;
/// Bytes that count of a line: the last ones, as a read of the last lines may begin within a long one.
const END: usize = 4096;

/// What a jump goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sought {
    Hit,
    Error,
}

/// What a line is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// It matches the search.
    pub is_hit: bool,
    /// It is at warning or error level.
    pub is_error: bool,
}

/// The hits and errors among the lines of a log, counted from the first one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HitMap {
    blocks: Vec<Block>,
    /// When each line that was found was written, nanoseconds since the Unix epoch: of several logs the next one is told by it.
    times: Vec<i64>,
    lines: usize,
    hits: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Block {
    /// A bit for each line, the first one's is the lowest.
    hits: u64,
    errors: u64,
    /// The time of the first line, nanoseconds since the Unix epoch; 0 where the engine told none.
    time: i64,
    /// Of its first lines, when they are there.
    sign: u64,
}

impl HitMap {
    /// Lines looked at.
    pub fn lines(&self) -> usize {
        self.lines
    }

    /// Those of them that match.
    pub fn hits(&self) -> usize {
        self.hits
    }

    /// Whether it is known of each line that was found when it was written.
    pub fn has_all_times(&self) -> bool {
        self.times.len() < TIMES
    }

    /// Bytes of memory held.
    pub fn cost(&self) -> usize {
        self.blocks.capacity() * size_of::<Block>() + self.times.capacity() * size_of::<i64>()
    }

    /// Adds the line behind those that are there.
    pub fn push(&mut self, line: LineRef<'_>, found: Found) {
        let place = self.lines % BLOCK;
        if place == 0 {
            self.blocks.push(Block { hits: 0, errors: 0, time: line.time, sign: 0 });
        }
        let Some(block) = self.blocks.last_mut() else { return };
        if place < SIGN {
            block.sign = signed_on(block.sign, sign(line));
        }
        block.hits |= u64::from(found.is_hit) << place;
        block.errors |= u64::from(found.is_error) << place;
        if (found.is_hit || found.is_error) && self.times.len() < TIMES {
            self.times.push(line.time);
        }
        self.lines += 1;
        self.hits += usize::from(found.is_hit);
    }

    /// Adds what another map has behind what is there; false where this one ends within a block.
    pub fn append(&mut self, other: &Self) -> bool {
        if !self.lines.is_multiple_of(BLOCK) {
            return false;
        }
        self.blocks.extend_from_slice(&other.blocks);
        let room = TIMES.saturating_sub(self.times.len());
        self.times.extend(other.times.iter().take(room));
        self.lines += other.lines;
        self.hits += other.hits;
        true
    }

    /// Gives out the whole blocks, or all there is.
    pub fn take(&mut self, all: bool) -> Self {
        let whole = if all { self.lines } else { self.lines / BLOCK * BLOCK };
        if whole == self.lines {
            return std::mem::take(self);
        }
        let rest: Vec<Block> = self.blocks.split_off(whole / BLOCK);
        let left = rest.iter().map(|block| block.hits.count_ones() as usize).sum();
        let found: usize = self.blocks.iter().map(|block| block.found().count_ones() as usize).sum();
        let times = self.times.split_off(found.min(self.times.len()));
        let (blocks, before) = (std::mem::take(&mut self.blocks), std::mem::take(&mut self.times));
        let taken = Self { blocks, times: before, lines: whole, hits: self.hits - left };
        *self = Self { blocks: rest, times, lines: self.lines - whole, hits: left };
        taken
    }

    /// How many hits are among the lines at these places.
    pub fn count(&self, places: Range<usize>) -> usize {
        self.before(places.end).saturating_sub(self.before(places.start))
    }

    fn before(&self, place: usize) -> usize {
        if place >= self.lines {
            return self.hits;
        }
        let (block, bit) = (place / BLOCK, place % BLOCK);
        let whole: u32 = self.blocks.iter().take(block).map(|block| block.hits.count_ones()).sum();
        let part = self.blocks.get(block).map_or(0, |block| (block.hits & ((1 << bit) - 1)).count_ones());
        (whole + part) as usize
    }

    /// The place of the first one that is not above this one.
    pub(super) fn next_from(&self, place: usize, sought: Sought) -> Option<usize> {
        let first = place / BLOCK;
        let found = |(index, block): (usize, &Block)| {
            let above = if index == first { place % BLOCK } else { 0 };
            let hits = block.bits(sought) & (u64::MAX << above);
            (hits != 0).then(|| index * BLOCK + hits.trailing_zeros() as usize)
        };
        self.blocks.iter().enumerate().skip(first).find_map(found)
    }

    /// The place of the last one above this one.
    pub(super) fn last_before(&self, place: usize, sought: Sought) -> Option<usize> {
        let place = place.min(self.lines);
        let last = place / BLOCK;
        let found = |(index, block): (usize, &Block)| {
            let below = if index == last { (1 << (place % BLOCK)) - 1 } else { u64::MAX };
            let hits = block.bits(sought) & below;
            hits.checked_ilog2().map(|bit| index * BLOCK + bit as usize)
        };
        self.blocks.iter().enumerate().take(last + 1).rev().find_map(found)
    }

    /// The place of the hit that has so many above it.
    pub(super) fn nth_hit(&self, above: usize) -> Option<usize> {
        let mut left = above;
        for (index, block) in self.blocks.iter().enumerate() {
            let count = block.hits.count_ones() as usize;
            if left < count {
                let mut hits = block.hits;
                (0..left).for_each(|_| hits &= hits.wrapping_sub(1));
                return Some(index * BLOCK + hits.trailing_zeros() as usize);
            }
            left -= count;
        }
        None
    }

    /// A moment before which no line from this place on was written, nanoseconds since the Unix epoch, 0 where the engine
    /// told none; and whether no line at all was. Lines of stdout and stderr are a little out of order, so it is that of an
    /// earlier block.
    pub fn time_before(&self, place: usize) -> (i64, bool) {
        let block = (place / BLOCK).saturating_sub(2);
        (self.blocks.get(block).map_or(0, |block| block.time), block == 0)
    }

    /// When the line at this place was written, where it was found; of others about that, never later.
    pub fn time_at(&self, place: usize) -> i64 {
        let (index, bit) = (place / BLOCK, place % BLOCK);
        let Some(block) = self.blocks.get(index) else { return 0 };
        let above = (block.found() & ((1 << bit) - 1)).count_ones() as usize;
        let found = (block.found() >> bit & 1 != 0).then(|| self.times.get(self.found_before(index) + above));
        found.flatten().copied().unwrap_or(block.time)
    }

    /// The place of the first line that is not older than this, as far as what was found tells: others of its block may be
    /// above it.
    pub fn first_from(&self, time: i64) -> usize {
        let next = self.blocks.partition_point(|block| block.time < time);
        let before = next.checked_sub(1).and_then(|index| Some((index, self.blocks.get(index)?)));
        let within = before.and_then(|(index, block)| {
            let mut found = block.found();
            for at in self.times.get(self.found_before(index)..)? {
                if found == 0 || *at >= time {
                    break;
                }
                found &= found - 1;
            }
            (found != 0).then(|| index * BLOCK + found.trailing_zeros() as usize)
        });
        within.unwrap_or(next * BLOCK).min(self.lines)
    }

    /// Lines that were found above a block.
    fn found_before(&self, block: usize) -> usize {
        self.blocks.iter().take(block).map(|block| block.found().count_ones() as usize).sum()
    }

    /// The place of the first of these lines, which follow each other in the log; `None` where it cannot be told.
    /// `LOOKED_AT` lines are enough.
    pub fn place_of<'a>(&self, lines: impl Iterator<Item = LineRef<'a>>) -> Option<i64> {
        let lines: Vec<(i64, u64)> = lines.take(LOOKED_AT).map(|line| (line.time, sign(line))).collect();
        let signs: Vec<(i64, u64)> = lines
            .windows(SIGN)
            .filter_map(|window| Some((window.first()?.0, window.iter().fold(0, |all, line| signed_on(all, line.1)))))
            .collect();
        let (from, to) = (signs.iter().map(|sign| sign.0).min()?, signs.iter().map(|sign| sign.0).max()?);
        let mut place = None;
        for (index, block) in self.blocks.iter().enumerate().filter(|(_, block)| (from..=to).contains(&block.time)) {
            let matching = signs.iter().enumerate().filter(|(_, sign)| **sign == (block.time, block.sign));
            for (offset, _) in matching {
                let found = super::store::signed(index * BLOCK) - super::store::signed(offset);
                if place.is_some_and(|place| place != found) {
                    // The same lines again and again.
                    return None;
                }
                place = Some(found);
            }
        }
        place
    }
}

impl Block {
    /// Those that match or are errors.
    fn found(&self) -> u64 {
        self.hits | self.errors
    }

    fn bits(&self, sought: Sought) -> u64 {
        match sought {
            Sought::Hit => self.hits,
            Sought::Error => self.errors,
        }
    }
}

/// What a line is known again by.
pub(super) fn sign(line: LineRef<'_>) -> u64 {
    let mut hasher = DefaultHasher::new();
    let end = line.bytes.get(line.bytes.len().saturating_sub(END)..).unwrap_or_default();
    (line.time, line.stream, end).hash(&mut hasher);
    hasher.finish()
}

fn signed_on(before: u64, line: u64) -> u64 {
    before.rotate_left(7).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ line
}
