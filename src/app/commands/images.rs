//! Commands of the images.

use super::{BASE, Command};
use crate::app::command::{act, detail, images};
use crate::app::detail::Tab;
use crate::app::scope::Scope;

pub static ROWS: &[Command] = &[
    Command {
        name: "image.push",
        title: "Push",
        sentence: "Pushes the image to the registry that its name begins with, with progress.",
        scope: Scope::Images,
        keys: &["P"],
        changes: true,
        footer: 3,
        ready: images::has_name,
        run: images::push,
        ..BASE
    },
    Command {
        name: "image.history",
        title: "History",
        sentence: "Shows the layers of the image: their sizes, and the commands that made them.",
        scope: Scope::Images,
        keys: &["h"],
        ready: act::has_image,
        run: |app, _| detail::open_tab(app, Tab::History),
        ..BASE
    },
    Command {
        name: "image.untag",
        title: "Untag",
        sentence: "Takes one of its names off the image, after a question.",
        scope: Scope::Images,
        keys: &["u"],
        changes: true,
        destructive: true,
        ready: images::has_names,
        run: images::untag,
        ..BASE
    },
    Command {
        name: "image.save",
        title: "Save",
        sentence: "Saves the image, or all that are marked, to one tar file of this machine.",
        scope: Scope::Images,
        keys: &["S"],
        ready: act::has_image,
        run: images::save,
        ..BASE
    },
    Command {
        name: "image.load",
        title: "Load",
        sentence: "Loads the images of a tar file of this machine.",
        scope: Scope::Images,
        keys: &["l"],
        changes: true,
        run: images::load,
        ..BASE
    },
    Command {
        name: "image.import",
        title: "Import",
        sentence: "Makes an image of the files in a tar file of this machine, or at an address.",
        scope: Scope::Images,
        keys: &["I"],
        changes: true,
        run: images::import,
        ..BASE
    },
    Command {
        name: "image.prune",
        title: "Prune",
        sentence: "Removes the images that nobody needs, and shows before which they are and how much that frees.",
        scope: Scope::Images,
        keys: &["X"],
        changes: true,
        destructive: true,
        run: images::prune,
        ..BASE
    },
    Command {
        name: "image.search",
        title: "Search",
        sentence: "Searches Docker Hub for images, with stars; Enter pulls one.",
        scope: Scope::Images,
        keys: &["s"],
        run: images::search,
        ..BASE
    },
    Command {
        name: "image.registry",
        title: "In its registry",
        sentence: "Opens the image in its registry: its platforms, layers and configuration; back leads to its other tags.",
        scope: Scope::Images,
        keys: &["r"],
        ready: images::has_name,
        run: images::in_registry,
        ..BASE
    },
    Command {
        name: "image.newer",
        title: "Newer image",
        sentence: "Asks registries whether they have newer images under the names of these.",
        scope: Scope::Images,
        keys: &["N"],
        ready: act::has_image,
        run: images::newer,
        ..BASE
    },
    Command {
        name: "container.newer",
        title: "Newer images",
        sentence: "Asks registries whether they have newer images than those that run.",
        scope: Scope::Containers,
        keys: &["N"],
        ready: images::any_up,
        run: images::newer_of_running,
        ..BASE
    },
    Command {
        name: "container.commit",
        title: "Commit",
        sentence: "Makes an image of the container as it is now.",
        scope: Scope::Containers,
        keys: &["I"],
        changes: true,
        ready: act::has_container,
        run: images::commit,
        ..BASE
    },
    Command {
        name: "image.remove",
        title: "Remove",
        sentence: "Removes the image, after a question.",
        scope: Scope::Images,
        keys: &["D"],
        changes: true,
        destructive: true,
        footer: 5,
        ready: act::has_image,
        run: images::remove,
    },
];
