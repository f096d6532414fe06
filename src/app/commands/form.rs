//! Commands that open a form, or hand the terminal to a session in a container.

use super::{BASE, Command};
use crate::app::command::{act, console, form};
use crate::app::scope::Scope;

pub static ROWS: &[Command] = &[
    Command {
        name: "container.create",
        title: "Create",
        sentence: "Creates a container: a form checks it as it is typed and shows the docker line.",
        scope: Scope::Containers,
        keys: &["c"],
        changes: true,
        footer: 4,
        run: form::create,
        ..BASE
    },
    Command {
        name: "container.create-another",
        title: "Create another",
        sentence: "Creates another container like this one: the form opens with all that it has.",
        scope: Scope::Containers,
        keys: &["C"],
        changes: true,
        ready: act::has_container,
        run: form::create_another,
        ..BASE
    },
    Command {
        name: "container.rename",
        title: "Rename",
        sentence: "Gives the container another name.",
        scope: Scope::Containers,
        keys: &["n"],
        changes: true,
        ready: act::has_container,
        run: form::rename,
        ..BASE
    },
    Command {
        name: "container.update",
        title: "Update limits",
        sentence: "Changes the container's memory, CPUs and restart policy while it runs.",
        scope: Scope::Containers,
        keys: &["u"],
        changes: true,
        ready: act::on_one_host,
        run: form::update,
        ..BASE
    },
    Command {
        name: "container.kill",
        title: "Kill",
        sentence: "Sends the container a signal, chosen from a list, after a question.",
        scope: Scope::Containers,
        keys: &["K"],
        changes: true,
        destructive: true,
        ready: act::can_kill,
        run: form::kill,
        ..BASE
    },
    Command {
        name: "container.shell",
        title: "Shell",
        sentence: "Opens a shell in the container; leaving it comes back here.",
        scope: Scope::Containers,
        keys: &["x"],
        changes: true,
        footer: 6,
        ready: form::can_exec,
        run: console::shell,
        ..BASE
    },
    Command {
        name: "container.exec",
        title: "Run a command",
        sentence: "Runs a command in the container, as a user and in a folder of your choice.",
        scope: Scope::Containers,
        keys: &["X"],
        changes: true,
        ready: form::can_exec,
        run: form::exec,
        ..BASE
    },
    Command {
        name: "container.attach",
        title: "Attach",
        sentence: "Attaches the terminal to the container's own first process.",
        scope: Scope::Containers,
        keys: &["A"],
        changes: true,
        ready: form::can_exec,
        run: console::attach,
        ..BASE
    },
    Command {
        name: "image.create",
        title: "Create container",
        sentence: "Creates a container from the image.",
        scope: Scope::Images,
        keys: &["c"],
        changes: true,
        footer: 7,
        ready: act::has_image,
        run: form::create_from_image,
        ..BASE
    },
    Command {
        name: "image.pull",
        title: "Pull",
        sentence: "Pulls an image from its registry, with progress; it goes on in the background.",
        scope: Scope::Images,
        keys: &["p"],
        changes: true,
        footer: 8,
        run: form::pull,
        ..BASE
    },
    Command {
        name: "image.tag",
        title: "Tag",
        sentence: "Gives the image one more name.",
        scope: Scope::Images,
        keys: &["t"],
        changes: true,
        footer: 4,
        ready: act::has_image,
        run: form::tag,
        ..BASE
    },
];
