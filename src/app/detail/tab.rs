//! The tabs of the detail pane, and what the pane can be about.

use super::Detail;
use crate::app::host::Host;
use crate::app::list::RowKey;
use crate::app::scope::Scope;
use crate::app::view::View;
use crate::domain::{ContainerId, DiskKind, ImageId, NetworkId, RegistryName, RegistryPath, State, VolumeName};

/// What the pane is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    Container(ContainerId),
    Image(ImageId),
    Volume(VolumeName),
    Network(NetworkId),
    Registry(RegistryName),
    /// An image in a registry.
    RegistryImage(RegistryPath),
    /// Something that happened, by its number.
    Event(RowKey),
    /// The engine, and what of one kind takes room there; `None` while that is not known.
    Disk(Option<DiskKind>),
    /// Several containers, of which the logs are shown.
    Several,
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
    /// For which platforms an image is there.
    Platforms,
    Members,
    Links,
    Files,
    /// The things that take room.
    Items,
    /// What the engine says of itself.
    Engine,
    Plugins,
}

/// What is selected on a host and whether the pane shows it now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    pub subject: Option<Subject>,
    /// The container has processes.
    pub is_up: bool,
    /// Processes may be started in it.
    pub can_exec: bool,
    /// The pane is on screen and the engine answers.
    pub on_screen: bool,
}

impl Tab {
    pub fn title(self) -> &'static str {
        match self {
            Self::Logs => "Logs",
            Self::Stats => "Stats",
            Self::Top => "Top",
            Self::Inspect => "Inspect",
            Self::Env => "Env",
            Self::Changes => "Changes",
            Self::History => "History",
            Self::Platforms => "Platforms",
            Self::Members => "Members",
            Self::Links => "Links",
            Self::Files => "Files",
            Self::Items => "Items",
            Self::Engine => "Engine",
            Self::Plugins => "Plugins",
        }
    }

    /// The scopes of its own keys, the inner one first.
    pub fn scopes(self) -> &'static [Scope] {
        match self {
            Self::Logs => &[Scope::Logs],
            Self::Top => &[Scope::Top, Scope::Tables],
            Self::Inspect => &[Scope::Inspect],
            Self::Env => &[Scope::Env, Scope::Tables],
            Self::Changes | Self::History | Self::Platforms | Self::Items | Self::Engine => &[Scope::Tables],
            Self::Plugins => &[Scope::Plugins, Scope::Tables],
            Self::Members | Self::Links => &[Scope::Links, Scope::Tables],
            Self::Stats => &[Scope::Stats],
            Self::Files => &[Scope::Files],
        }
    }

    pub fn shows_stats(self) -> bool {
        self == Self::Stats
    }

    /// Rows inside the pane that are taken by column titles.
    pub fn title_rows(self) -> usize {
        match self {
            Self::Top | Self::History | Self::Platforms | Self::Members | Self::Files | Self::Items | Self::Plugins => {
                1
            }
            Self::Logs | Self::Stats | Self::Inspect | Self::Env | Self::Changes | Self::Links | Self::Engine => 0,
        }
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
            View::Registries => match host.registries.image() {
                Some(image) => Some(Self::RegistryImage(image)),
                None => host.registries.here().map(|registry| Self::Registry(registry.name.clone())),
            },
            View::Events => host.selected_event().map(|row| Self::Event(row.key.clone())),
            View::System => Some(Self::Disk(host.selected_disk_use().map(|row| row.kind))),
        }
    }
}

impl Seen {
    /// What is selected on a host; `shown` says whether the detail pane has room on the screen.
    pub fn of(host: &Host, shown: bool) -> Self {
        let container = host.selected_container().filter(|_| host.view == View::Containers);
        let is_up = container.is_some_and(|row| row.state.is_up());
        let can_exec = container.is_some_and(|row| row.state == State::Running) && host.read_only.is_none();
        Self { subject: Subject::of(host), is_up, can_exec, on_screen: shown && host.is_live() }
    }
}

impl Detail {
    /// The tab shown for a view.
    pub fn tab(&self, view: View) -> Tab {
        let first = view.tabs().first().copied();
        self.tabs.get(&view).copied().or(first).unwrap_or(Tab::Inspect)
    }

    pub fn set_tab(&mut self, view: View, tab: Tab) {
        self.sideways = 0;
        self.tabs.insert(view, tab);
    }

    /// The tab shown for the subject.
    pub fn shown_tab(&self) -> Option<Tab> {
        let view = match self.subject.as_ref()? {
            Subject::Container(_) => View::Containers,
            Subject::Image(_) => View::Images,
            Subject::Volume(_) => View::Volumes,
            Subject::Network(_) => View::Networks,
            Subject::Registry(_) | Subject::RegistryImage(_) => View::Registries,
            Subject::Disk(_) => View::System,
            Subject::Event(_) => View::Events,
            Subject::Several => return Some(Tab::Logs),
        };
        Some(self.tab(view))
    }
}
