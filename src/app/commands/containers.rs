//! Commands of the containers.

use super::{BASE, Command};
use crate::app::command::{act, browse, detail, list, several};
use crate::app::detail::Tab;
use crate::app::scope::Scope;

pub static ROWS: &[Command] = &[
    Command {
        name: "container.logs",
        title: "Logs",
        sentence: "Shows the container's log; those of several marked ones as one, by time.",
        scope: Scope::Containers,
        keys: &["l"],
        footer: 9,
        ready: several::has_logs,
        run: several::logs,
        ..BASE
    },
    Command {
        name: "container.project-logs",
        title: "Project logs",
        sentence: "Shows the logs of all containers of the compose project as one, by time.",
        scope: Scope::Containers,
        keys: &["P"],
        ready: several::has_project,
        run: several::project_logs,
        ..BASE
    },
    Command {
        name: "container.stats",
        title: "Stats",
        sentence: "Shows what the container uses, over time.",
        scope: Scope::Containers,
        keys: &["m"],
        ready: act::has_container,
        run: |app, _| detail::open_tab(app, Tab::Stats),
        ..BASE
    },
    Command {
        name: "container.top",
        title: "Top",
        sentence: "Shows the container's processes.",
        scope: Scope::Containers,
        keys: &["t"],
        ready: act::has_container,
        run: |app, _| detail::open_tab(app, Tab::Top),
        ..BASE
    },
    Command {
        name: "container.inspect",
        title: "Inspect",
        sentence: "Shows all that the engine knows of the container.",
        scope: Scope::Containers,
        keys: &["i"],
        ready: act::has_container,
        run: |app, _| detail::open_tab(app, Tab::Inspect),
        ..BASE
    },
    Command {
        name: "container.start",
        title: "Start",
        sentence: "Starts the container.",
        scope: Scope::Containers,
        keys: &["S"],
        changes: true,
        footer: 6,
        ready: act::can_start,
        run: act::start,
        ..BASE
    },
    Command {
        name: "container.stop",
        title: "Stop",
        sentence: "Stops the container, after a question.",
        scope: Scope::Containers,
        keys: &["s"],
        changes: true,
        destructive: true,
        footer: 8,
        ready: act::can_stop,
        run: act::stop,
    },
    Command {
        name: "container.restart",
        title: "Restart",
        sentence: "Restarts the container, after a question.",
        scope: Scope::Containers,
        keys: &["r"],
        changes: true,
        destructive: true,
        footer: 7,
        ready: act::has_container,
        run: act::restart,
    },
    Command {
        name: "container.pause",
        title: "Pause/unpause",
        sentence: "Freezes the container's processes, or lets them go on.",
        scope: Scope::Containers,
        keys: &["p"],
        changes: true,
        ready: act::can_stop,
        run: act::pause,
        ..BASE
    },
    Command {
        name: "container.remove",
        title: "Remove",
        sentence: "Removes the container, after a question.",
        scope: Scope::Containers,
        keys: &["D"],
        changes: true,
        destructive: true,
        footer: 5,
        ready: act::has_container,
        run: act::remove,
    },
    Command {
        name: "container.wait",
        title: "Wait",
        sentence: "Waits until the container ends and tells its exit code.",
        scope: Scope::Containers,
        ready: act::can_stop,
        run: act::wait,
        ..BASE
    },
    Command {
        name: "container.browse",
        title: "Browse",
        sentence: "Opens a published port of the container in the browser.",
        scope: Scope::Containers,
        keys: &["b"],
        ready: browse::ready,
        run: browse::browse,
        ..BASE
    },
    Command {
        name: "list.toggle-all",
        title: "All/running",
        sentence: "Shows all containers, or only those that run.",
        scope: Scope::Containers,
        keys: &["a"],
        run: list::toggle_all,
        ..BASE
    },
];
