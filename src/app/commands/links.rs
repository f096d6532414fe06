//! Commands of what things have to do with each other.

use super::{BASE, Command};
use crate::app::command::links;
use crate::app::scope::Scope;

pub static ROWS: &[Command] = &[
    Command {
        name: "link.follow",
        title: "Follow",
        sentence: "Shows the thing under the cursor in its own list.",
        scope: Scope::Links,
        keys: &["Enter"],
        footer: 9,
        ready: links::can_follow,
        run: links::follow,
        ..BASE
    },
    Command {
        name: "link.back",
        title: "Back",
        sentence: "Goes back: out of a place in a registry, or to where the last link was followed.",
        scope: Scope::Anywhere,
        keys: &["Backspace"],
        ready: links::can_go_back,
        run: links::back,
        ..BASE
    },
];
