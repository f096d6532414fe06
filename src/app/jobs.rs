//! Requests on their way, and those that ended together.

use super::msg::JobId;
use crate::domain::{ContainerId, Done, Failure, Progress, Request, Time};

/// The running requests of a host, oldest first, and the batches they belong to.
#[derive(Debug, Default)]
pub struct Jobs {
    running: Vec<Job>,
    batches: Vec<Batch>,
}

/// A request that was sent and not yet answered.
#[derive(Debug)]
pub struct Job {
    pub id: JobId,
    batch: JobId,
    pub request: Request,
    pub since: Time,
    /// One line per layer or step, in the order of appearance.
    pub parts: Vec<Progress>,
}

/// Requests that the user made by one act: told of in one notice.
#[derive(Debug)]
pub struct Batch {
    id: JobId,
    pub request: Request,
    pub since: Time,
    pub total: usize,
    pub ended: Vec<(Request, Result<Done, Failure>)>,
}

impl Jobs {
    /// Notes a batch under way; the first job's id is the batch's.
    pub fn begin(&mut self, now: Time, orders: &[super::msg::Order]) {
        let Some(first) = orders.first() else { return };
        self.batches.push(Batch {
            id: first.job,
            request: first.request.clone(),
            since: now,
            total: orders.len(),
            ended: Vec::new(),
        });
        self.running.extend(orders.iter().map(|order| Job {
            id: order.job,
            batch: first.job,
            request: order.request.clone(),
            since: now,
            parts: Vec::new(),
        }));
    }

    /// Most parts kept of one job: an engine that sends ever new ones must not fill the memory.
    const MOST_PARTS: usize = 500;

    pub fn progress(&mut self, id: JobId, progress: Progress) {
        let Some(job) = self.running.iter_mut().find(|job| job.id == id) else { return };
        let known = job.parts.iter().position(|part| part.part == progress.part && !progress.part.is_empty());
        if let Some(part) = known.and_then(|place| job.parts.get_mut(place)) {
            *part = progress;
        } else if job.parts.len() < Self::MOST_PARTS {
            job.parts.push(progress);
        }
    }

    /// Takes an outcome; gives the whole batch when it was the last of it.
    pub fn end(&mut self, id: JobId, result: Result<Done, Failure>) -> Option<Batch> {
        let place = self.running.iter().position(|job| job.id == id)?;
        let job = self.running.remove(place);
        let place = self.batches.iter().position(|batch| batch.id == job.batch)?;
        let batch = self.batches.get_mut(place)?;
        batch.ended.push((job.request, result));
        (batch.ended.len() == batch.total).then(|| self.batches.remove(place))
    }

    pub fn running(&self) -> &[Job] {
        &self.running
    }

    pub fn find(&self, id: JobId) -> Option<&Job> {
        self.running.iter().find(|job| job.id == id)
    }

    /// What is being done to a container now.
    pub fn about(&self, container: &ContainerId) -> Option<&Job> {
        self.running.iter().find(|job| job.request.container() == Some(container))
    }
}

impl Job {
    /// Bytes done and to be done over all parts that tell them.
    pub fn bytes(&self) -> (u64, u64) {
        self.parts.iter().fold((0, 0), |(done, total), part| (done + part.done.min(part.total), total + part.total))
    }
}

impl Batch {
    /// The first of its jobs.
    pub fn id(&self) -> JobId {
        self.id
    }

    pub fn failures(&self) -> impl Iterator<Item = (&Request, &Failure)> {
        self.ended.iter().filter_map(|(request, result)| Some((request, result.as_ref().err()?)))
    }
}
