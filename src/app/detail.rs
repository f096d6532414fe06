//! The detail pane: what it shows follows the selection; each tab keeps its own state.

pub mod about;
mod answers;
pub mod env_pane;
pub mod files_pane;
pub mod inspect_pane;
mod links;
pub mod loaded;
pub mod log_pages;
pub mod log_pane;
mod log_reader;
pub mod log_sieve;
pub mod log_survey;
mod look;
mod members;
mod row_cursor;
mod row_page;
pub mod rows;
mod system;
mod tab;
pub mod table_pane;
#[cfg(test)]
mod tests;
pub mod top_pane;

pub use look::Looked;
pub use tab::{Seen, Subject, Tab};

use super::effect::Subscription;
use super::host::Host;
use super::links::{Grounds, Link};
use super::logs::{Position, Timestamps};
use super::msg::{DetailKey, LogPart};
use super::refresh::Refresh;
use super::view::View;
use crate::config::LogSettings;
use crate::domain::{
    ContainerId, DiskItem, Failure, FileChange, FileRoot, Layer, Manifest, Member, PlatformsFrom, Plugin, Time,
};
use about::Fact;
use env_pane::EnvPane;
use files_pane::FilesPane;
use inspect_pane::InspectPane;
use log_pages::{Page, PageAsk};
use log_pane::{LogLook, LogPane};
use std::collections::HashMap;
use std::time::Duration;
use table_pane::TablePane;
use top_pane::TopPane;

/// How often the processes on screen are asked for.
const TOP_PERIOD: Duration = Duration::from_secs(2);

/// The state of the detail pane of one host.
#[derive(Debug, Default)]
pub struct Detail {
    subject: Option<Subject>,
    is_up: bool,
    can_exec: bool,
    /// Those that were chosen.
    tabs: HashMap<View, Tab>,
    pub logs: Option<LogPane>,
    log_look: Option<LogLook>,
    pub top: TopPane,
    pub inspect: InspectPane,
    pub env: EnvPane,
    pub changes: TablePane<FileChange>,
    pub history: TablePane<Layer>,
    pub platforms: TablePane<Manifest>,
    /// Who told of them.
    pub platforms_from: Option<PlatformsFrom>,
    pub members: TablePane<Member>,
    pub links: TablePane<Link>,
    pub items: TablePane<DiskItem>,
    pub about: TablePane<Fact>,
    pub plugins: TablePane<Plugin>,
    /// What the links were made from.
    grounds: Option<Grounds>,
    /// The row where the cursor is to be again, once its table is there.
    resume: Option<usize>,
    pub files: FilesPane,
    /// What the host's `ps` is called with; empty for its default.
    ps_arguments: String,
    /// Secrets of this subject are shown.
    revealed: bool,
    /// Columns of long rows left out at the left.
    sideways: usize,
    /// Where the log looked before the search that is being typed.
    search_origin: Option<Position>,
    /// What is wrong with the search being typed.
    search_error: Option<String>,
    asked: Option<Asked>,
}

/// What the tab on screen was asked for.
#[derive(Debug)]
struct Asked {
    key: DetailKey,
    since: Time,
    answered: bool,
    refresh: Refresh,
}

impl Detail {
    /// The pane while it shows the logs of several containers.
    pub fn of_several(logs: LogPane) -> Self {
        Self { subject: Some(Subject::Several), logs: Some(logs), ..Self::default() }
    }

    /// How lines of a log are shown now, whatever container it is of.
    pub fn log_look(&self, settings: &LogSettings) -> LogLook {
        let look = self.logs.as_ref().map(LogPane::look).or(self.log_look);
        look.unwrap_or_else(|| LogLook::of(settings))
    }

    pub fn subject(&self) -> Option<&Subject> {
        self.subject.as_ref()
    }

    /// Whether the container has processes.
    pub fn is_up(&self) -> bool {
        self.is_up
    }

    /// Whether processes may be started in the container.
    pub fn can_exec(&self) -> bool {
        self.can_exec
    }

    /// Reads the files of what is shown, also a volume's.
    pub fn open_files(&mut self) {
        self.files.open();
    }

    pub fn is_revealed(&self) -> bool {
        self.revealed
    }

    pub fn sideways(&self) -> usize {
        self.sideways
    }

    pub fn ps_arguments(&self) -> &str {
        &self.ps_arguments
    }

    pub fn search_error(&self) -> Option<&str> {
        self.search_error.as_deref()
    }

    /// Since when an answer for the tab on screen is waited for, while it is.
    pub fn waiting_since(&self) -> Option<Time> {
        if self.shown_tab() == Some(Tab::Logs) {
            return self.logs.as_ref().and_then(LogPane::waiting_since);
        }
        self.asked.as_ref().filter(|asked| !asked.answered).map(|asked| asked.since)
    }

    /// Turns to what is selected; what was shown of another subject is dropped.
    pub fn follow(&mut self, now: Time, seen: Seen, settings: &LogSettings) {
        if self.subject != seen.subject {
            self.turn_to(now, seen.subject, seen.is_up, settings);
        }
        self.is_up = seen.is_up;
        self.can_exec = seen.can_exec;
        if let Some(logs) = &mut self.logs {
            logs.see(now, seen.is_up);
        }
        let wanted = self.wanted().filter(|_| seen.on_screen);
        if self.asked.as_ref().map(|asked| &asked.key) != wanted.as_ref() {
            self.asked = wanted.map(|key| Asked { key, since: now, answered: false, refresh: Refresh::Running });
        }
        let streams = seen.on_screen && self.shown_tab() == Some(Tab::Logs);
        if let Some(logs) = &mut self.logs {
            if streams { logs.show(now) } else { logs.hide() }
        }
    }

    /// Another host comes to the screen: nothing of this one is asked for meanwhile.
    pub fn leave(&mut self) {
        self.asked = None;
        if let Some(logs) = &mut self.logs {
            logs.hide();
        }
    }

    fn turn_to(&mut self, now: Time, subject: Option<Subject>, is_up: bool, settings: &LogSettings) {
        self.log_look = self.logs.as_ref().map(LogPane::look).or(self.log_look);
        self.logs = if let Some(Subject::Container(id)) = &subject {
            let look = self.log_look.unwrap_or_else(|| LogLook::of(settings));
            Some(LogPane::new(now, id.clone(), is_up, settings, look))
        } else {
            None
        };
        self.top.forget();
        self.inspect = InspectPane::default();
        self.env = EnvPane::default();
        self.changes = TablePane::default();
        self.history = TablePane::default();
        self.platforms = TablePane::default();
        self.platforms_from = None;
        self.members = TablePane::default();
        self.links = TablePane::default();
        self.items = TablePane::default();
        self.grounds = None;
        self.files.turn_to(match &subject {
            Some(Subject::Container(id)) => Some(FileRoot::Container(id.clone())),
            Some(Subject::Volume(name)) => Some(FileRoot::Volume(name.clone())),
            Some(
                Subject::Image(_)
                | Subject::Network(_)
                | Subject::Registry(_)
                | Subject::RegistryImage(_)
                | Subject::Event(_)
                | Subject::Disk(_)
                | Subject::Several,
            )
            | None => None,
        });
        self.revealed = false;
        self.sideways = 0;
        self.search_origin = None;
        self.search_error = None;
        self.subject = subject;
    }

    /// What should run for what the pane shows.
    pub fn subscriptions(&self, host: &Host) -> Vec<Subscription> {
        let mut wanted = Vec::new();
        if self.shown_tab() == Some(Tab::Logs) {
            wanted.extend(self.logs.iter().flat_map(|logs| logs.subscriptions(&host.id)));
        }
        wanted.extend(self.wanted().map(|key| {
            let period = matches!(key, DetailKey::Top { .. }).then_some(TOP_PERIOD);
            Subscription::Detail { host: host.id.clone(), key, period }
        }));
        wanted
    }

    pub fn take_log(&mut self, container: &ContainerId, attempt: u32, part: LogPart) {
        if let Some(logs) = &mut self.logs {
            logs.take(container, attempt, part);
        }
    }

    /// Whether the log on screen tells how long ago its lines were written.
    pub fn shows_log_ages(&self) -> bool {
        let shows = |logs: &LogPane| logs.view.timestamps() == Timestamps::Age && !logs.view.store().is_empty();
        self.shown_tab() == Some(Tab::Logs) && self.logs.as_ref().is_some_and(shows)
    }

    pub fn take_log_page(&mut self, container: &ContainerId, ask: &PageAsk, page: Result<Page, Failure>) {
        if let Some(logs) = &mut self.logs {
            logs.take_page(container, ask, page);
        }
    }

    /// Something happened to a container: gives what is to be asked anew.
    pub fn on_container_event(&mut self, now: Time, container: &ContainerId, action: &str) -> Option<DetailKey> {
        let subject = Subject::Container(container.clone());
        if self.subject.as_ref() == Some(&subject)
            && action == "start"
            && let Some(logs) = &mut self.logs
        {
            logs.started(now);
        }
        self.on_event(&subject)
    }

    /// Something happened: gives what is to be asked anew. Of many events while one answer is awaited, one counts.
    pub fn on_event(&mut self, subject: &Subject) -> Option<DetailKey> {
        let shows_it = self.subject.as_ref() == Some(subject)
            && matches!(self.shown_tab(), Some(Tab::Inspect | Tab::Env | Tab::Members));
        let asked = self.asked.as_mut().filter(|_| shows_it)?;
        asked.refresh.ask().then(|| asked.key.clone())
    }

    /// A plugin was installed, switched or removed: gives what is to be asked anew.
    pub fn on_plugin_change(&mut self) -> Option<DetailKey> {
        let shows_it = self.shown_tab() == Some(Tab::Plugins);
        let asked = self.asked.as_mut().filter(|asked| shows_it && asked.key == DetailKey::Plugins)?;
        asked.refresh.ask().then_some(DetailKey::Plugins)
    }
}
