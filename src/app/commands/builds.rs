//! Commands that build images.

use super::{BASE, Command};
use crate::app::command::builds;
use crate::app::scope::Scope;

pub static ROWS: &[Command] = &[
    Command {
        name: "image.build",
        title: "Build",
        sentence: "Builds an image from a folder of this machine: a form finds its Dockerfiles and stages.",
        scope: Scope::Images,
        keys: &["b"],
        changes: true,
        footer: 3,
        run: builds::build,
        ..BASE
    },
    Command {
        name: "image.build-output",
        title: "Build output",
        sentence: "Shows the steps and the output of the newest build, while it runs and afterwards; there [ leads to older ones.",
        scope: Scope::Images,
        keys: &["B"],
        ready: builds::has_build,
        run: builds::show,
        ..BASE
    },
];
