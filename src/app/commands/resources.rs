//! Commands of the volumes and the networks.

use super::Command;
use crate::app::command::act;
use crate::app::scope::Scope;

pub static ROWS: &[Command] = &[
    Command {
        name: "volume.remove",
        title: "Remove",
        sentence: "Removes the volume with what is in it, after a question.",
        scope: Scope::Volumes,
        keys: &["D"],
        changes: true,
        destructive: true,
        footer: 5,
        ready: act::has_volume,
        run: act::remove_volume,
    },
    Command {
        name: "network.remove",
        title: "Remove",
        sentence: "Removes the network, after a question.",
        scope: Scope::Networks,
        keys: &["D"],
        changes: true,
        destructive: true,
        footer: 5,
        ready: act::can_remove_network,
        run: act::remove_network,
    },
];
