//! What happened on a host, as far as it is remembered here: live from the stream of events, and once what was before.

mod row;
#[cfg(test)]
mod tests;

pub use row::EventRow;

use super::host::Host;
use super::known::Freshness;
use super::list::{ListState, RowKey};
use super::rows;
use super::view::View;
use crate::domain::{EngineEvent, EventSpan, Failure, Time, order};
use jiff::tz::TimeZone;
use std::collections::HashSet;

/// Events kept of a host, and bytes of what the engine said of them; the oldest are dropped.
pub const KEPT: usize = 5_000;
const KEPT_BYTES: usize = 4 << 20;
/// Events that may have come again after a break are looked for so far back.
const TOLD_AGAIN: usize = 512;

const HOUR: i64 = 3_600_000_000_000;

/// The events of one host.
#[derive(Debug)]
pub struct EventBook {
    /// In the order of their times.
    rows: Vec<EventRow>,
    bytes: usize,
    next: u64,
    /// Of what was before the stream began.
    pub fresh: Freshness,
    pub range: EventRange,
    /// The stream tells everything behind this time, by the engine's clock.
    begins: Option<i64>,
    /// How far the engine's clock is ahead of ours, in nanoseconds.
    ahead: i64,
    /// What was up to then, by the engine's clock, is not to be seen any more.
    cleared: Option<i64>,
    is_following: bool,
    /// The row that was selected when the cursor was looked at last.
    seen: Option<RowKey>,
}

/// How far back the engine is asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EventRange {
    #[default]
    Hour,
    SixHours,
    Day,
    All,
}

impl EventRange {
    /// `last hour`
    pub fn title(self) -> &'static str {
        match self {
            Self::Hour => "last hour",
            Self::SixHours => "last 6 hours",
            Self::Day => "last 24 hours",
            Self::All => "all the engine has",
        }
    }

    pub fn next(self) -> Self {
        match self {
            Self::Hour => Self::SixHours,
            Self::SixHours => Self::Day,
            Self::Day => Self::All,
            Self::All => Self::Hour,
        }
    }

    /// Nanoseconds.
    fn span(self) -> Option<i64> {
        match self {
            Self::Hour => Some(HOUR),
            Self::SixHours => Some(6 * HOUR),
            Self::Day => Some(24 * HOUR),
            Self::All => None,
        }
    }
}

impl Default for EventBook {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            bytes: 0,
            next: 0,
            fresh: Freshness::default(),
            range: EventRange::default(),
            begins: None,
            ahead: 0,
            cleared: None,
            is_following: true,
            seen: None,
        }
    }
}

impl EventBook {
    pub fn rows(&self) -> &[EventRow] {
        &self.rows
    }

    pub fn find(&self, key: &str) -> Option<&EventRow> {
        self.rows.iter().rev().find(|row| &*row.key == key)
    }

    pub fn is_following(&self) -> bool {
        self.is_following
    }

    /// The stream begins: everything behind `since` comes by it. One that begins anew may be another engine's.
    pub fn begin(&mut self, now: Time, since: i64) {
        if self.begins.is_some() {
            *self = Self { range: self.range, next: self.next, ..Self::default() };
        }
        self.begins = Some(since);
        self.ahead = since - now.0;
    }

    /// Between which times the engine is asked for what was before.
    pub fn span(&self, now: Time) -> EventSpan {
        let engine_now = now.0.saturating_add(self.ahead);
        let since = self.range.span().map(|span| engine_now.saturating_sub(span));
        let since = since.max(self.cleared.map(|cleared| cleared.saturating_add(1)));
        // What the stream brings is not asked for; where there is none, all that was.
        let until = self.begins.unwrap_or(engine_now);
        // Engines refuse a span that ends before it begins.
        EventSpan { since: since.map(|since| since.min(until)), until }
    }

    /// Takes what was before the stream, each event once.
    fn take_past(&mut self, now: Time, zone: &TimeZone, answer: Result<Vec<EngineEvent>, Failure>) {
        match answer {
            Ok(events) => {
                let known: HashSet<(i64, &str)> = self.rows.iter().map(|row| (row.time, &*row.raw)).collect();
                let is_new = |event: &EngineEvent| !known.contains(&(event.time, &*event.raw));
                let new: Vec<EngineEvent> = events.into_iter().filter(is_new).collect();
                for event in &new {
                    self.add(event, zone);
                }
                order::sort_by_key(&mut self.rows, |row| row.time);
                self.trim();
                self.fresh.at = Some(now);
                self.fresh.failure = None;
            }
            Err(failure) => self.fresh.failure = Some(failure),
        }
    }

    /// Takes an event of the stream; false for one that is known: engines that tell only seconds tell of the last one again
    /// after a break.
    fn push(&mut self, event: &EngineEvent, zone: &TimeZone) -> bool {
        let late = self.rows.iter().rev().take(TOLD_AGAIN).take_while(|row| row.time >= event.time);
        if late.clone().any(|row| row.time == event.time && row.raw == event.raw) {
            return false;
        }
        self.add(event, zone);
        true
    }

    fn add(&mut self, event: &EngineEvent, zone: &TimeZone) {
        let row = EventRow::new(self.next, event, zone);
        self.next += 1;
        self.bytes += row.raw.len();
        self.rows.push(row);
    }

    /// Drops the oldest where there are too many, some more than necessary: the list is made anew each time. Says whether
    /// there were.
    fn trim(&mut self) -> bool {
        if self.rows.len() <= KEPT && self.bytes <= KEPT_BYTES {
            return false;
        }
        let mut dropped = self.rows.len().saturating_sub(KEPT * 9 / 10);
        let mut left = self.bytes - self.rows.iter().take(dropped).map(|row| row.raw.len()).sum::<usize>();
        for row in self.rows.iter().skip(dropped) {
            if left <= KEPT_BYTES * 9 / 10 {
                break;
            }
            left -= row.raw.len();
            dropped += 1;
        }
        self.rows.drain(..dropped);
        self.bytes = left;
        true
    }

    /// Empties the list. What was before stays away until it is asked for again.
    fn clear(&mut self, now: Time) {
        let last = self.rows.last().map(|row| row.time);
        self.cleared = Some(last.unwrap_or(now.0.saturating_add(self.ahead)).max(self.begins.unwrap_or(i64::MIN)));
        self.rows.clear();
        self.bytes = 0;
        self.is_following = true;
    }

    /// What was cleared may come again.
    pub fn recall(&mut self) {
        self.cleared = None;
    }
}

/// Which end of the list the newest event is at; `None` while it is ordered by something else.
fn newest(list: &ListState) -> Option<usize> {
    match (list.sort.column, list.sort.descending) {
        (0, false) => Some(usize::MAX),
        (0, true) => Some(0),
        _ => None,
    }
}

/// Takes an event of the stream, and shows it where the list is on screen.
pub fn take(host: &mut Host, event: &EngineEvent, zone: &TimeZone) {
    if !host.events.push(event, zone) {
        return;
    }
    let is_trimmed = host.events.trim();
    if host.view != View::Events {
        return;
    }
    if is_trimmed || host.events.fresh.at.is_none() {
        rows::renew(host, View::Events);
    } else {
        rows::insert_event(host);
    }
}

/// Takes what was before the stream.
pub fn take_past(host: &mut Host, now: Time, zone: &TimeZone, answer: Result<Vec<EngineEvent>, Failure>) {
    host.events.take_past(now, zone, answer);
    rows::renew(host, View::Events);
}

/// Puts the cursor on the newest event while it follows.
pub fn stay_at_newest(host: &mut Host) {
    if host.events.is_following
        && let Some(place) = newest(&host.lists.events)
    {
        host.lists.events.move_to(place);
    }
}

/// Whoever moves the cursor away from the newest event stops following, and goes on by moving it there.
pub fn settle(host: &mut Host) {
    let list = &host.lists.events;
    let selected = list.selected();
    if host.view != View::Events || selected == host.events.seen.as_ref() {
        return;
    }
    let last = list.len().saturating_sub(1);
    let is_newest = newest(list).is_some_and(|place| place.min(last) == list.position());
    host.events.seen = selected.cloned();
    host.events.is_following = is_newest;
}

/// Follows, or stops following.
pub fn toggle_following(host: &mut Host) {
    host.events.is_following = !host.events.is_following;
    stay_at_newest(host);
    host.events.seen = host.lists.events.selected().cloned();
}

/// Empties the list.
pub fn clear(host: &mut Host, now: Time) {
    host.events.clear(now);
    rows::renew(host, View::Events);
}
