//! Commands of the registries.

use super::{BASE, Command};
use crate::app::command::registries;
use crate::app::scope::Scope;

pub static ROWS: &[Command] = &[
    Command {
        name: "registry.open",
        title: "Open",
        sentence: "Goes into the registry, the repository or the image.",
        scope: Scope::Registries,
        keys: &["Enter"],
        footer: 9,
        run: registries::open,
        ..BASE
    },
    Command {
        name: "registry.login",
        title: "Log in",
        sentence: "Logs in to a registry; the login is kept where docker login keeps it.",
        scope: Scope::Registries,
        keys: &["l"],
        footer: 8,
        run: registries::login,
        ..BASE
    },
    Command {
        name: "registry.logout",
        title: "Log out",
        sentence: "Forgets the login to the registry as docker logout does, after a question.",
        scope: Scope::Registries,
        keys: &["L"],
        footer: 3,
        ready: registries::can_log_out,
        run: registries::logout,
        ..BASE
    },
    Command {
        name: "registry.go-to",
        title: "Go to",
        sentence: "Goes to a repository by its name, where the registry does not list them.",
        scope: Scope::Registries,
        keys: &["o"],
        footer: 4,
        ready: registries::has_registry,
        run: registries::go_to,
        ..BASE
    },
    Command {
        name: "registry.pull",
        title: "Pull",
        sentence: "Pulls the image from the registry to the host on screen.",
        scope: Scope::Registries,
        keys: &["p"],
        changes: true,
        footer: 7,
        ready: registries::has_image,
        run: registries::pull,
        ..BASE
    },
    Command {
        name: "registry.push",
        title: "Push here",
        sentence: "Tags an image of the host on screen with a name of the registry, and pushes it there.",
        scope: Scope::Registries,
        keys: &["P"],
        changes: true,
        footer: 6,
        ready: registries::has_registry,
        run: registries::push,
        ..BASE
    },
    Command {
        name: "registry.delete",
        title: "Delete",
        sentence: "Deletes the image from the registry, after a question.",
        scope: Scope::Registries,
        keys: &["D"],
        changes: true,
        destructive: true,
        footer: 5,
        ready: registries::has_image,
        run: registries::delete,
    },
];
