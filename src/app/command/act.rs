//! Commands that ask the engine for a change of what it has.

use crate::app::App;
use crate::app::commands::Readiness;
use crate::app::dialog::Dialog;
use crate::app::dialog::confirm::{Act, Confirm};
use crate::app::update::{Effects, perform};
use crate::domain::{Container, Image, Network, Request, State, Target, VolumeName};
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
    if app.host().targets_any(|row| row.state != State::Running) { Ok(()) } else { Err("it runs already".into()) }
}

pub fn can_stop(app: &App) -> Readiness {
    has_container(app)?;
    if app.host().targets_any(|row| row.state.is_up()) { Ok(()) } else { Err("it does not run".into()) }
}

pub fn target(container: &Container) -> Target {
    Target::new(container.id.clone(), container.name.clone())
}

fn targets_that(app: &App, fits: impl Fn(&State) -> bool) -> Vec<Target> {
    app.host().target_containers().into_iter().filter(|row| fits(&row.state)).map(target).collect()
}

pub fn start(app: &mut App, effects: &mut Effects) {
    let requests = targets_that(app, |state| *state != State::Running).into_iter().map(Request::Start).collect();
    app.host_mut().list_mut().clear_marks();
    perform(app, requests, effects);
}

pub fn stop(app: &mut App, _: &mut Effects) {
    let targets = targets_that(app, State::is_up);
    ask(app, Act::Stop(targets));
}

pub fn restart(app: &mut App, _: &mut Effects) {
    let targets = targets_that(app, |_| true);
    ask(app, Act::Restart(targets));
}

pub fn remove(app: &mut App, _: &mut Effects) {
    let targets = targets_that(app, |_| true);
    ask(app, Act::Remove(targets));
}

/// Freezes those that run; where none does, lets the frozen ones go on.
pub fn pause(app: &mut App, effects: &mut Effects) {
    let running = targets_that(app, |state| *state == State::Running);
    let requests = if running.is_empty() {
        targets_that(app, |state| *state == State::Paused).into_iter().map(Request::Unpause).collect()
    } else {
        running.into_iter().map(Request::Pause).collect()
    };
    app.host_mut().list_mut().clear_marks();
    perform(app, requests, effects);
}

pub fn wait(app: &mut App, effects: &mut Effects) {
    let requests = targets_that(app, State::is_up).into_iter().map(Request::Wait).collect();
    perform(app, requests, effects);
}

pub fn remove_image(app: &mut App, _: &mut Effects) {
    let host = app.host();
    let rows: HashMap<&str, &Image> = host.images.rows.iter().map(|image| (image.id.as_str(), image)).collect();
    let keys = host.lists.images.targets();
    let images: Vec<Image> = keys.iter().filter_map(|key| rows.get(&**key).copied()).cloned().collect();
    ask(app, Act::RemoveImages(images));
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
