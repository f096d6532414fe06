//! Commands of the Plugins tab.

use super::{BASE, Command};
use crate::app::command::plugins;
use crate::app::scope::Scope;

pub static ROWS: &[Command] = &[
    Command {
        name: "plugin.install",
        title: "Install plugin",
        sentence: "Asks for a plugin of a registry, shows what it wants to be allowed, and installs it when that is agreed to.",
        scope: Scope::System,
        keys: &["c"],
        changes: true,
        footer: 5,
        run: plugins::install,
        ..BASE
    },
    Command {
        name: "plugin.inspect",
        title: "Inspect",
        sentence: "Shows everything that the engine tells of the plugin.",
        scope: Scope::Plugins,
        keys: &["Enter", "i"],
        footer: 9,
        ready: plugins::is_installed,
        run: plugins::inspect,
        ..BASE
    },
    Command {
        name: "plugin.enable",
        title: "Enable",
        sentence: "Starts the plugin.",
        scope: Scope::Plugins,
        keys: &["S"],
        changes: true,
        footer: 8,
        ready: plugins::can_enable,
        run: plugins::enable,
        ..BASE
    },
    Command {
        name: "plugin.disable",
        title: "Disable",
        sentence: "Stops the plugin, after a question.",
        scope: Scope::Plugins,
        keys: &["s"],
        changes: true,
        destructive: true,
        footer: 8,
        ready: plugins::can_disable,
        run: plugins::disable,
    },
    Command {
        name: "plugin.set",
        title: "Settings",
        sentence: "Changes how the plugin is set up: its variables, mounts and devices.",
        scope: Scope::Plugins,
        keys: &["e"],
        changes: true,
        footer: 7,
        ready: plugins::can_set,
        run: plugins::set,
        ..BASE
    },
    Command {
        name: "plugin.upgrade",
        title: "Upgrade",
        sentence: "Puts another version in the plugin's place, after what that wants to be allowed was agreed to.",
        scope: Scope::Plugins,
        keys: &["u"],
        changes: true,
        footer: 6,
        ready: plugins::can_upgrade,
        run: plugins::upgrade,
        ..BASE
    },
    Command {
        name: "plugin.remove",
        title: "Remove",
        sentence: "Removes the plugin with its settings and its own files, after a question.",
        scope: Scope::Plugins,
        keys: &["D"],
        changes: true,
        destructive: true,
        footer: 6,
        ready: plugins::is_installed,
        run: plugins::remove,
    },
];
