//! Commands of the volumes and the networks.

use super::act::has_volume;
use crate::app::commands::Readiness;
use crate::app::detail::{Subject, Tab};
use crate::app::dialog::Dialog;
use crate::app::dialog::confirm::{Act, Confirm, Unused};
use crate::app::form::{FileForm, FormKind, Meeting, StorageForm};
use crate::app::host::Host;
use crate::app::layout::Pane;
use crate::app::links::{self, Goal};
use crate::app::update::{Effects, forms};
use crate::app::view::View;
use crate::app::volume_sizes::Purpose;
use crate::app::{App, Effect, Fetch};
use crate::domain::{Container, ContainerId, Failure, HostId, Network, Target, Time, VolumeName};

pub fn create_volume(app: &mut App, effects: &mut Effects) {
    forms::open(app, FormKind::Storage(StorageForm::CreateVolume), effects);
}

pub fn clone_volume(app: &mut App, effects: &mut Effects) {
    let Some(name) = app.host().selected_volume().map(|row| row.name.clone()) else { return };
    forms::open(app, FormKind::Storage(StorageForm::CloneVolume(name)), effects);
}

pub fn export_volume(app: &mut App, effects: &mut Effects) {
    let Some(name) = app.host().selected_volume().map(|row| row.name.clone()) else { return };
    forms::open(app, FormKind::File(FileForm::ExportVolume(name)), effects);
}

pub fn import_volume(app: &mut App, effects: &mut Effects) {
    forms::open(app, FormKind::File(FileForm::ImportVolume), effects);
}

pub fn create_network(app: &mut App, effects: &mut Effects) {
    forms::open(app, FormKind::Storage(StorageForm::CreateNetwork), effects);
}

/// Whether the sizes are not being measured already.
pub fn can_measure(app: &App) -> Readiness {
    match app.host().volume_sizes.wanted {
        None => Ok(()),
        Some(_) => Err("the engine is measuring the volumes".into()),
    }
}

pub fn measure(app: &mut App, effects: &mut Effects) {
    ask_for_sizes(app, Purpose::Look, effects);
}

/// First what would go is found out, then it is asked about.
pub fn prune_volumes(app: &mut App, effects: &mut Effects) {
    ask_for_sizes(app, Purpose::Prune, effects);
}

fn ask_for_sizes(app: &mut App, purpose: Purpose, effects: &mut Effects) {
    let now = app.now;
    let host = app.host_mut();
    host.volume_sizes.wanted = Some(purpose);
    effects.push(Effect::Fetch { host: host.id.clone(), fetch: Fetch::VolumeSizes });
    app.notices.say(now, "Measuring the volumes; that may take the engine a while");
}

/// The sizes came, or did not.
pub fn measured(app: &mut App, id: &HostId, now: Time, answer: Result<Vec<(VolumeName, u64)>, Failure>) {
    let Some(host) = app.hosts.get_mut(id) else { return };
    let purpose = host.volume_sizes.wanted.take();
    let failure = match answer {
        Ok(sizes) => {
            host.volume_sizes.take(now, sizes);
            crate::app::rows::renew(host, View::Volumes);
            None
        }
        Err(failure) => Some(failure),
    };
    let is_free = app.host().id == *id && app.dialogs.is_empty() && app.prompt.is_none();
    match (purpose, failure) {
        // Whoever went on to something else meanwhile must not have a dialog thrown over it.
        (Some(Purpose::Prune), failure) if is_free && app.host().view == View::Volumes => {
            app.notices.dismiss();
            let words = failure.map(|failure| format!("How much that frees is not known: {}", failure.sentence));
            let prune = Unused::volumes(app.host(), words);
            ask(app, Act::Unused(prune));
        }
        (Some(_), Some(failure)) => {
            let doing = app.told_of(id, "Measuring the volumes".to_owned());
            app.notices.fail(now, &doing, &failure);
        }
        (Some(_), None) => app.notices.say(now, "Measured the volumes"),
        (None, _) => {}
    }
}

pub fn prune_networks(app: &mut App, _: &mut Effects) {
    let prune = Unused::networks(app.host(), false);
    ask(app, Act::Unused(prune));
}

/// The engine's own networks `host` and `none` take nobody in.
pub fn can_connect(app: &App) -> Readiness {
    let host = app.host();
    let Some(network) = host.selected_network() else { return Err("no network is selected".into()) };
    match &*network.name {
        "host" | "none" => Err(format!("a container is on {} only from its creation on", network.name).into()),
        _ if others(host, network).next().is_none() => Err("every container is on it already".into()),
        _ => Ok(()),
    }
}

pub fn connect(app: &mut App, effects: &mut Effects) {
    let host = app.host();
    let Some(network) = host.selected_network() else { return };
    let meeting = Meeting {
        id: network.id.clone(),
        network: network.name.clone(),
        subnets: network.subnets.iter().filter_map(|subnet| subnet.parse().ok()).collect(),
        containers: others(host, network).map(super::act::target).collect(),
    };
    forms::open(app, FormKind::Storage(StorageForm::Connect(Box::new(meeting))), effects);
}

fn others<'a>(host: &'a Host, network: &'a Network) -> impl Iterator<Item = &'a Container> {
    host.containers.rows.iter().filter(|row| !is_on(row, network))
}

fn is_on(row: &Container, network: &Network) -> bool {
    row.networks.iter().any(|place| place.network == network.name)
}

pub fn can_disconnect(app: &App) -> Readiness {
    let host = app.host();
    let Some(network) = host.selected_network() else { return Err("no network is selected".into()) };
    match host.containers.rows.iter().any(|row| is_on(row, network)) {
        true => Ok(()),
        false => Err("no container is on it".into()),
    }
}

/// The one under the cursor of the detail pane, or the only one; where there are several, they are shown to choose from.
pub fn disconnect(app: &mut App, _: &mut Effects) {
    let host = app.host();
    let Some(network) = host.selected_network().cloned() else { return };
    let members: Vec<Target> =
        host.containers.rows.iter().filter(|row| is_on(row, &network)).map(super::act::target).collect();
    let chosen = meant(app).and_then(|id| members.iter().find(|target| target.id == id).cloned());
    let only = || if let [only] = members.as_slice() { Some(only.clone()) } else { None };
    match chosen.or_else(only) {
        Some(target) => ask(app, Act::Disconnect { network, target }),
        None => {
            super::detail::open_tab(app, Tab::Links);
            let (now, key) = (app.now, app.keymap.key_text("network.disconnect"));
            app.notices.say(now, format!("Choose the container that is to leave, then press {key} once more"));
        }
    }
}

/// The container under the cursor of the detail pane.
fn meant(app: &App) -> Option<ContainerId> {
    let host = app.host();
    let is_here = app.focus == Pane::Detail && matches!(Subject::of(host), Some(Subject::Network(_)));
    match links::under_cursor(host).filter(|_| is_here)? {
        Goal::Row(View::Containers, key) => Some(ContainerId::from(key)),
        Goal::Row(..) | Goal::Project(_) | Goal::Unknown => None,
    }
}

pub fn can_clone(app: &App) -> Readiness {
    has_volume(app)
}

fn ask(app: &mut App, act: Act) {
    let confirm = Confirm::new(app.host(), act);
    app.dialogs.push(Dialog::Confirm(Box::new(confirm)));
}
