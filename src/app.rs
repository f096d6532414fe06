//! The state of the program and the only way it changes.
//!
//! [`App`] says what is true; [`update`](update::update) changes it and says what to do; `subscriptions` says what should
//! run. Nothing here waits, fails, asks a clock or names the engine.

pub mod board;
pub mod builds;
pub mod charts;
pub mod columns;
pub mod command;
pub mod commands;
pub mod console;
pub mod detail;
pub mod dialog;
pub mod effect;
pub mod events;
pub mod everywhere;
#[cfg(test)]
pub mod fixture;
pub mod fleet;
pub mod form;
pub mod fuzzy;
pub mod host;
pub mod host_page;
pub mod host_row;
pub mod image_asks;
pub mod jobs;
pub mod json_tree;
pub mod key;
pub mod keymap;
pub mod known;
pub mod layout;
pub mod line_input;
pub mod links;
pub mod list;
pub mod listing;
pub mod logs;
pub mod msg;
pub mod notice;
pub mod prompt;
pub mod reference;
pub mod refresh;
pub mod registries;
pub mod request_log;
pub mod rows;
pub mod sampling;
pub mod scope;
pub mod subscriptions;
pub mod tally;
pub mod together;
pub mod update;
pub mod usage;
pub mod view;
pub mod volume_sizes;

pub use effect::{Beat, Effect, Fetch, Subscription};
pub use msg::{HostMsg, Msg};
pub use subscriptions::subscriptions;
pub use update::update;

use crate::config::{KnownHost, Settings};
use crate::domain::{Container, HostId, Time};
use board::Board;
use builds::Builds;
use charts::Charts;
use columns::choice::ColumnChoice;
use detail::Detail;
use dialog::{Dialog, api::ApiBook};
use everywhere::Everywhere;
use form::Drafts;
use host::Host;
use jiff::tz::TimeZone;
use keymap::Keymap;
use layout::{Layout, Pane, Panes};
use list::ListState;
use listing::{Listing, Place};
use notice::Notices;
use prompt::Prompt;
use ratatui::layout::Rect;
use request_log::RequestLog;
use scope::Scope;
use together::Together;
use view::View;

/// Everything that is true, as plain data.
#[derive(Debug)]
pub struct App {
    pub settings: Settings,
    pub keymap: Keymap,
    /// When the last message came: what ages on screen are told against.
    pub now: Time,
    /// Where the user's clock stands: for times that are typed, and in names of files.
    pub zone: TimeZone,
    /// Columns and rows of the terminal.
    pub area: Rect,
    pub hosts: Hosts,
    /// Every host that can be chosen; those that are connected are among them.
    pub roster: Vec<KnownHost>,
    /// Nothing is changed in this run, whatever the profiles say.
    pub read_only: bool,
    /// The version of the API to speak, where `DOCKER_API_VERSION` says so.
    pub api: Option<crate::domain::ApiVersion>,
    /// The config file that hosts are saved in, as it is shown; `None` where they are kept until the program ends.
    pub profiles_file: Option<String>,
    /// At a host, or above all of them.
    pub place: Place,
    pub board: Board,
    pub everywhere: Everywhere,
    /// What is chosen in the charts.
    pub charts: Charts,
    pub focus: Pane,
    /// List or detail pane, whichever had the focus last.
    pub beneath: Pane,
    /// The focused pane has the whole screen.
    pub zoomed: bool,
    /// A line being typed into a pane: filter, search.
    pub prompt: Option<Prompt>,
    /// The last one lies on top and takes the keys.
    pub dialogs: Vec<Dialog>,
    /// Forms that were closed with something typed in them.
    pub drafts: Drafts,
    pub notices: Notices,
    /// What builders told.
    pub builds: Builds,
    /// What was sent to engines, and what of it was typed.
    pub requests: RequestLog,
    pub api_book: ApiBook,
    /// Which columns each view shows.
    pub columns: ColumnChoice,
    /// What was chosen in the palette, the last first: names of commands and typed words.
    pub recent: Vec<&'static str>,
    /// The next job's number.
    pub next_job: u64,
    /// The logs of several containers, where they are on screen in place of what is selected.
    pub together: Option<Together>,
    /// How often such logs were opened.
    pub readings: u32,
}

/// All hosts of this run, one of which is on screen.
#[derive(Debug)]
pub struct Hosts {
    active: Host,
    others: Vec<Host>,
}

impl Hosts {
    pub fn new(active: Host) -> Self {
        Self { active, others: Vec::new() }
    }

    pub fn iter(&self) -> impl Iterator<Item = &Host> {
        std::iter::once(&self.active).chain(&self.others)
    }

    /// The host on screen, then those that were there before, the last first.
    pub fn by_last_use(&self) -> impl Iterator<Item = &Host> {
        std::iter::once(&self.active).chain(self.others.iter().rev())
    }

    /// Adds a host in the background; nothing happens to one that is there already.
    pub fn add(&mut self, host: Host) {
        if self.get(&host.id).is_none() {
            self.others.insert(0, host);
        }
    }

    pub fn get(&self, id: &HostId) -> Option<&Host> {
        self.iter().find(|host| host.id == *id)
    }

    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut Host> {
        std::iter::once(&mut self.active).chain(&mut self.others)
    }

    /// What is under way for a host that was given another name answers to the old one.
    pub fn get_mut(&mut self, id: &HostId) -> Option<&mut Host> {
        let is_known = self.get(id).is_some();
        let meant = |host: &&mut Host| if is_known { host.id == *id } else { host.former_ids.contains(id) };
        std::iter::once(&mut self.active).chain(&mut self.others).find(meant)
    }

    /// Brings a known host to the screen; false when there is none of that name.
    pub fn switch(&mut self, id: &HostId) -> bool {
        if let Some(place) = self.others.iter().position(|other| other.id == *id) {
            let host = self.others.remove(place);
            self.active.detail.leave();
            self.others.push(std::mem::replace(&mut self.active, host));
        }
        self.active.id == *id
    }

    /// Lets a host go; in place of the one on screen comes the one that was there before it. False when there is none.
    pub fn drop(&mut self, id: &HostId) -> bool {
        if self.active.id == *id {
            let Some(next) = self.others.pop() else { return false };
            self.active = next;
            return true;
        }
        let before = self.others.len();
        self.others.retain(|other| other.id != *id);
        self.others.len() < before
    }

    /// Brings a host to the screen, one that is known or a new one; the one that was there stays connected.
    pub fn show(&mut self, mut host: Host) {
        if let Some(place) = self.others.iter().position(|other| other.id == host.id) {
            host = self.others.remove(place);
        }
        if self.active.id != host.id {
            self.active.detail.leave();
            self.others.push(std::mem::replace(&mut self.active, host));
        }
    }
}

impl App {
    pub fn new(settings: Settings, keymap: Keymap, mut host: Host, now: Time) -> Self {
        host.show_all = settings.show_all;
        rows::set_default_sort(&mut host, &settings);
        let columns = ColumnChoice::new(&settings);
        let everywhere = Everywhere::new(&settings);
        let mut app = Self {
            settings,
            keymap,
            now,
            zone: TimeZone::UTC,
            area: Rect::new(0, 0, 80, 24),
            hosts: Hosts::new(host),
            roster: Vec::new(),
            read_only: false,
            api: None,
            profiles_file: None,
            place: Place::Host,
            board: Board::new(),
            everywhere,
            charts: Charts::default(),
            focus: Pane::List,
            beneath: Pane::List,
            zoomed: false,
            prompt: None,
            dialogs: Vec::new(),
            drafts: Drafts::default(),
            notices: Notices::default(),
            builds: Builds::default(),
            api_book: ApiBook::default(),
            requests: RequestLog::default(),
            columns,
            recent: Vec::new(),
            next_job: 1,
            together: None,
            readings: 0,
        };
        fleet::complete_roster(&mut app);
        app
    }

    /// The host on screen.
    pub fn host(&self) -> &Host {
        &self.hosts.active
    }

    pub fn host_mut(&mut self) -> &mut Host {
        &mut self.hosts.active
    }

    /// What the detail pane shows: of what is selected, or of several containers.
    pub fn detail(&self) -> &Detail {
        self.together.as_ref().map_or(&self.hosts.active.detail, |together| &together.detail)
    }

    pub fn detail_mut(&mut self) -> &mut Detail {
        match &mut self.together {
            Some(together) => &mut together.detail,
            None => &mut self.hosts.active.detail,
        }
    }

    /// Takes the hosts that can be chosen at the start; the one that is on screen is among them.
    pub fn set_roster(&mut self, roster: Vec<KnownHost>) {
        self.roster = roster;
        fleet::complete_roster(self);
    }

    /// The containers that acts are about, by host: in the list of all hosts, those marked on any of them.
    pub fn targets(&self) -> Vec<(&Host, Vec<&Container>)> {
        if self.place == Place::Everywhere && self.everywhere.list.marked() > 0 {
            let marked = self.hosts.iter().filter(|host| host.lists.containers.marked() > 0);
            return marked.map(|host| (host, host.target_containers())).collect();
        }
        vec![(self.host(), self.host().target_containers())]
    }

    /// Why nothing can be changed of what acts are about. Where some of it can, what cannot is left out.
    pub fn refusal(&self) -> Option<&str> {
        if self.place != Place::Everywhere || self.everywhere.list.marked() == 0 {
            return self.host().refusal();
        }
        let mut marked = self.hosts.iter().filter(|host| host.lists.containers.marked() > 0);
        let first = marked.next()?.refusal()?;
        marked.all(|host| host.refusal().is_some()).then_some(first)
    }

    /// What is told of a host: its name stands before it where it is not the one on screen.
    pub fn told_of(&self, id: &HostId, text: String) -> String {
        if self.host().id == *id { text } else { format!("{id}: {text}") }
    }

    /// What the list pane lists.
    pub fn listing(&self) -> Listing {
        match self.place {
            Place::Host => Listing::View(self.host().view),
            Place::Hosts => Listing::Hosts,
            Place::Everywhere => Listing::Everywhere,
        }
    }

    /// The list in the list pane.
    pub fn list(&self) -> &ListState {
        match self.place {
            Place::Host => self.host().list(),
            Place::Hosts => &self.board.list,
            Place::Everywhere => &self.everywhere.list,
        }
    }

    pub fn list_mut(&mut self) -> &mut ListState {
        match self.place {
            Place::Host => self.host_mut().list_mut(),
            Place::Hosts => &mut self.board.list,
            Place::Everywhere => &mut self.everywhere.list,
        }
    }

    /// The roster's entry under the cursor of the Hosts view.
    pub fn known_host(&self) -> Option<&KnownHost> {
        self.known_place().map(|(_, known)| known)
    }

    /// The roster's entry under the cursor of the Hosts view, and its place in the roster.
    pub fn known_place(&self) -> Option<(usize, &KnownHost)> {
        let place = self.board.list.selected_row()?;
        Some((place, self.roster.get(place)?))
    }

    /// Whether the console pane is to be seen: it belongs to one host.
    pub fn shows_console(&self) -> bool {
        self.place == Place::Host && self.host().consoles.is_visible()
    }

    pub fn layout(&self) -> Layout {
        let panes =
            Panes { focus: self.focus, beneath: self.beneath, zoomed: self.zoomed, console: self.shows_console() };
        if self.place == Place::Host && self.host().is_unknown() {
            // Why there is nothing to see needs the room; there is nothing to see beside it.
            return layout::layout(self.area, Panes { focus: Pane::List, zoomed: true, console: false, ..panes });
        }
        layout::layout(self.area, panes)
    }

    /// Where keys are looked up now, the innermost scope first.
    pub fn scopes(&self) -> Vec<Scope> {
        let mut scopes = Vec::with_capacity(6);
        match self.focus {
            // Nothing else: a container's keys would mean the one under the cursor of the list.
            Pane::Console if self.host().consoles.is_typing => return vec![Scope::Session],
            Pane::Console if self.host().consoles.is_marking() => return vec![Scope::Marking, Scope::Anywhere],
            Pane::Console => return vec![Scope::Console, Scope::Anywhere],
            Pane::List => scopes.push(Scope::Lists),
            Pane::Detail if self.place == Place::Hosts => scopes.push(Scope::Detail),
            Pane::Detail => {
                scopes.extend_from_slice(self.detail().tab(self.host().view).scopes());
                scopes.push(Scope::Detail);
            }
        }
        scopes.push(match self.listing() {
            Listing::View(View::Containers) | Listing::Everywhere => Scope::Containers,
            Listing::View(View::Images) => Scope::Images,
            Listing::View(View::Volumes) => Scope::Volumes,
            Listing::View(View::Networks) => Scope::Networks,
            Listing::View(View::Registries) => Scope::Registries,
            Listing::View(View::Events) => Scope::Events,
            Listing::View(View::System) => Scope::System,
            Listing::Hosts => Scope::Hosts,
        });
        // The view's own keys win over those that all lists share.
        if self.focus == Pane::List {
            scopes.reverse();
        }
        scopes.push(Scope::Anywhere);
        if self.notices.is_focused() {
            scopes.insert(0, Scope::Notice);
        }
        scopes
    }
}
