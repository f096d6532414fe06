//! One Docker host as the program knows it: the line to it, its last known rows, and the user's place in them.

use super::console::Consoles;
use super::detail::Detail;
use super::effect::Fetch;
use super::events::{EventBook, EventRow};
use super::jobs::Jobs;
use super::known::{Freshness, Known};
use super::links::trail::Trail;
use super::list::ListState;
use super::registries::Registries;
use super::tally::Tally;
use super::usage::UsageBook;
use super::view::View;
use super::volume_sizes::VolumeSizes;
use crate::config::ColorSpec;
use crate::domain::{
    Container, ContainerId, DiskUse, Endpoint, EngineFacts, EventSpan, Failure, FailureKind, HostId, Image, ImageId,
    Network, State, Time, Volume,
};
use std::collections::{HashMap, HashSet};
use std::time::Duration;

/// A host and everything that belongs to it alone: switching hosts switches all of this.
#[derive(Debug)]
pub struct Host {
    pub id: HostId,
    /// The names it had before in this run.
    pub former_ids: Vec<HostId>,
    /// Counts the addresses it had in this run: a line to an older one is another line.
    pub revision: u32,
    /// Where to look for it, in order.
    pub endpoints: Vec<Endpoint>,
    /// Why no endpoint could be made of the profile, if so.
    pub unusable: Option<Failure>,
    /// The profile's colour.
    pub color: Option<ColorSpec>,
    /// Refuse every changing call, with the words that say who wants it so.
    pub read_only: Option<String>,
    /// Type the host's name to confirm destructive acts.
    pub confirm_by_name: bool,
    pub link: Link,
    /// The endpoint that answered last.
    pub endpoint: Option<Endpoint>,
    pub facts: Option<EngineFacts>,
    /// How long its last list took.
    pub round_trip: Option<Duration>,
    /// How long the line alone takes, there and back.
    pub line: Option<Duration>,
    /// Nothing was heard since then, though the engine was asked.
    pub silent_since: Option<Time>,
    pub containers: Known<Container>,
    /// What an event said of a container and the list does not show yet: Docker tells of a pause before it lists it.
    pub unlisted: Option<(ContainerId, State)>,
    pub images: Known<Image>,
    pub volumes: Known<Volume>,
    pub networks: Known<Network>,
    pub registries: Registries,
    pub events: EventBook,
    /// What takes room on its disk, by kind.
    pub disk: Known<DiskUse>,
    pub volume_sizes: VolumeSizes,
    pub usage: UsageBook,
    /// What a sample costs the engine: how long it takes to answer, without the line.
    pub sample_cost: Duration,
    /// Renewed with the containers and their usage.
    pub tally: Tally,
    pub jobs: Jobs,
    pub view: View,
    pub lists: Lists,
    /// What is the user's own while the list of all hosts' containers is on screen.
    pub aside: Option<Aside>,
    pub detail: Detail,
    /// The way back from links that were followed.
    pub trail: Trail,
    /// The sessions in its console pane.
    pub consoles: Consoles,
    /// Container ids whose rows are hidden unless up; see `list.toggle-all`.
    pub show_all: bool,
    /// The shell that was found in an image, by the image's id.
    pub shells: HashMap<ImageId, String>,
    /// Images of which registries have newer ones, as far as they were asked.
    pub newer: HashSet<ImageId>,
}

/// A host's place as the user left it.
#[derive(Debug)]
pub struct Aside {
    pub list: ListState,
    pub view: View,
    pub show_all: bool,
}

/// The state of the line to a host.
#[derive(Clone, Debug, PartialEq)]
pub enum Link {
    /// Trying since then; what failed so far.
    Connecting {
        since: Time,
        tried: Vec<(Endpoint, Failure)>,
    },
    Live,
    /// It was live, or never answered: since when, and when the next try comes.
    Lost {
        since: Time,
        tried: Vec<(Endpoint, Failure)>,
        /// `None`: it waits for the user.
        retry_at: Option<Time>,
    },
}

/// The state of each view's list.
#[derive(Debug, Default)]
pub struct Lists {
    pub containers: ListState,
    pub images: ListState,
    pub volumes: ListState,
    pub networks: ListState,
    pub events: ListState,
    pub system: ListState,
}

impl Host {
    pub fn new(id: HostId, endpoints: Vec<Endpoint>, now: Time) -> Self {
        Self {
            id,
            former_ids: Vec::new(),
            revision: 0,
            endpoints,
            unusable: None,
            color: None,
            read_only: None,
            confirm_by_name: false,
            link: Link::Connecting { since: now, tried: Vec::new() },
            endpoint: None,
            facts: None,
            round_trip: None,
            line: None,
            silent_since: None,
            containers: Known::default(),
            unlisted: None,
            images: Known::default(),
            volumes: Known::default(),
            networks: Known::default(),
            registries: Registries::default(),
            events: EventBook::default(),
            disk: Known::default(),
            volume_sizes: VolumeSizes::default(),
            usage: UsageBook::default(),
            sample_cost: Duration::ZERO,
            tally: Tally::default(),
            jobs: Jobs::default(),
            view: View::Containers,
            lists: Lists::default(),
            aside: None,
            detail: Detail::default(),
            trail: Trail::default(),
            consoles: Consoles::default(),
            show_all: true,
            shells: HashMap::new(),
            newer: HashSet::new(),
        }
    }

    /// Whether it never answered in this run.
    pub fn is_unknown(&self) -> bool {
        self.containers.fresh.at.is_none() && !self.is_live()
    }

    /// Whether its engine is known to have the builder that Docker has on Linux.
    /// As far as it said yet.
    pub fn is_podman(&self) -> bool {
        self.facts.as_ref().is_some_and(|facts| &*facts.product == "Podman")
    }

    pub fn has_buildkit(&self) -> bool {
        self.facts.as_ref().is_some_and(|facts| &*facts.product == "Docker" && facts.platform.starts_with("linux"))
    }

    pub fn is_live(&self) -> bool {
        self.link == Link::Live
    }

    /// Whether nobody chose it: it is whichever of the places where engines are known to listen answers first.
    pub fn is_searched_for(&self) -> bool {
        self.endpoints.len() > 1
    }

    /// Why nothing on it can be changed now, the end of a sentence.
    pub fn refusal(&self) -> Option<&str> {
        match (&self.read_only, &self.link) {
            (Some(reason), _) => Some(reason),
            (None, Link::Live) => None,
            (None, Link::Connecting { .. } | Link::Lost { .. }) if self.is_unknown() => {
                Some("this host has not answered yet")
            }
            (None, Link::Connecting { .. } | Link::Lost { .. }) => Some("this host does not answer"),
        }
    }

    /// Why there is no engine.
    pub fn lost_by(&self) -> Option<&Failure> {
        self.tried().last().map(|(_, failure)| failure)
    }

    /// Why nobody but the user can go on: ssh has to ask something.
    pub fn login_needed(&self) -> Option<&Failure> {
        self.tried().iter().map(|(_, failure)| failure).find(|failure| failure.kind == FailureKind::NeedsLogin)
    }

    fn tried(&self) -> &[(Endpoint, Failure)] {
        match &self.link {
            Link::Connecting { tried, .. } | Link::Lost { tried, .. } => tried,
            Link::Live => &[],
        }
    }

    /// How fresh the rows of a view are.
    pub fn freshness(&self, view: View) -> &Freshness {
        match view {
            View::Containers => &self.containers.fresh,
            View::Images => &self.images.fresh,
            View::Volumes => &self.volumes.fresh,
            View::Networks => &self.networks.fresh,
            View::Registries => &self.registries.top().known.fresh,
            View::Events => &self.events.fresh,
            View::System => &self.disk.fresh,
        }
    }

    pub fn freshness_mut(&mut self, view: View) -> &mut Freshness {
        match view {
            View::Containers => &mut self.containers.fresh,
            View::Images => &mut self.images.fresh,
            View::Volumes => &mut self.volumes.fresh,
            View::Networks => &mut self.networks.fresh,
            View::Registries => &mut self.registries.top_mut().known.fresh,
            View::Events => &mut self.events.fresh,
            View::System => &mut self.disk.fresh,
        }
    }

    /// Notes since when the rows of the view on screen are waited for.
    pub fn note_waiting(&mut self, now: Time) {
        let any_rows = self.row_count(self.view) > 0;
        self.freshness_mut(self.view).note_waiting(now, any_rows);
    }

    /// What asks for the rows of a view, as far as it is on screen.
    pub fn rows_of(&self, view: View) -> Fetch {
        match view {
            View::Containers => Fetch::Containers,
            View::Images => Fetch::Images,
            View::Volumes => Fetch::Volumes,
            View::Networks => Fetch::Networks,
            View::Events => Fetch::Events(EventSpan { since: None, until: 0 }),
            View::System => Fetch::DiskUse,
            View::Registries => match self.registries.path() {
                None => Fetch::Registries,
                Some(path) => Fetch::RegistryPage { path: path.clone(), after: None },
            },
        }
    }

    /// How many rows of a view are known, filtered or not.
    pub fn row_count(&self, view: View) -> usize {
        match view {
            View::Containers => self.containers.rows.len(),
            View::Images => self.images.rows.len(),
            View::Volumes => self.volumes.rows.len(),
            View::Networks => self.networks.rows.len(),
            View::Registries => self.registries.rows().len(),
            View::Events => self.events.rows().len(),
            View::System => self.disk.rows.len(),
        }
    }

    /// After a time without events, everything but the containers may be old.
    pub fn forget_freshness(&mut self) {
        // Registries are no part of the engine.
        for view in View::ALL.into_iter().filter(|view| !matches!(view, View::Containers | View::Registries)) {
            self.freshness_mut(view).forget();
        }
    }

    pub fn is_demo(&self) -> bool {
        self.endpoints.contains(&Endpoint::Demo)
    }

    pub fn container(&self, id: &ContainerId) -> Option<&Container> {
        self.containers.rows.get(self.tally.place(id)?)
    }

    /// The container under the cursor.
    pub fn selected_container(&self) -> Option<&Container> {
        self.containers.rows.get(self.lists.containers.selected_row()?)
    }

    /// The image under the cursor.
    pub fn selected_image(&self) -> Option<&Image> {
        self.images.rows.get(self.lists.images.selected_row()?)
    }

    pub fn selected_volume(&self) -> Option<&Volume> {
        self.volumes.rows.get(self.lists.volumes.selected_row()?)
    }

    pub fn selected_network(&self) -> Option<&Network> {
        self.networks.rows.get(self.lists.networks.selected_row()?)
    }

    /// Shows the event under the cursor in the detail pane.
    pub fn show_event(&mut self) {
        let row = self.lists.events.selected_row().filter(|_| self.view == View::Events);
        self.detail.show_event(row.and_then(|row| self.events.rows().get(row)));
    }

    /// The event under the cursor.
    pub fn selected_event(&self) -> Option<&EventRow> {
        self.events.rows().get(self.lists.events.selected_row()?)
    }

    pub fn selected_disk_use(&self) -> Option<&DiskUse> {
        self.disk.rows.get(self.lists.system.selected_row()?)
    }

    /// The containers that acts are about: all marked ones, else the selected one.
    pub fn target_containers(&self) -> Vec<&Container> {
        let targets = self.lists.containers.targets();
        targets.into_iter().filter_map(|key| self.container(&ContainerId::from(key))).collect()
    }

    /// Whether an act would be about a container like this.
    pub fn targets_any(&self, fits: impl Fn(&Container) -> bool) -> bool {
        let mut targets = self.lists.containers.each_target();
        targets.any(|key| self.container(&ContainerId::from(key.clone())).is_some_and(&fits))
    }

    pub fn list(&self) -> &ListState {
        self.list_of(self.view)
    }

    pub fn list_mut(&mut self) -> &mut ListState {
        self.list_of_mut(self.view)
    }

    /// The list of a view, in the registries that of the place one is in.
    pub fn list_of(&self, view: View) -> &ListState {
        match view {
            View::Containers => &self.lists.containers,
            View::Images => &self.lists.images,
            View::Volumes => &self.lists.volumes,
            View::Networks => &self.lists.networks,
            View::Events => &self.lists.events,
            View::System => &self.lists.system,
            View::Registries => &self.registries.top().list,
        }
    }

    pub fn list_of_mut(&mut self, view: View) -> &mut ListState {
        match view {
            View::Containers => &mut self.lists.containers,
            View::Images => &mut self.lists.images,
            View::Volumes => &mut self.lists.volumes,
            View::Networks => &mut self.lists.networks,
            View::Events => &mut self.lists.events,
            View::System => &mut self.lists.system,
            View::Registries => &mut self.registries.top_mut().list,
        }
    }
}
