//! Requests on their way, and those that ended together.

use super::App;
use super::host::Host;
use super::msg::JobId;
use crate::domain::{ContainerId, Done, Failure, Progress, Request, Time};
use std::collections::{HashMap, VecDeque};
use std::time::Duration;

/// The running requests of a host, oldest first, and the batches they belong to.
#[derive(Debug, Default)]
pub struct Jobs {
    /// Ids ascend.
    running: VecDeque<Job>,
    batches: Vec<Batch>,
    /// The jobs about each container that has any, oldest first: every row on screen asks.
    busy: HashMap<ContainerId, Vec<JobId>>,
}

/// Engines tell of a pull several times a second: silence for so long is worth a word.
const SILENCE: Duration = Duration::from_secs(5);

/// A request that was sent and not yet answered.
#[derive(Debug)]
pub struct Job {
    pub id: JobId,
    batch: JobId,
    pub request: Request,
    pub since: Time,
    /// When the engine last told how far it is.
    heard: Time,
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
        for order in orders {
            if let Some(container) = order.request.container() {
                self.busy.entry(container.clone()).or_default().push(order.job);
            }
            self.running.push_back(Job {
                id: order.job,
                batch: first.job,
                request: order.request.clone(),
                since: now,
                heard: now,
                parts: Vec::new(),
            });
        }
    }

    /// Most parts kept of one job: an engine that sends ever new ones must not fill the memory.
    const MOST_PARTS: usize = 500;

    pub fn progress(&mut self, now: Time, id: JobId, progress: Progress) {
        let Some(job) = self.place(id).and_then(|place| self.running.get_mut(place)) else { return };
        job.heard = now;
        let known = job.parts.iter().position(|part| part.part == progress.part && !progress.part.is_empty());
        if let Some(part) = known.and_then(|place| job.parts.get_mut(place)) {
            *part = progress;
        } else if job.parts.len() < Self::MOST_PARTS {
            job.parts.push(progress);
        }
    }

    /// Takes an outcome; gives the whole batch when it was the last of it.
    pub fn end(&mut self, id: JobId, result: Result<Done, Failure>) -> Option<Batch> {
        let job = self.running.remove(self.place(id)?)?;
        if let Some(container) = job.request.container()
            && let Some(jobs) = self.busy.get_mut(container)
        {
            jobs.retain(|other| *other != id);
            if jobs.is_empty() {
                self.busy.remove(container);
            }
        }
        let place = self.batches.iter().position(|batch| batch.id == job.batch)?;
        let batch = self.batches.get_mut(place)?;
        batch.ended.push((job.request, result));
        (batch.ended.len() == batch.total).then(|| self.batches.remove(place))
    }

    pub fn running(&self) -> &VecDeque<Job> {
        &self.running
    }

    pub fn find(&self, id: JobId) -> Option<&Job> {
        self.running.get(self.place(id)?)
    }

    /// What is being done to a container now; of several the oldest.
    pub fn about(&self, container: &ContainerId) -> Option<&Job> {
        self.find(*self.busy.get(container)?.first()?)
    }

    fn place(&self, id: JobId) -> Option<usize> {
        self.running.binary_search_by_key(&id, |job| job.id).ok()
    }
}

impl Job {
    /// Bytes done and to be done over all parts that tell them. The figures are the engine's and may be any.
    pub fn bytes(&self) -> (u64, u64) {
        self.parts.iter().fold((0_u64, 0_u64), |(done, total), part| {
            (done.saturating_add(part.done.min(part.total)), total.saturating_add(part.total))
        })
    }

    /// How long it takes so far: `40 s`, and for how long nothing has come of what should go on and on.
    pub fn time_words(&self, now: Time) -> String {
        let (all, silence) = (now.since(self.since).as_secs(), now.since(self.heard));
        if self.request.tells_progress() && silence >= SILENCE {
            return format!("{all} s, still waiting: nothing for {} s", silence.as_secs());
        }
        format!("{all} s")
    }

    /// How far it is; `None` where no part tells bytes.
    pub fn percent(&self) -> Option<u64> {
        let (done, total) = self.bytes();
        u64::try_from((u128::from(done) * 100).checked_div(u128::from(total))?).ok()
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

impl App {
    /// All requests on their way with their hosts, those of the host on screen first.
    pub fn running_jobs(&self) -> impl Iterator<Item = (&Host, &Job)> {
        self.hosts.by_last_use().flat_map(|host| host.jobs.running().iter().map(move |job| (host, job)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::msg::Order;
    use crate::domain::{ContainerRequest, ImageRequest, Target};

    #[test]
    fn a_container_is_busy_while_a_job_is_about_it() {
        let web = Target::new(ContainerId::new("web"), "web");
        let order = |job| Order { job: JobId(job), request: Request::Container(ContainerRequest::Start(web.clone())) };
        let mut jobs = Jobs::default();
        jobs.begin(Time(0), &[order(3)]);
        jobs.begin(Time(0), &[order(5), order(6)]);
        assert_eq!(jobs.about(&web.id).unwrap().id, JobId(3));
        assert!(jobs.end(JobId(3), Ok(Done::Changed)).is_some());
        assert_eq!(jobs.about(&web.id).unwrap().id, JobId(5));
        assert!(jobs.end(JobId(6), Ok(Done::Changed)).is_none());
        assert!(jobs.end(JobId(6), Ok(Done::Changed)).is_none());
        assert_eq!(jobs.end(JobId(5), Ok(Done::Changed)).unwrap().total, 2);
        assert!(jobs.about(&web.id).is_none() && jobs.busy.is_empty() && jobs.running().is_empty());
    }

    #[test]
    fn figures_without_measure_do_no_harm() {
        let mut jobs = Jobs::default();
        jobs.begin(Time(0), &[Order { job: JobId(1), request: Request::Image(ImageRequest::pull("a")) }]);
        for part in ["a", "b"] {
            let progress = Progress { part: part.into(), status: "".into(), done: u64::MAX, total: u64::MAX };
            jobs.progress(Time(0), JobId(1), progress);
        }
        assert_eq!(jobs.find(JobId(1)).unwrap().percent(), Some(100));
    }

    #[test]
    fn a_pull_of_which_nothing_is_told_any_more_says_so() {
        let second = |count: i64| Time(count * 1_000_000_000);
        let web = Target::new(ContainerId::new("web"), "web");
        let order = |job, request| Order { job: JobId(job), request };
        let mut jobs = Jobs::default();
        jobs.begin(
            second(0),
            &[
                order(1, Request::Image(ImageRequest::pull("a"))),
                order(2, Request::Container(ContainerRequest::Start(web))),
            ],
        );
        let progress = Progress { part: "x".into(), status: "Downloading".into(), done: 1, total: 2 };
        jobs.progress(second(10), JobId(1), progress);
        let words = |job, at| jobs.find(JobId(job)).unwrap().time_words(second(at));
        assert_eq!(words(1, 14), "14 s");
        assert_eq!(words(1, 22), "22 s, still waiting: nothing for 12 s");
        assert_eq!(words(2, 22), "22 s", "nobody tells of a start before its end");
    }
}
