//! The requests that were sent to engines, for who wants to see what the program does.

use crate::domain::{Exchange, HostId, Time};
use std::collections::VecDeque;

/// Requests kept; older ones are dropped.
const KEPT: usize = 500;

/// One request of the log.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its number in this run, from 0 on.
    pub serial: u64,
    pub host: HostId,
    /// When it was sent.
    pub at: Time,
    pub exchange: Exchange,
}

/// The last requests of all hosts.
#[derive(Debug, Default)]
pub struct RequestLog {
    /// In the order in which they were answered.
    entries: VecDeque<Entry>,
    next: u64,
}

impl RequestLog {
    pub fn add(&mut self, host: &HostId, at: Time, exchange: Exchange) {
        if self.entries.len() == KEPT {
            self.entries.pop_front();
        }
        self.entries.push_back(Entry { serial: self.next, host: host.clone(), at, exchange });
        self.next += 1;
    }

    /// The newest first.
    pub fn all(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().rev()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn the_oldest_are_dropped_and_numbers_go_on() {
        let mut log = RequestLog::default();
        let exchange = Exchange {
            method: "GET".into(),
            path: "/info".into(),
            body: "".into(),
            status: Some(200),
            failure: None,
            elapsed: Duration::ZERO,
            bytes: 1,
        };
        for second in 0..KEPT as i64 + 3 {
            log.add(&HostId::new("local"), Time(second), exchange.clone());
        }
        let serials: Vec<u64> = log.all().map(|entry| entry.serial).collect();
        assert_eq!((serials.len(), serials[0], serials[KEPT - 1]), (KEPT, KEPT as u64 + 2, 3));
    }
}
