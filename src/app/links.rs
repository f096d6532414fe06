//! What the thing under the cursor has to do with others: the rows of the Links tab.

pub mod trail;

#[cfg(test)]
mod tests;

use super::detail::table_pane::RowText;
use super::detail::{Subject, Tab};
use super::host::Host;
use super::list::RowKey;
use super::view::View;
use crate::domain::text::counted;
use crate::domain::{Container, ImageId, Member, NetworkId, Time, VolumeName};
use std::collections::BTreeSet;

/// One thing that another has to do with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub kind: Kind,
    pub name: Box<str>,
    /// How they belong together: `at /data, read-only`, `172.18.0.2`.
    pub note: String,
    pub goal: Goal,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Image,
    Container,
    Volume,
    Network,
    Project,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Goal {
    Row(View, RowKey),
    /// The containers of a compose project.
    Project(Box<str>),
    /// The engine has not told which it is.
    Unknown,
}

/// What links are made from: they are made anew when it changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grounds {
    subject: Subject,
    containers: Option<Time>,
    volumes: Option<Time>,
    networks: Option<Time>,
}

impl Kind {
    pub fn word(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Container => "container",
            Self::Volume => "volume",
            Self::Network => "network",
            Self::Project => "project",
        }
    }
}

impl RowText for Link {
    fn text(&self) -> String {
        format!("{} {} {}", self.kind.word(), self.name, self.note)
    }
}

impl Grounds {
    pub fn of(host: &Host, subject: &Subject) -> Self {
        Self {
            subject: subject.clone(),
            containers: host.containers.fresh.at,
            volumes: host.volumes.fresh.at,
            networks: host.networks.fresh.at,
        }
    }
}

/// Everything that this has to do with, as far as the lists tell.
pub fn of(host: &Host, subject: &Subject) -> Vec<Link> {
    match subject {
        Subject::Container(id) => host.container(id).map(|row| of_container(host, row)).unwrap_or_default(),
        Subject::Image(id) => of_image(host, id),
        Subject::Volume(name) => of_volume(host, name),
        Subject::Network(id) => of_network(host, id),
        Subject::Registry(_) | Subject::RegistryImage(_) | Subject::Event(_) | Subject::Disk(_) | Subject::Several => {
            Vec::new()
        }
    }
}

fn of_container(host: &Host, row: &Container) -> Vec<Link> {
    let mut links = vec![to_image(row)];
    let volumes = row.mounts.iter().filter(|mount| &*mount.kind == "volume" && !mount.name.is_empty());
    links.extend(volumes.map(|mount| {
        let read_only = if mount.writable { "" } else { ", read-only" };
        Link {
            kind: Kind::Volume,
            name: mount.name.clone(),
            note: format!("at {}{read_only}", mount.destination),
            goal: Goal::Row(View::Volumes, VolumeName::new(&*mount.name).key()),
        }
    }));
    links.extend(row.networks.iter().map(|place| {
        let known = host.networks.rows.iter().find(|network| network.name == place.network);
        Link {
            kind: Kind::Network,
            name: place.network.clone(),
            note: place.address.to_string(),
            goal: known.map_or(Goal::Unknown, |network| Goal::Row(View::Networks, network.id.key())),
        }
    }));
    match row.project() {
        Some(project) => with_project(host, project, links, &Goal::Row(View::Containers, row.id.key())),
        None => links,
    }
}

fn of_image(host: &Host, id: &ImageId) -> Vec<Link> {
    let users: Vec<&Container> = host.containers.rows.iter().filter(|row| row.image_id == *id).collect();
    let projects: BTreeSet<&str> = users.iter().filter_map(|row| row.project()).collect();
    let containers = users.iter().map(|row| to_container(row, ""));
    containers.chain(projects.into_iter().map(|project| to_project(host, project))).collect()
}

fn of_volume(host: &Host, name: &VolumeName) -> Vec<Link> {
    let place = |row: &Container| {
        let mount = row.mounts.iter().find(|mount| &*mount.kind == "volume" && *mount.name == *name.as_str())?;
        let read_only = if mount.writable { "" } else { ", read-only" };
        Some(format!("at {}{read_only}", mount.destination))
    };
    let users = host.containers.rows.iter().filter_map(|row| Some(to_container(row, &place(row)?)));
    let row = host.volumes.rows.iter().find(|row| row.name == *name);
    match row.and_then(|row| row.labels.project()) {
        Some(project) => with_project(host, project, users.collect(), &Goal::Row(View::Volumes, name.key())),
        None => users.collect(),
    }
}

fn of_network(host: &Host, id: &NetworkId) -> Vec<Link> {
    let Some(network) = host.networks.rows.iter().find(|row| row.id == *id) else { return Vec::new() };
    let users = host.containers.rows.iter().filter_map(|row| {
        let place = row.networks.iter().find(|place| place.network == network.name)?;
        Some(to_container(row, &place.address))
    });
    match network.labels.project() {
        Some(project) => with_project(host, project, users.collect(), &Goal::Row(View::Networks, id.key())),
        None => users.collect(),
    }
}

/// What it has to do with directly, then its project, then everything else of that: from each thing to all others.
fn with_project(host: &Host, project: &str, direct: Vec<Link>, own: &Goal) -> Vec<Link> {
    let is_told = |link: &Link| {
        link.goal == *own || direct.iter().any(|known| known.goal == link.goal && link.goal != Goal::Unknown)
    };
    let containers = host.containers.rows.iter().filter(|row| row.project() == Some(project));
    let members: Vec<Link> =
        containers.clone().map(|row| to_container(row, row.service().unwrap_or_default())).collect();
    let mut images: Vec<Link> = Vec::new();
    for link in containers.map(to_image) {
        if images.iter().all(|known| known.goal != link.goal) {
            images.push(link);
        }
    }
    let volumes = host.volumes.rows.iter().filter(|row| row.labels.project() == Some(project));
    let networks = host.networks.rows.iter().filter(|row| row.labels.project() == Some(project));
    let volumes: Vec<Link> = volumes.map(|row| to_volume(host, &row.name)).collect();
    let networks: Vec<Link> = networks.map(|row| to_network(host, &row.id, &row.name)).collect();
    let rest: Vec<Link> =
        [members, images, volumes, networks].concat().into_iter().filter(|link| !is_told(link)).collect();
    [direct, vec![to_project(host, project)], rest].concat()
}

fn to_image(row: &Container) -> Link {
    Link {
        kind: Kind::Image,
        name: row.image.clone(),
        note: row.image_id.short().to_owned(),
        goal: Goal::Row(View::Images, row.image_id.key()),
    }
}

fn to_volume(host: &Host, name: &VolumeName) -> Link {
    let users = host.tally.volume_users(name.as_str());
    Link {
        kind: Kind::Volume,
        name: name.as_str().into(),
        note: counted(users.len(), "container", "containers"),
        goal: Goal::Row(View::Volumes, name.key()),
    }
}

fn to_network(host: &Host, id: &NetworkId, name: &str) -> Link {
    let is_on = |row: &&Container| row.networks.iter().any(|place| &*place.network == name);
    Link {
        kind: Kind::Network,
        name: name.into(),
        note: counted(host.containers.rows.iter().filter(is_on).count(), "container", "containers"),
        goal: Goal::Row(View::Networks, id.key()),
    }
}

/// Its state tells whether it is worth going there; what else there is to say comes first.
fn to_container(row: &Container, note: &str) -> Link {
    let gap = if note.is_empty() { "" } else { ", " };
    Link {
        kind: Kind::Container,
        name: row.name.clone(),
        note: format!("{note}{gap}{}", row.state.as_str()),
        goal: Goal::Row(View::Containers, row.id.key()),
    }
}

fn to_project(host: &Host, project: &str) -> Link {
    let count = host.containers.rows.iter().filter(|row| row.project() == Some(project)).count();
    Link {
        kind: Kind::Project,
        name: project.into(),
        note: counted(count, "container", "containers"),
        goal: Goal::Project(project.into()),
    }
}

/// Makes the links on screen anew where what they are made from has changed.
pub fn settle(host: &mut Host) {
    let Some(subject) = host.detail.links_wanted().cloned() else { return };
    let grounds = Grounds::of(host, &subject);
    if host.detail.links_grounds() != Some(&grounds) {
        let links = of(host, &subject);
        host.detail.set_links(grounds, links);
    }
}

/// The lists that are to be asked for: a container's row names its networks and does not say which they are, and what
/// belongs to a project besides containers is told by their own lists alone.
pub fn lacking(host: &Host) -> Vec<View> {
    let is_wanted = match host.detail.links_wanted() {
        Some(Subject::Container(_) | Subject::Volume(_) | Subject::Network(_)) => true,
        Some(_) | None => false,
    };
    let lists = [(View::Networks, &host.networks.fresh), (View::Volumes, &host.volumes.fresh)];
    lists.into_iter().filter(|(_, fresh)| is_wanted && fresh.is_lacking()).map(|(view, _)| view).collect()
}

/// Where the row under the cursor of the detail pane leads, where its tab is about other things.
pub fn under_cursor(host: &Host) -> Option<Goal> {
    match host.detail.shown_tab()? {
        Tab::Links => host.detail.links.selected().map(|link| link.goal.clone()),
        Tab::Members => host.detail.members.selected().map(|member| goal_of(host, member)),
        Tab::Logs
        | Tab::Stats
        | Tab::Top
        | Tab::Inspect
        | Tab::Env
        | Tab::Changes
        | Tab::History
        | Tab::Platforms
        | Tab::Files
        | Tab::Items
        | Tab::Engine
        | Tab::Plugins => None,
    }
}

/// A swarm's networks have members that are no containers of this host.
fn goal_of(host: &Host, member: &Member) -> Goal {
    let known = host.container(&member.container);
    known.map_or(Goal::Unknown, |row| Goal::Row(View::Containers, row.id.key()))
}
