//! Commands of the Hosts view that change which hosts are saved.

use super::{BASE, Command};
use crate::app::command::profiles;
use crate::app::scope::Scope;

pub static ROWS: &[Command] = &[
    Command {
        name: "host.add",
        title: "Add",
        sentence: "Saves a host: a form checks it as it is typed, tries it and shows the lines of the config file.",
        scope: Scope::Hosts,
        keys: &["c"],
        footer: 8,
        run: profiles::add,
        ..BASE
    },
    Command {
        name: "host.edit",
        title: "Edit",
        sentence: "Changes a saved host: name, address, certificates, colour, what it asks before something is destroyed.",
        scope: Scope::Hosts,
        keys: &["e"],
        footer: 7,
        ready: profiles::has_host,
        run: profiles::edit,
        ..BASE
    },
    Command {
        name: "host.duplicate",
        title: "Duplicate",
        sentence: "Saves another host like this one: the form opens with all that it has.",
        scope: Scope::Hosts,
        keys: &["C"],
        ready: profiles::can_test,
        run: profiles::duplicate,
        ..BASE
    },
    Command {
        name: "host.test",
        title: "Test",
        sentence: "Connects to the host step by step and shows what failed and what to do about it.",
        scope: Scope::Hosts,
        keys: &["T"],
        footer: 6,
        ready: profiles::can_test,
        run: profiles::test,
        ..BASE
    },
    Command {
        name: "host.import",
        title: "Import",
        sentence: "Saves a host that was found (a Docker context, a socket, a host of ssh); all marked ones at once.",
        scope: Scope::Hosts,
        keys: &["i"],
        footer: 5,
        ready: profiles::has_found,
        run: profiles::import,
        ..BASE
    },
    Command {
        name: "host.default",
        title: "Default",
        sentence: "Makes the host the one that is opened at the start when nothing names another, or takes that back.",
        scope: Scope::Hosts,
        keys: &["d"],
        ready: profiles::can_be_default,
        run: profiles::default,
        ..BASE
    },
    Command {
        name: "host.remove",
        title: "Remove",
        sentence: "Removes the host from the config file, after a question; nothing changes on the engine.",
        scope: Scope::Hosts,
        keys: &["D"],
        footer: 4,
        ready: profiles::has_saved,
        run: profiles::remove,
        ..BASE
    },
];
