//! The logs of several containers as one, while they are on screen: whose they are, who joins them and who leaves.

use super::App;
use super::detail::Detail;
use super::detail::log_pages::{Page, PageAsk};
use super::detail::log_pane::{LogLook, LogPane, Member};
use super::host::Host;
use super::layout::Pane;
use super::listing::Place;
use super::msg::{HostMsg, LogPart};
use super::view::View;
use crate::config::LogSettings;
use crate::domain::{Container, ContainerId, EngineEvent, Failure, HostId, Time};

/// Logs that are read at once at most: each keeps a connection busy.
pub const MOST: usize = 64;
/// Logs that are kept at most, those of containers that are gone included.
const MOST_KEPT: usize = 1024;
/// Streams and pages are counted from a multiple of this, so that nobody else's are taken for them.
const COUNTED_FROM: u32 = 1 << 16;

/// Several logs on screen, in place of the selected container's.
#[derive(Debug)]
pub struct Together {
    pub detail: Detail,
    what: What,
    members: Vec<Known>,
    /// The hosts' names stand before the containers'.
    names_hosts: bool,
    /// Hosts that do not answer now.
    lost: Vec<HostId>,
    first_attempt: u32,
}

/// Whose logs they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Containers that were marked; those made anew under their names as well.
    Marked,
    /// All containers of a compose project, those that are added later as well.
    Project { host: HostId, name: Box<str> },
}

#[derive(Debug)]
struct Known {
    host: HostId,
    id: ContainerId,
    name: Box<str>,
    is_gone: bool,
}

/// Opens them in the detail pane.
pub fn open(app: &mut App, what: What, containers: Vec<(HostId, Container)>) {
    app.focus = Pane::Detail;
    let is_open = app.together.as_ref().is_some_and(|together| together.is_about(&what, &containers));
    if is_open {
        return;
    }
    app.readings += 1;
    let first_attempt = app.readings.wrapping_mul(COUNTED_FROM);
    let look = app.host().detail.log_look(&app.settings.logs);
    let now = app.now;
    app.together = Some(Together::new(now, what, containers, first_attempt, &app.settings.logs, look));
}

impl Together {
    fn new(
        now: Time,
        what: What,
        containers: Vec<(HostId, Container)>,
        first_attempt: u32,
        settings: &LogSettings,
        look: LogLook,
    ) -> Self {
        let first = containers.first().map(|(host, _)| host.clone());
        let names_hosts = containers.iter().any(|(host, _)| Some(host) != first.as_ref());
        let pane = LogPane::of_several(now, &[], first_attempt, settings, look);
        let mut together = Self {
            detail: Detail::of_several(pane),
            what,
            members: Vec::new(),
            names_hosts,
            lost: Vec::new(),
            first_attempt,
        };
        for (host, row) in &containers {
            together.join(now, host, row);
        }
        together
    }

    fn is_about(&self, what: &What, containers: &[(HostId, Container)]) -> bool {
        let knows = |(host, row): &(HostId, Container)| self.member(host, &row.id).is_some();
        self.what == *what && self.members.len() == containers.len() && containers.iter().all(knows)
    }

    /// What the pane is called.
    pub fn title(&self) -> String {
        match &self.what {
            What::Marked => {
                let mut names: Vec<&str> = Vec::new();
                for known in self.members.iter().filter(|known| !known.is_gone) {
                    if !names.contains(&&*known.name) {
                        names.push(&known.name);
                    }
                }
                names.join(", ")
            }
            What::Project { name, .. } => format!("{name} ({})", self.members.len()),
        }
    }

    fn member(&self, host: &HostId, id: &ContainerId) -> Option<&Known> {
        self.members.iter().find(|known| known.host == *host && known.id == *id)
    }

    fn label(&self, host: &HostId, name: &str) -> String {
        let label = if self.names_hosts { format!("{host} {name}") } else { name.to_owned() };
        crate::domain::text::clean(&label).into_owned()
    }

    fn join(&mut self, now: Time, host: &HostId, row: &Container) {
        let label = self.label(host, &row.name);
        let member = Member { host: host.clone(), container: row.id.clone(), label, is_up: row.state.is_up() };
        if let Some(logs) = &mut self.detail.logs {
            logs.join(now, &member, self.first_attempt);
        }
        self.members.push(Known { host: host.clone(), id: row.id.clone(), name: row.name.clone(), is_gone: false });
    }

    fn tell(&mut self, time: Time, sentence: &str) {
        if let Some(logs) = &mut self.detail.logs {
            logs.tell(time.0, &format!("── {sentence} ──"));
        }
    }

    /// Whether a new container belongs to them.
    fn wants(&self, host: &HostId, row: &Container) -> bool {
        let belongs = match &self.what {
            What::Marked => self.members.iter().any(|known| known.host == *host && known.name == row.name),
            What::Project { host: on, name } => on == host && row.project() == Some(&**name),
        };
        belongs && self.has_room() && self.member(host, &row.id).is_none()
    }

    /// Of one that is gone nothing is read any more.
    fn has_room(&self) -> bool {
        let read = self.members.iter().filter(|known| !known.is_gone).count();
        read < MOST && self.members.len() < MOST_KEPT
    }

    /// A host listed its containers.
    fn relist(&mut self, now: Time, host: &Host) {
        let gone: Vec<ContainerId> = self
            .members
            .iter()
            .filter(|known| known.host == host.id && !known.is_gone && host.container(&known.id).is_none())
            .map(|known| known.id.clone())
            .collect();
        for id in gone {
            self.leave(now, &host.id, &id);
        }
        for row in &host.containers.rows {
            if self.wants(&host.id, row) {
                self.join(now, &host.id, row);
                let label = self.label(&host.id, &row.name);
                self.tell(Time(row.created.saturating_mul(1_000_000_000)), &format!("{label} joined"));
            }
        }
        let Some(logs) = &mut self.detail.logs else { return };
        for known in self.members.iter().filter(|known| known.host == host.id) {
            if let Some(row) = host.container(&known.id) {
                logs.see_member(now, &host.id, &known.id, row.state.is_up());
            }
        }
    }

    fn leave(&mut self, now: Time, host: &HostId, id: &ContainerId) {
        let is_this = |known: &&mut Known| known.host == *host && known.id == *id && !known.is_gone;
        let Some(known) = self.members.iter_mut().find(is_this) else { return };
        known.is_gone = true;
        let name = known.name.clone();
        let label = self.label(host, &name);
        if let Some(logs) = &mut self.detail.logs {
            logs.member_gone(host, id);
        }
        self.tell(now, &format!("{label} was removed"));
    }

    fn on_event(&mut self, now: Time, host: &HostId, event: &EngineEvent) {
        let id = ContainerId::new(&*event.actor);
        let Some(known) = self.member(host, &id) else { return };
        let (label, time) = (self.label(host, &known.name), Time(event.time));
        match &*event.action {
            "start" => {
                if let Some(logs) = &mut self.detail.logs {
                    logs.member_started(now, host, &id);
                }
                self.tell(time, &format!("{label} started"));
            }
            "die" => {
                let code = event.exit_code().filter(|code| *code != "0");
                let code = code.map(|code| format!(" with exit code {code}")).unwrap_or_default();
                self.tell(time, &format!("{label} stopped{code}"));
            }
            "oom" => self.tell(time, &format!("{label} ran out of memory")),
            "pause" => self.tell(time, &format!("{label} was paused")),
            "unpause" => self.tell(time, &format!("{label} goes on")),
            "destroy" | "remove" => self.leave(time, host, &id),
            _ => {}
        }
    }

    /// Reads the logs on the hosts that answer, while they are on screen.
    fn follow(&mut self, now: Time, on_screen: bool, is_live: impl Fn(&HostId) -> bool) {
        let mut hosts: Vec<HostId> = Vec::new();
        for known in &self.members {
            if !hosts.contains(&known.host) {
                hosts.push(known.host.clone());
            }
        }
        for host in hosts {
            match (is_live(&host), self.lost.iter().position(|lost| *lost == host)) {
                (false, None) => {
                    self.tell(now, &format!("the connection to {host} was lost"));
                    self.lost.push(host);
                }
                (true, Some(place)) => {
                    self.tell(now, &format!("{host} is connected again"));
                    self.lost.remove(place);
                }
                (false, Some(_)) | (true, None) => {}
            }
        }
        if let Some(logs) = &mut self.detail.logs {
            logs.follow_all(now, |host| on_screen && is_live(host));
        }
    }

    fn is_counted(&self, number: u32) -> bool {
        number.wrapping_sub(self.first_attempt) < COUNTED_FROM
    }

    fn take_log(&mut self, host: &HostId, container: &ContainerId, attempt: u32, part: LogPart) {
        if let Some(logs) = &mut self.detail.logs {
            logs.take_of(host, container, attempt, part);
        }
    }

    fn take_page(&mut self, host: &HostId, container: &ContainerId, ask: &PageAsk, page: Result<Page, Failure>) {
        if let Some(logs) = &mut self.detail.logs {
            logs.take_page_of(host, container, ask, page);
        }
    }
}

/// Takes what is for them of what came from a host; gives back what is not.
pub fn take(app: &mut App, id: &HostId, msg: HostMsg) -> Option<HostMsg> {
    let Some(together) = &mut app.together else { return Some(msg) };
    match msg {
        HostMsg::Log { container, attempt, part } if together.is_counted(attempt) => {
            together.take_log(id, &container, attempt, part);
            None
        }
        HostMsg::LogPage { container, ask, page } if together.is_counted(ask.number) => {
            together.take_page(id, &container, &ask, page);
            None
        }
        HostMsg::LogSurvey { container, ask, part } if together.is_counted(ask.number) => {
            if let Some(logs) = &mut together.detail.logs {
                logs.take_survey_of(id, &container, &ask, part);
            }
            None
        }
        HostMsg::Event(event) => {
            together.on_event(app.now, id, &event);
            Some(HostMsg::Event(event))
        }
        msg => Some(msg),
    }
}

/// A host listed its containers.
pub fn relist(app: &mut App, id: &HostId) {
    let now = app.now;
    if let (Some(together), Some(host)) = (&mut app.together, app.hosts.get(id))
        && host.containers.fresh.failure.is_none()
    {
        together.relist(now, host);
    }
}

/// They are read while they are on screen, and are left with the containers' list.
pub fn settle(app: &mut App) {
    let is_here = match app.place {
        Place::Everywhere => true,
        Place::Host => app.host().view == View::Containers,
        Place::Hosts => false,
    };
    let on_screen = !app.layout().detail.is_empty();
    let (now, hosts) = (app.now, &app.hosts);
    match &mut app.together {
        Some(together) if is_here => {
            together.follow(now, on_screen, |host| hosts.get(host).is_some_and(Host::is_live));
        }
        Some(_) => app.together = None,
        None => {}
    }
}

#[cfg(test)]
mod tests;
