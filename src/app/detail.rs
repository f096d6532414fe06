//! The detail pane: what it shows follows the selection; each tab keeps its own state.

pub mod log_pane;

use super::effect::Subscription;
use super::host::Host;
use super::msg::{DetailData, DetailKey, LogPart};
use super::scope::Scope;
use super::view::View;
use crate::config::LogSettings;
use crate::domain::{ContainerId, Failure, ImageId, NetworkId, Time, VolumeName};
use log_pane::LogPane;

/// What the pane is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    Container(ContainerId),
    Image(ImageId),
    Volume(VolumeName),
    Network(NetworkId),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tab {
    Logs,
    Stats,
    Top,
    Inspect,
    Env,
    Changes,
    History,
}

/// The state of the detail pane of one host.
#[derive(Debug)]
pub struct Detail {
    subject: Option<Subject>,
    container_tab: Tab,
    image_tab: Tab,
    pub logs: Option<LogPane>,
}

impl Default for Detail {
    fn default() -> Self {
        Self { subject: None, container_tab: Tab::Logs, image_tab: Tab::History, logs: None }
    }
}

impl Tab {
    /// The tabs that a view's things have, in order.
    pub fn of(view: View) -> &'static [Self] {
        match view {
            View::Containers => &[Self::Logs, Self::Stats, Self::Top, Self::Inspect, Self::Env, Self::Changes],
            View::Images => &[Self::History, Self::Inspect],
            View::Volumes | View::Networks => &[Self::Inspect],
        }
    }

    pub fn title(self) -> &'static str {
        match self {
            Self::Logs => "Logs",
            Self::Stats => "Stats",
            Self::Top => "Top",
            Self::Inspect => "Inspect",
            Self::Env => "Env",
            Self::Changes => "Changes",
            Self::History => "History",
        }
    }

    /// The scope of its own keys, if it has any.
    pub fn scope(self) -> Option<Scope> {
        match self {
            Self::Logs => Some(Scope::Logs),
            Self::Top => Some(Scope::Top),
            Self::Inspect => Some(Scope::Inspect),
            Self::Env => Some(Scope::Env),
            Self::Stats | Self::Changes | Self::History => None,
        }
    }

    pub fn shows_stats(self) -> bool {
        self == Self::Stats
    }
}

impl Subject {
    /// What is selected on a host.
    pub fn of(host: &Host) -> Option<Self> {
        match host.view {
            View::Containers => host.selected_container().map(|row| Self::Container(row.id.clone())),
            View::Images => host.selected_image().map(|row| Self::Image(row.id.clone())),
            View::Volumes => host.selected_volume().map(|row| Self::Volume(row.name.clone())),
            View::Networks => host.selected_network().map(|row| Self::Network(row.id.clone())),
        }
    }
}

impl Detail {
    /// The tab shown for a view.
    pub fn tab(&self, view: View) -> Tab {
        match view {
            View::Containers => self.container_tab,
            View::Images => self.image_tab,
            View::Volumes | View::Networks => Tab::Inspect,
        }
    }

    pub fn set_tab(&mut self, view: View, tab: Tab) {
        match view {
            View::Containers => self.container_tab = tab,
            View::Images => self.image_tab = tab,
            View::Volumes | View::Networks => {}
        }
    }

    pub fn subject(&self) -> Option<&Subject> {
        self.subject.as_ref()
    }

    /// Turns to another subject; what was shown of the last one is dropped.
    pub fn follow(&mut self, subject: Option<Subject>, settings: &LogSettings) {
        if self.subject == subject {
            return;
        }
        self.logs = match &subject {
            Some(Subject::Container(id)) => Some(LogPane::new(id.clone(), settings)),
            _ => None,
        };
        self.subject = subject;
    }

    /// What should run for what the pane shows.
    pub fn subscriptions(&self, host: &Host) -> Vec<Subscription> {
        let mut wanted = Vec::new();
        if self.tab(host.view) == Tab::Logs {
            wanted.extend(self.logs.as_ref().and_then(|logs| logs.subscription(&host.id)));
        }
        wanted
    }

    /// What the engine is asked for the tab on screen, if anything.
    pub fn wanted(&self) -> Option<DetailKey> {
        None
    }

    pub fn take(&mut self, _now: Time, _key: &DetailKey, _answer: Result<DetailData, Failure>) {}

    pub fn take_log(&mut self, container: &ContainerId, attempt: u32, part: LogPart) {
        if let Some(logs) = &mut self.logs {
            logs.take(container, attempt, part);
        }
    }

    /// The line to the engine broke.
    pub fn lost(&mut self) {}

    /// The line to the engine is back: streams go on where they stopped.
    pub fn reconnected(&mut self) {
        if let Some(logs) = &mut self.logs {
            logs.resume();
        }
    }

    /// Something happened to a container: gives what is to be asked anew.
    pub fn on_container_event(&mut self, container: &ContainerId, action: &str) -> Option<DetailKey> {
        if self.subject.as_ref() != Some(&Subject::Container(container.clone())) {
            return None;
        }
        if action == "start"
            && let Some(logs) = &mut self.logs
        {
            logs.resume();
        }
        self.wanted()
    }

    /// Searches what the tab shows, as it is typed.
    pub fn search(&mut self, _text: &str) {}

    /// Takes back a search; false when there was none.
    pub fn clear(&mut self) -> bool {
        false
    }
}
