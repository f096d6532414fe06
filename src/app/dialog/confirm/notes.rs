//! What the targets of a destructive act are held by or take along, as far as the lists tell.

use super::Act;
use crate::app::host::Host;
use crate::domain::{Container, Network, VolumeName};

/// Objects of which a note is made, and names told in one.
const NOTED: usize = 4;

/// A sentence for each target that there is something to be said of.
pub fn of(host: &Host, act: &Act) -> Vec<String> {
    match act {
        Act::RemoveVolumes(names) => names.iter().filter_map(|name| volume_note(host, name)).take(NOTED).collect(),
        Act::RemoveNetworks(networks) => {
            networks.iter().filter_map(|network| network_note(host, network)).take(NOTED).collect()
        }
        Act::Plain { notes, .. } => notes.clone(),
        // A plan tells them itself, anew with each choice.
        Act::PruneImages(_)
        | Act::RemoveImages(_)
        | Act::Sweep(_)
        | Act::Unused(_)
        | Act::Disconnect { .. }
        | Act::DisablePlugin(_)
        | Act::RemovePlugin(_)
        | Act::Stop(_)
        | Act::Restart(_)
        | Act::Kill { .. }
        | Act::Remove(_) => Vec::new(),
    }
}

/// `web, db and 3 more`
fn names(names: Vec<&str>) -> String {
    let more = names.len().saturating_sub(NOTED);
    let told = names.into_iter().take(NOTED).collect::<Vec<_>>().join(", ");
    if more > 0 { format!("{told} and {more} more") } else { told }
}

/// Who mounts a volume: the engine does not ask whether they run.
fn volume_note(host: &Host, name: &VolumeName) -> Option<String> {
    let users = host.tally.volume_users(name.as_str());
    let told = names(users.iter().map(|user| &**user).collect());
    let reason = "the engine will refuse until they are removed";
    (!users.is_empty()).then(|| format!("{} is in use by {told}: {reason}.", name.as_str()))
}

/// Who is on a network: one that runs holds it; one that is stopped cannot be started without it.
fn network_note(host: &Host, network: &Network) -> Option<String> {
    let is_on = |row: &&Container| row.networks.iter().any(|place| place.network == network.name);
    let users: Vec<&Container> = host.containers.rows.iter().filter(is_on).collect();
    let told = names(users.iter().map(|row| &*row.name).collect());
    let reason = if users.iter().any(|row| row.state.is_up()) {
        "the engine will refuse while one of them runs"
    } else {
        "they cannot be started without it"
    };
    (!users.is_empty()).then(|| format!("{} is in use by {told}: {reason}.", network.name))
}
