//! The stream of a build, of any builder: which step it is at, what the step writes, what comes of it.

use super::trace;
use crate::domain::{BuildNews, Failure, ImageId, StepState};
use crate::engine::step_message::{StepMessage, step_failure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

/// What has been read of a build.
#[derive(Debug, Default)]
pub struct Reader {
    /// Of a builder that does one step after the other: the one it is at.
    step: Option<Current>,
    /// Of BuildKit: the name of the step that failed.
    failed: Option<Box<str>>,
    image: Option<String>,
}

#[derive(Debug)]
struct Current {
    key: Box<str>,
    name: Box<str>,
    is_cached: bool,
    /// Nothing has come of it yet.
    is_new: bool,
}

/// What one message brought.
#[derive(Debug, Default, PartialEq)]
pub struct Read {
    pub news: Vec<BuildNews>,
    pub failure: Option<Failure>,
}

/// What BuildKit's messages are called within the stream.
const TRACE: &str = "moby.buildkit.trace";
/// The key of output before the first step.
const HEAD: &str = "";

impl Reader {
    /// A message that cannot be read is left out: those that matter are known.
    pub fn read(&mut self, object: &[u8]) -> Read {
        let Ok(message) = serde_json::from_slice::<StepMessage<'_>>(object) else { return Read::default() };
        let mut read = Read::default();
        if !message.error.0.is_empty() {
            read.news.extend(self.end(StepState::Failed));
            read.failure = Some(self.failure(&message.error.0));
        } else if message.id.0 == TRACE {
            read.news = message
                .aux
                .as_str()
                .and_then(|text| STANDARD.decode(text).ok())
                .map_or(Vec::new(), |bytes| trace::read(&bytes));
            for news in &read.news {
                if let BuildNews::Step { name, state: StepState::Failed, .. } = news {
                    self.failed = Some(name.clone());
                }
            }
        } else if let Some(id) = message.aux.get("ID").and_then(Value::as_str) {
            self.image = Some(id.to_owned());
        } else if !message.status.0.is_empty() {
            let progress = message.progress(message.id.0.as_ref().into(), &message.status.0);
            read.news.push(BuildNews::Part { key: self.key(), progress });
        } else {
            read.news = self.stream(&message.stream.0);
        }
        read
    }

    /// The image that was built last, once the stream has ended.
    pub fn image(self) -> Option<ImageId> {
        self.image.map(ImageId::new)
    }

    fn key(&self) -> Box<str> {
        self.step.as_ref().map_or(HEAD.into(), |step| step.key.clone())
    }

    /// Words of a builder that does one step after the other, its own and those of the steps.
    fn stream(&mut self, text: &str) -> Vec<BuildNews> {
        let line = text.trim();
        if let Some(name) = step_name(line) {
            let mut news: Vec<BuildNews> = self.end(StepState::Done(None)).into_iter().collect();
            // Two stages of a Podman build may have steps of the same words and number.
            let number = self.step.take().and_then(|step| step.key.parse::<u32>().ok()).unwrap_or(0);
            let step =
                Current { key: (number + 1).to_string().into(), name: name.into(), is_cached: false, is_new: true };
            news.push(BuildNews::Step { key: step.key.clone(), name: step.name.clone(), state: StepState::Running });
            self.step = Some(step);
            return news;
        }
        if let Some(step) = &mut self.step {
            // Docker ends the line of a step apart.
            if std::mem::take(&mut step.is_new) && line.is_empty() {
                return Vec::new();
            }
            step.is_cached |= line == "---> Using cache" || line.starts_with("--> Using cache");
        }
        let mut news = Vec::new();
        if line.starts_with("Successfully built ") || line.starts_with("Successfully tagged ") {
            news.extend(self.end(StepState::Done(None)));
        }
        news.push(BuildNews::Output { key: self.key(), text: text.into() });
        news
    }

    fn end(&mut self, state: StepState) -> Option<BuildNews> {
        let step = self.step.as_ref()?;
        let state = if step.is_cached && state != StepState::Failed { StepState::Cached } else { state };
        Some(BuildNews::Step { key: step.key.clone(), name: step.name.clone(), state })
    }

    fn failure(&self, words: &str) -> Failure {
        let failure = step_failure(words, &[]);
        match self.failed.as_deref().or(self.step.as_ref().map(|step| &*step.name)) {
            Some(name) => failure.with_hint(format!("It failed at: {name}.")),
            None => failure,
        }
    }
}

/// `[2/7] RUN make` of `Step 2/7 : RUN make`, of `STEP 2/7: RUN make` and of `[1/2] STEP 2/7: RUN make`.
fn step_name(line: &str) -> Option<String> {
    let (stage, rest) = match line.strip_prefix('[') {
        Some(behind) => {
            let (stage, rest) = behind.split_once("] ")?;
            (Some(stage), rest)
        }
        None => (None, line),
    };
    if let (Some(stage), Some(name)) = (stage, rest.strip_prefix("COMMIT ")) {
        return is_count(stage).then(|| format!("[{stage}] COMMIT {name}"));
    }
    let rest = rest.strip_prefix("Step ").or_else(|| rest.strip_prefix("STEP "))?;
    let (count, name) = rest.split_once(": ")?;
    let count = count.trim();
    let stage = stage.filter(|stage| is_count(stage)).map(|stage| format!("{stage} ")).unwrap_or_default();
    is_count(count).then(|| format!("[{stage}{count}] {name}"))
}

fn is_count(text: &str) -> bool {
    text.split_once('/').is_some_and(|(one, all)| one.parse::<u32>().is_ok() && all.parse::<u32>().is_ok())
}
