//! Commands that work anywhere: panes, views, tabs, leaving.

use super::{BASE, Command};
use crate::app::command::{anywhere, charts, detail, hosts};
use crate::app::view::View;

pub static ROWS: &[Command] = &[
    Command {
        name: "app.back",
        title: "Back",
        sentence: "Goes back one step; at the top, quits.",
        keys: &["q"],
        run: anywhere::back,
        ..BASE
    },
    Command {
        name: "app.quit",
        title: "Quit",
        sentence: "Ends the program.",
        keys: &["Ctrl-c"],
        run: anywhere::quit,
        ..BASE
    },
    Command {
        name: "app.clear",
        title: "Clear",
        sentence: "Clears, in turn, the notice, the marks and the filter, or leaves the detail pane.",
        keys: &["Esc"],
        run: anywhere::clear,
        ..BASE
    },
    Command {
        name: "app.next-pane",
        title: "Next pane",
        sentence: "Moves the focus to the next pane.",
        keys: &["Tab"],
        footer: 2,
        run: anywhere::next_pane,
        ..BASE
    },
    Command {
        name: "app.previous-pane",
        title: "Previous pane",
        sentence: "Moves the focus to the previous pane.",
        keys: &["Shift-Tab"],
        run: anywhere::previous_pane,
        ..BASE
    },
    Command {
        name: "app.zoom",
        title: "Zoom",
        sentence: "Gives the focused pane the whole screen, or takes it back.",
        keys: &["z"],
        run: anywhere::zoom,
        ..BASE
    },
    Command {
        name: "app.refresh",
        title: "Refresh",
        sentence: "Asks the engine for everything on screen again, and reconnects at once after a loss.",
        keys: &["R"],
        run: anywhere::refresh,
        ..BASE
    },
    Command {
        name: "host.login",
        title: "Log in",
        sentence: "Leaves the screen so that ssh can ask for a password, a passphrase or a host key, and comes back.",
        keys: &["L"],
        ready: anywhere::can_log_in,
        run: anywhere::log_in,
        ..BASE
    },
    Command {
        name: "app.redraw",
        title: "Redraw",
        sentence: "Draws the whole screen anew.",
        keys: &["Ctrl-l"],
        run: anywhere::redraw,
        ..BASE
    },
    Command {
        name: "app.suspend",
        title: "Suspend",
        sentence: "Gives the terminal back to the shell until `fg`.",
        keys: &["Ctrl-z"],
        run: anywhere::suspend,
        ..BASE
    },
    Command {
        name: "view.containers",
        title: "Containers",
        sentence: "Shows the containers.",
        keys: &["1"],
        run: |app, _| anywhere::show(app, View::Containers),
        ..BASE
    },
    Command {
        name: "view.images",
        title: "Images",
        sentence: "Shows the images.",
        keys: &["2"],
        run: |app, _| anywhere::show(app, View::Images),
        ..BASE
    },
    Command {
        name: "view.volumes",
        title: "Volumes",
        sentence: "Shows the volumes.",
        keys: &["3"],
        run: |app, _| anywhere::show(app, View::Volumes),
        ..BASE
    },
    Command {
        name: "view.networks",
        title: "Networks",
        sentence: "Shows the networks.",
        keys: &["4"],
        run: |app, _| anywhere::show(app, View::Networks),
        ..BASE
    },
    Command {
        name: "view.registries",
        title: "Registries",
        sentence: "Shows the registries: how they answer, and what lies in them.",
        keys: &["7"],
        run: |app, _| anywhere::show(app, View::Registries),
        ..BASE
    },
    Command {
        name: "view.events",
        title: "Events",
        sentence: "Shows what happened on the host, and follows what happens.",
        keys: &["8"],
        run: |app, _| anywhere::show(app, View::Events),
        ..BASE
    },
    Command {
        name: "view.system",
        title: "System",
        sentence: "Shows the engine itself, and what takes room on its disk.",
        keys: &["9"],
        run: |app, _| anywhere::show(app, View::System),
        ..BASE
    },
    Command {
        name: "view.hosts",
        title: "Hosts",
        sentence: "Shows every host that can be chosen, and how each is doing.",
        keys: &["0"],
        run: hosts::open,
        ..BASE
    },
    Command {
        name: "view.everywhere",
        title: "All hosts",
        sentence: "Shows the containers of all hosts in one list, or goes back to those of one.",
        keys: &["@"],
        run: hosts::everywhere,
        ..BASE
    },
    Command {
        name: "view.overview",
        title: "Overview",
        sentence: "Shows what all containers of the host use together, and which use most.",
        keys: &["o"],
        footer: 3,
        ready: charts::has_overview,
        run: charts::overview,
        ..BASE
    },
    Command {
        name: "detail.next-tab",
        title: "Next tab",
        sentence: "Shows the next tab of the detail pane.",
        keys: &["]"],
        run: |app, _| detail::step_tab(app, 1),
        ..BASE
    },
    Command {
        name: "detail.previous-tab",
        title: "Previous tab",
        sentence: "Shows the previous tab of the detail pane.",
        keys: &["["],
        run: |app, _| detail::step_tab(app, -1),
        ..BASE
    },
];
