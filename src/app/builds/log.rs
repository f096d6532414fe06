//! One build: its steps in the order in which they began, each with its output.

use crate::app::logs::escape::plain;
use crate::app::msg::JobId;
use crate::domain::text::clean;
use crate::domain::{BuildNews, BuildSpec, Done, Failure, HostId, Progress, StepState, Time};
use std::collections::VecDeque;
use std::time::Duration;

/// Bytes of output kept of one build; the oldest lines go first.
const LIMIT: usize = 4 << 20;
/// Bytes of a line that are kept, and of one that does not end.
const LONGEST_LINE: usize = 16 * 1024;
/// Steps and parts of a step that are kept: a builder that tells ever new ones must not fill the memory.
const MOST: usize = 1000;

#[derive(Debug)]
pub struct BuildLog {
    pub job: JobId,
    pub host: HostId,
    pub spec: BuildSpec,
    pub since: Time,
    pub ended: Option<Ended>,
    /// Words about the whole.
    pub notes: Vec<String>,
    /// Those that have begun, in that order.
    pub steps: Vec<Step>,
    bytes: usize,
}

#[derive(Debug)]
pub struct Ended {
    pub at: Time,
    /// The image's id.
    pub result: Result<String, Failure>,
}

#[derive(Debug)]
pub struct Step {
    key: Box<str>,
    /// `[2/7] RUN make`
    pub name: String,
    pub state: StepState,
    pub since: Time,
    pub took: Option<Duration>,
    /// Plain text, whole lines.
    pub lines: VecDeque<Box<str>>,
    /// Older lines that were dropped.
    pub dropped: usize,
    /// The line that has not ended.
    open: String,
    /// What goes on in it, such as layers that are pulled.
    pub parts: Vec<Progress>,
}

impl BuildLog {
    pub fn new(since: Time, host: HostId, job: JobId, spec: BuildSpec) -> Self {
        let (notes, steps) = (Vec::new(), Vec::new());
        Self { job, host, spec, since, ended: None, notes, steps, bytes: 0 }
    }

    /// Gives the name of a step that begins with it.
    pub fn take(&mut self, now: Time, news: BuildNews) -> Option<Box<str>> {
        match news {
            BuildNews::Step { state: StepState::Waiting, .. } => None,
            BuildNews::Step { key, name, state } => self.step(now, key, &name, state),
            BuildNews::Output { key, text } => {
                self.output(now, key, &text);
                None
            }
            BuildNews::Part { key, progress } => {
                if let Some(step) = self.find(now, key) {
                    step.part(progress);
                }
                None
            }
            BuildNews::Note(note) => {
                if self.notes.len() < MOST {
                    self.notes.push(clean(&note).into_owned());
                }
                None
            }
        }
    }

    pub fn end(&mut self, now: Time, result: &Result<Done, Failure>) {
        let left = if result.is_ok() { StepState::Done(None) } else { StepState::Stopped };
        for step in &mut self.steps {
            self.bytes += step.close();
            if step.state == StepState::Running {
                step.go_on(now, left.clone());
            }
        }
        let result = match result {
            Ok(Done::Built { image }) => Ok(image.as_str().to_owned()),
            Ok(_) => Ok(String::new()),
            Err(failure) => Err(failure.clone()),
        };
        self.ended = Some(Ended { at: now, result });
    }

    /// How long it took, or takes so far.
    pub fn took(&self, now: Time) -> Duration {
        self.ended.as_ref().map_or(now, |ended| ended.at).since(self.since)
    }

    /// The step that failed.
    pub fn failed(&self) -> Option<usize> {
        self.steps.iter().position(|step| step.state == StepState::Failed)
    }

    fn step(&mut self, now: Time, key: Box<str>, name: &str, state: StepState) -> Option<Box<str>> {
        let is_new = !self.steps.iter().any(|step| step.key == key);
        let step = self.find(now, key)?;
        step.name = clean(name).into_owned();
        let bytes = if state == StepState::Running { 0 } else { step.close() };
        step.go_on(now, state);
        let name = step.name.as_str().into();
        self.bytes += bytes;
        is_new.then_some(name)
    }

    /// The step of this key: one that is not known begins.
    fn find(&mut self, now: Time, key: Box<str>) -> Option<&mut Step> {
        let place = match self.steps.iter().position(|step| step.key == key) {
            Some(place) => place,
            None if self.steps.len() < MOST => {
                self.steps.push(Step::new(now, key));
                self.steps.len() - 1
            }
            None => return None,
        };
        self.steps.get_mut(place)
    }

    fn output(&mut self, now: Time, key: Box<str>, text: &str) {
        let Some(step) = self.find(now, key) else { return };
        let bytes = step.write(text);
        self.bytes += bytes;
        while self.bytes > LIMIT {
            let Some(step) = self.steps.iter_mut().find(|step| !step.lines.is_empty()) else { return };
            let Some(line) = step.lines.pop_front() else { return };
            step.dropped += 1;
            self.bytes = self.bytes.saturating_sub(line.len() + 1);
        }
    }
}

impl Step {
    fn new(since: Time, key: Box<str>) -> Self {
        let name = if key.is_empty() { "The builder".to_owned() } else { String::new() };
        Self {
            key,
            name,
            state: StepState::Running,
            since,
            took: None,
            lines: VecDeque::new(),
            dropped: 0,
            open: String::new(),
            parts: Vec::new(),
        }
    }

    fn go_on(&mut self, now: Time, state: StepState) {
        self.took = match &state {
            StepState::Waiting | StepState::Running => None,
            StepState::Done(Some(took)) => Some(*took),
            StepState::Cached => None,
            StepState::Done(None) | StepState::Failed | StepState::Stopped => Some(now.since(self.since)),
        };
        self.state = state;
    }

    /// Adds output; gives the bytes of the lines that ended.
    fn write(&mut self, text: &str) -> usize {
        let mut bytes = 0;
        for part in text.split_inclusive('\n') {
            self.open.push_str(part);
            if part.ends_with('\n') || self.open.len() > LONGEST_LINE {
                bytes += self.close();
            }
        }
        bytes
    }

    /// Ends the open line, if one is; gives its bytes.
    fn close(&mut self) -> usize {
        if self.open.is_empty() {
            return 0;
        }
        let open = std::mem::take(&mut self.open);
        let line = open.trim_end_matches(['\n', '\r']);
        // A line that was written over and over, such as a bar, is what it was last.
        let last = line.rsplit('\r').next().unwrap_or(line);
        let line: Box<str> = plain(last.as_bytes()).trim_end().into();
        let bytes = line.len() + 1;
        self.lines.push_back(line);
        bytes
    }

    fn part(&mut self, progress: Progress) {
        let known = self.parts.iter().position(|part| part.part == progress.part);
        if let Some(part) = known.and_then(|place| self.parts.get_mut(place)) {
            *part = progress;
        } else if self.parts.len() < MOST {
            self.parts.push(progress);
        }
    }
}
