//! What builders told: each build with its steps and their output, kept for a while after it ended.

mod log;
mod row;

pub use log::{BuildLog, Ended, Step};
pub use row::Row;

use super::msg::JobId;
use crate::domain::{BuildNews, BuildSpec, Done, Failure, HostId, Time};
use std::collections::VecDeque;

/// Builds kept; the oldest goes first, one that is under way last.
const KEPT: usize = 10;

/// The builds of this run, the newest last.
#[derive(Debug, Default)]
pub struct Builds(VecDeque<BuildLog>);

impl Builds {
    pub fn begin(&mut self, now: Time, host: &HostId, job: JobId, spec: &BuildSpec) {
        if self.0.len() >= KEPT {
            let oldest = self.0.iter().position(|log| log.ended.is_some()).unwrap_or(0);
            self.0.remove(oldest);
        }
        self.0.push_back(BuildLog::new(now, host.clone(), job, spec.clone()));
    }

    /// Takes what a builder told; gives the step that it is at now, if that is another one.
    pub fn take(&mut self, now: Time, job: JobId, news: Vec<BuildNews>) -> Option<Box<str>> {
        let log = self.0.iter_mut().find(|log| log.job == job)?;
        let mut begun = None;
        for news in news {
            begun = log.take(now, news).or(begun);
        }
        begun
    }

    pub fn end(&mut self, now: Time, job: JobId, result: &Result<Done, Failure>) {
        if let Some(log) = self.0.iter_mut().find(|log| log.job == job) {
            log.end(now, result);
        }
    }

    pub fn find(&self, job: JobId) -> Option<&BuildLog> {
        self.0.iter().find(|log| log.job == job)
    }

    /// Newest first.
    pub fn all(&self) -> impl Iterator<Item = &BuildLog> {
        self.0.iter().rev()
    }
}

#[cfg(test)]
mod tests;
