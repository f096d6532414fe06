//! Commands that open something of the program itself: help, palette, messages, jobs, the demo.

use super::{BASE, Command};
use crate::app::command::{copy, hosts, overlay};
use crate::app::scope::Scope;

pub static ROWS: &[Command] = &[
    Command {
        name: "app.help",
        title: "Help",
        sentence: "Shows every command with its keys, and why it cannot be done now.",
        keys: &["?", "F1"],
        footer: 1,
        run: overlay::help,
        ..BASE
    },
    Command {
        name: "app.palette",
        title: "Commands",
        sentence: "Finds a command by a few letters; some take an argument.",
        keys: &[":"],
        footer: 1,
        run: overlay::palette,
        ..BASE
    },
    Command {
        name: "app.copy",
        title: "Copy",
        sentence: "Copies something of the selected thing to the clipboard.",
        keys: &["y"],
        ready: copy::ready,
        run: copy::open,
        ..BASE
    },
    Command {
        name: "app.messages",
        title: "Messages",
        sentence: "Shows everything that was told, in full.",
        keys: &["M"],
        run: overlay::messages,
        ..BASE
    },
    Command {
        name: "app.jobs",
        title: "Jobs",
        sentence: "Shows what is under way, and stops waiting for it.",
        keys: &["J"],
        run: overlay::jobs,
        ..BASE
    },
    Command {
        name: "app.requests",
        title: "Request log",
        sentence: "Shows what was sent to engines and what came of it; copies a request as curl.",
        keys: &["F12"],
        run: overlay::requests,
        ..BASE
    },
    Command {
        name: "app.api",
        title: "API console",
        sentence: "Sends any request to the engine, as it is typed, and shows what comes back.",
        run: overlay::api,
        ..BASE
    },
    Command {
        name: "app.audit",
        title: "Audit log",
        sentence: "Shows every changing call that this program made, with what came of it.",
        run: overlay::audit,
        ..BASE
    },
    Command {
        name: "host.pick",
        title: "Switch host",
        sentence: "Finds a host by a few letters and shows it; Enter alone goes back to the one before.",
        keys: &["H"],
        run: hosts::pick,
        ..BASE
    },
    Command {
        name: "app.demo",
        title: "Demo",
        sentence: "Opens an engine that lives in this program's memory, to try everything without harm.",
        keys: &["d"],
        footer: 9,
        ready: overlay::can_show_demo,
        run: overlay::demo,
        ..BASE
    },
    Command {
        name: "notice.open",
        title: "Read",
        sentence: "Shows the failure at the foot in full.",
        scope: Scope::Notice,
        keys: &["Enter"],
        footer: 10,
        run: overlay::notice,
        ..BASE
    },
];
