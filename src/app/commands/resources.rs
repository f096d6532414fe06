//! Commands of the volumes and the networks.

use super::{BASE, Command};
use crate::app::command::{act, storage};
use crate::app::scope::Scope;

pub static ROWS: &[Command] = &[
    Command {
        name: "volume.create",
        title: "Create",
        sentence: "Opens the form that creates a volume.",
        scope: Scope::Volumes,
        keys: &["c"],
        changes: true,
        footer: 8,
        run: storage::create_volume,
        ..BASE
    },
    Command {
        name: "volume.clone",
        title: "Clone",
        sentence: "Copies everything in the volume into a new one.",
        scope: Scope::Volumes,
        keys: &["C"],
        changes: true,
        footer: 4,
        ready: storage::can_clone,
        run: storage::clone_volume,
        ..BASE
    },
    Command {
        name: "volume.measure",
        title: "Sizes",
        sentence: "Asks the engine how much the volumes hold, which may take it a while.",
        scope: Scope::Volumes,
        keys: &["s"],
        footer: 6,
        ready: storage::can_measure,
        run: storage::measure,
        ..BASE
    },
    Command {
        name: "volume.prune",
        title: "Prune",
        sentence: "Shows what a prune of unused volumes would take and free, and asks.",
        scope: Scope::Volumes,
        keys: &["P"],
        changes: true,
        destructive: true,
        footer: 3,
        ready: storage::can_measure,
        run: storage::prune_volumes,
        ..BASE
    },
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
        name: "network.create",
        title: "Create",
        sentence: "Opens the form that creates a network.",
        scope: Scope::Networks,
        keys: &["c"],
        changes: true,
        footer: 8,
        run: storage::create_network,
        ..BASE
    },
    Command {
        name: "network.connect",
        title: "Connect",
        sentence: "Opens the form that connects a container to the network.",
        scope: Scope::Networks,
        keys: &["o"],
        changes: true,
        footer: 7,
        ready: storage::can_connect,
        run: storage::connect,
        ..BASE
    },
    Command {
        name: "network.disconnect",
        title: "Disconnect",
        sentence: "Disconnects the container under the cursor of Members or Links, or the only one, after a question.",
        scope: Scope::Networks,
        keys: &["d"],
        changes: true,
        destructive: true,
        footer: 6,
        ready: storage::can_disconnect,
        run: storage::disconnect,
        ..BASE
    },
    Command {
        name: "network.prune",
        title: "Prune",
        sentence: "Shows which unused networks a prune would take, and asks.",
        scope: Scope::Networks,
        keys: &["P"],
        changes: true,
        destructive: true,
        footer: 3,
        run: storage::prune_networks,
        ..BASE
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
