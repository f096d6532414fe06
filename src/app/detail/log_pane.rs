//! The log of the selected container: which part is asked for, and the lines that came.

use crate::app::effect::Subscription;
use crate::app::logs::{LogView, Source};
use crate::app::msg::LogPart;
use crate::config::LogSettings;
use crate::domain::{ContainerId, HostId, LogQuery};

#[derive(Debug)]
pub struct LogPane {
    container: ContainerId,
    pub view: LogView,
    query: LogQuery,
    /// Grows with each stream opened, so that lines of an older one are told apart.
    attempt: u32,
    streaming: bool,
}

impl LogPane {
    pub fn new(container: ContainerId, settings: &LogSettings) -> Self {
        let limit = usize::try_from(settings.memory.get()).unwrap_or(usize::MAX);
        Self {
            container,
            view: LogView::new(limit),
            query: LogQuery { tail: Some(settings.tail), since: None, follow: true },
            attempt: 0,
            streaming: true,
        }
    }

    pub fn subscription(&self, host: &HostId) -> Option<Subscription> {
        self.streaming.then(|| Subscription::Logs {
            host: host.clone(),
            container: self.container.clone(),
            query: self.query.clone(),
            attempt: self.attempt,
        })
    }

    /// Takes lines, unless they are of a stream that was given up.
    pub fn take(&mut self, container: &ContainerId, attempt: u32, part: LogPart) {
        if *container != self.container || attempt != self.attempt {
            return;
        }
        match part {
            LogPart::Lines(chunk) if self.attempt == 0 => self.view.append(chunk),
            LogPart::Lines(chunk) => self.view.append_resumed(chunk),
            LogPart::CaughtUp => self.view.set_source(Source::Following),
            LogPart::Ended(failure) => {
                self.streaming = false;
                self.view.set_source(failure.map_or(Source::Ended, Source::Failed));
            }
        }
    }

    /// Reads on behind the last line known: the container started again, or the line to the engine is back.
    pub fn resume(&mut self) {
        self.attempt += 1;
        self.streaming = true;
        if let Some(since) = self.view.resume_from() {
            self.query = LogQuery { tail: None, since: Some(since), follow: true };
        }
    }
}
