//! Commands that ask the engine for a change of what it has.

use crate::app::App;
use crate::app::commands::Readiness;
use crate::app::dialog::Dialog;
use crate::app::dialog::confirm::{Act, Confirm};
use crate::app::listing::Place;
use crate::app::update::{Effects, perform_on};
use crate::domain::{Container, ContainerRequest, HostId, Network, State, Target, VolumeName};
use std::borrow::Cow;
use std::collections::HashMap;

const NO_CONTAINER: Cow<'static, str> = Cow::Borrowed("no container is selected");
const NO_IMAGE: Cow<'static, str> = Cow::Borrowed("no image is selected");

pub fn has_container(app: &App) -> Readiness {
    if app.host().selected_container().is_some() { Ok(()) } else { Err(NO_CONTAINER) }
}

pub fn has_image(app: &App) -> Readiness {
    if app.host().selected_image().is_some() { Ok(()) } else { Err(NO_IMAGE) }
}

pub fn can_start(app: &App) -> Readiness {
    has_container(app)?;
    if any_target(app, |row| row.state != State::Running) { Ok(()) } else { Err("it runs already".into()) }
}

pub fn can_stop(app: &App) -> Readiness {
    has_container(app)?;
    if any_target(app, |row| row.state.is_up()) { Ok(()) } else { Err("it does not run".into()) }
}

/// As [`App::targets`], but cheap: it is asked at every frame.
fn any_target(app: &App, fits: impl Fn(&Container) -> bool) -> bool {
    if app.place == Place::Everywhere && app.everywhere.list.marked() > 0 {
        let mut marked = app.hosts.iter().filter(|host| host.lists.containers.marked() > 0);
        return marked.any(|host| host.targets_any(&fits));
    }
    app.host().targets_any(fits)
}

/// For what is told to one host at a time.
pub fn on_one_host(app: &App) -> Readiness {
    has_container(app)?;
    let hosts = app.targets().len();
    if hosts > 1 { Err(format!("it is for one host at a time; marks are on {hosts}").into()) } else { Ok(()) }
}

pub fn can_kill(app: &App) -> Readiness {
    can_stop(app)?;
    on_one_host(app)
}

pub fn target(container: &Container) -> Target {
    Target::new(container.id.clone(), container.name.clone())
}

/// What an act is about, and what of it is left out.
struct Aim {
    hosts: Vec<(HostId, Vec<Target>)>,
    left_out: Vec<String>,
}

impl Aim {
    /// The targets whose state fits, those on hosts left out that take no changes now. Where there is one host, its
    /// command is not ready.
    fn at(app: &App, fits: impl Fn(&State) -> bool) -> Self {
        let mut aim = Self { hosts: Vec::new(), left_out: Vec::new() };
        for (host, rows) in app.targets() {
            let targets: Vec<Target> = rows.into_iter().filter(|row| fits(&row.state)).map(target).collect();
            match (host.refusal(), targets.as_slice()) {
                (_, []) => {}
                (Some(reason), [first, others @ ..]) => {
                    let more = if others.is_empty() { String::new() } else { format!(" and {} more", others.len()) };
                    aim.left_out.push(format!("Left out: {}{more} on {}: {reason}.", first.name, host.id));
                }
                (None, _) => aim.hosts.push((host.id.clone(), targets)),
            }
        }
        aim
    }

    fn is_empty(&self) -> bool {
        self.hosts.is_empty()
    }

    /// Sends a request for each target, to its own host.
    fn send(self, app: &mut App, request: fn(Target) -> ContainerRequest, effects: &mut Effects) {
        app.list_mut().clear_marks();
        for (host, targets) in self.hosts {
            perform_on(app, &host, targets.into_iter().map(|target| request(target).into()).collect(), effects);
        }
        if !self.left_out.is_empty() {
            let now = app.now;
            app.notices.warn(now, self.left_out.join(" "));
        }
    }

    /// Asks before anything is done.
    fn ask(self, app: &mut App, act: fn(Vec<Target>) -> Act) {
        let acts =
            self.hosts.into_iter().filter_map(|(id, targets)| Some((app.hosts.get(&id)?, act(targets)))).collect();
        if let Some(mut confirm) = Confirm::across(acts) {
            confirm.notes.extend(self.left_out);
            app.dialogs.push(Dialog::Confirm(Box::new(confirm)));
        }
    }
}

pub fn start(app: &mut App, effects: &mut Effects) {
    Aim::at(app, |state| *state != State::Running).send(app, ContainerRequest::Start, effects);
}

pub fn stop(app: &mut App, _: &mut Effects) {
    Aim::at(app, State::is_up).ask(app, Act::Stop);
}

pub fn restart(app: &mut App, _: &mut Effects) {
    Aim::at(app, |_| true).ask(app, Act::Restart);
}

pub fn remove(app: &mut App, _: &mut Effects) {
    Aim::at(app, |_| true).ask(app, Act::Remove);
}

/// Freezes those that run; where none does, lets the frozen ones go on.
pub fn pause(app: &mut App, effects: &mut Effects) {
    let running = Aim::at(app, |state| *state == State::Running);
    if running.is_empty() {
        Aim::at(app, |state| *state == State::Paused).send(app, ContainerRequest::Unpause, effects);
    } else {
        running.send(app, ContainerRequest::Pause, effects);
    }
}

/// Changes nothing, so that marks stay and read-only hosts take part.
pub fn wait(app: &mut App, effects: &mut Effects) {
    let up = |rows: Vec<&Container>| rows.into_iter().filter(|row| row.state.is_up()).map(target).collect::<Vec<_>>();
    let hosts: Vec<(HostId, Vec<Target>)> =
        app.targets().into_iter().map(|(host, rows)| (host.id.clone(), up(rows))).collect();
    for (host, targets) in hosts {
        perform_on(
            app,
            &host,
            targets.into_iter().map(|target| ContainerRequest::Wait(target).into()).collect(),
            effects,
        );
    }
}

pub fn has_volume(app: &App) -> Readiness {
    if app.host().selected_volume().is_some() { Ok(()) } else { Err("no volume is selected".into()) }
}

pub fn remove_volume(app: &mut App, _: &mut Effects) {
    let names = app.host().lists.volumes.targets();
    ask(app, Act::RemoveVolumes(names.iter().map(|name| VolumeName::new(&**name)).collect()));
}

/// The engine's own networks stay, so that there must be another one.
pub fn can_remove_network(app: &App) -> Readiness {
    let Some(selected) = app.host().selected_network() else { return Err("no network is selected".into()) };
    match target_networks(app).is_empty() {
        true => Err(format!("the engine keeps {} for itself", selected.name).into()),
        false => Ok(()),
    }
}

pub fn remove_network(app: &mut App, _: &mut Effects) {
    let networks = target_networks(app).into_iter().cloned().collect();
    ask(app, Act::RemoveNetworks(networks));
}

fn target_networks(app: &App) -> Vec<&Network> {
    let host = app.host();
    let rows: HashMap<&str, &Network> = host.networks.rows.iter().map(|row| (row.id.as_str(), row)).collect();
    let targets = host.lists.networks.targets();
    targets.iter().filter_map(|key| rows.get(&**key).copied()).filter(|row| !row.is_predefined()).collect()
}

fn ask(app: &mut App, act: Act) {
    let confirm = Confirm::new(app.host(), act);
    app.dialogs.push(Dialog::Confirm(Box::new(confirm)));
}
